"""Workbooks: the cells of their sheets as texts; dates as ISO, per cent and errors as they are shown."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Final, TypeAlias

import polars as pl

from quanheng.data.cells.numbers import settled_number, text_of_number, text_of_per_cent
from quanheng.data.files.marks.marks import Cell, Marks
from quanheng.data.files.marks.read import read_marks
from quanheng.data.files.marks.scales import divisor_of
from quanheng.data.tables.table import Merge, Sheet, letters_of
from quanheng.data.telling import limits
from quanheng.data.telling.findings import EMPTY_FILE, NOT_A_WORKBOOK, TOO_MANY_COLUMNS
from quanheng.data.telling.names import shown
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Finding, Kind, Location
from quanheng.findings.text import Text
from quanheng.scheme.formulas.numbers import DIGITS

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

_Cell: TypeAlias = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta
_Number: Final = (int, float)
_LISTED: Final = 10
_PANIC: Final = "PanicException"
"""What the library raises where it gives up inside; it has no name to import."""
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
    marks = read_marks(content, where)
    if isinstance(marks, Finding):
        collector.add(marks)
        return ()
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
                    _tell_marks(marks[number], at, collector)
                    sheets.append(_read_sheet(sheet, marks[number], at, collector))
    except (CalamineError, IndexError, OSError, ValueError, OverflowError, _OverlapError):
        return None
    except BaseException as error:
        if type(error).__name__ != _PANIC:
            raise
        return None
    return tuple(sheets)


UNCOMPUTED: Final = Kind(
    code="QH352",
    severity="error",
    en="{number} formulas have no value, for no spreadsheet has computed them: {cells}",
    zh="{number} 个公式没有结果（文件由程序生成，未经表格软件计算）：{cells}",
    hint_en="open the workbook in Excel or WPS, save it, and read it again",
    hint_zh="请用 Excel 或 WPS 打开并保存后再读取",
)
HIDDEN_CELLS: Final = Kind(
    code="QH353",
    severity="note",
    en="hidden on this sheet are {rows} rows{which_rows} and {columns} columns{which_columns}{filter}; they "
    "were read",
    zh="该表隐藏了 {rows} 行{which_rows}、{columns} 列{which_columns}{filter}；仍已读取",
    hint_en="delete what does not belong to the figures; a filter hides rows, it does not remove them",
    hint_zh="不属于考核数据的请删除；筛选只隐藏行，并不去掉行",
)


def _tell_marks(marks: Marks, at: Location, collector: Collector) -> None:
    """Add the findings of a sheet that its cells would not show."""
    if marks.uncomputed:
        cells = _some([f"{letters_of(column)}{row + 1}" for row, column in marks.uncomputed[: _LISTED + 1]])
        collector.add(UNCOMPUTED.at(at, number=len(marks.uncomputed), cells=cells))
    if marks.hidden_rows or marks.hidden_columns:
        facts = {
            "rows": len(marks.hidden_rows),
            "which_rows": _which([str(row + 1) for row in marks.hidden_rows[: _LISTED + 1]]),
            "columns": len(marks.hidden_columns),
            "which_columns": _which([letters_of(n) for n in marks.hidden_columns[: _LISTED + 1]]),
            "filter": Text(en=", by a filter", zh="（经筛选）") if marks.is_filtered else Text(),
        }
        collector.add(HIDDEN_CELLS.at(at, **facts))


def _which(names: list[str]) -> Text:
    return Text(en=f" ({_some(names)})", zh=f"（{_some(names)}）") if names else Text()


def _some(names: list[str]) -> str:
    """Return the first of `names`, and a sign if there are more."""
    return ", ".join(names[:_LISTED]) + (" …" if len(names) > _LISTED else "")


SHOWN_OTHERWISE: Final = Kind(
    code="QH378",
    severity="warning",
    en="the number format of {number} cells shows another number than they hold: {cell} holds {held} and "
    "shows {shown}; what they hold was read ({cells})",
    zh="{number} 个单元格因数字格式显示的不是所存的数：{cell} 存的是 {held}，显示为 {shown}；"
    "已按所存的数读取（{cells}）",
    hint_en="check that it is in the measuring unit of its heading; choose a plain number format",
    hint_zh="请核对所存的数与表头的计量单位是否一致，并改用普通数字格式",
)


def _tell_shown_otherwise(rows: list[list[_Cell]], marks: Marks, at: Location, collector: Collector) -> None:
    """Add a warning if cells show a number divided by thousands, which are read as they are stored."""
    height, width = len(rows), len(rows[0])
    found: list[tuple[Cell, float, int]] = []
    for (row, column), scales in marks.divided.items():
        number = rows[row][column] if row < height and column < width else None
        if not isinstance(number, _Number) or isinstance(number, bool) or not number:
            continue
        if (divisor := divisor_of(scales, number)) != 1:
            found.append(((row, column), float(number), divisor))
    if found:
        names = [f"{letters_of(column)}{row + 1}" for (row, column), _, _ in sorted(found)[: _LISTED + 1]]
        _, number, divisor = min(found)
        held, shown_as = (text_of_number(settled_number(value)) for value in (number, number / divisor))
        facts = {"number": len(found), "cell": names[0], "held": held, "shown": shown_as}
        collector.add(SHOWN_OTHERWISE.at(at, cells=_some(names), **facts))


def _read_sheet(sheet: CalamineSheet, marks: Marks, at: Location, collector: Collector) -> Sheet:
    rows: list[list[_Cell]] = sheet.to_python(skip_empty_area=False)
    height, width = len(rows), len(rows[0])
    _tell_shown_otherwise(rows, marks, at, collector)
    _show(rows, marks)
    columns = {
        str(number): [_text_of(cell) for cell in column]
        for number, column in enumerate(zip(*rows, strict=True))
    }
    merged = tuple(  # clipped: a range may reach far beyond what the sheet holds
        Merge(top=top, left=left, bottom=min(bottom, height - 1), right=min(right, width - 1))
        for (top, left), (bottom, right) in _merged(sheet, marks)
        if top < height and left < width
    )
    if (
        sum((merge.bottom - merge.top + 1) * (merge.right - merge.left + 1) for merge in merged)
        > height * width
    ):
        raise _OverlapError
    cells = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))
    return Sheet(file=at.file, sheet=at.sheet, cells=cells, merged=merged)


def _show(rows: list[list[_Cell]], marks: Marks) -> None:
    """Put errors and per cent into `rows` as the sheet shows them."""
    height, width = len(rows), len(rows[0])
    for row, column in marks.per_cent:
        if row < height and column < width and isinstance(number := rows[row][column], _Number):
            rows[row][column] = text_of_per_cent(settled_number(float(number)))
    for row, column in marks.with_sign:
        if row < height and column < width and isinstance(number := rows[row][column], _Number):
            rows[row][column] = f"{text_of_number(settled_number(float(number)))}%"
    for (row, column), text in marks.errors.items():
        if row < height and column < width:
            rows[row][column] = text


def _merged(sheet: CalamineSheet, marks: Marks) -> list[tuple[Cell, Cell]]:
    if marks.merged is None:
        return sheet.merged_cell_ranges or []
    return [((merge.top, merge.left), (merge.bottom, merge.right)) for merge in marks.merged]


def _text_of(cell: _Cell) -> str | None:
    kind = type(cell)
    if kind is str:
        return str(cell) or None
    if kind is float:
        text = repr(cell)
        if len(text) <= DIGITS:
            return text.removesuffix(".0") if cell else "0"
    return _text_of_other(cell)


def _text_of_other(cell: _Cell) -> str | None:
    match cell:
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
