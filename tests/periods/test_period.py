from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quanheng.findings.errors import DataError
from quanheng.periods.period import YEAR_OF_NUMBERS, Period, parse_period


@st.composite
def periods(draw: st.DrawFn) -> Period:
    length = draw(st.sampled_from([12, 6, 3, 1]))
    part = draw(st.integers(0, 12 // length - 1))
    year = draw(st.integers(1900, 2100))
    return Period(year=year, first_month=part * length + 1, length_months=length)


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("2023", "2023"),
        ("2023年", "2023"),
        ("2023年度", "2023"),
        ("２０２３", "2023"),
        (" 2023 年 ", "2023"),
        ("2023-H1", "2023-H1"),
        ("2023h2", "2023-H2"),
        ("2023年上半年", "2023-H1"),
        ("2023下半年", "2023-H2"),
        ("2023-Q3", "2023-Q3"),
        ("2023Q1", "2023-Q1"),
        ("2023 q4", "2023-Q4"),
        ("2023年3季度", "2023-Q3"),
        ("2023年第三季度", "2023-Q3"),
        ("2023年一季度", "2023-Q1"),
        ("2023-06", "2023-06"),
        ("2023/6", "2023-06"),
        ("202306", "2023-06"),
        ("2023.06", "2023-06"),
        ("2023年6月", "2023-06"),
        ("2023年12月份", "2023-12"),
        ("2023年1-2月", "2023-02"),
        ("2023年1—3月", "2023-Q1"),
        ("2023年1至6月", "2023-H1"),
        ("2023年1-12月", "2023"),
        ("2023年1-9月", "2023-Q3"),
        ("2023年1—5月", "2023-05"),
        ("2023年1月-6月", "2023-H1"),
        ("2023年1～8月份", "2023-08"),
        ("2023年一至九月", "2023-Q3"),
        ("2023年4-6月", "2023-Q2"),
        ("2023年7-12月", "2023-H2"),
        ("2023年前三季度", "2023-Q3"),
        ("2023年前3季度", "2023-Q3"),
        ("2023年一至三季度", "2023-Q3"),
        ("2023年前两个季度", "2023-H1"),
        ("2023年前11个月", "2023-11"),
        ("2023年全年", "2023"),
        ("2023全年", "2023"),
        ("2023年末", "2023"),
        ("2023年6月末", "2023-06"),
        ("2023年六月", "2023-06"),
        ("2023.6", "2023-06"),
        ("2023.10", "2023-10"),
        ("2023-6", "2023-06"),
        ("2023年Q2", "2023-Q2"),
        ("Q2 2023", "2023-Q2"),
        ("2Q2023", "2023-Q2"),
        ("2023 2Q", "2023-Q2"),
        ("H1 2023", "2023-H1"),
        ("6/2023", "2023-06"),
        ("06-2023", "2023-06"),
        ("Jun 2023", "2023-06"),
        ("June 2023", "2023-06"),
        ("2023 Sept", "2023-09"),
        ("may-2023", "2023-05"),
        ("2023-01~2023-06", "2023-H1"),
        ("2023年1月至2023年5月", "2023-05"),
        ("2023/6/30", "2023-06"),
        ("2023/6/1", "2023-06"),
        ("2023-06-01", "2023-06"),
        ("2023-06-30", "2023-06"),
        ("2023-06-01 00:00:00", "2023-06"),
    ],
)
def test_a_period_is_understood(text: str, canonical: str) -> None:
    assert str(parse_period(text)) == canonical


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "23",
        "0999",
        "2023-Q5",
        "2023-H3",
        "2023-13",
        "202300",
        "2023.1",
        "2023年3-5月",
        "2023年2-12月",
        "2023年前四季度",
        "2023年13月",
        "2023年0月",
        "2023-06-15",
        "6.1",
        "6.2023",
        "23-06",
        "Jun-23",
        "6月",
        "上半年",
        "Q2",
        "2022-12~2023-02",
        "2022/23",
        "2023-6-1-1",
        "2023" * 20,
        "9999",
    ],
)
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(DataError):
        parse_period(text)


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("6月", "2023-06"),
        ("06月", "2023-06"),
        ("十二月", "2023-12"),
        ("1-9月", "2023-Q3"),
        ("1—9月", "2023-Q3"),
        ("1-5月", "2023-05"),
        ("前三季度", "2023-Q3"),
        ("上半年", "2023-H1"),
        ("下半年", "2023-H2"),
        ("一季度", "2023-Q1"),
        ("第一季度", "2023-Q1"),
        ("全年", "2023"),
        ("Q2", "2023-Q2"),
        ("H1", "2023-H1"),
        ("Jun", "2023-06"),
        ("2022年6月", "2022-06"),
    ],
)
def test_a_part_of_a_year_is_of_the_year_that_is_given(text: str, canonical: str) -> None:
    assert str(parse_period(text, year=2023)) == canonical


@pytest.mark.parametrize("text", ["6.1", "23-06", "6", "1-6", "soon", "2023.1", "13月", "", "月"])
def test_what_may_mean_several_things_is_no_period_of_a_year_either(text: str) -> None:
    with pytest.raises(DataError):
        parse_period(text, year=2023)


def test_a_period_has_its_days() -> None:
    quarter = parse_period("2024-Q1")

    assert (quarter.start, quarter.end) == (dt.date(2024, 1, 1), dt.date(2024, 3, 31))
    assert parse_period("2024-02").end == dt.date(2024, 2, 29)
    assert quarter.every == "quarter"


def test_a_period_that_does_not_begin_a_part_of_the_year_is_refused() -> None:
    for first, length in ((2, 3), (1, 5), (13, 1), (7, 12)):
        with pytest.raises(DataError):
            Period(year=2023, first_month=first, length_months=length)


def test_months_before_keeps_the_length() -> None:
    assert str(parse_period("2023-01").months_before(1)) == "2022-12"
    assert str(parse_period("2023-H2").months_before(6)) == "2023-H1"
    assert str(parse_period("2023-Q4").months_before(-3)) == "2024-Q1"
    with pytest.raises(DataError):
        parse_period("2023").months_before(3)


def test_a_period_contains_what_lies_inside_it() -> None:
    year, half, month = parse_period("2023"), parse_period("2023-H1"), parse_period("2023-07")

    assert year.contains(half)
    assert year.contains(year)
    assert not half.contains(year)
    assert not half.contains(month)


@given(period=periods())
def test_the_text_of_a_period_means_it(period: Period) -> None:
    assert parse_period(str(period)) == period


@given(period=periods())
def test_the_number_of_a_period_means_it_and_a_year_is_a_fixed_step(period: Period) -> None:
    assert Period.numbered(period.number) == period
    assert Period.numbered(period.number - YEAR_OF_NUMBERS) == period.months_before(12)


@given(one=periods(), other=periods())
def test_numbers_follow_the_ends_of_periods(one: Period, other: Period) -> None:
    if one.end < other.end:
        assert one.number < other.number
