"""Whether somebody who needs a second factor has one."""

from __future__ import annotations

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.conf import settings

from quanheng.web.base.actor import SomeonesAccount
from quanheng.web.people.models import Account
from quanheng.web.people.roles import needs_second_factor


def lacks_second_factor(account: SomeonesAccount) -> bool:
    """Return whether `account` has to set up a second factor before anything else.

    In a demonstration nobody has to: its people are invented, and it is reached from its own machine only.
    """
    if settings.DEMONSTRATION or not needs_second_factor(account.roles) or not isinstance(account, Account):
        return False
    adapter = get_adapter()
    return not adapter.is_mfa_enabled(account, [Authenticator.Type.TOTP])
