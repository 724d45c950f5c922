"""Whether the children of a dimension belong together: Cronbach's alpha and principal components.

Only units that have points for every child count, as everywhere where several are looked at together.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from quanheng.findings.value import Value
from quanheng.studies.audit.figures.correlations import Table
from quanheng.studies.audit.pool import Floats

_NOISE: Final = 1e-9


class Reliability(Value):
    """Cronbach's alpha of columns, and of columns scaled to the same spread; NaN for fewer than two.

    α = k/(k − 1)·(1 − Σ variances/variance of the sum); standardised α = k·r/(1 + (k − 1)·r), r the mean of
    the correlations (L. J. Cronbach, "Coefficient alpha and the internal structure of tests", Psychometrika
    16 (1951)).
    """

    alpha: float
    standardised: float


class Components(Value):
    """Principal components: eigenvalues, greatest first, and loadings (columns, components).

    A loading is the entry of the eigenvector times the root of the eigenvalue: the correlation of the
    column with the component. The sign of a component is the one with which its loadings add up to more
    than 0; where they add up to 0, the first one that is not 0 is positive.
    """

    eigenvalues: Floats
    loadings: Floats

    @property
    def shares(self) -> Floats:
        """The part of the variance that each explains."""
        return np.asarray(self.eigenvalues / self.eigenvalues.sum(), dtype=np.float64)

    @property
    def above_one(self) -> int:
        """How many have an eigenvalue above 1 (Kaiser's rule)."""
        return int((self.eigenvalues > 1.0 + _NOISE).sum())


def reliability(columns: Floats) -> Reliability:
    """Return the alphas of `columns` (units, children), all of which vary.

    Examples:
        >>> found = reliability(np.array([[1.0, 2.0], [2.0, 4.0], [3.0, 6.0]]))
        >>> round(found.alpha, 4), found.standardised
        (0.8889, 1.0)
    """
    units, count = columns.shape
    if count < 2 or units < 2:  # noqa: PLR2004  what belongs together are at least two
        return Reliability(alpha=np.nan, standardised=np.nan)
    inner = columns.var(axis=0, ddof=1).sum()
    whole = columns.sum(axis=1).var(ddof=1)
    with np.errstate(divide="ignore"):
        alpha = count / (count - 1) * (1.0 - inner / whole) if whole > _NOISE * inner else np.nan
    correlations = Table.of(columns).pearson
    mean = (correlations.sum() - count) / (count * (count - 1))
    below = 1.0 + (count - 1) * mean
    standardised = count * mean / below if below > _NOISE else np.nan
    return Reliability(alpha=float(alpha), standardised=float(standardised))


def components(columns: Floats) -> Components:
    """Return the principal components of `columns` (units, children), all of which vary."""
    values, vectors = np.linalg.eigh(Table.of(columns).pearson)
    values, vectors = np.clip(values[::-1], 0.0, None), vectors[:, ::-1]
    loadings = vectors * np.sqrt(values)
    return Components(eigenvalues=values, loadings=loadings * _signs(loadings))


def _signs(loadings: Floats) -> Floats:
    sums = loadings.sum(axis=0)
    first = np.take_along_axis(loadings, (np.abs(loadings) > _NOISE).argmax(axis=0)[None, :], axis=0)[0]
    deciding = np.where(np.abs(sums) > _NOISE, sums, first)
    return np.where(deciding < 0.0, -1.0, 1.0)
