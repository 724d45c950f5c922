"""Full-width characters and their half-width equals: `６．１％` means `6.1%`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_OFFSET: Final = 0xFEE0
UNSEEN: Final = "\ufeff\u200b\u200c\u200d\u200e\u200f\u202a\u202c\u2060\u00ad"
"""What takes no room and is not seen: it comes along when a text is copied from a page or a dialogue."""
HALF_WIDTH: Final[Mapping[str, str]] = {
    **{chr(code): chr(code - _OFFSET) for code in range(0xFF01, 0xFF5F)},
    "\u3000": " ",  # the full-width blank
    "\u00a0": " ",  # the blank that does not break
    "\u2007": " ",  # the blank as wide as a digit
    "\u202f": " ",  # the narrow blank of thousands
    "\u2009": " ",  # the thin blank
    **dict.fromkeys(UNSEEN, ""),
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
