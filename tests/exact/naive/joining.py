"""Aggregation: how the points of children become their parent's (docs/reference/aggregation)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any, TypeAlias

from tests.exact.naive.numerals import geometric_mean, half_up, number, power
from tests.exact.naive.rules import FindingError

NINE = 9
Points: TypeAlias = Mapping[str, Fraction]
"""The points of children, by code; those without points are not there."""


def joined(how: str | Mapping[str, Any], weights: Points, points: Points) -> Fraction:
    """Return the mean, least, greatest, product or sum of the points of one unit's children that count."""
    counting = [(weights[child], points[child]) for child in points if weights[child] > 0]
    total = sum((weight for weight, _ in counting), Fraction(0))
    if how == "min":
        return min(points for _, points in counting)
    if how == "max":
        return max(points for _, points in counting)
    if isinstance(how, Mapping) and "power" not in how:
        counting = _chosen(how, counting)
        total, how = sum((weight for weight, _ in counting), Fraction(0)), "arithmetic"
    if how == "sum":
        return sum((points for _, points in counting), Fraction(0))
    exponent = _exponent("geometric" if how == "product" else how)
    if how == "arithmetic":
        return sum((weight * points for weight, points in counting), Fraction(0)) / total
    if any(half_up(points, NINE) < 0 for _, points in counting):
        raise FindingError("QH549")
    if how == "product":
        return _product(points for _, points in counting)
    if exponent <= 0 and is_zero(how, weights, points):
        return Fraction(0)
    if exponent == 0:
        return geometric_mean(counting)
    inner = sum((weight * power(points, exponent) for weight, points in counting), Fraction(0)) / total
    return power(inner, 1 / exponent)


def is_zero(how: str | Mapping[str, Any], weights: Points, points: Points) -> bool:
    """Whether a mean is 0 because one of its children is."""
    at_zero = any(half_up(points[child], NINE) == 0 and weights[child] > 0 for child in points)
    if isinstance(how, Mapping) and "power" not in how:
        return False
    if isinstance(how, str) and how in {"min", "max", "product", "sum", "copeland"}:
        return False
    return _exponent(how) <= 0 and at_zero


def _chosen(
    how: Mapping[str, Any], counting: list[tuple[Fraction, Fraction]]
) -> list[tuple[Fraction, Fraction]]:
    """Return the weights and points of the children with the most points, or the fewest (points §7)."""
    ordered = sorted(counting, key=lambda each: half_up(each[1], NINE), reverse="best" in how)
    return ordered[: how.get("best", how.get("last"))]


def _product(points: Iterable[Fraction]) -> Fraction:
    found = Fraction(100)
    for each in points:
        found *= each / 100 if half_up(each, NINE) else 0
    return found


def copeland(weights: Mapping[str, Points], points: Mapping[str, Points]) -> dict[str, Fraction]:
    """Return 100 * (wins - losses + n - 1) / (2 * (n - 1)) of each unit among `points`."""
    count = len(points)
    if count == 1:
        return dict.fromkeys(points, Fraction(100))
    found = {}
    for one in points:
        balance = sum(_duel(weights, points, one, other) for other in points if other != one)
        found[one] = Fraction(100 * (balance + count - 1), 2 * (count - 1))
    return found


def _duel(weights: Mapping[str, Points], points: Mapping[str, Points], one: str, other: str) -> int:
    """Return 1 if `one` is better than `other` on more weight, -1 if on less."""
    balance = Fraction(0)
    for child in points[one].keys() & points[other].keys():
        weight = (weights[one][child] + weights[other][child]) / 2
        mine, theirs = half_up(points[one][child], NINE), half_up(points[other][child], NINE)
        balance += weight * ((mine > theirs) - (mine < theirs))
    return (balance > 0) - (balance < 0)


def _exponent(how: str | Mapping[str, Any]) -> Fraction:
    if isinstance(how, Mapping):
        return number(how["power"])
    return {"arithmetic": Fraction(1), "geometric": Fraction(0), "harmonic": Fraction(-1)}[how]
