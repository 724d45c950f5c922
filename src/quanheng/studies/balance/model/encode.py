"""Trees and levers as variables and rows of a mixed-integer program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, assert_never

from quanheng.scheme.weights.aggregation import Arithmetic, Minimum
from quanheng.studies.balance.levers import Lever
from quanheng.studies.balance.model.means import mean_of, tangent_of
from quanheng.studies.balance.model.pieces import Piece, pieces_of
from quanheng.studies.balance.model.program import Limits, Outcome, Program, Sum
from quanheng.studies.balance.model.tree import Fixed, Joined, Moved, Part, UnitTree

_MOST_POINTS: Final = 1e5
_TOUCH: Final = 1e-7
_MOST_CUTS: Final = 100


@dataclass(slots=True)
class Mean:
    """A mean that is bounded by tangents: its variable and its children's points."""

    part: Joined
    variable: Sum
    children: tuple[tuple[float, Sum], ...]


@dataclass(slots=True)
class Encoded:
    """A program with the amounts of `levers`, what they cost in all, and the points of every part."""

    levers: Sequence[Lever]
    program: Program = field(default_factory=Program)
    amounts: list[Sum] = field(default_factory=list)
    costs: list[Sum] = field(default_factory=list)
    means: list[Mean] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Add the levers."""
        for lever in self.levers:
            amount = self._amount(lever)
            self.amounts.append(amount)
            self.costs.append(self._cost(lever, amount))

    @property
    def cost(self) -> Sum:
        """What all levers cost."""
        total = Sum()
        for cost in self.costs:
            total = total.plus(cost)
        return total

    def total(self, tree: UnitTree) -> Sum:
        """Add a unit's tree and return its total."""
        return Sum(constant=tree.constant).plus(self.points(tree.root, tree), tree.factor)

    def points(self, part: Part, tree: UnitTree) -> Sum:
        """Add a part of a unit's tree and return its points, or what they are at most."""
        match part:
            case Fixed(points=points):
                return Sum(constant=points)
            case Moved():
                return Sum().plus(self._along(part.pieces, self._measure(part)), part.coefficient)
            case Joined():
                children = tuple((share, self.points(child, tree)) for share, child in part.parts)
                joined = Sum(constant=part.added).plus(self._mean(part, children), part.coefficient)
                return joined.plus(self._opened(tree), part.gated) if part.gated else joined
            case _:
                assert_never(part)

    def least(self, objective: Sum, limits: Limits) -> Outcome:
        """Return the solution of the program, tangents added until every mean is touched."""
        for _ in range(_MOST_CUTS):
            outcome = self.program.least(objective, limits)
            if not outcome.values or not self._cut(outcome.values):
                return outcome
        return Outcome(status="stopped", values=outcome.values, bound=outcome.bound)

    def amounts_in(self, outcome: Outcome) -> tuple[float, ...]:
        """Return how far each lever is moved, whole steps as such and never beyond its reach."""
        found = []
        for lever, amount in zip(self.levers, self.amounts, strict=True):
            value = min(max(amount.value(outcome.values), 0.0), lever.reach)
            if lever.step is not None:
                value = round(value / lever.step) * lever.step
            found.append(0.0 if value <= 1e-9 * lever.reach else value)
        return tuple(found)

    def _amount(self, lever: Lever) -> Sum:
        steps = lever.whole_steps
        if steps is None or lever.step is None:
            return Sum().plus(self.program.variable(0.0, 1.0), lever.reach)
        return Sum().plus(self.program.variable(0.0, float(steps), whole=True), lever.step)

    def _cost(self, lever: Lever, amount: Sum) -> Sum:
        if lever.is_linear:
            return Sum().plus(amount, lever.cost(1.0))
        knots = [of for of, _ in lever.costs]
        pieces = pieces_of(lever.cost, knots, 0.0, lever.reach)
        return self._along(pieces, amount)

    def _measure(self, part: Moved) -> Sum:
        measure = Sum(constant=part.start)
        for lever, slope in part.slopes.items():
            measure = measure.plus(self.amounts[lever], slope)
        return measure

    def _along(self, pieces: Sequence[Piece], at: Sum) -> Sum:
        """Return what `pieces` give at a place: in exactly one of them it lies."""
        if len(pieces) == 1:
            (piece,) = pieces
            return Sum(constant=piece.at - piece.slope * piece.low).plus(at, piece.slope)
        low = pieces[0].low
        span = pieces[-1].high - low
        value, where, one = Sum(), Sum(), Sum()
        for piece in pieces:
            here = self.program.variable(0.0, 1.0, whole=True)
            one = one.plus(here)
            value = value.plus(here, piece.at)
            where = where.plus(here, (piece.low - low) / span)
            width = (piece.high - piece.low) / span
            if width > 0.0:
                way = self.program.variable(0.0, width)
                self.program.at_most(way.plus(here, -width), 0.0)
                where = where.plus(way)
                value = value.plus(way, piece.slope * span)
        self.program.equal(one, 1.0)
        self.program.equal(where.plus(Sum(constant=-low).plus(at), -1.0 / span), 0.0)
        return value

    def _mean(self, part: Joined, children: tuple[tuple[float, Sum], ...]) -> Sum:
        if isinstance(part.method, Arithmetic):
            mean = Sum()
            for share, points in children:
                mean = mean.plus(points, share)
            return mean
        if not any(points.terms for _, points in children):
            return Sum(
                constant=mean_of(part.method, [(share, points.constant) for share, points in children])
            )
        variable = self.program.variable(0.0, _MOST_POINTS)
        if isinstance(part.method, Minimum):
            for share, points in children:
                if share > 0.0:
                    self.program.at_most(variable.plus(points, -1.0), 0.0)
            return variable
        bent = Mean(part, variable, children)
        self.means.append(bent)
        self._tangent(bent, [100.0] * len(children))
        return variable

    def _tangent(self, mean: Mean, at: Sequence[float]) -> None:
        shares = [share for share, _ in mean.children]
        bound = mean.variable
        takes = tangent_of(mean.part.method, list(zip(shares, at, strict=True)))
        for (_, points), take in zip(mean.children, takes, strict=True):
            bound = bound.plus(points, -take)
        self.program.at_most(bound, 0.0)

    def _cut(self, values: Sequence[float]) -> bool:
        """Add the tangents at a solution in which a mean is more than it can be; return whether any is."""
        found = False
        for mean in self.means:
            at = [points.value(values) for _, points in mean.children]
            shares = [share for share, _ in mean.children]
            real = mean_of(mean.part.method, list(zip(shares, at, strict=True)))
            if mean.variable.value(values) > real + _TOUCH * max(1.0, abs(real)):
                self._tangent(mean, at)
                found = True
        return found

    def _opened(self, tree: UnitTree) -> Sum:
        """Return whether the gate of the unit's bonus is open, 1 or 0."""
        known = self._gates.get(tree.unit)
        if known is not None:
            return known
        opened = self.program.variable(0.0, 1.0, whole=True)
        for bound in tree.gate or ():
            ends = [slope * self.levers[lever].reach for lever, slope in bound.slopes.items()]
            worst = min(0.0, bound.start + sum(min(0.0, end) for end in ends))
            left = Sum(constant=bound.start)
            for lever, slope in bound.slopes.items():
                left = left.plus(self.amounts[lever], slope)
            # worst <= left holds anyway; where the gate is open, 0 <= left
            self.program.at_least(left.plus(opened, worst), worst)
        self._gates[tree.unit] = opened
        return opened

    _gates: dict[str, Sum] = field(default_factory=dict)
