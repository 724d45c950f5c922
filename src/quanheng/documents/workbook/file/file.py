"""The composed workbook as a file, row by row, so that a large one needs little memory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from quanheng.documents.workbook.draft.draft import (
    GROUP_FIRST,
    GROUP_TEXTS,
    SHEETS,
    Draft,
    GroupSheet,
    Line,
    Sheet,
    UnitSheet,
    letter,
)
from quanheng.documents.workbook.draft.looks import Look, Looks, looks_of, shades_of, width_of
from quanheng.documents.workbook.file.pages import colour, write_page
from quanheng.documents.workbook.file.plain import LONGEST, plain_worksheet
from quanheng.documents.workbook.file.unit_rows import unit_rows
from quanheng.documents.workbook.formulas.cells import MISSING, Shown
from quanheng.documents.workbook.formulas.references import EVERYONE
from quanheng.documents.workbook.formulas.rows import FIRST, HEAD_ROWS
from quanheng.documents.workbook.pages.all import Pages
from quanheng.documents.workbook.pages.page import Coloured, Page
from quanheng.documents.workbook.sheets.adjustments.entries import fields_of
from quanheng.documents.workbook.sheets.guide import guide_of
from quanheng.documents.workbook.sheets.ranking.sheet import TOTAL
from quanheng.engine.frame import columns as c

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_ZOOM = 90
_A4 = 9
_FIT_A_PAGE: Final = frozenset({"ranking", "entries", "weights", "statistics", "guide"})
"""The sheets that are not wider than a page can show."""


def write_draft(draft: Draft, target: Path, pages: Pages | None = None) -> None:
    """Write `draft`, with its `pages` if it has any, to `target`: the same give the same bytes."""
    import xlsxwriter

    # rows wait in files beside the workbook: where that goes, they go
    options = {"constant_memory": True, "strings_to_urls": False, "tmpdir": str(target.parent)}
    with xlsxwriter.Workbook(str(target), options) as workbook:
        title = draft.scheme.title.in_language(draft.language)
        # a fixed moment: the file says when the round was, not when it was written
        workbook.set_properties({"title": title, "created": _MOMENT})
        looks = looks_of(workbook)
        footer = draft.say("page.footer")
        if pages is not None:
            write_page(pages.contents, workbook, looks, footer)
        for sheet in SHEETS:
            _write_sheet(draft, sheet, workbook, looks)
            for page in _after(pages, sheet):
                write_page(page, workbook, looks, footer)
        _define_names(draft, workbook)


def _after(pages: Pages | None, sheet: Sheet) -> tuple[Page, ...]:
    """Return the pages behind a sheet: what is for readers stands in front, the evidence at the end."""
    if pages is None:
        return ()
    match sheet:
        case "ranking":
            return (*pages.groups, *pages.units)
        case "statistics":
            return pages.evidence
        case _:
            return ()


def _write_sheet(draft: Draft, sheet: Sheet, workbook: Workbook, looks: Looks) -> None:
    match sheet:
        case "guide":
            _write_guide(draft, _added(draft, sheet, workbook), looks)
        case "entries":
            if draft.entries:
                _write_entries(draft, _added(draft, sheet, workbook), looks)
        case "weights" | "statistics":
            _write_lines(draft, sheet, _added(draft, sheet, workbook), looks)
        case _ if sheet in draft.columns:
            _write_units(draft, sheet, _added(draft, sheet, workbook), looks)


def _added(draft: Draft, sheet: Sheet, workbook: Workbook) -> Worksheet:
    added = workbook.add_worksheet(draft.say(f"sheet.{sheet}"), worksheet_class=plain_worksheet())
    added.set_zoom(_ZOOM)
    added.set_landscape()
    added.set_paper(_A4)
    added.set_footer(f"&C{draft.say('page.footer')}")
    if sheet in _FIT_A_PAGE:
        added.fit_to_pages(1, 0)
    return added


def _write_units(draft: Draft, sheet: UnitSheet, sheet_file: Worksheet, looks: Looks) -> None:
    columns = draft.columns[sheet]
    for index, column in enumerate(columns):
        sheet_file.set_column(index, index, width_of(column.title, column.width))
    sheet_file.freeze_panes(HEAD_ROWS, _WHO)
    sheet_file.repeat_rows(1, 2)
    if len(columns) <= _ON_A_PAGE:
        sheet_file.fit_to_pages(1, 0)
    else:
        sheet_file.repeat_columns(0, _WHO - 1)
    # codes such as 320101 are texts on purpose, and a group's range ends where the next group begins
    everywhere = f"A1:{letter(len(columns) - 1)}{draft.rows.all.stop}"
    sheet_file.ignore_errors({"number_stored_as_text": everywhere, "formula_differs": everywhere})
    _write_text(sheet_file, 0, 0, draft.say(f"title.{sheet}"), looks("title", None))
    sheet_file.set_row(1, _HEAD_HEIGHT)
    _write_head(sheet_file, 1, [column.title for column in columns], looks, "head")
    _write_head(sheet_file, 2, [column.code for column in columns], looks, "code")
    sheet_file.set_row(3, _NOTE_HEIGHT)
    _write_head(sheet_file, 3, [column.note for column in columns], looks, "note")
    sheet_file.write_rows(draft.rows.all, unit_rows(draft, sheet, looks))
    _part_groups(draft, sheet_file, len(columns), looks)
    if sheet == "ranking":
        bars = {"type": "data_bar", "bar_color": "#9DC3E6", "bar_solid": True}
        sheet_file.conditional_format(FIRST - 1, _WHO, draft.rows.all.stop - 2, _WHO, bars)
        at = next(index for index, column in enumerate(columns) if column.key == c.TIER)
        rows = range(FIRST - 1, draft.rows.all.stop - 1)
        tiers = shades_of(tier.name for tier in draft.scheme.tiers)
        colour(sheet_file, Coloured(rows=rows, column=at, looks=tiers), looks)


def _part_groups(draft: Draft, sheet_file: Worksheet, columns: int, looks: Looks) -> None:
    """Draw a line above the first row of each group but the first."""
    for rows in list(draft.rows.groups.values())[1:]:
        row = rows.start - 1
        line = {"type": "formula", "criteria": "=TRUE", "format": looks("line", None)}
        sheet_file.conditional_format(row, 0, row, columns - 1, line)


def _write_lines(draft: Draft, sheet: GroupSheet, sheet_file: Worksheet, looks: Looks) -> None:
    headings = [draft.say(f"column.{key}") for key in _HEADINGS[sheet]]
    names = {
        group.code: group.name.in_language(draft.language) or group.code for group in draft.scheme.groups
    }
    known = [pool for pool in draft.pools if pool != EVERYONE or _is_used(draft, sheet, pool)]
    pools = [draft.say("column.everyone") if pool == EVERYONE else names[pool] for pool in known]
    codes = ["" if pool == EVERYONE else pool for pool in known]
    for index, width in enumerate((14.0, 28.0, 16.0, 26.0)):
        sheet_file.set_column(index, index, width)
    sheet_file.set_column(GROUP_TEXTS, GROUP_TEXTS + len(pools) - 1, 14.0)
    sheet_file.freeze_panes(GROUP_FIRST - 1, GROUP_TEXTS)
    sheet_file.repeat_rows(1, 2)
    _write_text(sheet_file, 0, 0, draft.say(f"title.{sheet}"), looks("title", None))
    _write_head(sheet_file, 1, [*headings, *pools], looks, "head")
    _write_head(sheet_file, 2, [*[""] * GROUP_TEXTS, *codes], looks, "code")
    name = draft.say(f"sheet.{sheet}")
    for row, line in enumerate(draft.lines.get(sheet, []), start=GROUP_FIRST - 1):
        for index, text in enumerate(line.texts):
            _write_text(sheet_file, row, index, text, looks("name", None))
        for index, pool in enumerate(draft.pools, start=GROUP_TEXTS):
            if pool in line.values:
                _write_line_cell(draft, sheet_file, (row, index), line, (pool, name), looks)


def _is_used(draft: Draft, sheet: GroupSheet, pool: str) -> bool:
    return any(pool in line.values for line in draft.lines.get(sheet, []))


def _write_line_cell(
    draft: Draft,
    sheet_file: Worksheet,
    where: tuple[int, int],
    line: Line,
    standing: tuple[str, str],
    looks: Looks,
) -> None:
    pool, sheet = standing
    look, value = looks(line.role, line.decimals), line.values[pool]
    if line.formula is None:
        _write_value(sheet_file, *where, value, look)
        return
    formula = draft.addresses.rendered_for(line.formula, group=pool, sheet=sheet)
    _write_formula(sheet_file, where, formula, value, look, array=line.array)


def _write_entries(draft: Draft, sheet_file: Worksheet, looks: Looks) -> None:
    for index, width in enumerate((12.0, 10.0, 12.0, 8.0, 40.0, 12.0, 24.0, 24.0, 10.0, 12.0)):
        sheet_file.set_column(index, index, width)
    sheet_file.freeze_panes(GROUP_FIRST - 1, 1)
    sheet_file.repeat_rows(1, 2)
    _write_text(sheet_file, 0, 0, draft.say("title.entries"), looks("title", None))
    _write_head(sheet_file, 1, [draft.say(f"column.{field}") for field in fields_of(draft)], looks, "head")
    _write_head(sheet_file, 2, fields_of(draft), looks, "code")
    for row, entry in enumerate(draft.entries, start=GROUP_FIRST - 1):
        for index, value in enumerate(entry):
            _write_value(sheet_file, row, index, value, looks("reported", None))


def _write_guide(draft: Draft, sheet_file: Worksheet, looks: Looks) -> None:
    for index, width in enumerate((22.0, 70.0, 60.0)):
        sheet_file.set_column(index, index, width)
    for row, remark in enumerate(guide_of(draft)):
        for index, text in enumerate(remark.texts):
            _write_text(sheet_file, row, index, text, looks(remark.look if index == 0 else "text", None))


def _define_names(draft: Draft, workbook: Workbook) -> None:
    """Name the columns a reader takes into formulas of their own."""
    for name, key in (("ranking.total", TOTAL), ("ranking.place", c.PLACE)):
        if not draft.has(key):
            continue
        sheet, letter = draft.addresses.columns[key]
        rows = draft.rows.all
        address = f"='{sheet}'!${letter}${rows.start}:${letter}${rows.stop - 1}"
        workbook.define_name(draft.say(name).capitalize(), address)


def _write_head(sheet_file: Worksheet, row: int, texts: Sequence[str], looks: Looks, look: Look) -> None:
    for index, text in enumerate(texts):
        _write_text(sheet_file, row, index, text, looks(look, None))


def _write_value(sheet_file: Worksheet, row: int, index: int, value: Shown, look: Format) -> None:
    match value:
        case None:
            sheet_file.write_blank(row, index, None, look)
        case str():
            _write_text(sheet_file, row, index, value, look)
        case _:
            sheet_file.write_number(row, index, value, look)


def _write_text(sheet_file: Worksheet, row: int, index: int, text: str, look: Format) -> None:
    # always as a text: what begins with = + - @ must not become a formula
    if text:
        sheet_file.write_string(row, index, text[:LONGEST], look)
    else:
        sheet_file.write_blank(row, index, None, look)


def _write_formula(
    sheet_file: Worksheet,
    where: tuple[int, int],
    formula: str,
    value: Shown,
    look: Format,
    *,
    array: bool,
) -> None:
    shown = MISSING if value is None else value
    if array:
        sheet_file.write_array_formula(*where, *where, f"{{={formula}}}", look, shown)
    else:
        sheet_file.write_formula(*where, f"={formula}", look, shown)


_MOMENT = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
_WHO = 3
"""Columns that say who stands in a row; on the ranking the total comes next."""
_HEAD_HEIGHT, _NOTE_HEIGHT = 46.0, 42.0
_ON_A_PAGE = 14
"""Columns that can be read on one page; wider sheets go over several, with the units on each."""
_HEADINGS: Final = {
    "weights": ("node", "called", "parent", "origin"),
    "statistics": ("indicator", "called", "statistic", "remark"),
}
