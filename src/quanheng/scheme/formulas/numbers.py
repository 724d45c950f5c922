"""The range of numbers: what figures, options and results may be (numbers §1-§3)."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context
from typing import Final

LEAST: Final = 1e-15
"""The least size of a figure or an option that is not 0."""
MOST: Final = 1e15
"""The size below which figures, options, points and scores lie."""
DIGITS: Final = 15
"""Significant digits of a figure: a double tells so many apart, and Excel keeps no more."""
VAST: Final = 1e60
"""The size below which the result of a formula lies: its fourth power is still a number."""

_SETTLED: Final = Context(prec=DIGITS, rounding=ROUND_HALF_UP)


def in_range(number: float) -> bool:
    """Return whether `number` is 0 or of a size from 1e-15 up to below 1e15.

    Examples:
        >>> [in_range(number) for number in (0.0, -9.99e14, 1e15, 1e-16, float("nan"))]
        [True, True, False, False, False]
    """
    return number == 0 or LEAST <= abs(number) < MOST


def settled(text: str) -> float:
    """Return the number that `text` writes, at 15 significant digits, half up.

    Examples:
        >>> settled("0.30000000000000004"), settled("5.7999999999999996")
        (0.3, 5.8)
    """
    return float(_SETTLED.create_decimal(text))
