"""How wide the columns of a table are, and how large its letters, so that it fits on the page."""

from __future__ import annotations

from typing import Final

from quanheng.documents.blocks import Table
from quanheng.documents.widths import is_wide, width
from quanheng.findings.value import Value

_UPRIGHT: Final = 156.0
_ACROSS: Final = 225.0
"""How wide a page's text is, upright and laid across, in millimetres."""
_POINT: Final = 25.4 / 72
_SIZES: Final = (12.0, 10.5, 9.0)
"""The sizes of letters in tables, in points, the largest that does comes first."""
_WIDEST: Final = 16.0
_NARROWEST: Final = 3.0
_PADDING: Final = 1.0
"""In characters: what a column has at most and at least, and what stands around its text."""
_WORDS_ON_LINES: Final = 2
_AT_MOST: Final = {
    **dict.fromkeys("0123456789abcdefghijklnopqrstuvxyz .,:;'-+()[]/%↑↓", 0.7),
    **dict.fromkeys("%mw", 1.0),
}
_STRANGE: Final = 2.0
"""How wide characters are at most, in whatever font of a paper: capitals 1, those that are seldom seen 2."""
_EDGES: Final = 3.0
"""What stands around the text of a cell, in millimetres."""
_CLOSE: Final = 0.75
"""How high a row is on a page laid across, in lines of text: no text stands there to keep lines with."""


class Layout(Value):
    """The size of letters, the width of each column in characters, and a row's height in lines of text.

    A column `fits` if all its cells are sure to stand on one line.
    """

    size: float
    widths: tuple[float, ...]
    row: float
    fits: tuple[bool, ...]


def laid_out(table: Table, *, across: bool) -> Layout:
    """Return the layout of a table on a page that is upright or laid `across`.

    Columns are as wide as their longest cell, within bounds; headings may take two lines. What does not fit
    in the largest letters is set in smaller ones, and then breaks into lines.
    """
    longest = [max((width(row[at]) for row in table.rows), default=0.0) for at in range(len(table.columns))]
    widths = tuple(
        _wanted(wide, heading.heading) for wide, heading in zip(longest, table.columns, strict=True)
    )
    page, row = (_ACROSS, _CLOSE) if across else (_UPRIGHT, 1.0)
    whole = sum(widths) * _POINT
    size = next((size for size in _SIZES if whole * size <= page), _SIZES[-1])
    fits = tuple(
        max((_at_most(row[at]) for row in table.rows), default=0.0) * size * _POINT
        <= page * part / sum(widths) - _EDGES
        for at, part in enumerate(widths)
    )
    return Layout(size=size, widths=widths, row=row, fits=fits)


def _at_most(text: str) -> float:
    """Return how wide a text is at most, in characters.

    Examples:
        >>> _at_most("甲镇"), round(_at_most("91.5"), 9), _at_most("WHO"), _at_most("ﷺ")
        (2.0, 2.8, 3.0, 2.0)
    """
    return sum(_AT_MOST.get(each) or (1.0 if each.isascii() or is_wide(each) else _STRANGE) for each in text)


def _wanted(longest: float, heading: str) -> float:
    named = width(heading) / _WORDS_ON_LINES
    return min(max(longest, named, _NARROWEST), _WIDEST) + _PADDING
