"""The Pareto front of two or three dimensions: what can be had of one for a demand on the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import hypot
from typing import Final

from quanheng.engine.frame import columns as c
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.studies.balance.model.encode import Encoded
from quanheng.studies.balance.model.frozen import Pool
from quanheng.studies.balance.model.program import Sum
from quanheng.studies.balance.model.tree import UnitTree
from quanheng.studies.balance.plans.plan import Demand, Ground, Laid, Plan, Search, first_plan
from quanheng.studies.balance.plans.questions import Frame, Optimum, points_of

_CHEAP: Final = 1e-6
_OTHERS: Final = 1e-4
_SAME: Final = 1e-4
"""Fewer points than this apart are the same."""


@dataclass(frozen=True, kw_only=True)
class Tradeoff(Optimum):
    """The most points of one node while others have at least so many; of equal ones, most of the others."""

    frame: Frame
    unit: str
    nodes: tuple[str, ...]
    most: int
    demanded: Mapping[int, float] = field(default_factory=dict)

    @property
    def units(self) -> Sequence[str]:
        """The unit that is asked about."""
        return (self.unit,)

    def lay(self, encoded: Encoded, trees: Mapping[str, UnitTree], _pool: Pool) -> Laid:
        """Demand points of the others, let those of one node be most."""
        levels = points_of(encoded, trees[self.unit], self.nodes)
        demands = [
            Demand(text=Text(en=self.nodes[number], zh=self.nodes[number]), left=levels[number], right=least)
            for number, least in self.demanded.items()
        ]
        objective = Sum().plus(encoded.cost, _CHEAP)
        for number, level in enumerate(levels):
            objective = objective.plus(level, -1.0 if number == self.most else -_OTHERS)
        return Laid(demands=(*demands, *self.frame.demands(encoded)), objective=objective)


class Choice(Value):
    """A plan on the front: the points of each node as the engine scores it; whether it is the knee."""

    plan: Plan
    points: tuple[float, ...]
    is_knee: bool = False


def front_of(
    ground: Ground, frame: Frame, unit: str, nodes: tuple[str, ...], points: int
) -> tuple[Choice, ...]:
    """Return plans none of which is beaten by another, from most of the first node to least of it.

    By ε-constraint: the ends of each dimension are found first; between them so many demands are made on all
    nodes but the first, and the most of the first is sought for each. What the engine makes of the plans
    decides which are beaten.
    """
    ends = [_choice(ground, frame, unit, nodes, most=number, demanded={}) for number in range(len(nodes))]
    found = [choice for choice in ends if choice is not None]
    if len(found) < len(nodes):
        return ()
    steps = []
    for number in range(1, len(nodes)):
        levels = [choice.points[number] for choice in found]
        low, high = min(levels), max(levels)
        steps.append([low + (high - low) * part / (points - 1) for part in range(points)])
    grid = [{number: least - _CHEAP for number, least in enumerate(each, 1)} for each in product(*steps)]
    asked = [Tradeoff(frame=frame, unit=unit, nodes=nodes, most=0, demanded=demanded) for demanded in grid]
    # all at once, since one pass of the engine scores them together
    ground.scored([plan for each in asked if (plan := first_plan(ground, each)) is not None])
    choices = [_choice(ground, frame, unit, nodes, most=0, demanded=demanded) for demanded in grid]
    found += [choice for choice in choices if choice is not None]
    return _with_knee(_unbeaten(found))


def _choice(
    ground: Ground,
    frame: Frame,
    unit: str,
    nodes: tuple[str, ...],
    *,
    most: int,
    demanded: Mapping[int, float],
) -> Choice | None:
    question = Tradeoff(frame=frame, unit=unit, nodes=nodes, most=most, demanded=demanded)
    plan = Search(ground=ground, question=question).plan()
    if plan is None:
        return None
    return Choice(plan=plan, points=tuple(plan.pool.number(unit, c.points(node)) or 0.0 for node in nodes))


def _unbeaten(choices: Sequence[Choice]) -> list[Choice]:
    """Return the choices that no other beats, one of equal ones: the cheapest."""
    kept: list[Choice] = []
    for choice in sorted(choices, key=lambda each: (*(-value for value in each.points), each.plan.cost)):
        beaten = any(
            all(one >= two - _SAME for one, two in zip(other.points, choice.points, strict=True))
            for other in kept
        )
        if not beaten:
            kept.append(choice)
    return kept


def _with_knee(choices: Sequence[Choice]) -> tuple[Choice, ...]:
    """Mark the knee: of the front, scaled from its worst to its best, the choice nearest to the best of all.

    Where there are fewer than three, there is nothing to bend.
    """
    if len(choices) <= 2:  # noqa: PLR2004 - two ends are no bend
        return tuple(choices)
    sides = list(zip(*(choice.points for choice in choices), strict=True))
    spans = [(max(side), (max(side) - min(side)) or 1.0) for side in sides]

    def away(choice: Choice) -> float:
        return hypot(*((top - value) / span for value, (top, span) in zip(choice.points, spans, strict=True)))

    nearest = min(range(len(choices)), key=lambda number: (away(choices[number]), number))
    return tuple(
        Choice(plan=choice.plan, points=choice.points, is_knee=number == nearest)
        for number, choice in enumerate(choices)
    )
