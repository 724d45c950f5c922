"""Names of sheets from texts of strangers: 31 characters, no brackets, colons, slashes, nor two alike."""

from __future__ import annotations

from typing import Final

from quanheng.findings.visible import printable

_LONGEST: Final = 31
_FORBIDDEN: Final = str.maketrans(dict(zip("[]:*?/\\", "［］：＊？／＼", strict=True)))
_RESERVED: Final = "history"
"""What Excel keeps for itself."""


class SheetNames:
    """Gives each sheet of one workbook its name; no two are alike, whatever is in them.

    Examples:
        >>> names = SheetNames()
        >>> [names.given(text) for text in ("甲/乙", "甲/乙", "'quoted'", "", "History")]
        ['甲／乙', '甲／乙 (2)', '’quoted’', 'Sheet', 'History (2)']
        >>> len(names.given("长" * 40)), names.given("长" * 41)[-4:]
        (31, ' (2)')
    """

    def __init__(self, taken: tuple[str, ...] = ()) -> None:
        """Begin with the names that are `taken`."""
        self._taken = {_RESERVED, *(name.casefold() for name in taken)}

    def given(self, text: str) -> str:
        """Return the name of the next sheet, which is about `text`."""
        # Excel counts in units of UTF-16, and reads no name that begins or ends in an apostrophe
        clean = printable(text).translate(_FORBIDDEN).replace("'", "’").strip() or "Sheet"
        name, number = _cut(clean, _LONGEST), 1
        while name.casefold() in self._taken:
            number += 1
            ending = f" ({number})"
            name = _cut(clean, _LONGEST - len(ending)) + ending
        self._taken.add(name.casefold())
        return name


def _cut(text: str, most: int) -> str:
    """Return the beginning of `text` that has at most so many units of UTF-16."""
    return text.encode("utf-16-le")[: 2 * most].decode("utf-16-le", errors="ignore").strip()


def link_to(sheet: str, cell: str = "A1") -> str:
    """Return the address of a cell of a sheet, as links and formulas name it.

    Examples:
        >>> link_to("Ranking"), link_to("a'b", "C3")
        ("'Ranking'!A1", "'a''b'!C3")
    """
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!{cell}"
