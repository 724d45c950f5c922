"""The invented people of a demonstration."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from django.conf import settings
from django.contrib.auth.hashers import make_password

from quanheng.findings.finding import require_no_errors
from quanheng.web.audit.actions import Done, action
from quanheng.web.base.actor import THE_PROGRAM, Actor
from quanheng.web.people.domain.accounts import Particulars
from quanheng.web.people.findings import NOT_YOURS
from quanheng.web.people.models import Account, Unit


@action("people.demonstration")
def add_invented(
    *,
    by: Actor,
    at: dt.datetime,
    units: Mapping[str, str],
    people: Iterable[Particulars],
    password: str,
) -> Done[int]:
    """Add what is not there yet of the units and people of a demonstration; return how many people.

    Raises:
        FindingsError: the site is no demonstration, where everybody would know the password.
    """
    if by != THE_PROGRAM or not settings.DEMONSTRATION:
        require_no_errors([NOT_YOURS.at()])
    Unit.objects.for_the_program().bulk_create(
        (Unit(code=code, name=name) for code, name in units.items()), ignore_conflicts=True
    )
    there = set(Account.objects.for_the_program().values_list("code", flat=True))
    new = [told for told in people if told.code not in there]
    hashed = make_password(password)  # once for all: it takes long on purpose
    for told in new:
        account = Account(code=told.code, name=told.name, made_at=at, password=hashed)
        account.give_roles(told.roles)
        account.save(force_insert=True)
        account.units.set(list(Unit.objects.for_the_program().filter(code__in=told.units)))
    return Done(len(new), about="demonstration", after={"people": [told.code for told in new]})
