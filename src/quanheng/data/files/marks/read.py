"""The marks of a workbook of any format, read before a library opens it: what is too large stays closed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePath
from typing import Final

from quanheng.data.files.archives import OFFICE_OPEN, OFFICE_OPEN_BINARY, OPEN_DOCUMENT, unpack_workbook
from quanheng.data.files.magic import A_WEB_PAGE, LOCKED, NOT_WHAT_IT_IS_CALLED, sort_of
from quanheng.data.files.marks.binary import LockedError, read_binary
from quanheng.data.files.marks.marks import BrokenMarksError, Marks
from quanheng.data.files.marks.office_binary import read_office_binary
from quanheng.data.files.marks.office_open import read_office_open
from quanheng.data.files.marks.open_document import read_open_document
from quanheng.data.telling import limits
from quanheng.data.telling.findings import NOT_A_WORKBOOK
from quanheng.findings.finding import Finding, Kind, Location
from quanheng.findings.text import Text
from quanheng.findings.value import Value

_READERS: Final[Mapping[str, Callable[[Mapping[str, bytes]], tuple[Marks, ...]]]] = {
    OFFICE_OPEN: read_office_open,
    OFFICE_OPEN_BINARY: read_office_binary,
    OPEN_DOCUMENT: read_open_document,
}

SHEET_TOO_LARGE: Final = Kind(
    code="QH312",
    severity="error",
    en="the sheet spans {rows} rows and {columns} columns, too much to be laid out",
    zh="工作表跨 {rows} 行 {columns} 列，超出可处理范围",
    hint_en="delete stray cells far below or right of the table",
    hint_zh="请删除表格下方或右侧很远处的零散单元格",
)


class Found(Value):
    """The marks of each sheet, and the memory that the tables of a workbook of this size may take."""

    sheets: tuple[Marks, ...]
    due: int


def read_marks(content: bytes, where: Location, room: int) -> Found | Finding:
    """Return the marks of each sheet of the workbook `content`, or the finding why it stays closed.

    `room` is the memory that its tables may take beyond their due.
    """
    try:
        found = _read(content, where)
    except BrokenMarksError:
        return NOT_A_WORKBOOK.at(where)
    except LockedError:
        return _is_rather(LOCKED, where)
    if isinstance(found, Finding):
        return found
    left = room + found.due
    for own in found.sheets:
        area = own.rows * own.columns
        left -= area * limits.CELL_BYTES
        if area > limits.SHEET_AREA or left < 0:
            return SHEET_TOO_LARGE.at(where, rows=own.rows, columns=own.columns)
    return found


def _read(content: bytes, where: Location) -> Found | Finding:
    match sort_of(content):
        case "compound":
            due = limits.ROOM_OF_WORKBOOK * len(content)
            return Found(sheets=read_binary(content), due=due)
        case "web page":
            return _is_rather(A_WEB_PAGE, where)
        case _:
            parts = unpack_workbook(content, where)
            if isinstance(parts, Finding):
                return parts
            unpacked = min(sum(map(len, parts.values())), limits.PACKING * len(content))
            sheets = next(read(parts) for name, read in _READERS.items() if name in parts)
            return Found(sheets=sheets, due=limits.ROOM_OF_WORKBOOK * unpacked)


def _is_rather(what: Text, where: Location) -> Finding:
    return NOT_WHAT_IT_IS_CALLED.at(where, suffix=PurePath(where.file).suffix, what=what)
