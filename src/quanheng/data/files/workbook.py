"""A book as one workbook: the sheets of the scheme, and a sheet for each table of the folder form.

单位 / units     数据, 数据-2 … / data, data-2 …     目标, 目标-<name> / targets, targets-<name>
加减分 / adjustments    日历 / calendar     台账-<name> / ledger-<name>       历史-<round> / history-<round>
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final, Literal, TypeAlias

from quanheng.data.files.apart.process import prepare
from quanheng.data.files.bytes_of import bytes_of
from quanheng.data.files.contents import Contents
from quanheng.data.files.hashes import digest_of, digest_of_cells
from quanheng.data.files.spreadsheets import read_workbook
from quanheng.data.tables.table import Raw, Sheet
from quanheng.data.telling import limits
from quanheng.data.telling.changes import stamp_of
from quanheng.data.telling.findings import NOT_READ, UNREADABLE_FILE
from quanheng.data.telling.room import Room
from quanheng.findings.collector import Collector
from quanheng.findings.errors import UsageError
from quanheng.findings.finding import Finding, Kind, Location
from quanheng.findings.patterns import bounded
from quanheng.findings.refusals import reason_of
from quanheng.findings.text import Language, Text
from quanheng.scheme.files.read import NOTHING, Loaded
from quanheng.scheme.files.sheet_names import SCHEME, SHEET_NAMES
from quanheng.scheme.files.sheets import is_guide, is_scheme_sheet, load_scheme_sheets

Prefixed: TypeAlias = Literal["ledgers", "history"]
"""What has a sheet for each of its names."""
SHEETS: Final = {
    "units": "单位",
    "data": "数据",
    "targets": "目标",
    "adjustments": "加减分",
    "calendar": "日历",
}
"""The sheets of tables by what they hold; the English word is understood too."""
LEDGER: Final = "台账-"
HISTORY: Final = "历史-"
"""What the name of a sheet begins with that holds a ledger, or the result of an earlier round."""
_PREFIXES: Final[Mapping[Prefixed, tuple[str, str]]] = {
    "ledgers": (LEDGER, "ledger-"),
    "history": (HISTORY, "history-"),
}
_NAME_LETTERS: Final = 31
_FORBIDDEN: Final = bounded(r"[\[\]:*?/\\']")


def open_workbook(path: Path, *, collector: Collector, room: Room | None = None) -> Contents:
    """Return what stands in the workbook at `path`; what cannot be read is told and left out.

    `room` is what is left for other files of the book.
    """
    prepare("python_calamine")
    where = Location(file=path.name)
    room = room or Room()
    try:
        stamp = stamp_of(path)
        content = bytes_of(path, limits.WORKBOOK_BYTES, where, room)
    except OSError as error:
        collector.add(UNREADABLE_FILE.at(where, reason=reason_of(error)))
        return Contents(scheme=None)
    if isinstance(content, Finding):
        collector.add(content)
        return Contents(scheme=None)
    sheets = read_workbook(content, file=path.name, collector=collector, room=room)
    if not sheets:
        return Contents(scheme=None)
    found = _sorted(sheets, where, {path.name: digest_of(content)}, collector)
    return replace(found, stamps={path.name: stamp})


def part_of(sheet: str) -> tuple[str, str] | None:
    """Return what a sheet of that name holds and the name behind its prefix; None if it holds no table.

    Examples:
        >>> part_of("数据-2"), part_of("台账-projects"), part_of("Sheet1")
        (('data', ''), ('ledgers', 'projects'), None)
    """
    name = sheet.strip()
    for own, prefixes in _PREFIXES.items():
        for prefix in prefixes:
            if name.lower().startswith(prefix) and len(name) > len(prefix):
                return own, name[len(prefix) :].strip()
    for part, word in SHEETS.items():
        if name.lower() in (part, word):
            return part, ""
        for prefix in (f"{part}-", f"{word}-"):
            if part == "targets" and name.lower().startswith(prefix) and len(name) > len(prefix):
                return part, name[len(prefix) :].strip()
        if part == "data" and name.lower().startswith((f"{part}", word)):
            return part, ""
    return None


def name_of_table(part: Prefixed, name: str, language: Language) -> str:
    """Return what the sheet of the ledger or of the earlier result `name` is called.

    Raises:
        UsageError: no sheet can be called so.

    Examples:
        >>> name_of_table("history", "2023-Q1", "zh"), name_of_table("ledgers", "requests", "en")
        ('历史-2023-Q1', 'ledger-requests')
    """
    chinese, english = _PREFIXES[part]
    called = f"{Text(zh=chinese, en=english).in_language(language)}{name}"
    if len(called) > _NAME_LETTERS or _FORBIDDEN.search(called):
        raise UsageError(f"no sheet can be called {called!r}", f"工作表不能命名为“{called}”")
    return called


def language_of(sheets: Iterable[str]) -> Language:
    """Return the language in which a book with these sheets is written.

    Examples:
        >>> language_of(["scheme", "units"]), language_of(["方案", "单位"])
        ('en', 'zh')
    """
    names = {sheet.strip() for sheet in sheets}
    return "zh" if names & {SHEETS["units"], SHEET_NAMES[SCHEME]} else "en"


NO_SHEET: Final = Kind(
    code="QH326",
    severity="error",
    en="the workbook has no sheet {sheet}",
    zh="工作簿缺少“{sheet}”表",
    hint_en="add it, or begin with 'quanheng new FILE.xlsx'",
    hint_zh="请添加，或用 quanheng new 文件.xlsx 新建",
)


def _sorted(
    sheets: Iterable[Sheet], where: Location, digests: dict[str, str], collector: Collector
) -> Contents:
    """Return the sheets by what they hold; a missing or strange one is told."""
    own: dict[str, list[Raw]] = {part: [] for part in SHEETS}
    named: dict[str, dict[str, list[Raw]]] = {part: {} for part in _PREFIXES}
    of_scheme: list[Sheet] = []
    said: dict[str, str] = {}
    for sheet in sheets:
        found = part_of(sheet.sheet or "")
        if is_scheme_sheet(sheet.sheet or ""):
            of_scheme.append(sheet)
        elif is_guide(sheet.sheet or ""):
            continue
        elif found is None:
            collector.add(NOT_READ.at(sheet.location, what=sheet.sheet))
        else:
            said[sheet.sheet or ""] = digest_of_cells(sheet.cells, sheet.merged)
            if found[0] in own:
                own[found[0]].append(sheet)
            else:
                named[found[0]].setdefault(found[1], []).append(sheet)
    if not own["units"]:
        collector.add(NO_SHEET.at(where, sheet=SHEETS["units"]))
    loaded = _scheme(of_scheme, where, collector)
    return Contents(
        scheme=loaded.scheme,
        standing=loaded.standing,
        units=own["units"],
        data=own["data"],
        targets=own["targets"],
        adjustments=own["adjustments"],
        calendar=own["calendar"],
        ledgers=named["ledgers"],
        history=named["history"],
        digests=digests,
        said={where.file: said},
    )


def _scheme(sheets: list[Sheet], where: Location, collector: Collector) -> Loaded:
    if not sheets:
        collector.add(NO_SHEET.at(where, sheet="方案"))
        return NOTHING
    rows = {sheet.sheet or "": sheet.cells.rows() for sheet in sheets}
    loaded = load_scheme_sheets(rows, file=where.file)
    collector.add_all(loaded.findings)
    return loaded
