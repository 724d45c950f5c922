"""From points to scores: weights shared out top-down, points and scores joined bottom-up (points §1-§3).

Three walks over the tree, each a few columns a node:
parts (what each child's weight is among the siblings that have points), marks (what a node is worth to
the unit), and scores (aggregated points, coefficient, rounding, adjustments).
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import narwhals as nw

from quanheng.engine.formulas.expressions import Scope, compiled
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.again.makings import Making, with_made
from quanheng.engine.frame.engines import Engine
from quanheng.engine.frame.pools import by_group
from quanheng.engine.frame.rounding import half_up
from quanheng.engine.frame.sums import with_sums
from quanheng.engine.stages.aggregation.bounds import with_bounds, with_ceilings
from quanheng.engine.stages.aggregation.enough import kept_where_enough
from quanheng.engine.stages.aggregation.means import Joined, counts_all, with_aggregated, without_sums
from quanheng.engine.stages.points.anchored import FULL
from quanheng.engine.stages.weights.methods import BENCHMARK
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.tree.scheme import Dimension, Indicator, Node, Scheme
from quanheng.scheme.weights.aggregation import Copeland

Weights = Mapping[tuple[str, str], nw.Expr]
"""The weight of a child, by (dimension, child): a number a group, or a column where it differs by unit."""


def with_parts(frame: nw.LazyFrame[Any], scheme: Scheme, weights: Weights) -> nw.LazyFrame[Any]:
    """Add `share|…`: each node's part among the siblings that have points; null where it has none itself.

    `counted|…` is the weight of a dimension's children that have points, which the parts are parts of.
    """
    for level in levels(scheme.root):
        sums = {
            c.counted(dimension.code): [
                nw.when(_has_points(child)).then(weights[dimension.code, child.code])
                for child in dimension.children
            ]
            for dimension in level
        }
        parts = [
            Making(
                code=child.code,
                # equal weights are the same expression
                kind=(dimension.code, isinstance(child, Indicator), id(weights[dimension.code, child.code])),
                made=partial(_parts, dimension, child, weights[dimension.code, child.code]),
                shared=(c.counted(dimension.code),),
            )
            for dimension in level
            for child in dimension.children
        ]
        frame = with_sums(frame, sums, by_row=True)
        # where too little of a dimension is there, none of its children counts
        frame = kept_where_enough(frame, level, weights, _has_points, c.counted, otherwise=0.0)
        frame = with_made(frame, parts)
    return frame.with_columns(nw.when(_has_points(scheme.root)).then(nw.lit(1.0)).alias(c.share(ROOT)))


def with_marks(frame: nw.LazyFrame[Any], scheme: Scheme) -> nw.LazyFrame[Any]:
    """Add `marks|…`: the marks each node is worth to the unit, after redistribution (absence §3, §4)."""
    full = by_group({group.code: group.marks for group in scheme.groups})
    frame = frame.with_columns((full * nw.col(c.share(ROOT))).alias(c.marks(ROOT)))
    parents: tuple[Dimension, ...] = (scheme.root,)
    while parents:
        made = [
            Making(
                code=child.code,
                kind=parent.code,
                made=partial(_marks, parent, child),
                shared=(c.marks(parent.code),),
            )
            for parent in parents
            for child in parent.children
        ]
        frame = with_made(frame, made)
        parents = tuple(
            child for parent in parents for child in parent.children if isinstance(child, Dimension)
        )
    return frame


def with_scores(
    frame: nw.LazyFrame[Any],
    scheme: Scheme,
    weights: Weights,
    scope: Scope,
    *,
    pool: Sequence[str] = (c.GROUP,),
    engine: Engine | None = None,
) -> nw.LazyFrame[Any]:
    """Add `score|…` of every node and `points|…` of dimensions; their rules, if any, need the `engine`."""
    names = set(frame.collect_schema().names())
    frame = with_ceilings(frame, scheme.nodes, scope)
    frame = _with_scores_of_points(frame, scheme.indicators)
    frame = with_bounds(_adjusted(frame, scheme.indicators, names), scheme.indicators)
    for level in levels(scheme.root):
        frame = with_joined_points(frame, level, weights, pool=pool, by_row=True)
        if engine is not None:
            from quanheng.engine.stages.aggregation.ruled import with_node_rules  # noqa: PLC0415  few have rules

            frame = with_node_rules(frame, level, scheme, engine, pool=pool)
        frame = _with_level(frame, level, scope)
        frame = with_bounds(_adjusted(frame, level, names), level)
    if scheme.rounding.total is not None:
        total = half_up(nw.col(c.score(ROOT)), scheme.rounding.total)
        frame = frame.with_columns(total.alias(c.score(ROOT)))
    return without_sums(frame, [c.points(dimension.code) for dimension in scheme.dimensions])


def _with_level(frame: nw.LazyFrame[Any], level: Sequence[Dimension], scope: Scope) -> nw.LazyFrame[Any]:
    """Finish the points of dimensions none of which stands above another, and add their scores."""
    summed = [dimension for dimension in level if dimension.sums_scores]
    rated = [dimension for dimension in level if dimension not in summed]
    if rated:
        frame = with_coefficients(frame, rated, c.points, scope)
        frame = _rounded(frame, {c.points(each.code): each.rounding.points for each in rated})
        frame = _with_scores_of_points(frame, rated)
    return _with_sums_of_scores(frame, summed, scope) if summed else frame


def _with_scores_of_points(frame: nw.LazyFrame[Any], nodes: Sequence[Node]) -> nw.LazyFrame[Any]:
    """Add the scores of nodes that have points: their part of the marks the node is worth."""
    frame = with_made(
        frame,
        [
            Making(
                code=node.code, kind=("score", _may_be_negative(node)), made=partial(_score_of_points, node)
            )
            for node in nodes
        ],
    )
    return _rounded(frame, {c.score(node.code): node.rounding.scores for node in nodes})


def _score_of_points(node: Node) -> list[nw.Expr]:
    score = nw.col(c.marks(node.code)) * nw.col(c.points(node.code)) / FULL
    if _may_be_negative(node):
        # no marks times points below 0 would be a 0 with a sign
        score = nw.when(score == 0.0).then(0.0).otherwise(score)
    return [score.alias(c.score(node.code))]


def _may_be_negative(node: Node) -> bool:
    """Return whether the points of a node may lie below 0."""
    if isinstance(node, Indicator):
        return node.rule.fewest_points < 0.0 or node.coefficient is not None
    if node.rule is not None and node.rule.fewest_points < 0.0:
        return True
    return node.coefficient is not None or any(map(_may_be_negative, node.children))


def _marks(parent: Dimension, child: Node) -> list[nw.Expr]:
    return [(nw.col(c.marks(parent.code)) * nw.col(c.share(child.code))).alias(c.marks(child.code))]


def _with_sums_of_scores(
    frame: nw.LazyFrame[Any], level: Sequence[Dimension], scope: Scope
) -> nw.LazyFrame[Any]:
    """Add the scores of dimensions that are the sum of their children's, and points that follow from them.

    One that is worth no marks keeps the mean of its children's points, finished as any other is (§1 c).
    """
    frame = with_sums(
        frame,
        {
            c.score(dimension.code): [nw.col(c.score(child.code)) for child in dimension.children]
            for dimension in level
        },
    )
    frame = frame.with_columns(
        *[
            nw.when(~nw.col(c.marks(dimension.code)).is_null())
            .then(nw.col(c.score(dimension.code)))
            .alias(c.score(dimension.code))
            for dimension in level
        ]
    )
    frame = with_coefficients(frame, level, c.score, scope)
    frame = with_coefficients(frame, level, c.points, scope)
    frame = _rounded(frame, {c.points(each.code): each.rounding.points for each in level})
    # the sum of rounded scores has their decimals; what is beyond is binary noise
    frame = _rounded(frame, {c.score(each.code): each.rounding.scores for each in level})
    return frame.with_columns(
        *[
            _points_of_score(each.code, nw.col(c.points(each.code))).alias(c.points(each.code))
            for each in level
        ]
    )


def with_coefficients(
    frame: nw.LazyFrame[Any], level: Sequence[Dimension], column_of: Callable[[str], str], scope: Scope
) -> nw.LazyFrame[Any]:
    """Multiply columns of dimensions by their coefficients (points §1 d)."""
    multiplied = [
        (nw.col(column_of(each.code)) * compiled(each.coefficient.tree, scope).value).alias(
            column_of(each.code)
        )
        for each in level
        if each.coefficient is not None
    ]
    return frame.with_columns(*multiplied) if multiplied else frame


def _rounded(frame: nw.LazyFrame[Any], columns: Mapping[str, int | None]) -> nw.LazyFrame[Any]:
    """Round columns: rounding looks at its number often, so that must be a column by now."""
    rounded = [
        half_up(nw.col(name), decimals).alias(name)
        for name, decimals in columns.items()
        if decimals is not None
    ]
    return frame.with_columns(*rounded) if rounded else frame


def _adjusted(frame: nw.LazyFrame[Any], nodes: Sequence[Node], names: set[str]) -> nw.LazyFrame[Any]:
    """Add what was given and take what was taken at `nodes`; their points then follow (adjustments §1).

    Only the points of a unit that was given or taken something follow from its score: where scores are
    rounded, all others would change, too. What stands at a node worth no marks is lost and counts 0.
    """
    counted: list[nw.Expr] = []
    scores: list[nw.Expr] = []
    points: list[nw.Expr] = []
    for node in nodes:
        given = {
            c.adjust(node.code, kind): sign
            for kind, sign in (("bonus", 1.0), ("penalty", -1.0))
            if c.adjust(node.code, kind) in names
        }
        if given:
            worth = nw.col(c.marks(node.code)) != 0.0
            counted.extend(
                nw.when(worth).then(nw.col(name).fill_null(0.0)).otherwise(0.0).alias(name) for name in given
            )
            score = nw.col(c.score(node.code))
            adjusted = functools.reduce(
                operator.add, [sign * nw.col(name) for name, sign in given.items()], score
            )
            if node.rounding.scores is not None:
                adjusted = half_up(adjusted, node.rounding.scores)
            here = functools.reduce(operator.or_, [nw.col(name) > 0.0 for name in given])
            scores.append(nw.when(here).then(adjusted).otherwise(score).alias(c.score(node.code)))
            follow = nw.when(here).then(FULL * score / nw.when(here).then(nw.col(c.marks(node.code))))
            points.append(follow.otherwise(nw.col(c.points(node.code))).alias(c.points(node.code)))
    if not scores:
        return frame
    return frame.with_columns(*counted).with_columns(*scores).with_columns(*points)


def with_joined_points(
    frame: nw.LazyFrame[Any],
    level: Sequence[Dimension],
    weights: Weights,
    *,
    pool: Sequence[str] = (c.GROUP,),
    by_row: bool = False,
) -> nw.LazyFrame[Any]:
    """Add the points of dimensions from their children's; none of them stands above another.

    `by_row` says that a stage of the engine's `by_row` adds them.
    """
    pairs = [dimension for dimension in level if dimension.aggregate.in_pairs]
    if pairs:
        from quanheng.engine.stages.aggregation.copeland import with_copeland  # noqa: PLC0415  few schemes compare

        frame = with_copeland(frame, pairs, weights, pool=pool)
    joined = [
        Joined(
            column=c.points(dimension.code),
            method=dimension.aggregate,
            children=[
                (nw.col(c.points(child.code)), weights[dimension.code, child.code])
                for child in dimension.children
            ],
            whole=nw.col(c.counted(dimension.code)) if by_row and counts_all(dimension) else None,
        )
        for dimension in level
        if not isinstance(dimension.aggregate, Copeland)
    ]
    compared = [
        (FULL * nw.col(c.points(dimension.code)) / nw.col(c.stat(dimension.code, BENCHMARK))).alias(
            c.points(dimension.code)
        )
        for dimension in level
        if dimension.method.against_best and not dimension.aggregate.in_pairs
    ]
    frame = with_aggregated(frame, joined, by_row=by_row) if joined else frame
    frame = frame.with_columns(*compared) if compared else frame
    frame = kept_where_enough(frame, level, weights, _joined_points, c.points, otherwise=None)
    return _rounded(frame, {c.points(each.code): each.rounding.aggregate for each in level})


def _joined_points(node: Node) -> nw.Expr:
    return ~nw.col(c.points(node.code)).is_null()


def _points_of_score(code: str, otherwise: nw.Expr) -> nw.Expr:
    """Return 100·score/marks; a node worth no marks, shown beside the total, keeps its own points."""
    marks = nw.col(c.marks(code))
    worth = nw.when(marks != 0.0).then(marks)
    return nw.when(marks != 0.0).then(FULL * nw.col(c.score(code)) / worth).otherwise(otherwise)


def _parts(dimension: Dimension, child: Node, weight: nw.Expr) -> list[nw.Expr]:
    whole = nw.col(c.counted(dimension.code))
    if dimension.aggregate.shares_marks:
        part = nw.when(_has_points(child) & (whole > 0.0)).then(weight.fill_null(0.0) / whole)
    else:
        counts = nw.when(weight.fill_null(0.0) > 0.0).then(1.0).otherwise(0.0)
        part = nw.when(_has_points(child) & (whole > 0.0)).then(counts)
    return [part.alias(c.share(child.code))]


def _has_points(node: Node) -> nw.Expr:
    """Return whether the node has points for the unit: a dimension those of a child that counts."""
    if isinstance(node, Indicator):
        return ~nw.col(c.points(node.code)).is_null()
    return nw.col(c.counted(node.code)) > 0.0


def levels(root: Dimension) -> tuple[tuple[Dimension, ...], ...]:
    """Return the dimensions below and with `root`, those of one height together, children before parents."""
    by_height: dict[int, list[Dimension]] = {}
    _height(root, by_height)
    return tuple(tuple(by_height[height]) for height in sorted(by_height))


def _height(node: Node, by_height: dict[int, list[Dimension]]) -> int:
    """Return how many levels of dimensions stand below and with `node`; note its dimensions."""
    if isinstance(node, Indicator):
        return 0
    height = 1 + max((_height(child, by_height) for child in node.children), default=0)
    by_height.setdefault(height, []).append(node)
    return height
