from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import linprog

from quanheng.engine.stages.weights.bod import Doubted, bod_weights, frontier
from quanheng.scheme.weights.methods import BenefitOfTheDoubt

Matrix = NDArray[np.float64]
NAN = float("nan")


def composites(points: Matrix, found: Doubted) -> Matrix:
    return np.asarray(np.nansum(found.weights * points, axis=1) / found.benchmark)


def test_a_program_solved_by_hand() -> None:
    # third unit: maximise 40·w + 40·v such that 80·w + 40·v <= 1 and 40·w + 80·v <= 1: w = v = 1/120, 80/120.
    # fourth: 50·w + 20·v: w = 1/80, v = 0 gives 0.625, w = v = 1/120 only 70/120
    points = np.array([[80.0, 40.0], [40.0, 80.0], [40.0, 40.0], [50.0, 20.0]])

    found = bod_weights(points, BenefitOfTheDoubt())

    assert found.weights[2:].tolist() == [[0.5, 0.5], [1.0, 0.0]]
    assert found.benchmark[2:].tolist() == [60.0, 80.0]
    assert composites(points, found) == pytest.approx([1, 1, 2 / 3, 0.625])


def test_bounds_keep_every_child_a_part_of_the_composite() -> None:
    # fourth unit: v·20 has to be 0.2 of the composite C: w = 0.8·C/50, v = 0.2·C/20; the first unit binds:
    # 80·w + 40·v = 1.28·C + 0.4·C = 1, C = 1/1.68
    points = np.array([[80.0, 40.0], [40.0, 80.0], [40.0, 40.0], [50.0, 20.0]])

    found = bod_weights(points, BenefitOfTheDoubt(least=0.2))

    assert composites(points, found)[3] == pytest.approx(1 / 1.68)
    parts = found.weights * points / (found.weights * points).sum(axis=1, keepdims=True)
    assert parts.min() >= 0.2 - 1e-9
    assert parts[3] == pytest.approx([0.8, 0.2])


def test_a_child_at_zero_that_has_to_count_leaves_nothing() -> None:
    points = np.array([[80.0, 0.0], [40.0, 60.0], [0.0, 0.0]])

    bounded = bod_weights(points, BenefitOfTheDoubt(least=0.1))
    capped = bod_weights(points, BenefitOfTheDoubt(most=0.8))
    free = bod_weights(points, BenefitOfTheDoubt())

    assert bounded.weights[0].tolist() == [0.0, 1.0]
    assert bounded.weights[2].tolist() == [0.5, 0.5]
    assert composites(points, bounded) == pytest.approx([0, 1, 0])
    assert composites(points, capped) == pytest.approx([0, 1, 0])
    assert composites(points, free) == pytest.approx([1, 1, 0])


def test_who_lacks_a_child_is_weighed_on_the_others_against_who_has_them() -> None:
    points = np.array([[80.0, NAN, 10.0], [40.0, 90.0, 20.0], [60.0, NAN, NAN], [NAN, NAN, NAN]])

    found = bod_weights(points, BenefitOfTheDoubt(most=0.4))

    # the third has one child, on which the first is best with 80; `most` cannot hold for it
    assert found.weights[2].tolist() == pytest.approx([1.0, NAN, NAN], nan_ok=True)
    assert composites(points, found)[2] == 0.75
    # the first has two, each then half of it: 80·w = 10·v, against the second 40·w + 20·v = 2.5·80·w
    assert (found.weights[0] * points[0])[[0, 2]] == pytest.approx([80 / 9] * 2)
    assert composites(points, found)[0] == pytest.approx(2 * 80 / (2.5 * 80))
    assert np.isnan(found.weights[3]).all()
    assert np.isnan(found.benchmark[3])


def test_the_frontier_is_found_over_many_chunks() -> None:
    generator = np.random.default_rng(5)
    points = np.round(generator.uniform(0, 1, (1500, 3)), 2)

    kept = frontier(points)

    at_least = (points[None] >= points[:, None]).sum(axis=2) == 3
    somewhere_above = (points[None] > points[:, None]).sum(axis=2) > 0
    surpassed = (at_least & somewhere_above).sum(axis=1) > 0
    assert sorted(map(tuple, kept)) == sorted({tuple(row) for row in points[~surpassed]})


def test_many_units_are_solved_in_several_programs() -> None:
    generator = np.random.default_rng(11)
    points = np.round(generator.uniform(10, 100, (250, 3)), 1)

    found = bod_weights(points, BenefitOfTheDoubt(least=0.1, most=0.6))

    some = [0, 99, 100, 101, 249]
    assert composites(points, found)[some] == pytest.approx(
        [_by_definition(points, i, 0.1, 0.6) for i in some]
    )


SCORES = st.integers(2, 4).flatmap(
    lambda k: st.lists(
        st.lists(st.integers(1, 100).map(float), min_size=k, max_size=k), min_size=1, max_size=8
    )
)


@given(SCORES, st.sampled_from([(0.0, 1.0), (0.1, 1.0), (0.0, 0.6), (0.15, 0.55), (0.25, 1.0)]))
def test_composites_agree_with_the_program_of_each_unit(
    rows: list[list[float]], bounds: tuple[float, float]
) -> None:
    points = np.array(rows)
    least, most = bounds

    found = bod_weights(points, BenefitOfTheDoubt(least=least, most=most))

    expected = [_by_definition(points, i, least, max(most, 1 / points.shape[1])) for i in range(len(points))]
    assert composites(points, found) == pytest.approx(expected, abs=1e-7)
    assert found.weights.min() >= 0
    assert found.weights.sum(axis=1) == pytest.approx([1.0] * len(points), abs=1e-11)


@given(SCORES, st.floats(0.1, 10.0))
def test_composites_do_not_depend_on_the_scale_of_a_child(rows: list[list[float]], factor: float) -> None:
    points = np.array(rows)
    scaled = points * np.array([factor, *[1.0] * (points.shape[1] - 1)])

    plain = composites(points, bod_weights(points, BenefitOfTheDoubt()))

    assert composites(scaled, bod_weights(scaled, BenefitOfTheDoubt())) == pytest.approx(plain, abs=1e-6)


def _by_definition(points: Matrix, unit: int, least: float, most: float) -> float:
    """Solve the program of one unit as it is written."""
    own, count = points[unit], points.shape[1]
    under = least * own[None, :] - np.diag(own)
    over = np.diag(own) - most * own[None, :]
    outcome = linprog(
        -own,
        A_ub=np.vstack([points, under, over]),
        b_ub=np.concatenate([np.ones(len(points)), np.zeros(2 * count)]),
        method="highs",
    )
    assert outcome.status == 0
    return float(-outcome.fun)
