"""Means of children's points that are no straight lines: bounded from above by their tangents.

Geometric, harmonic and power means of an exponent up to 1 are concave: a tangent lies nowhere below them. So
a program in which a mean is at most some of its tangents is a relaxation, and where its solution touches the
mean itself it is the solution.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log, prod
from typing import Final

from quanheng.scheme.weights.aggregation import (
    Aggregation,
    Arithmetic,
    Best,
    Geometric,
    Harmonic,
    Last,
    Maximum,
    Minimum,
    Power,
    Product,
    Sum,
    chosen,
)

_FULL: Final = 100.0
_LEAST: Final = 1e-4
"""Where a child has fewer points, the tangent is that at so many."""
_ZERO: Final = 1e-9


def is_concave(method: Aggregation) -> bool:
    """Return whether the mean lies below its tangents."""
    match method:
        case Arithmetic() | Geometric() | Harmonic() | Minimum() | Sum():
            return True
        case Power(exponent):
            return exponent <= 1.0
        case _:
            return False


def mean_of(method: Aggregation, parts: Sequence[tuple[float, float]]) -> float:
    """Return the mean of points with their shares, which add up to 1; as the engine has it (points §4).

    Examples:
        >>> round(mean_of(Geometric(), [(0.5, 40.0), (0.5, 90.0)]), 9)
        60.0
        >>> mean_of(Harmonic(), [(0.5, 0.0), (0.5, 90.0)])
        0.0
    """
    counted = [(share, points) for share, points in parts if share > 0.0]
    match method:
        case Minimum():
            return min(points for _, points in counted)
        case Maximum():
            return max(points for _, points in counted)
        case Best() | Last():
            taken = chosen(method, {str(number): points for number, (_, points) in enumerate(counted)})
            kept = [counted[int(number)] for number in taken]
            return sum(share * points for share, points in kept) / sum(share for share, _ in kept)
        case Product():
            return _FULL * prod(points / _FULL for _, points in counted)
        case Geometric():
            if any(points <= _ZERO for _, points in counted):
                return 0.0
            return exp(sum(share * log(points) for share, points in counted))
        case Harmonic():
            return _power(-1.0, counted)
        case Power(exponent):
            return _power(exponent, counted)
        case _:
            return sum(share * points for share, points in counted)


def _power(exponent: float, counted: Sequence[tuple[float, float]]) -> float:
    if exponent < 0 and any(points <= _ZERO for _, points in counted):
        return 0.0
    total: float = sum(share * (max(points, 0.0) / _FULL) ** exponent for share, points in counted)
    return float(_FULL * total ** (1.0 / exponent))


def tangent_of(method: Aggregation, parts: Sequence[tuple[float, float]]) -> tuple[float, ...]:
    """Return how much of each child's points the tangent at `parts` takes; it has no constant.

    Examples:
        >>> [round(take, 9) for take in tangent_of(Geometric(), [(0.5, 80.0), (0.5, 80.0)])]
        [0.5, 0.5]
    """
    raised = [(share, max(points, _LEAST)) for share, points in parts]
    mean = mean_of(method, raised)
    match method:
        case Geometric():
            exponent = 0.0
        case Harmonic():
            exponent = -1.0
        case Power(given):
            exponent = given
        case _:
            return tuple(share for share, _ in raised)
    return tuple(share * (points / mean) ** (exponent - 1.0) for share, points in raised)
