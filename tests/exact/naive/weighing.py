"""Weights that follow from points: std, entropy and critic (weights §2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Final

from tests.exact.naive.numerals import half_up, logarithm, mean, root, variance
from tests.exact.naive.rules import FindingError

Column = Sequence[Fraction]
DECIMALS: Final = 12
NINE: Final = 9
"""Points that are equal at so many decimals are equal (comparing §4)."""


def computed(method: str, columns: Mapping[str, Column]) -> tuple[dict[str, Fraction], bool]:
    """Return the shares of children, and whether they weigh the same because units do not differ.

    A child whose points are all equal weighs nothing and has no say; those that differ share by the method,
    and the same each if it finds nothing to choose between them (critic, where all move together).
    """
    lowest = min((points for column in columns.values() for points in column), default=Fraction(0))
    if method == "entropy" and half_up(lowest, NINE) < 0:
        raise FindingError("QH526")
    differing = {
        child: column for child, column in columns.items() if len({half_up(x, NINE) for x in column}) > 1
    }
    if not differing:
        return dict.fromkeys(columns, Fraction(1, len(columns))), True
    amounts = METHODS[method](differing)
    total = sum(amounts.values(), Fraction(0))
    if total == 0:
        amounts, total = dict.fromkeys(differing, Fraction(1)), Fraction(len(differing))
    return {child: half_up(amounts.get(child, Fraction(0)) / total, DECIMALS) for child in columns}, False


def _std(columns: Mapping[str, Column]) -> dict[str, Fraction]:
    return {child: root(variance(column)) for child, column in columns.items()}


def _entropy(columns: Mapping[str, Column]) -> dict[str, Fraction]:
    return {child: _information(column) for child, column in columns.items()}


def _information(column: Column) -> Fraction:
    total = sum(column, Fraction(0))
    parts = [points / total for points in column if points > 0]
    return 1 + sum((part * logarithm(part) for part in parts), Fraction(0)) / logarithm(Fraction(len(column)))


def _critic(columns: Mapping[str, Column]) -> dict[str, Fraction]:
    """Return spread times conflict, over points that are scaled by their range (Diakoulaki 1995)."""
    scaled = {child: _scaled(column) for child, column in columns.items()}
    return {
        child: root(variance(column))
        * sum((1 - _correlation(column, other) for other in scaled.values()), Fraction(0))
        for child, column in scaled.items()
    }


def _scaled(column: Column) -> Column:
    low, high = min(column), max(column)
    return [(points - low) / (high - low) for points in column]


def _correlation(one: Column, other: Column) -> Fraction:
    left, right = mean(one), mean(other)
    together = mean([(a - left) * (b - right) for a, b in zip(one, other, strict=True)])
    size = root(together**2 / (variance(one) * variance(other)))
    return size if together > 0 else -size


METHODS: Final[dict[str, Callable[[Mapping[str, Column]], dict[str, Fraction]]]] = {
    "std": _std,
    "entropy": _entropy,
    "critic": _critic,
}
