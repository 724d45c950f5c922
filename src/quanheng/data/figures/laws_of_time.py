"""Laws of when figures are of: rows in order, years that belong to the round, days that can be."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import polars as pl

from quanheng.data.cells.numbers import IS_VALUE
from quanheng.data.figures.figures import KEY, Figures, repeated, series_of
from quanheng.data.tables.register import Register
from quanheng.data.tables.table import ROW, Table
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Kind
from quanheng.periods.period import YEAR_OF_NUMBERS, Period

_SLOTS: Final = 16
_OTHERWISE: Final = 10
"""A file is in order if so many steps go one way for each that goes the other."""
_ABOUT: Final = 2
"""Years are about as far from each other if no gap is over so many times another."""


def check_times(figures: Figures, *, collector: Collector) -> None:
    """Add what the periods and days of all versions show; `figures` have one row a key and day."""
    tell_known_too_early(figures, collector)
    tell_rows_out_of_order(figures, collector)
    tell_years_outside(figures, collector)


KNOWN_TOO_EARLY: Final = Kind(
    code="QH441",
    severity="warning",
    en="{item} of {unit} is said to be known on {day}, before {period} began",
    zh="{unit} 的 {item} 知悉日期为 {day}，早于 {period} 开始之日",
    hint_en="check the day and the period",
    hint_zh="请核对知悉日期和期间",
)


def tell_known_too_early(figures: Figures, collector: Collector) -> None:
    """Add a warning for each figure said to be known before its period began."""
    dated = figures.frame.filter(pl.col("known_on").is_not_null())
    numbers = dated["period"].unique()
    starts = [Period.numbered(number).start for number in numbers]
    start = pl.col("period").replace_strict(numbers, starts, return_dtype=pl.Date)
    early = dated.filter(pl.col("known_on") < start)
    collector.tell(
        KNOWN_TOO_EARLY,
        early,
        lambda row: figures.location(row["table"], row["row"], row["column"]),
        lambda row: {"day": row["known_on"], **figures.names(row["item"], row["unit"], row["period"])},
    )


ROW_OUT_OF_ORDER: Final = Kind(
    code="QH446",
    severity="note",
    en="{unit} has {period} after {period_other} here, in a table otherwise in order of time",
    zh="{unit} 的 {period} 排在 {period_other} 之后，而该表其余各行按时间排列",
    hint_en="nothing if only the row moved; check that its period is not mistyped",
    hint_zh="若只是行的位置不同可忽略；请核对期间是否写错",
)


def tell_rows_out_of_order(figures: Figures, collector: Collector) -> None:
    """Add a note for each row that stands before or after its time in a table otherwise in order.

    The periods of one item and unit, of one length, rise from row to row, or fall; revisions are not
    looked at.
    """
    series = [
        pl.col("table"),
        series_of(pl.col(KEY)).alias("series"),
        (pl.col("period") % _SLOTS).alias("length"),
    ]
    rows = figures.frame.filter(~repeated(figures.frame)).select(
        *series, "item", "unit", "period", "row", "column"
    )
    same = pl.all_horizontal(pl.col(name) == pl.col(name).shift() for name in ("table", "series", "length"))
    if rows.filter(same & (pl.col("row") < pl.col("row").shift())).is_empty() and _alike(rows):
        return
    steps = (
        rows.sort("table", "series", "length", "row")
        .with_columns(period_other=pl.col("period").shift(), same=same)
        .filter("same")
        .with_columns(falls=pl.col("period") < pl.col("period_other"))
    )
    counts = steps.group_by("table").agg(fall=pl.col("falls").sum(), rise=(~pl.col("falls")).sum())
    rare = (
        pl.when((pl.col("fall") > 0) & (pl.col("fall") * _OTHERWISE <= pl.col("rise")))
        .then(pl.lit(value=True))
        .when((pl.col("rise") > 0) & (pl.col("rise") * _OTHERWISE <= pl.col("fall")))
        .then(pl.lit(value=False))
    )
    odd = (
        steps.join(counts.with_columns(rare=rare), on="table")
        .filter(pl.col("falls") == pl.col("rare"))
        .unique(["table", "row"], keep="first", maintain_order=True)
        .sort("table", "row")
    )
    collector.tell(
        ROW_OUT_OF_ORDER,
        odd,
        lambda row: figures.tables[row["table"]].location_of(row["row"], "period"),
        lambda row: {
            "unit": figures.register.units["unit"][row["unit"]],
            "period": Period.numbered(row["period"]),
            "period_other": Period.numbered(row["period_other"]),
        },
    )


def _alike(rows: pl.DataFrame) -> bool:
    """Return whether each table has periods of one length only, so that keys are in the order of time."""
    lengths = rows.select("table", "length").unique()
    return lengths.height == lengths["table"].n_unique()


AFTER_ROUND: Final = Kind(
    code="QH447",
    severity="note",
    en="figures of {year} ({count} in this table) lie after the round {round}, which does not look at them",
    zh="该表有 {year} 年的数据 {count} 个，晚于考核期 {round}，计分时不会用到",
    hint_en="nothing if they are for a later round; else correct the period",
    hint_zh="若供以后使用可忽略；否则请更正期间",
)
YEAR_APART: Final = Kind(
    code="QH448",
    severity="note",
    en="figures of {year} ({count} in this table) stand alone: there are none of the year after it",
    zh="该表有 {year} 年的数据 {count} 个，而其后一年没有任何数据",
    hint_en="check that the year is not mistyped",
    hint_zh="请核对年份是否写错",
)


def tell_years_outside(figures: Figures, collector: Collector) -> None:
    """Add a note for each table and year with figures after the round's year, or years apart before it.

    No year is apart where the years are chosen (1995, 2005, 2014): three or more, of which none follows on
    another, about as far from each other.
    """
    year = pl.col("period") // YEAR_OF_NUMBERS
    values = figures.frame.filter(pl.col("state") == IS_VALUE).with_columns(year=year)
    of_round = figures.register.round.year
    years = set(values["year"].unique())
    chosen = _are_chosen(sorted(one for one in years if one <= of_round))
    last = max((one for one in years if one <= of_round), default=of_round)
    while last - 1 in years:
        last -= 1
    _tell_years(AFTER_ROUND, values.filter(pl.col("year") > of_round), figures, collector)
    if not chosen:
        _tell_years(YEAR_APART, values.filter(pl.col("year") < last), figures, collector)


def _are_chosen(years: Sequence[int]) -> bool:
    gaps = [later - earlier for earlier, later in pairwise(years)]
    return len(gaps) > 1 and min(gaps) > 1 and max(gaps) <= _ABOUT * min(gaps)


def _tell_years(kind: Kind, rows: pl.DataFrame, figures: Figures, collector: Collector) -> None:
    found = (
        rows.sort("table", "row")
        .group_by("table", "year", maintain_order=True)
        .agg(pl.col("row").first(), pl.col("period").first(), pl.len().alias("count"))
    )
    for row in found.iter_rows(named=True):
        where = figures.tables[row["table"]].location_of(row["row"], "period")
        facts = {"year": row["year"], "count": row["count"], "round": figures.register.round}
        collector.add(kind.at(where, **facts))


TARGETS_OUTSIDE: Final = Kind(
    code="QH449",
    severity="note",
    en="targets of {year} ({count} rows of this table) are not of the year of the round {round}",
    zh="该表有 {year} 年的目标 {count} 行，不属于考核期 {round} 所在年份",
    hint_en="nothing if they are for another round; else correct the period",
    hint_zh="若供其他考核期使用可忽略；否则请更正期间",
)


def tell_targets_outside(
    rows: pl.DataFrame, tables: Sequence[Table], register: Register, collector: Collector
) -> None:
    """Add a note for each table and year with targets that are not of the round's year."""
    year = pl.col("period") // YEAR_OF_NUMBERS
    outside = rows.with_columns(year=year).filter(pl.col("year") != register.round.year)
    found = (
        outside.sort("table", ROW)
        .group_by("table", "year", maintain_order=True)
        .agg(pl.col(ROW).first(), pl.struct("table", ROW).n_unique().alias("count"))
    )
    for row in found.iter_rows(named=True):
        where = tables[row["table"]].location_of(row[ROW], "period")
        facts = {"year": row["year"], "count": row["count"], "round": register.round}
        collector.add(TARGETS_OUTSIDE.at(where, **facts))
