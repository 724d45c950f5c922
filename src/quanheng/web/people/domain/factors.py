"""What is known of second factors beside what the library asks."""

from __future__ import annotations

import datetime as dt

from allauth.mfa.models import Authenticator

from quanheng.web.people.models import Account


def had_factor_before(account: Account, at: dt.datetime) -> bool:
    """Return whether `account` has a second factor, or codes, that are older than a moment."""
    return bool(Authenticator.objects.filter(user=account, created_at__lt=at).exists())
