"""People of a round: who they are, and what they are there for."""

from __future__ import annotations

import datetime as dt
from typing import Final, Literal, TypeAlias

from quanheng.findings.text import Text
from quanheng.findings.value import Value

Role: TypeAlias = Literal["administrator", "office", "reporter", "unit", "leader", "auditor", "program"]
"""What somebody is there for; `program` is the program itself, when a time has come or work has ended."""
ROLES: Final[dict[Role, Text]] = {
    "administrator": Text(zh="系统管理员", en="administrator"),
    "office": Text(zh="考核办", en="office"),
    "reporter": Text(zh="填报人", en="reporter"),
    "unit": Text(zh="被考核单位", en="unit"),
    "leader": Text(zh="领导", en="leader"),
    "auditor": Text(zh="审计", en="auditor"),
    "program": Text(zh="系统", en="program"),
}
"""What each role is called."""


class Person(Value):
    """Somebody who does something: a code, the roles, and of a unit's own people the codes of the units.

    Examples:
        >>> chen = Person(code="chen", roles=frozenset({"unit"}), units=frozenset({"T1"}))
        >>> chen.belongs_to("T1"), chen.belongs_to("T2"), chen.may_act_as("office")
        (True, False, False)
    """

    code: str
    roles: frozenset[Role]
    units: frozenset[str] = frozenset()

    def may_act_as(self, *roles: Role) -> bool:
        """Return whether it has one of `roles`."""
        return not self.roles.isdisjoint(roles)

    def belongs_to(self, unit: str) -> bool:
        """Return whether it speaks for `unit`."""
        return self.may_act_as("unit") and unit in self.units


PROGRAM: Final = Person(code="quanheng", roles=frozenset({"program"}))
"""The program, where nobody does it: a deadline passes, work in the background ends."""


class Deed(Value):
    """What somebody does: who, at which moment, and for what reason where one is given.

    Raises:
        ValueError: the moment has no time zone, so that nobody knows when it is.
    """

    by: Person
    at: dt.datetime
    reason: str = ""

    def __post_init__(self) -> None:
        """Refuse a moment without a time zone."""
        aware(self.at)


def aware(moment: dt.datetime) -> dt.datetime:
    """Return `moment`; raise `ValueError` if it has no time zone."""
    if moment.utcoffset() is None:
        raise ValueError(f"{moment} has no time zone")
    return moment
