"""What the sign-in library asks us: nobody makes an account by himself, and where people go."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

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


class SecondFactorAdapter(DefaultMFAAdapter):
    """Who needs a second factor cannot take it away."""

    def can_delete_authenticator(self, authenticator: object) -> bool:
        """Return whether the second factor may go."""
        account = getattr(authenticator, "user", None)
        return not (isinstance(account, Account) and needs_second_factor(account.roles))


def display(account: Account) -> str:
    """Return what an account is called on pages."""
    return str(account.name)
