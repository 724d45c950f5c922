"""Marks given and taken beside the indicators, and vetoes (adjustments §1-§4)."""

from __future__ import annotations

import datetime as dt
import functools
import operator
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import narwhals as nw

from quanheng.engine.formulas.conditions import amount, judged
from quanheng.engine.formulas.expressions import Scope
from quanheng.engine.formulas.measures import applies, scope_of
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.engines import Engine
from quanheng.engine.stages.adjustments.categories import (
    CATEGORY,
    KINDS,
    NO_CATEGORY,
    AdjustmentKind,
    Claim,
    capped,
    not_lost,
    with_categories,
)
from quanheng.findings.collector import SHOWN
from quanheng.findings.finding import Finding, Kind, Location
from quanheng.periods.period import Period
from quanheng.scheme.grades.grades import ComputedAdjustment, Limit
from quanheng.scheme.tree.scheme import Scheme

VETO: Final = "veto"


def with_adjustments(
    frame: nw.LazyFrame[Any],
    scheme: Scheme,
    rows: nw.DataFrame[Any] | None,
    engine: Engine,
    scope: Scope | None = None,
    *,
    pool: Sequence[str] = (c.GROUP,),
) -> nw.LazyFrame[Any]:
    """Add the adjustment marks that count at each node, and `vetoed`, before aggregation.

    `rows` are the book's adjustments (unit, kind, marks, node). Marks count by their size, whatever sign they
    are written with: a penalty is a positive number of marks to take off. Computed adjustments of the scheme
    come beside them; what their formula gives below 0, or cannot give because figures are absent, is 0.
    `scope` says what items mean in formulas; by default every item column of the frame. `pool` names the
    columns whose values the units share that are compared; all but the group are columns of `rows`, too.
    A row may name its `category`; one that the scheme has not is none.

    New columns:

    - `claim|node|kind`: what rows and rules ask for, for each node and kind that has any
    - where a kind has categories or caps of nodes: `claim|node|kind|category`, `uncapped|kind|category`, and
      `kept|node|kind`, what these caps leave
    - where it has caps of nodes: `below|node|kind`, `below|node|kind|category`, what each holds for, and
      `left|node|kind|category`, what all of them leave
    - `adjust|node|kind`: what counts of it. A gate that fails, or whose figures are absent, voids all marks
      of its kind; a cap holds for their sum over all nodes, and what is over it comes off in proportion
    - `uncapped|kind`, `gate|kind` (true, false, null where figures are absent): how it came to that
    - `adjustment_rule|i`, `adjustment_gate|i`: what the i-th computed adjustment gives, and its own gate
    - `vetoed`: a veto was written or the condition of one holds
    """
    meaning = scope_of(frame, scheme) if scope is None else scope
    written = _written(scheme, rows)
    claims = tuple(
        Claim(node.code, kind, category)
        for node in scheme.nodes
        for kind in KINDS
        for category in (NO_CATEGORY, *(each.code for each in scheme.adjustments.categories_of(kind)))
        if Claim(node.code, kind, category) in written
        or any(_is_at(rule, node.code, kind, category) for rule in scheme.adjustments.rules)
    )
    keys = (c.UNIT, *(key for key in pool if key != c.GROUP))
    if rows is not None:
        frame = frame.join(engine.lift(_by_unit(scheme, rows, written, keys)), on=list(keys), how="left")
    rules = _rules(scheme, meaning)
    frame = frame.with_columns(*rules) if rules else frame
    frame = frame.with_columns(
        *[_claim(each, scheme, written=each in written) for each in claims],
        _vetoed(scheme, written=rows is not None),
    )
    if rows is not None:
        frame = frame.drop(_in_rows(VETO), *[_in_rows(*each) for each in written])
    for kind, limit in limits_of(scheme).items():
        of_kind = [each for each in claims if each.kind == kind]
        if of_kind and limit.is_divided:
            if limit.nodes:
                from quanheng.engine.stages.adjustments.nodes import (  # noqa: PLC0415  few schemes cap nodes
                    node_caps,
                    with_node_caps,
                )

                frame = with_node_caps(frame, of_kind, node_caps(scheme, kind))
            frame = with_categories(frame, of_kind, limit)
        if of_kind:
            nodes = tuple(dict.fromkeys(each.node for each in of_kind))
            frame = _with_limit(frame, kind, nodes, limit, meaning)
    return frame


def limits_of(scheme: Scheme) -> Mapping[AdjustmentKind, Limit]:
    """Return the cap and gate of each kind of marks."""
    return {"bonus": scheme.adjustments.bonus, "penalty": scheme.adjustments.penalty}


ADJUSTMENT_OF_ANOTHER_TIME: Final = Kind(
    code="QH552",
    severity="note",
    en="the adjustment of {unit!r} dated {date} lies outside the round {round} and does not count in it",
    zh="{unit!r}日期为{date}的加减分（否决）不在考核期{round}内，不计入",
    hint_en="correct the date, or leave it empty to let the row count in every round",
    hint_zh="请更正日期；需在各期均计入的，日期留空",
)


def rows_of_round(rows: nw.DataFrame[Any], period: Period) -> tuple[nw.DataFrame[Any], tuple[Finding, ...]]:
    """Return the adjustments that count in the round of `period`, and a note for each that does not.

    A row counts where its date lies inside the round, or where it has none. A veto of August bars nobody
    from the honours of the first quarter.
    """
    inside = _counts_between(period.start, period.end)
    others = rows.filter(~inside)
    notes = tuple(
        ADJUSTMENT_OF_ANOTHER_TIME.at(
            Location(file=row["file"], sheet=row["sheet"], cell=row["cell"]),
            unit=row[c.UNIT],
            date=row["date"],
            round=period,
        )
        for row in others.head(SHOWN).iter_rows(named=True)
    )
    return rows.filter(inside), notes


ADJUSTMENT_OUTSIDE_REVIEW: Final = Kind(
    code="QH575",
    severity="note",
    en="the adjustment of {unit!r} at {node!r} does not count in {round}: the node takes no part in it",
    zh="{unit!r}在{node!r}上的加减分不计入{round}：该节点不参加季季评",
    hint_en="it counts in the year; write 'total' as its node if it is to count here",
    hint_zh="全年考核时计入；如需在本期计入，节点请填总分（total）",
)


def outside_review(rows: nw.DataFrame[Any], part: Scheme, round: str) -> Iterator[Finding]:  # noqa: A002 - the word of the language
    """Yield a QH575 for each adjustment of `rows` at a node that takes no part in the review."""
    codes = [node.code for node in part.nodes]
    others = rows.filter(~nw.col("node").is_in(codes) & (nw.col("kind") != "veto"))
    for row in others.head(SHOWN).iter_rows(named=True):
        where = Location(file=row["file"], sheet=row["sheet"], cell=row["cell"])
        yield ADJUSTMENT_OUTSIDE_REVIEW.at(where, unit=row[c.UNIT], node=row["node"], round=round)


def rows_between(rows: nw.DataFrame[Any], start: dt.date, end: dt.date) -> nw.DataFrame[Any]:
    """Return the adjustments that count in a round from day `start` to `end`."""
    return rows.filter(_counts_between(start, end))


def _counts_between(start: dt.date, end: dt.date) -> nw.Expr:
    date = nw.col("date")
    return (date.is_null() | ((date >= start) & (date <= end))).fill_null(value=True)


def _written(scheme: Scheme, rows: nw.DataFrame[Any] | None) -> frozenset[Claim]:
    """Return the nodes, kinds and categories that have rows of marks."""
    if rows is None:
        return frozenset()
    found = rows.select("node", "kind", _category(scheme, rows)).unique()
    nodes = {node.code for node in scheme.nodes}
    return frozenset(
        Claim(node, kind, category)
        for node, kind, category in found.iter_rows()
        if kind in KINDS and node in nodes
    )


def _category(scheme: Scheme, rows: nw.DataFrame[Any]) -> nw.Expr:
    """Return the category that each row counts in: none where it names none that its kind has."""
    none = nw.lit(NO_CATEGORY)
    category = none
    if CATEGORY in rows.columns:
        for kind in KINDS:
            codes = [each.code for each in scheme.adjustments.categories_of(kind)]
            if codes:
                known = (nw.col("kind") == kind) & nw.col(CATEGORY).is_in(codes).fill_null(value=False)
                category = nw.when(known).then(nw.col(CATEGORY)).otherwise(category)
    return category.alias(CATEGORY)


def _by_unit(
    scheme: Scheme, rows: nw.DataFrame[Any], written: frozenset[Claim], keys: Sequence[str]
) -> nw.DataFrame[Any]:
    """Return one row a unit: the sum of its marks for each claim, and how many vetoes it has."""
    size = nw.col("marks").abs().fill_null(0.0)
    sums = [
        nw.when((nw.col("node") == node) & (nw.col("kind") == kind) & (nw.col(CATEGORY) == category))
        .then(size)
        .otherwise(0.0)
        .alias(_in_rows(node, kind, category))
        for node, kind, category in sorted(written)
    ]
    veto = (nw.col("kind") == VETO).cast(nw.Int64()).alias(_in_rows(VETO))
    columns = [_in_rows(VETO), *[_in_rows(*each) for each in sorted(written)]]
    return (
        rows.with_columns(_category(scheme, rows))
        .select(*keys, veto, *sums)
        .group_by(list(keys))
        .agg(*[nw.col(column).sum() for column in columns])
    )


def _rules(scheme: Scheme, scope: Scope) -> list[nw.Expr]:
    """Return what each computed adjustment gives, and whether its own gate holds."""
    columns = []
    for index, rule in enumerate(scheme.adjustments.rules):
        if rule.kind == VETO:
            falls = nw.lit(None, dtype=nw.Boolean()) if rule.when is None else judged(rule.when, scope)
            columns.append(falls.alias(c.adjustment_rule(index)))
            continue
        marks = nw.lit(None, dtype=nw.Float64()) if rule.marks is None else amount(rule.marks, scope)
        columns.append(marks.clip(lower_bound=0.0).alias(c.adjustment_rule(index)))
        if rule.when is not None:
            columns.append(judged(rule.when, scope).alias(c.adjustment_gate(index)))
    return columns


def _claim(claim: Claim, scheme: Scheme, *, written: bool) -> nw.Expr:
    node, kind, category = claim
    parts = [nw.col(_in_rows(*claim)).fill_null(0.0)] if written else []
    for index, rule in enumerate(scheme.adjustments.rules):
        if _is_at(rule, node, kind, category):
            marks = nw.col(c.adjustment_rule(index)).fill_null(0.0)
            if rule.when is not None:
                marks = (
                    nw.when(nw.col(c.adjustment_gate(index)).fill_null(value=False))
                    .then(marks)
                    .otherwise(0.0)
                )
            parts.append(marks)
    groups = scheme.node(node).groups
    everyone = set(groups) >= {group.code for group in scheme.groups}
    asked = applies(groups, functools.reduce(operator.add, parts), everyone=everyone)
    is_divided = scheme.adjustments.limit_of(kind).is_divided
    name = c.claim_in(node, kind, category) if is_divided else c.claim(node, kind)
    return asked.fill_null(0.0).alias(name)


def _vetoed(scheme: Scheme, *, written: bool) -> nw.Expr:
    vetoes = [nw.col(_in_rows(VETO)).fill_null(0) > 0] if written else []
    vetoes += [
        nw.col(c.adjustment_rule(index)).fill_null(value=False)
        for index, rule in enumerate(scheme.adjustments.rules)
        if rule.kind == VETO
    ]
    return functools.reduce(operator.or_, vetoes, nw.lit(False)).alias(c.VETOED)  # noqa: FBT003 - a value


def _with_limit(
    frame: nw.LazyFrame[Any], kind: AdjustmentKind, nodes: Sequence[str], limit: Limit, scope: Scope
) -> nw.LazyFrame[Any]:
    """Add what counts of the claims of one kind (adjustments §2, §3)."""
    names = set(frame.collect_schema().names())
    claims = {node: nw.col(_before_the_cap(node, kind, limit)) for node in nodes}
    every = [not_lost(node, claims[node], names) for node in nodes]
    frame = frame.with_columns(functools.reduce(operator.add, every).alias(c.uncapped(kind)))
    if limit.when is not None:
        frame = frame.with_columns(judged(limit.when, scope).alias(c.gate(kind)))
    return frame.with_columns(*[_counted(node, kind, limit).alias(c.adjust(node, kind)) for node in nodes])


def _before_the_cap(node: str, kind: AdjustmentKind, limit: Limit) -> str:
    """Return the column of what the cap over all is set to."""
    return c.kept(node, kind) if limit.is_divided else c.claim(node, kind)


def _counted(node: str, kind: AdjustmentKind, limit: Limit) -> nw.Expr:
    asked, every = nw.col(_before_the_cap(node, kind, limit)), nw.col(c.uncapped(kind))
    counted = capped(asked, every, limit.cap)
    if limit.when is not None:
        counted = nw.when(nw.col(c.gate(kind)).fill_null(value=False)).then(counted).otherwise(0.0)
    return counted


def _is_at(rule: ComputedAdjustment, node: str, kind: AdjustmentKind, category: str) -> bool:
    is_here = rule.kind == kind and rule.node == node and (rule.category or NO_CATEGORY) == category
    return is_here and rule.marks is not None


def _in_rows(*parts: str) -> str:
    """Return the column of what rows ask for, while claims are made."""
    return "|".join(("in_rows", *parts))
