"""From points to scores: weights shared out top-down, points and scores joined bottom-up (points §1-§3).

Three walks over the tree, each a few columns a node:
parts (what each child's weight is among the siblings that have points), marks (what a node is worth to
the unit), and scores (aggregated points, coefficient, rounding, adjustments).
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import narwhals as nw

from quanheng.engine import columns as c
from quanheng.engine.aggregate import aggregated
from quanheng.engine.copeland import with_copeland
from quanheng.engine.expressions import Scope, compiled
from quanheng.engine.points import FULL
from quanheng.engine.rounding import half_up
from quanheng.engine.weights import BENCHMARK
from quanheng.scheme.model import ROOT, Dimension, Indicator, Node, Scheme
from quanheng.scheme.weights.aggregation import Copeland

Weights = Mapping[tuple[str, str], nw.Expr]
"""The weight of a child, by (dimension, child): a number a group, or a column where it differs by unit."""


def with_parts(frame: nw.LazyFrame[Any], scheme: Scheme, weights: Weights) -> nw.LazyFrame[Any]:
    """Add `share|…`: each node's part among the siblings that have points; null where it has none itself.

    `counted|…` is the weight of a dimension's children that have points, which the parts are parts of.
    """
    for dimension in upwards(scheme.root):
        counted = {child.code: _counted(dimension, child, weights) for child in dimension.children}
        # the sum is a column: written into the part of each child, it would make the plan grow squared
        whole = nw.col(c.counted(dimension.code))
        frame = frame.with_columns(
            _sum(list(counted.values())).alias(c.counted(dimension.code))
        ).with_columns(
            *[
                nw.when(_has_points(child) & (whole > 0.0))
                .then(counted[child.code] / whole)
                .alias(c.share(child.code))
                for child in dimension.children
            ]
        )
    return frame.with_columns(nw.when(_has_points(scheme.root)).then(nw.lit(1.0)).alias(c.share(ROOT)))


def with_marks(frame: nw.LazyFrame[Any], scheme: Scheme) -> nw.LazyFrame[Any]:
    """Add `marks|…`: the marks each node is worth to the unit, after redistribution (absence §3, §4)."""
    full = by_group({group.code: group.marks for group in scheme.groups})
    frame = frame.with_columns((full * nw.col(c.share(ROOT))).alias(c.marks(ROOT)))
    for dimension in scheme.dimensions:
        frame = frame.with_columns(
            *[
                (nw.col(c.marks(dimension.code)) * nw.col(c.share(child.code))).alias(c.marks(child.code))
                for child in dimension.children
            ]
        )
    return frame


def with_scores(
    frame: nw.LazyFrame[Any],
    scheme: Scheme,
    weights: Weights,
    scope: Scope,
    *,
    pool: Sequence[str] = (c.GROUP,),
) -> nw.LazyFrame[Any]:
    """Add `score|…` for every node and `points|…` for the dimensions; `pool` is who meets whom in pairs."""
    names = set(frame.collect_schema().names())
    frame = frame.with_columns(
        *[_score(indicator, scheme).alias(c.score(indicator.code)) for indicator in scheme.indicators]
    )
    frame = _adjusted(frame, scheme.indicators, scheme, names)
    for dimension in upwards(scheme.root):
        frame = _with_dimension(frame, dimension, scheme, weights, scope, pool)
        frame = _adjusted(frame, (dimension,), scheme, names)
    if scheme.rounding.total is not None:
        total = half_up(nw.col(c.score(ROOT)), scheme.rounding.total)
        frame = frame.with_columns(total.alias(c.score(ROOT)))
    return frame


def by_group(values: Mapping[str, float]) -> nw.Expr:
    """Return the value of the unit's group; null for a group that is not in `values`."""
    distinct = set(values.values())
    if len(values) == 1 or len(distinct) == 1:
        return nw.lit(float(next(iter(values.values()))))
    expression: nw.Expr | None = None
    for group, value in values.items():
        here = nw.when(nw.col(c.GROUP) == group).then(nw.lit(float(value)))
        expression = here if expression is None else here.otherwise(expression)
    assert expression is not None  # noqa: S101 - narrows the type: values has several entries here
    return expression


def _with_dimension(
    frame: nw.LazyFrame[Any],
    dimension: Dimension,
    scheme: Scheme,
    weights: Weights,
    scope: Scope,
    pool: Sequence[str],
) -> nw.LazyFrame[Any]:
    code = dimension.code
    if _sums_rounded_scores(dimension, scheme):
        total = _sum([nw.col(c.score(child.code)).fill_null(0.0) for child in dimension.children])
        earned: nw.Expr = nw.when(~nw.col(c.marks(code)).is_null()).then(total)
        if dimension.coefficient is not None:
            earned = earned * compiled(dimension.coefficient.tree, scope).value
        # the sum of rounded scores has their decimals; what is beyond is binary noise
        earned = half_up(earned, _decimals(scheme))
        frame = frame.with_columns(earned.alias(c.score(code)))
        return frame.with_columns(
            _points_of_score(code, joined_points(dimension, weights)).alias(c.points(code))
        )
    if dimension.aggregate.in_pairs:
        frame = with_copeland(frame, dimension, weights, pool=pool)
    points = joined_points(dimension, weights)
    if dimension.coefficient is not None:
        points = points * compiled(dimension.coefficient.tree, scope).value
    if scheme.rounding.points is not None:
        points = half_up(points, scheme.rounding.points)
    frame = frame.with_columns(points.alias(c.points(code)))
    return frame.with_columns(_score(dimension, scheme).alias(c.score(code)))


def _adjusted(
    frame: nw.LazyFrame[Any], nodes: tuple[Node, ...], scheme: Scheme, names: set[str]
) -> nw.LazyFrame[Any]:
    """Add what was given and take what was taken at `nodes`; their points then follow (adjustments §1)."""
    for node in nodes:
        terms = [
            sign * nw.col(c.adjust(node.code, kind)).fill_null(0.0)
            for kind, sign in (("bonus", 1.0), ("penalty", -1.0))
            if c.adjust(node.code, kind) in names
        ]
        if terms:
            adjusted = nw.col(c.score(node.code)) + _sum(terms)
            if scheme.rounding.scores is not None:
                adjusted = half_up(adjusted, scheme.rounding.scores)
            points = _points_of_score(node.code, nw.col(c.points(node.code)))
            if c.claimed(node.code) in names:
                # of several rounds, only those in which somebody has marks here
                here = nw.col(c.claimed(node.code))
                adjusted = nw.when(here).then(adjusted).otherwise(nw.col(c.score(node.code)))
                points = nw.when(here).then(points).otherwise(nw.col(c.points(node.code)))
            frame = frame.with_columns(adjusted.alias(c.score(node.code)))
            frame = frame.with_columns(points.alias(c.points(node.code)))
    return frame


def joined_points(dimension: Dimension, weights: Weights) -> nw.Expr:
    """Return the points of a dimension from its children's; of pairs (Copeland) they are a column by now."""
    if isinstance(dimension.aggregate, Copeland):
        return nw.col(c.points(dimension.code))
    points = aggregated(
        dimension.aggregate,
        [(nw.col(c.points(child.code)), weights[dimension.code, child.code]) for child in dimension.children],
    )
    if dimension.method.by_unit:
        return FULL * points / nw.col(c.stat(dimension.code, BENCHMARK))
    return points


def _score(node: Node, scheme: Scheme) -> nw.Expr:
    score = nw.col(c.marks(node.code)) * nw.col(c.points(node.code)) / FULL
    return score if scheme.rounding.scores is None else half_up(score, scheme.rounding.scores)


def _points_of_score(code: str, otherwise: nw.Expr) -> nw.Expr:
    """Return 100·score/marks; a node worth no marks, shown beside the total, keeps its own points."""
    marks = nw.col(c.marks(code))
    worth = nw.when(marks != 0.0).then(marks)
    return nw.when(marks != 0.0).then(FULL * nw.col(c.score(code)) / worth).otherwise(otherwise)


def _sums_rounded_scores(dimension: Dimension, scheme: Scheme) -> bool:
    return scheme.rounding.scores is not None and dimension.adds_up


def _decimals(scheme: Scheme) -> int:
    return scheme.rounding.scores if scheme.rounding.scores is not None else 0


def _counted(dimension: Dimension, child: Node, weights: Weights) -> nw.Expr:
    weight = weights[dimension.code, child.code]
    return nw.when(_has_points(child)).then(weight).otherwise(nw.lit(0.0)).fill_null(0.0)


def _has_points(node: Node) -> nw.Expr:
    """Return whether the node has points for the unit: a dimension those of a child that counts."""
    if isinstance(node, Indicator):
        return ~nw.col(c.points(node.code)).is_null()
    return nw.col(c.counted(node.code)) > 0.0


def upwards(node: Dimension) -> Iterator[Dimension]:
    """Yield the dimensions below and with `node`, children before parents."""
    for child in node.children:
        if isinstance(child, Dimension):
            yield from upwards(child)
    yield node


def _sum(terms: list[nw.Expr]) -> nw.Expr:
    return functools.reduce(operator.add, terms)
