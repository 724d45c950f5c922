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


class NodeLimit(Value, aside=("where",)):
    """Caps on the bonus, or the penalty, marks of a unit at one node and at all below it.

    The caps of `categories`, by their codes, hold before that of the node.
    """

    node: str
    cap: float | None = None
    categories: Mapping[str, float] = {}
    where: Location = NOWHERE


class Limit(Value):
    """What holds for all bonus, or all penalty, marks of a unit: a cap on their sum and a gate.

    The caps of `nodes` hold first, the deepest before those above it; then those of `categories`, each for
    the marks of its own; the cap holds for what they leave.
    """

    cap: float | None = None
    when: Formula | None = None
    categories: tuple[Category, ...] = ()
    nodes: tuple[NodeLimit, ...] = ()

    @property
    def is_divided(self) -> bool:
        """Whether some of the marks have caps of their own, before the cap over all."""
        return bool(self.categories or self.nodes)


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
        return self.limit_of(kind).categories

    def limit_of(self, kind: str) -> Limit:
        """Return the caps and the gate of a kind of marks; a veto has none."""
        return {"bonus": self.bonus, "penalty": self.penalty}.get(kind, Limit())
