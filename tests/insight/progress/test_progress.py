"""The progress table of a small book, every number worked out by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import narwhals as nw
import polars as pl
import pytest
from tests.engine.books import book_of

from quanheng.data.book.book import Book
from quanheng.insight.progress.progress import TABLE, Progress, progress_of
from quanheng.periods.period import parse_period
from quanheng.scheme.files.read import scheme_from_mapping

SCHEME: Mapping[str, Any] = {
    "round": 2023,
    "items": {
        "tax": {"kind": "cumulative", "every": "month"},
        "gdp_growth": {"kind": "rate", "every": "quarter"},
        "accidents": {"kind": "flow", "every": "month"},
        "fdi": {"kind": "cumulative", "every": "month"},
        "people": {"kind": "stock", "every": "year"},
        "visits": {"kind": "cumulative", "every": "month"},
    },
    "defaults": {"rule": "given"},
    "pace": {"curve": "even", "yellow": "95%", "red": "85%", "repeat": 2},
    "indicators": {
        "revenue": {"name": "财政收入", "measure": "tax", "weight": 30, "rule": {"target": {"cap": 110}}},
        "speed": {"measure": "gdp_growth", "weight": 20, "rule": {"target": {"met_only": True}}},
        "safety": {
            "measure": "accidents",
            "weight": 20,
            "direction": "less",
            "rule": {"deduct": {"from": 100, "each": 10}},
        },
        "foreign": {
            "measure": "completion(fdi)",
            "weight": 10,
            "rule": {"bands": [[0.5, 0], [1, 100]]},
        },
        "growth": {"measure": "people", "weight": 10, "rule": "percentile"},
        "tourism": {
            "measure": "visits",
            "weight": 10,
            "rule": "percentile",
            "pace": {"when": {"red": "growth < 0", "yellow": "value < average"}},
        },
    },
}
UNITS = pl.DataFrame({"unit": ["T1", "T2"], "name": ["甲镇", "乙镇"], "group": ["all", "all"]})
MONTHS = [f"2023-{month:02}" for month in range(2, 7)]


@pytest.fixture(scope="module")
def book() -> Book:
    # cumulative tax by the end of February … June; January comes with February
    tax = {"T1": [18.0, 28.0, 36.0, 44.0, 51.0], "T2": [20.0, 31.0, 41.0, 52.0, 66.0]}
    figures: list[tuple[str, str, str, float | None]] = [
        ("tax", unit, month, value)
        for unit, values in tax.items()
        for month, value in zip(MONTHS, values, strict=True)
    ]
    figures += [("gdp_growth", "T1", "2023-Q1", 5.0), ("gdp_growth", "T2", "2023-Q1", 6.0)]
    # T1: 3 accidents in the half-year, T2: 1
    figures += [
        ("accidents", "T1", month, 1.0 if month in MONTHS[:3] else 0.0) for month in ("2023-01", *MONTHS)
    ]
    figures += [
        ("accidents", "T2", month, 1.0 if month == "2023-06" else 0.0) for month in ("2023-01", *MONTHS)
    ]
    figures += [("fdi", "T1", "2023-06", 9.0)]  # T2 has not reported
    figures += [("people", unit, "2022", 100.0) for unit in ("T1", "T2")]
    figures += [("visits", "T1", "2022-06", 50.0), ("visits", "T2", "2022-06", 20.0)]
    figures += [("visits", "T1", "2023-06", 48.0), ("visits", "T2", "2023-06", 30.0)]
    targets: list[tuple[str, str, str, float]] = [("revenue", unit, "2023", 120.0) for unit in ("T1", "T2")]
    targets += [("speed", unit, "2023", 6.0) for unit in ("T1", "T2")]
    targets += [("safety", unit, "2023", 4.0) for unit in ("T1", "T2")]
    targets += [("foreign", unit, "2023", 20.0) for unit in ("T1", "T2")]
    targets += [("growth", unit, "2023", 110.0) for unit in ("T1", "T2")]
    return book_of(scheme_from_mapping(SCHEME), units=UNITS, figures=figures, targets=targets)


@pytest.fixture(scope="module")
def june(book: Book) -> Progress:
    return progress_of(book, parse_period("2023-06"))


def row(progress: Progress, unit: str, indicator: str) -> dict[str, Any]:
    table = progress.table("zh")
    assert tuple(table.columns) == TABLE
    rows = table.filter((nw.col("unit") == unit) & (nw.col("indicator") == indicator)).rows(named=True)
    assert len(rows) == 1
    return rows[0]


def test_amount_half_through_the_year(june: Progress) -> None:
    # 120 in the year, 6/12 due = 60, 51 done: 51/60 = 0.85, 51/120 = 0.425, (120 - 51)/6 = 11.5;
    # as a round with 60 as the target it earns 85 points, 30 marks × 85 ÷ 100 = 25.5
    found = row(june, "T1", "revenue")
    assert (found["name"], found["indicator_name"], found["period"]) == ("甲镇", "财政收入", "2023-06")
    assert (found["value"], found["target"], found["share"], found["due"]) == (51.0, 120.0, 0.5, 60.0)
    assert (found["completion"], found["completion_year"]) == pytest.approx((0.85, 0.425))
    assert (found["gap"], found["needed"]) == (-9.0, 11.5)
    assert (found["points"], found["score"]) == pytest.approx((85.0, 25.5))
    assert (found["light"], found["reason"]) == ("yellow", "应达进度完成率85.0%，低于95%")


def test_same_light_is_counted_back_to_where_it_changed(june: Progress) -> None:
    # due 20, 30, 40, 50, 60 by February … June: T1 0.9, 0.933, 0.9, 0.88, 0.85: yellow five times;
    # January has no figure from anybody. T2 is at 1 or above all the time
    assert row(june, "T1", "revenue")["times"] == 5
    assert (row(june, "T2", "revenue")["light"], row(june, "T2", "revenue")["times"]) == ("green", 5)


def test_level_of_a_quarter_is_looked_at_as_of_the_quarter(book: Book, june: Progress) -> None:
    # the second quarter is not reported: the latest figure is used (time §2), and the reason says so
    found = row(june, "T1", "speed")
    assert (found["period"], found["value"], found["due"]) == ("2023-06", 5.0, 6.0)
    assert found["completion"] == pytest.approx(5 / 6)
    assert (found["gap"], found["needed"], found["points"], found["light"]) == (-1.0, 1.0, 0.0, "red")
    assert found["reason"] == "应达进度完成率83.3%，低于85%；2023-Q2未报送"
    missing = june.missing.filter(nw.col("item") == "gdp_growth").rows()
    assert missing == [("T1", "gdp_growth", "2023-Q2", 1), ("T2", "gdp_growth", "2023-Q2", 1)]
    # in May the quarter that counts is the first
    may = row(progress_of(book, parse_period("2023-05")), "T1", "speed")
    assert (may["period"], may["value"], may["times"]) == ("2023-03", 5.0, 1)


def test_limit_is_kept_or_not(june: Progress) -> None:
    # 4 accidents at most, 2 by June: T1 has 3: 1 - (3 - 2)/2 = 0.5, T2 1: 1.5; left (4 - 3)/6 a month
    first, second = row(june, "T1", "safety"), row(june, "T2", "safety")
    assert (first["value"], first["due"], first["completion"], first["gap"]) == (3.0, 2.0, 0.5, 1.0)
    assert (first["light"], first["points"]) == ("red", 70.0)
    assert first["needed"] == pytest.approx(1 / 6)
    assert (second["completion"], second["light"], second["points"]) == (1.5, "green", 90.0)


def test_measure_of_completion_shows_the_amount_itself(june: Progress) -> None:
    # 9 of the 10 due: points from bands at 0.9: (0.9 - 0.5)/0.5 × 100 = 80
    found = row(june, "T1", "foreign")
    assert (found["value"], found["target"], found["due"]) == (9.0, 20.0, 10.0)
    assert (found["completion"], found["completion_year"]) == (0.9, 0.45)
    assert found["points"] == pytest.approx(80.0)
    assert found["light"] == "yellow"


def test_what_is_not_reported_has_no_light_but_a_word(june: Progress) -> None:
    found = row(june, "T2", "foreign")
    assert (found["value"], found["points"], found["gap"], found["light"]) == (None, None, None, "missing")
    assert found["reason"] == "尚无数据，截至2023-06"
    assert (found["target"], found["due"]) == (20.0, 10.0)


def test_yearly_figure_is_not_due_in_june(june: Progress) -> None:
    # a stock: the figure of last year stands in until then, and percentile gives two equals 0 points
    found = row(june, "T1", "growth")
    assert (found["value"], found["points"], found["light"]) == (100.0, 0.0, "not_due")
    assert (found["completion"], found["gap"], found["needed"], found["times"]) == (None, None, None, 0)


def test_conditions_ask_for_growth_and_average(june: Progress) -> None:
    # T1: 48 against 50, it falls: red. T2: 30 grew from 20, but the mean is 39: yellow
    first, second = row(june, "T1", "tourism"), row(june, "T2", "tourism")
    assert (first["light"], first["reason"]) == ("red", "增长率低于0（增长率 < 0），同比-4.0%")
    assert (second["light"], second["reason"]) == ("yellow", "指标值低于平均值（指标值 < 平均值），同比50.0%")
    assert (first["target"], first["completion"]) == (None, None)


def test_half_year_check_counts_the_tasks_past_half(june: Progress) -> None:
    # T1: tax 51 < 60, growth 5 < 6, accidents 3 > 2, fdi 9 < 10: none of four
    # T2: tax 66 ≥ 60, growth 6 ≥ 6, accidents 1 ≤ 2; fdi not reported: three of four
    assert june.checkpoint is not None
    assert june.checkpoint.code == "half_year"
    assert june.past is not None
    assert june.past.rows() == [("T1", 4, 0, False), ("T2", 4, 3, False)]


def test_scores_today_add_up_to_the_total(june: Progress) -> None:
    # T1: 25.5 revenue, 0 speed, 14 safety, 8 foreign, 0 growth, 10 tourism (first of two)
    assert june.totals["score"][0] == pytest.approx(57.5)
    for unit, name, _, total, place, available in june.totals.rows():
        rows = june.rows.filter(nw.col("unit") == unit)
        assert rows["score"].sum() == pytest.approx(total), name
        assert place == {"T1": 2, "T2": 1}[unit]
        # T2 has not reported foreign's 10 of 100 marks; tourism has no target, but points
        assert available == pytest.approx({"T1": 1.0, "T2": 0.9}[unit])


def test_rows_stand_in_the_order_of_book_and_scheme(june: Progress) -> None:
    codes = list(SCHEME["indicators"])
    assert [(row[0], row[1]) for row in june.rows.select("unit", "indicator").rows()] == [
        (unit, code) for unit in ("T1", "T2") for code in codes
    ]


def test_february_brings_the_first_figures(book: Book) -> None:
    january = progress_of(book, parse_period("2023-01"))
    assert row(january, "T1", "revenue")["light"] == "not_due"
    assert row(january, "T1", "safety")["light"] == "green"
    february = progress_of(book, parse_period("2023-02"))
    # 120 × 2/12 = 20 due, 18 done
    assert row(february, "T1", "revenue")["completion"] == pytest.approx(0.9)
    assert february.past is None


def test_progress_can_be_narrowed(june: Progress) -> None:
    alone = june.only(units=["T2"], indicators=["speed"])
    assert alone.rows.select("unit", "indicator").rows() == [("T2", "speed")]
    assert alone.missing.select("unit", "item").rows() == [("T2", "gdp_growth")]
    assert alone.totals["unit"].to_list() == ["T2"]
    assert len(june.only().rows) == len(june.rows)
    assert set(june.with_lights(["red"]).rows["light"].to_list()) == {"red"}


def test_lights_are_counted_by_unit(june: Progress) -> None:
    # T1: tax and foreign yellow; speed, safety and tourism red; people not due
    assert june.lights_of(["T1"]) == {"T1": {"yellow": 2, "red": 3, "not_due": 1}}


def test_item_that_does_not_say_how_often_it_is_reported_is_looked_at_as_it_comes() -> None:
    scheme = scheme_from_mapping(
        {
            "round": 2023,
            "items": {"tax": {"kind": "cumulative"}},
            "indicators": {"revenue": {"measure": "tax", "weight": 100, "rule": "given"}},
        }
    )
    targets = [("revenue", unit, "2023", 100.0) for unit in ("T1", "T2")]
    quarters = [("tax", unit, period, value) for unit in ("T1", "T2") for period, value in TWO_QUARTERS]
    book = book_of(scheme, units=UNITS, figures=quarters, targets=targets)
    found = row(progress_of(book, parse_period("2023-08")), "T1", "revenue")
    # reported by the quarter: in August it is looked at as of June. 40 of 50: 0.8, after 24/25 = 0.96
    assert (found["period"], found["completion"], found["light"], found["times"]) == (
        "2023-06",
        0.8,
        "red",
        1,
    )
    # nothing at all is reported: then it is a matter of a year
    empty = progress_of(book_of(scheme, units=UNITS, targets=targets), parse_period("2023-08"))
    assert row(empty, "T1", "revenue")["light"] == "not_due"


def test_what_is_only_counted_is_never_missing_and_a_name_says_whose_it_is() -> None:
    scheme = scheme_from_mapping(
        {
            "round": 2023,
            "items": {
                "mark": {"mean": "calls.mark", "where": "on <= period_end and on >= period_start"},
            },
            "indicators": {
                "service": {
                    "weight": 100,
                    "children": {
                        "calls": {
                            "name": "热线",
                            "weight": 100,
                            "children": {
                                "mood": {"name": "满意度", "measure": "mark", "weight": 100, "rule": "given"},
                            },
                        }
                    },
                }
            },
        }
    )
    calls = pl.DataFrame({"unit": ["T1", "T1"], "on": [dt.date(2023, 2, 1)] * 2, "mark": [80.0, 90.0]})
    book = book_of(
        scheme,
        units=UNITS,
        ledgers={"calls": calls},
        targets=[("mood", unit, "2023", 90.0) for unit in ("T1", "T2")],
    )
    progress = progress_of(book, parse_period("2023-02"))
    # a level: (80 + 90)/2 = 85 of 90
    first, second = row(progress, "T1", "mood"), row(progress, "T2", "mood")
    assert (first["indicator_name"], first["value"], first["light"]) == ("热线 · 满意度", 85.0, "yellow")
    assert (second["light"], second["reason"]) == ("not_applicable", "没有可统计的记录")


TWO_QUARTERS = (("2023-Q1", 24.0), ("2023-Q2", 40.0))


def test_total_between_two_quarters_looks_at_what_was_due_by_the_last_one() -> None:
    scheme = scheme_from_mapping(
        {
            "round": 2023,
            "items": {
                "gdp": {"kind": "cumulative", "every": "quarter"},
                "tax": {"kind": "cumulative", "every": "month"},
                "jobs": {"kind": "flow", "every": "quarter"},
            },
            "indicators": {
                "output": {"measure": "gdp", "weight": 60, "rule": {"target": {"cap": 100}}},
                "revenue": {"measure": "tax", "weight": 30, "rule": {"target": {"cap": 100}}},
                "work": {"measure": "jobs", "weight": 10, "rule": {"target": {"cap": 100}}},
            },
        }
    )
    figures = [("gdp", "T1", "2023-Q1", 20.0), ("tax", "T1", "2023-05", 30.0)]
    figures += [("jobs", "T1", "2023-Q1", 6.0)]
    targets = [
        ("work", "T1", "2023", 40.0),
        ("output", "T1", "2023", 100.0),
        ("revenue", "T1", "2023", 120.0),
    ]
    book = book_of(scheme, units=UNITS, figures=figures, targets=targets)
    progress = progress_of(book, parse_period("2023-05"))
    # output: 20 of the 25 due by March; revenue: 30 of the 50 due by May; the flow has 6 of 10 by March, but
    # no sum by May, so that its marks are shared out: (60 × 0.8 + 30 × 0.6) ÷ 90 × 100 = 73.33…
    rows = [row(progress, "T1", code) for code in ("output", "revenue", "work")]
    assert [found["points"] for found in rows] == pytest.approx([80.0, 60.0, 60.0])
    assert [found["score"] for found in rows[:2]] == pytest.approx([4800 / 90, 1800 / 90])
    assert rows[2]["score"] is None
    assert progress.totals["score"][0] == pytest.approx(6600 / 90)
