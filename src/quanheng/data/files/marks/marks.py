"""What readers of values leave out of a sheet: errors, per cent, formulas never computed, what is hidden.

A library that reads values gives an empty cell for an error or a formula that nobody computed, so that they
would pass for missing figures; and 0.061 for a cell that shows 6.1%, which would be read as 0.061 where 6.1
is meant. All of it stands in the file itself, in each format in its own way.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

from quanheng.data.cells.addresses import Merge
from quanheng.data.files.marks.scales import Scales
from quanheng.findings.patterns import bounded
from quanheng.findings.value import Value, field

Cell: TypeAlias = tuple[int, int]
"""Row and column, from 0."""
Shown: TypeAlias = Literal["scaled", "written", ""]
"""How a number format shows per cent: 0.061 as 6.1%, 6.1 as 6.1%, or not at all."""

BUILT_IN_PER_CENT: Final = frozenset({9, 10})
"""The two formats that spreadsheets know without a description: 0% and 0.00%."""
_LITERAL: Final = bounded(r'"([^"]*)"?|[\\!](.)|[_*].|\[[^\[\]]*\]', re.DOTALL, most=1_000)
_LONGEST_FORMAT: Final = 1_000


class BrokenMarksError(Exception):
    """A part of the workbook is not what its format prescribes."""


class Marks(Value):
    """The special cells of a sheet, and how far it reaches.

    `errors` has the text of each error; `per_cent` the cells that show a hundred times what they hold;
    `with_sign` those that show it with a per cent sign behind; `divided` those whose format
    divides what it shows; `uncomputed` the formulas without a value.
    `hidden_rows` and `hidden_columns` are those with content. `rows` and `columns` count from A1 to the last
    cell with content. `merged` is None where the reader of values knows the merged ranges itself.
    """

    errors: Mapping[Cell, str] = field(default_factory=dict)
    per_cent: frozenset[Cell] = frozenset()
    with_sign: frozenset[Cell] = frozenset()
    divided: Mapping[Cell, Scales] = field(default_factory=dict)
    uncomputed: tuple[Cell, ...] = ()
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    is_filtered: bool = False
    rows: int = 0
    columns: int = 0
    merged: tuple[Merge, ...] | None = None


def per_cent_of(code: str) -> Shown:
    r"""Return how the number format `code` shows per cent.

    A sign in quotes or behind a backslash is a letter like others: the number is shown as it is.

    Examples:
        >>> [per_cent_of(code) for code in ("0.0%", '0.0"%"', r"0\%", "[Red]0%;-0%", "0.00", '"%"0', "0_%")]
        ['scaled', 'written', 'written', 'scaled', '', '', '']
    """
    first = code[:_LONGEST_FORMAT]
    if "%" in _LITERAL.sub("", first):
        return "scaled"
    shown = _LITERAL.sub(lambda found: found[1] or found[2] or "", first.partition(";")[0]).strip()
    return "written" if shown.endswith("%") else ""
