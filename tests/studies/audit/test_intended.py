"""The weights that give the influence intended, against a search through all weights."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quanheng.studies.audit.figures.intended import influence_of, weights_for


def test_of_uncorrelated_parts_influence_goes_with_the_square_of_weight_times_spread() -> None:
    covariances = np.diag([1.0, 4.0])

    assert influence_of(np.array([0.5, 0.5]), covariances) == pytest.approx([0.2, 0.8])


def test_influence_is_reached_exactly_where_the_equations_have_weights_of_0_or_more() -> None:
    covariances = np.array([[1.0, 0.3, 0.1], [0.3, 2.0, 0.0], [0.1, 0.0, 0.5]])
    aim = np.array([0.5, 0.3, 0.2])

    found = weights_for(aim, covariances, np.full(3, 1 / 3))

    assert found.is_reached
    assert influence_of(found.weights, covariances) == pytest.approx(aim, abs=1e-9)
    assert found.weights.sum() == pytest.approx(1.0)


@settings(max_examples=15)
@given(st.integers(0, 10_000))
def test_no_weights_come_nearer_than_those_found(seed: int) -> None:
    random = np.random.default_rng(seed)
    data = random.normal(size=(30, 3))
    data[:, 0] += data[:, 1] * random.uniform(-2, 2)
    covariances = np.cov(data, rowvar=False)
    aim = random.dirichlet(np.ones(3))

    found = weights_for(aim, covariances, np.full(3, 1 / 3))

    grid = np.linspace(0, 1, 41)
    tried = [(a, b, 1 - a - b) for a, b in itertools.product(grid, grid) if a + b <= 1]
    best = min(((influence_of(np.array(each), covariances) - aim) ** 2).sum() for each in tried)
    assert ((found.influence - aim) ** 2).sum() <= best + 1e-9


def test_two_that_say_the_same_cannot_have_different_influence() -> None:
    found = weights_for(np.array([0.8, 0.2]), np.ones((2, 2)), np.array([0.8, 0.2]))

    assert not found.is_reached
    assert found.gap == pytest.approx(0.3)


def test_a_part_that_does_not_vary_has_no_influence_and_keeps_its_weight() -> None:
    covariances = np.array([[1.0, 0.0, 0.0], [0.0, 4.0, 0.0], [0.0, 0.0, 0.0]])

    found = weights_for(np.array([0.4, 0.4, 0.2]), covariances, np.array([0.4, 0.4, 0.2]))

    assert found.weights == pytest.approx([0.8 * 2 / 3, 0.8 / 3, 0.2])
    assert found.influence == pytest.approx([0.5, 0.5, 0.0])
    assert found.gap == pytest.approx(0.2)
