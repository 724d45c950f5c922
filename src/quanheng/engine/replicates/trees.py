"""Points and scores of many replicates of one scoring: the tree of a scheme over arrays (points §1-§4).

The same three walks as over a frame (`stages/aggregation/scores.py`): what each child weighs among the
siblings that have points, what a node is worth, points and scores joined bottom-up. Here a weight may differ
from replicate to replicate.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, assert_never

import numpy as np

from quanheng.engine.frame.comparing import POINTS_NOISE
from quanheng.engine.replicates.arrays import (
    HUNDREDTH,
    Array,
    Flags,
    elementwise,
    exponential,
    filled,
    is_negative,
    is_zero,
    known,
    logarithm,
    power,
    quotient,
    rounded,
)
from quanheng.engine.replicates.available import has_enough
from quanheng.engine.replicates.base import Base, Edge
from quanheng.engine.replicates.choices import chosen_among
from quanheng.engine.replicates.enough import counted_where_enough
from quanheng.engine.replicates.given import given_marks
from quanheng.engine.replicates.pairs import copeland_points
from quanheng.engine.replicates.ruled import ruled_points
from quanheng.engine.stages.adjustments.categories import AdjustmentKind
from quanheng.engine.stages.points.anchored import FULL
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.tree.scheme import Dimension, Node, Scheme, upwards
from quanheng.scheme.weights.aggregation import (
    Arithmetic,
    Best,
    Copeland,
    Geometric,
    Harmonic,
    Last,
    Maximum,
    Minimum,
    Power,
    Product,
    Sum,
)


@dataclass(slots=True, kw_only=True)
class Trees:
    """The nodes of some replicates, filled while the tree is walked; each array is replicates × units.

    `base` says what the points are; `scheme` how they are joined: that of the base, or one that differs in
    its aggregations only. `weights`, `(replicates, groups)`, are those of children that do not weigh what
    they do in the base. `wanted` are nodes whose scores are looked at afterwards.
    """

    base: Base
    scheme: Scheme
    weights: Mapping[Edge, Array]
    wanted: Collection[str] = (ROOT,)
    points: dict[str, Array] = field(default_factory=dict)
    scores: dict[str, Array] = field(default_factory=dict)
    marks: dict[str, Array] = field(default_factory=dict)
    counted: dict[str, Array] = field(default_factory=dict)
    _weights: dict[Edge, Array] = field(default_factory=dict)

    def grown(self) -> Trees:
        """Walk the tree and return itself."""
        self.points.update(self.base.points)
        for dimension in upwards(self.scheme.root):
            self._count(dimension)
        needed = self._needed()
        self._mark(needed)
        given = given_marks(self.base, self.scheme, self.marks)
        for node in self.scheme.indicators:
            if node.code in needed:
                self.scores[node.code] = self._rated_score(node)
                self._adjust(node, given)
                self._bound(node)
        for dimension in upwards(self.scheme.root):
            self._join(dimension)
            if dimension.code in needed:
                self._finish(dimension)
                self._adjust(dimension, given)
                self._bound(dimension)
            else:
                self._finish_points(dimension)
        self.scores[ROOT] = rounded(self.scores[ROOT], self.scheme.rounding.total)
        return self

    # --- weights and marks ---

    def weight(self, key: Edge) -> Array:
        """Return the weight of a child, one row or one a replicate, by unit; NaN where it does not apply."""
        if key not in self._weights:
            given = self.weights.get(key)
            by_group = self.base.weights[key] if given is None else given
            if key in self.base.by_unit or by_group.shape[1] == 1:
                self._weights[key] = by_group
            else:
                self._weights[key] = by_group[:, self.base.group]
        return self._weights[key]

    def has_points(self, node: Node) -> Flags:
        """Return where a node has points: a dimension those of a child that counts."""
        if isinstance(node, Dimension):
            return self.counted[node.code] > 0.0
        return known(self.points[node.code])

    def _count(self, dimension: Dimension) -> None:
        code = dimension.code
        children = [(self.weight((code, each.code)), self.has_points(each)) for each in dimension.children]
        terms = [
            weight if has.all() and not np.isnan(weight).any() else np.where(has, filled(weight), 0.0)
            for weight, has in children
        ]
        counted = functools.reduce(operator.add, terms)
        self.counted[dimension.code] = counted_where_enough(counted, dimension, children, self.base)

    def _needed(self) -> frozenset[str]:
        """Return the nodes whose scores are looked at: by whoever wants them, by sums, or by adjustments."""
        adjusted = {node for node, _ in self.base.claims}
        summed = [each for each in self.scheme.dimensions if each.sums_scores]
        below = {child.code for dimension in summed for child in dimension.children}
        bounded = {node.code for node in self.scheme.nodes if node.bounds}
        return frozenset({ROOT, *self.wanted, *adjusted, *bounded, *below, *(each.code for each in summed)})

    def _mark(self, needed: Collection[str]) -> None:
        """Say what each node is worth, down to those that are `needed`."""
        one = np.where(self.has_points(self.scheme.root), 1.0, np.nan)
        self.marks[ROOT] = self.base.full * one
        self._mark_below(self.scheme.root, needed)

    def _mark_below(self, parent: Dimension, needed: Collection[str]) -> None:
        whole = self.counted[parent.code]
        for child in parent.children:
            if not _any_needed(child, needed):
                continue
            has = self.has_points(child) & (whole > 0.0)
            weight = filled(self.weight((parent.code, child.code)))
            if parent.aggregate.shares_marks:
                part = quotient(weight, whole, has)
            else:
                part = np.where(has, np.where(weight > 0.0, 1.0, 0.0), np.nan)
            self.marks[child.code] = self.marks[parent.code] * part
            if isinstance(child, Dimension):
                self._mark_below(child, needed)

    # --- points and scores ---

    def _rated_score(self, node: Node) -> Array:
        score = self.marks[node.code] * self.points[node.code] * HUNDREDTH
        # no marks times points below 0 would be a 0 with a sign
        return rounded(score + 0.0, node.rounding.scores)

    def _join(self, dimension: Dimension) -> None:
        """Join the points of the children (points §1, §4)."""
        children = [
            (self.points[child.code], self.weight((dimension.code, child.code)))
            for child in dimension.children
        ]
        points = _joined(dimension, children, self.base)
        benchmark = self.base.benchmark.get(dimension.code)
        if benchmark is not None and not dimension.aggregate.in_pairs:
            points = quotient(FULL * points, benchmark, known(points))
        there = np.where(self.counted[dimension.code] > 0.0, points, np.nan) if dimension.least else points
        points = rounded(there, dimension.rounding.aggregate)
        if dimension.code == ROOT and self.scheme.rates_ranked_only:
            points = np.where(has_enough(self), points, np.nan)
        self.points[dimension.code] = ruled_points(points, dimension, self.base)

    def _finish_points(self, dimension: Dimension) -> None:
        points, coefficient = self.points[dimension.code], self.base.coefficients.get(dimension.code)
        if coefficient is not None:
            points = points * coefficient
        self.points[dimension.code] = rounded(points, dimension.rounding.points)

    def _finish(self, dimension: Dimension) -> None:
        code = dimension.code
        self._finish_points(dimension)
        if not dimension.sums_scores:
            self.scores[code] = self._rated_score(dimension)
            return
        parts = [filled(self.scores[child.code]) for child in dimension.children]
        total = np.where(known(self.marks[code]), functools.reduce(operator.add, parts), np.nan)
        coefficient = self.base.coefficients.get(code)
        if coefficient is not None:
            total = total * coefficient
        score = rounded(total, dimension.rounding.scores)
        self.scores[code] = score
        marks = self.marks[code]
        follows = quotient(FULL * score, marks, known(marks))
        # a node worth no marks, shown beside the total, keeps its own points
        self.points[code] = np.where(marks != 0.0, follows, self.points[code])

    def _adjust(self, node: Node, given: Mapping[tuple[str, AdjustmentKind], Array]) -> None:
        """Add what was given and take what was taken (adjustments §1)."""
        here = [(given[node.code, kind], sign) for kind, sign in _SIGNS if (node.code, kind) in given]
        if not here:
            return
        marks, score = self.marks[node.code], self.scores[node.code]
        counted = [(np.where(_is_worth(marks), amount, 0.0), sign) for amount, sign in here]
        adjusted = functools.reduce(operator.add, [sign * amount for amount, sign in counted], score)
        adjusted = rounded(adjusted, node.rounding.scores)
        moved = functools.reduce(operator.or_, [amount > 0.0 for amount, _ in counted])
        self.scores[node.code] = np.where(moved, adjusted, score)
        follows = quotient(FULL * self.scores[node.code], marks, moved & known(marks))
        self.points[node.code] = np.where(moved, follows, self.points[node.code])

    def _bound(self, node: Node) -> None:
        """Keep the score between the floor and the cap of the unit's group (points §8)."""
        if not node.bounds:
            return
        marks, score = self.marks[node.code], self.scores[node.code]
        low, high = (self._end(ends) for ends in (node.bounds.floor, node.bounds.cap))
        for index, ceiling in enumerate(node.bounds.ceilings):
            most = self._end(ceiling.marks) if ceiling.share is None else marks * ceiling.share
            high = np.fmin(high, np.where(self.base.ceilings[node.code, index], most, np.nan))
        kept = np.where(_is_worth(marks), np.fmin(np.fmax(score, low), high), score)
        moved = np.abs(kept - score) > POINTS_NOISE
        self.scores[node.code] = np.where(moved, kept, score)
        follows = quotient(FULL * self.scores[node.code], marks, moved & known(marks))
        self.points[node.code] = np.where(moved, follows, self.points[node.code])

    def _end(self, by_group: Mapping[str, float]) -> Array:
        """Return the end of each unit's group, NaN where it has none."""
        ends = np.array([by_group.get(group.code, np.nan) for group in self.scheme.groups])
        return np.asarray(ends[self.base.group][None, :], dtype=np.float64)


_SIGNS: Final[tuple[tuple[AdjustmentKind, float], ...]] = (("bonus", 1.0), ("penalty", -1.0))


def _is_worth(marks: Array) -> Flags:
    """Return where a node is worth something; false where it has no marks."""
    return np.asarray(known(marks) & (marks != 0.0))


def _any_needed(node: Node, needed: Collection[str]) -> bool:
    if node.code in needed:
        return True
    return isinstance(node, Dimension) and any(_any_needed(child, needed) for child in node.children)


Child = tuple[Array, Array]
"""The points of a child and its weight."""


def _joined(dimension: Dimension, children: Sequence[Child], base: Base) -> Array:
    """Return the mean of the children; NaN where none counts, or a mean is not defined."""
    method = dimension.aggregate
    if isinstance(method, Copeland):
        return copeland_points(children, base.group)
    if isinstance(method, Best | Last):
        children, method = chosen_among(children, method), Arithmetic()
    counts = [_counts(points, weight) for points, weight in children]
    weighed = [
        weight if here is None else np.where(here, weight, 0.0)
        for here, (_, weight) in zip(counts, children, strict=True)
    ]
    total = functools.reduce(operator.add, weighed)
    any_counts = total > 0.0
    if isinstance(method, Arithmetic):
        return quotient(_products(children, counts), total, any_counts)
    everywhere = [np.ones((1, 1), dtype=np.bool_) if here is None else here for here in counts]
    counted = [np.where(here, points, np.nan) for here, (points, _) in zip(everywhere, children, strict=True)]
    if isinstance(method, Minimum):
        least = functools.reduce(np.fmin, counted)
        return np.where(any_counts, least, np.nan)
    if isinstance(method, Maximum):
        return np.where(any_counts, functools.reduce(np.fmax, counted), np.nan)
    if isinstance(method, Sum):
        return np.where(any_counts, _sum_of(counted), np.nan)
    weights = [np.where(here, weight, np.nan) for here, (_, weight) in zip(everywhere, children, strict=True)]
    positive = [np.where(points > POINTS_NOISE, points, np.nan) for points in counted]
    pairs = list(zip(weights, positive, strict=True))
    zero = functools.reduce(operator.or_, map(is_zero, counted))
    match method:
        case Geometric():
            logs = [weight * elementwise(points, logarithm) for weight, points in pairs]
            top = _sum_of(logs)
            mean = elementwise(quotient(top, total, any_counts), exponential)
            mean = np.where(zero, 0.0, mean)
        case Harmonic():
            top = _sum_of([quotient(weight, points, known(weight)) for weight, points in pairs])
            mean = np.where(zero, 0.0, quotient(total, top, any_counts))
        case Power(exponent):
            powers = [weight * elementwise(points * HUNDREDTH, power(exponent)) for weight, points in pairs]
            root = quotient(_sum_of(powers), total, any_counts)
            mean = FULL * elementwise(root, power(1.0 / exponent))
            mean = mean if exponent > 0 else np.where(zero, 0.0, mean)
        case Product():
            factors = [np.where(known(points), points, FULL) for points in positive]
            mean = np.where(zero, 0.0, functools.reduce(lambda top, each: top * each / FULL, factors))
        case _:
            assert_never(method)
    negative = functools.reduce(operator.or_, map(is_negative, counted))
    return np.where(any_counts & ~negative, mean, np.nan)


def _counts(points: Array, weight: Array) -> Flags | None:
    """Return where a child counts; None where it counts everywhere."""
    counts = (weight > 0.0) & known(points)
    return None if counts.all() else counts


def _products(children: Sequence[Child], counts: Sequence[Flags | None]) -> Array:
    """Return the sum of weights times points from left to right, what is absent being 0."""
    shape = np.broadcast_shapes(*(each.shape for child in children for each in child))
    top, term = np.empty(shape), np.empty(shape)
    for index, ((points, weight), here) in enumerate(zip(children, counts, strict=True)):
        np.multiply(weight, points, out=term if index else top)
        if here is not None:
            np.nan_to_num(term if index else top, copy=False, nan=0.0, posinf=np.inf, neginf=-np.inf)
        if index:
            np.add(top, term, out=top)
    return top


def _sum_of(terms: Sequence[Array]) -> Array:
    """Return the sum from left to right, what is absent being 0."""
    return functools.reduce(operator.add, map(filled, terms))
