"""How the points of children become the points of their parent (points §1, §4), as column expressions.

A child counts for a unit where it has points and a weight above 0; the weights of those that count are taken
as proportions, so what is absent leaves its weight to its siblings. Where no child counts, neither does the
parent: its points are null.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, TypeAlias, assert_never

import narwhals as nw

from quanheng.engine.frame.comparing import POINTS_NOISE
from quanheng.engine.frame.sums import greatest, least, product_of, with_sums
from quanheng.findings.value import Value
from quanheng.scheme.tree.scheme import Dimension, Indicator
from quanheng.scheme.weights.aggregation import (
    Aggregation,
    Arithmetic,
    Best,
    Geometric,
    Harmonic,
    Last,
    Maximum,
    Minimum,
    Power,
    Product,
    Sum,
)

Child: TypeAlias = tuple[nw.Expr, nw.Expr]
"""The points of a child and its weight."""
Mean: TypeAlias = Arithmetic | Geometric | Harmonic | Power | Minimum | Maximum | Best | Last | Product | Sum
"""The aggregations that look at one unit at a time; Copeland looks at pairs (`copeland.py`)."""


class Joined(Value):
    """A column of points to be made of those of `children`.

    With w as proportions of the weights that count, and p the points:

    - arithmetic: the sum of w·p
    - geometric: the product of p^w, 0 where a p is 0
    - harmonic: 1 over the sum of w/p, 0 where a p is 0
    - power: (sum of w·p^e)^(1/e); where e is below 0 and a p is 0, 0
    - minimum: the least p
    - maximum: the greatest p
    - best, last: the sum of w·p over the children with the most or the fewest p
    - product: 100 times the product of p/100, 0 where a p is 0
    - sum: the sum of p

    Geometric, harmonic and power means and products of a negative p are null; `negative_child` tells where.
    """

    column: str
    method: Mean
    children: Sequence[Child]
    whole: nw.Expr | None = None
    """The weight of the children that have points, where that is a column already."""


def with_aggregated(
    frame: nw.LazyFrame[Any], nodes: Sequence[Joined], *, by_row: bool = False
) -> nw.LazyFrame[Any]:
    """Add the columns of `nodes` to `frame`: the means of their children.

    The sums are columns, too, until `without_sums` takes them away: the points look at them more than once.
    `by_row` says that a stage of the engine's `by_row` adds them.

    Examples:
        >>> import polars as pl
        >>> frame = nw.from_native(pl.LazyFrame({"growth": [80.0, 50.0], "safety": [20.0, None]}))
        >>> children = [(nw.col("growth"), nw.lit(3.0)), (nw.col("safety"), nw.lit(1.0))]
        >>> node = Joined(column="points", method=Arithmetic(), children=children)
        >>> with_aggregated(frame, [node]).collect()["points"].to_list()
        [65.0, 50.0]
    """
    choices = [node for node in nodes if isinstance(node.method, Best | Last)]
    if choices:
        from quanheng.engine.stages.aggregation.choices import (  # noqa: PLC0415  few schemes choose
            columns_of_choices,
            with_chosen,
        )

        frame, found = with_chosen(frame, choices, by_row=by_row)
        nodes = [replace(node, children=found.get(node.column, node.children)) for node in nodes]
    joins = [(node, _Join(node.children, node.whole)) for node in nodes]
    sums = {
        f"{name}|{node.column}": terms
        for node, join in joins
        for name, terms in join.sums(node.method).items()
    }
    points = []
    for node, join in joins:
        known = {name: nw.col(f"{name}|{node.column}") for name in (_TOTAL, _TOP)}
        known |= {} if node.whole is None else {_TOTAL: node.whole}
        points.append(join.mean(node.method, known).alias(node.column))
    frame = with_sums(frame, sums, by_row=by_row).with_columns(*points)
    if choices:
        return frame.drop(*columns_of_choices(choices), strict=False)
    return frame


def counts_all(dimension: Dimension) -> bool:
    """Return whether its points are those of all children that have any, so that their weight is known."""
    chooses = isinstance(dimension.aggregate, Best | Last)
    return not chooses and all(isinstance(child, Indicator) for child in dimension.children)


def without_sums(frame: nw.LazyFrame[Any], columns: Sequence[str]) -> nw.LazyFrame[Any]:
    """Return `frame` without the sums that the points in `columns` were made of.

    Once for a whole tree: whoever leaves out columns at each of its levels names all others there.
    """
    names = [f"{name}|{column}" for column in columns for name in (_TOTAL, _TOP)]
    return frame.drop(*names, strict=False)


def zero_child(method: Aggregation, children: Sequence[Child]) -> nw.Expr:
    """Return whether a child at 0 makes the node 0, whatever its siblings have (points §4)."""
    if not method.zero_makes_zero:
        return nw.lit(False)  # noqa: FBT003 - a literal of the frame
    return _any([_is_zero(_Counted(*child).points) for child in children])


def negative_child(method: Aggregation, children: Sequence[Child]) -> nw.Expr:
    """Return whether a child below 0 leaves the node without a mean (points §4)."""
    if not method.refuses_negative:
        return nw.lit(False)  # noqa: FBT003 - a literal of the frame
    return _any([_is_negative(_Counted(*child).points) for child in children])


_FULL: Final = 100.0
_TOTAL: Final = "sum of weights"
_TOP: Final = "sum of points"


class _Join:
    """The points and weights of children on their way to the points of their parent."""

    def __init__(self, children: Sequence[Child], whole: nw.Expr | None) -> None:
        self._children = children
        self._whole = whole
        self._counted = [_Counted(points, weight) for points, weight in children]

    def sums(self, method: Mean) -> Mapping[str, Sequence[nw.Expr]]:
        """Return the terms, null for 0, of the sums that the mean looks at."""
        counted = self._counted
        total: dict[str, Sequence[nw.Expr]] = (
            {_TOTAL: [child.weight for child in counted]} if self._whole is None else {}
        )
        match method:
            case Arithmetic() | Best() | Last():
                # a weight of 0 counts for nothing by itself, and so do absent points
                return total | {_TOP: [weight * points for points, weight in self._children]}
            case Geometric():
                return total | {_TOP: [child.weight * child.positive.log() for child in counted]}
            case Harmonic():
                return total | {_TOP: [child.weight / child.positive for child in counted]}
            case Power(exponent):
                # as parts of the full points, powers stay far from the ends of a double's range
                return total | {
                    _TOP: [child.weight * (child.positive / _FULL) ** exponent for child in counted]
                }
            case Sum():
                return total | {_TOP: [child.points for child in counted]}
            case Minimum() | Maximum() | Product():
                return total
            case _:
                assert_never(method)

    def mean(self, method: Mean, sums: Mapping[str, nw.Expr]) -> nw.Expr:
        """Return the mean from its `sums`; null where no child counts."""
        counted, total = self._counted, sums[_TOTAL]
        match method:
            case Arithmetic() | Best() | Last():
                points = sums[_TOP] / total
            case Geometric():
                points = _none_negative(counted, _zero_if_any_zero(counted, (sums[_TOP] / total).exp()))
            case Harmonic():
                points = _none_negative(counted, _zero_if_any_zero(counted, total / sums[_TOP]))
            case Power(exponent):
                root = _FULL * (sums[_TOP] / total) ** (1.0 / exponent)
                points = _none_negative(counted, root if exponent > 0 else _zero_if_any_zero(counted, root))
            case Minimum():
                points = least([child.points for child in counted])
            case Maximum():
                points = greatest([child.points for child in counted])
            case Product():
                product = product_of([child.positive for child in counted], _FULL)
                points = _none_negative(counted, _zero_if_any_zero(counted, product))
            case Sum():
                points = sums[_TOP]
            case _:
                assert_never(method)
        return nw.when(total > 0.0).then(points)


class _Counted:
    """The points and the weight of a child, both null where it does not count."""

    def __init__(self, points: nw.Expr, weight: nw.Expr) -> None:
        counts = (weight > 0.0) & ~points.is_null()
        self.points = nw.when(counts).then(points)
        self.weight = nw.when(counts).then(weight)
        # the engines differ in what they make of the logarithm and the inverse of 0: never ask them
        self.positive = nw.when(counts & (points > POINTS_NOISE)).then(points)


def _zero_if_any_zero(counted: Sequence[_Counted], points: nw.Expr) -> nw.Expr:
    return nw.when(_any([_is_zero(child.points) for child in counted])).then(nw.lit(0.0)).otherwise(points)


def _none_negative(counted: Sequence[_Counted], points: nw.Expr) -> nw.Expr:
    return nw.when(~_any([_is_negative(child.points) for child in counted])).then(points)


def _is_zero(points: nw.Expr) -> nw.Expr:
    return points.abs() <= POINTS_NOISE


def _is_negative(points: nw.Expr) -> nw.Expr:
    return points < -POINTS_NOISE


def _any(flags: Sequence[nw.Expr]) -> nw.Expr:
    # one step, however many there are: a chain of `or` is as deep as it is long
    return nw.any_horizontal(*flags, ignore_nulls=True)
