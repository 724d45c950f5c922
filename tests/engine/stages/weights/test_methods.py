from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import narwhals as nw
import numpy as np
import polars as pl
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.typing import NDArray
from pymcdm.weights import critic_weights, entropy_weights, standard_deviation_weights
from tests.engine.nodes import dimension
from tests.engines import EngineUnderTest

from quanheng.engine.frame import columns as c
from quanheng.engine.frame.engines import Engine, polars_engine
from quanheng.engine.stages.weights import methods as weights_module
from quanheng.engine.stages.weights.methods import (
    BENCHMARK,
    by_child,
    pool_weights,
    weight_findings,
    with_unit_weights,
)
from quanheng.findings.finding import FindingsError
from quanheng.scheme.tree.scheme import Dimension
from quanheng.scheme.weights.methods import (
    Ahp,
    BenefitOfTheDoubt,
    Critic,
    Entropy,
    PrincipalComponents,
    StandardDeviation,
    WeightMethod,
)

POLARS = EngineUnderTest(polars_engine())
Rows = Sequence[Sequence[float | None]]
Matrix = list[tuple[float, ...]]
TOWNS = {"towns": 1.0}
BOTH = {"towns": 1.0, "parks": 1.0}
DATA_METHODS: list[WeightMethod] = [Entropy(), Critic(), StandardDeviation(), PrincipalComponents()]


def rated(rows: Rows, groups: Sequence[str] | None = None, codes: str = "abcdefgh") -> pl.DataFrame:
    """Return units with points for the children a, b, …"""
    count = len(rows[0])
    return pl.DataFrame(
        {"unit": [f"u{i:03}" for i in range(len(rows))], "group": groups or ["all"] * len(rows)}
        | {c.points(codes[i]): [row[i] for row in rows] for i in range(count)},
        schema_overrides={c.points(codes[i]): pl.Float64 for i in range(count)},
    )


def computed_weights(
    frame: nw.LazyFrame[Any], node: Dimension, engine: Engine
) -> dict[str, dict[str, float]]:
    """Return the weight of each child in each group."""
    return by_child(node, pool_weights(frame, node, engine))


def weighed(
    rows: Rows, method: WeightMethod, engine: EngineUnderTest = POLARS, codes: str = "abcdefgh"
) -> list[float]:
    node = dimension("node", dict.fromkeys(codes[: len(rows[0])], 1.0), method=method)
    found = computed_weights(engine.lift(rated(rows, codes=codes)), node, engine.engine)
    return [by_group["all"] for by_group in found.values()]


def test_entropy_by_hand() -> None:
    # a: parts 1/4 and 3/4, e = (1/4·ln 4 + 3/4·ln(4/3))/ln 2 = 0.811278; b: 1/3 and 2/3, e = 0.918296
    weights = weighed([(10.0, 20.0, 7.0), (30.0, 40.0, 7.0)], Entropy())

    differing = [1 - 0.811278124459, 1 - 0.918295834054]
    assert weights == pytest.approx([d / sum(differing) for d in differing] + [0.0], abs=1e-9)


def test_entropy_takes_zero_as_a_part_of_nothing() -> None:
    # a: all of it with one of two units, e = 0; b as above
    weights = weighed([(0.0, 10.0), (30.0, 30.0)], Entropy())

    assert weights == pytest.approx([1 / 1.188721875541, 0.188721875541 / 1.188721875541], abs=1e-9)


def test_standard_deviation_by_hand() -> None:
    # deviations of 10 and 20 from the mean in two units each
    assert weighed([(40.0, 10.0), (60.0, 50.0)], StandardDeviation()) == [0.333333333333, 0.666666666667]


def test_critic_by_hand() -> None:
    # scaled: a = 0, 1, 1/2; b = 0, 1, 1/2 (r = 1 with a); c = 1, 0, 1/2 (r = -1 with both): equal deviations,
    # the sums of 1 - r are 2, 2 and 4
    weights = weighed([(0.0, 10.0, 80.0), (100.0, 30.0, 40.0), (50.0, 20.0, 60.0)], Critic())

    assert weights == pytest.approx([0.25, 0.25, 0.5], abs=1e-12)


def test_critic_leaves_children_that_do_not_vary_out() -> None:
    with_constant = weighed([(0.0, 9.0, 5.0), (4.0, 2.0, 5.0), (1.0, 7.0, 5.0), (3.0, 8.0, 5.0)], Critic())
    without = weighed([(0.0, 9.0), (4.0, 2.0), (1.0, 7.0), (3.0, 8.0)], Critic())

    assert with_constant == [*without, 0.0]


@pytest.mark.parametrize("method", DATA_METHODS)
def test_children_that_always_agree_weigh_the_same(method: WeightMethod) -> None:
    rows = [(10.0, 10.0, 5.0), (20.0, 20.0, 5.0), (40.0, 40.0, 5.0)]

    assert weighed(rows, method) == [0.5, 0.5, 0.0]


@pytest.mark.parametrize("method", DATA_METHODS)
def test_where_nobody_differs_children_weigh_the_same(method: WeightMethod) -> None:
    assert weighed([(10.0, 0.0), (10.0, 0.0)], method) == [0.5, 0.5]
    assert weighed([(10.0, 20.0)], method) == [0.5, 0.5]
    assert weighed([(10.0, None), (20.0, 5.0), (30.0, None)], method) == [0.5, 0.5]


@pytest.mark.parametrize("method", DATA_METHODS)
def test_groups_are_weighed_apart_by_units_with_all_children(
    engine: EngineUnderTest, method: WeightMethod
) -> None:
    towns = [(10.0, 35.0, 60.0), (30.0, 20.0, 20.0), (80.0, 30.0, 25.0), (55.0, 90.0, 30.0)]
    parks = [(10.0, 30.0), (20.0, 25.0), (40.0, 90.0)]
    node = dimension(
        "node",
        {"a": BOTH, "b": BOTH, "c": TOWNS, "d": {"others": 1.0}},
        method=method,
        groups=("towns", "parks", "others"),
    )
    frame = rated(
        [*[(*row, None) for row in towns], *[(*row, None, None) for row in parks], (99.0, 1.0, None, None)],
        ["towns"] * 4 + ["parks"] * 3 + ["towns"],
    )

    found = computed_weights(engine.lift(frame), node, engine.engine)

    alone = {"towns": weighed(towns, method), "parks": weighed(parks, method)}
    assert found == {
        "a": {"towns": pytest.approx(alone["towns"][0]), "parks": pytest.approx(alone["parks"][0])},
        "b": {"towns": pytest.approx(alone["towns"][1]), "parks": pytest.approx(alone["parks"][1])},
        "c": {"towns": pytest.approx(alone["towns"][2])},
        "d": {"others": 1.0},
    }


def test_pools_may_be_finer_than_groups() -> None:
    frame = rated([(40.0, 10.0), (60.0, 50.0), (1.0, 10.0), (1.0, 50.0)]).with_columns(
        pl.Series("replicate", [1, 1, 2, 2])
    )
    node = dimension("node", {"a": 1, "b": 1}, method=StandardDeviation())

    found = pool_weights(POLARS.lift(frame), node, POLARS.engine, pool=("replicate", "group"))

    assert [(pool.pool, dict(pool.weights), pool.units) for pool in found] == [
        ((1, "all"), {"a": 0.333333333333, "b": 0.666666666667}, 2),
        ((2, "all"), {"a": 0.0, "b": 1.0}, 2),
    ]


def test_negative_points_have_no_entropy() -> None:
    node = dimension("node", {"a": 1, "b": 1}, method=Entropy())

    found = pool_weights(POLARS.lift(rated([(1.0, -2.0), (2.0, 5.0)])), node, POLARS.engine)
    noise = pool_weights(POLARS.lift(rated([(1.0, -1e-10), (2.0, 5.0)])), node, POLARS.engine)

    (told,) = weight_findings(node, found)
    assert (told.code, told.severity, told.facts["child"]) == ("QH526", "error", "b")
    assert dict(found[0].weights) == {"a": 0.5, "b": 0.5}
    assert list(weight_findings(node, noise)) == []


def test_judgements_in_pairs_are_weighed_for_the_children_of_each_group() -> None:
    method = Ahp(("c", "a", "b"), ((1, 2, 6), (1 / 2, 1, 3), (1 / 6, 1 / 3, 1)))
    node = dimension("node", {"a": BOTH, "b": BOTH, "c": TOWNS}, method=method, groups=("towns", "parks"))

    found = computed_weights(POLARS.lift(rated([(1.0, 2.0, 3.0)], ["towns"])), node, POLARS.engine)

    assert found == {
        "a": {"towns": 0.3, "parks": 0.75},
        "b": {"towns": 0.1, "parks": 0.25},
        "c": {"towns": 0.6},
    }


def test_findings_tell_of_contradictions_and_of_pools_without_a_difference() -> None:
    circle = Ahp(("a", "b", "c"), ((1, 5, 1 / 5), (1 / 5, 1, 5), (5, 1 / 5, 1)))
    judged = dimension("judged", {"a": 1, "b": 1, "c": 1}, method=circle)
    same = dimension("s", {"a": 1, "b": 1}, method=Critic())
    frame = POLARS.lift(rated([(1.0, 2.0, 3.0), (1.0, 2.0, 3.0)]))

    assert [
        finding.text("en").splitlines()[0]
        for node in (judged, same)
        for finding in weight_findings(node, pool_weights(frame, node, POLARS.engine))
    ] == [
        "warning QH527 the judgements about 'judged' contradict each other in 'all': consistency ratio 2.76",
        "warning QH528 the children of 's' weigh the same in 'all': 'critic' sees no difference in 2 units",
    ]


def test_each_unit_has_its_own_weights_and_benchmark(engine: EngineUnderTest) -> None:
    # towns: U is best on a, V on b; W has 40 and 40, its best is 2/3 on both. parks: b does not apply
    node = dimension("node", {"a": BOTH, "b": TOWNS}, method=BenefitOfTheDoubt(), groups=("towns", "parks"))
    frame = rated(
        [(80.0, 40.0), (40.0, 80.0), (40.0, 40.0), (None, 20.0), (None, None), (30.0, None), (60.0, None)],
        ["towns"] * 5 + ["parks"] * 2,
    )

    found = engine.collect(with_unit_weights(engine.lift(frame), node, engine.engine)[0]).sort("unit")

    a, b = found[c.unit_weight("node", "a")], found[c.unit_weight("node", "b")]
    benchmark = found[c.stat("node", BENCHMARK)]
    assert (a[2], b[2], benchmark[2]) == (0.5, 0.5, 60.0)
    assert (a[3], b[3], benchmark[3]) == (None, 1.0, 80.0)
    assert (a[4], b[4], benchmark[4]) == (None, None, None)
    assert (a[5], b[5], benchmark[5]) == (1.0, None, 60.0)
    composite = [
        100 * sum(w * p for w, p in zip(ws, ps, strict=True) if w is not None) / best
        for *ws, best, ps in zip(a[:3], b[:3], benchmark[:3], [(80, 40), (40, 80), (40, 40)], strict=True)
    ]
    assert composite == pytest.approx([100.0, 100.0, 200 / 3])


def test_benefit_of_the_doubt_refuses_what_it_cannot_weigh(monkeypatch: pytest.MonkeyPatch) -> None:
    node = dimension("node", {"a": 1, "b": 1}, method=BenefitOfTheDoubt())

    _, (told,) = with_unit_weights(POLARS.lift(rated([(-1.0, 2.0)])), node, POLARS.engine)
    assert (told.code, told.severity, told.facts["child"]) == ("QH526", "error", "a")
    monkeypatch.setattr(weights_module, "MOST_UNITS", 1)
    with pytest.raises(FindingsError, match=r"QH525 .* 'all' has 2 units"):
        with_unit_weights(POLARS.lift(rated([(1.0, 2.0), (2.0, 1.0)])), node, POLARS.engine)


def test_points_close_together_keep_their_weights(engine: EngineUnderTest) -> None:
    generator = np.random.default_rng(3)
    matrix = 99.0 + generator.uniform(0, 1e-3, (40, 3))

    for method, reference in ((Entropy(), _entropy), (Critic(), critic_weights)):
        assert weighed(matrix.tolist(), method, engine) == pytest.approx(reference(matrix), rel=1e-6)


def _entropy(matrix: NDArray[np.float64]) -> list[float]:
    # exact enough for points close together, unlike the textbook's 1 - e
    parts = matrix / matrix.mean(axis=0)
    apart = [math.fsum(q * math.log(q) - q + 1 for q in column) for column in parts.T]
    return [value / math.fsum(apart) for value in apart]


POINTS = st.floats(0.5, 120.0).map(lambda x: round(x, 2))
MATRICES = st.integers(2, 5).flatmap(lambda k: st.lists(st.tuples(*[POINTS] * k), min_size=3, max_size=9))


@given(MATRICES)
def test_weights_agree_with_pymcdm(rows: Rows) -> None:
    matrix = np.array(rows)
    assume((np.ptp(matrix, axis=0) > 0.1).all())
    assume((np.abs(np.corrcoef(matrix.T) - np.eye(matrix.shape[1])) < 0.999).all())

    assert weighed(rows, StandardDeviation()) == pytest.approx(standard_deviation_weights(matrix), abs=1e-9)
    assert weighed(rows, Critic()) == pytest.approx(critic_weights(matrix), abs=1e-9)
    # pymcdm subtracts from 1 what is close to it; with so few units it loses some digits
    assert weighed(rows, Entropy()) == pytest.approx(entropy_weights(matrix), abs=1e-7)


@given(st.sampled_from(DATA_METHODS), MATRICES)
def test_weights_are_parts_of_one(method: WeightMethod, rows: Rows) -> None:
    weights = weighed(rows, method)

    assert min(weights) >= 0.0
    assert sum(weights) == pytest.approx(1.0, abs=1e-11)


@given(st.sampled_from(DATA_METHODS), MATRICES, st.randoms(use_true_random=False))
def test_weights_do_not_depend_on_the_order_of_the_children(
    method: WeightMethod,
    rows: Rows,
    random: np.random.Generator,
) -> None:
    assume((np.ptp(np.array(rows), axis=0) > 0.1).all())
    order = list(range(len(rows[0])))
    random.shuffle(order)

    shuffled = weighed([[row[i] for i in order] for row in rows], method)

    plain = weighed(rows, method)
    assert shuffled == pytest.approx([plain[i] for i in order], abs=1e-6)


@given(
    st.sampled_from([Critic(), PrincipalComponents()]), MATRICES, st.floats(0.1, 5.0), st.floats(0.0, 50.0)
)
def test_critic_and_pca_do_not_depend_on_scale_and_origin(
    method: WeightMethod, rows: Matrix, factor: float, shift: float
) -> None:
    assume((np.ptp(np.array(rows), axis=0) > 0.1).all())

    moved = weighed([[factor * row[0] + shift, *row[1:]] for row in rows], method)

    assert moved == pytest.approx(weighed(rows, method), abs=1e-6)


@given(MATRICES, st.floats(0.1, 5.0))
def test_entropy_does_not_depend_on_scale(rows: Matrix, factor: float) -> None:
    scaled = weighed([[factor * row[0], *row[1:]] for row in rows], Entropy())

    assert scaled == pytest.approx(weighed(rows, Entropy()), abs=1e-9)
