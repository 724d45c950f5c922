"""Columns of a ledger: typed as columns of units are, and alike in all its sheets.

What does not apply (`/`, `不适用`) is no text of a record but nothing, as it is in a column of dates.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import polars as pl

from quanheng.data.cells.numbers import NOT_APPLICABLE_FORMS
from quanheng.data.cells.times import times_in
from quanheng.data.tables.column_types import Content, typed_column
from quanheng.data.tables.table import Table, texts_of
from quanheng.data.telling.half_width import half_width
from quanheng.findings.collector import Collector

_LAST_SECOND: Final = 86_399
_LONGEST_FORM: Final = max(map(len, NOT_APPLICABLE_FORMS))


def record_column(table: Table, column: int, *, expected: Content, collector: Collector) -> pl.Series:
    """Return a column of records as Date, Datetime, Float64 or String; null where nothing is or applies.

    It is Datetime where some cell has a time of day; a date that has none stands there at midnight.
    """
    typed = typed_column(table, column, expected=expected, collector=collector)
    if typed.dtype == pl.String:
        return what_applies(typed)
    return _with_times(typed, table.body[str(column)]) if typed.dtype == pl.Date else typed


def _with_times(dates: pl.Series, cells: pl.Series) -> pl.Series:
    if cells.dtype == pl.Date:
        return dates
    if cells.dtype == pl.Datetime:
        own = cells.dt.replace_time_zone(None)
        seconds = own.dt.hour().cast(pl.Int32) * 3600 + own.dt.minute().cast(pl.Int32) * 60 + own.dt.second()
    else:
        seconds = times_in(texts_of(cells))
    if not (seconds > 0).any():
        return dates
    last = pl.min_horizontal(pl.col("second").fill_null(0), _LAST_SECOND)  # 24:00 is the end of its day
    frame = pl.DataFrame([dates.alias("date"), seconds.alias("second")])
    moment = pl.col("date").cast(pl.Datetime("us")) + pl.duration(seconds=last)
    return frame.select(moment.alias(dates.name)).to_series()


def what_applies(texts: pl.Series) -> pl.Series:
    """Return `texts` without those that say that something does not apply."""
    not_applying = does_not_apply(texts).alias(" none")
    if not not_applying.any():
        return texts
    own = pl.col(texts.name)
    return pl.DataFrame([texts, not_applying]).select(pl.when(~pl.col(" none")).then(own)).to_series()


def does_not_apply(texts: pl.Series) -> pl.Series:
    """Return whether each text is one of those that say so, such as `/` and `—`; null for no text."""
    # the forms are short, and few different texts are: only these are looked at closely
    short = texts.filter(texts.str.len_chars() <= _LONGEST_FORM).unique()
    tidy = half_width(pl.col("raw")).str.strip_chars().str.to_lowercase()
    forms = short.alias("raw").to_frame().filter(tidy.is_in(NOT_APPLICABLE_FORMS))["raw"]
    if forms.is_empty():  # as nearly always
        return pl.select(pl.when(pl.lit(texts.is_not_null())).then(pl.lit(value=False))).to_series()
    return texts.is_in(forms.implode())


def of_one_type(parts: Sequence[pl.DataFrame]) -> list[pl.DataFrame]:
    """Return the records of several sheets so that each column holds the same sort of thing in all.

    A column in which a sheet has nothing takes what the other sheets hold: an empty one tells nothing.
    """
    held: dict[str, pl.DataType] = {}
    for part in parts:
        for name, dtype in part.schema.items():
            if part[name].null_count() < part.height:
                held.setdefault(name, dtype)
    return [
        part.with_columns(
            pl.lit(None, dtype=held[name]).alias(name)
            for name in part.columns
            if name in held and part[name].null_count() == part.height
        )
        for part in parts
    ]
