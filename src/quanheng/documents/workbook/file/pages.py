"""Pages as sheets of a file: rows as XML where nothing in them is a link, and what stands over the cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Final

from quanheng.data.cells.xml import escaped
from quanheng.documents.sheet_names import link_to
from quanheng.documents.workbook.draft.draft import letter
from quanheng.documents.workbook.draft.looks import Looks
from quanheng.documents.workbook.file.plain import LONGEST, format_number, plain_worksheet
from quanheng.documents.workbook.formulas.cells import MISSING
from quanheng.documents.workbook.pages.page import BarChart, Cell, Coloured, Page

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_ZOOM: Final = 90
_A4: Final = 9
_COLOURS: Final = ("#1F6FB4", "#D98200")
_HEIGHT: Final = ' ht="32" customHeight="1"'
"""Of a row of headings, which may take two lines."""
_LONG_CHART: Final = 22
"""Pixels a bar takes, in a chart that lies."""
_LABELLED: Final = 12
"""Standing bars that have room for their number."""
_AT_ONCE: Final = 512
_LONGEST_COMPARED: Final = 120
"""A text in a formula has at most 255 characters, of which a quotation mark takes two."""


def write_page(page: Page, workbook: Workbook, looks: Looks, footer: str) -> None:
    """Write `page` as the next sheet of `workbook`."""
    sheet = workbook.add_worksheet(page.name, worksheet_class=plain_worksheet())
    _set_up(page, sheet, footer)
    for linked, rows in groupby(enumerate(page.rows), key=lambda row: any(cell.link for cell in row[1])):
        if linked:
            for row, cells in rows:
                _write_links(sheet, row, cells, looks)
        else:
            _write_plain(sheet, list(rows), looks, head=page.head)
    for chart in page.charts:
        _insert(chart, page, workbook, sheet)
    if page.choice is not None:
        span = letter(page.choice.column)
        first, last = page.choice.rows.start + 1, page.choice.rows.stop
        source = f"=${span}${first}:${span}${last}"
        sheet.data_validation(*page.choice.cell, *page.choice.cell, {"validate": "list", "source": source})
    for coloured in page.coloured:
        colour(sheet, coloured, looks)


def colour(sheet: Worksheet, coloured: Coloured, looks: Looks) -> None:
    """Give cells colours by what they say, also when they say something else after a change."""
    where = (coloured.rows.start, coloured.column, coloured.rows.stop - 1, coloured.column)
    for text, look in coloured.looks:
        if len(text) <= _LONGEST_COMPARED:
            said = text.replace('"', '""')
            rule = {"type": "cell", "criteria": "==", "value": f'"{said}"', "format": looks(look, None)}
            sheet.conditional_format(*where, rule)


def _set_up(page: Page, sheet: Worksheet, footer: str) -> None:
    for index, width in enumerate(page.widths):
        sheet.set_column(index, index, width)
    sheet.set_zoom(_ZOOM)
    sheet.set_paper(_A4)
    if page.across:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&C{footer}")
    if page.head is not None:
        sheet.freeze_panes(page.head + 1, page.kept)
        sheet.repeat_rows(page.head)
    if page.printed is not None:
        sheet.print_area(0, 0, *page.printed)
    # codes such as 320101 are texts on purpose
    everywhere = f"A1:{letter(max([len(row) for row in page.rows] + [1]) - 1)}{len(page.rows)}"
    sheet.ignore_errors({"number_stored_as_text": everywhere, "formula_differs": everywhere})


def _write_links(sheet: Worksheet, row: int, cells: Sequence[Cell], looks: Looks) -> None:
    """Write a row with a link in it, a cell after the other."""
    for column, cell in enumerate(cells):
        look = looks(cell.look, cell.decimals)
        if cell.link is not None:
            sheet.write_url(row, column, f"internal:{link_to(cell.link)}", look, str(cell.value)[:LONGEST])
        elif cell.formula is not None:
            shown = MISSING if cell.value is None else cell.value
            sheet.write_formula(row, column, f"={cell.formula}", look, shown)
        elif isinstance(cell.value, str) and cell.value:
            # always as a text: what begins with = + - @ must not become a formula
            sheet.write_string(row, column, cell.value[:LONGEST], look)
        elif isinstance(cell.value, int | float):
            sheet.write_number(row, column, cell.value, look)
        else:
            sheet.write_blank(row, column, None, look)


def _write_plain(
    sheet: Worksheet, rows: list[tuple[int, Sequence[Cell]]], looks: Looks, *, head: int | None
) -> None:
    first, last = rows[0][0], rows[-1][0]
    formats: dict[tuple[str, int | None], int] = {}

    def style(cell: Cell) -> int:
        key = (cell.look, cell.decimals)
        if key not in formats:
            formats[key] = format_number(looks(cell.look, cell.decimals))
        return formats[key]

    def texts() -> Iterator[str]:
        for start in range(0, len(rows), _AT_ONCE):
            yield "".join(
                f'<row r="{row + 1}"{_HEIGHT if row == head else ""}>'
                + "".join(_xml(cell, f"{letter(at)}{row + 1}", style(cell)) for at, cell in enumerate(cells))
                + "</row>"
                for row, cells in rows[start : start + _AT_ONCE]
            )

    sheet.write_rows(range(first + 1, last + 2), texts())


def _xml(cell: Cell, at: str, style: int) -> str:
    """Return a cell as XML (ECMA-376 part 1, 18.3.1.4)."""
    value = cell.value
    head = f'<c r="{at}" s="{style}"'
    if cell.formula is not None:
        formula = f"<f>{escaped(cell.formula)}</f>"
        if value is None or value == MISSING:
            return f"{head}>{formula}<v></v></c>"
        if isinstance(value, str):
            return f'{head} t="str">{formula}<v>{escaped(value)}</v></c>'
        return f"{head}>{formula}<v>{value}</v></c>"
    if value is None or value == MISSING:
        return f"{head}/>"
    if isinstance(value, str):
        return f'{head} t="inlineStr"><is><t xml:space="preserve">{escaped(value[:LONGEST])}</t></is></c>'
    return f"{head}><v>{value:.16G}</v></c>"


def _insert(chart: BarChart, page: Page, workbook: Workbook, sheet: Worksheet) -> None:
    """Put a chart of the program that opens the file over the cells."""
    made = workbook.add_chart({"type": "bar" if chart.lying else "column"})
    first, last = chart.rows.start, chart.rows.stop - 1
    for column, colour in zip(chart.numbers, _COLOURS, strict=False):
        made.add_series(
            {
                "name": [page.name, chart.headings, column],
                "categories": [page.name, first, chart.names, last, chart.names],
                "values": [page.name, first, column, last, column],
                "fill": {"color": colour},
                "gap": 60,
                "data_labels": {"value": len(chart.rows) <= _LABELLED or chart.lying, "num_format": "0.0"},
            }
        )
    made.set_title({"name": chart.title, "name_font": {"size": 12}, "overlay": False})
    made.set_legend({"none": True} if len(chart.numbers) == 1 else {"position": "bottom"})
    if chart.lying:
        made.set_y_axis({"reverse": True, "num_font": {"size": 9}})
        made.set_x_axis({"major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}})
        height = 110 + _LONG_CHART * len(chart.rows)
    else:
        made.set_y_axis({"major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}})
        made.set_x_axis({"num_font": {"size": 9}})
        height = 340
    made.set_size({"width": 520, "height": height})
    sheet.insert_chart(*chart.at, made, {"description": chart.title})
