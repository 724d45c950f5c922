"""People and moments that the tests of a round are about."""

from __future__ import annotations

import datetime as dt

from quanheng.process.rounds.people import PROGRAM, Deed, Person, Role

NOON = dt.datetime(2024, 4, 1, 12, tzinfo=dt.UTC)
"""The moment at which nearly everything happens."""


def somebody(role: Role, code: str | None = None, unit: str | None = None) -> Person:
    """Return a person of one role."""
    units = frozenset() if unit is None else frozenset({unit})
    return PROGRAM if role == "program" else Person(code=code or role, roles=frozenset({role}), units=units)


def deed(
    role: Role = "office",
    *,
    code: str | None = None,
    unit: str | None = None,
    hours: float = 0.0,
    reason: str = "",
) -> Deed:
    """Return what somebody of `role` does so many hours after noon."""
    return Deed(by=somebody(role, code, unit), at=NOON + dt.timedelta(hours=hours), reason=reason)


def hours(number: float) -> dt.datetime:
    """Return the moment so many hours after noon."""
    return NOON + dt.timedelta(hours=number)
