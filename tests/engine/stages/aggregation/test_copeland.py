from __future__ import annotations

import itertools

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.nodes import dimension
from tests.engines import EngineUnderTest

from quanheng.engine.frame import columns as c
from quanheng.engine.frame.engines import polars_engine
from quanheng.engine.stages.aggregation import copeland
from quanheng.engine.stages.aggregation.copeland import with_copeland
from quanheng.findings.finding import FindingsError
from quanheng.scheme.weights.aggregation import Copeland

POLARS = EngineUnderTest(polars_engine())
Points = dict[str, tuple[float | None, ...]]


def copeland_points(
    engine: EngineUnderTest, points: Points, weights: tuple[float, ...], groups: dict[str, str] | None = None
) -> dict[str, float | None]:
    codes = [f"k{i}" for i in range(len(weights))]
    node = dimension("node", dict(zip(codes, weights, strict=True)), aggregate=Copeland())
    frame = pl.DataFrame(
        {"unit": list(points), "group": [(groups or {}).get(unit, "all") for unit in points]}
        | {c.points(code): [row[i] for row in points.values()] for i, code in enumerate(codes)},
        schema_overrides={c.points(code): pl.Float64 for code in codes},
    )
    stated = {("node", code): nw.lit(weight) for code, weight in zip(codes, weights, strict=True)}
    scored = engine.collect(with_copeland(engine.lift(frame), (node,), stated))
    return dict(scored.select("unit", c.points("node")).iter_rows())


def test_wins_draws_and_absences_inside_each_group(engine: EngineUnderTest) -> None:
    points: Points = {
        # A beats B and C, B beats C: k0 decides, it weighs 60 of 100
        "A": (90.0, 10.0, 50.0),
        "B": (80.0, 20.0, 50.0),
        "C": (70.0, 15.0, 60.0),
        # A and B have 60 each and draw, both beat C: (1 - 0 + 2)/4 and (0 - 2 + 2)/4
        "draw A": (90.0, None, None),
        "draw B": (90.0, 10.0, 40.0),
        "draw C": (10.0, 90.0, 90.0),
        # k1 is left out where one of the two has none; D has nothing and meets nobody
        "absent A": (50.0, 90.0, None),
        "absent B": (60.0, None, None),
        "absent C": (40.0, 95.0, None),
        "absent D": (None, None, None),
        "alone": (None, 1.0, None),
    }
    groups = {unit: unit.split()[0] if len(unit) > 1 else "plain" for unit in points}

    assert copeland_points(engine, points, (60.0, 25.0, 15.0), groups) == {
        "A": 100.0,
        "B": 50.0,
        "C": 0.0,
        "draw A": 75.0,
        "draw B": 75.0,
        "draw C": 0.0,
        "absent A": 50.0,
        "absent B": 100.0,
        "absent C": 0.0,
        "absent D": None,
        "alone": 100.0,
    }


def test_a_circle_of_wins_is_a_draw_for_all() -> None:
    # A beats B on k0 (40 to 35), B beats C on k0 and k1 (75 to 25), C beats A on k1 and k2 (60 to 40)
    points: Points = {"A": (90.0, 10.0, 50.0), "B": (80.0, 20.0, 50.0), "C": (70.0, 15.0, 60.0)}

    assert copeland_points(POLARS, points, (40.0, 35.0, 25.0)) == {"A": 50.0, "B": 50.0, "C": 50.0}


def test_binary_noise_decides_no_meeting() -> None:
    # 0.1 + 0.2 against 0.3 is a draw, and so is 0.1 + 0.2 points against 0.3
    points: Points = {"A": (1.0, 1.0, 0.0, 0.1 + 0.2), "B": (0.0, 0.0, 1.0, 0.3)}

    assert copeland_points(POLARS, points, (0.1, 0.2, 0.3, 5.0)) == {"A": 50.0, "B": 50.0}


def test_weights_of_a_pair_are_the_mean_of_both() -> None:
    node = dimension("node", {"k0": 1.0, "k1": 1.0}, aggregate=Copeland())
    frame = pl.DataFrame(
        {
            "unit": ["A", "B"],
            "group": ["all", "all"],
            c.points("k0"): [90.0, 10.0],
            c.points("k1"): [10.0, 90.0],
            "w0": [0.9, 0.3],
            "w1": [0.1, 0.7],
        }
    )
    weights = {("node", "k0"): nw.col("w0"), ("node", "k1"): nw.col("w1")}

    scored = POLARS.collect(with_copeland(POLARS.lift(frame), (node,), weights)).sort("unit")

    assert scored[c.points("node")].to_list() == [100.0, 0.0]


def test_a_pool_with_too_many_pairs_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copeland, "MOST_UNITS", 2)

    with pytest.raises(FindingsError, match=r"QH521 .* 'all' has 3 units"):
        copeland_points(POLARS, {"A": (1.0,), "B": (2.0,), "C": (3.0,)}, (1.0,))


def test_pairs_formed_in_blocks_give_the_same_points(
    engine: EngineUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copeland, "VALUES_AT_ONCE", 20)  # 5² + 1² pairs of 2 values: three blocks
    points: Points = {"A": (5.0,), "B": (4.0,), "C": (3.0,), "D": (2.0,), "E": (1.0,), "F": (9.0,)}

    assert copeland_points(engine, points, (1.0,), {"F": "other"}) == {
        "A": 100.0,
        "B": 75.0,
        "C": 50.0,
        "D": 25.0,
        "E": 0.0,
        "F": 100.0,
    }


@given(
    st.lists(st.tuples(*[st.none() | st.integers(0, 4).map(float)] * 3), min_size=1, max_size=7),
    st.tuples(*[st.integers(1, 9).map(float)] * 3),
)
def test_points_follow_from_the_outranking_matrix(
    rows: list[tuple[float | None, ...]], weights: tuple[float, ...]
) -> None:
    points = {f"u{i}": row for i, row in enumerate(rows)}

    assert copeland_points(POLARS, points, weights) == pytest.approx(_by_outranking(points, weights))


def _by_outranking(points: Points, weights: tuple[float, ...]) -> dict[str, float | None]:
    """Return the points by the outranking matrix: wins in full, draws by half, over the shared weight."""
    taking_part = [unit for unit, row in points.items() if any(p is not None for p in row)]
    outcome = dict.fromkeys(taking_part, 0)
    for one, other in itertools.permutations(taking_part, 2):
        both = [
            (weight, p, q)
            for weight, p, q in zip(weights, points[one], points[other], strict=True)
            if p is not None and q is not None
        ]
        shared = sum(weight for weight, _, _ in both)
        if shared:
            outranking = sum(weight * ((p > q) + (p == q) / 2) for weight, p, q in both) / shared
            outcome[one] += (outranking > 0.5 + 1e-12) - (outranking < 0.5 - 1e-12)
    rivals = len(taking_part) - 1
    return {
        unit: None
        if unit not in outcome
        else 100.0 * (outcome[unit] + rivals) / (2 * rivals)
        if rivals
        else 100.0
        for unit in points
    }
