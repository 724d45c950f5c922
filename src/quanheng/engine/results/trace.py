"""The trace as a table: one row a unit, node and stage, made from the wide frame by turning it long."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import partial
from typing import Any

import narwhals as nw

from quanheng.engine.figures.looked_up.fetches import Fetch, fetches_in
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.again.replays import Origin, made_once, replayed, replayed_each
from quanheng.engine.frame.engines import Engine
from quanheng.engine.frame.tables import small_table
from quanheng.engine.stages.adjustments.categories import KINDS
from quanheng.engine.stages.adjustments.nodes import node_caps
from quanheng.engine.stages.points.policies import gap_of
from quanheng.findings.value import Value
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.formulas.tree import nodes_in
from quanheng.scheme.tree.named import formulas_beside_points
from quanheng.scheme.tree.scheme import Dimension, Indicator, Node, Scheme
from quanheng.scheme.weights.methods import ByAttribute

_TOTAL_STEP = 27
"""The step of the score of a dimension."""
_ABSENCE = "absence"
COLUMNS = ("unit", "node", "step", "stage", "value", "text")


class _Stage(Value, kw_only=False):
    """A column of the wide frame, and where its values stand in the trace."""

    column: str
    node: str
    step: int
    stage: str


def trace_of(
    plan: nw.LazyFrame[Any],
    scheme: Scheme,
    engine: Engine,
    sources: nw.LazyFrame[Any] | None,
    *,
    absent: Collection[str] | None = None,
) -> nw.LazyFrame[Any]:
    """Return the trace: unit, node, step, stage, value, text; in no order.

    `step` orders the stages of a node. `text` names the source cells of an item, and the policy that was
    applied where a measure is absent (absence §6). `sources` has the columns unit, variable and text, the
    variable being the item's column in the wide frame. `absent` are the indicators that some unit has no
    measure of, if they are known.
    """
    names = plan.collect_schema().names()
    stages = made_once(
        Origin("stages of a trace", scheme, tuple(names)),
        lambda: tuple(stage for stage in _stages(scheme, names) if stage.column in set(names)),
    )
    numbers = dict.fromkeys(stage.column for stage in stages)
    casts = (nw.col(column).cast(nw.Float64()).alias(column) for column in numbers)
    traced_numbers = replayed(
        plan, lambda rows: rows.select(nw.col(c.UNIT), *casts), Origin("numbers of a trace", scheme)
    )
    long = traced_numbers.unpivot(
        on=list(numbers), index=[c.UNIT], variable_name="variable", value_name="value"
    )
    places = engine.lift(_table(stages))
    traced = long.join(places, on="variable", how="inner")
    if sources is None:
        traced = traced.with_columns(nw.lit(None, dtype=nw.String()).alias("text"))
    else:
        traced = traced.join(sources, on=[c.UNIT, "variable"], how="left")
    traced = traced.filter(~nw.col("value").is_null() | ~nw.col("text").is_null())
    return nw.concat([traced.select(*COLUMNS), _gaps(plan, scheme, absent)], how="vertical")


_SHARE_OF_INDICATOR, _SHARE_OF_DIMENSION = 9, 21
"""The steps of the shares, at which the weights stand that they come from."""


_ASKED_OF_INDICATOR, _ASKED_OF_DIMENSION = 11, 23
"""The steps at which the bonus stands that is asked for; the penalty is two steps on."""


def _stages(scheme: Scheme, names: list[str]) -> Iterator[_Stage]:
    for indicator in scheme.indicators:
        yield from _of_indicator(indicator, names)
    for dimension in scheme.dimensions:
        code = dimension.code
        if dimension.rule is not None:
            yield from _of_rule(code, names)
        yield from _stands(dimension)
        for step, (stage, column) in enumerate(
            (
                ("points", c.points(code)),
                ("share", c.share(code)),
                ("marks", c.marks(code)),
                ("bonus asked", c.claim(code, "bonus")),
                ("bonus", c.adjust(code, "bonus")),
                ("penalty asked", c.claim(code, "penalty")),
                ("penalty", c.adjust(code, "penalty")),
                ("score", c.score(code)),
            ),
            start=20,
        ):
            yield _Stage(column, code, step, stage)
        # at the step of the score, before it in the order of the words
        yield from _cuts(dimension, step)
        if isinstance(dimension.method, ByAttribute):
            for child in dimension.children:
                at = _SHARE_OF_INDICATOR if isinstance(child, Indicator) else _SHARE_OF_DIMENSION
                yield _Stage(c.unit_weight(code, child.code), child.code, at, "weight")
    for node in scheme.nodes:
        yield from _asked_at(scheme, node)
    yield from _of_reviews(names)
    yield from _in_categories(scheme)
    for kind in ("bonus", "penalty"):
        yield _Stage(c.gate(kind), ROOT, 28, f"{kind} gate holds")
        yield _Stage(c.uncapped(kind), ROOT, 29, f"{kind} before the cap")
    yield _Stage(c.VETOED, ROOT, 30, "vetoed")
    yield _Stage(c.AVAILABLE, ROOT, 31, "available")
    yield _Stage(c.PLACE, ROOT, 32, "place")


def _in_categories(scheme: Scheme) -> Iterator[_Stage]:
    """Yield what is asked for in each category at each node, and what caps of nodes and categories leave."""
    for kind in KINDS:
        codes = [each.code for each in scheme.adjustments.categories_of(kind)]
        if not scheme.adjustments.limit_of(kind).is_divided:
            continue
        within = "within categories" if codes else "within nodes"
        at = {node.code: _step_asked(node, kind) for node in scheme.nodes}
        for cap in node_caps(scheme, kind):
            of_category = "" if cap.category is None else f" in {cap.category}"
            stage = f"{kind}{of_category} at the node and below before its cap"
            yield _Stage(cap.column, cap.node, at[cap.node], stage)
        for node in scheme.nodes:
            step = at[node.code]
            for code in codes:
                yield _Stage(c.claim_in(node.code, kind, code), node.code, step, f"{kind} asked in {code}")
            yield _Stage(c.kept(node.code, kind), node.code, step, f"{kind} {within}")
        for code in codes:
            yield _Stage(c.uncapped_in(kind, code), ROOT, 28, f"{kind} in {code} before its cap")


def _step_asked(node: Node, kind: str) -> int:
    first = _ASKED_OF_INDICATOR if isinstance(node, Indicator) else _ASKED_OF_DIMENSION
    return first + (0 if kind == "bonus" else 2)


def _of_rule(code: str, names: list[str]) -> Iterator[_Stage]:
    """Yield what the rule of a dimension made of the joined points of its children."""
    yield _Stage(c.treated(code), code, 16, "joined")
    for column in sorted(name for name in names if name.startswith(c.stat(code, ""))):
        yield _Stage(column, code, 17, f"stat:{column.removeprefix(c.stat(code, ''))}")
    yield _Stage(c.ratio(code), code, 18, "ratio")
    yield _Stage(c.rated(code), code, 19, "rated")


def _of_reviews(names: list[str]) -> Iterator[_Stage]:
    """Yield what is folded into the total; at the step of the total, before it in the order of the words."""
    review, mean = c.review(""), c.mean_of_reviews("")
    yield _Stage(c.OWN_TOTAL, ROOT, _TOTAL_STEP, "own total")
    for name in names:
        if name.startswith(review):
            yield _Stage(name, ROOT, _TOTAL_STEP, f"review:{name.removeprefix(review)}")
        if name.startswith(mean):
            yield _Stage(name, ROOT, _TOTAL_STEP, f"reviews mean:{name.removeprefix(mean)}")
    yield _Stage(c.REVIEWS_MEAN, ROOT, _TOTAL_STEP, "reviews mean")


def _of_indicator(indicator: Indicator, names: list[str]) -> Iterator[_Stage]:
    code = indicator.code
    for fetch in fetches_in(indicator):
        yield _Stage(c.item(fetch.item, fetch.months_before), code, 1, f"item:{_named(fetch)}")
    stats = sorted(name for name in names if name.startswith(c.stat(code, "")))
    for part in nodes_in(indicator.measure.tree):
        yield _Stage(c.of_node(part.node, part.function, part.by), code, 1, f"node:{part.text}")
    yield _Stage(c.target(code), code, 2, "target")
    yield _Stage(c.measure(code), code, 3, "measure")
    yield _Stage(c.treated(code), code, 4, "treated")
    for column in stats:
        yield _Stage(column, code, 5, f"stat:{column.removeprefix(c.stat(code, ''))}")
    rest = (
        ("ratio", c.ratio(code)),
        ("rated", c.rated(code)),
        ("points", c.points(code)),
        ("share", c.share(code)),
        ("marks", c.marks(code)),
        ("bonus asked", c.claim(code, "bonus")),
        ("bonus", c.adjust(code, "bonus")),
        ("penalty asked", c.claim(code, "penalty")),
        ("penalty", c.adjust(code, "penalty")),
        ("score", c.score(code)),
    )
    for step, (stage, column) in enumerate(rest, start=6):
        yield _Stage(column, code, step, stage)
    yield from _cuts(indicator, step)


def _asked_at(scheme: Scheme, node: Node) -> Iterator[_Stage]:
    """Yield what coefficient, conditions and adjustments at a node ask of other nodes."""
    measured = nodes_in(node.measure.tree) if isinstance(node, Indicator) else ()
    asked = (part for formula in formulas_beside_points(scheme, node) for part in nodes_in(formula.tree))
    for part in dict.fromkeys(part for part in asked if part not in measured):
        yield _Stage(c.of_node(part.node, part.function, part.by), node.code, 1, f"node:{part.text}")


def _cuts(node: Node, step: int) -> Iterator[_Stage]:
    """Yield which caps under a condition hold at a node, and what its floor and caps changed."""
    for index, ceiling in enumerate(node.bounds.ceilings):
        yield _Stage(c.ceiling(node.code, index), node.code, step, f"cap holds: {ceiling.condition.text}")
    yield _Stage(c.cut(node.code), node.code, step, "cut")


def _named(fetch: Fetch) -> str:
    return f"{fetch.item}@{fetch.months_before}" if fetch.months_before else fetch.item


def _table(stages: Sequence[_Stage]) -> nw.DataFrame[Any]:
    text = nw.String()
    return small_table(
        {
            "variable": [stage.column for stage in stages],
            "node": [stage.node for stage in stages],
            "step": [stage.step for stage in stages],
            "stage": [stage.stage for stage in stages],
        },
        {"variable": text, "node": text, "step": nw.Int64(), "stage": text},
    )


def indicators_absent(wide: nw.DataFrame[Any], scheme: Scheme) -> tuple[str, ...]:
    """Return the indicators that some unit of `wide` has no measure of."""
    absent = [
        (nw.col(c.absence(each.code)) != c.PRESENT).any().alias(each.code) for each in scheme.indicators
    ]
    found = wide.select(*absent).rows(named=True)
    return tuple(code for code, some in found[0].items() if some)


def _gaps(plan: nw.LazyFrame[Any], scheme: Scheme, absent: Collection[str] | None) -> nw.LazyFrame[Any]:
    """Return what has a text: a row `gap` for each absent measure, a row `treatment` for each treated one."""
    some = tuple(each for each in scheme.indicators if absent is None or each.code in absent)
    some = some or scheme.indicators[:1]  # a table of one without rows, where there are none
    stages = [partial(_gap_of, indicator=indicator) for indicator in some]
    gaps = replayed_each(plan, stages, Origin("gaps in a trace", scheme, tuple(each.code for each in some)))
    rows = [each.filter(nw.col(_ABSENCE) != c.PRESENT).drop(_ABSENCE) for each in gaps]
    names = plan.collect_schema().names()
    rows.extend(
        plan.filter(~nw.col(c.treatment(indicator.code)).is_null()).select(
            nw.col(c.UNIT),
            nw.lit(indicator.code).alias("node"),
            nw.lit(4).cast(nw.Int64()).alias("step"),
            nw.lit("treatment").alias("stage"),
            nw.col(c.treated(indicator.code)).cast(nw.Float64()).alias("value"),
            nw.col(c.treatment(indicator.code)).alias("text"),
        )
        for indicator in scheme.indicators
        if c.treatment(indicator.code) in names
    )
    rows.extend(_too_few(plan, dimension) for dimension in scheme.dimensions if dimension.least is not None)
    return nw.concat(rows, how="vertical")


def _stands(dimension: Dimension) -> Iterator[_Stage]:
    if dimension.condition is not None:
        text = dimension.condition.text
        yield _Stage(c.stands(dimension.code), dimension.code, 18, f"condition holds: {text}")


def _too_few(plan: nw.LazyFrame[Any], dimension: Dimension) -> nw.LazyFrame[Any]:
    """Return a row for each unit that has too little of a dimension for it to have points (absence §8)."""
    least = "" if dimension.least is None else dimension.least.traced
    points, applies = nw.col(c.points(dimension.code)), nw.col(c.GROUP).is_in(list(dimension.groups))
    return plan.filter(points.is_null() & applies).select(
        nw.col(c.UNIT),
        nw.lit(dimension.code).alias("node"),
        nw.lit(19).cast(nw.Int64()).alias("step"),
        nw.lit("gap").alias("stage"),
        points.cast(nw.Float64()).alias("value"),
        nw.lit(least).alias("text"),
    )


def _gap_of(rows: nw.LazyFrame[Any], *, indicator: Indicator) -> nw.LazyFrame[Any]:
    absence = nw.col(c.absence(indicator.code))
    text = nw.lit(gap_of(indicator, c.UNDEFINED).name)
    for reason in (c.MISSING, c.NOT_APPLICABLE):
        text = nw.when(absence == reason).then(nw.lit(gap_of(indicator, reason).name)).otherwise(text)
    return rows.select(
        nw.col(c.UNIT),
        nw.lit(indicator.code).alias("node"),
        nw.lit(8).cast(nw.Int64()).alias("step"),
        nw.lit("gap").alias("stage"),
        nw.col(c.points(indicator.code)).cast(nw.Float64()).alias("value"),
        text.alias("text"),
        absence.alias(_ABSENCE),
    )
