"""Spells: from which day to which a unit exists, and in which group; who there is on a day (units §1)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Final

import narwhals as nw
import polars as pl

from quanheng.data.book.book import Book
from quanheng.data.book.frames import Frame

FROM: Final = "spell|from"
TO: Final = "spell|to"
INTO: Final = "spell|into"
"""Beside the columns of the units: the first and last day of a spell (null: no limit), and what the unit
becomes a part of."""


def in_force(spells: Frame, day: dt.date) -> Frame:
    """Return the units that exist on `day`, as they are then: the columns of the units.

    Examples:
        >>> spells = pl.DataFrame(
        ...     {
        ...         "unit": ["A", "A", "B"],
        ...         "group": ["towns", "parks", "towns"],
        ...         FROM: [None, dt.date(2023, 7, 1), None],
        ...         TO: [dt.date(2023, 6, 30), None, dt.date(2022, 12, 31)],
        ...         INTO: [None, None, "A"],
        ...     }
        ... )
        >>> in_force(nw.from_native(spells, eager_only=True), dt.date(2023, 12, 31)).rows()
        [('A', 'parks')]
    """
    return spells.filter(is_in_force(day)).drop(FROM, TO, INTO)


def is_in_force(day: dt.date) -> nw.Expr:
    """Return whether a spell has begun by `day` and has not ended before it."""
    first, last = nw.col(FROM), nw.col(TO)
    return (first.is_null() | (first <= day)) & (last.is_null() | (last >= day))


def book_on(book: Book, day: dt.date) -> Book:
    """Return `book` with the units that exist on `day`, each in its group of then.

    Its spells stay: of another day it says what `book` does.
    """
    return book if book.spells is None else replace(book, units=in_force(book.spells, day))


def without_unit(book: Book, unit: str) -> Book:
    """Return `book` as if there were no such unit."""
    others = nw.col("unit") != unit
    spells = None if book.spells is None else book.spells.filter(others)
    return replace(book, units=book.units.filter(others), spells=spells)


def roster_of(spells: pl.DataFrame, day: dt.date) -> pl.DataFrame:
    """Return each unit once, in the order of its first row: as it is on `day`, else before, else after it."""
    first = pl.col(FROM).fill_null(dt.date.min)
    last = pl.col(TO).fill_null(dt.date.max)
    # those in force first, then those that ended last, then those that will begin first
    rank = pl.when(last < day).then(1).when(first > day).then(2).otherwise(0)
    until, since = (pl.lit(day) - last).dt.total_days(), (first - pl.lit(day)).dt.total_days()
    days = pl.when(last < day).then(until).when(first > day).then(since).otherwise(0)
    numbered = spells.with_row_index("order").with_columns(
        rank=rank, days=days, at=pl.col("order").min().over("unit")
    )
    chosen = numbered.sort("at", "rank", "days", "order").unique("unit", keep="first", maintain_order=True)
    return chosen.select(spells.columns)
