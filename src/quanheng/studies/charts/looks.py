"""The colours of charts, told apart by the colour-blind, and the marks that say the same without colour."""

from __future__ import annotations

from typing import Final

BLUE, PALE, RED, GREY, INK = "#0b5cad", "#9db7d1", "#b3261e", "#555555", "#1a1a1a"

PARTS: Final = (*("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442", "#b0b0b0"),)
"""Colours of parts side by side (Okabe and Ito), each beside one that is lighter or darker."""
_DARK: Final = frozenset({"#0072b2"})

_CIRCLED: Final = 20
_FIRST: Final = ord("①")


def mark(number: int) -> str:
    """Return the mark of part `number`, counted from 0, that stands in the part and before its name.

    Examples:
        >>> mark(0), mark(19), mark(20)
        ('①', '⑳', '(21)')
    """
    return chr(_FIRST + number) if number < _CIRCLED else f"({number + 1})"


def colour(number: int) -> str:
    """Return the colour of part `number`; of many parts two have the same one, and not the same mark."""
    return PARTS[number % len(PARTS)]


def on(fill: str) -> str:
    """Return in which colour letters can be read on `fill`, at 4.5 : 1 or more."""
    return "#ffffff" if fill in _DARK else "#000000"
