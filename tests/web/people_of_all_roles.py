"""Accounts for tests, of every role, with and without a second factor."""

from __future__ import annotations

import datetime as dt
from typing import Final

from allauth.mfa.models import Authenticator
from django.test import Client

from quanheng.process.rounds.people import Person, Role
from quanheng.web.base.actor import THE_PROGRAM, Actor
from quanheng.web.people.domain.accounts import Particulars, add_account
from quanheng.web.people.models import Account, Unit
from quanheng.web.people.roles import needs_second_factor

TOTP: Final = "JBSWY3DPEHPK3PXP"
NOW: Final = dt.datetime(2024, 3, 29, 1, 0, tzinfo=dt.UTC)
PASSWORD: Final = "a-long-invented-secret"


def somebody(*roles: Role, code: str = "", second_factor: bool = True) -> Account:
    """Return the account of somebody with `roles`, with a password and the second factor it needs."""
    code = code or "-".join(roles)
    units: frozenset[str] = frozenset()
    if "unit" in roles:
        Unit.objects.for_the_program().get_or_create(code="T1", defaults={"name": "镇一"})
        units = frozenset({"T1"})
    told = Particulars(code=code, name=f"{code}某", roles=frozenset(roles), units=units)
    account = add_account(by=THE_PROGRAM, at=NOW, told=told)
    account.set_password(PASSWORD)
    account.save()
    if second_factor and needs_second_factor(frozenset(roles)):
        factor = Authenticator(
            user=account, type=Authenticator.Type.TOTP, data={"secret": "JBSWY3DPEHPK3PXP"}
        )
        factor.save()
    return account


def actor(*roles: Role, code: str = "chen") -> Actor:
    """Return somebody with `roles` who acts from an address."""
    return Actor(person=Person(code=code, roles=frozenset(roles)), address="127.0.0.1")


def signed_in(account: Account) -> Client:
    """Return the browser of somebody who has signed in."""
    client = Client()
    client.force_login(account)
    return client
