from __future__ import annotations

from collections.abc import Sequence

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engines import EngineUnderTest

from quanheng.engine.frame.engines import polars_engine
from quanheng.engine.stages.reviews.fold import HeldReviews, with_fold
from quanheng.scheme.pace.pace import Fold
from quanheng.scheme.rounding.rounding import Rounding

TABLE = {"unit": pl.String, "round": pl.String, "score": pl.Float64, "place": pl.Int64}
QUARTERS = ("2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4")


def held(
    rows: Sequence[tuple[str, str, float | None]], *, reviews: float = 0.4, rounds: Sequence[str] = QUARTERS
) -> HeldReviews:
    table = pl.DataFrame([(*row, 1) for row in rows], schema=TABLE, orient="row")
    fold = Fold(reviews=reviews, year=round(1 - reviews, 12))
    return HeldReviews(rounds=tuple(rounds), table=nw.from_native(table), fold=fold)


def test_total_is_part_of_the_year_and_part_of_the_mean_of_its_reviews(engine: EngineUnderTest) -> None:
    year = pl.DataFrame({"unit": ["a", "b", "c", "d"], "score|total": [85.3, 80.0, 77.77, None]})
    reviews = held(
        [
            *(
                ("a", quarter, score)
                for quarter, score in zip(QUARTERS, (86.1, 84.2, 88.5, 86.2), strict=True)
            ),
            ("b", "2023-Q1", 90.0),
            ("b", "2023-Q2", None),  # listed without a score: no review of this unit
            ("b", "2023-Q4", 91.0),
            ("d", "2023-Q1", 60.0),
            ("e", "2023-Q1", 99.0),  # assessed in spring, no longer at the year's end
        ]
    )

    frame = with_fold(engine.lift(year), reviews, Rounding(total=2), engine.engine)

    # a: mean (86.1 + 84.2 + 88.5 + 86.2) / 4 = 86.25; 0.4 · 86.25 + 0.6 · 85.3 = 34.5 + 51.18 = 85.68
    # b: mean (90 + 91) / 2 = 90.5; 0.4 · 90.5 + 0.6 · 80 = 36.2 + 48 = 84.2
    # c: no review, its own total alone; d: no total of its own, none at all
    told = engine.collect(frame).sort("unit")
    assert told.select("unit", "own|total", "reviews_mean", "score|total").rows() == [
        ("a", 85.3, pytest.approx(86.25), 85.68),
        ("b", 80.0, pytest.approx(90.5), 84.2),
        ("c", 77.77, None, 77.77),
        ("d", None, 60.0, None),
    ]
    assert told["review|2023-Q4"].to_list() == [86.2, 91.0, None, None]


def test_folded_total_is_rounded_half_up_again() -> None:
    engine = polars_engine()
    year = pl.DataFrame({"unit": ["a"], "score|total": [80.05]})

    frame = with_fold(
        engine.lift(year), held([("a", "2023-Q1", 80.06)], reviews=0.5), Rounding(total=2), engine
    )

    # 0.5 · 80.06 + 0.5 · 80.05 = 80.055, which is 80.06 half up
    assert engine.collect(frame)["score|total"].to_list() == [80.06]


def test_months_become_quarters_become_the_year() -> None:
    """月评、季评、年评: a quarter of one month weighs as much as one of three."""
    engine = polars_engine()
    months = ("2023-01", "2023-02", "2023-03", "2023-04")
    rows = list(zip("aaaa", months, (90.0, 80.0, 70.0, 100.0), strict=True))
    table = pl.DataFrame([(*row, 1) for row in rows], schema=TABLE, orient="row")
    reviews = HeldReviews(
        rounds=months,
        table=nw.from_native(table),
        fold=Fold(reviews=1.0, year=0.0),
        steps=(("2023-Q1", months[:3]), ("2023-Q2", months[3:])),
    )
    year = pl.DataFrame({"unit": ["a", "b"], "score|total": [1.0, 2.0]})

    told = engine.collect(with_fold(engine.lift(year), reviews, Rounding(), engine)).sort("unit")

    # (90 + 80 + 70) / 3 = 80 and 100: the year is 90, not the mean of the four months, 85
    columns = ("reviews_mean|2023-Q1", "reviews_mean|2023-Q2", "reviews_mean", "score|total")
    assert told.select(*columns).rows() == [(80.0, 100.0, 90.0, 90.0), (None, None, None, 2.0)]


def test_year_that_counts_nothing_needs_no_total_of_its_own() -> None:
    engine = polars_engine()
    year = pl.DataFrame({"unit": ["a"], "score|total": [None]}, schema_overrides={"score|total": pl.Float64})

    frame = with_fold(engine.lift(year), held([("a", "2023-Q1", 70.0)], reviews=1.0), Rounding(), engine)

    assert engine.collect(frame)["score|total"].to_list() == [70.0]


def test_year_without_a_review_keeps_its_totals() -> None:
    engine = polars_engine()
    year = pl.DataFrame({"unit": ["a"], "score|total": [70.0]})

    frame = engine.collect(with_fold(engine.lift(year), held([], rounds=()), Rounding(total=0), engine))

    assert frame.select("own|total", "reviews_mean", "score|total").rows() == [(70.0, None, 70.0)]


@given(
    st.lists(st.floats(min_value=0, max_value=120), min_size=1, max_size=4),
    st.floats(min_value=0, max_value=120),
    st.floats(min_value=0.01, max_value=0.99),
)
def test_folded_total_lies_between_what_is_folded(scores: list[float], own: float, part: float) -> None:
    engine = polars_engine()
    year = pl.DataFrame({"unit": ["a"], "score|total": [own]})
    rows = [("a", quarter, score) for quarter, score in zip(QUARTERS, scores, strict=False)]

    frame = with_fold(engine.lift(year), held(rows, reviews=part), Rounding(), engine)

    [total] = engine.collect(frame)["score|total"].to_list()
    assert min(*scores, own) - 1e-9 <= total <= max(*scores, own) + 1e-9
