"""One-time links: for the first administrator, for a new account, for somebody who forgot the password."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from typing import Final

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from quanheng.findings.finding import Finding, require_no_errors
from quanheng.web.audit.actions import Done, action
from quanheng.web.base.actor import THE_PROGRAM, Actor
from quanheng.web.people.domain.accounts import Particulars, check_free, check_particulars
from quanheng.web.people.findings import LINK_OVER, NOT_YOURS, WEAK_PASSWORD
from quanheng.web.people.models import Account, OneTimeLink

FIRST: Final = dt.timedelta(minutes=15)
"""How long the link of the first administrator works."""
LATER: Final = dt.timedelta(days=3)
"""How long the link of any other account works: it is handed over by a person."""


@action("people.link", noted=("code",))
def make_link(*, by: Actor, at: dt.datetime, code: str) -> Done[str]:
    """Return the secret of a new link for the account `code`; earlier ones no longer work."""
    if not by.person.may_act_as("administrator"):
        require_no_errors([NOT_YOURS.at()])
    account = Account.objects.for_the_program().select_for_update().get(code=code)
    return Done(lay_link(at, account, LATER), about=code)


@action("people.first_link")
def make_first_link(*, by: Actor, at: dt.datetime) -> Done[str]:
    """Return the secret of the link that makes the first administrator; earlier ones no longer work.

    Raises:
        FindingsError: there is an administrator, or it is not the program that asks.
    """
    if by != THE_PROGRAM or has_administrator():
        require_no_errors([NOT_YOURS.at()])
    return Done(lay_link(at, None, FIRST), about="first administrator")


@action("people.password", noted=("code",))
def use_link(
    *,
    by: Actor,  # noqa: ARG001  the log tells it
    at: dt.datetime,
    secret: str,
    password: str,
    code: str = "",
    name: str = "",
) -> Done[Account]:
    """Give the account of a link its password; the link of the first administrator makes the account."""
    link = _open_link(secret, at, lock=True)
    if link is None or (link.account is None and has_administrator()):
        require_no_errors([LINK_OVER.at()])
    assert link is not None  # noqa: S101  told above
    account = link.account or _first_administrator(at, code, name)
    require_no_errors(weaknesses_of(password, account))
    account.set_password(password)
    account.save()
    link.used_at = at
    link.save(update_fields=["used_at"])
    return Done(account, about=account.code, after={"roles": sorted(account.roles)})


def account_behind(secret: str, at: dt.datetime) -> tuple[bool, Account | None]:
    """Return whether a link works at `at`, and its account; the first administrator has none yet."""
    link = _open_link(secret, at, lock=False)
    if link is None or (link.account is None and has_administrator()):
        return False, None
    return True, link.account


def has_administrator() -> bool:
    """Return whether somebody can make accounts."""
    return (
        Account.objects.for_the_program()
        .filter(as_administrator=True, is_active=True)
        .exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)
        .exists()
    )


def weaknesses_of(password: str, account: Account) -> list[Finding]:
    """Return why `password` is no good one for `account`."""
    try:
        validate_password(password, account)
    except ValidationError as error:
        return [WEAK_PASSWORD.at(why=" ".join(error.messages))]
    return []


def _first_administrator(at: dt.datetime, code: str, name: str) -> Account:
    told = Particulars(code=code, name=name, roles=frozenset({"administrator"}))
    require_no_errors([*check_particulars(told), *check_free(code)])
    account = Account(code=code, name=name, made_at=at)
    account.give_roles(told.roles)
    return account


def lay_link(at: dt.datetime, account: Account | None, lasts: dt.timedelta) -> str:
    """Return the secret of a new link for `account`, inside of an action; earlier ones no longer work."""
    secret = secrets.token_urlsafe(32)
    OneTimeLink.objects.for_the_program().filter(account=account, used_at=None).update(used_at=at)
    OneTimeLink(secret=_hash(secret), account=account, made_at=at, until=at + lasts).save(force_insert=True)
    return secret


def _open_link(secret: str, at: dt.datetime, *, lock: bool) -> OneTimeLink | None:
    links = OneTimeLink.objects.for_the_program()
    if lock:
        links = links.select_for_update()
    return links.filter(secret=_hash(secret), used_at=None, made_at__lte=at, until__gt=at).first()


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
