"""How the points of children become the points of their parent (points §1, §4), as column expressions.

A child counts for a unit where it has points and a weight above 0; the weights of those that count are taken
as proportions, so what is absent leaves its weight to its siblings. Where no child counts, neither does the
parent: its points are null.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Sequence
from typing import TypeAlias, assert_never

import narwhals as nw

from quanheng.scheme.weights.aggregation import (
    Aggregation,
    Arithmetic,
    Geometric,
    Harmonic,
    Minimum,
    Power,
)

Child: TypeAlias = tuple[nw.Expr, nw.Expr]
"""The points of a child and its weight."""
Mean: TypeAlias = Arithmetic | Geometric | Harmonic | Power | Minimum
"""The aggregations that look at one unit at a time; Copeland looks at pairs (`copeland.py`)."""


def aggregated(method: Mean, children: Sequence[Child]) -> nw.Expr:
    """Return the points of a node from the points and weights of its `children`.

    With w as proportions of the weights that count, and p the points:

    - arithmetic: the sum of w·p
    - geometric: the product of p^w, 0 where a p is 0
    - harmonic: 1 over the sum of w/p, 0 where a p is 0
    - power: (sum of w·p^e)^(1/e); where e is below 0 and a p is 0, 0
    - minimum: the least p

    Geometric, harmonic and power means of a negative p are null; `negative_child` tells where.

    Examples:
        >>> import polars as pl
        >>> frame = nw.from_native(pl.DataFrame({"growth": [80.0, 50.0], "safety": [20.0, None]}))
        >>> children = [(nw.col("growth"), nw.lit(3.0)), (nw.col("safety"), nw.lit(1.0))]
        >>> frame.select(aggregated(Arithmetic(), children).alias("points"))["points"].to_list()
        [65.0, 50.0]
    """
    counted = [_Counted(points, weight) for points, weight in children]
    total = _sum([child.weight for child in counted])
    match method:
        case Arithmetic():
            # a weight of 0 counts for nothing by itself, and so do absent points
            points = _sum([weight * points for points, weight in children]) / total
        case Geometric():
            logarithms = _sum([child.weight * child.positive.log() for child in counted])
            points = _none_negative(counted, _zero_if_any_zero(counted, (logarithms / total).exp()))
        case Harmonic():
            inverses = _sum([child.weight / child.positive for child in counted])
            points = _none_negative(counted, _zero_if_any_zero(counted, total / inverses))
        case Power(exponent):
            points = _none_negative(counted, _power(counted, exponent, total))
        case Minimum():
            points = nw.min_horizontal(*[child.points for child in counted])
        case _:
            assert_never(method)
    return nw.when(total > 0.0).then(points)


def zero_child(method: Aggregation, children: Sequence[Child]) -> nw.Expr:
    """Return whether a child at 0 makes the node 0, whatever its siblings have (points §4)."""
    if not method.zero_makes_zero:
        return nw.lit(False)  # noqa: FBT003 - a literal of the frame
    return _any([_Counted(*child).points == 0.0 for child in children])


def negative_child(method: Aggregation, children: Sequence[Child]) -> nw.Expr:
    """Return whether a child below 0 leaves the node without a mean (points §4)."""
    if not method.refuses_negative:
        return nw.lit(False)  # noqa: FBT003 - a literal of the frame
    return _any([_Counted(*child).points < 0.0 for child in children])


_FULL = 100.0


class _Counted:
    """The points and the weight of a child, both null where it does not count."""

    def __init__(self, points: nw.Expr, weight: nw.Expr) -> None:
        counts = (weight > 0.0) & ~points.is_null()
        self.points = nw.when(counts).then(points)
        self.weight = nw.when(counts).then(weight)
        # the engines differ in what they make of the logarithm and the inverse of 0: never ask them
        self.positive = nw.when(counts & (points > 0.0)).then(points)


def _power(counted: Sequence[_Counted], exponent: float, total: nw.Expr) -> nw.Expr:
    # as parts of the full points, powers stay far from the ends of a double's range
    powers = _sum([child.weight * (child.positive / _FULL) ** exponent for child in counted])
    points = _FULL * (powers / total) ** (1.0 / exponent)
    return points if exponent > 0 else _zero_if_any_zero(counted, points)


def _zero_if_any_zero(counted: Sequence[_Counted], points: nw.Expr) -> nw.Expr:
    return nw.when(_any([child.points == 0.0 for child in counted])).then(nw.lit(0.0)).otherwise(points)


def _none_negative(counted: Sequence[_Counted], points: nw.Expr) -> nw.Expr:
    return nw.when(~_any([child.points < 0.0 for child in counted])).then(points)


def _sum(terms: Sequence[nw.Expr]) -> nw.Expr:
    # added from left to right in every engine, an absent one as 0
    return functools.reduce(operator.add, [term.fill_null(0.0) for term in terms])


def _any(flags: Sequence[nw.Expr]) -> nw.Expr:
    return functools.reduce(operator.or_, [flag.fill_null(value=False) for flag in flags])
