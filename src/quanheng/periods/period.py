"""Periods: a year, a half, a quarter or a month of the calendar, and the texts people write for them.

January and February may be reported as one figure. It is written like the figure of February, and is a period
of its own (`2023-01~02`) only where others report the two months apart (time §2 f).
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Mapping
from typing import Final

from quanheng.findings.errors import DataError
from quanheng.findings.patterns import bounded
from quanheng.findings.value import Value
from quanheng.periods.every import MONTHS_A_YEAR, MONTHS_IN, Every
from quanheng.periods.spellings import LONGEST, spelled

_EVERY: Final[Mapping[int, Every]] = {months: every for every, months in MONTHS_IN.items()}
_SLOTS: Final = 16
YEAR_OF_NUMBERS: Final = MONTHS_A_YEAR * _SLOTS
"""How far the numbers of a period and of the same period a year later lie apart."""
_JANUARY_AND_FEBRUARY: Final = 2
_TOGETHER: Final = bounded("([0-9]{4})-01~02")
_EARLIEST: Final = 1000
_LATEST: Final = 2999


class Period(Value, order=True):
    """A year, half, quarter or month, or January and February; sorted by the first month, then by length.

    Examples:
        >>> half = Period(year=2023, first_month=1, length_months=6)
        >>> str(half), half.start.isoformat(), half.end.isoformat()
        ('2023-H1', '2023-01-01', '2023-06-30')
        >>> str(half.months_before(12))
        '2022-H1'
    """

    year: int
    first_month: int = 1
    length_months: int = MONTHS_A_YEAR

    def __post_init__(self) -> None:
        """Refuse what is not a whole year, half, quarter or month of it.

        Raises:
            DataError: the length is not 12, 6, 3 or 1, the first month does not begin such a part, or the
                year is not between 1000 and 2999.
        """
        aligned = self.length_months in _EVERY and (self.first_month - 1) % self.length_months == 0
        aligned |= (self.first_month, self.length_months) == (1, _JANUARY_AND_FEBRUARY)
        if not aligned or not 1 <= self.first_month <= MONTHS_A_YEAR:
            raise DataError(
                f"no period begins in month {self.first_month} and has {self.length_months} months",
                f"没有从{self.first_month}月开始、长{self.length_months}个月的期间",
            )
        if not _EARLIEST <= self.year <= _LATEST:
            raise DataError(
                f"the year {self.year} is out of the calendar of {_EARLIEST} to {_LATEST}",
                f"{self.year} 年超出 {_EARLIEST} 至 {_LATEST} 的范围",
            )

    def __str__(self) -> str:
        """Return the canonical text: `2023`, `2023-H1`, `2023-Q3` or `2023-06`; or `2023-01~02`."""
        if self.length_months == _JANUARY_AND_FEBRUARY:
            return f"{self.year}-01~02"
        part = (self.first_month - 1) // self.length_months + 1
        match self.every:
            case "year":
                return f"{self.year}"
            case "half":
                return f"{self.year}-H{part}"
            case "quarter":
                return f"{self.year}-Q{part}"
            case "month":
                return f"{self.year}-{part:02}"

    @property
    def every(self) -> Every:
        """What it is: `year`, `half`, `quarter` or `month`, also for January and February together."""
        return _EVERY.get(self.length_months, "month")

    @property
    def last_month(self) -> int:
        """The number of its last month, 1 to 12."""
        return self.first_month + self.length_months - 1

    @property
    def start(self) -> dt.date:
        """Its first day."""
        return dt.date(self.year, self.first_month, 1)

    @property
    def end(self) -> dt.date:
        """Its last day."""
        return dt.date(self.year, self.last_month, monthrange(self.year, self.last_month)[1])

    @property
    def number(self) -> int:
        """A number for columns: periods with the same end lie together, in the order of their ends.

        A year earlier is `YEAR_OF_NUMBERS` less.
        """
        return (self.year * MONTHS_A_YEAR + self.last_month - 1) * _SLOTS + self.length_months

    @staticmethod
    def numbered(number: int) -> Period:
        """Return the period whose `number` it is."""
        at, length = divmod(number, _SLOTS)
        year, last = divmod(at, MONTHS_A_YEAR)
        return Period(year=year, first_month=last + 2 - length, length_months=length)

    def months_before(self, months: int) -> Period:
        """Return the period of the same length so many months earlier (later if negative).

        Raises:
            DataError: `months` is not a multiple of its length, so that no such period exists.

        Examples:
            >>> str(parse_period("2023-Q1").months_before(3))
            '2022-Q4'
        """
        if months % self.length_months:
            raise DataError(
                f"no period of {self.length_months} months begins {months} months before {self}",
                f"{self} 之前{months}个月没有长{self.length_months}个月的期间开始",
            )
        at = self.year * MONTHS_A_YEAR + self.first_month - 1 - months
        return Period(
            year=at // MONTHS_A_YEAR,
            first_month=at % MONTHS_A_YEAR + 1,
            length_months=self.length_months,
        )

    def contains(self, other: Period) -> bool:
        """Return whether `other` lies inside it (a period contains itself)."""
        return self.start <= other.start and other.end <= self.end


def parse_period(text: str, *, year: int | None = None) -> Period:
    """Return the period that `text` names, in any of the forms people write.

    Understood are `2023`, `2023年`, `2023年度`; `2023-H1`, `2023年上半年`; `2023-Q3`, `2023Q3`,
    `2023年三季度`, `2023年第3季度`; `2023-06`, `2023/6`, `202306`, `2023.6`, `2023年6月`, `6/2023`,
    `Jun 2023`; what is counted from January, by its last month: `2023年1-2月`, `2023年前三季度`,
    `2023年1-6月`; and the first or last day of a month, which spreadsheets make of `2023-06`. Full-width
    characters count as half-width ones, and blanks do not count. A text without a year, `6月`, is of
    `year`, and no period without one.

    Raises:
        DataError: the text names no period.

    Examples:
        >>> [str(parse_period(text)) for text in ("２０２３年", "2023年上半年", "2023年第三季度", "202306")]
        ['2023', '2023-H1', '2023-Q3', '2023-06']
        >>> str(parse_period("6月", year=2023))
        '2023-06'
    """
    if together := _TOGETHER.fullmatch(text):
        return Period(year=int(together[1]), length_months=_JANUARY_AND_FEBRUARY)
    found = spelled(text)
    of_year = found and (found.year or year)
    if not found or not of_year:
        raise DataError(f"{text[:LONGEST]!r} is not a period", f"“{text[:LONGEST]}”不是期间")
    return Period(year=of_year, first_month=found.first_month, length_months=found.length_months)
