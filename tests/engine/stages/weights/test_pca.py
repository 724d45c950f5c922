from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from quanheng.engine.stages.weights.moments import Moments
from quanheng.engine.stages.weights.pca import importance, loadings, pca_weights, varimax

Matrix = NDArray[np.float64]


def moments(correlations: list[list[float]]) -> Moments:
    count = len(correlations)
    return Moments(
        children=tuple("abcdef"[:count]),
        units=10,
        least=(0.0,) * count,
        greatest=(1.0,) * count,
        products=tuple(tuple(row) for row in correlations),
        divergence=(0.0,) * count,
    )


def test_two_factors_by_hand() -> None:
    # eigenvalues 1.8, 1.5, 0.5, 0.2; the kept loadings are √0.9 for a and b on the first, √0.75 for c and d
    # on the second, which is simple already; the factors count 1.8/3.3 and 1.5/3.3, a child half of its own
    correlations = [[1, 0.8, 0, 0], [0.8, 1, 0, 0], [0, 0, 1, 0.5], [0, 0, 0.5, 1]]

    weights = pca_weights(moments(correlations))

    assert weights == pytest.approx([0.9 / 3.3, 0.9 / 3.3, 0.75 / 3.3, 0.75 / 3.3], abs=1e-12)


def test_every_step_on_one_matrix() -> None:
    correlations = np.array(
        [
            [1.0, 0.6, 0.5, 0.1, 0.0],
            [0.6, 1.0, 0.4, 0.2, 0.1],
            [0.5, 0.4, 1.0, 0.0, 0.2],
            [0.1, 0.2, 0.0, 1.0, 0.7],
            [0.0, 0.1, 0.2, 0.7, 1.0],
        ]
    )

    kept = loadings(correlations)
    rotated = varimax(kept)

    # 1 and 2: two eigenvalues are above 1, and loadings reproduce them
    eigenvalues = np.linalg.eigvalsh(correlations)[::-1]
    assert (eigenvalues > 1).sum() == 2
    assert (kept**2).sum(axis=0) == pytest.approx(eigenvalues[:2])
    # 3: what is explained stays, and no turn of the plane has a greater criterion
    assert rotated @ rotated.T == pytest.approx(kept @ kept.T)
    lengths = np.linalg.norm(kept, axis=1, keepdims=True)
    turns = [np.array([[np.cos(t), -np.sin(t)], [np.sin(t), np.cos(t)]]) for t in np.linspace(0, np.pi, 3601)]
    assert _criterion(rotated / lengths) >= max(_criterion(kept / lengths @ turn) for turn in turns) - 1e-12
    # 4 and 5: the weight is the highest squared loading, scaled
    home = (rotated**2).max(axis=1)
    assert pca_weights(moments(correlations.tolist())) == pytest.approx(home / home.sum(), abs=1e-9)


def test_the_handbooks_technology_index() -> None:
    # rotated loadings of the eight indicators of the Technology Achievement Index on four factors, as the
    # handbook prints them (2008, table 17); the weights are what its steps make of them
    rotated = np.array(
        [
            [0.07, 0.97, 0.06, 0.06],  # patents
            [0.13, 0.07, -0.07, 0.93],  # royalties
            [0.79, -0.21, 0.21, 0.42],  # internet
            [-0.64, 0.56, -0.04, 0.36],  # exports of technology
            [0.37, 0.17, 0.38, 0.68],  # telephones
            [0.82, -0.04, 0.25, 0.35],  # electricity
            [0.88, 0.23, -0.09, 0.09],  # schooling
            [0.08, 0.04, 0.96, 0.04],  # university
        ]
    )

    counted = importance(rotated)

    assert (counted / counted.sum()).round(2).tolist() == [0.17, 0.15, 0.11, 0.07, 0.08, 0.12, 0.14, 0.16]


def test_uncorrelated_children_weigh_the_same() -> None:
    assert pca_weights(moments(np.eye(4).tolist())) == (0.25, 0.25, 0.25, 0.25)


def test_the_first_component_is_kept_alone_where_one_is_common() -> None:
    # one eigenvalue above 1: 1 + 2·0.4; all load on it alike
    assert pca_weights(moments([[1, 0.4, 0.4], [0.4, 1, 0.4], [0.4, 0.4, 1]])) == pytest.approx([1 / 3] * 3)


@given(st.integers(0, 10_000), st.integers(3, 8), st.integers(2, 4))
def test_rotation_is_as_simple_as_the_singular_value_algorithm_finds_it(
    seed: int, children: int, factors: int
) -> None:
    generator = np.random.default_rng(seed)
    unrotated = generator.uniform(-0.8, 0.8, (children, factors))
    lengths = np.linalg.norm(unrotated, axis=1, keepdims=True)

    ours, theirs = varimax(unrotated), _varimax_by_svd(unrotated)

    assert ours @ ours.T == pytest.approx(unrotated @ unrotated.T)
    if factors == 2:  # in one plane there is one maximum; the other algorithm may stop before it
        assert _criterion(ours / lengths) >= _criterion(theirs / lengths) - 1e-9
    # no turn of two factors makes it simpler
    for first, second in itertools.combinations(range(factors), 2):
        for angle in (-0.3, -1e-3, 1e-3, 0.3):
            turned = ours / lengths
            turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
            turned[:, [first, second]] = turned[:, [first, second]] @ turn
            assert _criterion(turned) <= _criterion(ours / lengths) + 1e-9


def _criterion(scaled: Matrix) -> float:
    squared = scaled**2
    return float((squared**2).sum() - (squared.sum(axis=0) ** 2).sum() / len(scaled))


def _varimax_by_svd(unrotated: Matrix) -> Matrix:
    """Rotate as R's stats::varimax does: all factors at once, by singular values."""
    lengths = np.linalg.norm(unrotated, axis=1, keepdims=True)
    rows = unrotated / lengths
    turn = np.eye(rows.shape[1])
    for _ in range(300):
        turned = rows @ turn
        gradient = rows.T @ (turned**3 - turned * (turned**2).sum(axis=0) / len(rows))
        left, _, right = np.linalg.svd(gradient)
        turn = left @ right
    return np.asarray(rows @ turn * lengths)
