from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quanheng.data.cells.dates import parse_date, read_dates
from quanheng.data.cells.numbers import IS_MISSING, IS_NOT_APPLICABLE, IS_UNREADABLE, IS_VALUE


@pytest.mark.parametrize(
    "text",
    [
        "2023-03-18",
        "2023-3-18",
        "2023/03/18",
        "2023.3.18",
        "20230318",
        "2023年3月18日",
        "２０２３年３月１８日",
        "2023-03-18 12:30:00",
        "2023-03-18T00:00:00",
    ],
)
def test_a_date_is_understood(text: str) -> None:
    assert parse_date(text) == dt.date(2023, 3, 18)


@pytest.mark.parametrize("text", ["", "3月18日", "2023-13-01", "2023-02-29", "2023-3/18", "45003", "x" * 50])
def test_what_is_no_date_is_none(text: str) -> None:
    assert parse_date(text) is None


def test_a_day_without_a_year_is_of_the_year_given() -> None:
    assert parse_date("3月18日", year=2022) == dt.date(2022, 3, 18)
    assert parse_date("2月29日", year=2023) is None


def test_a_serial_number_is_a_date_only_where_one_is_expected() -> None:
    assert parse_date("45003", serial=True) == dt.date(2023, 3, 18)
    assert parse_date("45003.5", serial=True) == dt.date(2023, 3, 18)
    assert parse_date("12", serial=True) is None


def test_dates_are_read_row_by_row_each_in_its_year() -> None:
    cells = pl.Series(["3月18日", "3月18日", "/", None, " ", "spring"])
    years = pl.Series([2022, 2023, 2023, 2023, 2023, 2023])

    read = read_dates(cells, years=years)

    assert read["date"].to_list() == [dt.date(2022, 3, 18), dt.date(2023, 3, 18), None, None, None, None]
    assert read["state"].to_list() == [
        IS_VALUE,
        IS_VALUE,
        IS_NOT_APPLICABLE,
        IS_MISSING,
        IS_MISSING,
        IS_UNREADABLE,
    ]


@given(date=st.dates(min_value=dt.date(1000, 1, 1), max_value=dt.date(2999, 12, 31)))
def test_a_date_reads_back_from_each_of_its_forms(date: dt.date) -> None:
    forms = [date.isoformat(), f"{date.year}年{date.month}月{date.day}日", f"{date:%Y%m%d}"]

    assert {parse_date(form) for form in forms} == {date}
