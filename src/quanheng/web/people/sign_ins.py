"""What the sign-in library does is told to the log: signing in and out, passwords, second factors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from allauth.account import signals as account_signals
from allauth.mfa import signals as factor_signals
from django.contrib.auth import signals as auth_signals
from django.dispatch import Signal
from django.http import HttpRequest
from django.utils import timezone

from quanheng.web.audit.actions import CHAIN, in_a_transaction, refuse
from quanheng.web.audit.log import Told, add_to_log
from quanheng.web.base.actor import Actor, actor_of
from quanheng.web.people.models import Account

_TOLD: Final[tuple[tuple[Signal, str], ...]] = (
    (auth_signals.user_logged_in, "sign_in"),
    (auth_signals.user_logged_out, "sign_out"),
    (account_signals.password_changed, "people.own_password"),
    (factor_signals.authenticator_added, "people.factor_added"),
    (factor_signals.authenticator_removed, "people.factor_removed"),
    (factor_signals.authenticator_reset, "people.factor_renewed"),
)
_REFUSED: Final = ((factor_signals.authentication_failed, "sign_in"),)


def listen() -> None:
    """Hear what the library does."""
    for signal, action in _TOLD:
        signal.connect(_teller(action), weak=False, dispatch_uid=f"quanheng.{action}")
    for signal, action in _REFUSED:
        signal.connect(_refuser(action), weak=False, dispatch_uid=f"quanheng.refused.{action}")


def _teller(action: str) -> Callable[..., None]:
    def tell(*, request: HttpRequest | None, user: Account | None, **facts: object) -> None:
        if request is None or user is None:
            return
        kind = getattr(facts.get("authenticator"), "type", "")
        told = Told(chain=CHAIN, action=action, about=user.code, after={"kind": kind} if kind else None)
        in_a_transaction(lambda: add_to_log(told, by=_by(request, user), at=timezone.now()))

    return tell


def _refuser(action: str) -> Callable[..., None]:
    def tell(*, request: HttpRequest, user: Account, **_: object) -> None:
        refuse(by=_by(request, user), at=timezone.now(), action=action, about=user.code, reasons="factor")

    return tell


def _by(request: HttpRequest, user: Account) -> Actor:
    """Return the account as who acts: at its first step it has not signed in yet."""
    return replace(actor_of(request), person=user.as_person())
