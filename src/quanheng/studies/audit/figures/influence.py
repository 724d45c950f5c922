"""What a part really decides of a whole: Pearson's correlation ratio, beside the weight it is given.

S = Var(E(y | x))/Var(y) is the part of the variance of y that would go, on average, if x were fixed (P.
Paruolo, M. Saisana and A. Saltelli, "Ratings and rankings: voodoo or science?", Journal of the Royal
Statistical Society A 176 (2013); W. Becker, M. Saisana, P. Paruolo and I. Vandecasteele, "Weights and
importance in composite indicators: closing the gap", Ecological Indicators 80 (2017)). E(y | x) is a straight
line (then S is r²) or a smoothing spline. The influence of a part is its S over the sum of all parts' S.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

import numpy as np

from quanheng.findings.value import Value
from quanheng.studies.audit.figures.correlations import Table
from quanheng.studies.audit.figures.smooth import KNOTS, fitted, knots_of
from quanheng.studies.audit.figures.statistics import Column, Order
from quanheng.studies.audit.pool import TELLING, Floats

Curve: TypeAlias = Literal["spline", "binned", "means", "line", "none"]
"""How E(y | x) was found: a spline through all values or through groups of neighbours, the means at each of
few values, a straight line since there are too few units, or not at all since one of the two does not
vary."""


class Ratio(Value):
    """How a part goes with the whole over `n` units; NaN where the part or the whole does not vary.

    `correlation` is Pearson's, `ratio` the correlation ratio by a curve, `curve` how that was found.
    """

    n: int
    correlation: float
    ratio: float
    curve: Curve

    @property
    def linear(self) -> float:
        """The correlation ratio by a straight line."""
        return self.correlation**2


def ratios(parts: Sequence[Column], whole: Column, *, bins: int) -> tuple[Ratio, ...]:
    """Return the correlation ratio of each of `parts` with the `whole`, columns of the same units.

    Examples:
        >>> x = np.arange(20.0)
        >>> [ratio.ratio for ratio in ratios([Column(x), Column(x * 0)], Column(2.0 * x), bins=100)]
        [1.0, nan]
    """
    table = Table([*parts, whole])
    correlations, counts = table.pearson[-1, :-1], table.counts[-1, :-1]
    known = ~np.isnan(whole.values)
    found = []
    for part, correlation, n in zip(parts, correlations, counts, strict=True):
        order = part.order if known.all() else part.order[known[part.order]]
        ratio, curve = _by_curve(part.values, whole.values, order, float(correlation), bins)
        found.append(Ratio(n=int(n), correlation=float(correlation), ratio=ratio, curve=curve))
    return tuple(found)


def _by_curve(x: Floats, y: Floats, order: Order, correlation: float, bins: int) -> tuple[float, Curve]:
    if np.isnan(correlation):
        return np.nan, "none"
    if len(order) < TELLING:
        return correlation**2, "line"
    knots = knots_of(x, y, order, bins)
    values = fitted(knots)
    mean = float(knots.weights @ values) / knots.units
    ratio = float(knots.weights @ (values - mean) ** 2) / knots.about_mean
    curve: Curve = "binned" if len(knots.x) >= bins else "spline"
    # a line is a curve, too: smoothing never finds less than it
    return min(1.0, max(ratio, correlation**2)), "means" if len(knots.x) < KNOTS else curve


def shares(values: Floats) -> Floats:
    """Return `values` as parts of their sum, what is not there as 0; NaN where the sum is 0."""
    known = np.nan_to_num(values)
    total = known.sum()
    return known / total if total > 0 else np.full(len(known), np.nan)
