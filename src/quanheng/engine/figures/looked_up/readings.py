"""Readings of days and hours among the records of ledgers: which are of a period, and how many are enough."""

from __future__ import annotations

import math

import narwhals as nw

from quanheng.engine.figures.looked_up.record_conditions import Fields
from quanheng.engine.frame.days import days_in
from quanheng.periods.stretch import Stretch
from quanheng.scheme.formulas.scopes import LEDGER_WORDS
from quanheng.scheme.items.item import DATE, HOUR, FromLedger

_SLACK = 1e-9
"""So little more than a whole number asks for no further reading: 90 % of 10 are 9."""


def is_within(stretch: Stretch) -> nw.Expr:
    """Return whether a reading is one of the months of `stretch`."""
    return (nw.col(DATE) >= nw.lit(stretch.start)) & (nw.col(DATE) <= nw.lit(stretch.end))


def is_known(source: FromLedger, fields: Fields) -> nw.Expr:
    """Return whether a reading of the period has all that `source` looks at."""
    known = ~nw.col(source.unit_column).is_null() & is_within(fields.stretch)
    for name in source.named:
        if name not in LEDGER_WORDS:
            known &= ~fields.term(name).value.is_null()
    return known


def moment_of(source: FromLedger) -> nw.Expr:
    """Return the moment of a reading as a number that grows with time."""
    hours = days_in(nw.col(DATE)) * 24.0
    by_hour = source.readings is not None and source.readings.every == "hour"
    return hours + nw.col(HOUR) if by_hour else hours


def due_in(source: FromLedger, stretch: Stretch) -> int:
    """Return how many readings a unit has in all of `stretch`."""
    days = (stretch.end - stretch.start).days + 1
    return days if source.readings is None else source.readings.due_in(days)


def wanted_in(source: FromLedger, stretch: Stretch) -> int:
    """Return how many readings there have to be: the part that is asked for, and one at least.

    Examples:
        >>> from quanheng.scheme.items.item import Readings
        >>> from quanheng.scheme.ledgers.statistics import Mean
        >>> most = Readings(every="day", at_least=0.75)
        >>> wanted_in(FromLedger(statistic=Mean(), ledger="days", readings=most), Stretch.to_date(2023))
        274
    """
    if source.readings is None:
        return 0
    return max(1, math.ceil(due_in(source, stretch) * source.readings.at_least - _SLACK))


def enough_of(source: FromLedger, stretch: Stretch, there: str) -> nw.Expr:
    """Return whether there are enough of the readings that the column `there` counts; others always are."""
    if source.readings is None:
        return nw.lit(value=True)
    return nw.col(there).fill_null(0) >= wanted_in(source, stretch)
