"""Floors and stretch goals beside the target: what of them is due, and what a value under the floor gets."""

from __future__ import annotations

from dataclasses import replace

import narwhals as nw
import polars as pl
import pytest
from tests.engine.books import book_of

from quanheng.data.book.book import Book
from quanheng.insight.progress.bounds import with_bounds
from quanheng.insight.progress.progress import progress_of
from quanheng.periods.period import parse_period
from quanheng.scheme.files.read import scheme_from_mapping


@pytest.mark.parametrize(
    ("value", "direction", "reached"),
    [
        # of 80 by half of the year 40 are due, of the floor of 72 36, of the stretch goal of 88 44
        (44.0, "more", "stretch"),
        (43.9, "more", "target"),
        (40.0, "more", "target"),
        (36.0, "more", "floor"),
        (35.9, "more", "under"),
        (None, "more", None),
    ],
)
def test_the_best_bound_whose_pace_is_kept_is_told(
    value: float | None, direction: str, reached: str | None
) -> None:
    row = {"value": value, "target": 80.0, "due": 40.0, "share": 0.5, "floor": 72.0, "stretch": 88.0}
    frame = pl.DataFrame([row | {"direction": direction}], schema_overrides={"value": pl.Float64})

    found = with_bounds(nw.from_native(frame))

    assert found.select("floor_due", "stretch_due", "reached").rows() == [(36.0, 44.0, reached)]


def test_a_limit_has_its_floor_above_it() -> None:
    # at most 10 deaths, 12 at the worst, 8 at best; by September 0.75 of it: 7.5, 9, 6
    rows = [
        {"value": value, "target": 10.0, "due": 7.5, "share": 0.75, "floor": 12.0, "stretch": 8.0}
        for value in (6.0, 7.5, 9.0, 9.1)
    ]
    frame = pl.DataFrame([row | {"direction": "less"} for row in rows])

    assert with_bounds(nw.from_native(frame))["reached"].to_list() == ["stretch", "target", "floor", "under"]


def test_a_level_is_asked_for_in_full_and_a_way_from_a_start_in_part() -> None:
    rows = [
        # a rate of 5.5, 5 at least: all of it at any time
        {"value": 5.0, "target": 5.5, "due": 5.5, "share": 1.0, "floor": 5.0, "stretch": None},
        # from 100 to 120 (floor 110), half of the way: 110, and 100 + 0.5 × 10 = 105 of the floor
        {"value": 104.0, "target": 120.0, "due": 110.0, "share": 0.5, "floor": 110.0, "stretch": None},
    ]
    frame = pl.DataFrame(
        [row | {"direction": "more"} for row in rows], schema_overrides={"stretch": pl.Float64}
    )

    found = with_bounds(nw.from_native(frame))

    assert found.select("floor_due", "stretch_due", "reached").rows() == [
        (5.0, None, "floor"),
        (105.0, None, "under"),
    ]


def test_without_bounds_nothing_is_said_of_them() -> None:
    row = {"value": 1.0, "target": 80.0, "due": 40.0, "share": 0.5, "floor": None, "stretch": None}
    frame = pl.DataFrame(
        [row | {"direction": "more"}], schema_overrides={"floor": pl.Float64, "stretch": pl.Float64}
    )

    assert with_bounds(nw.from_native(frame))["reached"].to_list() == [None]


@pytest.fixture
def book() -> Book:
    scheme = scheme_from_mapping(
        {
            "quanheng": 1,
            "id": "floors",
            "title": "Floors",
            "round": 2023,
            "items": {"tax": {"kind": "cumulative", "every": "month"}},
            "pace": {"yellow": "95%", "red": "60%"},
            "indicators": {"revenue": {"measure": "tax", "weight": 100, "rule": {"target": {"cap": 110}}}},
        }
    )
    units = pl.DataFrame({"unit": ["A", "B", "C"], "name": ["A", "B", "C"], "group": ["all"] * 3})
    figures = [("tax", unit, "2023-06", value) for unit, value in (("A", 45.0), ("B", 37.0), ("C", 35.0))]
    made = book_of(
        scheme,
        units=units,
        figures=figures,
        targets=[("revenue", unit, "2023", 80.0) for unit in ("A", "B", "C")],
    )
    bounds = made.targets.with_columns(nw.lit(72.0).alias("floor"), nw.lit(88.0).alias("stretch"))
    return replace(made, targets=bounds)


def test_a_value_under_the_floor_is_red_whatever_its_completion(book: Book) -> None:
    table = progress_of(book, parse_period("2023-06")).table("en")

    # A: 45 ≥ 44; B: 37 of 40 is 92.5 %, under 95 % and over the floor's 36; C: 35 of 40 is 87.5 %, over 60 %
    done = " of what is due is done"
    assert table.select("unit", "floor", "stretch", "light", "reached", "reason").rows() == [
        (
            "A",
            72.0,
            88.0,
            "green",
            "stretch",
            f"112.5%{done}; on the pace of the stretch goal",
        ),
        ("B", 72.0, 88.0, "yellow", "floor", f"92.5%{done}, under 95%"),
        ("C", 72.0, 88.0, "red", "under", f"87.5%{done}, under the 36.0 due of the floor"),
    ]
    words = progress_of(book, parse_period("2023-06")).table("zh")["reason"].to_list()
    assert words[0].endswith("；已达挑战目标进度")
    assert words[2] == "应达进度完成率87.5%，低于底线应达36.0"
