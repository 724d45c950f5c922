"""What is said as of a period follows from what was reported by then, in whatever order it stands."""

from __future__ import annotations

from dataclasses import replace

import narwhals as nw
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal
from tests.engine.books import Written
from tests.engine.schemes import item
from tests.insight.histories import history_book

from quanheng.data.book.book import Book
from quanheng.insight.forecast.forecast import forecast
from quanheng.insight.unusual.unusual import unusual

_YEARS = (2019, 2020, 2021, 2022, 2023)
_UNITS = ("A", "B", "C")


@st.composite
def figures(draw: st.DrawFn) -> list[tuple[str, str, str, Written]]:
    """Quarters of three units over five years, cumulative, some of them never reported."""
    found: list[tuple[str, str, str, Written]] = []
    for unit in _UNITS:
        for year in _YEARS:
            parts = draw(st.lists(st.floats(0.5, 99, width=32), min_size=4, max_size=4))
            missing = draw(st.sets(st.integers(1, 4), max_size=1))
            found.extend(
                ("gdp", unit, f"{year}-Q{quarter}", sum(parts[:quarter]))
                for quarter in (1, 2, 3, 4)
                if quarter not in missing
            )
    return found


def _book(rows: list[tuple[str, str, str, Written]]) -> Book:
    return history_book([item("gdp", "cumulative", "quarter")], ["gdp"], units=_UNITS, figures=rows)


def _said(book: Book) -> tuple[pl.DataFrame, pl.DataFrame]:
    reports = unusual(book, "2023-Q2").reports
    return forecast(book, "2023-Q2").to_native(), reports.to_native()


@settings(max_examples=15)
@given(rows=figures())
def test_later_figures_change_nothing(rows: list[tuple[str, str, str, Written]]) -> None:
    by_then = [row for row in rows if row[2] <= "2023-Q2"]

    for first, second in zip(_said(_book(rows)), _said(_book(by_then)), strict=True):
        assert_frame_equal(first, second)


@settings(max_examples=15)
@given(rows=figures(), seed=st.integers(0, 999))
def test_the_order_of_rows_changes_nothing(rows: list[tuple[str, str, str, Written]], seed: int) -> None:
    book = _book(rows)
    shuffled = book.observations.to_native().sample(fraction=1.0, shuffle=True, seed=seed)
    other = replace(book, observations=nw.from_native(shuffled, eager_only=True))

    for first, second in zip(_said(book), _said(other), strict=True):
        assert_frame_equal(first, second)
