"""Numbers as they are written: exact fractions, and 45 digits where a root or a logarithm has no fraction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal, localcontext
from enum import Enum
from fractions import Fraction
from typing import Final, TypeAlias

WORKING: Final = 70
KEPT: Final = 45
"""Irrational results are worked out to 70 digits and kept to 45: what is even on paper comes out even."""

RAISED: Final = 1 + Fraction(8, 2**52)


class Absent(Enum):
    """Why there is no number."""

    NOT_APPLICABLE = "/"
    MISSING = ""
    UNDEFINED = "undefined"


Value: TypeAlias = Fraction | Absent
Truth: TypeAlias = bool | Absent


def number(written: str | float) -> Fraction:
    """Return the number that is written: `12`, `0.5`, `1e6`, and `8%`, which is 0.08."""
    text = str(written).strip()
    if text.endswith("%"):
        return Fraction(text[:-1]) / 100
    return Fraction(text)


def cell(written: str) -> Value:
    """Return what a cell says: a number, nothing, or that it does not apply."""
    if written == "":
        return Absent.MISSING
    return Absent.NOT_APPLICABLE if written == "/" else number(written)


def first_absence(values: Iterable[object]) -> Absent | None:
    """Return what absent values make of a result: not applicable, missing or undefined (absence §1)."""
    found = {value for value in values if isinstance(value, Absent)}
    for absence in Absent:
        if absence in found:
            return absence
    return None


def divided(numerator: Fraction, denominator: Fraction) -> Value:
    """Divide, and say what a division by zero is (absence §5)."""
    if denominator != 0:
        return numerator / denominator
    return Absent.NOT_APPLICABLE if numerator == 0 else Absent.UNDEFINED


def completion(reached: Fraction, target: Fraction, *, less: bool) -> Fraction:
    """Return the completion of a target other than 0 (points §5)."""
    better = target - reached if less else reached - target
    return 1 + better / abs(target)


def half_up(value: Fraction, decimals: int) -> Fraction:
    """Round to so many decimals, halves away from zero, raised by a trifle first (rounding §1 a)."""
    scale = Fraction(10) ** decimals
    size = (abs(value) * scale * RAISED + Fraction(1, 2)).__floor__() / scale
    return -size if value < 0 else size


def mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def median(values: Sequence[Fraction]) -> Fraction:
    return quantile(values, Fraction(1, 2))


def quantile(values: Sequence[Fraction], part: Fraction) -> Fraction:
    """Return the quantile, linear between neighbours: type 7 (observed values §1 b)."""
    ordered = sorted(values)
    position = part * (len(ordered) - 1)
    below = position.__floor__()
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (position - below) * (ordered[above] - ordered[below])


def variance(values: Sequence[Fraction], ddof: int = 0) -> Fraction:
    center = mean(values)
    return sum(((value - center) ** 2 for value in values), Fraction(0)) / (len(values) - ddof)


def logarithm(value: Fraction) -> Fraction:
    with localcontext(prec=WORKING):
        return _kept(_decimal(value).ln())


def root(value: Fraction) -> Fraction:
    with localcontext(prec=WORKING):
        return _kept(_decimal(value).sqrt())


def power_of_e(exponent: Fraction) -> Fraction:
    with localcontext(prec=WORKING):
        return _kept(_decimal(exponent).exp())


def power(base: Fraction, exponent: Fraction) -> Fraction:
    """Return `base` (above 0, or 0 with an exponent above 0) to the power of `exponent`."""
    if exponent.denominator == 1:
        return base**exponent.numerator
    if base == 0:
        return Fraction(0)
    with localcontext(prec=WORKING):
        return _kept((_decimal(base).ln() * _decimal(exponent)).exp())


def geometric_mean(parts: Sequence[tuple[Fraction, Fraction]]) -> Fraction:
    """Return the mean of (weight, points), all points above 0."""
    total = sum((weight for weight, _ in parts), Fraction(0))
    with localcontext(prec=WORKING):
        logs = (_decimal(points).ln() * _decimal(weight / total) for weight, points in parts)
        return _kept(sum(logs, Decimal(0)).exp())


def _decimal(value: Fraction) -> Decimal:
    exact = Fraction(value)  # a float, where paper is held against binary
    return Decimal(exact.numerator) / Decimal(exact.denominator)


def _kept(value: Decimal) -> Fraction:
    with localcontext(prec=KEPT):
        return Fraction(+value)
