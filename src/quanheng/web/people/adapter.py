"""What the sign-in library asks us: nobody makes an account by himself, and where people go."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone

from quanheng.web.audit.actions import refuse
from quanheng.web.base.actor import actor_of, address_of
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


def display(account: Account) -> str:
    """Return what an account is called on pages."""
    return str(account.name)
