"""Numbers as the texts of cells: at the digits a figure has, without needless zeros; without frames."""

from __future__ import annotations

import math
from decimal import Decimal

from quanheng.scheme.formulas.numbers import DIGITS, settled


def settled_number(number: float) -> float:
    """Return a number that a program computed, at 15 significant digits, half up.

    Examples:
        >>> settled_number(0.1 + 0.2), settled_number(-2.5)
        (0.3, -2.5)
    """
    text = repr(number)
    return settled(text) if len(text) > DIGITS and math.isfinite(number) else number


def text_of_number(number: float) -> str:
    """Return the shortest text that reads back as `number`; a whole number has no point.

    Examples:
        >>> [text_of_number(number) for number in (101.0, 0.1, 1e22)]
        ['101', '0.1', '1e+22']
    """
    whole = number.is_integer() and abs(number) < 10**15
    return str(int(number)) if whole else repr(number)


def text_of_per_cent(number: float) -> str:
    """Return `number` as a spreadsheet shows it in a cell formatted as per cent, but with all its digits.

    Examples:
        >>> text_of_per_cent(0.061)
        '6.1%'
    """
    return f"{text_of_number(float(Decimal(repr(number)) * 100))}%"
