"""The tables people read, taken from the wide frame: scores by node, tiers, the cells of each figure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import narwhals as nw

from quanheng.engine.frame import columns as c
from quanheng.engine.frame.again.replays import Origin, replayed
from quanheng.engine.frame.rounding import comparable
from quanheng.engine.frame.tables import small_table
from quanheng.engine.stages.places.places import sorted_plan
from quanheng.engine.stages.reviews.fold import REVIEWS, HeldReviews
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.tree.scheme import Node, Scheme

SCORES = ("unit", "name", "group", "node", "parent", "level", "marks", "points", "score", "place")
TIERS = ("unit", "name", "group", "score", "place", "tier", "vetoed")
_NODE_ORDER, _UNIT_ORDER = "node_order", "unit_order"
_NODE_PLACE = "node_place"
_COLUMN = "column"
_SHOWN = 12
"""How many cells of one figure the trace names; a flow of a year has twelve months, a count any number."""


def scores_of(wide: nw.DataFrame[Any], ranking: nw.DataFrame[Any], scheme: Scheme) -> nw.DataFrame[Any]:
    """Return unit, name, group, node, parent, level, marks, points, score, place: a row a unit and node.

    Units stand in the order of the ranking, nodes in the order of the scheme; `place` is the place in the
    unit's group on the node's score.
    """
    return nw.concat([*scores_in_parts(wide, ranking, scheme, units=max(1, len(wide)))], how="vertical")


def scores_in_parts(
    wide: nw.DataFrame[Any], ranking: nw.DataFrame[Any], scheme: Scheme, *, units: int
) -> Iterator[nw.DataFrame[Any]]:
    """Yield what `scores_of` returns, so many `units` at once."""
    order = ranking.select(c.UNIT).with_row_index(_UNIT_ORDER)
    if len(wide) > units:  # places look at all units: in parts they must be known beforehand
        of = Origin("of nodes", scheme)
        wide = replayed(wide.lazy(), lambda rows: _with_node_places(rows, scheme), of).collect()
    ordered = wide.join(order, on=c.UNIT, how="left").sort(_UNIT_ORDER)
    nodes = _table_of_nodes(scheme)
    for start in range(0, max(1, len(ordered)), units):
        yield _laid_out(ordered[start : start + units], nodes, scheme)


def _table_of_nodes(scheme: Scheme) -> nw.DataFrame[Any]:
    """Return node, parent, level and where each node stands in the scheme, by the column of its score."""
    parents = [scheme.parent_of(node.code) for node in scheme.nodes]
    codes = [node.code for node in scheme.nodes]
    text, number = nw.String(), nw.Int64()
    return small_table(
        {
            _COLUMN: [c.score(code) for code in codes],
            "node": codes,
            "parent": ["" if parent is None else parent.code for parent in parents],
            "level": [scheme.level_of(code) for code in codes],
            _NODE_ORDER: list(range(len(codes))),
        },
        {_COLUMN: text, "node": text, "parent": text, "level": number, _NODE_ORDER: number},
    )


def _laid_out(units: nw.DataFrame[Any], nodes: nw.DataFrame[Any], scheme: Scheme) -> nw.DataFrame[Any]:
    """Return a row for each of `units` and each node its group is asked, from the columns of the nodes."""
    keys = [c.UNIT, c.NAME, c.GROUP, _UNIT_ORDER, c.PLACE]

    def below_each_other(column_of: Callable[[Node], str], name: str, index: list[str]) -> nw.DataFrame[Any]:
        columns = [column_of(node) for node in scheme.nodes]
        own = units.select(*index, *columns)
        return own.unpivot(on=columns, index=index, variable_name=_COLUMN, value_name=name)

    long = below_each_other(lambda node: c.score(node.code), "score", keys)
    further = [
        below_each_other(lambda node: c.marks(node.code), "marks", [])["marks"],
        below_each_other(lambda node: c.points(node.code), "points", [])["points"],
    ]
    if _place_of(scheme.root) in units.columns:
        place = below_each_other(_place_of, "place", [])["place"]
        table = long.with_columns(*further, place).join(nodes, on=_COLUMN, how="inner")
    else:
        table = long.with_columns(*further).join(nodes, on=_COLUMN, how="inner")
        rank = _rank(nw.col("score"), scheme, c.GROUP, "node")
        of_total = nw.col("node") == ROOT
        table = table.with_columns(place=nw.when(of_total).then(nw.col(c.PLACE)).otherwise(rank))
    if any(len(node.groups) < len(scheme.groups) for node in scheme.nodes):
        asked = [(node.code, group) for node in scheme.nodes for group in node.groups]
        pairs = {"node": [code for code, _ in asked], c.GROUP: [group for _, group in asked]}
        table = table.join(small_table(pairs, dict.fromkeys(pairs, nw.String())), on=[*pairs], how="inner")
    return table.sort(_UNIT_ORDER, _NODE_ORDER).select(*SCORES)


def _with_node_places(rows: nw.LazyFrame[Any], scheme: Scheme) -> nw.LazyFrame[Any]:
    columns = [column(node.code) for node in scheme.nodes for column in (c.marks, c.points, c.score)]
    places = (
        _place(node, nw.col(c.score(node.code)), scheme).alias(_place_of(node)) for node in scheme.nodes
    )
    return rows.select(c.UNIT, c.NAME, c.GROUP, c.PLACE, *columns).with_columns(*places)


def _place_of(node: Node) -> str:
    return f"{_NODE_PLACE}|{node.code}"


def scores_plan(plan: nw.LazyFrame[Any], scheme: Scheme) -> nw.LazyFrame[Any]:
    """Return what `scores_of` does from the wide frame as a plan, for an engine to write it."""
    parts = [
        _in_groups(plan, node)
        .select(*_columns_of(node, scheme, index), nw.col(c.PLACE))
        .with_columns(_place(node, nw.col("score"), scheme).alias(_NODE_PLACE))
        for index, node in enumerate(scheme.nodes)
    ]
    # a row has its unit's place, which orders the units, beside that on its node's score
    table = nw.concat(parts, how="vertical")
    ordered = sorted_plan(table, scheme, _NODE_ORDER)
    return ordered.drop(c.PLACE).rename({_NODE_PLACE: "place"}).select(*SCORES)


def tiers_of(vetoed: nw.DataFrame[Any], ranking: nw.DataFrame[Any]) -> nw.DataFrame[Any]:
    """Return unit, name, group, score, place, tier, vetoed, in the order of the ranking."""
    order = ranking.with_row_index(_UNIT_ORDER)
    return order.join(vetoed, on=c.UNIT, how="left").sort(_UNIT_ORDER).select(*TIERS)


def reviews_of(held: HeldReviews, ranking: nw.DataFrame[Any]) -> nw.DataFrame[Any]:
    """Return unit, round, score, place of every review, in the order of the ranking, then of the rounds."""
    order = ranking.select(c.UNIT).with_row_index(_UNIT_ORDER)
    # rounds of one length sort as their texts do
    return held.table.join(order, on=c.UNIT, how="inner").sort(_UNIT_ORDER, "round").select(*REVIEWS)


def source_texts(sources: nw.DataFrame[Any]) -> nw.DataFrame[Any]:
    """Return unit, variable, text: the places each figure of the wide frame came from, joined by `; `."""
    item, months = nw.col("item"), nw.col("months_before").cast(nw.String())
    variable = (
        nw.when(nw.col("months_before") == 0)
        .then(nw.concat_str(nw.lit("item|"), item))
        .otherwise(nw.concat_str(nw.lit("item|"), item, nw.lit("@"), months))
    )
    sheet = nw.when(~nw.col("sheet").is_null()).then(nw.concat_str(nw.lit("!"), nw.col("sheet")))
    place = nw.concat_str(nw.col("file"), sheet.fill_null(""), nw.lit("!"), nw.col("cell"))
    named = sources.select(c.UNIT, variable.alias("variable"), place.alias("text")).unique()
    return _joined(named)


def _joined(named: nw.DataFrame[Any]) -> nw.DataFrame[Any]:
    """Return the texts of each unit and variable as one: the first ones, then how many more there are."""
    keys = [c.UNIT, "variable"]
    if len(named) == len(named.select(*keys).unique()):
        return named.select(*keys, "text")
    numbered = named.sort(*keys, "text").with_columns(
        nw.col("text").rank("ordinal").over(*keys).alias("number"),
        nw.col("text").count().over(*keys).alias("count"),
    )
    first = numbered.filter(nw.col("number") == 1).select(*keys, "text", "count")
    for number in range(2, _SHOWN + 1):
        following = numbered.filter(nw.col("number") == number).select(
            *keys, nw.concat_str(nw.lit("; "), nw.col("text")).alias("following")
        )
        first = first.join(following, on=keys, how="left").with_columns(
            nw.concat_str(nw.col("text"), nw.col("following").fill_null("")).alias("text")
        )
        first = first.drop("following")
    more = nw.when(nw.col("count") > _SHOWN).then(
        nw.concat_str(nw.lit("; +"), (nw.col("count") - _SHOWN).cast(nw.String()))
    )
    return first.select(*keys, nw.concat_str(nw.col("text"), more.fill_null("")).alias("text"))


def _in_groups(rows: nw.LazyFrame[Any], node: Node) -> nw.LazyFrame[Any]:
    return rows.filter(nw.col(c.GROUP).is_in(list(node.groups)))


def _columns_of(node: Node, scheme: Scheme, index: int) -> Iterator[nw.Expr]:
    parent = scheme.parent_of(node.code)
    yield from (nw.col(c.UNIT), nw.col(c.NAME), nw.col(c.GROUP))
    yield nw.lit(node.code).alias("node")
    yield nw.lit("" if parent is None else parent.code).alias("parent")
    yield nw.lit(scheme.level_of(node.code)).cast(nw.Int64()).alias("level")
    yield nw.col(c.marks(node.code)).alias("marks")
    yield nw.col(c.points(node.code)).alias("points")
    yield nw.col(c.score(node.code)).alias("score")
    yield nw.lit(index).cast(nw.Int64()).alias(_NODE_ORDER)


def _place(node: Node, score: nw.Expr, scheme: Scheme) -> nw.Expr:
    """Return the place on the node's `score`; the total's is the one that ties were broken for."""
    return nw.col(c.PLACE).cast(nw.Int64()) if node.code == ROOT else _rank(score, scheme, c.GROUP)


def _rank(score: nw.Expr, scheme: Scheme, *keys: str) -> nw.Expr:
    """Return the rank of `score` among the rows that share the columns `keys`."""
    rank = comparable(score).rank("min", descending=not scheme.lowest_first).over(*keys)
    return nw.when(~score.is_null()).then(rank).cast(nw.Int64())
