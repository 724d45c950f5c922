from __future__ import annotations

import math
from fractions import Fraction

import narwhals as nw
import polars as pl
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.graded import graded, scored
from tests.engines import EngineUnderTest

from quanheng.engine.frame.engines import polars_engine
from quanheng.engine.stages.places.places import quota, with_places
from quanheng.scheme.grades.quotas import Quota

TOTALS = st.lists(
    st.one_of(st.none(), st.integers(min_value=0, max_value=40).map(lambda number: number / 4)), max_size=25
)


def places(frame: pl.DataFrame, *, ties: tuple[str, ...] = ()) -> list[int | None]:
    engine = polars_engine()
    placed = engine.collect(with_places(engine.lift(frame), graded(ties=ties)))
    order = frame.select("unit").join(placed.to_native(), on="unit", how="left", maintain_order="left")
    return order["place"].to_list()


def test_places_are_competition_ranking_inside_the_group(engine: EngineUnderTest) -> None:
    frame = scored(
        [90.0, 85.5, 85.5, 70.0, 99.0, None, 95.0],
        group=["towns", "towns", "towns", "towns", "parks", "parks", "parks"],
        ranked=[True, True, True, True, True, True, False],
    )

    placed = engine.collect(with_places(engine.lift(frame), graded())).sort("unit")

    assert placed.select("unit", "place", "placed").rows() == [
        ("u1", 1, 4),
        ("u2", 2, 4),
        ("u3", 2, 4),
        ("u4", 4, 4),
        ("u5", 1, 1),
        ("u6", None, 1),  # no total
        ("u7", None, 1),  # not ranked
    ]
    assert placed.schema["place"] == pl.Int64
    assert set(placed.columns) == {*frame.columns, "place", "placed"}


def test_places_do_not_see_binary_noise(engine: EngineUnderTest) -> None:
    frame = scored([0.1 + 0.2, 0.3, 0.3 + 1e-8])

    placed = engine.collect(with_places(engine.lift(frame), graded())).sort("unit")

    assert placed["place"].to_list() == [2, 2, 1]


def test_ties_are_broken_by_nodes_in_order(engine: EngineUnderTest) -> None:
    frame = scored([80.0] * 6 + [90.0]).with_columns(
        pl.Series("score|economy", [30.0, 40.0, 40.0, 40.0, 30.0, None, 1.0]),
        pl.Series("score|safety", [50.0, 20.0, 25.0, 25.0, 50.0, 60.0, 1.0]),
    )

    placed = engine.collect(with_places(engine.lift(frame), graded(ties=("economy", "safety")))).sort("unit")

    # economy parts 40 40 40 | 30 30 | none; safety parts the first three; u1 and u5 stay equal
    assert placed["place"].to_list() == [5, 4, 2, 2, 5, 7, 1]


@given(TOTALS)
def test_a_place_is_one_more_than_the_units_ahead(totals: list[float | None]) -> None:
    for total, place in zip(totals, places(scored(totals)), strict=True):
        if total is None:
            assert place is None
        else:
            assert place == 1 + sum(other > total for other in totals if other is not None)


@given(TOTALS, st.randoms(use_true_random=False))
def test_places_do_not_depend_on_the_order_of_rows(totals: list[float | None], random: object) -> None:
    frame = scored(totals)
    order = list(range(len(totals)))
    random.shuffle(order)  # type: ignore[attr-defined]  # a random.Random, which hypothesis seeds

    straight = dict(zip(frame["unit"], places(frame), strict=True))
    mixed = dict(zip(frame[order]["unit"], places(frame[order]), strict=True))

    assert straight == mixed


@given(st.lists(st.tuples(*[st.integers(min_value=0, max_value=3).map(float)] * 3), min_size=1, max_size=20))
def test_ties_place_as_comparing_the_scores_in_order(scores: list[tuple[float, float, float]]) -> None:
    frame = scored([total for total, _, _ in scores]).with_columns(
        pl.Series("score|economy", [economy for _, economy, _ in scores]),
        pl.Series("score|safety", [safety for _, _, safety in scores]),
    )

    expected = [1 + sum(other > own for other in scores) for own in scores]
    assert places(frame, ties=("economy", "safety")) == expected


def test_quota_is_half_up_and_at_least_one(engine: EngineUnderTest) -> None:
    frame = engine.lift(pl.DataFrame({"n": [1, 3, 5, 10, 50]}))

    admitted = engine.collect(
        frame.select(
            "n",
            thirty=quota(Quota(share=0.3), nw.col("n")),
            twenty_nine=quota(Quota(share=0.29), nw.col("n")),
            three=quota(Quota(count=3), nw.col("n")),
        )
    ).sort("n")

    # 0.3·5 = 1.5 gives 2; 0.29·50 = 14.5 gives 15, though 0.29 * 50 is 14.499999999999998
    assert admitted["thirty"].to_list() == [1, 1, 2, 3, 15]
    assert admitted["twenty_nine"].to_list() == [1, 1, 1, 3, 15]
    assert admitted["three"].to_list() == [3, 3, 3, 3, 3]


@given(
    per_mille=st.integers(min_value=0, max_value=1000),
    units=st.integers(min_value=1, max_value=100_000),
)
def test_quota_equals_exact_arithmetic(per_mille: int, units: int) -> None:
    frame = nw.from_native(pl.DataFrame({"n": [units]}))

    [admitted] = frame.select(k=quota(Quota(share=per_mille / 1000), nw.col("n")))["k"].to_list()

    assert admitted == max(1, math.floor(Fraction(per_mille * units, 1000) + Fraction(1, 2)))
