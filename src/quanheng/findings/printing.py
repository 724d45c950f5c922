"""Numbers as they are printed: rounded half-up, as scores are rounded (rounding §1)."""

from __future__ import annotations

from math import floor
from typing import Final

NOISE: Final = 8 * 2.0**-52
"""What part of itself is added to a number before the half is: `engine/frame/rounding.py` says why."""
MOST_NOISE: Final = 0.25
"""A whole number stays itself, however large."""
WHOLE: Final = 2.0**52
"""From here on a double has no fraction left to round."""


def printed(value: float, decimals: int) -> str:
    """Return `value` with so many decimals, halves away from zero; what is rounded to 0 has no sign.

    A half that is one on paper is one here, as the columns of scores have it.

    Examples:
        >>> printed(2.675, 2), printed(80.45, 1), printed(-0.001, 2), printed(-2.5, 0)
        ('2.68', '80.5', '0.00', '-3')
    """
    power = 10.0**decimals
    size = abs(value) * power
    if not size < WHOLE:
        return f"{value:z.{decimals}f}"
    whole = floor(size + min(size * NOISE, MOST_NOISE) + 0.5)
    return f"{(-whole if value < 0 else whole) / power:z.{decimals}f}"
