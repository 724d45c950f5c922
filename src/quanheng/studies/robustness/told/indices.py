"""Sobol indices: what share of the variance of an output each cause makes, alone and with all others.

Jansen's estimators over Saltelli's design; intervals by bootstrap over its rows.

Jansen, M. J. W. (1999). Analysis of variance designs for model output. Computer Physics Communications 117,
35-43. Saltelli, A. et al. (2010), as in `design.py`.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from quanheng.findings.value import Value

Array = NDArray[np.float64]
_RESAMPLES: Final = 300
_INTERVAL: Final = (2.5, 97.5)
_AT_ONCE: Final = 2**22


class Index(Value):
    """A share of variance with its interval; None each where the output does not vary."""

    value: float | None
    low: float | None
    high: float | None


class Indices(Value):
    """The first-order and the total index of each factor, in their order."""

    first: tuple[Index, ...]
    total: tuple[Index, ...]


NOTHING: Final = Index(value=None, low=None, high=None)


def sobol_indices(a: Array, b: Array, mixed: Array, seed: int) -> Indices:
    """Return the indices of an output from its values in A and B, `(n,)`, and in the mixed ones `(k, n)`.

    Examples:
        >>> from quanheng.studies.robustness.drawing.design import design_of
        >>> design = design_of([1, 1], runs=2048, seed=1)
        >>> output = 3.0 * design.numbers[:, 0] + 1.0 * design.numbers[:, 1]  # variances 9 : 1
        >>> a, b = output[: design.base], output[design.base : 2 * design.base]
        >>> indices = sobol_indices(a, b, np.array([output[design.mixed(i)] for i in (0, 1)]), seed=1)
        >>> [round(each.value, 2) for each in indices.first], [round(each.value, 2) for each in indices.total]
        ([0.9, 0.1], [0.9, 0.1])
    """
    count = len(mixed)
    variance = float(np.var(np.concatenate([a, b])))
    scale = max(1.0, float(np.abs(np.concatenate([a, b])).max()))
    if variance <= (1e-12 * scale) ** 2:
        return Indices(first=(NOTHING,) * count, total=(NOTHING,) * count)
    first, total = _estimated(a[None], b[None], mixed[:, None])
    rng = np.random.default_rng(seed)
    firsts, totals = [], []
    step = max(1, _AT_ONCE // (len(a) * (count + 2)))
    for start in range(0, _RESAMPLES, step):
        rows = rng.integers(len(a), size=(min(step, _RESAMPLES - start), len(a)))
        some = _estimated(a[rows], b[rows], mixed[:, rows])
        firsts.append(some[0])
        totals.append(some[1])
    return Indices(
        first=_with_intervals(first[:, 0], np.concatenate(firsts, axis=1)),
        total=_with_intervals(total[:, 0], np.concatenate(totals, axis=1)),
    )


def _estimated(a: Array, b: Array, mixed: Array) -> tuple[Array, Array]:
    """Return first-order and total indices `(k, samples)` of `(samples, n)` outputs, NaN without variance."""
    variance = np.var(np.concatenate([a, b], axis=-1), axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        first = 1.0 - np.mean((b - mixed) ** 2, axis=-1) / (2.0 * variance)
        total = np.mean((a - mixed) ** 2, axis=-1) / (2.0 * variance)
    return first, total


def _with_intervals(values: Array, resampled: Array) -> tuple[Index, ...]:
    known = np.where(np.isfinite(resampled), resampled, np.nan)
    low, high = np.nanpercentile(known, _INTERVAL, axis=1)
    return tuple(
        Index(value=float(value), low=float(below), high=float(above))
        for value, below, above in zip(values, low, high, strict=True)
    )
