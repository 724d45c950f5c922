"""What nodes have by themselves, where formulas ask for it: `points(bad)`, `score(bad)` (points §10)."""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterator, Sequence
from typing import Any, Final

import narwhals as nw

from quanheng.engine.frame import columns as c
from quanheng.engine.frame.again.replays import Origin, made_once
from quanheng.engine.frame.comparing import is_one_of, settled_mean
from quanheng.engine.frame.engines import Engine
from quanheng.engine.frame.rounding import comparable
from quanheng.engine.frame.tables import names_in
from quanheng.engine.stages.aggregation.scores import with_marks, with_parts, with_scores
from quanheng.engine.stages.aggregation.weights_in_force import with_weights
from quanheng.engine.stages.rated import rated
from quanheng.findings.finding import Finding, Kind, require_no_errors
from quanheng.scheme.formulas.tree import NodeFunction, OfNode
from quanheng.scheme.laws.named_nodes import NOT_AS_PRINTED, given_at
from quanheng.scheme.tree.named import NamedNode, asked_in, below, named_nodes
from quanheng.scheme.tree.scheme import Indicator, Scheme

NODE_LEFT_OUT: Final = Kind(
    code="QH683",
    severity="error",
    en="a formula asks for '{node}', which takes no part in the round or review that is scored",
    zh="公式用到“{node}”，而该节点不参加本次考核或季季评",
    hint_en="name it under 'reviews: {{nodes: […]}}', or leave out there what asks for it",
    hint_zh="请把该节点写入季季评的评议节点（reviews.nodes），或不评用到它的指标",
)


def with_named_nodes(
    grid: nw.LazyFrame[Any],
    scheme: Scheme,
    engine: Engine,
    *,
    rows: nw.DataFrame[Any] | None,
    pool: Sequence[str],
) -> nw.LazyFrame[Any]:
    """Add to the grid what formulas ask of nodes: `node|…|points`, `node|…|score` and `node|…|na`.

    Each node is scored alone, after those that it asks for itself, by the stages that score the scheme.
    `rows` are the adjustments that count.

    Raises:
        FindingsError: marks are given at such a node or below it, or it is not in the scheme.
    """
    require_no_errors(tuple(_left_out(scheme)))
    named = made_once(Origin("named nodes", scheme), lambda: named_nodes(scheme))
    require_no_errors(tuple(_given_below(named, rows)))
    for each in named:
        grid = _with_node(grid, each, engine, pool)
    return grid


def _left_out(scheme: Scheme) -> Iterator[Finding]:
    known = {node.code for node in scheme.nodes}
    for code in dict.fromkeys(part.node for part in asked_in(scheme)):
        if code not in known:
            yield NODE_LEFT_OUT.at(scheme.where, node=code)


def _given_below(named: Sequence[NamedNode], rows: nw.DataFrame[Any] | None) -> Iterator[Finding]:
    """Yield where a row of adjustments changes what a formula asks for."""
    if rows is None:
        return
    marks = rows.filter(nw.col("kind") != "veto")
    given = set(map(str, marks["node"].unique().to_list()))
    for each in named:
        for node in below(each.node):
            if node.code in given:
                yield NOT_AS_PRINTED.at(each.node.where, node=each.node.code, why=given_at(node.code))


def _with_node(
    grid: nw.LazyFrame[Any], named: NamedNode, engine: Engine, pool: Sequence[str]
) -> nw.LazyFrame[Any]:
    part, code = named.part, named.node.code
    points, scope, _ = rated(grid, part, engine, pool=pool)
    weighed, weighing = with_weights(points, part, engine, scope, pool=pool)
    shared = with_marks(with_parts(weighed, part, weighing.weights), part)
    scored = with_scores(engine.settle(shared), part, weighing.weights, scope, pool=pool, engine=engine)
    of_function: dict[NodeFunction, str] = {"points": c.points(code), "score": c.score(code)}
    asked = [
        comparable(nw.col(column)).alias(c.of_node(code, function))
        for function, column in of_function.items()
        if function in named.functions
    ]
    away = _does_not_apply(named).alias(c.of_node_na(code))
    known = engine.settle(scored.with_columns(*asked, away).select(*names_in(grid), *_names(named)))
    for related in named.related:
        known = _with_related(known, related, pool)
    return engine.settle(known) if named.related else known


def _with_related(frame: nw.LazyFrame[Any], part: OfNode, pool: Sequence[str]) -> nw.LazyFrame[Any]:
    """Add the mean over the units whose column names each unit; it does not apply to one that none names."""
    assert part.by is not None  # noqa: S101 - narrows the type: it is asked of other units
    column, value = c.attribute(part.by), nw.col(c.of_node(part.node, part.function))
    name, away = c.of_node(part.node, part.function, part.by), c.of_node_na(part.node, part.by)
    frame = frame.drop(name, away, strict=False)
    if column not in names_in(frame):
        nothing = nw.lit(None, dtype=nw.Float64()).alias(name)
        return frame.with_columns(nothing, nw.lit(True).alias(away))  # noqa: FBT003 - a value, not a switch
    keys = [c.UNIT, *(key for key in pool if key != c.GROUP)]
    named = frame.select(nw.col(column).cast(nw.String()).alias(c.UNIT), *keys[1:], value.alias(name))
    means = (
        named.filter(~nw.col(c.UNIT).is_null())
        .group_by(keys)
        .agg(settled_mean(nw.col(name)).alias(name), nw.len().alias(_RELATED))
    )
    joined = frame.join(means, on=keys, how="left")
    told = comparable(nw.col(name)).alias(name), nw.col(_RELATED).is_null().alias(away)
    return joined.with_columns(*told).drop(_RELATED)


_RELATED: Final = "related units"


def _names(named: NamedNode) -> list[str]:
    asked = [c.of_node(named.node.code, function) for function in sorted(named.functions)]
    return [*asked, c.of_node_na(named.node.code)]


def _does_not_apply(named: NamedNode) -> nw.Expr:
    """Return whether the node has no points since nothing of it applies to the unit."""
    leaves = [each for each in below(named.node) if isinstance(each, Indicator)]
    away = functools.reduce(
        operator.and_,
        [
            (nw.col(c.absence(leaf.code)) == c.NOT_APPLICABLE).fill_null(value=False)
            | ~is_one_of(nw.col(c.GROUP), leaf.groups)
            for leaf in leaves
        ],
    )
    return nw.col(c.points(named.node.code)).is_null() & away
