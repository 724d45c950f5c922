"""Full-width characters and their half-width equals: `６．１％` means `6.1%`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_OFFSET: Final = 0xFEE0
HALF_WIDTH: Final[Mapping[str, str]] = {
    **{chr(code): chr(code - _OFFSET) for code in range(0xFF01, 0xFF5F)},
    "\u3000": " ",  # the full-width blank
    "\u00a0": " ",  # the blank that does not break
    "\u2007": " ",  # the blank as wide as a digit
    "\u202f": " ",  # the narrow blank of thousands
    "\u2009": " ",  # the thin blank
    "\ufeff": "",  # a mark of byte order that wandered into the text
    "\u200b": "",  # a blank of no width
    "\u2212": "-",  # the minus sign
    "\u2010": "-",  # hyphens
    "\u2011": "-",
}
_TABLE: Final = str.maketrans(dict(HALF_WIDTH))


def to_half_width(text: str) -> str:
    """Return `text` with full-width characters as half-width ones.

    Examples:
        >>> to_half_width("２０２３－Ｑ３")
        '2023-Q3'
    """
    return text.translate(_TABLE)
