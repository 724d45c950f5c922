"""What readers of tables share: rows that name units and periods, and cells that must be numbers or dates."""

from __future__ import annotations

import polars as pl

from quanheng.data.cells.dates import read_dates
from quanheng.data.cells.numbers import IS_UNREADABLE, is_beyond, read_figures, read_numbers
from quanheng.data.tables.calendars import FIRST_YEAR, LAST_YEAR, in_range, odd_date, odd_period
from quanheng.data.tables.marks import with_date_marks_settled, with_marks_settled
from quanheng.data.tables.table import ROW, Table, texts_of
from quanheng.data.telling.findings import (
    AMBIGUOUS_NAME,
    BEYOND_RANGE,
    EMPTY_KEY,
    NOT_A_DATE,
    NOT_A_NUMBER,
    NOT_A_PERIOD,
)
from quanheng.data.telling.names import Nearness, Roster, shown
from quanheng.findings.collector import SHOWN, Collector
from quanheng.findings.errors import DataError
from quanheng.findings.finding import Kind
from quanheng.periods.period import Period, parse_period
from quanheng.scheme.formulas.numbers import DIGITS


def resolve(table: Table, key: str, roster: Roster, *, unknown: Kind, collector: Collector) -> pl.Series:
    """Return for each row the index in `roster` of what its column `key` names; null and a finding if none.

    A stranger is told once for a table, by a finding `unknown` (its fact is `name`) that offers the nearest.
    """
    texts = table.texts(key)
    found = roster.find(texts)
    if not found.index.has_nulls():
        return found.index
    rows = pl.DataFrame({ROW: table.body[ROW], "text": texts}).filter(found.index.is_null())
    heading = shown(table.headings[table.known[key]])
    collector.tell(
        EMPTY_KEY,
        rows.filter(pl.col("text").is_null()),
        lambda row: table.location_of(row[ROW], key),
        lambda _: {"heading": heading},
    )
    strangers = rows.drop_nulls("text").group_by("text", maintain_order=True).agg(pl.col(ROW).first())
    near = Nearness(roster.words())
    for text, row in strangers.head(SHOWN).iter_rows():
        where = table.location_of(row, key)
        if meanings := found.ambiguous.get(text):
            facts = {"name": shown(text), "first": meanings[0], "second": meanings[1]}
            collector.add(AMBIGUOUS_NAME.at(where, **facts))
        else:
            collector.add(unknown.at(where, name=shown(text), **near.facts(text)))
    collector.count(unknown, max(0, strangers.height - SHOWN))
    return found.index


def resolve_periods(
    table: Table, round_: Period, *, blank: Period | None, collector: Collector, year: int | None = None
) -> pl.Series:
    """Return the number of each row's period; null and a finding where the text is none.

    Without such a column every row is of the `round_`. An empty cell means `blank`; if that is None it is a
    finding. A part of a year, `6月`, is of `year`, and no period without one.
    """
    if not table.has("period"):
        return pl.Series("period", [round_.number], dtype=pl.UInt32).new_from_index(0, table.body.height)
    texts = table.texts("period")
    numbers: dict[str, int] = {}
    for text in texts.drop_nulls().unique():
        try:
            period = parse_period(text, year=year)
        except DataError:
            continue
        if in_range(period.year):
            numbers[text] = period.number
    meant = texts.to_frame("text").select(
        pl.col("text")
        .replace_strict(list(numbers), list(numbers.values()), default=None, return_dtype=pl.UInt32)
        .alias("period")
    )["period"]
    if blank is not None:
        meant = meant.to_frame().select(
            pl.when(pl.lit(texts).is_null())
            .then(blank.number)
            .otherwise("period")
            .cast(pl.UInt32)
            .alias("period")
        )["period"]
    rows = pl.DataFrame({ROW: table.body[ROW], "text": texts}).filter(meant.is_null())
    for row, text in rows.head(SHOWN).iter_rows():
        where = table.location_of(row, "period")
        if text is None:
            heading = table.headings[table.known["period"]]
            collector.add(EMPTY_KEY.at(where, heading=shown(heading)))
        else:
            collector.add(odd_period(text, where))
    collector.count(NOT_A_PERIOD, max(0, rows.height - SHOWN))
    return meant


def numbers_in(table: Table, column: int, *, collector: Collector) -> pl.DataFrame:
    """Return what a column of `table` means as numbers: number, per_cent, state; what is none is told."""
    cells = table.body[str(column)]
    numeric = cells.dtype.is_numeric()
    meant = read_figures(cells) if numeric else read_numbers(cells.cast(pl.String))
    meant = with_marks_settled(meant, table, column, collector)
    wrong = meant["state"] == IS_UNREADABLE
    if wrong.any():
        rows = table.body.filter(wrong).select(ROW, pl.col(str(column)).cast(pl.String))
        texts = rows[str(column)].unique()
        far = rows[str(column)].is_in([text for text in texts.to_list() if is_beyond(text)])
        for kind, told in ((NOT_A_NUMBER, rows.filter(~far)), (BEYOND_RANGE, rows.filter(far))):
            collector.tell(
                kind,
                told,
                lambda row: table.location(row[ROW], column),
                lambda row: {"text": shown(row[str(column)])},
            )
    return meant


def dates_in(
    table: Table, column: int, *, collector: Collector, years: pl.Series | None = None, serial: bool = True
) -> pl.DataFrame:
    """Return what a column of `table` means as dates: date, state; what is none is told."""
    meant = read_dates(texts_of(table.body[str(column)]), years=years, serial=serial)
    meant = with_date_marks_settled(meant, table, column, collector)
    year = meant["date"].dt.year()
    far = (~year.is_between(FIRST_YEAR, LAST_YEAR)).fill_null(value=False)
    wrong = (meant["state"] == IS_UNREADABLE) | far
    if wrong.any():
        rows = table.body.filter(wrong).select(ROW, pl.col(str(column)).cast(pl.String))
        for row, text in rows.head(SHOWN).iter_rows():
            collector.add(odd_date(text, table.location(row, column)))
        collector.count(NOT_A_DATE, max(0, rows.height - SHOWN))
    return meant


def per_cent_settled(meant: pl.DataFrame, *, in_per_cent: bool) -> pl.Series:
    """Return the numbers of `meant`: what was written with % is a fraction unless measured `in_per_cent`."""
    if in_per_cent or not meant["per_cent"].any():
        return meant["number"]
    number = pl.col("number")
    return meant.select(
        pl.when("per_cent").then((number / 100).round_sig_figs(DIGITS)).otherwise(number).alias("number")
    ).to_series()
