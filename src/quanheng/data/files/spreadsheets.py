"""Workbooks: the cells of their sheets as texts, and what the cells alone would not tell."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from typing import Any, Final

import polars as pl

from quanheng.data.cells.addresses import Merge, letters_of
from quanheng.data.files.apart.read import RefusedError, told_of_workbook
from quanheng.data.files.apart.workbook import LISTED
from quanheng.data.files.long_cells import tell_long_cells
from quanheng.data.tables.table import Sheet
from quanheng.data.telling import limits
from quanheng.data.telling.findings import EMPTY_FILE, HIDDEN_SHEET, TOO_MANY_COLUMNS
from quanheng.data.telling.names import shown
from quanheng.data.telling.room import Room
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Kind, Location
from quanheng.findings.text import Text


def read_workbook(
    content: bytes, *, file: str, collector: Collector, room: Room | None = None
) -> tuple[Sheet, ...]:
    """Return the visible sheets of the workbook `content` that hold anything, in their order.

    `file` is the name findings give it, `room` what is left for the files of its book. A workbook that cannot
    be read gives none and a finding; a sheet that is too wide or hidden is left out with a finding.
    """
    where = Location(file=file)
    if not content:
        collector.add(EMPTY_FILE.at(where))
        return ()
    try:
        with closing(told_of_workbook(content, where, room or Room())) as told:
            sheets = tuple(_sheets(told, where, collector))
    except RefusedError as refused:
        collector.add(refused.finding)
        return ()
    if not sheets:
        collector.add(EMPTY_FILE.at(where))
    return tuple(sheet for sheet in sheets if not tell_long_cells(sheet.cells, sheet.location, collector))


def _sheets(
    told: Generator[Any, None, None], where: Location, collector: Collector
) -> Generator[Sheet, None, None]:
    for facts in told:
        at = Location(file=where.file, sheet=shown(facts["sheet"]))
        if "hidden" in facts:
            collector.add(HIDDEN_SHEET.at(at))
        elif "columns" in facts:
            collector.add(TOO_MANY_COLUMNS.at(at, columns=facts["columns"], most=limits.COLUMNS))
        else:
            _tell_marks(facts, at, collector)
            columns = {
                str(number): pl.Series(next(told), dtype=pl.String) for number in range(facts["width"])
            }
            cells = pl.DataFrame(columns)
            yield Sheet(file=at.file, sheet=at.sheet, cells=cells, merged=_merged(facts))


def _merged(facts: dict[str, Any]) -> tuple[Merge, ...]:
    return tuple(
        Merge(top=top, left=left, bottom=bottom, right=right) for top, left, bottom, right in facts["merged"]
    )


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


def _tell_marks(facts: dict[str, Any], at: Location, collector: Collector) -> None:
    """Add the findings of a sheet that its cells would not show."""
    number, cells = facts["uncomputed"]
    if number:
        collector.add(UNCOMPUTED.at(at, number=number, cells=_some([_name(cell) for cell in cells])))
    (rows, of_rows), (columns, of_columns) = facts["hidden_rows"], facts["hidden_columns"]
    if rows or columns:
        hidden = {
            "rows": rows,
            "which_rows": _which([str(row + 1) for row in of_rows]),
            "columns": columns,
            "which_columns": _which([letters_of(column) for column in of_columns]),
            "filter": Text(en=", by a filter", zh="（经筛选）") if facts["is_filtered"] else Text(),
        }
        collector.add(HIDDEN_CELLS.at(at, **hidden))
    if (otherwise := facts["shown_otherwise"]) is not None:
        names = [_name(cell) for cell in otherwise.pop("cells")]
        collector.add(SHOWN_OTHERWISE.at(at, cell=names[0], cells=_some(names), **otherwise))


def _name(cell: tuple[int, int]) -> str:
    return f"{letters_of(cell[1])}{cell[0] + 1}"


def _which(names: list[str]) -> Text:
    return Text(en=f" ({_some(names)})", zh=f"（{_some(names)}）") if names else Text()


def _some(names: list[str]) -> str:
    """Return the first of `names`, and a sign if there are more."""
    return ", ".join(names[:LISTED]) + (" …" if len(names) > LISTED else "")
