from __future__ import annotations

import datetime as dt

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engines import EngineUnderTest

from quanheng.engine.frame.days import day_of_year, days_in, days_of

DATES = [
    *(dt.date(1, 1, 1), dt.date(1600, 2, 29), dt.date(1969, 12, 31), dt.date(1970, 1, 1)),
    *(dt.date(2000, 2, 29), dt.date(2023, 12, 31), dt.date(2100, 3, 1), None),
]


def test_dates_are_counted_in_days_alike_on_every_engine(engine: EngineUnderTest) -> None:
    counted = engine.collect(
        engine.lift(pl.DataFrame({"date": DATES})).with_columns(days=days_in(nw.col("date")))
    )

    assert dict(counted.rows()) == {date: None if date is None else float(days_of(date)) for date in DATES}


@pytest.mark.parametrize(
    ("date", "year", "round_year", "day"),
    [
        (dt.date(2023, 1, 1), 2023, 2023, 1.0),
        (dt.date(2023, 3, 12), 2023, 2023, 71.0),
        (dt.date(2022, 3, 12), 2022, 2023, 71.0),
        (dt.date(2024, 3, 12), 2024, 2024, 72.0),
        (dt.date(2024, 3, 12), 2024, 2025, 71.0),  # the leap day before it is left out
        (dt.date(2023, 3, 12), 2023, 2024, 72.0),  # and put in
        (dt.date(2024, 2, 29), 2024, 2025, 60.0),  # 1 March
        (dt.date(2024, 2, 28), 2024, 2025, 59.0),
        (dt.date(2023, 2, 28), 2023, 2024, 59.0),
        (dt.date(2023, 3, 1), 2023, 2024, 61.0),
        (dt.date(2022, 12, 28), 2023, 2023, -3.0),
    ],
)
def test_a_date_becomes_the_day_of_the_rounds_year(
    date: dt.date, year: int, round_year: int, day: float
) -> None:
    frame = nw.from_native(pl.DataFrame({"days": [float(days_of(date))]}))

    assert frame.select(day_of_year(nw.col("days"), year=year, round_year=round_year)).item() == day


@given(st.dates(dt.date(2022, 1, 1), dt.date(2025, 12, 31)), st.integers(2022, 2025))
def test_day_and_month_survive_a_move_between_years(date: dt.date, round_year: int) -> None:
    frame = nw.from_native(pl.DataFrame({"days": [float(days_of(date))]}))

    day = frame.select(day_of_year(nw.col("days"), year=date.year, round_year=round_year)).item()

    moved = dt.date(round_year, 1, 1) + dt.timedelta(days=day - 1)
    is_leap_day = (date.month, date.day) == (2, 29) and round_year != 2024
    assert (moved.month, moved.day) == ((3, 1) if is_leap_day else (date.month, date.day))
