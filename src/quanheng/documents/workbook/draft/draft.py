"""The workbook while it is being composed: its sheets, its columns, and where everything stands.

Composing is pure: it makes values (sheets of columns and tables); `file.py` writes them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from quanheng.documents.workbook.draft.numbers import Facts
from quanheng.documents.workbook.draft.words import say
from quanheng.documents.workbook.formulas.cells import Column, Role, Shown
from quanheng.documents.workbook.formulas.references import EVERYONE, Addresses, fits_a_cell
from quanheng.documents.workbook.formulas.rows import Rows
from quanheng.findings.text import Language
from quanheng.findings.value import Value
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.items.item import Item
from quanheng.scheme.tree.scheme import Node, Scheme

if TYPE_CHECKING:
    from quanheng.engine.results.result import Result

UnitSheet: TypeAlias = Literal[
    "ranking", "scores", "points", "rules", "in_force", "marks", "measures", "data", "periods", "adjustments"
]
"""The sheets with a row for each unit."""
GroupSheet: TypeAlias = Literal["weights", "statistics"]
"""The sheets with a column for each group."""
Sheet: TypeAlias = UnitSheet | GroupSheet | Literal["entries", "guide"]
OverPeriods: TypeAlias = Callable[["Draft", Item, int, Callable[["Draft", str], str]], str | None]
"""Of a draft, such an item and how many months before: its formula. The last gives the columns of items."""
SHEETS: Final[tuple[Sheet, ...]] = (
    *("ranking", "scores", "points", "rules", "measures", "data", "periods", "adjustments", "entries"),
    *("marks", "in_force", "weights", "statistics", "guide"),
)
"""The sheets in their order: from the result back to what it was made of."""

GROUP_TEXTS: Final = 4
"""Columns of text before the first group in a sheet with a column for each group."""
GROUP_FIRST: Final = 4
"""The row (counted from 1) of the first line of such a sheet."""


class Line(Value):
    """One line of a sheet with a column for each group: what it is, and a value or formula for each group.

    `values` gives the groups that have a cell and what it shows; `EVERYONE` is the pool of all units.
    """

    key: str
    texts: tuple[str, ...]
    role: Role
    values: Mapping[str, Shown]
    formula: str | None = None
    array: bool = False
    decimals: int | None = None


@dataclass(slots=True, kw_only=True)
class Draft:
    """A workbook of `result` in `language` while its columns and lines are added."""

    result: Result
    language: Language
    rows: Rows
    facts: Facts
    addresses: Addresses
    columns: dict[UnitSheet, list[Column]] = field(default_factory=dict)
    by_key: dict[str, Column] = field(default_factory=dict)
    lines: dict[GroupSheet, list[Line]] = field(default_factory=dict)
    over_periods: OverPeriods | None = None
    """Gives the formula of a figure over months, quarters or reviews, and lays out what it needs."""
    entries: tuple[tuple[Shown, ...], ...] = ()
    steps: dict[tuple[UnitSheet, str], str] = field(default_factory=dict)
    """The columns of inner steps of formulas, by sheet and formula, so that each is written once."""

    @property
    def scheme(self) -> Scheme:
        """The scheme of the result."""
        return self.result.scheme

    @property
    def pools(self) -> tuple[str, ...]:
        """The groups that have units, then the pool of everyone: the columns of the sheets by group."""
        return (*self.rows.groups, EVERYONE)

    def add(self, sheet: UnitSheet, column: Column) -> str:
        """Put `column` at the end of `sheet` and return its key."""
        if column.values is not None and not all(map(fits_a_cell, column.formulas)):
            # what no cell can hold is told from the engine, and said to be
            note = self.say("cell.too_long")
            column = replace(column, formula=None, array=False, role="frozen", note=note)
        columns = self.columns.setdefault(sheet, [])
        self.addresses.columns[column.key] = (say(f"sheet.{sheet}", self.language), letter(len(columns)))
        columns.append(column)
        self.by_key[column.key] = column
        return column.key

    def add_line(self, sheet: GroupSheet, line: Line) -> str:
        """Put `line` at the end of `sheet` and return its key."""
        lines = self.lines.setdefault(sheet, [])
        name, row = say(f"sheet.{sheet}", self.language), GROUP_FIRST + len(lines)
        for position, pool in enumerate(self.pools, start=GROUP_TEXTS):
            # a group without a value has an empty cell; only what is compared among all stands for everyone
            if pool in line.values or pool != EVERYONE:
                self.addresses.cells[line.key, pool] = (name, letter(position), row)
        lines.append(line)
        return line.key

    def same_as(self, key: str, other: str) -> str:
        """Let `key` mean the column `other`: what need not be written twice."""
        self.addresses.columns[key] = self.addresses.columns[other]
        self.by_key[key] = self.by_key[other]
        return other

    def numbers(self, key: str) -> list[float | None]:
        """Return the numbers that the column `key` shows, None where it shows none."""
        return [value if isinstance(value, float) else None for value in self.by_key[key].values or ()]

    def has(self, key: str) -> bool:
        """Return whether there is a column `key` already."""
        return key in self.addresses.columns

    def say(self, key: str, /, **facts: object) -> str:
        """Return the wording `key` in the workbook's language."""
        return say(key, self.language, **facts)

    def name_of(self, node: Node) -> str:
        """Return the name of `node` for the reader, its code if it has none; the root is the total."""
        if node.code == ROOT:
            return self.say("ranking.total")
        return node.name.in_language(self.language) or node.code


def letter(index: int) -> str:
    """Return the letters of the column `index` (0 is A).

    Examples:
        >>> letter(0), letter(25), letter(26), letter(701), letter(702)
        ('A', 'Z', 'AA', 'ZZ', 'AAA')
    """
    text = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, _LETTERS)
        text = chr(ord("A") + rest) + text
    return text


_LETTERS = 26
