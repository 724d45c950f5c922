"""The figures of columns and of pairs of columns, against numbers by hand and against SciPy."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import ArrayLike
from scipy import stats
from scipy.interpolate import make_smoothing_spline

from quanheng.studies.audit.figures.components import components, reliability
from quanheng.studies.audit.figures.correlations import Table
from quanheng.studies.audit.figures.influence import ratios
from quanheng.studies.audit.figures.kendall import taus
from quanheng.studies.audit.figures.smooth import fitted, knots_of
from quanheng.studies.audit.figures.statistics import Column
from quanheng.studies.audit.pool import Floats

CELLS = st.sampled_from([0.0, 1.0, 1.5, 2.0, 7.0, -3.0, math.nan])


def columns(text: str) -> Floats:
    return np.array([[float(cell) for cell in row.split()] for row in text.strip().splitlines()])


def correlation(x: ArrayLike, y: ArrayLike) -> float:
    return float(stats.pearsonr(np.asarray(x), np.asarray(y)).statistic)


def test_a_column_has_the_figures_worked_out_by_hand() -> None:
    column = Column(np.array([0.0, 2.0, np.nan, 2.0, 4.0, 12.0]))

    assert (column.n, column.zeros, column.unique) == (5, 1, 4)
    assert column.most_frequent == (2.0, 2)
    assert (column.least, column.greatest, column.mean, column.median) == (0.0, 12.0, 4.0, 2.0)
    assert column.sd == pytest.approx(math.sqrt((16 + 4 + 4 + 0 + 64) / 4))
    # quartiles 2 and 4: the fences are -1 and 7
    assert column.outliers == (0, 1)
    # of 10 pairs one does not differ
    assert column.separated == pytest.approx(0.9)
    assert column.gaps == pytest.approx((2 / 12, 8 / 12))


def test_skewness_and_kurtosis_are_those_adjusted_to_the_sample() -> None:
    values = np.random.default_rng(3).normal(size=40) ** 3 + 1e6
    shape = Column(values).shape

    assert shape is not None
    assert shape.skewness == pytest.approx(stats.skew(values, bias=False), rel=1e-6)
    assert shape.kurtosis == pytest.approx(stats.kurtosis(values, bias=False), rel=1e-6)


@pytest.mark.parametrize("values", [[], [3.0], [math.nan, math.nan], [5.0, 5.0, 5.0, 5.0]])
def test_a_column_without_differences_has_no_shape_and_no_gap(values: list[float]) -> None:
    column = Column(np.array(values))

    assert column.shape is None
    assert all(math.isnan(gap) for gap in column.gaps)
    assert column.outliers == (0, 0)


def test_a_deviation_of_equal_numbers_is_0_whatever_their_binary_form() -> None:
    assert Column(np.full(3, 0.1)).sd == 0.0


@settings(max_examples=30)
@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=2, max_size=25))
def test_correlations_are_scipys_over_the_units_that_have_both(rows: list[list[float]]) -> None:
    table = np.array(rows)
    found, tau = Table.of(table), taus(table)

    for one in range(3):
        for other in range(3):
            both = ~np.isnan(table[:, one]) & ~np.isnan(table[:, other])
            x, y = table[both, one], table[both, other]
            assert found.counts[one, other] == both.sum()
            if len(x) < 2 or np.ptp(x) == 0 or np.ptp(y) == 0:
                assert np.isnan(found.pearson[one, other])
                assert np.isnan(found.spearman[one, other])
                assert np.isnan(tau[one, other])
                continue
            assert found.pearson[one, other] == pytest.approx(correlation(x, y), abs=1e-9)
            assert found.spearman[one, other] == pytest.approx(stats.spearmanr(x, y).statistic, abs=1e-9)
            assert tau[one, other] == pytest.approx(stats.kendalltau(x, y).statistic, abs=1e-9)


def test_a_correlation_of_large_numbers_that_lie_close_together_is_exact() -> None:
    table = columns("1000000.1 5\n1000000.2 6\n1000000.3 7\n1000000.4 9")

    assert Table.of(table).pearson[0, 1] == pytest.approx(correlation([1, 2, 3, 4], [5, 6, 7, 9]), abs=1e-6)


def test_many_units_are_looked_at_block_by_block() -> None:
    table = np.random.default_rng(5).normal(size=(70_000, 2))
    table[::7, 0] = np.nan
    both = ~np.isnan(table[:, 0])

    assert Table.of(table).pearson[0, 1] == pytest.approx(correlation(*table[both].T), abs=1e-12)


@pytest.mark.parametrize("smoothing", [1e-6, 1e-3, 1.0])
def test_the_smoothing_spline_is_scipys(smoothing: float) -> None:
    random = np.random.default_rng(11)
    x = np.sort(random.uniform(size=60))
    x[0], x[-1] = 0.0, 1.0
    y = np.sin(6 * x) + random.normal(scale=0.2, size=60)
    knots = knots_of(x, y, np.arange(60), 1000)

    assert fitted(knots, smoothing) == pytest.approx(make_smoothing_spline(x, y, lam=smoothing)(x), abs=1e-5)


@pytest.mark.parametrize("seed", range(12))
def test_a_spline_through_noise_does_not_follow_each_point(seed: int) -> None:
    random = np.random.default_rng(seed)
    x, y = random.normal(size=51), random.normal(size=51)
    x[1], x[3] = x[0], x[2]  # of equal values something is left that no curve explains
    (ratio,) = ratios([Column(x)], Column(y), bins=100)

    assert ratio.ratio < 0.4


def test_equal_values_are_one_knot_with_their_mean_and_their_weight() -> None:
    x, y = np.array([1.0, 1.0, 2.0, 3.0]), np.array([4.0, 6.0, 1.0, 0.0])
    knots = knots_of(x, y, np.arange(4), 100)

    assert knots.x.tolist() == [1.0, 2.0, 3.0]
    assert knots.weights.tolist() == [2.0, 1.0, 1.0]
    assert knots.y.tolist() == [5.0, 1.0, 0.0]
    assert knots.within == 2.0
    assert knots.about_mean == pytest.approx(((y - y.mean()) ** 2).sum())


def test_many_values_are_joined_into_groups_of_neighbours() -> None:
    x = np.linspace(0, 1, 1000)
    knots = knots_of(x, x, np.arange(1000), 50)

    assert len(knots.x) == 50
    assert knots.weights.tolist() == [20.0] * 50


def test_of_few_values_the_correlation_ratio_is_that_of_their_means() -> None:
    x = np.array([0.0, 1.0] * 6)
    y = np.array([1.0, 5.0, 3.0, 7.0] * 3)
    (ratio,) = ratios([Column(x)], Column(y), bins=100)

    # means 2 and 6 about 4: 4 of the variance 5
    assert ratio.curve == "means"
    assert ratio.ratio == pytest.approx(4 / 5)


def test_a_curve_sees_what_a_straight_line_does_not() -> None:
    x = np.linspace(-1, 1, 101)
    (ratio,) = ratios([Column(x)], Column(x**2), bins=200)

    assert ratio.linear == pytest.approx(0.0, abs=1e-12)
    assert ratio.ratio == pytest.approx(1.0, abs=1e-3)


def test_in_a_linear_model_the_correlation_ratio_is_the_part_of_the_variance() -> None:
    random = np.random.default_rng(2)
    parts = np.linalg.qr(random.normal(size=(4000, 3)) - 0.0)[0]
    parts -= parts.mean(axis=0)
    parts = np.linalg.qr(parts)[0]
    parts -= parts.mean(axis=0)
    whole = parts @ np.array([3.0, 2.0, 1.0])

    found = ratios(Table.of(parts).columns, Column(whole), bins=100)

    assert [ratio.linear for ratio in found] == pytest.approx([9 / 14, 4 / 14, 1 / 14], abs=1e-9)
    assert [ratio.ratio for ratio in found] == pytest.approx([9 / 14, 4 / 14, 1 / 14], abs=0.03)


def test_of_fewer_than_ten_units_a_line_is_all_there_is() -> None:
    x = np.arange(9.0)
    (ratio,) = ratios([Column(x)], Column(x**2), bins=100)

    assert ratio.curve == "line"
    assert ratio.ratio == ratio.linear


def test_alpha_is_worked_out_by_hand() -> None:
    table = columns("1 2\n2 2\n3 5")
    # variances 1 and 3, of the sums 3, 4, 8: 7; so 2·(1 − 4/7)
    found = reliability(table)

    assert found.alpha == pytest.approx(6 / 7)
    mean = correlation(*table.T)
    assert found.standardised == pytest.approx(2 * mean / (1 + mean))


def test_of_opposites_no_standardised_alpha_is_told() -> None:
    found = reliability(columns("1 3\n2 2\n3 1"))

    assert math.isnan(found.alpha)
    assert math.isnan(found.standardised)


def test_components_explain_all_and_their_loadings_give_the_correlations_back() -> None:
    table = np.random.default_rng(9).normal(size=(50, 4))
    table[:, 1] += table[:, 0]
    found = components(table)

    assert found.eigenvalues.sum() == pytest.approx(4.0)
    assert found.shares.sum() == pytest.approx(1.0)
    assert list(found.eigenvalues) == sorted(found.eigenvalues, reverse=True)
    assert found.loadings @ found.loadings.T == pytest.approx(np.corrcoef(table.T))


def test_the_sign_of_a_component_makes_its_loadings_positive_in_sum_or_else_the_first() -> None:
    found = components(columns("1 2\n2 1\n3 4\n4 3\n5 6"))

    assert found.loadings[:, 0].sum() > 0
    # the second has loadings of equal size and opposite signs: the first is positive
    assert found.loadings[0, 1] > 0
    assert found.above_one == 1
