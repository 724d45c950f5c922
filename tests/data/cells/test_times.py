from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quanheng.data.cells.dates import parse_date
from quanheng.data.cells.times import times_in


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("2023-01-05 18:00", 64_800),
        ("2023-01-05T18:00:30", 64_830),
        ("2023-01-05 18:00:30.250", 64_830),
        ("2023/1/5 8:05", 29_100),
        ("20230105 08:05", 29_100),
        ("2023年1月5日 18：30", 66_600),
        ("２０２３年１月５日18时30分", 66_600),
        ("2023年1月5日18点", 64_800),
        ("2023年1月5日6时5分9秒", 21_909),
        ("2023年1月5日 24时", 86_400),
        ("2023-01-05 17点", 61_200),
        ("20230105 17时30分", 63_000),
        ("44931.75", 64_800),
        ("2023-01-05 24:00", 86_400),
        ("2023-01-05", None),
        ("2023-01-05 00:00:00", None),
        ("2023.1.5", None),
        ("44931", None),
    ],
)
def test_a_time_of_day_behind_a_date_is_read(text: str, second: int | None) -> None:
    assert parse_date(text, serial=True) == dt.date(2023, 1, 5)
    assert times_in(pl.Series([text])).to_list() == [second]


@pytest.mark.parametrize("clock", ["25:00", "18:60", "24:30", "6:00 PM", "18:", "18时60分", "24时30分"])
def test_what_is_no_time_of_day_makes_no_date(clock: str) -> None:
    assert parse_date(f"2023-01-05 {clock}") is None


@given(date=st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)), time=st.times())
def test_a_moment_reads_back_from_its_forms(date: dt.date, time: dt.time) -> None:
    moment = dt.datetime.combine(date, time)
    second = moment.hour * 3600 + moment.minute * 60 + moment.second
    forms = [moment.isoformat(sep=" ", timespec="seconds"), f"{moment:%Y年%m月%d日%H时%M分%S秒}"]

    assert times_in(pl.Series(forms)).to_list() == [second or None] * 2
    assert {parse_date(form) for form in forms} == {moment.date()}


def test_a_day_and_an_hour_are_kept_apart() -> None:
    assert [parse_date(text) for text in ("2023-01-1517时", "2023年1月5日17时")] == [
        None,
        dt.date(2023, 1, 5),
    ]
