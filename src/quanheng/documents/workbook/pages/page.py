"""A page of the workbook for readers: cells in rows, links, charts, a choice; over the sheets of formulas.

Pages are values, composed before anything is written; `file/pages.py` writes them.
"""

from __future__ import annotations

from collections.abc import Sequence

from quanheng.documents.workbook.draft.looks import Look
from quanheng.documents.workbook.formulas.cells import Shown
from quanheng.findings.value import Value


class Cell(Value, kw_only=False):
    """A cell: what it shows, how, the formula that gives it, and the sheet that a click leads to."""

    value: Shown = None
    look: Look = "live"
    decimals: int | None = None
    formula: str | None = None
    link: str | None = None


EMPTY = Cell()


class BarChart(Value):
    """Bars side by side: of the rows `rows` (from 0), columns of numbers (from 0) with what they are called.

    `lying` ones have the first row on top.
    """

    title: str
    rows: range
    names: int
    numbers: tuple[int, ...]
    headings: int
    at: tuple[int, int]
    lying: bool = False


class Choice(Value):
    """A cell in which one of the texts in a column is chosen."""

    cell: tuple[int, int]
    column: int
    rows: range


class Coloured(Value):
    """A range whose texts have colours: how a cell looks that says a text."""

    rows: range
    column: int
    looks: tuple[tuple[str, Look], ...]


def judged(rows: range, column: int, *, good: str, bad: str) -> Coloured:
    """Return a range in which one text is good and another one is bad."""
    return Coloured(rows=rows, column=column, looks=((good, "better"), (bad, "worse")))


class Page(Value):
    """A sheet for readers. Rows and columns count from 0.

    The row `head` has the headings; it stays in sight and is printed on each page. `across` pages are laid
    across. `printed` are the last row and column that are printed, None for all.
    """

    name: str
    about: str
    rows: Sequence[Sequence[Cell]]
    widths: tuple[float, ...]
    head: int | None = None
    kept: int = 0
    across: bool = True
    printed: tuple[int, int] | None = None
    charts: tuple[BarChart, ...] = ()
    choice: Choice | None = None
    coloured: tuple[Coloured, ...] = ()
