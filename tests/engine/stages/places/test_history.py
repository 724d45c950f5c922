from __future__ import annotations

from typing import Any

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.graded import GRADES, graded
from tests.engines import EngineUnderTest

from quanheng.engine.frame.engines import polars_engine
from quanheng.engine.stages.places.history import with_history

SCHEMA = {"round": pl.String, "unit": pl.String, "score": pl.Float64, "place": pl.Int64, "tier": pl.String}
NOW = pl.DataFrame(
    {
        "unit": ["a", "b", "c", "d", "e"],
        "score|total": [92.3, 88.0, 91.0, None, 90.0],
        "place": [1, 4, 2, None, 3],
        "tier": ["first", "second", "first", None, "first"],
    }
)
PAST = [
    ("2020", "a", 80.0, 3, "first"),
    ("2020", "b", 81.0, 2, "first"),
    ("2020", "c", 81.0, 2, "first"),
    ("2021", "a", 85.0, 2, "first"),
    ("2021", "c", 70.0, 9, "second"),
    ("2022", "a", 90.1, 1, "first"),
    ("2022", "b", 86.0, 6, "first"),
    ("2022", "c", 80.0, 7, "first"),
    ("2022", "d", 60.0, 9, None),
    ("2022-Q4", "a", 1.0, 9, "third"),
    ("2023", "a", 1.0, 9, "third"),  # the round itself is not its own past
]


def history(past: list[tuple[str, str, float, int, str | None]]) -> nw.DataFrame[Any]:
    return nw.from_native(pl.DataFrame(past, schema=SCHEMA, orient="row"))


def told(engine: EngineUnderTest, past: nw.DataFrame[Any] | None, round_of: str = "2023") -> pl.DataFrame:
    scheme = graded(tiers=GRADES)
    frame = with_history(engine.lift(NOW), scheme, past, round=round_of, engine=engine.engine)
    return engine.collect(frame).sort("unit")


def test_history_gives_the_last_round_and_the_gains(engine: EngineUnderTest) -> None:
    frame = told(engine, history(PAST))

    columns = ("unit", "last_place", "last_tier", "last_score", "place_gain", "score_gain")
    assert frame.select(*columns).rows() == [
        ("a", 1, "first", 90.1, 0, 2.2),
        ("b", 6, "first", 86.0, 2, 2.0),
        ("c", 7, "first", 80.0, 5, 11.0),
        ("d", 9, None, 60.0, None, None),
        ("e", None, None, None, None, None),
    ]


def test_history_counts_streaks_and_first_times(engine: EngineUnderTest) -> None:
    frame = told(engine, history(PAST))

    assert frame.select("unit", "first_tier_streak", "first_tier_count").rows() == [
        ("a", 4, 4),
        ("b", 0, 2),  # not in the first tier now: no streak, the earlier times remain
        ("c", 2, 3),  # 2021 broke it
        ("d", 0, 0),
        ("e", 1, 1),  # for the first time
    ]


@pytest.mark.parametrize("past", [None, history([]), history([("2024", "a", 1.0, 1, "first")])])
def test_without_a_past_every_first_tier_is_the_first(
    engine: EngineUnderTest, past: nw.DataFrame[Any] | None
) -> None:
    frame = told(engine, past)

    assert frame["last_place"].to_list() == [None] * 5
    assert frame["last_tier"].to_list() == [None] * 5
    assert frame["place_gain"].to_list() == [None] * 5
    assert frame["first_tier_streak"].to_list() == [1, 0, 1, 0, 1]
    assert frame["first_tier_count"].to_list() == [1, 0, 1, 0, 1]


def test_quarters_follow_quarters_over_the_turn_of_the_year(engine: EngineUnderTest) -> None:
    past = history(
        [
            ("2022-Q3", "a", 80.0, 1, "first"),
            ("2022-Q4", "a", 80.0, 1, "first"),
            ("2022", "a", 70.0, 8, "third"),
            ("2022-12", "a", 70.0, 8, "third"),
            ("2022-Q2", "c", 80.0, 1, "first"),
        ]
    )

    frame = told(engine, past, "2023-Q1")

    assert frame["first_tier_streak"].to_list() == [3, 0, 1, 0, 1]
    assert frame["first_tier_count"].to_list() == [3, 0, 2, 0, 1]
    assert frame["last_place"].to_list() == [1, None, None, None, None]


def test_the_last_round_is_the_last_one_held(engine: EngineUnderTest) -> None:
    # nothing was assessed in 2022: moves look at 2021, but the streak is broken
    frame = told(engine, history([("2021", "a", 90.0, 4, "first"), ("2020", "c", 90.0, 4, "first")]))

    assert frame["place_gain"].to_list() == [3, None, None, None, None]
    assert frame["first_tier_streak"].to_list() == [1, 0, 1, 0, 1]


def test_without_tiers_there_is_no_streak(engine: EngineUnderTest) -> None:
    frame = with_history(engine.lift(NOW), graded(), history(PAST), round="2023", engine=engine.engine)

    assert set(engine.collect(frame)["first_tier_streak"]) == {0}
    assert set(engine.collect(frame)["first_tier_count"]) == {0}


@given(st.sets(st.integers(min_value=2000, max_value=2022)), st.booleans())
def test_the_streak_is_the_unbroken_run_up_to_now(years: set[int], first_now: bool) -> None:  # noqa: FBT001 - drawn
    engine = polars_engine()
    past = history([(str(year), "a", 90.0, 1, "first") for year in years])
    now = pl.DataFrame(
        {"unit": ["a"], "score|total": [1.0], "place": [1], "tier": ["first" if first_now else "third"]}
    )

    frame = with_history(engine.lift(now), graded(tiers=GRADES), past, round="2023", engine=engine)

    run = 0
    while first_now and 2023 - run in {*years, 2023}:
        run += 1
    [row] = engine.collect(frame).rows(named=True)
    assert row["first_tier_streak"] == run
    assert row["first_tier_count"] == len(years) + first_now
