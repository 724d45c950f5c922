"""Dates as numbers: days since 1970-01-01, and days of the year moved into the round's year (time §3)."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import Final

import narwhals as nw

_EPOCH: Final = dt.date(1970, 1, 1)
_LEAP_DAY: Final = 60
"""29 February is the 60th day of its year, as 1 March is of a common year."""


def days_of(date: dt.date) -> int:
    """Return the days since 1970-01-01.

    Examples:
        >>> days_of(dt.date(2023, 3, 12))
        19428
    """
    return (date - _EPOCH).days


def days_in(dates: nw.Expr) -> nw.Expr:
    """Return the days since 1970-01-01 of a column of dates (from the year 1 on), as floats.

    Counted from the year and the day in it, which every engine knows alike.
    """
    year = dates.dt.year().cast(nw.Float64())
    before = year - 1.0
    leap_days = (before / 4.0).floor() - (before / 100.0).floor() + (before / 400.0).floor()
    return before * 365.0 + leap_days + dates.dt.ordinal_day().cast(nw.Float64()) - float(_DAYS_BEFORE_EPOCH)


_DAYS_BEFORE_EPOCH: Final = _EPOCH.toordinal()


def day_of_year(days: nw.Expr, *, year: int, round_year: int) -> nw.Expr:
    """Return days since 1970-01-01 as the day (1 January is 1) of a date of `year` moved into `round_year`.

    12 March stays 12 March whether or not one of the years has a leap day; 29 February becomes 1 March in a
    year without one. A date outside of `year` keeps its distance: 28 December before it is -3.
    """
    day = days - float(days_of(dt.date(year, 1, 1)) - 1)
    shift = int(calendar.isleap(round_year)) - int(calendar.isleap(year))
    if shift == 0:
        return day
    moved = day >= float(_LEAP_DAY + int(calendar.isleap(year)))
    return nw.when(moved).then(day + float(shift)).otherwise(day)


def day_of_calendar(dates: nw.Expr, *, round_year: int) -> nw.Expr:
    """Return the day of `round_year` (1 January is 1) with the month and day of a column of dates.

    Examples:
        >>> import polars as pl
        >>> frame = nw.from_native(pl.DataFrame({"opened": [dt.date(1998, 3, 12), dt.date(2000, 2, 29)]}))
        >>> frame.select(day=day_of_calendar(nw.col("opened"), round_year=2023))["day"].to_list()
        [71.0, 60.0]
    """
    month = dates.dt.month()
    first = nw.lit(0.0)
    for number in range(2, 13):
        days_before = days_of(dt.date(round_year, number, 1)) - days_of(dt.date(round_year, 1, 1))
        first = nw.when(month >= number).then(nw.lit(float(days_before))).otherwise(first)
    return first + dates.dt.day().cast(nw.Float64())
