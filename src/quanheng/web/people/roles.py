"""Roles of people: which an account can have, which exclude each other, which need a second factor."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from quanheng.findings.finding import Finding
from quanheng.process.rounds.people import ROLES, Role
from quanheng.web.people.findings import ALONE, NO_ROLE, NO_UNITS, UNITS_FOR_NOTHING

KEPT: Final[tuple[Role, ...]] = ("administrator", "office", "reporter", "unit", "leader", "auditor")
"""The roles of people, in the order of the forms."""
APART: Final[tuple[Role, ...]] = ("administrator", "auditor")
"""Who makes accounts, and who reads the log, does nothing else."""
SECOND_FACTOR: Final[frozenset[Role]] = frozenset({"administrator", "office", "auditor"})
"""Who cannot do anything before a second factor is set up."""


def role_field(role: Role) -> str:
    """Return the field of an account that says whether it has `role`."""
    return f"as_{role}"


def needs_second_factor(roles: frozenset[Role]) -> bool:
    """Return whether somebody with `roles` signs in with a second factor.

    Examples:
        >>> needs_second_factor(frozenset({"office", "leader"})), needs_second_factor(frozenset({"unit"}))
        (True, False)
    """
    return not SECOND_FACTOR.isdisjoint(roles)


def check_roles(code: str, roles: frozenset[Role], units: frozenset[str]) -> Iterator[Finding]:
    """Yield what is wrong with `roles` and `units` together."""
    if not roles:
        yield NO_ROLE.at(code=code)
    for role in APART:
        if role in roles and len(roles) > 1:
            yield ALONE.at(code=code, role=ROLES[role])
            break
    if "unit" in roles and not units:
        yield NO_UNITS.at(code=code)
    if units and "unit" not in roles:
        yield UNITS_FOR_NOTHING.at(code=code)
