"""Places, ranks, Spearman and Kendall's W, by hand and against scipy."""

from __future__ import annotations

import numpy as np
import pytest

from quanheng.studies.statistics.ranks import kendall_w, mean_ranks, places_of, spearman


def test_equal_scores_share_a_place_and_the_mean_of_their_ranks() -> None:
    scores = np.array([7.0, 9.0, 7.0 + 1e-11, 1.0])

    assert places_of(scores).tolist() == [2, 1, 2, 4]
    assert mean_ranks(scores).tolist() == [2.5, 1.0, 2.5, 4.0]


def test_kendall_by_hand_with_ties() -> None:
    """Sums 2, 4.5, 5.5 of mean 4: S = 6.5; 12·6.5 / (4·24 - 2·6) = 78/84."""
    rankings = [np.array([1.0, 2.0, 3.0]), np.array([1.0, 2.5, 2.5])]

    assert kendall_w(rankings) == pytest.approx(78 / 84)


def test_what_tells_nobody_apart_has_no_correlation() -> None:
    level = np.array([2.0, 2.0, 2.0])

    assert spearman(level, np.array([1.0, 2.0, 3.0])) is None
    assert kendall_w([level, level]) is None
    assert kendall_w([np.array([1.0, 2.0])]) is None
    assert kendall_w([np.array([1.0]), np.array([1.0])]) is None


def test_spearman_is_that_of_scipy() -> None:
    from scipy.stats import spearmanr  # noqa: PLC0415  an oracle

    rng = np.random.default_rng(5)
    for _ in range(5):
        one, two = rng.integers(0, 6, 20).astype(float), rng.integers(0, 6, 20).astype(float)
        assert spearman(mean_ranks(one), mean_ranks(two)) == pytest.approx(spearmanr(one, two).statistic)
