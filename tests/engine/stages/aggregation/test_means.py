from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engines import EngineUnderTest

from quanheng.engine.stages.aggregation.means import (
    Child,
    Joined,
    Mean,
    negative_child,
    with_aggregated,
    zero_child,
)
from quanheng.scheme.weights.aggregation import (
    Aggregation,
    Arithmetic,
    Best,
    Copeland,
    Geometric,
    Harmonic,
    Last,
    Maximum,
    Minimum,
    Power,
    Product,
    Sum,
)

UNITS = pl.DataFrame(
    {
        "unit": ["full", "one absent", "one zero", "none", "unweighted only"],
        "a": [80.0, 80.0, 0.0, None, None],
        "b": [50.0, None, 64.0, None, None],
        "c": [20.0, 20.0, 16.0, None, 90.0],
    }
)
# c weighs nothing: it is shown, and never counts
CHILDREN: list[Child] = [
    (nw.col("a"), nw.lit(3.0)),
    (nw.col("b"), nw.lit(1.0)),
    (nw.col("c"), nw.lit(0.0)),
]
EXPECTED: dict[Mean, list[float | None]] = {
    Arithmetic(): [72.5, 80.0, 16.0, None, None],
    Geometric(): [80**0.75 * 50**0.25, 80.0, 0.0, None, None],
    Harmonic(): [4 / (3 / 80 + 1 / 50), 80.0, 0.0, None, None],
    Power(2.0): [math.sqrt(0.75 * 6400 + 0.25 * 2500), 80.0, 32.0, None, None],
    Power(-1.0): [4 / (3 / 80 + 1 / 50), 80.0, 0.0, None, None],
    Minimum(): [50.0, 80.0, 0.0, None, None],
    Maximum(): [80.0, 80.0, 64.0, None, None],
    Best(1): [80.0, 80.0, 64.0, None, None],
    Last(1): [50.0, 80.0, 0.0, None, None],
    Best(2): [72.5, 80.0, 16.0, None, None],
    Product(): [40.0, 80.0, 0.0, None, None],
    Sum(): [130.0, 80.0, 64.0, None, None],
}
MEANS = list(EXPECTED)


def _joined(frame: nw.LazyFrame[Any], method: Mean, children: Sequence[Child]) -> nw.LazyFrame[Any]:
    return with_aggregated(frame, [Joined(column="points", method=method, children=children)])


@pytest.mark.parametrize("method", MEANS)
def test_each_mean_of_the_children_that_count(engine: EngineUnderTest, method: Mean) -> None:
    frame = _joined(engine.lift(UNITS), method, CHILDREN).select("unit", "points")

    points = dict(engine.collect(frame).iter_rows())

    assert points == pytest.approx(dict(zip(UNITS["unit"], EXPECTED[method], strict=True)), abs=1e-12)


@pytest.mark.parametrize(
    ("method", "zero", "negative"),
    [
        (Arithmetic(), set(), set()),
        (Geometric(), {"zero"}, {"negative"}),
        (Harmonic(), {"zero"}, {"negative"}),
        (Power(2.0), set(), {"negative"}),
        (Power(-2.0), {"zero"}, {"negative"}),
        (Minimum(), set(), set()),
        (Maximum(), set(), set()),
        (Best(1), set(), set()),
        (Product(), set(), {"negative"}),
        (Sum(), set(), set()),
        (Copeland(), set(), set()),
    ],
)
def test_zero_and_negative_children_are_told_of(
    engine: EngineUnderTest, method: Aggregation, zero: set[str], negative: set[str]
) -> None:
    units = pl.DataFrame(
        {
            "unit": ["fine", "zero", "negative", "absent", "unweighted"],
            "a": [5.0, 0.0, -1.0, None, 7.0],
            "c": [5.0, 5.0, 5.0, 5.0, -3.0],
        }
    )
    children = [(nw.col("a"), nw.lit(1.0)), (nw.col("c"), nw.when(nw.col("unit") != "unweighted").then(1.0))]

    flags = engine.collect(
        engine.lift(units).select(
            "unit",
            zero_child(method, children).alias("zero"),
            negative_child(method, children).alias("negative"),
        )
    )

    assert set(flags.filter("zero")["unit"]) == zero
    assert set(flags.filter("negative")["unit"]) == negative


@pytest.mark.parametrize("method", [Geometric(), Harmonic(), Power(3.0), Power(-3.0)])
def test_a_negative_child_leaves_no_mean(engine: EngineUnderTest, method: Mean) -> None:
    frame = engine.lift(pl.DataFrame({"a": [-1.0], "b": [50.0]}))
    children = [(nw.col("a"), nw.lit(1.0)), (nw.col("b"), nw.lit(1.0))]

    assert engine.collect(_joined(frame, method, children).select("points"))["points"].to_list() == [None]


def test_points_that_are_all_zero_have_a_power_mean_of_zero(engine: EngineUnderTest) -> None:
    frame = engine.lift(pl.DataFrame({"a": [0.0], "b": [0.0]}))
    children = [(nw.col("a"), nw.lit(1.0)), (nw.col("b"), nw.lit(1.0))]

    for method in (Power(2.0), Power(-2.0), Power(0.5)):
        assert engine.collect(_joined(frame, method, children).select("points"))["points"].to_list() == [0.0]


def test_weights_that_differ_by_unit_are_taken_from_their_column(engine: EngineUnderTest) -> None:
    frame = engine.lift(pl.DataFrame({"a": [100.0, 100.0], "b": [0.0, 0.0], "w": [1.0, 3.0]}))
    children = [(nw.col("a"), nw.col("w")), (nw.col("b"), nw.lit(1.0))]

    points = engine.collect(_joined(frame, Arithmetic(), children).select("points"))["points"]

    assert sorted(points) == [50.0, 75.0]


PAIRS = st.lists(
    st.tuples(
        st.none() | st.floats(0.0, 120.0, allow_subnormal=False).map(lambda x: round(x, 3)),
        st.floats(0.01, 40.0).map(lambda x: round(x, 3)),
    ),
    min_size=1,
    max_size=6,
)
METHODS = st.sampled_from(MEANS) | st.builds(Power, st.sampled_from([-5.0, -0.5, 0.5, 5.0]))


MONOTONE = METHODS.filter(lambda method: not isinstance(method, Best | Last))
AVERAGES = METHODS.filter(lambda method: not isinstance(method, Product | Sum))


@given(AVERAGES, PAIRS)
def test_a_mean_lies_between_the_least_and_the_greatest(
    method: Mean, pairs: list[tuple[float | None, float]]
) -> None:
    present = [points for points, _ in pairs if points is not None]

    mean = _mean(method, pairs)

    if not present:
        assert mean is None
    else:
        assert mean is not None
        assert min(present) - 1e-9 <= mean <= max(present) + 1e-9


@given(MONOTONE, PAIRS, st.integers(0, 5), st.floats(0.001, 50.0))
def test_more_points_never_lower_a_mean(
    method: Mean, pairs: list[tuple[float | None, float]], index: int, more: float
) -> None:
    index %= len(pairs)
    points, weight = pairs[index]
    raised = [*pairs[:index], (None if points is None else points + more, weight), *pairs[index + 1 :]]

    before, after = _mean(method, pairs), _mean(method, raised)

    if before is None or after is None:
        assert before == after
    else:
        assert after >= before - 1e-9


@given(MONOTONE, PAIRS, st.randoms(use_true_random=False))
def test_a_mean_does_not_depend_on_the_order_of_the_children(
    method: Mean,
    pairs: list[tuple[float | None, float]],
    random: Any,  # noqa: ANN401 - hypothesis gives its own Random
) -> None:
    shuffled = list(pairs)
    random.shuffle(shuffled)

    assert _mean(method, shuffled) == pytest.approx(_mean(method, pairs), abs=1e-9)


@given(METHODS, PAIRS, st.floats(0.1, 10.0))
def test_only_the_proportions_of_weights_count(
    method: Mean, pairs: list[tuple[float | None, float]], factor: float
) -> None:
    scaled = [(points, factor * weight) for points, weight in pairs]

    assert _mean(method, scaled) == pytest.approx(_mean(method, pairs), abs=1e-9)


CHOOSING = st.builds(Best, st.integers(1, 4)) | st.builds(Last, st.integers(1, 4))


@given(CHOOSING, PAIRS, st.integers(0, 5), st.floats(0.001, 50.0), st.randoms(use_true_random=False))
def test_of_children_that_weigh_the_same_more_points_never_lower_the_best_or_last(
    method: Best | Last,
    pairs: list[tuple[float | None, float]],
    index: int,
    more: float,
    random: Any,  # noqa: ANN401 - hypothesis gives its own Random
) -> None:
    alike = [(points, 2.0) for points, _ in pairs]
    index %= len(alike)
    points = alike[index][0]
    raised = [*alike[:index], (None if points is None else points + more, 2.0), *alike[index + 1 :]]
    shuffled = list(alike)
    random.shuffle(shuffled)

    before, after = _mean(method, alike), _mean(method, raised)

    assert (before is None) == (after is None)
    assert before is None or after is None or after >= before - 1e-9
    assert _mean(method, shuffled) == pytest.approx(before, abs=1e-9)
    known = sorted((points for points, _ in alike if points is not None), reverse=isinstance(method, Best))
    counting = known[: method.count]
    assert before == (pytest.approx(sum(counting) / len(counting)) if counting else None)


def test_of_equals_the_first_in_the_scheme_counts() -> None:
    # 70 with 1, then the first 50 with 3: (70 + 150)/4; the other 50 and what is absent do not count
    pairs = [(50.0, 3.0), (None, 9.0), (70.0, 1.0), (50.0, 1.0), (20.0, 8.0)]
    assert _mean(Best(2), pairs) == 55.0
    # 20 with 8 and the first 50 with 3: (160 + 150)/11
    assert _mean(Last(2), pairs) == pytest.approx(310 / 11)
    assert _mean(Best(9), pairs) == pytest.approx((150 + 70 + 50 + 160) / 13)


def _mean(method: Mean, pairs: list[tuple[float | None, float]]) -> float | None:
    columns = {f"p{i}": [points] for i, (points, _) in enumerate(pairs)}
    frame = nw.from_native(pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.Float64)))
    children = [(nw.col(f"p{i}"), nw.lit(weight)) for i, (_, weight) in enumerate(pairs)]
    value: float | None = _joined(frame.lazy(), method, children).select("points").collect().item()
    return value
