"""The invented district looked at month by month: what was planted is found, and what forecasts are worth."""

from __future__ import annotations

import pytest

import quanheng as qh
from quanheng.examples import path_of_example
from quanheng.insight.unusual.unusual import false_alarms, unusual


@pytest.fixture(scope="module")
def book() -> qh.Book:
    return qh.load(path_of_example("district-2023"))


@pytest.mark.parametrize(
    ("at", "planted"),
    [
        ("2023-08", ("copy", "T10", "investment")),  # July's figure again
        ("2023-08", ("against", "T05", "power")),  # a fall where all others rise
        ("2023-10", ("jump", "P04", "power")),  # mistyped, 2.6 times what it should be
        ("2023-12", ("landing", "T12", "revenue_done")),  # the target to the last digit, once more
    ],
)
def test_what_was_planted_is_found(book: qh.Book, at: str, planted: tuple[str, str, str]) -> None:
    found = unusual(book, at).reports.select("sign", "unit", "code").rows()

    assert planted in found


def test_signs_are_raised_for_about_one_or_two_figures_in_a_thousand(book: qh.Book) -> None:
    alarms = false_alarms(book, "2023-08")

    assert sum(alarms["seen"].to_list()) < 0.002 * sum(alarms["looked"].to_list())
    assert alarms["sign"].to_list() == ["magnitude", "fall", "jump", "against", "copy", "landing"]
    assert all(looked > 100 for looked in alarms["looked"].to_list())


def test_intervals_hold_on_the_districts_history(book: qh.Book) -> None:
    # 17 towns and parks, every year with three complete years before it, all months with news: the page
    # on forecasts quotes the shares
    table = qh.backtest(book)
    everything = table.rows(named=True)[-1]

    assert everything["forecasts"] > 2000
    assert 0.78 < everything["inside_80"] < 0.88
    assert 0.93 < everything["inside_95"] < 0.99
    assert everything["mape"] < everything["mape_naive"] < everything["mape_seasonal"]


def test_the_festival_makes_januaries_comparable(book: qh.Book) -> None:
    january = next(
        row
        for row in qh.backtest(book).rows(named=True)
        if (row["indicator"], row["month"]) == ("power_use", 1)
    )

    assert january["mape"] < 0.5 * january["mape_naive"]
