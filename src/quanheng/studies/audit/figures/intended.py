"""The weights with which each part has the influence it is meant to have.

Of a whole y = Σ w·x the correlation of x_i with y is (C·w)_i/√(C_ii·V), C the covariances and V the
variance of y. As parts of their sum the squares s_i = z_i²/Σ z², z_i = (C·w)_i/√C_ii, no longer hold V. So
s = t asks that z is proportional to √t, which R·u = √t solves, R the correlations and u_i = w_i·√C_ii.
Where a u is below 0 no weights do it (or none with every part pulling the way of the whole), and the
nearest are looked for: those of least Σ (s − t)² among weights of 0 or more (Becker et al. 2017, who look
for them by a simplex search).
"""

from __future__ import annotations

from typing import Final

import numpy as np

from quanheng.findings.value import Value
from quanheng.studies.audit.pool import Floats

REACHED: Final = 0.001
"""Influence that is nearer than that to what is intended, as a part of the whole, has reached it."""
_TURNS: Final = 500


class Weights(Value):
    """Weights that add up to 1, the influence they give by straight lines, and the greatest gap left."""

    weights: Floats
    influence: Floats
    gap: float

    @property
    def is_reached(self) -> bool:
        """Whether the intended influence is reached."""
        return self.gap <= REACHED


def influence_of(weights: Floats, covariances: Floats) -> Floats:
    """Return the influence of each part of the sum Σ w·x; NaN where the sum does not vary."""
    spread = np.sqrt(covariances.diagonal())
    moved = covariances @ weights
    squares = np.divide(moved, spread, out=np.zeros_like(moved), where=spread > 0) ** 2
    total = squares.sum()
    return squares / total if total > 0 else np.full(len(squares), np.nan)


def weights_for(intended: Floats, covariances: Floats, now: Floats) -> Weights:
    """Return the weights that give the `intended` influence (adds up to 1), or come nearest to it.

    A part that does not vary has no influence whatever its weight; it keeps its share of `now`.

    Examples:
        >>> alike = np.array([[1.0, 0.0], [0.0, 4.0]])  # two that say different things
        >>> found = weights_for(np.array([0.5, 0.5]), alike, np.array([0.5, 0.5]))
        >>> found.weights.round(4).tolist(), found.is_reached
        ([0.6667, 0.3333], True)
    """
    spread = np.sqrt(covariances.diagonal())
    varying = np.flatnonzero(spread > 0)
    best = np.array(now, dtype=np.float64)
    if len(varying):
        inner = covariances[np.ix_(varying, varying)] / np.outer(spread[varying], spread[varying])
        aim = (
            intended[varying] / intended[varying].sum() if intended[varying].sum() > 0 else intended[varying]
        )
        scaled = _scaled_for(aim, inner, now[varying] * spread[varying])
        found = scaled / spread[varying]
        left = 1.0 - now[[place for place in range(len(now)) if place not in set(varying.tolist())]].sum()
        best[varying] = found / found.sum() * (left if left > 0 else 1.0)
    best /= best.sum()
    reached = influence_of(best, covariances)
    gap = np.abs(np.nan_to_num(reached) - intended).max()
    return Weights(weights=best, influence=reached, gap=float(gap))


def _scaled_for(aim: Floats, correlations: Floats, now: Floats) -> Floats:
    """Return u ≥ 0 with (R·u)² as near to proportional to `aim` as can be."""
    roots = np.sqrt(aim)
    exact = np.linalg.lstsq(correlations, roots, rcond=None)[0]
    if (exact >= -_NOISE * np.abs(exact).max()).all() and np.allclose(correlations @ exact, roots, atol=1e-9):
        return np.clip(exact, 0.0, None)
    starts = [np.clip(exact, 0.0, None), now, roots, np.ones_like(roots)]
    found = [_nearest(start, aim, correlations) for start in starts if start.sum() > 0]
    return min(found, key=lambda each: _distance(each, aim, correlations)[0])


_NOISE: Final = 1e-12


def _nearest(start: Floats, aim: Floats, correlations: Floats) -> Floats:
    from scipy.optimize import minimize

    at = start / np.linalg.norm(start)
    found = minimize(
        _distance,
        at,
        args=(aim, correlations),
        jac=True,
        method="L-BFGS-B",
        bounds=[(0.0, None)] * len(at),
        options={"maxiter": _TURNS, "ftol": 1e-15, "gtol": 1e-10},
    ).x
    here = np.asarray(found, dtype=np.float64)
    return here if here.sum() > 0 else at


def _distance(scaled: Floats, aim: Floats, correlations: Floats) -> tuple[float, Floats]:
    """Return Σ (s − t)² and how it changes with u."""
    moved = correlations @ scaled
    squares = moved**2
    total = squares.sum()
    if not total > 0:
        return float((aim**2).sum()), np.zeros_like(scaled)
    away = squares / total - aim
    slope = 2.0 * away / total
    inner = slope - (slope @ squares) / total
    return float(away @ away), correlations @ (inner * 2.0 * moved)
