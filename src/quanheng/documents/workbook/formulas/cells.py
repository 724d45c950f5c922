"""What stands in a column of a sheet with a row for each unit, and how values stand in formulas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Literal, TypeAlias

from quanheng.findings.value import Value

Shown: TypeAlias = float | str | None
"""What a cell shows; None is an empty cell."""
Role: TypeAlias = Literal["name", "reported", "frozen", "live"]
"""What a cell holds: who; a figure as reported; an input taken from the engine; a formula."""

MISSING: Final = ""
"""What a missing measure shows: a formula cannot give an empty cell, so it gives an empty text."""
NOT_APPLICABLE: Final = "/"
"""What is not applicable shows, as in the data themselves."""
UNDEFINED: Final = "!"
"""What cannot be computed shows: a division by zero, the logarithm of 0."""


class Column(Value):
    """One column of a sheet with a row for each unit, in the order of the rows.

    `key` is unique in the workbook (mostly the engine's own column name), `note` says in words how the column
    comes about. With a `formula` (references as in references.py) `values` are what its cells show where
    nothing recalculates (None: nothing); without one they are the cells. Units of other groups than
    `groups` (None: all) have empty cells. `array` enters the formula as an array formula (Ctrl+Shift+Enter),
    which Excel 2016 and WPS need wherever IF or LN looks at a whole range. `of_groups` are the formulas of
    groups that have another one than `formula`.
    """

    key: str
    title: str
    role: Role
    values: Sequence[Shown] | None
    formula: str | None = None
    of_groups: Mapping[str, str] = {}
    array: bool = False
    note: str = ""
    code: str = ""
    groups: frozenset[str] | None = None
    decimals: int | None = None
    width: float = 12.0

    def formula_in(self, group: str) -> str | None:
        """Return the formula of the rows of `group`."""
        return None if self.formula is None else self.of_groups.get(group, self.formula)

    @property
    def formulas(self) -> tuple[str, ...]:
        """All its formulas."""
        return () if self.formula is None else (self.formula, *self.of_groups.values())


def number(value: float) -> str:
    """Return `value` as a formula writes it.

    Examples:
        >>> number(60.0), number(-0.5), number(1e-7)
        ('60', '-0.5', '1E-07')
    """
    whole = float(value).is_integer() and abs(value) < _EXACT
    return str(int(value)) if whole else repr(float(value)).upper()


def quoted(text: str) -> str:
    """Return `text` as a text inside a formula, without signs that no cell can hold.

    Examples:
        >>> print(quoted('say "x" now'))
        "say ""x"" now"
    """
    doubled = "".join(sign for sign in text if sign.isprintable()).replace('"', '""')
    return f'"{doubled}"'


_EXACT = 1e15
