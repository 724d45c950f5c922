"""Where cells lie on a sheet: letters of columns, merged ranges; without frames."""

from __future__ import annotations

from typing import Final

from quanheng.findings.value import Value

_ALPHABET: Final = 26


class Merge(Value):
    """A merged range of cells; rows and columns from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        """Return the range as spreadsheets write it: `A1:B2`."""
        return f"{letters_of(self.left)}{self.top + 1}:{letters_of(self.right)}{self.bottom + 1}"


def letters_of(column: int) -> str:
    """Return the letters of a spreadsheet's column, counted from 0.

    Examples:
        >>> [letters_of(column) for column in (0, 25, 26, 16383)]
        ['A', 'Z', 'AA', 'XFD']
    """
    letters = ""
    number = column + 1
    while number:
        number, digit = divmod(number - 1, _ALPHABET)
        letters = chr(ord("A") + digit) + letters
    return letters


def column_of(letters: str) -> int:
    """Return the number, counted from 0, of the spreadsheet column with `letters`.

    Examples:
        >>> column_of("A"), column_of("xfd")
        (0, 16383)
    """
    number = 0
    for letter in letters.upper():
        number = number * _ALPHABET + ord(letter) - ord("A") + 1
    return number - 1
