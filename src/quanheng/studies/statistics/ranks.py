"""Places and what several rankings of the same units have in common: Spearman, Kendall's W.

Scores are compared at nine decimals, as places are everywhere else.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Column: TypeAlias = NDArray[np.float64]
Matrix: TypeAlias = NDArray[np.float64]
Whole: TypeAlias = NDArray[np.int64]

DECIMALS: Final = 9
"""Scores are compared at so many decimals."""


def places_of(scores: Column) -> Whole:
    """Return the place of each score, the greatest first: 1 2 2 4.

    Examples:
        >>> places_of(np.array([0.5, 0.9, 0.5 + 1e-12, 0.1])).tolist()
        [2, 1, 2, 4]
    """
    negated = -np.round(scores, DECIMALS)
    return np.searchsorted(np.sort(negated), negated, side="left") + 1


def mean_ranks(scores: Column) -> Column:
    """Return the rank of each score, the greatest first, equal ones sharing the mean of their ranks.

    Examples:
        >>> mean_ranks(np.array([0.5, 0.9, 0.5, 0.1])).tolist()
        [2.5, 1.0, 2.5, 4.0]
    """
    negated = -np.round(scores, DECIMALS)
    ordered = np.sort(negated)
    above = np.searchsorted(ordered, negated, side="left")
    down_to = np.searchsorted(ordered, negated, side="right")
    return (above + down_to + 1) / 2.0


def spearman(first: Column, second: Column) -> float | None:
    """Return Spearman's correlation of two columns of ranks; None where one of them tells nobody apart.

    Examples:
        >>> spearman(np.array([1.0, 2.0, 3.0]), np.array([1.0, 3.0, 2.0]))
        0.5
        >>> spearman(np.array([2.0, 2.0, 2.0]), np.array([1.0, 3.0, 2.0])) is None
        True
    """
    left, right = first - first.mean(), second - second.mean()
    size = float(np.sqrt((left @ left) * (right @ right)))
    if size == 0.0:
        return None
    return round(float(left @ right) / size, DECIMALS)


def kendall_w(rankings: Sequence[Column]) -> float | None:
    """Return Kendall's coefficient of concordance of rankings of the same units, corrected for ties.

    W = (12·S) / (k²·(n³ - n) - k·ΣT), S the sum of squares of the units' sums of ranks about their mean, T
    the sum of t³ - t over the ties of a ranking. It is 1 where all agree. None for one unit or one ranking,
    or where no ranking tells anybody apart.

    Sources: M. G. Kendall and B. Babington Smith, "The problem of m rankings", Annals of Mathematical
    Statistics 10 (1939); M. G. Kendall, Rank Correlation Methods (1948), on ties.

    Examples:
        >>> one, two = np.array([1.0, 2.0, 3.0]), np.array([3.0, 2.0, 1.0])
        >>> kendall_w([one, one]), kendall_w([one, two])
        (1.0, 0.0)
    """
    count, units = len(rankings), len(rankings[0]) if rankings else 0
    if count < 2 or units < 2:  # noqa: PLR2004  what is compared needs two
        return None
    sums = np.sum(np.stack(rankings), axis=0)
    apart = sums - sums.mean()
    ties = sum(_ties(ranking) for ranking in rankings)
    most = count**2 * (float(units) ** 3 - units) - count * ties
    return None if most <= 0.0 else round(12.0 * float(apart @ apart) / most, DECIMALS)


def _ties(ranking: Column) -> float:
    _, sizes = np.unique(ranking, return_counts=True)
    counts = sizes.astype(np.float64)
    return float(np.sum(counts**3 - counts))
