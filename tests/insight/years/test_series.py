from __future__ import annotations

import numpy as np
from tests.engine.schemes import item
from tests.insight.histories import history_book, told

from quanheng.insight.unusual.changes import changes_of, parts_of
from quanheng.insight.years.series import Series, series_of
from quanheng.periods.every import Every
from quanheng.periods.period import parse_period
from quanheng.scheme.items.item import ItemKind


def series(kind: ItemKind, every: Every, values: list[float], *, first: str) -> Series:
    start = parse_period(first)
    return Series(
        item=item("x", kind, every),
        first=start.year * 12 + start.last_month - 1,
        step=start.length_months,
        values=np.array([values], dtype=float),
    )


def test_figures_stand_in_their_periods() -> None:
    book = history_book(
        [item("gdp", "cumulative", "quarter")],
        ["gdp"],
        units=("A", "B"),
        figures=[
            ("gdp", "B", "2022-Q4", 8.0),
            ("gdp", "A", "2023-Q2", 5.0),
            ("gdp", "A", "2023-05", 4.0),  # no end of a quarter
            ("gdp", "B", "2023-06", 7.0),  # the month in which the half ends …
            ("gdp", "B", "2023-H1", 7.5),  # … and the half itself: the longer one is taken
            ("gdp", "A", "2023-Q3", 9.0),  # later than what is looked at
        ],
    )
    found = series_of(book, book.scheme.items[0], until=parse_period("2023-08"))

    assert found is not None
    assert [str(found.period(column)) for column in range(3)] == ["2022-Q4", "2023-Q1", "2023-Q2"]
    np.testing.assert_array_equal(found.values, [[np.nan, np.nan, 5.0], [8.0, np.nan, 7.5]])


def test_a_flow_has_only_figures_of_its_own_length() -> None:
    book = history_book(
        [item("jobs", "flow", "quarter")],
        ["jobs"],
        figures=[("jobs", "A", "2023-Q1", 5.0), ("jobs", "A", "2023-H1", 11.0)],
    )
    found = series_of(book, book.scheme.items[0], until=parse_period("2023-H1"))

    assert found is not None
    np.testing.assert_array_equal(found.values, [[5.0, np.nan]])


def test_what_is_not_reported_has_no_series() -> None:
    book = history_book([item("gdp", "cumulative", "quarter")], ["gdp"])

    assert series_of(book, book.scheme.items[0], until=parse_period("2023")) is None


def test_parts_of_a_cumulative_quarter_begin_anew_each_year() -> None:
    found = parts_of(series("cumulative", "quarter", [10, 25, 45, 70, 12, 30], first="2022-Q1"))

    np.testing.assert_array_equal(found, [[10, 15, 20, 25, 12, 18]])


def test_january_and_february_are_one_part() -> None:
    # cumulative with a January of its own, and without one; a flow with a January
    both = parts_of(series("cumulative", "month", [4, 9, 15], first="2022-01"))
    one = parts_of(series("cumulative", "month", [np.nan, 9, 15], first="2022-01"))
    flow = parts_of(series("flow", "month", [4, 5, 6], first="2022-01"))

    np.testing.assert_array_equal(both, [[np.nan, 9, 6]])
    np.testing.assert_array_equal(one, [[np.nan, 9, 6]])
    np.testing.assert_array_equal(flow, [[np.nan, 9, 6]])


def test_changes_are_to_the_year_before_of_amounts_and_rates_and_to_the_period_before_of_stocks() -> None:
    amounts = changes_of(series("cumulative", "quarter", [10, 25, 45, 70, 12, 40], first="2022-Q1"))
    rates = changes_of(series("rate", "half", [5, 6, 4, 9], first="2022-H1"))
    stocks = changes_of(series("stock", "half", [5, 10, 20], first="2022-H1"))

    # parts 10, 15, 20, 25, 12, 28
    np.testing.assert_allclose(amounts.change[0, 4:], [np.log(1.2), np.log(28 / 15)])
    np.testing.assert_allclose(rates.change[0, 2:], [-1, 3])
    np.testing.assert_allclose(stocks.change[0, 1:], [np.log(2), np.log(2)])
    # the least spread of rates is 2 % of their middle size: (5, 6, 4, 9) -> 5.5
    assert rates.least == 0.02 * 5.5


def test_months_are_read_year_by_year() -> None:
    book = history_book(
        [item("x", "cumulative", "month")], ["x"], figures=told("x", "A", {2022: {2: 9.0, 3: 15.0}})
    )
    found = series_of(book, book.scheme.items[0], until=parse_period("2022-03"))

    assert found is not None
    assert found.of_year.tolist() == [2, 3]
