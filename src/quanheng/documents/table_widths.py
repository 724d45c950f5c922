"""How wide the columns of a table are, and how large its letters, so that it fits on the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from quanheng.documents.blocks import Table
from quanheng.documents.widths import width
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
_CLOSE: Final = 0.75
"""How high a row is on a page laid across, in lines of text: no text stands there to keep lines with."""


class Layout(Value):
    """The size of letters, the width of each column in characters, and a row's height in lines of text."""

    size: float
    widths: tuple[float, ...]
    row: float


def laid_out(table: Table, *, across: bool) -> Layout:
    """Return the layout of a table on a page that is upright or laid `across`.

    Columns are as wide as their longest cell, within bounds; headings may take two lines. What does not fit
    in the largest letters is set in smaller ones, and then breaks into lines.
    """
    widths = tuple(
        _wanted([row[at] for row in table.rows], heading.heading) for at, heading in enumerate(table.columns)
    )
    page, row = (_ACROSS, _CLOSE) if across else (_UPRIGHT, 1.0)
    for size in _SIZES:
        if sum(widths) * size * _POINT <= page:
            return Layout(size=size, widths=widths, row=row)
    return Layout(size=_SIZES[-1], widths=widths, row=row)


def _wanted(cells: Sequence[str], heading: str) -> float:
    longest = max((width(cell) for cell in cells), default=0.0)
    named = width(heading) / _WORDS_ON_LINES
    return min(max(longest, named, _NARROWEST), _WIDEST) + _PADDING
