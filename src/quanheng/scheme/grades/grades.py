"""Marks given by hand or by condition, tiers, and awards. Values only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from quanheng.findings.finding import NOWHERE, Location
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.periods.every import Every
from quanheng.scheme.formulas.tree import Formula

ADJUSTMENTS: Final[Mapping[str, Text]] = {
    "bonus": Text(zh="加分", en="bonus"),
    "penalty": Text(zh="扣分", en="penalty"),
    "veto": Text(zh="一票否决", en="veto"),
}
"""The kinds of marks given or taken, in words."""


class Limit(Value):
    """What holds for all bonus, or all penalty, marks of a unit: a cap on their sum and a gate."""

    cap: float | None = None
    when: Formula | None = None


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
    where: Location = NOWHERE


class Adjustments(Value):
    """加减分、一票否决."""

    bonus: Limit = Limit()
    penalty: Limit = Limit()
    veto_tier: str | None = None
    rules: tuple[ComputedAdjustment, ...] = ()


class Rounding(Value):
    """Decimals at each stage; None is not rounded."""

    ratio: int | None = None
    points: int | None = None
    scores: int | None = None
    total: int | None = None

    @property
    def is_anywhere(self) -> bool:
        """Whether anything is rounded, so that a half has to be a half on the way there."""
        return self != Rounding()


class Quota(Value):
    """How many of a group: a `share` (0 to 1) of its ranked units, or a `count`; one of the two."""

    share: float | None = None
    count: int | None = None


class Tier(Value, aside=("where",)):
    """A grade: entered by the units up to `top` (cumulative, by place) whose total is `at_least` so much.

    `unless`: a condition (the word `veto` is one of its names) under which a unit does not enter.
    """

    name: str
    top: Quota | None = None
    at_least: float | None = None
    unless: Formula | None = None
    where: Location = NOWHERE


class Award(Value, aside=("where",)):
    """An honour: the first `take` by `by` among the units of `groups` for which `condition` holds.

    `take` counts inside each group. `by` is a formula, greatest first; None is the place. `recipient` names
    the units' column of the person honoured; None honours the unit. `every` gives it only in rounds of
    that length. `despite_veto` lets vetoed units take part.
    """

    name: str
    groups: tuple[str, ...] = ()
    take: Quota | None = None
    condition: Formula | None = None
    by: Formula | None = None
    recipient: str | None = None
    every: Every | None = None
    despite_veto: bool = False
    where: Location = NOWHERE
