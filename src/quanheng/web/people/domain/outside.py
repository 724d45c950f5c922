"""Binding an account kept elsewhere to one that the office made."""

from __future__ import annotations

import datetime as dt
from typing import Final

from allauth.socialaccount.models import SocialAccount
from django.conf import settings

from quanheng.findings.finding import require_no_errors
from quanheng.findings.text import Text
from quanheng.web.audit.actions import Done, action
from quanheng.web.base.actor import Actor
from quanheng.web.people.domain.accounts import check_actor
from quanheng.web.people.findings import CODE_TAKEN, NOT_READ
from quanheng.web.people.models import Account

_LONGEST: Final = 191
_OUTSIDE: Final = Text(zh="外部账号标识", en="account kept elsewhere")


@action("people.bind", noted=("code", "way", "uid"))
def bind_outside(
    *,
    by: Actor,
    at: dt.datetime,  # noqa: ARG001  the log tells it
    code: str,
    way: str,
    uid: str,
) -> Done[None]:
    """Let the account `code` sign in by `uid` of the way `way`; each is bound to one account only."""
    require_no_errors(check_actor(by))
    account = Account.objects.for_the_program().select_for_update().get(code=code)
    known = {name for name, _, _ in settings.OUTSIDE_SIGN_IN}
    if way not in known or not 0 < len(uid) <= _LONGEST:
        require_no_errors([NOT_READ.at(code=code, what=_OUTSIDE)])
    bound = SocialAccount.objects.filter(provider=way, uid=uid).select_related("user").first()
    if bound is not None:
        require_no_errors([CODE_TAKEN.at(code=f"{way}:{uid}", name=bound.user.name)])
    SocialAccount(user=account, provider=way, uid=uid).save(force_insert=True)
    return Done(None, about=code, after={"way": way, "uid": uid})


@action("people.unbind", noted=("code", "way"))
def unbind_outside(
    *,
    by: Actor,
    at: dt.datetime,  # noqa: ARG001  the log tells it
    code: str,
    way: str,
) -> Done[None]:
    """Let the account `code` no longer sign in by the way `way`."""
    require_no_errors(check_actor(by))
    found = SocialAccount.objects.filter(user__code=code, provider=way)
    before = {"uids": sorted(found.values_list("uid", flat=True))}
    found.delete()
    return Done(None, about=code, before=before, after={"uids": []})


def bound_to(account: Account) -> list[tuple[str, str, str]]:
    """Return the ways by which `account` can sign in elsewhere: each with its name, and the account there.

    A way that the site no longer has is called by its id.
    """
    names = {way: name for way, _, name in settings.OUTSIDE_SIGN_IN}
    found = SocialAccount.objects.filter(user=account).values_list("provider", "uid")
    return [(way, names.get(way, way), uid) for way, uid in sorted(found)]
