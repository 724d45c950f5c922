"""The calendar of working days: Monday to Friday, but for days off and days that are made up."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Final

_FRIDAY: Final = 4
_EPOCH: Final = dt.date(1970, 1, 1)


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """Days off and days made up; it covers the years of which it has a day, which follow each other."""

    off: frozenset[dt.date] = frozenset()
    made_up: frozenset[dt.date] = frozenset()

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years it covers."""
        return tuple(sorted({day.year for day in self.off | self.made_up}))

    def is_working(self, day: dt.date) -> bool:
        """Return whether work is done on `day`.

        Examples:
            >>> off, made_up = frozenset({dt.date(2023, 1, 2)}), frozenset({dt.date(2023, 1, 28)})
            >>> new_year = Calendar(off=off, made_up=made_up)
            >>> [new_year.is_working(dt.date(2023, 1, day)) for day in (1, 2, 3, 28)]
            [False, False, True, True]
        """
        return day in self.made_up or (day.weekday() <= _FRIDAY and day not in self.off)

    @cached_property
    def counted(self) -> tuple[int, tuple[int, ...]]:
        """The last day before it, in days since 1970, and from that day on how many days of work have passed.

        Examples:
            >>> first, passed = Calendar(off=frozenset({dt.date(2023, 1, 2)})).counted
            >>> first, passed[:5], passed[-1]
            (19357, (0, 0, 0, 1, 2), 259)
        """
        first, last = dt.date(self.years[0], 1, 1), dt.date(self.years[-1], 12, 31)
        days = (first + dt.timedelta(number) for number in range((last - first).days + 1))
        passed = accumulate((int(self.is_working(day)) for day in days), initial=0)
        return (first - _EPOCH).days - 1, tuple(passed)
