"""Reports that are not in, counted by hand over a small book."""

from __future__ import annotations

from collections.abc import Iterable

import narwhals as nw
import polars as pl
from tests.engine.books import Written, book_of, panel_of

from quanheng.data.book.book import Book
from quanheng.insight.progress.not_in import missing_reports, reports_due
from quanheng.periods.period import parse_period
from quanheng.scheme.files.read import scheme_from_mapping

SCHEME = scheme_from_mapping(
    {
        "round": 2023,
        "groups": {"towns": "镇", "parks": "园区"},
        "items": {
            "gdp": {"kind": "cumulative", "every": "quarter"},
            "tax": {"kind": "cumulative", "every": "month"},
            "jobs": {"kind": "flow", "every": "month"},
            "people": {"kind": "stock", "every": "year"},
            "fires": {"count": "fires"},
            "unused": {"kind": "rate", "every": "month"},
        },
        "defaults": {"rule": "percentile"},
        "indicators": {
            "output": {"measure": "gdp", "weight": 40},
            "revenue": {"measure": "growth(tax)", "weight": {"towns": 60}, "groups": ["towns"]},
            "work": {"measure": "jobs / people + fires", "weight": {"parks": 60}, "groups": ["parks"]},
        },
    }
)
UNITS = pl.DataFrame(
    {"unit": ["T1", "T2", "P1"], "name": ["甲", "乙", "丙"], "group": ["towns", "towns", "parks"]}
)


def missing(figures: Iterable[tuple[str, str, str, Written]], at: str) -> list[tuple[object, ...]]:
    return missing_reports(a_book(figures), parse_period(at)).rows()


def a_book(figures: Iterable[tuple[str, str, str, Written]]) -> Book:
    return book_of(SCHEME, units=UNITS, figures=figures)


def test_what_is_due_by_a_month_is_what_the_indicators_look_at() -> None:
    due = {
        each.item.code: (each.groups, each.months) for each in reports_due(SCHEME, parse_period("2023-H1"))
    }
    assert due == {
        "gdp": (("towns", "parks"), (3, 6)),
        "tax": (("towns",), (1, 2, 3, 4, 5, 6)),
        "jobs": (("parks",), (1, 2, 3, 4, 5, 6)),
    }
    assert "people" in {each.item.code for each in reports_due(SCHEME, parse_period("2023"))}
    assert reports_due(SCHEME, parse_period("2022-02"))[0].item.code == "tax"


def test_report_counts_by_the_last_month_of_its_period() -> None:
    figures = [
        ("gdp", "T1", "2023-Q1", 10.0),
        ("gdp", "T1", "2023-H1", 21.0),
        ("gdp", "T2", "2023-03", 10.0),  # the quarter is in, the half-year is not: 1 in a row
        ("gdp", "T2", "2022-H1", 9.0),  # a year earlier
        ("tax", "T1", "2023-02", 1.0),
        ("tax", "T1", "2023-04", 1.0),  # May and June are not: 2
        ("tax", "T2", "2023-06", 1.0),
    ]
    assert missing(figures, "2023-06") == [
        ("P1", "gdp", "2023-Q2", 2),
        # nobody reports January of jobs, so it is part of February: 5 of 6
        ("P1", "jobs", "2023-06", 5),
        ("T1", "tax", "2023-06", 2),
        ("T2", "gdp", "2023-Q2", 1),
    ]


def test_between_quarters_the_last_quarter_is_due() -> None:
    figures = [("gdp", unit, "2023-Q1", 1.0) for unit in ("T1", "T2")]
    figures += [("tax", unit, "2023-05", 1.0) for unit in ("T1", "T2")]
    assert missing(figures, "2023-05") == [("P1", "gdp", "2023-Q1", 1), ("P1", "jobs", "2023-05", 4)]


def test_january_is_due_as_soon_as_one_unit_reports_it() -> None:
    # at the end of January nothing is due of what comes with February
    assert missing([], "2023-01") == []
    assert missing([("tax", "T1", "2023-01", 1.0)], "2023-01") == [("T2", "tax", "2023-01", 1)]


def test_sum_over_a_quarter_reports_its_months_and_a_cell_that_does_not_apply_the_year() -> None:
    figures: list[tuple[str, str, str, Written]] = [
        ("jobs", "P1", "2023-Q1", 30.0),
        ("gdp", "P1", "2023-Q1", "/"),
        ("gdp", "T1", "2023-H1", None),  # a blank cell is no report
        ("gdp", "T2", "2023-H1", 5.0),
        ("tax", "T1", "2023-06", 5.0),
        ("tax", "T2", "2023-06", 5.0),
    ]
    assert missing(figures, "2023-06") == [("P1", "jobs", "2023-06", 3), ("T1", "gdp", "2023-Q2", 2)]


def test_big_files_are_looked_through_too() -> None:
    wide = pl.DataFrame(
        {
            "unit": ["T1", "T2", "P1"],
            "period": ["2023-Q1"] * 3,
            "gdp": [1.0, None, 2.0],
        }
    )
    book = book_of(SCHEME, units=UNITS, panels=(panel_of("wide", wide),))
    rows = missing_reports(book, parse_period("2023-Q1"))
    assert rows.filter(nw.col("item") == "gdp").rows() == [("T2", "gdp", "2023-Q1", 1)]
