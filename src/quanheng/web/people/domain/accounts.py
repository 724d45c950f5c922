"""Making and changing accounts: what the administrator does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from quanheng.findings.finding import Finding, require_no_errors
from quanheng.findings.patterns import bounded
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.findings.visible import printable
from quanheng.process.rounds.people import Role
from quanheng.web.audit.actions import Done, action
from quanheng.web.base.actor import THE_PROGRAM, Actor
from quanheng.web.people.findings import (
    BAD_CODE,
    CHANGED_MEANWHILE,
    CODE_TAKEN,
    LAST_ADMINISTRATOR,
    NAME_ACTS,
    NO_NAME,
    NOT_READ,
    NOT_YOURS,
    UNKNOWN_UNIT,
)
from quanheng.web.people.models import Account, Unit
from quanheng.web.people.roles import check_roles

_CODE: Final = bounded("[a-z0-9][a-z0-9._-]{0,63}")
_LONGEST_NAME: Final = 100
EMAIL: Final = Text(zh="电子邮箱", en="e-mail address")
_LONGEST_EMAIL: Final = 254


class Particulars(Value):
    """What is told of a person: the code it signs in with, the name, the roles, the units it speaks for."""

    code: str
    name: str
    roles: frozenset[Role]
    units: frozenset[str] = frozenset()
    email: str = ""

    def as_facts(self) -> dict[str, object]:
        """Return it as the log keeps it."""
        return {
            "code": self.code,
            "name": self.name,
            "roles": sorted(self.roles),
            "units": sorted(self.units),
            "email": self.email,
        }


@action("people.add", noted=("told",))
def add_account(*, by: Actor, at: dt.datetime, told: Particulars) -> Done[Account]:
    """Make the account of a person; it cannot sign in before a one-time link gave it a password."""
    require_no_errors([*check_actor(by), *check_particulars(told), *check_free(told.code)])
    account = Account(code=told.code, made_at=at, name=told.name, email=told.email)
    account.give_roles(told.roles)
    account.set_unusable_password()
    account.save(force_insert=True)
    account.units.set(_units(told.units))
    return Done(account, about=told.code, after=told.as_facts())


@action("people.change", noted=("told",))
def change_account(
    *,
    by: Actor,
    at: dt.datetime,  # noqa: ARG001  the log tells it
    told: Particulars,
    seen: Particulars,
) -> Done[Account]:
    """Change the account `told.code`, if it still is as it was `seen` by who changes it."""
    require_no_errors([*check_actor(by), *check_particulars(told)])
    account = _locked(told.code)
    before = particulars_of(account)
    if before != seen:
        require_no_errors([CHANGED_MEANWHILE.at(code=told.code)])
    if "administrator" not in told.roles:
        require_no_errors(_check_last(account))
    account.name, account.email = told.name, told.email
    account.give_roles(told.roles)
    account.save()
    account.units.set(_units(told.units))
    return Done(account, about=told.code, before=before.as_facts(), after=told.as_facts())


@action("people.active", noted=("code", "active"))
def set_active(
    *,
    by: Actor,
    at: dt.datetime,  # noqa: ARG001  the log tells it
    code: str,
    active: bool,
) -> Done[Account]:
    """Let an account sign in, or no longer; it is never deleted, since the log names it."""
    require_no_errors(check_actor(by))
    account = _locked(code)
    if not active:
        require_no_errors(_check_last(account))
    before = {"active": account.is_active}
    account.is_active = active
    account.save(update_fields=["is_active"])
    return Done(account, about=code, before=before, after={"active": active})


def particulars_of(account: Account) -> Particulars:
    """Return what is told of the person of `account`."""
    return Particulars(
        code=account.code,
        name=account.name,
        roles=account.roles,
        units=frozenset(unit.code for unit in account.units.all()),
        email=account.email,
    )


def check_particulars(told: Particulars) -> Iterator[Finding]:
    """Yield what is wrong with what is told of a person, whether or not there is an account already."""
    yield from check_form(told)
    known = set(Unit.objects.for_the_program().filter(code__in=told.units).values_list("code", flat=True))
    for unit in sorted(told.units - known):
        yield UNKNOWN_UNIT.at(unit=unit)


def check_actor(by: Actor) -> Iterator[Finding]:
    """Yield that `by` does not make accounts."""
    if by != THE_PROGRAM and not by.person.may_act_as("administrator"):
        yield NOT_YOURS.at()


def check_form(told: Particulars) -> Iterator[Finding]:
    """Yield what is wrong with the words that tell of a person, whatever units there are."""
    if not _CODE.fullmatch(told.code):
        yield BAD_CODE.at(code=told.code)
    if not told.name.strip() or len(told.name) > _LONGEST_NAME:
        yield NO_NAME.at(code=told.code)
    yield from check_seen(told.name)
    yield from check_roles(told.code, told.roles, told.units)
    if told.email and not _is_address(told.email):
        yield NOT_READ.at(code=told.code, what=EMAIL)


def check_seen(text: str) -> Iterator[Finding]:
    """Yield that a name has a character that acts, such as one that turns the direction of writing."""
    if printable(text) != text:
        yield NAME_ACTS.at(text=printable(text))


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= _LONGEST_EMAIL


def check_free(code: str) -> Iterator[Finding]:
    """Yield that there is an account `code` already."""
    taken = Account.objects.for_the_program().filter(code=code).first()
    if taken:
        yield CODE_TAKEN.at(code=code, name=taken.name)


def _check_last(account: Account) -> Iterator[Finding]:
    """Yield that nobody would be left to make accounts."""
    if not (account.as_administrator and account.is_active):
        return
    others = Account.objects.for_the_program().select_for_update().order_by("code")
    if not others.filter(as_administrator=True, is_active=True).exclude(pk=account.pk).exists():
        yield LAST_ADMINISTRATOR.at(code=account.code)


def _units(codes: frozenset[str]) -> list[Unit]:
    return list(Unit.objects.for_the_program().filter(code__in=codes))


def _locked(code: str) -> Account:
    return Account.objects.for_the_program().select_for_update().get(code=code)
