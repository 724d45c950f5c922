"""Figures and parts as a table on a terminal shows them."""

from __future__ import annotations

import math
from typing import Final

_NOISE: Final = 1e-9
"""0.95 * 1000 may come out a little below 950."""
_DECIMALS: Final = ((1.0, 2), (0.1, 4), (0.0, 6))
"""From which size on a figure is shown with how many decimals."""


def figure(value: float | None) -> str:
    """Return a figure with as many decimals as its size asks for, and nothing for none.

    Examples:
        >>> figure(1234.5), figure(0.9477123), figure(-0.000451), figure(-1e-9), figure(None)
        ('1234.5', '0.9477', '-0.000451', '0', '')
    """
    if value is None:
        return ""
    decimals = next(count for least, count in _DECIMALS if abs(value) >= least)
    text = f"{value:.{decimals}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def percent(part: float | None) -> str:
    """Return a part in percent, cut after one decimal: 94.99 % is not yet 95 %, here as in the reason.

    Examples:
        >>> percent(0.9499), percent(0.95), percent(None)
        ('94.9%', '95.0%', '')
    """
    return "" if part is None else f"{math.floor(part * 1000 + _NOISE) / 10:.1f}%"
