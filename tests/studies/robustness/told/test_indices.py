from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from SALib.analyze.sobol import analyze

from quanheng.studies.robustness.drawing.design import Design, design_of
from quanheng.studies.robustness.told.indices import Indices, sobol_indices

Array = NDArray[np.float64]


def indices_of(design: Design, output: Array) -> Indices:
    a, b = output[: design.base], output[design.base : 2 * design.base]
    mixed = np.array([output[design.mixed(factor)] for factor in range(len(design.factors))])
    return sobol_indices(a, b, mixed, seed=1)


def ishigami(numbers: Array) -> Array:
    x = np.pi * (2.0 * numbers - 1.0)
    return np.asarray(np.sin(x[:, 0]) + 7.0 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0]))


def test_the_ishigami_function_has_its_known_indices() -> None:
    design = design_of([1, 1, 1], runs=2**14, seed=7)

    indices = indices_of(design, ishigami(design.numbers))

    # a = 7, b = 0.1: V = a²/8 + bπ⁴/5 + b²π⁸/18 + 1/2
    assert [each.value for each in indices.first] == pytest.approx([0.3139, 0.4424, 0.0], abs=0.01)
    assert [each.value for each in indices.total] == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.01)
    for index, known in zip(indices.total, (0.5576, 0.4424, 0.2437), strict=True):
        assert index.low is not None
        assert index.high is not None
        assert index.low <= known <= index.high


def test_a_linear_model_has_the_shares_of_its_squared_coefficients() -> None:
    design = design_of([1, 2], runs=4096, seed=3)
    x = design.numbers

    indices = indices_of(design, 4.0 * x[:, 0] + 2.0 * x[:, 1] + 1.0 * x[:, 2])

    # the second factor is a group of two columns: 16 : 4 + 1
    assert [each.value for each in indices.first] == pytest.approx([16 / 21, 5 / 21], abs=0.01)
    assert [each.value for each in indices.total] == pytest.approx([16 / 21, 5 / 21], abs=0.01)


def test_an_output_that_does_not_vary_has_no_indices() -> None:
    design = design_of([1, 1], runs=64, seed=1)

    indices = indices_of(design, np.full(len(design.numbers), 5.0))

    assert [each.value for each in (*indices.first, *indices.total)] == [None] * 4


def test_total_indices_are_those_of_salib() -> None:
    design = design_of([1, 1, 1], runs=256, seed=5)
    output = ishigami(design.numbers)
    n = design.base
    parts = [output[:n], *(output[design.mixed(factor)] for factor in range(3)), output[n : 2 * n]]
    in_their_order = np.array(parts).T.reshape(-1)
    problem = {"num_vars": 3, "names": ["x", "y", "z"], "bounds": [[0, 1]] * 3}

    theirs = analyze(problem, in_their_order, calc_second_order=False, num_resamples=2)

    assert [each.value for each in indices_of(design, output).total] == pytest.approx(
        list(theirs["ST"]), rel=1e-9
    )


def test_a_design_is_the_same_for_the_same_seed_and_mixes_one_factor_at_a_time() -> None:
    one, other = design_of([2, 1], runs=20, seed=4), design_of([2, 1], runs=20, seed=4)

    assert np.array_equal(one.numbers, other.numbers)
    assert one.base == 16
    a, b = one.numbers[:16], one.numbers[16:32]
    mixed = one.numbers[one.mixed(0)]
    assert np.array_equal(mixed[:, :2], b[:, :2])
    assert np.array_equal(mixed[:, 2:], a[:, 2:])
    assert not np.array_equal(design_of([2, 1], runs=20, seed=5).numbers, one.numbers)
