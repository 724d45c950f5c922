"""The marks of the sheets of a binary Office Open workbook (`.xlsb`), whoever wrote it (MS-XLSB)."""

from __future__ import annotations

import posixpath
import struct
from collections.abc import Iterator, Mapping
from typing import Final

from quanheng.data.cells.addresses import Merge
from quanheng.data.files.marks.binary import ERRORS
from quanheng.data.files.marks.marks import (
    BUILT_IN_PER_CENT,
    BrokenMarksError,
    Cell,
    Marks,
    Shown,
    per_cent_of,
)
from quanheng.data.files.marks.scales import Scales, scales_of
from quanheng.data.files.marks.xml import local, parse, parser_of
from quanheng.data.telling import limits

_ROW, _BLANK, _SMALL_NUMBER, _ERROR, _BOOL, _NUMBER = 0, 1, 2, 3, 4, 5
_LAST_CELL, _FORMULA_NUMBER, _FORMULA_ERROR = 11, 9, 11
_FORMAT, _STYLE, _COLUMN, _SHEET, _FILTERED, _MERGED = 44, 47, 60, 156, 163, 176
_STYLES_BEGIN, _STYLES_END, _SIZE = 617, 618, 148
_ROW_IS_HIDDEN: Final = 0x10
_LONGEST_TEXT: Final = 1_000
_CONTINUES: Final = 0x80


def read_office_binary(parts: Mapping[str, bytes]) -> tuple[Marks, ...]:
    """Return the marks of each sheet of an unpacked workbook, in the order in which the workbook lists them.

    Raises:
        BrokenMarksError: a part is not what the format prescribes, or a sheet that is listed is not there.
    """
    relations: dict[str, str] = {}

    def relation(name: str, own: Mapping[str, str]) -> None:
        if local(name) == "Relationship" and "Id" in own:
            relations[own["Id"]] = own.get("Target", "")

    parse(parser_of(relation), parts.get("xl/_rels/workbook.bin.rels", b""))
    try:
        shown, divided = _styles(parts.get("xl/styles.bin", b""))
        return tuple(_of_sheet(part, shown, divided) for part in _sheets(parts, relations))
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise BrokenMarksError from error


def _records(part: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(part):
        sort = part[at]
        at += 1
        if sort & _CONTINUES:
            sort = (sort & 0x7F) | (part[at] & 0x7F) << 7
            at += 1
        size = shift = 0
        while True:
            size |= (part[at] & 0x7F) << shift
            at += 1
            shift += 7
            if not part[at - 1] & _CONTINUES or shift > 21:  # noqa: PLR2004 - four bytes at most
                break
        yield sort, part[at : at + size]
        at += size


def _text(record: bytes, at: int) -> tuple[str, int]:
    """Return the text that begins at `at`, and where it ends."""
    length = struct.unpack_from("<I", record, at)[0]
    if length > _LONGEST_TEXT:
        raise BrokenMarksError
    end = at + 4 + 2 * length
    return record[at + 4 : end].decode("utf-16-le"), end


def _sheets(parts: Mapping[str, bytes], relations: Mapping[str, str]) -> Iterator[bytes]:
    for sort, record in _records(parts.get("xl/workbook.bin", b"")):
        if sort == _SHEET:
            target = relations.get(_text(record, 8)[0], "")
            name = target[1:] if target.startswith("/") else f"xl/{target}"
            part = parts.get(posixpath.normpath(name))
            if part is None:
                raise BrokenMarksError
            yield part


def _styles(part: bytes) -> tuple[list[Shown], dict[int, Scales]]:
    """Return for each cell style how it shows per cent, and the styles that divide what they show."""
    scales: dict[int, Scales] = {}
    divided: dict[int, Scales] = {}
    formats: dict[int, Shown] = dict.fromkeys(BUILT_IN_PER_CENT, "scaled")
    styles: list[Shown] = []
    is_inside = False
    for sort, record in _records(part):
        if sort in (_STYLES_BEGIN, _STYLES_END):
            is_inside = sort == _STYLES_BEGIN
        elif sort == _FORMAT:
            number, code = struct.unpack_from("<H", record)[0], _text(record, 2)[0]
            formats[number], scales[number] = per_cent_of(code), scales_of(code)
        elif sort == _STYLE and is_inside:
            number = struct.unpack_from("<H", record, 2)[0]
            if own := scales.get(number, ()):
                divided[len(styles)] = own
            styles.append(formats.get(number, ""))
    return styles, divided


def _of_sheet(part: bytes, shown: list[Shown], styles: Mapping[int, Scales]) -> Marks:
    divided: dict[Cell, Scales] = {}
    errors: dict[Cell, str] = {}
    cells: dict[Shown, set[Cell]] = {"scaled": set(), "written": set(), "": set()}
    hidden_rows: set[int] = set()
    hidden: list[tuple[int, int]] = []
    merged: list[Merge] = []
    is_filtered = row_is_hidden = False
    row = rows = columns = 0
    for sort, record in _records(part):
        if sort == _ROW:
            row = struct.unpack_from("<I", record)[0]
            row_is_hidden = bool(record[11] & _ROW_IS_HIDDEN)
        elif _BLANK < sort <= _LAST_CELL:
            column, style = struct.unpack_from("<II", record)
            style &= 0xFFFFFF
            rows, columns = max(rows, row + 1), max(columns, column + 1)
            if row_is_hidden:
                hidden_rows.add(row)
            if sort in (_SMALL_NUMBER, _NUMBER, _FORMULA_NUMBER) and style < len(shown) and shown[style]:
                cells[shown[style]].add((row, column))
            elif sort in (_SMALL_NUMBER, _NUMBER, _FORMULA_NUMBER) and style in styles:
                divided[row, column] = styles[style]
            elif sort in (_ERROR, _FORMULA_ERROR):
                errors[row, column] = ERRORS.get(record[8], "#ERR!")
        elif sort == _SIZE:
            top, bottom, left, right = struct.unpack_from("<4I", record)
            if bottom < top or right < left or (bottom - top + 1) * (right - left + 1) > limits.SHEET_AREA:
                raise BrokenMarksError
        elif sort == _COLUMN:
            first, last = struct.unpack_from("<II", record)
            if struct.unpack_from("<H", record, 16)[0] & 1:
                hidden.append((first, last))
        elif sort == _MERGED:
            top, bottom, left, right = struct.unpack_from("<4I", record)
            merged.append(Merge(top=top, left=left, bottom=bottom, right=right))
        is_filtered |= sort == _FILTERED
    return Marks(
        errors=errors,
        per_cent=frozenset(cells["scaled"]),
        with_sign=frozenset(cells["written"]),
        divided=divided,
        hidden_rows=tuple(sorted(hidden_rows)),
        hidden_columns=tuple(sorted({n for a, b in hidden for n in range(a, min(b + 1, columns))})),
        is_filtered=is_filtered,
        rows=rows,
        columns=columns,
        merged=tuple(merged),
    )
