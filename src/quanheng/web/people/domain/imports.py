"""Taking people, units and responsibilities in from a workbook: all of it, or nothing."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from quanheng.findings.finding import Finding, Location, require_no_errors
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.web.audit.actions import Done, action
from quanheng.web.base.actor import Actor
from quanheng.web.people.domain.accounts import Particulars, check_actor, check_form, particulars_of
from quanheng.web.people.domain.links import LATER, lay_link
from quanheng.web.people.findings import (
    EXISTS_OTHERWISE,
    NO_REPORTER,
    NOT_READ,
    SAME_NAME,
    SEVERAL_UNITS,
    TWICE,
    UNKNOWN_PERSON,
    UNKNOWN_UNIT,
)
from quanheng.web.people.models import Account, Responsibility, Unit
from quanheng.web.people.staff import Placed, Staff, ToldPerson, ToldResponsibility, ToldUnit

_LONGEST_ITEM: Final = 200
_LONGEST_UNIT: Final = 80
_LONGEST_UNIT_NAME: Final = 200
_ITEM: Final = Text(zh="填报指标", en="item to report")
_UNIT: Final = Text(zh="单位代码或名称", en="code or name as a unit")


class Taken(Value):
    """What an import added: units, accounts with the secrets of their one-time links, responsibilities."""

    units: int
    links: tuple[tuple[Particulars, str], ...]
    responsibilities: int


class _Plan(Value):
    """What an import would add."""

    units: tuple[ToldUnit, ...]
    people: tuple[Particulars, ...]
    responsibilities: tuple[tuple[str, str, str | None], ...]
    findings: tuple[Finding, ...]


def check_import(staff: Staff) -> tuple[Finding, ...]:
    """Return what is wrong with what a workbook tells, against what there is."""
    return _planned(staff).findings


@action("people.import", noted=("file",))
def import_people(*, by: Actor, at: dt.datetime, staff: Staff, file: str) -> Done[Taken]:
    """Add what `staff` tells and is not there yet; what is there and differs is refused, never changed."""
    plan = _planned(staff)
    require_no_errors([*check_actor(by), *plan.findings])
    Unit.objects.for_the_program().bulk_create(Unit(code=unit.code, name=unit.name) for unit in plan.units)
    accounts = [_account(told, at) for told in plan.people]
    Account.objects.for_the_program().bulk_create(accounts)
    for account, told in zip(accounts, plan.people, strict=True):
        account.units.set(list(Unit.objects.for_the_program().filter(code__in=told.units)))
    _lay_responsibilities(plan)
    links = tuple(
        (told, lay_link(at, account, LATER)) for account, told in zip(accounts, plan.people, strict=True)
    )
    taken = Taken(units=len(plan.units), links=links, responsibilities=len(plan.responsibilities))
    after = {
        "units": [unit.code for unit in plan.units],
        "people": [told.as_facts() for told in plan.people],
        "responsibilities": [list(told) for told in plan.responsibilities],
    }
    return Done(taken, about=file, after=after)


def _planned(staff: Staff) -> _Plan:
    units = {unit.code: unit.name for unit in Unit.objects.for_the_program()}
    there = Account.objects.for_the_program().prefetch_related("units")
    accounts = {account.code: particulars_of(account) for account in there}
    findings: list[Finding] = []
    new_units = tuple(_new_units(staff.units, units, findings))
    known = units | {unit.code: unit.name for unit in new_units}
    people = tuple(_new_people(staff.people, accounts, known, findings))
    everybody = accounts | {told.code: told for told in people}
    findings.extend(_same_names(staff.people, everybody))
    responsibilities = tuple(_new_responsibilities(staff.responsibilities, everybody, known, findings))
    return _Plan(units=new_units, people=people, responsibilities=responsibilities, findings=tuple(findings))


def _new_units(
    told: Iterable[ToldUnit], there: Mapping[str, str], findings: list[Finding]
) -> Iterator[ToldUnit]:
    seen: dict[str, Location] = {}
    for unit in told:
        if unit.code in seen:
            findings.append(TWICE.at(unit.where, code=unit.code, other=seen[unit.code]))
        elif not (0 < len(unit.code) <= _LONGEST_UNIT and 0 < len(unit.name) <= _LONGEST_UNIT_NAME):
            findings.append(NOT_READ.at(unit.where, code=unit.code or unit.name, what=_UNIT))
        elif unit.code in there and there[unit.code] != unit.name:
            differs = Text(zh=f"名称为“{there[unit.code]}”", en=f"its name is {there[unit.code]!r}")
            findings.append(EXISTS_OTHERWISE.at(unit.where, code=unit.code, differs=differs))
        elif unit.code not in there:
            yield unit
        seen[unit.code] = unit.where


def _new_people(
    told: Iterable[ToldPerson],
    there: Mapping[str, Particulars],
    units: Mapping[str, str],
    findings: list[Finding],
) -> Iterator[Particulars]:
    seen: dict[str, Location] = {}
    for person in told:
        new = Particulars(
            code=person.code,
            name=person.name,
            roles=person.roles,
            units=frozenset(_units(person.units, units, findings)),
            email=person.email,
        )
        findings.extend(replace(finding, where=person.where) for finding in check_form(new))
        if person.code in seen:
            findings.append(TWICE.at(person.where, code=person.code, other=seen[person.code]))
        elif person.code in there and there[person.code] != new:
            differs = _differences(there[person.code], new)
            findings.append(EXISTS_OTHERWISE.at(person.where, code=person.code, differs=differs))
        elif person.code not in there:
            yield new
        seen[person.code] = person.where


def _differences(old: Particulars, new: Particulars) -> Text:
    names = {
        "name": Text(zh="姓名", en="name"),
        "roles": Text(zh="角色", en="roles"),
        "units": Text(zh="单位", en="units"),
        "email": Text(zh="电子邮箱", en="e-mail"),
    }
    found = [name for part, name in names.items() if getattr(old, part) != getattr(new, part)]
    return Text(zh="、".join(name.zh for name in found), en=", ".join(name.en for name in found))


def _same_names(told: Iterable[ToldPerson], everybody: Mapping[str, Particulars]) -> Iterator[Finding]:
    often = Counter(person.name for person in everybody.values())
    for person in told:
        if often[person.name] > 1:
            other = next(
                (
                    one.code
                    for one in everybody.values()
                    if one.name == person.name and one.code != person.code
                ),
                "",
            )
            if other:
                yield SAME_NAME.at(person.where, name=person.name, other=other)


def _new_responsibilities(
    told: Iterable[ToldResponsibility],
    everybody: Mapping[str, Particulars],
    units: Mapping[str, str],
    findings: list[Finding],
) -> Iterator[tuple[str, str, str | None]]:
    there = set(Responsibility.objects.for_the_program().values_list("account__code", "item", "unit_id"))
    for line in told:
        person = everybody.get(line.code)
        if person is None:
            findings.append(UNKNOWN_PERSON.at(line.where, code=line.code))
        elif "reporter" not in person.roles:
            findings.append(NO_REPORTER.at(line.where, code=line.code))
        if not 0 < len(line.item) <= _LONGEST_ITEM:
            findings.append(NOT_READ.at(line.where, code=line.code, what=_ITEM))
        for unit in _units(line.units, units, findings) if line.units else [None]:
            one = (line.code, line.item, unit)
            if one not in there:
                there.add(one)
                yield one


def _units(words: Iterable[Placed], units: Mapping[str, str], findings: list[Finding]) -> list[str]:
    """Return the codes of the units that `words` name, by code or by a name that only one has."""
    often = Counter(units.values())
    by_name = {name: code for code, name in units.items() if often[name] == 1}
    found = []
    for word, where in words:
        code = word if word in units else by_name.get(word)
        if code is None:
            kind = SEVERAL_UNITS if often[word] > 1 else UNKNOWN_UNIT
            findings.append(kind.at(where, unit=word))
        else:
            found.append(code)
    return found


def _account(told: Particulars, at: dt.datetime) -> Account:
    account = Account(code=told.code, name=told.name, email=told.email, made_at=at)
    account.give_roles(told.roles)
    account.set_unusable_password()
    return account


def _lay_responsibilities(plan: _Plan) -> None:
    codes = {code for code, _, _ in plan.responsibilities}
    accounts = {account.code: account for account in Account.objects.for_the_program().filter(code__in=codes)}
    Responsibility.objects.for_the_program().bulk_create(
        Responsibility(account=accounts[code], item=item, unit_id=unit)
        for code, item, unit in plan.responsibilities
    )
