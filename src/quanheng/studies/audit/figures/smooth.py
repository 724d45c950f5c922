"""A smoothing spline through a cloud: the natural cubic spline that weighs fit against roughness.

It makes Σ w·(y − m(x))² + λ·∫ m''² least; λ is the one with the least generalised cross-validation n·RSS/(n
− 1.4·df)², df the trace of the smoother (P. Craven and G. Wahba, "Smoothing noisy data with spline
functions", Numerische Mathematik 31 (1979); the 1.4, against curves that follow each point, after Y.-J. Kim
and C. Gu, Journal of the Royal Statistical Society B 66 (2004); P. J. Green and B. W. Silverman,
Nonparametric Regression and Generalized Linear Models, 1994, chapters 2 and 3). In the basis of Demmler and
Reinsch every λ costs a few sums; `scipy.interpolate.make_smoothing_spline` minimises the same, one λ at a
time.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from quanheng.findings.value import Value
from quanheng.studies.audit.pool import Floats

_LAMBDAS: Final = 10.0 ** np.linspace(-12.0, 6.0, 181)
"""What is tried, for x in a range of 1 and weights of the mean 1."""
KNOTS: Final = 5
"""A spline needs so many different x; of fewer the means at each are taken."""
_CLOSE: Final = 1e-6
"""Values of x nearer to each other than that, as a part of their range, are one."""


class Knots(Value):
    """A cloud by its different x, rising: their weights (units), the mean y at each, and Σ(y − mean)²."""

    x: Floats
    weights: Floats
    y: Floats
    within: float

    @property
    def units(self) -> float:
        """How many units there are."""
        return float(self.weights.sum())

    @property
    def about_mean(self) -> float:
        """The sum of squares of all y about their mean."""
        mean = float(self.weights @ self.y) / self.units
        return float(self.weights @ (self.y - mean) ** 2) + self.within


def knots_of(x: Floats, y: Floats, order: np.ndarray[tuple[int], np.dtype[np.int64]], bins: int) -> Knots:
    """Return the cloud of `x` and `y`, taken in the `order` of rising x, with at most `bins` different x.

    More of them are joined into groups of neighbours of the same size; equal x stay together.
    """
    x, y = x[order], y[order]
    width = x[-1] - x[0]
    new = np.concatenate(([True], np.diff(x) > _CLOSE * width))
    if int(new.sum()) > bins:
        starts = np.flatnonzero(new)
        wanted = np.arange(bins) * (len(x) / bins)
        chosen = starts[np.clip(np.searchsorted(starts, wanted, "left"), 0, len(starts) - 1)]
        new = np.zeros(len(x), dtype=bool)
        new[chosen] = True
        new[0] = True
    starts = np.flatnonzero(new)
    weights = np.diff(np.append(starts, len(x))).astype(np.float64)
    means = np.add.reduceat(y, starts) / weights
    away = y - np.repeat(means, weights.astype(np.int64))
    return Knots(x=np.add.reduceat(x, starts) / weights, weights=weights, y=means, within=float(away @ away))


def fitted(knots: Knots, smoothing: float | None = None) -> Floats:
    """Return the spline at the knots; λ by cross-validation, or `smoothing` for x in a range of 1.

    Of fewer than five knots it is their means.
    """
    count = len(knots.x)
    if count < KNOTS:
        return knots.y
    x = (knots.x - knots.x[0]) / (knots.x[-1] - knots.x[0])
    roots = np.sqrt(knots.weights / knots.weights.mean())
    left, values, right = np.linalg.svd(_roughness(x) / roots)
    del left
    rough = np.zeros(count)
    rough[: count - 2] = values**2
    basis = right.T
    turned = basis.T @ (roots * knots.y)
    if smoothing is None:
        kept = 1.0 / (1.0 + _LAMBDAS[:, None] * rough)
        residual = knots.weights.mean() * (((1.0 - kept) * turned) ** 2).sum(axis=1) + knots.within
        left = knots.units - _DEAR * kept.sum(axis=1)
        validated = np.divide(residual, left**2, out=np.full(len(kept), np.inf), where=left > 0.0)
        smoothing = float(_LAMBDAS[int(validated.argmin())])
    shrunk = turned / (1.0 + smoothing * rough)
    return np.asarray(basis @ shrunk / roots, dtype=np.float64)


_DEAR: Final = 1.4
"""What a degree of freedom costs (Kim and Gu 2004); at 1, few points are now and then simply joined up."""


def _roughness(x: Floats) -> Floats:
    """Return the matrix whose product with the values at x has ∫ m''² as the square of its length."""
    steps = np.diff(x)
    count = len(x)
    second = np.zeros((count - 2, count))
    rows = np.arange(count - 2)
    second[rows, rows] = 1.0 / steps[:-1]
    second[rows, rows + 1] = -1.0 / steps[:-1] - 1.0 / steps[1:]
    second[rows, rows + 2] = 1.0 / steps[1:]
    inner = np.diag((steps[:-1] + steps[1:]) / 3.0)
    inner[rows[1:], rows[:-1]] = inner[rows[:-1], rows[1:]] = steps[1:-1] / 6.0
    return np.asarray(np.linalg.solve(np.linalg.cholesky(inner), second), dtype=np.float64)
