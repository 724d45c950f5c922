"""Weights from principal components, as the OECD/JRC handbook builds them."""

from __future__ import annotations

from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from quanheng.engine.stages.weights.moments import Moments
from quanheng.engine.stages.weights.proportions import proportions

Matrix: TypeAlias = NDArray[np.float64]

_NOISE: Final = 1e-9
_SWEEPS: Final = 1000


def pca_weights(moments: Moments) -> tuple[float, ...]:
    """Return the weights from rotated principal components, in the order of the children.

    1. The correlations of the children that vary; their eigenvalues and eigenvectors.
    2. Components with an eigenvalue above 1 are kept (Kaiser's rule), at least the first. A loading is the
       eigenvector's entry times the root of the eigenvalue.
    3. The kept loadings are rotated by varimax with Kaiser's normalisation.
    4. On each factor the squared loadings are scaled to the sum 1; the factor counts with its part of the
       variance that all kept factors explain (its sum of squared loadings over all of theirs).
    5. A child belongs to the factor on which it loads highest; its weight is its scaled squared loading there
       times what the factor counts. Weights are scaled to the sum 1.

    Children that do not vary weigh nothing. Uncorrelated children have no common factor: they weigh the same.
    Weights say which children carry what is common to the pool, not which matter.

    Sources: OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 6, weights based on
    principal components or factor analysis, after G. Nicoletti, S. Scarpetta and O. Boylaud, OECD Economics
    Department Working Paper 226 (2000); H. F. Kaiser, "The varimax criterion for analytic rotation in factor
    analysis", Psychometrika 23 (1958).
    """
    varying = moments.varying
    raw = [0.0] * len(moments.children)
    if len(varying) > 1:
        correlations = np.array([[moments.correlation(i, j) for j in varying] for i in varying])
        for position, value in zip(varying, importance(varimax(loadings(correlations))), strict=True):
            raw[position] = float(value)
    return proportions(raw, varying)


def loadings(correlations: Matrix) -> Matrix:
    """Return the loadings of the children (rows) on the kept components, the greatest first."""
    values, vectors = np.linalg.eigh(correlations)
    if values[-1] <= 1.0 + _NOISE:
        return np.zeros((len(values), 1))
    kept = values > 1.0 + _NOISE
    rising: Matrix = vectors[:, kept] * np.sqrt(values[kept])
    return rising[:, ::-1]


def varimax(unrotated: Matrix) -> Matrix:
    """Return the loadings turned so that each child loads high on few factors.

    Factors are turned two at a time by the angle at which the variance of their squared loadings is greatest,
    rows being scaled to unit length, until no angle is left.
    """
    lengths = np.sqrt((unrotated**2).sum(axis=1, keepdims=True))
    rows: Matrix = np.divide(unrotated, lengths, out=np.zeros_like(unrotated), where=lengths > 0)
    factors = rows.shape[1]
    for _ in range(_SWEEPS):
        turned = 0.0
        for first in range(factors - 1):
            for second in range(first + 1, factors):
                angle = _angle(rows[:, first], rows[:, second])
                turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
                rows[:, [first, second]] = rows[:, [first, second]] @ turn
                turned = max(turned, abs(angle))
        if turned < _NOISE**1.5:
            break
    rotated: Matrix = rows * lengths
    return rotated


def importance(rotated: Matrix) -> NDArray[np.float64]:
    """Return steps 4 and 5 before the last scaling, from rotated loadings.

    Examples:
        >>> importance(np.array([[0.9, 0.1], [0.8, 0.0], [0.0, 0.5]])).round(4).tolist()
        [0.4737, 0.3743, 0.1462]
    """
    squared = rotated**2
    explained = squared.sum(axis=0)
    if not explained.sum() > 0.0:
        return np.zeros(len(rotated))
    scaled = squared / explained
    home = squared.argmax(axis=1)
    counted: NDArray[np.float64] = scaled[np.arange(len(rotated)), home] * (explained / explained.sum())[home]
    return counted


def _angle(first: Matrix, second: Matrix) -> float:
    """Return the angle by which turning two columns makes the varimax criterion greatest (Kaiser 1958)."""
    u, v = first**2 - second**2, 2.0 * first * second
    n = len(first)
    numerator = 2.0 * (u @ v - u.sum() * v.sum() / n)
    denominator = u @ u - v @ v - (u.sum() ** 2 - v.sum() ** 2) / n
    if abs(numerator) + abs(denominator) <= _NOISE * n:
        return 0.0  # every angle is as good: stay
    return float(np.arctan2(numerator, denominator)) / 4.0
