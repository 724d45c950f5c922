"""Periods that stand in headings: `1月`, `2022年`, `产值（2022年）`."""

from __future__ import annotations

from typing import Final

import polars as pl

from quanheng.data.figures.figures import SINCE
from quanheng.data.tables.around.time import CONTRADICTING, TableTime
from quanheng.data.tables.calendars import in_range
from quanheng.data.tables.headings import without_measure
from quanheng.data.tables.register import Register
from quanheng.data.tables.table import ROW, Table
from quanheng.data.telling.names import shown
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Location
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.periods.period import YEAR_OF_NUMBERS, Period
from quanheng.periods.spellings import Spelled, spelled

HEADING: Final = Text(en="the heading", zh="表头")
COLUMN: Final = Text(en="the column of periods", zh="期间列")


def period_of(said: Spelled, year: int) -> Period:
    """Return the period that a heading says, of `year` if it says none."""
    return Period(year=said.year or year, first_month=said.first_month, length_months=said.length_months)


class Saying(Value):
    """A text that says of which period figures are: a heading, or the name of an item in a row."""

    said: Spelled
    words: str
    where: Location


def with_said(
    keys: pl.DataFrame, table: Table, saying: Saying, time: TableTime, collector: Collector
) -> pl.DataFrame:
    """Return `keys`, rows of `table`, with the period that a text says.

    Beside a column of years, `1月` is of the year of its row. Rows of another period than the text's are
    told, and have none.
    """
    period = period_of(saying.said, time.year)
    since = pl.lit(saying.said.since_january).alias(SINCE)
    if not table.has("period"):
        return keys.with_columns(since, period=pl.lit(period.number, dtype=pl.UInt32))
    row = pl.col("period")
    january = row // YEAR_OF_NUMBERS * YEAR_OF_NUMBERS
    own = january + period.number % YEAR_OF_NUMBERS
    whole_year = january + Period(year=period.year).number % YEAR_OF_NUMBERS
    agrees = (row == own) | (row == whole_year)
    if saying.said.year is not None:
        agrees &= row // YEAR_OF_NUMBERS == saying.said.year
    odd = keys.filter(~agrees)
    if odd.height:
        texts = table.texts("period").filter(table.body[ROW] == odd[ROW][0])
        facts = {"one": shown(saying.words), "second": COLUMN, "other": shown(texts[0])}
        collector.add(CONTRADICTING.at(saying.where, first=HEADING, **facts))
    return keys.with_columns(since, period=pl.when(agrees).then(own).cast(pl.UInt32))


def periods_across(table: Table, register: Register) -> dict[int, Saying]:
    """Return by column the periods that headings of `table` are: `2021`, `1月`, `2023-Q1`.

    A unit's code is no month without a year: MAR is Morocco where Morocco is a unit.
    """
    found: dict[int, Saying] = {}
    headings = pl.Series([table.headings[column] for column in table.others], dtype=pl.String)
    units = register.unit_roster.find(headings).index
    for column, unit in zip(table.others, units, strict=True):
        heading = table.headings[column]
        said = spelled(heading) or spelled(without_measure(heading)[0])
        if said is not None and (unit is None if said.year is None else in_range(said.year)):
            found[column] = Saying(said=said, words=heading, where=table.heading_place(column))
    return found
