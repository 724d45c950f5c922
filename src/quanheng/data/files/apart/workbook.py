"""The sheets of a workbook as facts and columns of texts, told one by one; runs in the process apart.

Dates are ISO, per cent and errors are as they are shown. No frame is made here: starting would take too long.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from quanheng.data.cells.addresses import Merge
from quanheng.data.cells.number_texts import settled_number, text_of_number, text_of_per_cent
from quanheng.data.files.marks.marks import Cell, Marks
from quanheng.data.files.marks.read import read_marks
from quanheng.data.files.marks.scales import divisor_of
from quanheng.data.telling import limits
from quanheng.data.telling.findings import NOT_A_WORKBOOK
from quanheng.data.telling.room import THE_TEXTS, TOO_MUCH_ROOM
from quanheng.findings.finding import Finding, Location
from quanheng.scheme.formulas.numbers import DIGITS

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

Told: TypeAlias = dict[str, Any]
_Cell: TypeAlias = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta
_Number: Final = (int, float)
LISTED: Final = 10
"""So many cells are named in a finding."""
_PANIC: Final = "PanicException"
"""What the library raises where it gives up inside; it has no name to import."""
_DATE: Final = 10
"""Characters of an ISO date, in front of a time of day."""
_MERGE_BYTES: Final = 128
_MEBI: Final = 1024 * 1024


class _RefusedError(Exception):
    """The workbook is not read on."""

    def __init__(self, finding: Finding) -> None:
        super().__init__()
        self.finding = finding


def tell_workbook(
    content: bytes, file: str, room: int, tell: Callable[[Told | list[str | None]], None]
) -> None:
    """Tell the sheets of the workbook `content`: the facts of each, then its columns; last what room it took.

    `file` is its name, and `room` the memory that its tables may take beyond its due.
    """
    where = Location(file=file)
    found = read_marks(content, where, room)
    if isinstance(found, Finding):
        tell(_refusal(found))
        return
    walk = _Walk(where, room + found.due, tell)
    try:
        walk.read(content, found.sheets)
    except _RefusedError as refused:
        tell(_refusal(refused.finding))
    else:
        tell({"took": walk.taken - found.due})


def _refusal(finding: Finding) -> Told:
    facts = {key: fact if isinstance(fact, str) else asdict(fact) for key, fact in finding.facts.items()}
    return {"refused": finding.code, "facts": facts}


class _Walk:
    def __init__(self, where: Location, room: int, tell: Callable[[Told | list[str | None]], None]) -> None:
        self._where, self._room, self._tell = where, room, tell
        self.taken = 0

    def read(self, content: bytes, marks: tuple[Marks, ...]) -> None:
        """Tell every sheet."""
        from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

        try:
            with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
                for number, listed in enumerate(workbook.sheets_metadata):
                    if listed.typ != SheetTypeEnum.WorkSheet:
                        continue
                    sheet = workbook.get_sheet_by_index(number)
                    if sheet.end is None:
                        continue
                    columns = sheet.end[1] + 1
                    if listed.visible != SheetVisibleEnum.Visible:
                        self._tell({"sheet": listed.name, "hidden": True})
                    elif columns > limits.COLUMNS:
                        self._tell({"sheet": listed.name, "columns": columns})
                    else:
                        self._read_sheet(listed.name, sheet, marks[number])
        except (CalamineError, IndexError, OSError, ValueError, OverflowError):
            raise _RefusedError(NOT_A_WORKBOOK.at(self._where)) from None
        except BaseException as error:
            if type(error).__name__ != _PANIC:
                raise
            raise _RefusedError(NOT_A_WORKBOOK.at(self._where)) from None

    def _take(self, memory: int) -> None:
        self.taken += memory
        if self.taken > self._room:
            facts = {"what": THE_TEXTS, "size": self.taken // _MEBI}
            raise _RefusedError(TOO_MUCH_ROOM.at(self._where, **facts))

    def _read_sheet(self, name: str, sheet: CalamineSheet, marks: Marks) -> None:
        rows: list[list[_Cell]] = sheet.to_python(skip_empty_area=False)
        height, width = len(rows), len(rows[0])
        self._take(height * width * limits.CELL_BYTES)
        shown_otherwise = _shown_otherwise(rows, marks)
        _show(rows, marks)
        merged = tuple(_clipped(_merged(sheet, marks), height, width))
        self._take(len(merged) * _MERGE_BYTES)
        area = sum((merge[2] - merge[0] + 1) * (merge[3] - merge[1] + 1) for merge in merged)
        if area > height * width:  # ranges that lie over each other, which no spreadsheet writes
            raise _RefusedError(NOT_A_WORKBOOK.at(self._where))
        self._tell(
            {
                "sheet": name,
                "width": width,
                "merged": merged,
                "uncomputed": [len(marks.uncomputed), marks.uncomputed[: LISTED + 1]],
                "hidden_rows": [len(marks.hidden_rows), marks.hidden_rows[: LISTED + 1]],
                "hidden_columns": [len(marks.hidden_columns), marks.hidden_columns[: LISTED + 1]],
                "is_filtered": marks.is_filtered,
                "shown_otherwise": shown_otherwise,
            }
        )
        for column in zip(*rows, strict=True):
            texts = [_text_of(cell) for cell in column]
            self._take(len("".join(filter(None, texts)).encode()))
            self._tell(texts)


def _shown_otherwise(rows: list[list[_Cell]], marks: Marks) -> Told | None:
    """Return which cells show a number divided by thousands, which are read as they are stored."""
    height, width = len(rows), len(rows[0])
    found: list[tuple[Cell, float, int]] = []
    for (row, column), scales in marks.divided.items():
        number = rows[row][column] if row < height and column < width else None
        if not isinstance(number, _Number) or isinstance(number, bool) or not number:
            continue
        if (divisor := divisor_of(scales, number)) != 1:
            found.append(((row, column), float(number), divisor))
    if not found:
        return None
    _, number, divisor = min(found)
    held, shown = (text_of_number(settled_number(value)) for value in (number, number / divisor))
    cells = [cell for cell, _, _ in sorted(found)[: LISTED + 1]]
    return {"number": len(found), "cells": cells, "held": held, "shown": shown}


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


def _merged(sheet: CalamineSheet, marks: Marks) -> Iterator[Merge]:
    if marks.merged is not None:
        yield from marks.merged
        return
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        yield Merge(top=top, left=left, bottom=bottom, right=right)


def _clipped(merged: Iterator[Merge], height: int, width: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield the ranges clipped: one may reach far beyond what the sheet holds."""
    for merge in merged:
        is_one = merge.top <= merge.bottom and merge.left <= merge.right
        if is_one and merge.top < height and merge.left < width:
            yield merge.top, merge.left, min(merge.bottom, height - 1), min(merge.right, width - 1)


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
