"""Tasks from a workbook: 数据项 / item, 单位 / unit, 填报人 / reporter, 截止时间 / due, one row each.

An empty item or unit stands for all of them; several stand in one cell with `、` or `,` between them. Every
sheet with these headings is read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Final

import polars as pl
from django.utils import timezone

from quanheng.data.cells.dates import parse_date
from quanheng.data.cells.times import times_in
from quanheng.data.files.spreadsheets import read_workbook
from quanheng.data.tables.headings import plain
from quanheng.data.tables.table import Sheet
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Finding, FindingsError, Location, has_errors, require_no_errors
from quanheng.findings.patterns import bounded
from quanheng.findings.text import Text
from quanheng.process.rounds.people import Person
from quanheng.web.base.years import is_of_our_time
from quanheng.web.library.findings import UPLOAD_OF_NO_USE
from quanheng.web.library.uploads import Upload, require_taken
from quanheng.web.rounds.domain.tasks import Wish
from quanheng.web.rounds.findings import BAD_TASK_SHEET, NOT_A_MOMENT, NOT_IN_ROUND, TOO_MANY_ROWS
from quanheng.web.rounds.models import AskedItem, AskedUnit, KeptRound

WORKBOOK: Final = Text(zh="工作簿（.xlsx）", en="workbook (.xlsx)")
_COLUMNS: Final = {
    "item": ("数据项", "指标", "item"),
    "unit": ("单位", "被考核单位", "unit"),
    "reporter": ("填报人", "登录名", "reporter"),
    "due": ("截止时间", "截止日期", "due"),
}
_NEEDED: Final = ("item", "unit", "reporter")
_BETWEEN: Final = bounded("[、,，;；\n]")
_LAST_MINUTE: Final = dt.timedelta(hours=23, minutes=59)
_ALL: Final = ("", "*", "全部", "all")
_MOST: Final = 20_000


def read_task_sheet(
    upload: Upload, kept: KeptRound, person: Person
) -> tuple[tuple[Wish, ...], tuple[Finding, ...]]:
    """Return the wishes that a workbook writes, and what is to be said of it, as of hidden rows.

    Raises:
        FindingsError: all that is wrong with it.
    """
    require_taken(upload, wanted=WORKBOOK)
    if not upload.is_workbook:
        raise FindingsError((UPLOAD_OF_NO_USE.at(name=upload.plain_name, wanted=WORKBOOK),))
    collector = Collector()
    sheets = read_workbook(upload.content, file=upload.plain_name, collector=collector)
    require_no_errors(collector.findings())
    if not sheets:
        raise FindingsError((BAD_TASK_SHEET.at(column="数据项"),))
    tables = [(sheet.sheet, rows_of(sheet)) for sheet in sheets]
    headed = [(sheet, rows) for sheet, rows in tables if not any(_missing(rows))]
    if not headed:
        raise FindingsError(tuple(_missing(tables[0][1])))
    names = _Names(kept, person)
    found: list[Finding] = []
    wishes: list[Wish] = []
    for sheet, rows in headed:
        if len(rows) > _MOST:
            where = Location(file=upload.plain_name, sheet=sheet)
            raise FindingsError((TOO_MANY_ROWS.at(where, rows=len(rows), most=_MOST),))
        wishes += _wishes(rows[1:], _columns(rows[0]), names, sheet, upload, found)
    if has_errors(found):
        raise FindingsError(tuple(found[:100]))
    return tuple(wishes), collector.findings()


def rows_of(sheet: Sheet) -> list[list[str]]:
    """Return the texts of a sheet, row by row; what is merged stands in each cell that it covers.

    An empty item or unit stands for all, which one that is merged over several rows does not mean.
    """
    rows = [["" if cell is None else str(cell).strip() for cell in row] for row in sheet.cells.rows()]
    for merge in sheet.merged:
        text = rows[merge.top][merge.left]
        for row in rows[merge.top : merge.bottom + 1]:
            row[merge.left : merge.right + 1] = [text] * (merge.right + 1 - merge.left)
    return rows


def _missing(rows: list[list[str]]) -> Iterator[Finding]:
    """Yield the columns that the first row does not name."""
    columns = _columns(rows[0] if rows else [])
    yield from (BAD_TASK_SHEET.at(column=_COLUMNS[name][0]) for name in _NEEDED if name not in columns)


class _Names:
    """What items and units of a round can be called."""

    def __init__(self, kept: KeptRound, person: Person) -> None:
        self.items: dict[str, set[str]] = {}
        self.units: dict[str, set[str]] = {}
        for item in AskedItem.objects.visible_to(person).filter(round=kept):
            for name in {item.code, item.name.zh, item.name.en} - {""}:
                self.items.setdefault(plain(name), set()).add(item.code)
        for unit in AskedUnit.objects.visible_to(person).filter(round=kept).select_related("unit"):
            for name in (unit.unit.code, unit.unit.name):
                self.units.setdefault(plain(name), set()).add(unit.unit.code)


def _wishes(
    rows: list[list[str]],
    columns: Mapping[str, int],
    names: _Names,
    sheet: str | None,
    upload: Upload,
    found: list[Finding],
) -> Iterator[Wish]:
    for number, row in enumerate(rows, start=2):
        cells = {name: row[at] if at < len(row) else "" for name, at in columns.items()}
        if not any(cells.values()):
            continue
        where = Location(file=upload.plain_name, sheet=sheet, cell=f"A{number}")
        items = _resolved(cells["item"], names.items, Text(zh="数据项", en="item"), where, found)
        units = _resolved(cells["unit"], names.units, Text(zh="单位", en="unit"), where, found)
        due = None
        if cells.get("due"):
            due = moment_of(cells["due"])
            if due is None:
                found.append(NOT_A_MOMENT.at(where, text=cells["due"]))
        yield Wish(items=items, units=units, reporter=cells["reporter"].casefold(), due=due)


def moment_of(text: str) -> dt.datetime | None:
    """Return the moment that a text names by the clock of the office; a day alone is its last minute.

    Examples:
        >>> moment_of("April") is None
        True
    """
    day = parse_date(text, serial=True)
    if day is None or not is_of_our_time(day):
        return None
    second = times_in(pl.Series([text]))[0]
    start = dt.datetime.combine(day, dt.time(), tzinfo=timezone.get_current_timezone())
    return start + (_LAST_MINUTE if second is None else dt.timedelta(seconds=second))


def _resolved(
    text: str, names: Mapping[str, set[str]], what: Text, where: Location, found: list[Finding]
) -> frozenset[str]:
    if text.strip().lower() in _ALL:
        return frozenset(code for codes in names.values() for code in codes)
    codes: set[str] = set()
    for part in filter(None, (part.strip() for part in _BETWEEN.split(text))):
        meant = names.get(plain(part), set())
        if len(meant) != 1:
            found.append(NOT_IN_ROUND.at(where, what=what, code=part))
        codes |= meant
    return frozenset(codes)


def _columns(heading: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, cell in enumerate(heading):
        for name, words in _COLUMNS.items():
            if cell.strip().lower() in words:
                found.setdefault(name, at)
    return found
