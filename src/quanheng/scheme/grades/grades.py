"""Marks given by hand or by condition, and rounding. Values only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from quanheng.findings.finding import NOWHERE, Location
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.scheme.formulas.tree import Formula

ADJUSTMENTS: Final[Mapping[str, Text]] = {
    "bonus": Text(zh="加分", en="bonus"),
    "penalty": Text(zh="扣分", en="penalty"),
    "veto": Text(zh="一票否决", en="veto"),
}
"""The kinds of marks given or taken, in words."""


class Category(Value, aside=("where",)):
    """A category of bonus, or of penalty, marks of a unit: a cap on their sum."""

    code: str
    name: str
    cap: float | None = None
    where: Location = NOWHERE


class Limit(Value):
    """What holds for all bonus, or all penalty, marks of a unit: a cap on their sum and a gate.

    The caps of `categories` hold first, each for the marks of its own; the cap holds for what they leave.
    """

    cap: float | None = None
    when: Formula | None = None
    categories: tuple[Category, ...] = ()


class ComputedAdjustment(Value, aside=("where",)):
    """Marks that follow from a formula (`marks`), or a veto (`when`), not from a row of adjustments.csv.

    For bonus and penalty `marks` is a formula that gives marks (0 or more); `when` gates it. For a veto
    `when` is the condition under which it falls.
    """

    name: str
    kind: Literal["bonus", "penalty", "veto"]
    marks: Formula | None = None
    when: Formula | None = None
    node: str = "total"
    category: str | None = None
    where: Location = NOWHERE


class Adjustments(Value):
    """加减分、一票否决."""

    bonus: Limit = Limit()
    penalty: Limit = Limit()
    veto_tier: str | None = None
    rules: tuple[ComputedAdjustment, ...] = ()

    def categories_of(self, kind: str) -> tuple[Category, ...]:
        """Return the categories of a kind of marks; a veto has none."""
        limits = {"bonus": self.bonus, "penalty": self.penalty}
        return limits[kind].categories if kind in limits else ()
