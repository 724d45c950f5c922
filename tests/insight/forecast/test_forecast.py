from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace
from typing import Any

import narwhals as nw
import polars as pl
import pytest
from tests.engine.schemes import indicator, item
from tests.insight.histories import history_book, told

from quanheng.data.book.book import Book
from quanheng.findings.text import Text
from quanheng.insight.forecast.forecast import forecast
from quanheng.insight.forecast.table import FORECASTS
from quanheng.scheme.formulas.parse import parse_formula
from quanheng.scheme.items.item import FromLedger, Item
from quanheng.scheme.ledgers.statistics import Count

REVENUE = item("revenue", "cumulative", "month")
# By May 40 %, 50 % and 40 % of the year had come in: steps ln 2.5, ln 2, ln 2.5.
YEARS = {
    2020: {5: 40.0, 12: 100.0},
    2021: {5: 60.0, 12: 120.0},
    2022: {5: 50.0, 12: 125.0},
    2023: {4: 48.0, 5: 60.0},
}
MEAN = (2 * math.log(2.5) + math.log(2)) / 3
# rests d/3, −2d/3, d/3 with d = ln 1.25: s² = (6/9)d²/2 = d²/3; times 1 + 1/3 gives (2/3 d)²
SPREAD = 2 / 3 * math.log(1.25)
T_80 = 1.8856180831641267
T_95 = 4.302652729911275


def row_of(book: Book, at: str, code: str = "i1", unit: str = "A") -> dict[str, Any]:
    rows = [
        row
        for row in forecast(book, at).iter_rows(named=True)
        if row["indicator"] == code and row["unit"] == unit
    ]
    assert len(rows) == 1
    return rows[0]


def test_every_number_of_a_row() -> None:
    target = 60 * math.exp(MEAN + SPREAD)  # one spread over the middle: met with 1/2 − 1/(2·sqrt 3)
    book = history_book(
        [REVENUE], ["revenue"], figures=told("revenue", "A", YEARS), targets=[("i1", "A", "2023", target)]
    )

    assert row_of(book, "2023-05") == pytest.approx(
        {
            "unit": "A",
            "indicator": "i1",
            "nature": "accumulates",
            "through": "2023-05",
            "value": 60.0,
            "expected": 60 * math.exp(MEAN),
            "low_80": 60 * math.exp(MEAN - T_80 * SPREAD),
            "high_80": 60 * math.exp(MEAN + T_80 * SPREAD),
            "low_95": 60 * math.exp(MEAN - T_95 * SPREAD),
            "high_95": 60 * math.exp(MEAN + T_95 * SPREAD),
            "target": target,
            "probability": 0.5 - 0.5 / math.sqrt(3),
            "years": 3,
            "method": "share",
            "festival": False,
            "note": "",
        }
    )


def test_where_less_is_better_a_target_is_met_from_below() -> None:
    less = replace(indicator("use", "revenue"), direction="less")
    target = 60 * math.exp(MEAN + SPREAD)
    book = history_book(
        [REVENUE], [less], figures=told("revenue", "A", YEARS), targets=[("use", "A", "2023", target)]
    )

    assert row_of(book, "2023-05", "use")["probability"] == pytest.approx(0.5 + 0.5 / math.sqrt(3))


def test_a_completion_is_forecast_as_what_its_target_is_stated_of() -> None:
    book = history_book(
        [REVENUE],
        ["completion(revenue / 10)"],
        figures=told("revenue", "A", YEARS),
        targets=[("i1", "A", "2023", 12.0)],
    )
    row = row_of(book, "2023-05")

    assert (row["value"], row["target"]) == (6.0, 12.0)
    assert row["expected"] == pytest.approx(6 * math.exp(MEAN))


def test_a_growth_changes_until_december_as_in_earlier_years() -> None:
    # growth by May and of the year: 2021: 0.5, 0.2; 2022: −1/6, 1/24; 2023 by May: 0.2. The year 2019 has no
    # year before it, so only two years have a growth: with 2019 there are three: 2020: 0.25, 0.25
    years = {2019: {5: 32.0, 12: 80.0}, **YEARS}
    book = history_book([REVENUE], ["growth(revenue)"], figures=told("revenue", "A", years))
    row = row_of(book, "2023-05")

    assert row["nature"] == "level"
    assert row["method"] == "change"
    assert row["years"] == 3
    # changes 0, −0.3, 1/24 + 1/6 = 5/24
    assert row["expected"] == pytest.approx(0.2 + (0 - 0.3 + 5 / 24) / 3)


def test_two_years_are_not_enough_and_it_says_so() -> None:
    years = {year: months for year, months in YEARS.items() if year > 2020}
    row = row_of(
        history_book(
            [REVENUE], ["revenue"], figures=told("revenue", "A", years), targets=[("i1", "A", "2023", 90.0)]
        ),
        "2023-05",
    )

    assert row["note"] == "not_enough_history"
    assert row["expected"] is None
    assert row["probability"] is None
    assert row["target"] == 90.0


def test_a_year_without_december_does_not_count() -> None:
    years = {2019: {5: 30.0, 11: 90.0}, **YEARS}
    book = history_book([REVENUE], ["revenue"], figures=told("revenue", "A", years))

    assert row_of(book, "2023-05")["years"] == 3


def test_a_late_report_is_compared_with_the_month_it_is_of() -> None:
    # nothing for June: the forecast is the one of May, not one that takes May's figure for June's
    book = history_book([REVENUE], ["revenue"], figures=told("revenue", "A", YEARS))
    june, may = row_of(book, "2023-06"), row_of(book, "2023-05")

    assert june["through"] == "2023-05"
    assert june == may


def test_january_and_february_as_one_figure_have_no_january() -> None:
    years = {year: {2: 10.0 + year - 2020, **months} for year, months in YEARS.items()}
    book = history_book([REVENUE], ["revenue"], figures=told("revenue", "A", years))

    assert row_of(book, "2023-01")["note"] == "no_value"
    # steps ln(100/10), ln(120/11), ln(125/12); 13 by February
    middle = (math.log(100 / 10) + math.log(120 / 11) + math.log(125 / 12)) / 3
    assert row_of(book, "2023-02")["expected"] == pytest.approx(13 * math.exp(middle))


def test_a_january_of_its_own_is_shifted_by_the_festival() -> None:
    # 17 of the 28 days lie behind by the end of January 2023; in 2018 to 2022 0, 3, 14, 0 and 7. Steps of
    # 2 + 0.5·slack give 2023 2 + 0.5·14/28: no further than earlier years have shown
    slack = {2018: 0, 2019: 3 / 28, 2020: 14 / 28, 2021: 0, 2022: 7 / 28}
    years = {year: {1: 10.0, 12: 10 * math.exp(2 + 0.5 * part)} for year, part in slack.items()}
    book = history_book([REVENUE], ["revenue"], figures=told("revenue", "A", {**years, 2023: {1: 20.0}}))
    row = row_of(book, "2023-01")

    assert row["festival"]
    assert row["expected"] == pytest.approx(20 * math.exp(2 + 0.5 * 14 / 28))


def test_the_year_is_over_in_december() -> None:
    years = {**YEARS, 2023: {5: 60.0, 12: 130.0}}
    book = history_book(
        [REVENUE],
        ["revenue"],
        figures=told("revenue", "A", years),
        targets=[("i1", "A", "2023", 130.0)],
    )
    row = row_of(book, "2023")

    assert (row["method"], row["expected"], row["low_80"], row["probability"]) == ("final", 130.0, 130.0, 1.0)


def test_a_quarterly_flow_is_forecast_from_whole_quarters() -> None:
    jobs = item("jobs", "flow", "quarter")
    figures = [
        ("jobs", "A", f"{year}-Q{quarter}", float(value))
        for year, values in {2020: (10, 20, 30, 40), 2021: (12, 18, 30, 40), 2022: (8, 20, 30, 38)}.items()
        for quarter, value in enumerate(values, start=1)
    ]
    book = history_book(
        [jobs], ["jobs"], figures=[*figures, ("jobs", "A", "2023-Q1", 11.0), ("jobs", "A", "2023-Q2", 20.0)]
    )
    row = row_of(book, "2023-08")

    # by June 30, 30 and 28 of 100, 100 and 96; 31 this year
    steps = [math.log(100 / 30), math.log(100 / 30), math.log(96 / 28)]
    assert row["through"] == "2023-06"
    assert row["expected"] == pytest.approx(31 * math.exp(sum(steps) / 3))


def test_units_are_forecast_each_by_its_own_history() -> None:
    book = history_book(
        [REVENUE],
        ["revenue"],
        units=("A", "B", "C"),
        figures=[
            *told("revenue", "A", YEARS),
            *told(
                "revenue",
                "B",
                {year: {m: 2 * v for m, v in months.items()} for year, months in YEARS.items()},
            ),
        ],
    )
    table = forecast(book, "2023-05")

    assert table.columns == list(FORECASTS)
    assert table["unit"].to_list() == ["A", "B", "C"]
    a, b, c = table["expected"].to_list()
    assert b == pytest.approx(2 * a)
    assert c is None
    assert table["note"].to_list() == ["", "", "no_value"]


def test_a_count_has_a_history_from_the_first_whole_year_of_its_ledger_to_the_last() -> None:
    # opened in 2019 from March on: 2019 is not whole; 2020 to 2022 are; three by June and six in a year, each
    opened = [dt.date(2019, 3, 1)] + [
        dt.date(year, month, 1) for year in (2020, 2021, 2022, 2023) for month in (2, 4, 6, 8, 10, 12)
    ]
    count = Item(
        code="opened",
        name=Text(),
        kind="flow",
        source=FromLedger(
            statistic=Count(),
            ledger="firms",
            condition=parse_formula("opened_on >= period_start and opened_on <= period_end"),
        ),
    )
    ledger = pl.DataFrame({"unit": ["A"] * len(opened), "opened_on": opened})
    book = replace(
        history_book([count], ["opened"]), ledgers={"firms": nw.from_native(ledger, eager_only=True)}
    )
    june = row_of(book, "2023-06")

    assert (june["years"], june["value"], june["expected"]) == (3, 3.0, pytest.approx(6.0))
    assert june["note"] == "no_spread"
    # the ledger ends in 2023: what 2024 has is not known, and not none
    assert row_of(book, "2024-06")["note"] == "no_value"
