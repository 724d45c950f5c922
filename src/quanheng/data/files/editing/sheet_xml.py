"""Cells written into the XML of one sheet; every other byte of it stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias
from xml.parsers import expat

from quanheng.data.cells.xml import escaped
from quanheng.findings.errors import DataError
from quanheng.findings.patterns import bounded, linear

Value: TypeAlias = str | float | None
Place: TypeAlias = tuple[int, int]
"""Row and column, from 1."""
_REFERENCE: Final = bounded(r"([A-Z]{1,3})([0-9]{1,7})")
_TAG: Final = linear(
    rb"""<(?:[^<>"']|"[^"<]*"|'[^'<]*')*+>""", why="what it is made of begin with different characters"
)
_DIMENSION: Final = linear(
    rb'(<(?:\w+:)?dimension\s+ref=")([A-Z]+[0-9]+)(?::([A-Z]+)([0-9]+))?(")',
    why="one character tells each part from the next",
)


@dataclass(slots=True)
class _Cell:
    column: int
    start: int
    style: str
    end: int = 0
    formula: bool = False


@dataclass(slots=True)
class _Row:
    number: int
    start: int
    end: int = 0
    """Where `</row>` begins; where the row ends if it has no such."""
    after: int = 0
    cells: dict[int, _Cell] = field(default_factory=dict)


def with_cells(content: bytes, cells: Mapping[Place, Value]) -> bytes:
    """Return the XML of a sheet with `cells` in their places; new ones look like the one above them.

    Raises:
        DataError: it is not the XML of a sheet, or a formula stands in one of the places.
    """
    sheet = _Sheet(content)
    for row, column in cells:
        there = sheet.rows.get(row)
        if there is not None and column in there.cells and there.cells[column].formula:
            name = f"{letters(column)}{row}"
            raise DataError(f"a formula stands in {name}", f"{name} 是公式，不能写入")
    changes = [*_in_rows(sheet, cells), *_new_rows(sheet, cells)]
    for start, end, text in sorted(changes, key=lambda change: (change[0], change[1]), reverse=True):
        content = content[:start] + text + content[end:]
    return _with_dimension(content, cells)


def letters(column: int) -> str:
    """Return the letters of a column counted from 1.

    Examples:
        >>> letters(1), letters(27)
        ('A', 'AA')
    """
    above, last = divmod(column - 1, 26)
    return (letters(above) if above else "") + chr(ord("A") + last)


def _in_rows(sheet: _Sheet, cells: Mapping[Place, Value]) -> list[tuple[int, int, bytes]]:
    """Return what is to be put where in rows that are there: start, end, text."""
    changes: list[tuple[int, int, bytes]] = []
    for number, row in sheet.rows.items():
        own = sorted((column, value) for (at, column), value in cells.items() if at == number)
        inserted: dict[int, bytes] = {}
        for column, value in own:
            text = sheet.cell((number, column), value)
            if column in row.cells:
                changes.append((row.cells[column].start, row.cells[column].end, text))
            else:
                following = [cell.start for at, cell in row.cells.items() if at > column]
                at = min(following) if following else row.end
                inserted[at] = inserted.get(at, b"") + text
        if row.end == row.after and inserted:  # <row …/>
            opened = sheet.content[row.start : row.after].rstrip(b">").rstrip(b"/") + b">"
            closing = f"</{sheet.prefix}row>".encode()
            changes.append((row.start, row.after, opened + b"".join(inserted.values()) + closing))
        else:
            changes.extend((at, at, text) for at, text in inserted.items())
    return changes


def _new_rows(sheet: _Sheet, cells: Mapping[Place, Value]) -> list[tuple[int, int, bytes]]:
    told: dict[int, bytes] = {}
    for number in sorted({row for row, _ in cells} - sheet.rows.keys()):
        own = sorted((column, value) for (at, column), value in cells.items() if at == number)
        inner = b"".join(sheet.cell((number, column), value) for column, value in own)
        following = [row.start for at, row in sheet.rows.items() if at > number]
        at = min(following) if following else sheet.end
        prefix = sheet.prefix.encode()
        row = b'<%srow r="%d">%s</%srow>' % (prefix, number, inner, prefix)
        told[at] = told.get(at, b"") + row
    if told and sheet.is_empty:
        opened = sheet.content[sheet.start : sheet.end].rstrip(b">").rstrip(b"/") + b">"
        closing = f"</{sheet.prefix}sheetData>".encode()
        return [(sheet.start, sheet.end, opened + b"".join(told.values()) + closing)]
    return [(at, at, text) for at, text in told.items()]


class _Sheet:
    """Where the rows and cells of a sheet stand in its bytes."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.rows: dict[int, _Row] = {}
        self.prefix = ""
        self.start = self.end = -1
        self._row: _Row | None = None
        self._cell: _Cell | None = None
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._open
        parser.EndElementHandler = self._close
        self._parser = parser
        try:
            parser.Parse(content, True)  # noqa: FBT003  the library takes it by position
        except expat.ExpatError:
            self.start = -1
        if self.start < 0 or not content.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"<"):
            raise DataError("the sheet is no XML that can be changed", "工作表的 XML 无法修改")

    @property
    def is_empty(self) -> bool:
        """Whether it has `<sheetData/>` and no rows."""
        return self.content[self.start : self.end].endswith(b"/>")

    def cell(self, place: Place, value: Value) -> bytes:
        """Return the XML of a cell, in the style of the one that is there or above it."""
        row, column = place
        style = self._style(row, column)
        look = f' s="{style}"' if style else ""
        head = f'{self.prefix}c r="{letters(column)}{row}"{look}'
        p = self.prefix
        if value is None or value == "":
            text = f"<{head}/>"
        elif isinstance(value, str):
            said = escaped(value)
            text = f'<{head} t="inlineStr"><{p}is><{p}t xml:space="preserve">{said}</{p}t></{p}is></{p}c>'
        else:
            text = f"<{head}><{p}v>{value!r}</{p}v></{p}c>"
        return text.encode()

    def _style(self, row: int, column: int) -> str:
        there = self.rows.get(row)
        if there is not None and column in there.cells:
            return there.cells[column].style
        above = max((number for number in self.rows if 1 < number < row), default=0)
        known = self.rows[above].cells.get(column) if above else None
        return known.style if known is not None else ""

    def _open(self, name: str, marks: dict[str, str]) -> None:
        at = self._parser.CurrentByteIndex
        prefix, _, local = name.rpartition(":")
        if local == "sheetData" and self.start < 0:
            self.prefix = f"{prefix}:" if prefix else ""
            self.start = at
        elif self.start >= 0 and self.end < 0 and local == "row":
            last = max(self.rows, default=0)
            number = int(marks["r"]) if marks.get("r", "").isdigit() else last + 1
            self._row = self.rows[number] = _Row(number=number, start=at)
        elif local == "c" and self._row is not None:
            found = _REFERENCE.fullmatch(marks.get("r", ""))
            last = max(self._row.cells, default=0)
            column = _number_of(found[1]) if found else last + 1
            self._cell = self._row.cells[column] = _Cell(column=column, start=at, style=marks.get("s", ""))
        elif local == "f" and self._cell is not None:
            self._cell.formula = True

    def _close(self, name: str) -> None:
        local = name.rpartition(":")[2]
        if local == "c" and self._cell is not None:
            _, self._cell.end = self._end_of(self._cell.start)
            self._cell = None
        elif local == "row" and self._row is not None:
            self._row.end, self._row.after = self._end_of(self._row.start)
            self._row = None
        elif local == "sheetData" and self.end < 0:
            self.end, _ = self._end_of(self.start)

    def _end_of(self, start: int) -> tuple[int, int]:
        """Return where the closing tag of the element that is just closed begins and ends.

        Of an element without one, `<c/>`, both are where it ends.
        """
        opening = _TAG.match(self.content, start)
        if opening is not None and opening[0].endswith(b"/>"):
            return opening.end(), opening.end()
        at = self._parser.CurrentByteIndex
        return at, self.content.index(b">", at) + 1


def _number_of(text: str) -> int:
    number = 0
    for letter in text:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _with_dimension(content: bytes, cells: Mapping[Place, Value]) -> bytes:
    """Return the XML with the extent that it states made wide enough."""
    found = _DIMENSION.search(content[:4096])
    if found is None or not cells:
        return content
    old = _REFERENCE.fullmatch((found[3] + found[4] if found[3] else found[2]).decode())
    if old is None:
        return content
    row = max(int(old[2]), *(row for row, _ in cells))
    column = max(_number_of(old[1]), *(column for _, column in cells))
    ref = found[2] + f":{letters(column)}{row}".encode()
    return content[: found.start()] + found[1] + ref + found[5] + content[found.end() :]
