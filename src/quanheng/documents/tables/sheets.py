"""The tables of a document as sheets of a workbook: a sheet each, ready to be printed; texts stay texts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from quanheng.documents.blocks import Document, Table
from quanheng.documents.tables.sheet_names import SheetNames
from quanheng.documents.widths import width
from quanheng.findings.finding import Finding
from quanheng.findings.visible import printable

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_WIDEST: Final = 40.0
_A4: Final = 9
_HEADING_ROW: Final = 1
_TITLE_HEIGHT: Final = 26.0
_LONGEST: Final = 32_767
"""Signs in a cell."""
_LONGEST_PROPERTY: Final = 255


_LOOKS: Final[dict[str, dict[str, object]]] = {
    "title": {"bold": True, "font_size": 14, "align": "center", "valign": "vcenter"},
    "head": {
        "bold": True,
        "font_color": "#FFFFFF",
        "bg_color": "#1F3864",
        "text_wrap": True,
        "align": "center",
        "valign": "vcenter",
        "border": 1,
    },
    "text": {"text_wrap": True, "valign": "vcenter", "border": 1},
    "word": {"text_wrap": True, "valign": "vcenter", "align": "center", "border": 1},
    "number": {"valign": "vcenter", "align": "right", "border": 1},
}


def write_sheets(document: Document, target: Path) -> tuple[Finding, ...]:
    """Write the tables of `document` to the file `target`; the same document has the same bytes."""
    import xlsxwriter

    names = SheetNames()
    with xlsxwriter.Workbook(str(target), {"strings_to_urls": False}) as workbook:
        workbook.set_properties(
            {
                "title": printable(document.name)[:_LONGEST_PROPERTY],
                "subject": printable(document.subject)[:_LONGEST_PROPERTY],
                "keywords": document.origin,
                "created": dt.datetime.combine(document.date, dt.time(), tzinfo=dt.UTC),
            }
        )
        looks = {name: workbook.add_format(look) for name, look in _LOOKS.items()}
        for table in document.blocks:
            if isinstance(table, Table):
                title = table.title or document.name
                _fill(workbook.add_worksheet(names.given(title)), table, title, looks)
    return ()


def _fill(sheet: Worksheet, table: Table, title: str, looks: Mapping[str, Format]) -> None:
    last = len(table.columns) - 1
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEADING_ROW)
    sheet.freeze_panes(_HEADING_ROW + 1, 0)
    sheet.set_footer("&C&P / &N")
    sheet.set_row(0, _TITLE_HEIGHT)
    if last:
        sheet.merge_range(0, 0, 0, last, "", looks["title"])
    # always as a text: what begins with = + - @ must not become a formula
    sheet.write_string(0, 0, printable(title)[:_LONGEST], looks["title"])
    for at, column in enumerate(table.columns):
        cells = [row[at] for row in table.rows]
        wide = max([width(column.heading), *map(width, cells)])
        sheet.set_column(at, at, min(2 * wide + 3, _WIDEST))
        sheet.write_string(_HEADING_ROW, at, printable(column.heading), looks["head"])
        for row, cell in enumerate(cells, start=_HEADING_ROW + 1):
            sheet.write_string(row, at, printable(cell)[:_LONGEST], looks[column.kind])
    sheet.autofilter(_HEADING_ROW, 0, _HEADING_ROW + len(table.rows), last)
    sheet.ignore_errors({"number_stored_as_text": f"A1:{_letter(last)}{len(table.rows) + _HEADING_ROW + 1}"})


def _letter(index: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(index))
