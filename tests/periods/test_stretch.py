from __future__ import annotations

import datetime as dt

import pytest

from quanheng.findings.errors import DataError
from quanheng.periods.period import parse_period
from quanheng.periods.stretch import Stretch


def stretch(text: str) -> Stretch:
    return Stretch.of(parse_period(text))


@pytest.mark.parametrize("text", ["2023", "2023-H2", "2023-Q3", "2023-12"])
def test_a_stretch_has_the_days_of_its_period(text: str) -> None:
    period = parse_period(text)

    assert (stretch(text).start, stretch(text).end, str(stretch(text))) == (period.start, period.end, text)


@pytest.mark.parametrize(
    ("text", "months", "earlier"),
    [
        ("2023", 12, "2022"),
        ("2023-Q1", 3, "2022-Q4"),
        ("2023-Q1", 1, "2022-12/2023-02"),
        ("2023", 3, "2022-10/2023-09"),
        ("2023-01", 13, "2021-12"),
    ],
)
def test_a_stretch_moves_back_by_months(text: str, months: int, earlier: str) -> None:
    assert str(stretch(text).before(months)) == earlier


def test_a_stretch_that_is_no_period_has_only_the_parts_that_fit() -> None:
    moved = stretch("2023-H1").before(3)

    assert [str(part) for part in moved.parts(3)] == ["2022-Q4", "2023-Q1"]
    assert moved.parts(6) == ()
    assert moved.parts(5) == ()
    assert (moved.start, moved.end) == (dt.date(2022, 10, 1), dt.date(2023, 3, 31))


def test_periods_inside_a_stretch_stand_latest_and_longest_first() -> None:
    assert [str(period) for period in stretch("2023-H1").periods()] == [
        *("2023-H1", "2023-Q2", "2023-06", "2023-05", "2023-04"),
        *("2023-Q1", "2023-03", "2023-02", "2023-01"),
    ]
    assert [str(period) for period in stretch("2023-Q1").before(1).periods()] == [
        *("2023-02", "2023-01", "2022-12"),
    ]


def test_the_year_so_far_begins_in_january() -> None:
    assert str(stretch("2023-Q2").from_january()) == "2023-H1"
    assert str(stretch("2023-Q1").before(1).from_january()) == "2023-01/2023-02"


def test_no_stretch_reaches_out_of_the_calendar() -> None:
    with pytest.raises(DataError, match="out of the calendar"):
        stretch("2023").before(12 * 2023).periods()
