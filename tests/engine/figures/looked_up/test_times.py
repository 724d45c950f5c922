from __future__ import annotations

import pytest
from tests.engine.schemes import item

from quanheng.engine.figures.looked_up.times import alternatives, periods_for
from quanheng.periods.every import Every
from quanheng.periods.period import parse_period
from quanheng.periods.stretch import Stretch
from quanheng.scheme.items.item import ItemKind

MONTHS = [f"2023-{month:02}" for month in range(1, 13)]
QUARTERS = [f"2023-Q{quarter}" for quarter in range(1, 5)]


def chosen(
    kind: ItemKind, every: Every, round_: str, reported: list[str], *, back: int = 0
) -> list[list[str]]:
    """What makes the figure, the best first, as texts."""
    stretch = Stretch.of(parse_period(round_)).before(back)
    found = alternatives(item("x", kind, every), stretch, [parse_period(text) for text in reported])
    return [[str(period) for period in group] for group in found]


@pytest.mark.parametrize(
    ("round_", "reported", "expected"),
    [
        ("2023", ["2022-Q4", *QUARTERS], ["2023-Q4", "2023-Q3", "2023-Q2", "2023-Q1"]),
        ("2023", ["2023-Q3", "2023-08"], ["2023-Q3", "2023-08"]),
        ("2023", ["2023-12", "2023", "2023-Q4"], ["2023", "2023-Q4", "2023-12"]),
        ("2023-Q2", QUARTERS, ["2023-Q2", "2023-Q1"]),
        ("2023-02", MONTHS, ["2023-02", "2023-01"]),
        ("2023-Q1", ["2023-02"], ["2023-02"]),  # January and February as one figure
        ("2023-01", ["2023-02"], []),
        ("2023", ["2022", "2024"], []),
    ],
)
def test_a_cumulative_figure_is_the_latest_of_the_year_so_far(
    round_: str, reported: list[str], expected: list[str]
) -> None:
    assert chosen("cumulative", "quarter", round_, reported) == [[text] for text in expected]


def test_a_cumulative_figure_of_a_moved_round_is_of_the_year_in_which_that_ends() -> None:
    assert chosen("cumulative", "month", "2023-Q1", ["2022-12", *MONTHS], back=1) == [
        ["2023-02"],
        ["2023-01"],
    ]


@pytest.mark.parametrize("kind", ["stock", "rate", "date"])
@pytest.mark.parametrize(
    ("round_", "reported", "expected"),
    [
        ("2023", ["2022", *QUARTERS], ["2023-Q4", "2023-Q3", "2023-Q2", "2023-Q1"]),
        ("2023", ["2023", *QUARTERS], ["2023", "2023-Q4", "2023-Q3", "2023-Q2", "2023-Q1"]),
        ("2023-Q3", ["2022", "2023-H1", "2023-Q2", "2023-07", "2023-Q3"], ["2023-Q3", "2023-07"]),
        ("2023-Q3", ["2022", "2023", "2023-H2"], []),
    ],
)
def test_stocks_rates_and_dates_take_the_latest_figure_inside_the_round(
    kind: ItemKind, round_: str, reported: list[str], expected: list[str]
) -> None:
    assert chosen(kind, "month", round_, reported) == [[text] for text in expected]


@pytest.mark.parametrize(
    ("every", "round_", "reported", "expected"),
    [
        ("year", "2023-Q3", ["2021", "2022", "2023"], ["2022"]),  # last year's population in a review
        ("year", "2023-Q3", ["2022", "2023-08"], ["2023-08", "2022"]),  # what is inside comes first
        ("year", "2023-Q3", ["2022-Q4", "2021"], []),  # only the figure of the year itself
        ("year", "2023-Q4", ["2022"], []),  # the year ends here: its own figure is due
        ("year", "2023-12", ["2022"], []),
        ("half", "2023-08", ["2023-H1", "2022-H2"], ["2023-H1"]),
        ("half", "2023-06", ["2022-H2"], []),
        ("quarter", "2023-02", ["2022-Q4"], ["2022-Q4"]),
        ("quarter", "2023-H1", ["2022-Q4"], []),
    ],
)
def test_a_stock_that_is_not_due_in_the_round_has_the_figure_of_the_last_time_it_was(
    every: Every, round_: str, reported: list[str], expected: list[str]
) -> None:
    assert chosen("stock", every, round_, reported) == [[text] for text in expected]
    assert chosen("rate", every, round_, [text for text in reported if text != "2023-08"]) == []


@pytest.mark.parametrize(
    ("every", "round_", "reported", "expected"),
    [
        ("month", "2023-Q2", MONTHS, [MONTHS[3:6]]),
        ("month", "2023-Q2", [*MONTHS, "2023-Q2"], [["2023-Q2"], MONTHS[3:6]]),
        ("quarter", "2023", QUARTERS, [QUARTERS]),
        ("quarter", "2023", QUARTERS[:3], []),  # a part is missing everywhere
        ("month", "2023", [*MONTHS, *QUARTERS], [MONTHS, QUARTERS]),  # the stated parts first
        ("year", "2023", [*MONTHS, *QUARTERS], [QUARTERS, MONTHS]),
        ("month", "2023-Q1", ["2023-02", "2023-03"], [["2023-02", "2023-03"]]),  # January with February
        ("month", "2023-Q1", ["2023-03"], []),
        ("month", "2023-01", ["2023-02"], []),
        ("month", "2023-02", ["2023-02"], [["2023-02"]]),
        ("year", "2023-Q1", ["2023"], []),
    ],
)
def test_a_flow_is_the_sum_over_the_parts_of_the_round(
    every: Every, round_: str, reported: list[str], expected: list[list[str]]
) -> None:
    assert chosen("flow", every, round_, reported) == expected


def test_a_flow_of_a_moved_round_is_summed_from_what_fits() -> None:
    reported = ["2022-12", *MONTHS, "2022-Q4", *QUARTERS]

    assert chosen("flow", "quarter", "2023-Q1", reported, back=1) == [["2022-12", "2023-01", "2023-02"]]


def test_what_can_make_a_figure_of_a_cumulative_begins_in_january() -> None:
    stretch = Stretch.of(parse_period("2023-02"))

    assert [str(p) for p in periods_for(item("x", "cumulative"), stretch)] == ["2023-02", "2023-01"]
    assert [str(p) for p in periods_for(item("x", "flow"), stretch)] == ["2023-02"]


@pytest.mark.parametrize("round_", ["2023-Q4", "2023-H2", "2023-12", "2023"])
def test_a_yearly_stock_is_that_of_the_end_of_the_round_in_which_the_year_ends(round_: str) -> None:
    assert chosen("stock", "year", round_, ["2022", "2023"])[0] == ["2023"]


def test_a_figure_within_the_round_that_is_earlier_comes_after_that_of_the_year() -> None:
    assert chosen("stock", "year", "2023-Q4", ["2022", "2023", "2023-10"]) == [["2023"], ["2023-10"]]
    assert chosen("stock", "year", "2023-Q3", ["2022", "2023", "2023-08"]) == [["2023-08"], ["2022"]]


def test_a_half_yearly_stock_is_one_of_the_second_quarter() -> None:
    assert chosen("stock", "half", "2023-Q2", ["2022-H2", "2023-H1"]) == [["2023-H1"]]
