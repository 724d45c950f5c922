"""Rules on dimensions: the joined points of the children rated as a measure is (points §9)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import narwhals as nw

from quanheng.engine.formulas.measures import with_formulas
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.engines import Engine
from quanheng.engine.frame.rounding import comparable
from quanheng.engine.frame.tables import names_in
from quanheng.engine.stages.points.gaps import with_rated
from quanheng.engine.stages.points.points import formulas_of_rules
from quanheng.engine.stages.points.statistics import with_statistics
from quanheng.engine.stages.weights.methods import BENCHMARK
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.tree.scheme import Dimension, Indicator, Scheme


def with_node_rules(
    frame: nw.LazyFrame[Any],
    level: Sequence[Dimension],
    scheme: Scheme,
    engine: Engine,
    *,
    pool: Sequence[str] = (c.GROUP,),
) -> nw.LazyFrame[Any]:
    """Rate the `points|…` that the children of dimensions make, where these have a rule.

    Adds `treated|…` (the joined points, at the nine decimals at which points are compared), `absence|…`,
    `stat|…`, `ratio|…` and `rated|…`, and sets `points|…` to what the rule gives. None of `level` stands
    above another.
    """
    nodes = tuple(rated for rated in (each.as_rated for each in level) if rated is not None)
    if not nodes:
        return frame
    # weights that are computed look at the points of a dimension before its scores do: made anew here
    own = tuple(c.stat(each.code, "") for each in nodes)
    kept = {c.stat(each.code, BENCHMARK) for each in nodes}  # of the weights of each unit, not of the rule
    again = [name for name in names_in(frame) if name.startswith(own) and name not in kept]
    frame = frame.drop(*again) if again else frame
    of_total = any(node.code == ROOT for node in nodes)
    if of_total and scheme.rates_ranked_only and c.AVAILABLE in names_in(frame):
        # who is not ranked is none of those that a rule of the total compares (points §9)
        enough = comparable(nw.col(c.AVAILABLE)) >= scheme.at_least
        frame = frame.with_columns(nw.when(enough).then(nw.col(c.points(ROOT))).alias(c.points(ROOT)))
    frame = frame.with_columns(*[each for node in nodes for each in _joined(node)])
    frame = with_statistics(engine.settle(frame), scheme, engine, pool=pool, nodes=nodes)
    frame, scope = with_formulas(
        frame, scheme, (), further=formulas_of_rules(frame, nodes, scheme), pool=pool
    )
    frame = with_rated(frame, nodes, scheme, scope)
    return engine.settle(
        frame.with_columns(*[nw.col(c.rated(node.code)).alias(c.points(node.code)) for node in nodes])
    )


def _joined(node: Indicator) -> Iterator[nw.Expr]:
    joined = nw.col(c.points(node.code))
    yield comparable(joined).alias(c.treated(node.code))
    reason = nw.when(joined.is_null()).then(nw.lit(c.MISSING)).otherwise(nw.lit(c.PRESENT))
    yield reason.alias(c.absence(node.code))
