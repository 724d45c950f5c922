"""Figures: observations as numbers, while they are read and checked, with the cell of each.

A book may hold millions of them; so items, units and periods are numbers until everything is checked, and
texts only at the end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import polars as pl

from quanheng.data.book import frames
from quanheng.data.cells.addresses import letters_of
from quanheng.data.cells.numbers import IS_VALUE
from quanheng.data.tables.register import Register
from quanheng.data.tables.table import Table
from quanheng.findings.finding import Location
from quanheng.findings.value import Value, field
from quanheng.periods.period import Period

SINCE: Final = "since_january"
"""The column that tells whether the period of a row counts the months from January."""
SCHEMA: Final[frames.Schema] = {
    "item": pl.UInt32,  # index into the scheme's items
    "unit": pl.UInt32,  # index into the book's units
    "period": pl.UInt32,  # Period.number
    "value": pl.Float64,
    "known_on": pl.Date,  # null: from the beginning
    "state": pl.UInt8,  # IS_VALUE, IS_MISSING, IS_NOT_APPLICABLE
    "table": pl.UInt32,  # index into the tables
    "row": pl.UInt32,
    "column": pl.UInt32,
    SINCE: pl.Boolean,  # the period was written as the months from January
}
READINGS: Final[frames.Schema] = {
    "item": pl.UInt32,
    "unit": pl.UInt32,
    "date": pl.Date,
    "hour": pl.UInt8,  # of readings by day 0
    "value": pl.Float64,
    "known_on": pl.Date,
    "state": pl.UInt8,
    "table": pl.UInt32,
    "row": pl.UInt32,
    "column": pl.UInt32,
}
KEY: Final = "key"
"""Item, unit and period in one number: figures of one item and unit lie together in the order of periods."""
_BITS_OF_PERIOD: Final = 20
_BITS_OF_UNIT: Final = 28
STATES: Final = (frames.VALUE, frames.MISSING, frames.NOT_APPLICABLE)
"""The words for the states of cells, in the order of their codes."""


class Figures(Value):
    """Figures, the tables they were read from, and what they refer to.

    `frame` has the columns of `SCHEMA` and `key`, and is sorted by it; repeated keys stand as they were read.
    `readings` are those of days and hours, which are no figures of periods (`readings.py`).
    """

    frame: pl.DataFrame
    tables: tuple[Table, ...]
    register: Register
    readings: pl.DataFrame = field(default_factory=lambda: frames.empty(READINGS))

    def location(self, table: int, row: int, column: int) -> Location:
        """Return the location of a figure."""
        return self.tables[table].location(row, column)

    def names(self, item: int, unit: int, period: int) -> dict[str, str]:
        """Return the facts `item`, `unit` and `period` of a finding."""
        return {
            "item": self.register.item(item).code,
            "unit": self.register.units["unit"][unit],
            "period": str(Period.numbered(period)),
        }


def figures_of(parts: Sequence[pl.DataFrame], tables: Sequence[Table], register: Register) -> Figures:
    """Return the figures in `parts` (each with the columns of `SCHEMA`), read from `tables`."""
    key = (
        pl.col("item").cast(pl.UInt64) * 2 ** (_BITS_OF_UNIT + _BITS_OF_PERIOD)
        + pl.col("unit").cast(pl.UInt64) * 2**_BITS_OF_PERIOD
        + pl.col("period")
    )
    frame = pl.concat([frames.empty(SCHEMA), *parts]).with_columns(key.alias(KEY))
    return Figures(frame=frame.sort(KEY, maintain_order=True), tables=tuple(tables), register=register)


def series_of(key: pl.Expr) -> pl.Expr:
    """Return what is the same for all figures of one item and unit."""
    return key // 2**_BITS_OF_PERIOD


def repeated(frame: pl.DataFrame) -> pl.Series:
    """Return which rows of a frame sorted by key have a key that stands in a row before."""
    return frame.select((pl.col(KEY) == pl.col(KEY).shift()).fill_null(value=False)).to_series()


def values_of(figures: Figures, items: Sequence[int]) -> pl.DataFrame:
    """Return the rows with a value of `items`, one for each key, in the order of keys."""
    rows = figures.frame.filter((pl.col("state") == IS_VALUE) & pl.col("item").is_in(items))
    return rows.filter(~repeated(rows))


def with_frame(figures: Figures, frame: pl.DataFrame) -> Figures:
    """Return `figures` with other rows, sorted by their keys."""
    return replace(figures, frame=frame)


def observations_of(figures: Figures) -> pl.DataFrame:
    """Return `figures` as the observations of a book, one a key."""
    return versions_of(figures).drop("known_on")


def versions_of(figures: Figures) -> pl.DataFrame:
    """Return `figures` as the versions of a book's observations."""
    parts = [
        _written(own, table, figures.register)
        for number, table in enumerate(figures.tables)
        if (own := figures.frame.filter(pl.col("table") == number)).height
    ]
    return pl.concat([frames.empty(frames.VERSIONS), *parts])


def _written(frame: pl.DataFrame, table: Table, register: Register) -> pl.DataFrame:
    """Return the figures of one table with texts for numbers."""
    numbers = frame["period"].unique()
    periods = pl.Series([str(Period.numbered(number)) for number in numbers], dtype=pl.String)
    row = pl.col("row").cast(pl.String)
    if table.sheet is None:
        cell = pl.concat_str(row, pl.lit(":"), texts_at("column", table.headings))
    else:
        cell = pl.concat_str(texts_at("column", [letters_of(n) for n in range(len(table.headings))]), row)
    return frame.select(
        item=texts_at("item", register.item_roster.codes),
        unit=texts_at("unit", register.units["unit"]),
        period=pl.col("period").replace_strict(numbers, periods, return_dtype=pl.String),
        value="value",
        state=texts_at("state", STATES),
        file=pl.lit(table.file),
        sheet=pl.lit(table.sheet, dtype=pl.String),
        cell=cell,
        known_on="known_on",
    )


def texts_at(column: str, names: Sequence[str] | pl.Series) -> pl.Expr:
    """Return a column of the `names` at the numbers in `column`, under its name."""
    return pl.lit(pl.Series(names, dtype=pl.String)).gather(pl.col(column)).alias(column)
