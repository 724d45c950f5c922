"""Deadlines of records: which are open, overdue or due soon on a day; predicates over the rows of a ledger.

A day counts to its end. A record closed on the day is not open any more, one due on the day is not yet
overdue. A record without a due date is never overdue, one without an opening date was always there.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

import narwhals as nw

from quanheng.engine.frame.days import days_in, days_of
from quanheng.scheme.ledgers.ledger import Ledger

OPEN: Final = "open"
DUE_SOON: Final = "due_soon"
OVERDUE: Final = "overdue"
CLOSED: Final = "closed"
LATER: Final = "later"
"""It is opened after the day."""
RECORDS: Final = "records"
DAYS_LEFT: Final = "days_left"


def is_open(ledger: Ledger, on: dt.date) -> nw.Expr:
    """Return whether something is owed on a record on the day `on`; never null.

    It is open from its opening date until its closing date. In a ledger without a column for the latter it
    is open while its state is not one of `done`; states are known as they are now, whatever the day.
    """
    opened = _always(ledger) if ledger.opened is None else ~_after(ledger.opened, on)
    return opened & ~is_closed(ledger, on)


def is_closed(ledger: Ledger, on: dt.date) -> nw.Expr:
    """Return whether nothing is owed any more on a record on the day `on`; never null.

    Its closing date is not after the day. In a ledger without a column for it the state says so, which is
    known as it is now, whatever the day.
    """
    if ledger.closed is not None:
        return ~nw.col(ledger.closed).is_null() & ~_after(ledger.closed, on)
    if ledger.states is not None:
        return nw.col(ledger.states.column).is_in(list(ledger.states.done)).fill_null(value=False)
    return _never(ledger)


def is_overdue(ledger: Ledger, on: dt.date) -> nw.Expr:
    """Return whether a record is open on the day `on` and was due before it; never null.

    Examples:
        >>> import polars as pl
        >>> from quanheng.findings.text import Text
        >>> ledger = Ledger(code="tasks", name=Text(), due="due_on", closed="closed_on")
        >>> day = dt.date(2023, 6, 30)
        >>> tasks = {"unit": ["T1", "T2"], "due_on": [day, day], "closed_on": [None, dt.date(2023, 7, 9)]}
        >>> frame = nw.from_native(pl.DataFrame(tasks, schema_overrides={"closed_on": pl.Date}))
        >>> [len(frame.filter(is_overdue(ledger, dt.date(2023, 7, number)))) for number in (1, 8, 9)]
        [2, 2, 1]
    """
    if ledger.due is None:
        return _never(ledger)
    return is_open(ledger, on) & _before(ledger.due, on)


def is_due_soon(ledger: Ledger, on: dt.date, days: int) -> nw.Expr:
    """Return whether a record is open on the day `on` and due on it or within `days` days; never null."""
    if ledger.due is None:
        return _never(ledger)
    late = _after(ledger.due, on + dt.timedelta(days=days)) | _before(ledger.due, on)
    return is_open(ledger, on) & ~late & ~nw.col(ledger.due).is_null()


def days_left(ledger: Ledger, on: dt.date) -> nw.Expr:
    """Return the days from `on` to a record's due date, negative if it has passed; null without one."""
    if ledger.due is None:
        return nw.lit(None, dtype=nw.Float64())
    return days_in(nw.col(ledger.due)) - float(days_of(on))


def standing(ledger: Ledger, on: dt.date, *, soon: int) -> nw.Expr:
    """Return how each record stands on the day `on`, from `OPEN` to `LATER`; due soon `soon` days ahead."""
    later = _never(ledger) if ledger.opened is None else _after(ledger.opened, on)
    return (
        nw.when(is_closed(ledger, on))
        .then(nw.lit(CLOSED))
        .when(later)
        .then(nw.lit(LATER))
        .when(is_overdue(ledger, on))
        .then(nw.lit(OVERDUE))
        .when(is_due_soon(ledger, on, soon))
        .then(nw.lit(DUE_SOON))
        .otherwise(nw.lit(OPEN))
    )


def tallies(
    records: nw.DataFrame[Any], ledger: Ledger, on: dt.date, *, soon: int, by: str | None = None
) -> nw.DataFrame[Any]:
    """Return how many records each unit has on the day `on`: unit, records, open, due_soon, overdue; sorted.

    Records opened later are not counted; what is due soon or overdue is open, too. Units without a record
    have no row. `by` names another column than the ledger's units.
    """
    key = by or ledger.unit
    there = _always(ledger) if ledger.opened is None else ~_after(ledger.opened, on)
    marked = records.filter(there & ~nw.col(key).is_null()).select(
        nw.col(key).alias("unit"),
        is_open(ledger, on).cast(nw.Int64()).alias(OPEN),
        is_due_soon(ledger, on, soon).cast(nw.Int64()).alias(DUE_SOON),
        is_overdue(ledger, on).cast(nw.Int64()).alias(OVERDUE),
    )
    counts = (nw.col(name).sum() for name in (OPEN, DUE_SOON, OVERDUE))
    return marked.group_by("unit").agg(nw.len().cast(nw.Int64()).alias(RECORDS), *counts).sort("unit")


def _after(column: str, on: dt.date) -> nw.Expr:
    return (nw.col(column).cast(nw.Date()) > nw.lit(on)).fill_null(value=False)


def _before(column: str, on: dt.date) -> nw.Expr:
    return (nw.col(column).cast(nw.Date()) < nw.lit(on)).fill_null(value=False)


def _never(ledger: Ledger) -> nw.Expr:
    # of a column, for a constant alone has no rows
    return nw.col(ledger.unit).is_null() & nw.lit(value=False)


def _always(ledger: Ledger) -> nw.Expr:
    return ~_never(ledger)
