from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from quanheng.periods.calendar import Calendar

DAYS = st.dates(dt.date(2022, 1, 1), dt.date(2024, 12, 31))


@given(st.frozensets(DAYS, min_size=1, max_size=30), st.frozensets(DAYS, max_size=30), DAYS)
def test_what_has_passed_grows_by_one_on_each_working_day(
    off: frozenset[dt.date], made_up: frozenset[dt.date], day: dt.date
) -> None:
    calendar = Calendar(off=off - made_up, made_up=made_up)
    first, passed = calendar.counted
    at = (day - dt.date(1970, 1, 1)).days - first

    if day.year in range(calendar.years[0], calendar.years[-1] + 1):
        assert passed[at] - passed[at - 1] == calendar.is_working(day)
    assert passed[0] == 0
    assert len(passed) == 1 + sum(
        366 if year % 4 == 0 else 365 for year in range(calendar.years[0], calendar.years[-1] + 1)
    )
