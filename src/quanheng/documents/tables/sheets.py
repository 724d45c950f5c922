"""The tables of a document as sheets of a workbook: ready to be printed, texts as texts, no formulas."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from quanheng.documents.blocks import Document, Table
from quanheng.documents.sheet_names import SheetNames, link_to
from quanheng.documents.widths import width
from quanheng.findings.finding import Finding
from quanheng.findings.text import Text
from quanheng.findings.visible import printable

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_WIDEST: Final = 40.0
_A4: Final = 9
_HEADING_ROW: Final = 1
_TITLE_HEIGHT: Final = 26.0
_LONGEST: Final = 32_767
"""Signs in a cell."""
_LONGEST_PROPERTY: Final = 255
_UPRIGHT: Final = 8
"""More columns are printed on pages laid across."""
_NUMERALS: Final = frozenset("-.0123456789")
_MOST_DIGITS: Final = 15
"""Digits of a number that a cell keeps."""
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
    "link": {"font_color": "#0563C1", "underline": 1, "border": 1},
    **{
        f"number {decimals}": {
            "valign": "vcenter",
            "align": "right",
            "border": 1,
            "num_format": "0" if decimals == 0 else "0." + "0" * decimals,
        }
        for decimals in range(_MOST_DIGITS)
    },
}
_CONTENTS: Final = Text(zh="目录", en="Contents")
_SHEET: Final = Text(zh="工作表", en="Sheet")
_FOOTER: Final = Text(zh="&C第 &P 页，共 &N 页", en="&Cpage &P of &N")


def write_sheets(document: Document, target: Path) -> tuple[Finding, ...]:
    """Write the tables of `document` to the file `target`; the same document has the same bytes.

    Of several tables the first sheet has links to each. Numbers stand as they are shown, and as numbers.
    """
    import xlsxwriter

    tables = [block for block in document.blocks if isinstance(block, Table)]
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
        contents = names.given(_CONTENTS.in_language(document.language)) if len(tables) > 1 else ""
        titled = [(names.given(table.title or document.name), table) for table in tables]
        if contents:
            sheet = _added(workbook, contents, document, columns=1)
            _fill_contents(sheet, document, [name for name, _ in titled], looks)
        for name, table in titled:
            sheet = _added(workbook, name, document, columns=len(table.columns))
            _fill(sheet, table, table.title or document.name, looks)
    return ()


def _added(workbook: Workbook, name: str, document: Document, *, columns: int) -> Worksheet:
    sheet = workbook.add_worksheet(name)
    sheet.set_paper(_A4)
    if columns > _UPRIGHT:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEADING_ROW)
    sheet.freeze_panes(_HEADING_ROW + 1, 0)
    sheet.set_footer(_FOOTER.in_language(document.language))
    sheet.set_row(0, _TITLE_HEIGHT)
    return sheet


def _fill_contents(
    sheet: Worksheet, document: Document, names: Sequence[str], looks: Mapping[str, Format]
) -> None:
    sheet.set_column(0, 0, 2 * _WIDEST)
    sheet.write_string(0, 0, printable(document.name)[:_LONGEST], looks["title"])
    sheet.write_string(_HEADING_ROW, 0, _SHEET.in_language(document.language), looks["head"])
    for row, name in enumerate(names, start=_HEADING_ROW + 1):
        sheet.write_url(row, 0, f"internal:{link_to(name)}", looks["link"], name)


def _fill(sheet: Worksheet, table: Table, title: str, looks: Mapping[str, Format]) -> None:
    last = len(table.columns) - 1
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
            if column.kind == "number" and (look := _number(cell)) is not None:
                sheet.write_number(row, at, float(cell), looks[look])
            else:
                sheet.write_string(row, at, printable(cell)[:_LONGEST], looks[column.kind])
    sheet.autofilter(_HEADING_ROW, 0, _HEADING_ROW + len(table.rows), last)
    sheet.ignore_errors({"number_stored_as_text": f"A1:{_letter(last)}{len(table.rows) + _HEADING_ROW + 1}"})


def _number(cell: str) -> str | None:
    """Return the look of a number, with the decimals it is shown with; None for what is none."""
    if not cell or not _NUMERALS.issuperset(cell) or len(cell) > _MOST_DIGITS:
        return None
    try:
        float(cell)
    except ValueError:
        return None
    return f"number {len(cell.partition('.')[2])}"


def _letter(index: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(index))
