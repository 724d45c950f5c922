"""What is said about a book that cannot be watched well."""

from __future__ import annotations

from typing import Any

import polars as pl
from tests.engine.books import book_of

from quanheng.insight.progress.laws import progress_findings
from quanheng.periods.period import parse_period
from quanheng.scheme.files.read import scheme_from_mapping

UNITS = pl.DataFrame({"unit": ["A"], "name": ["A"], "group": ["all"]})


def told(at: str, *, paced: bool = True, figures: tuple[str, ...] = ("2023-06",)) -> list[str]:
    scheme: dict[str, Any] = {
        "round": 2023,
        "items": {"tax": {"kind": "cumulative", "every": "month"}},
        "indicators": {"revenue": {"measure": "tax", "weight": 100, "rule": "given"}},
    }
    book = book_of(
        scheme_from_mapping(scheme | ({"pace": {"curve": "even"}} if paced else {})),
        units=UNITS,
        figures=[("tax", "A", period, 5.0) for period in figures],
        targets=[("revenue", "A", "2023", 10.0)],
    )
    return [finding.text("en").splitlines()[0] for finding in progress_findings(book, parse_period(at))]


def test_nothing_is_said_where_all_is_there() -> None:
    assert told("2023-06") == []


def test_scheme_without_a_pace_takes_an_even_one() -> None:
    assert told("2023-06", paced=False) == [
        "note QH580 the scheme does not say by when how much of a target is due; an even pace is taken"
    ]


def test_year_without_targets_is_told() -> None:
    assert told("2022-06") == ["warning QH581 there is no target of the year 2022, so nothing is due of any"]


def test_month_without_any_figure_offers_the_last_one() -> None:
    assert told("2023-09", figures=("2023-06", "2022-12", "2023-10")) == [
        "warning QH582 no figure ends in 2023-09; the last ones of the year are of 2023-06"
    ]
