"""What the sign-in library asks us: nobody makes an account by himself, and where people go."""

from __future__ import annotations

import datetime as dt

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone

from quanheng.web.audit.actions import refuse
from quanheng.web.base.actor import actor_of, address_of
from quanheng.web.people.domain.factors import had_factor_before
from quanheng.web.people.models import Account
from quanheng.web.people.roles import needs_second_factor


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by the administrator alone."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  the library's form
        """Return that nobody can sign up."""
        return False

    def clean_username(self, username: str, shallow: bool = False) -> str:  # noqa: ARG002, FBT001, FBT002  the same
        """Return the code as it is stored."""
        return username.strip().casefold()

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return from where a request comes, as the log tells it."""
        return address_of(request)

    def authentication_failed(self, request: HttpRequest, **credentials: object) -> None:
        """Tell the log of a wrong password, or of a code that there is not."""
        self._tell(request, str(credentials.get("username", "")), "password")

    def pre_authenticate(self, request: HttpRequest, **credentials: object) -> None:
        """Count the tries; those of an account that is locked for a while are told as well."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            self._tell(request, str(credentials.get("username", "")), "locked")
            raise

    def is_reauthentication_required(self, *, app: str, **facts: object) -> bool:
        """Return whether somebody has to prove once more who it is, for what concerns the account.

        Who has just signed in by the password sets up the first second factor without typing it again.
        """
        required = bool(super().is_reauthentication_required(app=app, **facts))
        return required and not (app == "allauth.mfa" and _begins_with_a_factor(context.request))

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: object) -> str:  # noqa: ARG002  the library's form
        """Return under which name tries are counted: the account's, whatever name of the site was asked."""
        return str(credentials.get("username", "")).casefold()

    def _tell(self, request: HttpRequest, code: str, reason: str) -> None:
        refuse(by=actor_of(request), at=timezone.now(), action="sign_in", about=code, reasons=reason)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Who needs a second factor cannot take it away."""

    def can_delete_authenticator(self, authenticator: object) -> bool:
        """Return whether the second factor may go."""
        account = getattr(authenticator, "user", None)
        return not (isinstance(account, Account) and needs_second_factor(account.roles))


def _begins_with_a_factor(request: HttpRequest | None) -> bool:
    """Return whether a request is of somebody who signed in by password just now, and had no factor then."""
    account = request.user if request is not None else None
    if request is None or not isinstance(account, Account):
        return False
    records = get_authentication_records(request, account)
    if not records or records[-1].get("method") != "password":
        return False
    at = float(records[-1]["at"])
    if timezone.now().timestamp() - at >= app_settings.REAUTHENTICATION_TIMEOUT:
        return False
    return not had_factor_before(account, dt.datetime.fromtimestamp(at, tz=dt.UTC))


def display(account: Account) -> str:
    """Return what an account is called on pages."""
    return str(account.name)
