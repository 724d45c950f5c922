"""Adjustments: `unit,kind,marks,reason[,node,date,evidence]`, kind `bonus`, `penalty` or `veto`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import polars as pl

from quanheng.data.book import frames
from quanheng.data.cells.numbers import IS_UNREADABLE
from quanheng.data.tables.cutting import cut_table
from quanheng.data.tables.headings import ADJUSTMENTS, plain
from quanheng.data.tables.register import Register, group_names
from quanheng.data.tables.rows import dates_in, numbers_in, resolve
from quanheng.data.tables.strangers.columns import tell_not_used
from quanheng.data.tables.strangers.rows import without_strange_rows
from quanheng.data.tables.table import ROW, Raw, Table
from quanheng.data.tables.two_units import tell_two_units
from quanheng.data.telling.findings import UNKNOWN_UNIT
from quanheng.data.telling.names import Nearness, shown
from quanheng.findings.collector import SHOWN, Collector
from quanheng.findings.finding import Kind, Location
from quanheng.findings.text import Text
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.grades.grades import ADJUSTMENTS as ADJUSTMENT_WORDS
from quanheng.scheme.laws.totals import MARKS_AGAINST_THE_ORDER

KINDS: Final = {
    "bonus": "bonus",
    "加分": "bonus",
    "奖励": "bonus",
    "penalty": "penalty",
    "减分": "penalty",
    "扣分": "penalty",
    "veto": "veto",
    "否决": "veto",
    "一票否决": "veto",
}
"""What people write for a kind of adjustment, and the kind."""
_SOURCE: Final = ("file", "sheet", "cell")


def read_adjustments(raws: Iterable[Raw], register: Register, *, collector: Collector) -> pl.DataFrame:
    """Return the adjustments; marks are never negative: a penalty of -2 or of 2 takes 2 away.

    Told are unknown units, nodes and kinds, a bonus that is negative, missing marks and missing reasons.
    """
    parts = []
    for raw in raws:
        table = cut_table(raw, (ADJUSTMENTS,), collector=collector, reading=register.scheme.reading)
        if table is not None:
            tell_not_used(table, table.others, [column.key for column in ADJUSTMENTS], collector)
            table = without_strange_rows(
                table, register.unit_roster, groups=group_names(register), collector=collector
            )
            parts.append(_read(table, register, collector))
    adjustments = pl.concat([frames.empty(frames.ADJUSTMENTS), *parts])
    _tell_twice(adjustments, collector)
    if register.scheme.lowest_first:
        _tell_against_the_order(adjustments, collector)
    return adjustments


def _tell_against_the_order(adjustments: pl.DataFrame, collector: Collector) -> None:
    """Add a warning for the first bonus and the first penalty where the lowest total is first."""
    marked = adjustments.filter(pl.col("kind").is_in(["bonus", "penalty"]) & (pl.col("marks") > 0.0))
    collector.tell(
        MARKS_AGAINST_THE_ORDER,
        marked.unique("kind", keep="first", maintain_order=True),
        lambda row: Location(file=row["file"], sheet=row["sheet"], cell=row["cell"]),
        lambda row: {"name": ADJUSTMENT_WORDS[row["kind"]]},
    )


ADJUSTED_TWICE: Final = Kind(
    code="QH498",
    severity="warning",
    en="the {kind} for {unit} stands here again, as at {other}; both count",
    zh="{unit} 的{kind}与 {other} 完全相同，将重复计入",
    hint_en="remove one of the two, or say in the reasons how they differ",
    hint_zh="请删除其中一条，或在事由中写明区别",
)


def _tell_twice(adjustments: pl.DataFrame, collector: Collector) -> None:
    """Tell each adjustment that says in every column what one before it says."""
    said = [column for column in adjustments.columns if column not in _SOURCE]
    first = adjustments.unique(said, keep="first", maintain_order=True)
    again = adjustments.filter(~pl.struct(said).is_first_distinct())
    pairs = again.join(first, on=said, nulls_equal=True, suffix="_first", maintain_order="left")
    collector.tell(
        ADJUSTED_TWICE,
        pairs,
        lambda row: Location(**{name: row[name] for name in _SOURCE}),
        lambda row: {
            "kind": ADJUSTMENT_WORDS[row["kind"]],
            "unit": shown(row["unit"]),
            "other": Location(**{name: row[f"{name}_first"] for name in _SOURCE}),
        },
    )


def _read(table: Table, register: Register, collector: Collector) -> pl.DataFrame:
    units = resolve(table, "unit", register.unit_roster, unknown=UNKNOWN_UNIT, collector=collector)
    tell_two_units(table, units, register.unit_roster, collector)
    marks = numbers_in(table, table.known["marks"], collector=collector)
    dates = pl.Series("date", [None], dtype=pl.Date).new_from_index(0, table.body.height)
    if table.has("date"):
        years = pl.Series([register.round.year]).new_from_index(0, table.body.height)
        dates = dates_in(table, table.known["date"], years=years, collector=collector)["date"]
    kinds = _kinds(table, collector)
    rows = pl.DataFrame(
        {
            ROW: table.body[ROW],
            "unit": register.units["unit"].gather(units),
            "kind": kinds,
            "marks": marks["number"],
            "state": marks["state"],
            "reason": table.texts("reason"),
            "node": _nodes(table, register, collector),
            "category": _categories(table, kinds, register, collector),
            "date": dates,
            "evidence": table.texts("evidence"),
        }
    )
    _check(rows, table, collector)
    is_veto = pl.col("kind") == "veto"
    whole = rows.filter(
        pl.col("unit", "kind", "node").is_not_null(),
        pl.col("state") != IS_UNREADABLE,
        pl.col("marks").is_not_null() | is_veto,
    )
    return whole.with_columns(pl.col("marks").abs().fill_null(0.0), *table.source("marks")).select(
        *frames.ADJUSTMENTS
    )


UNKNOWN_KIND: Final = Kind(
    code="QH406",
    severity="error",
    en="{kind!r} is no kind of adjustment",
    zh="“{kind}”不是加减分类型",
    hint_en="write bonus, penalty or veto",
    hint_zh="请写加分（bonus）、扣分（penalty）或一票否决（veto）",
)


def _kinds(table: Table, collector: Collector) -> pl.Series:
    texts = table.texts("kind")
    found = pl.Series("kind", [KINDS.get(plain(text or "")) for text in texts], dtype=pl.String)
    rows = pl.DataFrame({ROW: table.body[ROW], "text": texts}).filter(found.is_null())
    collector.tell(
        UNKNOWN_KIND,
        rows,
        lambda row: table.location_of(row[ROW], "kind"),
        lambda row: {"kind": shown(row["text"])},
    )
    return found


UNKNOWN_NODE: Final = Kind(
    code="QH405",
    severity="error",
    en="the scheme has no node {name!r}{near}",
    zh="方案中没有节点“{name}”{near}",
    hint_en="correct the node; leave it empty for the total",
    hint_zh="请更正节点；计入总分时留空",
)


def _nodes(table: Table, register: Register, collector: Collector) -> pl.Series:
    """Return the code of each row's node; the root where none is written."""
    if not table.has("node"):
        return pl.Series("node", [ROOT]).new_from_index(0, table.body.height)
    column = str(table.known["node"])
    written = pl.Series(column, table.texts("node")).fill_null(ROOT)
    stated = table.with_body(table.body.with_columns(written.alias(column)))
    roster = register.node_roster
    index = resolve(stated, "node", roster, unknown=UNKNOWN_NODE, collector=collector)
    return roster.codes.gather(index)


UNKNOWN_CATEGORY: Final = Kind(
    code="QH659",
    severity="error",
    en="the scheme has no category {name!r} of {kind}{near}",
    zh="方案的{kind}没有“{name}”这一分类{near}",
    hint_en="correct the category, or leave it empty: then only the cap over all holds",
    hint_zh="请更正分类；留空则只受总的上限限制",
)


def _categories(table: Table, kinds: pl.Series, register: Register, collector: Collector) -> pl.Series:
    """Return the code of each row's category, which may be written by its name; null where it has none."""
    none = pl.Series("category", [None], dtype=pl.String).new_from_index(0, table.body.height)
    if not table.has("category"):
        return none
    adjustments = register.scheme.adjustments
    named = {
        (kind, plain(word)): category.code
        for kind in ADJUSTMENT_WORDS
        for category in adjustments.categories_of(kind)
        for word in (category.name, category.code)
    }
    texts = table.texts("category")
    found = pl.Series(
        "category",
        [
            named.get((kind, plain(text))) if kind and text else None
            for kind, text in zip(kinds, texts, strict=True)
        ],
        dtype=pl.String,
    )
    near = {kind: Nearness(word for of, word in named if of == kind) for kind in ADJUSTMENT_WORDS}
    rows = pl.DataFrame({ROW: table.body[ROW], "kind": kinds, "text": texts})
    strange = rows.filter(found.is_null() & kinds.is_not_null() & texts.is_not_null())
    collector.tell(
        UNKNOWN_CATEGORY,
        strange,
        lambda row: table.location_of(row[ROW], "category"),
        lambda row: {
            "name": shown(row["text"]),
            "kind": ADJUSTMENT_WORDS[row["kind"]],
            **near[row["kind"]].facts(row["text"]),
        },
    )
    return found


NEGATIVE_BONUS: Final = Kind(
    code="QH425",
    severity="error",
    en="a bonus of {marks} marks takes marks away",
    zh="加分为 {marks}，实为减分",
    hint_en="write a penalty",
    hint_zh="请改为扣分（penalty）",
)
NO_MARKS: Final = Kind(
    code="QH426",
    severity="error",
    en="the {kind} has no marks",
    zh="{kind}没有填写分值",
    hint_en="fill in its marks",
    hint_zh="请填写分值",
)
NO_REASON: Final = Kind(
    code="QH427",
    severity="warning",
    en="the {kind} for {unit} has no reason",
    zh="{unit}的{kind}没有填写事由",
    hint_en="write down why, so that it can be explained",
    hint_zh="请填写事由，以便解释",
)


def _check(rows: pl.DataFrame, table: Table, collector: Collector) -> None:
    """Add findings for rows that are understood but say too little, or the opposite of their kind."""
    kind, marks = pl.col("kind"), pl.col("marks")
    laws: tuple[tuple[Kind, str, pl.Expr], ...] = (
        (NEGATIVE_BONUS, "marks", (kind == "bonus") & (marks < 0)),
        (
            NO_MARKS,
            "marks",
            (kind != "veto") & marks.is_null() & (pl.col("state") != IS_UNREADABLE),
        ),
        (NO_REASON, "reason", kind.is_not_null() & pl.col("reason").is_null()),
    )
    for law, key, broken in laws:
        for row in rows.filter(broken).head(SHOWN).iter_rows(named=True):
            kind_said = ADJUSTMENT_WORDS.get(row["kind"] or "", Text())
            facts = {"kind": kind_said, "marks": row["marks"], "unit": shown(row["unit"])}
            collector.add(law.at(table.location_of(row[ROW], key), **facts))
