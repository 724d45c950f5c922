"""Nobody gets to a view that is not open to them: what they may not see is not there (404)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Final
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from quanheng.process.rounds.people import Role
from quanheng.web.audit.actions import refuse
from quanheng.web.base.access import ANYBODY, SIGNED_IN, admits, opened_to
from quanheng.web.base.actor import account_of, actor_of
from quanheng.web.people.by_code.services import SERVICES
from quanheng.web.people.second_factor import lacks_second_factor

OF_LIBRARIES: Final = {
    "account_login": frozenset({ANYBODY}),
    "account_logout": frozenset({SIGNED_IN}),
    "account_change_password": frozenset({SIGNED_IN}),
    "account_reauthenticate": frozenset({SIGNED_IN}),
    "mfa_authenticate": frozenset({ANYBODY}),
    "mfa_reauthenticate": frozenset({SIGNED_IN}),
    "mfa_index": frozenset({SIGNED_IN}),
    "mfa_activate_totp": frozenset({SIGNED_IN}),
    "mfa_deactivate_totp": frozenset({SIGNED_IN}),
    "mfa_generate_recovery_codes": frozenset({SIGNED_IN}),
    "mfa_view_recovery_codes": frozenset({SIGNED_IN}),
    "mfa_download_recovery_codes": frozenset({SIGNED_IN}),
    "usersessions_list": frozenset({SIGNED_IN}),
    "openid_connect_login": frozenset({ANYBODY}),
    "openid_connect_callback": frozenset({ANYBODY}),
    "dingtalk_login": frozenset({ANYBODY}),
    "dingtalk_callback": frozenset({ANYBODY}),
    "feishu_login": frozenset({ANYBODY}),
    "feishu_callback": frozenset({ANYBODY}),
    **{f"{kind}_{way}": frozenset({ANYBODY}) for kind in SERVICES for way in ("login", "callback")},
}
"""The routes of the sign-in library that are used, by name; all others are not there."""
_WITHOUT_SECOND_FACTOR: Final = frozenset(
    {
        "account_logout",
        "account_reauthenticate",
        "mfa_activate_totp",
        "mfa_generate_recovery_codes",
        "mfa_view_recovery_codes",
        "mfa_download_recovery_codes",
        "change_looks",
        "help",
    }
)
"""Where somebody gets who has yet to set up the second factor."""
_NUL: Final = "\0"
_SEEN: Final = "quanheng-seen"
_NOT_EVERY_TIME: Final = dt.timedelta(seconds=60)
"""The moment of the last request is kept so exactly, and no more: each keeping is a write."""


def surely_signed_in() -> dt.timedelta:
    """Return for how long after a request somebody is signed in, however exactly its moment is kept."""
    idle: dt.timedelta = settings.IDLE
    return idle - _kept_so_exactly()


class Guard:
    """Asks before each view: who is it, since when idle, with a second factor, and is the view open?"""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Stand before `get_response`."""
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer `request`; pages of people are kept by no cache."""
        response = self._get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], _: tuple[object, ...], __: object
    ) -> HttpResponse | None:
        """Return what is answered instead of `view`; None lets it answer."""
        now = timezone.now()
        if account_of(request) and _idle_too_long(request, now):
            logout(request)
        if _holds_nul(request):  # no keyboard writes it, and PostgreSQL keeps no text with it
            about = f"{request.method} {request.path}".replace(_NUL, "")
            refuse(by=actor_of(request), at=now, action="open", about=about, reasons="400")
            raise BadRequest
        account = account_of(request)
        name = (request.resolver_match.view_name if request.resolver_match else None) or ""
        whom = opened_to(view) or OF_LIBRARIES.get(name, frozenset())
        roles: frozenset[Role] | None = account.roles if account else None
        if account is None and whom and not admits(whom, None):
            return _to_sign_in(request)
        if not admits(whom, roles):
            refuse(
                by=actor_of(request),
                at=now,
                action="open",
                about=f"{request.method} {request.path}",
                reasons="404",
            )
            raise Http404
        if account is not None and name not in _WITHOUT_SECOND_FACTOR and lacks_second_factor(account):
            return redirect("mfa_activate_totp")
        return None


def _holds_nul(request: HttpRequest) -> bool:
    """Return whether the address or a field of the form has a character of number 0."""
    told = (request.GET.lists(), request.POST.lists())
    texts = (text for pairs in told for name, values in pairs for text in (name, *values))
    return _NUL in request.path or any(_NUL in text for text in texts)


def _idle_too_long(request: HttpRequest, now: dt.datetime) -> bool:
    """Return whether the last request is too long ago, and keep the moment of this one."""
    seen = request.session.get(_SEEN)
    last = dt.datetime.fromisoformat(seen) if seen else now
    if now - last > settings.IDLE:
        return True
    if not seen or abs(now - last) > _kept_so_exactly():
        request.session[_SEEN] = now.isoformat()
    return False


def _kept_so_exactly() -> dt.timedelta:
    idle: dt.timedelta = settings.IDLE
    return min(_NOT_EVERY_TIME, idle / 4)


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    here = request.get_full_path() if request.method == "GET" else reverse("home")
    if request.headers.get("HX-Request"):  # a part of a page cannot sign in
        response = HttpResponse(status=204)
        response.headers["HX-Redirect"] = reverse("account_login")
        return response
    return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': here})}")
