"""Stretches of whole months: a round, and a round moved back, which need not be a period of the calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from quanheng.findings.value import Value
from quanheng.periods.every import MONTHS_A_YEAR, MONTHS_IN
from quanheng.periods.period import Period, parse_period

_SHOWN: Final = 8


class Stretch(Value, kw_only=False):
    """`length` months from `first` on; months are counted from January of the year 0, which is 0.

    Examples:
        >>> quarter = Stretch.of(Period(year=2023, first_month=1, length_months=3))
        >>> str(quarter), str(quarter.before(12)), str(quarter.before(1))
        ('2023-Q1', '2022-Q1', '2022-12/2023-02')
    """

    first: int
    length: int

    @classmethod
    def of(cls, period: Period) -> Stretch:
        """Return the months of `period`."""
        return cls(period.year * MONTHS_A_YEAR + period.first_month - 1, period.length_months)

    @classmethod
    def to_date(cls, year: int, month: int = MONTHS_A_YEAR) -> Stretch:
        """Return January to the end of `month` of `year`; the whole year if no month is named.

        Examples:
            >>> [str(Stretch.to_date(2023, month)) for month in (12, 6, 2)]
            ['2023', '2023-H1', '2023-01/2023-02']
        """
        return cls(year * MONTHS_A_YEAR, month)

    def __str__(self) -> str:
        """Return the period it is, or the first and last month of what is none."""
        whole = self.parts(self.length)
        return str(whole[0]) if whole else f"{_part(self.first, 1)}/{_part(self.last, 1)}"

    @property
    def last(self) -> int:
        """The number of its last month."""
        return self.first + self.length - 1

    @property
    def year(self) -> int:
        """The year in which it ends."""
        return self.last // MONTHS_A_YEAR

    @property
    def start(self) -> dt.date:
        """Its first day."""
        return _part(self.first, 1).start

    @property
    def end(self) -> dt.date:
        """Its last day."""
        return _part(self.last, 1).end

    def before(self, months: int) -> Stretch:
        """Return the stretch so many months earlier."""
        return Stretch(self.first - months, self.length)

    def from_january(self) -> Stretch:
        """Return the months of the year in which it ends, up to its end."""
        january = self.year * MONTHS_A_YEAR
        return Stretch(january, self.last - january + 1)

    def parts(self, length: int) -> tuple[Period, ...]:
        """Return the periods of `length` months that it consists of, in order; none if they do not fit.

        Raises:
            DataError: it lies outside the calendar.

        Examples:
            >>> half = Stretch.of(Period(year=2023, first_month=1, length_months=6))
            >>> [str(part) for part in half.parts(3)], half.parts(12)
            (['2023-Q1', '2023-Q2'], ())
        """
        if length not in MONTHS_IN.values() or self.first % length or self.length % length:
            return ()
        return tuple(_part(month, length) for month in range(self.first, self.last + 1, length))

    def periods(self) -> tuple[Period, ...]:
        """Return every period inside it, the one that ends latest first, of equals the longest first.

        Raises:
            DataError: it lies outside the calendar.

        Examples:
            >>> [str(period) for period in Stretch.of(Period(year=2023, length_months=3)).periods()]
            ['2023-Q1', '2023-03', '2023-02', '2023-01']
        """
        return _periods_in(self)


@lru_cache(maxsize=4096)
def _periods_in(stretch: Stretch) -> tuple[Period, ...]:
    inside = [
        _part(first, length)
        for length in MONTHS_IN.values()
        for first in range(-(-stretch.first // length) * length, stretch.last - length + 2, length)
    ]
    return tuple(sorted(inside, key=lambda period: (period.end, period.length_months), reverse=True))


def stretch_of(round: str | Stretch) -> Stretch:  # noqa: A002  the word of the language
    """Return the months of a round that is given by its text or by its months.

    Raises:
        DataError: the text names no period.

    Examples:
        >>> stretch_of("2023-Q3") == stretch_of(Stretch(2023 * 12 + 6, 3))
        True
    """
    return round if isinstance(round, Stretch) else Stretch.of(parse_period(round))


def periods_text(periods: Sequence[Period]) -> str:
    """Return the first of `periods` as one text for a finding; `∅` if there is none.

    Examples:
        >>> periods_text([Period(year=2023), Period(year=2022)])
        '2023, 2022'
    """
    shown = ", ".join(str(period) for period in periods[:_SHOWN])
    return shown + " …" if len(periods) > _SHOWN else shown or "∅"


def _part(first: int, length: int) -> Period:
    return Period(year=first // MONTHS_A_YEAR, first_month=first % MONTHS_A_YEAR + 1, length_months=length)
