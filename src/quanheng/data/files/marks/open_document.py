"""The marks of the sheets of an OpenDocument workbook (`.ods`), whoever wrote it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from quanheng.data.cells.addresses import Merge
from quanheng.data.files.marks.marks import BrokenMarksError, Cell, Marks
from quanheng.data.files.marks.scales import Scale, Scales, divisor_between
from quanheng.data.files.marks.xml import number, parse, parser_of
from quanheng.data.telling import limits
from quanheng.findings.patterns import bounded

CONTENT: Final = "content.xml"
_CELLS: Final = frozenset({"table:table-cell", "table:covered-table-cell"})
_HIDDEN: Final = frozenset({"collapse", "filter"})
_ERROR: Final = bounded(r"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!)|(?:Err|错误):\d{3}")
_LONGEST: Final = 200
_MOST_MARKS: Final = 2_000_000
"""Cells and rows that may be special, however few elements stand for them."""


def read_open_document(parts: Mapping[str, bytes]) -> tuple[Marks, ...]:
    """Return the marks of each sheet of an unpacked workbook, in their order.

    Raises:
        BrokenMarksError: the content is no sound XML.
    """
    sheets: list[_Sheet] = []
    depth = 0

    def start(name: str, own: Mapping[str, str]) -> None:
        nonlocal depth
        if name == "table:table":
            depth += 1
            if depth == 1:
                sheets.append(_Sheet())
        elif depth == 1:
            sheets[-1].start(name, own)

    def end(name: str) -> None:
        nonlocal depth
        if name == "table:table":
            depth -= 1
        elif depth == 1:
            sheets[-1].end(name)

    def text(letters: str) -> None:
        if depth == 1:
            sheets[-1].write(letters)

    parser = parser_of(start, end)
    parser.CharacterDataHandler = text
    parse(parser, parts.get(CONTENT, b""))
    return tuple(sheet.marks() for sheet in sheets)


class _Sheet:
    """What is found while a sheet is read; cells and rows may stand for many of their kind."""

    def __init__(self) -> None:
        self._row = self._column = self._last_column = 0
        self._row_repeats = self._repeats = 1
        self._row_is_hidden = self._in_cell = self._has_text = False
        self._left = _MOST_MARKS
        self._own: Mapping[str, str] = {}
        self._text: list[str] = []
        self._errors: dict[Cell, str] = {}
        self._per_cent: set[Cell] = set()
        self._with_sign: set[Cell] = set()
        self._divided: dict[Cell, Scales] = {}
        self._uncomputed: list[Cell] = []
        self._hidden_rows: set[int] = set()
        self._hidden_columns: list[tuple[int, int]] = []
        self._is_filtered = False
        self._merged: list[Merge] = []
        self._rows = self._columns = 0

    def start(self, name: str, own: Mapping[str, str]) -> None:
        """Take in an element that begins."""
        if name == "table:table-column":
            repeats = number(own.get("table:number-columns-repeated"), 1)
            if own.get("table:visibility") in _HIDDEN:
                self._hidden_columns.append((self._last_column, self._last_column + repeats))
            self._last_column += repeats
        elif name == "table:table-row":
            self._row_repeats = number(own.get("table:number-rows-repeated"), 1)
            self._row_is_hidden = own.get("table:visibility") in _HIDDEN
            self._is_filtered |= own.get("table:visibility") == "filter"
            self._column = 0
        elif name in _CELLS:
            self._own, self._in_cell = own, True
            self._repeats = number(own.get("table:number-columns-repeated"), 1)
            self._text.clear()
            self._has_text = False
        elif name == "text:p":
            self._has_text = True

    def write(self, letters: str) -> None:
        """Take in some text."""
        if self._in_cell and len(self._text) < _LONGEST:
            self._text.append(letters)

    def end(self, name: str) -> None:
        """Take in an element that ends."""
        if name in _CELLS:
            self._in_cell = False
            self._settle()
            self._column += self._repeats
        elif name == "table:table-row":
            self._row += self._row_repeats

    def marks(self) -> Marks:
        """Return what was found."""
        hidden = {n for first, last in self._hidden_columns for n in range(first, min(last, self._columns))}
        return Marks(
            errors=self._errors,
            per_cent=frozenset(self._per_cent),
            with_sign=frozenset(self._with_sign),
            divided=self._divided,
            uncomputed=tuple(self._uncomputed),
            hidden_rows=tuple(sorted(self._hidden_rows)),
            hidden_columns=tuple(sorted(hidden)),
            is_filtered=self._is_filtered,
            rows=self._rows,
            columns=self._columns,
            merged=tuple(self._merged),
        )

    def _settle(self) -> None:
        """Look at a cell once all of it is read."""
        own = self._own
        kind = own.get("office:value-type") or own.get("calcext:value-type")
        text = "".join(self._text).strip()
        formula = "table:formula" in own
        if not kind and not text and not formula:
            return
        bottom, right = self._row + self._row_repeats, self._column + self._repeats
        self._rows, self._columns = max(self._rows, bottom), max(self._columns, right)
        if self._rows * self._columns > limits.SHEET_AREA:
            return  # refused for its size: what stands in it is not laid out
        down = number(own.get("table:number-rows-spanned"), 1)
        across = number(own.get("table:number-columns-spanned"), 1)
        if down * across > 1:
            self._merged.append(
                Merge(
                    top=self._row,
                    left=self._column,
                    bottom=self._row + down - 1,
                    right=self._column + across - 1,
                )
            )
        if self._row_is_hidden:
            self._hidden_rows.update(range(self._row, self._row + self._spent(self._row_repeats)))
        if own.get("calcext:value-type") == "error" or _ERROR.fullmatch(text):
            self._errors.update(dict.fromkeys(self._cells(bottom, right), text[:_LONGEST]))
        elif kind == "percentage":
            self._per_cent.update(self._cells(bottom, right))
        elif kind == "float" and text.endswith("%"):
            self._with_sign.update(self._cells(bottom, right))
        elif formula and not kind and not self._has_text:
            self._uncomputed.extend(self._cells(bottom, right))
        elif kind == "float" and (divisor := _divisor(own.get("office:value", ""), text)) != 1:
            self._divided.update(dict.fromkeys(self._cells(bottom, right), (Scale(divisor),)))

    def _spent(self, number_of_marks: int) -> int:
        self._left -= number_of_marks
        if self._left < 0:
            raise BrokenMarksError
        return number_of_marks

    def _cells(self, bottom: int, right: int) -> list[Cell]:
        self._spent((bottom - self._row) * (right - self._column))
        return [(row, column) for row in range(self._row, bottom) for column in range(self._column, right)]


def _divisor(value: str, text: str) -> int:
    """Return by what the number `value` is divided where it is shown as `text`."""
    try:
        return divisor_between(float(value[:_LONGEST]), text[:_LONGEST])
    except ValueError:
        return 1
