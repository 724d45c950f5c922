"""Dates in cells: `2023-03-18`, `20230318`, `2023年3月18日`, `3月18日`, a spreadsheet's number."""

from __future__ import annotations

import datetime as dt
from typing import Final

import polars as pl

from quanheng.data.cells.numbers import (
    IS_MISSING,
    IS_NOT_APPLICABLE,
    IS_UNREADABLE,
    IS_VALUE,
    NOT_APPLICABLE_FORMS,
)
from quanheng.findings.patterns import bounded
from quanheng.periods.widths import to_half_width

_FULL: Final = bounded(
    r"([12]\d{3})(?:年(\d{1,2})月(\d{1,2})日?|([-/.])(\d{1,2})\4(\d{1,2})|(\d{2})(\d{2}))"
    r"(?:[T ]?(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?|[T ]?24:00(?::00)?"
    r"|(?: |(?<=日) ?)(?:24[时点](?:00?分)?|(?:[01]?\d|2[0-3])[时点](?:[0-5]?\d分(?:[0-5]?\d秒)?)?))?"
)
_MOMENT: Final = r"^(\d{4}[-/]\d{1,2}[-/]\d{1,2})[T ](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?$"
_IN_YEAR: Final = bounded(r"(\d{1,2})月(\d{1,2})日?")
_SERIAL: Final = bounded(r"([2-7]\d{4})(?:\.\d+)?")
_SERIAL_ZERO: Final = dt.date(1899, 12, 30)
_LONGEST: Final = 40


def parse_date(text: str, *, year: int | None = None, serial: bool = False) -> dt.date | None:
    """Return the date `text` names, or None if it names none.

    A time of day after the date is left off (`times.py` reads it). `3月18日` is of `year`, and no date
    without one. With `serial`, a number from 20000 to 79999 is the date a spreadsheet keeps under it (1954 to
    2119).

    Examples:
        >>> parse_date("３月１８日", year=2023)
        datetime.date(2023, 3, 18)
        >>> parse_date("45003", serial=True)
        datetime.date(2023, 3, 18)
    """
    if len(text) > _LONGEST:
        return None
    tidy = to_half_width(text).strip()
    if found := _FULL.fullmatch(tidy):
        month, day = (found[2] or found[5] or found[7]), (found[3] or found[6] or found[8])
        return _date(int(found[1]), int(month), int(day))
    if year is not None and (found := _IN_YEAR.fullmatch(tidy)):
        return _date(year, int(found[1]), int(found[2]))
    if serial and (found := _SERIAL.fullmatch(tidy)):
        return _SERIAL_ZERO + dt.timedelta(days=int(found[1]))
    return None


def read_dates(cells: pl.Series, *, years: pl.Series | None = None, serial: bool = False) -> pl.DataFrame:
    """Return what the texts `cells` mean as dates, row by row: `date` (Date) and `state` as in `cells`.

    `years` gives the year of each row for dates without one; `serial` is as in `parse_date`.

    Examples:
        >>> read_dates(pl.Series(["2023年3月18日", "/", "spring", None])).rows()
        [(datetime.date(2023, 3, 18), 0), (None, 2), (None, 3), (None, 1)]
    """
    given = pl.lit(None) if years is None else years
    # of a million moments few days are different, and only different texts are looked at one by one
    day = pl.col("text").str.replace(_MOMENT, "$1")
    frame = pl.DataFrame({"text": cells}).with_columns(day.alias("text"), year=given.cast(pl.Int32))
    different = frame.drop_nulls("text").unique()
    meant = [_meaning(text, year, serial=serial) for text, year in different.rows()]
    meaning = different.with_columns(
        pl.Series("date", [date for date, _ in meant], dtype=pl.Date),
        pl.Series("state", [state for _, state in meant], dtype=pl.UInt8),
    )
    return frame.join(
        meaning, on=["text", "year"], how="left", maintain_order="left", nulls_equal=True
    ).select("date", pl.col("state").fill_null(IS_MISSING))


def _meaning(text: str, year: int | None, *, serial: bool) -> tuple[dt.date | None, int]:
    date = parse_date(text, year=year, serial=serial)
    if date is not None:
        return date, IS_VALUE
    tidy = to_half_width(text).strip().lower()
    if not tidy:
        return None, IS_MISSING
    return None, IS_NOT_APPLICABLE if tidy in NOT_APPLICABLE_FORMS else IS_UNREADABLE


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
