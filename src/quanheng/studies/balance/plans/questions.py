"""The questions: the cheapest way to goals, the most for a budget, the fairest plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import Final

from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.tree.scheme import Dimension, Scheme
from quanheng.studies.balance.model.encode import Encoded
from quanheng.studies.balance.model.frozen import Pool
from quanheng.studies.balance.model.program import Sum
from quanheng.studies.balance.model.tree import Joined, UnitTree
from quanheng.studies.balance.plans.goals import Goal
from quanheng.studies.balance.plans.plan import Demand, Laid

_SMALL: Final = 1e-6
_FAR: Final = 1e7
_MORE: Final = 0.25
_CHEAP: Final = 1e-6
"""Among plans that reach the same, the cheaper one."""


class Whole(Value):
    """A target for the sum of an item's figures over all units: `now` it is so much."""

    item: str
    text: Text
    now: float
    least: float = -inf
    most: float = inf


class Frame(Value):
    """What every question keeps to: a budget, and targets of the district."""

    budget: float | None
    wholes: tuple[Whole, ...]

    def demands(self, encoded: Encoded) -> list[Demand]:
        """Return what is demanded by it."""
        found = []
        if self.budget is not None:
            text = Text(en=f"all levers cost at most {self.budget:g}", zh=f"总代价不超过{self.budget:g}")
            found.append(Demand(text=text, left=encoded.cost, right=self.budget, is_floor=False))
        for whole in self.wholes:
            left = Sum(constant=whole.now)
            for lever, amount in zip(encoded.levers, encoded.amounts, strict=True):
                if lever.item == whole.item:
                    left = left.plus(amount, lever.per)
            if whole.least > -inf:
                found.append(Demand(text=whole.text, left=left, right=whole.least))
            if whole.most < inf:
                found.append(Demand(text=whole.text, left=left, right=whole.most, is_floor=False))
        return found


@dataclass(kw_only=True)
class Cheapest:
    """The cheapest way to goals that are reached together."""

    frame: Frame
    goals: tuple[Goal, ...]
    scheme: Scheme
    easier: float = 0.0
    _raised: dict[str, float] = field(default_factory=dict)

    @property
    def units(self) -> Sequence[str]:
        """The units that have goals."""
        return tuple(dict.fromkeys(goal.unit for goal in self.goals))

    def lay(self, encoded: Encoded, trees: Mapping[str, UnitTree], pool: Pool) -> Laid:
        """Demand the total of each goal; the cost is to be least."""
        totals = {unit: encoded.total(tree) for unit, tree in trees.items()}
        half = self._last_digit / 2 if self.scheme.rounding.total is not None else 0.0
        demands = [
            Demand(
                text=goal.text,
                left=totals[goal.unit],
                right=max(goal.total(pool) - half + self._raised.get(goal.unit, 0.0) - self.easier, -_FAR),
            )
            for goal in self.goals
        ]
        return Laid(demands=(*demands, *self.frame.demands(encoded)), objective=encoded.cost)

    def is_fulfilled(self, pool: Pool) -> bool:
        """Return whether every goal is reached."""
        return all(goal.reached(pool) for goal in self.goals)

    def demand_more(self, pool: Pool) -> bool:
        """Demand a little more total where a tie or the last digit left a unit short."""
        short = {goal.unit for goal in self.goals if not goal.reached(pool)}
        for unit in short:
            self._raised[unit] = self._raised.get(unit, 0.0) + max(_SMALL, _MORE * self._last_digit)
        return bool(short)

    @property
    def _last_digit(self) -> float:
        decimals = self.scheme.rounding.total
        return 0.0 if decimals is None else 10.0**-decimals


class Optimum:
    """A question for the best there is: nothing of it can be missed, and no more demanded."""

    def is_fulfilled(self, _pool: Pool) -> bool:
        """Return that there is nothing that could be missed."""
        return True

    def demand_more(self, _pool: Pool) -> bool:
        """Return that nothing more is demanded."""
        return False


@dataclass(frozen=True, kw_only=True)
class Most(Optimum):
    """The largest sum of the totals of `units`; of equal ones the cheapest."""

    frame: Frame
    units: tuple[str, ...]

    def lay(self, encoded: Encoded, trees: Mapping[str, UnitTree], _pool: Pool) -> Laid:
        """Let the sum of totals be largest."""
        objective = Sum().plus(encoded.cost, _CHEAP)
        for tree in trees.values():
            objective = objective.plus(encoded.total(tree), -1.0)
        return Laid(demands=tuple(self.frame.demands(encoded)), objective=objective)


@dataclass(frozen=True, kw_only=True)
class Fairest(Optimum):
    """The highest least: of the totals of `units`, or of the points of one unit's `nodes`."""

    frame: Frame
    units: tuple[str, ...]
    nodes: tuple[str, ...] = ()

    def lay(self, encoded: Encoded, trees: Mapping[str, UnitTree], _pool: Pool) -> Laid:
        """Let the least be highest; then all of them together, then the cost least."""
        if self.nodes:
            (tree,) = trees.values()
            levels = points_of(encoded, tree, self.nodes)
        else:
            levels = [encoded.total(tree) for tree in trees.values()]
        least = encoded.program.variable(-_FAR, _FAR)
        objective = Sum().plus(least, -1.0).plus(encoded.cost, _CHEAP)
        for level in levels:
            encoded.program.at_most(least.plus(level, -1.0), 0.0)
            objective = objective.plus(level, -_CHEAP)
        return Laid(demands=tuple(self.frame.demands(encoded)), objective=objective)


def points_of(encoded: Encoded, tree: UnitTree, nodes: Sequence[str]) -> list[Sum]:
    """Return the points of `nodes` of a unit's tree."""
    return [encoded.points(tree.nodes[node], tree) for node in nodes]


def first_level(scheme: Scheme, tree: UnitTree) -> tuple[str, ...]:
    """Return the children of the root that count for a unit."""
    root = scheme.node(ROOT)
    assert isinstance(root, Dimension)  # noqa: S101 - narrows the type: a root is a dimension
    counted = isinstance(tree.root, Joined)
    return tuple(child.code for child in root.children if not counted or child.code in tree.nodes)
