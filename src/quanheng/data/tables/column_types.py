"""Columns of units and ledgers, typed by what they hold: dates, numbers, else texts.

A scheme may say what it expects of a column, by summing it or comparing it with a day; then a cell that is
not so is a finding. A code such as `0012` is a text, for a number would lose its zeros.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

import polars as pl

from quanheng.data.cells.dates import read_dates
from quanheng.data.cells.numbers import IS_UNREADABLE, IS_VALUE, read_figures, read_numbers
from quanheng.data.tables.marks import tell_sentinels, without_marks
from quanheng.data.tables.rows import dates_in, numbers_in, per_cent_settled
from quanheng.data.tables.table import Table, texts_of
from quanheng.findings.collector import Collector

Content: TypeAlias = Literal["anything", "number", "date", "text"]
"""What is expected of a column."""

_SAMPLE: Final = 50
_DIGIT: Final = r"\d"
_LEADING_ZERO: Final = r"^\s*0\d"


def typed_column(table: Table, column: int, *, expected: Content, collector: Collector) -> pl.Series:
    """Return a column as Date, Float64 or String, by what is `expected` of it or else by what it holds.

    In a column of dates or numbers an empty cell and one that does not apply are null.
    """
    cells = table.body[str(column)]
    match expected:
        case "number":
            meant = numbers_in(table, column, collector=collector)
            tell_sentinels(meant["number"], table, column, collector)
            return per_cent_settled(meant, in_per_cent=False)
        case "date" if cells.dtype in (pl.Date, pl.Datetime):
            return cells.cast(pl.Date)
        case "date":
            return dates_in(table, column, collector=collector)["date"]
        case "text":
            return texts_of(without_marks(cells, table))
        case "anything":
            return _by_content(without_marks(cells, table))


def _by_content(cells: pl.Series) -> pl.Series:
    if cells.dtype.is_numeric():
        meant = read_figures(cells)
        # keys and account numbers are texts, whose digits all count
        return texts_of(cells) if IS_UNREADABLE in meant["state"] else meant["number"]
    if cells.dtype in (pl.Date, pl.Datetime):
        return cells.cast(pl.Date)
    texts = texts_of(cells)
    if not any(part.str.contains(_DIGIT).any() for part in (texts.head(_SAMPLE), texts)):
        return texts  # neither a date nor a number is without one
    return next((read for read in (_as_dates(texts), _as_numbers(texts)) if read is not None), texts)


def _as_dates(texts: pl.Series) -> pl.Series | None:
    """Return `texts` as dates, or None if one is no date or none is one."""
    sample = read_dates(texts.drop_nulls().head(_SAMPLE))["state"]
    if IS_UNREADABLE in sample:
        return None
    dates = read_dates(texts)
    return None if IS_UNREADABLE in dates["state"] or IS_VALUE not in dates["state"] else dates["date"]


def _as_numbers(texts: pl.Series) -> pl.Series | None:
    """Return `texts` as numbers, or None if one is no number or none is one."""
    sample = read_numbers(texts.head(_SAMPLE))["state"]
    if IS_UNREADABLE in sample or texts.str.contains(_LEADING_ZERO).any():
        return None
    numbers = read_numbers(texts)
    if IS_UNREADABLE in numbers["state"] or IS_VALUE not in numbers["state"]:
        return None
    return per_cent_settled(numbers, in_per_cent=False)
