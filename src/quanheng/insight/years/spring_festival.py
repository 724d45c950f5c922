"""春节, the Spring Festival: its day, and how much of its slack lies behind by the end of a month.

It falls between 21 January and 20 February. Work thins out a week before; the Lantern Festival on the
fifteenth day ends the holidays, and building sites are back in the week after it. So January carries most of
the slack in one year and none in another. January and February published as one figure hide most of this,
but not that sites come back in March where the festival is late.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from typing import Final

FIRST_YEAR: Final = 1990
_DAYS_OF_THE_YEAR: Final = (
    # one line a decade, from 1990; the first day of the first month of the Chinese calendar as published by
    # the Hong Kong Observatory, the same in two independent libraries (decision 12)
    (27, 46, 35, 23, 41, 31, 50, 38, 28, 47),
    (36, 24, 43, 32, 22, 40, 29, 49, 38, 26),
    (45, 34, 23, 41, 31, 50, 39, 28, 47, 36),
    (25, 43, 32, 22, 41, 29, 48, 37, 26, 44),
    (34, 23, 42, 31, 50, 39, 28, 46, 35, 24),
    (43, 32, 22, 41, 30, 48, 37, 26, 45, 33),
    (23, 42, 32, 50, 39, 28, 46, 35, 24, 43),
    (33, 21, 40, 29, 48, 36, 26, 45, 34, 23),
    (42, 31, 50, 38, 27, 46, 36, 24, 43, 33),
    (22, 40, 29, 48, 37, 26, 45, 34, 24, 41),
    (30, 49, 38, 27, 46, 36, 25, 43, 32, 21),
)
LAST_YEAR: Final = FIRST_YEAR + 10 * len(_DAYS_OF_THE_YEAR) - 1
_BEFORE: Final = 7
_SLACK: Final = 28
"""The slack is four weeks: from seven days before the day of the festival to twenty after it."""


def day_of(year: int) -> dt.date | None:
    """Return the day of the Spring Festival in `year`; None outside the table (1990 to 2099).

    Examples:
        >>> day_of(2023).isoformat(), day_of(2024).isoformat()
        ('2023-01-22', '2024-02-10')
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    decade, place = divmod(year - FIRST_YEAR, 10)
    return dt.date(year, 1, 1) + dt.timedelta(days=_DAYS_OF_THE_YEAR[decade][place] - 1)


def slack_behind(year: int, month: int) -> float | None:
    """Return how much of the four slack weeks around the festival lies behind by the end of a month, 0 to 1.

    None outside the table.

    Examples:
        >>> [round(slack_behind(2023, month) * 28) for month in (1, 2)], slack_behind(2024, 1)
        ([17, 28], 0.0)
    """
    day = day_of(year)
    if day is None:
        return None
    begins = day - dt.timedelta(days=_BEFORE)
    passed = (dt.date(year, month, monthrange(year, month)[1]) - begins).days + 1
    return min(max(passed, 0), _SLACK) / _SLACK
