"""The marks of the sheets of a binary workbook (`.xls`, and `.et` where it is one; MS-XLS).

A formula that nobody computed cannot be told here: the format keeps a number for each.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from typing import Final

from quanheng.data.files.marks.compound import streams_of
from quanheng.data.files.marks.marks import (
    BUILT_IN_PER_CENT,
    BrokenMarksError,
    Cell,
    Marks,
    Shown,
    per_cent_of,
)
from quanheng.data.files.marks.scales import Scales, scales_of
from quanheng.data.telling import limits

ERRORS: Final = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_BEGIN, _END, _SHEET, _LOCKED = 0x0809, 0x000A, 0x0085, 0x002F
_FORMAT, _STYLE = 0x041E, 0x00E0
_NUMBER, _SMALL_NUMBER, _SMALL_NUMBERS, _FORMULA = 0x0203, 0x027E, 0x00BD, 0x0006
_ERROR, _TEXT, _TEXT_ELSEWHERE, _RICH_TEXT = 0x0205, 0x0204, 0x00FD, 0x00D6
_ROW, _COLUMN, _FILTERED, _SIZE = 0x0208, 0x007D, 0x009B, 0x0200
_NEW_SIZE: Final = 14
_CELLS: Final = frozenset({_NUMBER, _SMALL_NUMBER, _FORMULA, _ERROR, _TEXT, _TEXT_ELSEWHERE, _RICH_TEXT})
_WORKBOOKS: Final = ("Workbook", "Book")
_ENCIPHERED: Final = "EncryptedPackage"
"""The stream of a newer workbook with a password."""
_VERSION_8: Final = 0x0600
_ROW_IS_HIDDEN: Final = 0x20
_NO_NUMBER: Final = 0xFFFF
_IS_ERROR: Final = 2


class LockedError(Exception):
    """The workbook has a password."""


def read_binary(content: bytes) -> tuple[Marks, ...]:
    """Return the marks of each sheet of a workbook, in the order in which it lists them.

    Raises:
        BrokenMarksError: a record is not what the format prescribes.
        LockedError: the workbook has a password.
    """
    streams = streams_of(content, (*_WORKBOOKS, _ENCIPHERED))
    if _ENCIPHERED in streams:
        raise LockedError
    stream = next((streams[name] for name in _WORKBOOKS if name in streams), b"")
    if not stream:
        raise BrokenMarksError
    try:
        starts, shown, divided = _of_all(stream)
        return tuple(_of_sheet(stream, start, shown, divided) for start in starts)
    except (struct.error, IndexError) as error:
        raise BrokenMarksError from error


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """Yield the records of one part of the stream, charts inside of it passed over."""
    at, depth = start, 0
    while at + 4 <= len(stream):
        sort, size = struct.unpack_from("<HH", stream, at)
        if sort == _BEGIN:
            depth += 1
        elif sort == _SIZE:
            _check_size(stream[at + 4 : at + 4 + size])
        if depth == 1:
            yield sort, stream[at + 4 : at + 4 + size]
        if sort == _END:
            depth -= 1
            if depth <= 0:
                return
        at += 4 + size


def _check_size(record: bytes) -> None:
    """Refuse a sheet that says it is larger than is read: readers take the room for it beforehand."""
    shape = "<II2H" if len(record) >= _NEW_SIZE else "<4H"
    top, bottom, left, right = struct.unpack_from(shape, record)
    if bottom < top or right < left or (bottom - top + 1) * (right - left + 1) > limits.SHEET_AREA:
        raise BrokenMarksError


def _of_all(stream: bytes) -> tuple[list[int], list[Shown], dict[int, Scales]]:
    """Return where each sheet begins, how each cell style shows per cent, and the styles that divide."""
    starts: list[int] = []
    styles: list[int] = []
    formats: dict[int, Shown] = dict.fromkeys(BUILT_IN_PER_CENT, "scaled")
    scales: dict[int, Scales] = {}
    is_version_8 = True
    for sort, record in _records(stream, 0):
        if sort == _BEGIN:
            is_version_8 = struct.unpack_from("<H", record)[0] == _VERSION_8
        elif sort == _LOCKED:
            raise LockedError
        elif sort == _SHEET:
            starts.append(struct.unpack_from("<I", record)[0])
        elif sort == _STYLE:
            styles.append(struct.unpack_from("<H", record, 2)[0])
        elif sort == _FORMAT:
            code = _format(record, is_version_8)
            formats[struct.unpack_from("<H", record)[0]] = per_cent_of(code)
            scales[struct.unpack_from("<H", record)[0]] = scales_of(code)
    divided = {number: own for number, style in enumerate(styles) if (own := scales.get(style, ()))}
    return starts, [formats.get(style, "") for style in styles], divided


def _format(record: bytes, is_version_8: bool) -> str:  # noqa: FBT001 - a plain fact
    if not is_version_8:
        return record[3 : 3 + record[2]].decode("latin-1")
    length, flags = struct.unpack_from("<HB", record, 2)
    return (
        record[5 : 5 + 2 * length].decode("utf-16-le")
        if flags & 1
        else record[5 : 5 + length].decode("latin-1")
    )


def _of_sheet(stream: bytes, start: int, shown: list[Shown], styles: Mapping[int, Scales]) -> Marks:
    errors: dict[Cell, str] = {}
    divided: dict[Cell, Scales] = {}
    cells: dict[str, set[Cell]] = {"scaled": set(), "written": set(), "": set()}
    hidden_rows: set[int] = set()
    filled_rows: set[int] = set()
    hidden_columns: set[int] = set()
    is_filtered = False
    rows = columns = 0
    for sort, record in _records(stream, start):
        if sort in _CELLS:
            row, column, style = struct.unpack_from("<3H", record)
            last = column
            if sort not in (_TEXT, _TEXT_ELSEWHERE, _RICH_TEXT) and shown[style]:
                cells[shown[style]].add((row, column))
            elif style in styles and sort in (_NUMBER, _SMALL_NUMBER, _FORMULA):
                divided[row, column] = styles[style]
            if (code := _error_in(sort, record)) is not None:
                errors[row, column] = ERRORS.get(code, "#ERR!")
        elif sort == _SMALL_NUMBERS:
            row, column = struct.unpack_from("<2H", record)
            last = column + (len(record) - 6) // 6 - 1
            for number in range(column, last + 1):
                style = struct.unpack_from("<H", record, 4 + 6 * (number - column))[0]
                if shown[style]:
                    cells[shown[style]].add((row, number))
                elif style in styles:
                    divided[row, number] = styles[style]
        else:
            if sort == _ROW and struct.unpack_from("<I", record, 12)[0] & _ROW_IS_HIDDEN:
                hidden_rows.add(struct.unpack_from("<H", record)[0])
            elif sort == _COLUMN and struct.unpack_from("<H", record, 8)[0] & 1:
                first, end = struct.unpack_from("<2H", record)
                hidden_columns.update(range(first, min(end, 255) + 1))
            is_filtered |= sort == _FILTERED
            continue
        filled_rows.add(row)
        rows, columns = max(rows, row + 1), max(columns, last + 1)
    return Marks(
        errors=errors,
        per_cent=frozenset(cells["scaled"]),
        with_sign=frozenset(cells["written"]),
        divided=divided,
        hidden_rows=tuple(sorted(hidden_rows & filled_rows)),
        hidden_columns=tuple(sorted(column for column in hidden_columns if column < columns)),
        is_filtered=is_filtered,
        rows=rows,
        columns=columns,
    )


def _error_in(sort: int, record: bytes) -> int | None:
    """Return the code of the error that a cell holds or its formula gave; None if it is none."""
    if sort == _ERROR and record[7]:
        return record[6]
    if sort == _FORMULA and struct.unpack_from("<H", record, 12)[0] == _NO_NUMBER and record[6] == _IS_ERROR:
        return record[8]
    return None
