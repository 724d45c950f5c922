"""Workbooks: the cells of their sheets as texts; dates as ISO, per cent and errors as they are shown."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Final, TypeAlias

import polars as pl

from quanheng.data.cells.numbers import settled_number, text_of_number, text_of_per_cent
from quanheng.data.files.archives import unpack_workbook
from quanheng.data.files.cell_marks import Marks, read_marks
from quanheng.data.tables.table import Merge, Sheet
from quanheng.data.telling import limits
from quanheng.data.telling.findings import EMPTY_FILE, NOT_A_WORKBOOK, TOO_MANY_COLUMNS
from quanheng.data.telling.names import shown
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Finding, Kind, Location

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

_Cell: TypeAlias = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta
_NO_MARKS: Final = Marks()
_DATE: Final = 10
"""Characters of an ISO date, in front of a time of day."""


class _OverlapError(Exception):
    """Merged ranges lie over each other, which no spreadsheet writes."""


def read_workbook(content: bytes, *, file: str, collector: Collector) -> tuple[Sheet, ...]:
    """Return the visible sheets of the workbook `content` that hold anything, in their order.

    `file` is the name findings give it. A workbook that cannot be read gives none and a finding; a sheet
    that is too wide or hidden is left out with a finding.
    """
    where = Location(file=file)
    if not content:
        collector.add(EMPTY_FILE.at(where))
        return ()
    parts = unpack_workbook(content, where)
    if isinstance(parts, Finding):
        collector.add(parts)
        return ()
    marks = read_marks(parts)
    del parts  # the unpacked sheets, perhaps large, are not needed beside the cells
    sheets = _read_sheets(content, marks, where, collector)
    if sheets is None:
        collector.add(NOT_A_WORKBOOK.at(where))
        return ()
    if not sheets:
        collector.add(EMPTY_FILE.at(where))
    return sheets


HIDDEN_SHEET: Final = Kind(
    code="QH333",
    severity="note",
    en="the sheet is hidden and was not read",
    zh="该工作表已隐藏，未读取",
    hint_en="show it if it holds figures of the book",
    hint_zh="若其中有考核数据，请取消隐藏",
)


def _read_sheets(
    content: bytes, marks: tuple[Marks, ...], where: Location, collector: Collector
) -> tuple[Sheet, ...] | None:
    from python_calamine import (
        CalamineError,
        CalamineWorkbook,
        SheetTypeEnum,
        SheetVisibleEnum,
    )

    sheets: list[Sheet] = []
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
            for number, listed in enumerate(workbook.sheets_metadata):
                if listed.typ != SheetTypeEnum.WorkSheet:
                    continue
                at = Location(file=where.file, sheet=shown(listed.name))
                sheet = workbook.get_sheet_by_index(number)
                if sheet.end is None:
                    continue
                columns = sheet.end[1] + 1
                if listed.visible != SheetVisibleEnum.Visible:
                    collector.add(HIDDEN_SHEET.at(at))
                elif columns > limits.COLUMNS:
                    facts = {"columns": columns, "most": limits.COLUMNS}
                    collector.add(TOO_MANY_COLUMNS.at(at, **facts))
                else:
                    own = marks[number] if number < len(marks) else _NO_MARKS
                    sheets.append(_read_sheet(sheet, own, at))
    except (CalamineError, _OverlapError):
        return None
    return tuple(sheets)


def _read_sheet(sheet: CalamineSheet, marks: Marks, at: Location) -> Sheet:
    rows: list[list[_Cell]] = sheet.to_python(skip_empty_area=False)
    height, width = len(rows), len(rows[0])
    for row, column in marks.per_cent:
        if row < height and column < width and isinstance(number := rows[row][column], float):
            rows[row][column] = text_of_per_cent(settled_number(number))
    for (row, column), text in marks.errors.items():
        if row < height and column < width:
            rows[row][column] = text
    columns = {
        str(number): [_text_of(cell) for cell in column]
        for number, column in enumerate(zip(*rows, strict=True))
    }
    merged = tuple(  # clipped: a range may reach far beyond what the sheet holds
        Merge(top=top, left=left, bottom=min(bottom, height - 1), right=min(right, width - 1))
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
        if top < height and left < width
    )
    if (
        sum((merge.bottom - merge.top + 1) * (merge.right - merge.left + 1) for merge in merged)
        > height * width
    ):
        raise _OverlapError
    cells = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))
    return Sheet(file=at.file, sheet=at.sheet, cells=cells, merged=merged)


def _text_of(cell: _Cell) -> str | None:
    match cell:
        case str():
            return cell or None
        case bool():
            return str(cell).upper()
        case int() | float():
            return text_of_number(settled_number(float(cell)))
        case dt.datetime():
            text = cell.isoformat(sep=" ", timespec="seconds")
            return text[:_DATE] if cell.time() == dt.time() else text
        case dt.date() | dt.time():
            return cell.isoformat()
        case _:
            return str(cell)
