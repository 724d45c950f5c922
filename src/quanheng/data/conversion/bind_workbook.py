"""Bind a book into one workbook: the sheets of the scheme, and a sheet for each table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from quanheng.data.cells.addresses import Merge
from quanheng.data.cells.number_texts import text_of_number
from quanheng.data.conversion.guide import guide_rows
from quanheng.data.conversion.leaves import Leaf
from quanheng.data.conversion.scheme_helps import scheme_helps
from quanheng.data.conversion.sheet_helps import Help, helps_of
from quanheng.data.files.workbook import HISTORY, LEDGER, SHEETS
from quanheng.findings.errors import UsageError
from quanheng.findings.patterns import bounded
from quanheng.findings.text import Language, Text
from quanheng.findings.value import Value
from quanheng.scheme.files.notation.writing import Cell
from quanheng.scheme.files.sheet_names import BOTH_NAMES, GUIDE
from quanheng.scheme.tree.scheme import Scheme

if TYPE_CHECKING:
    import xlsxwriter

_MOST_ROWS: Final = 1_048_576
_MOST_LETTERS: Final = 32_767
_NAME_LETTERS: Final = 31
_FORBIDDEN: Final = bounded(r"[\[\]:*?/\\']", most=2_000)
_NUMBER: Final = bounded(r"-?[0-9]+(\.[0-9]+)?", most=2_000)
_PREFIXES: Final[Mapping[str, Text]] = {
    "ledgers": Text(zh=LEDGER, en="ledger-"),
    "history": Text(zh=HISTORY, en="history-"),
    "data": Text(zh="数据-", en="data-"),
    "targets": Text(zh="目标-", en="targets-"),
}
_ROOM: Final = 200
"""So many rows below the last one have the drop-downs too, for what is still to be written."""
_WIDEST: Final = 60
_DIGITS: Final = 16
"""What XlsxWriter writes of a number; one that needs more stays a text."""
_LAST_NARROW: Final = "\u2e7f"


class _Page(Value):
    """One sheet as it is written."""

    name: str
    rows: Sequence[Sequence[Cell]]
    merged: tuple[Merge, ...] = ()
    helps: tuple[Help, ...] = ()


def bind_workbook(
    scheme: Scheme,
    scheme_sheets: Mapping[str, Sequence[Sequence[Cell]]],
    leaves: Iterable[Leaf],
    target: Path,
    *,
    language: Language,
) -> None:
    """Write the book to the workbook `target`, with notes on headings and drop-downs for codes.

    Raises:
        UsageError: a table has more rows or longer texts than a sheet can hold.
    """
    pages = [_scheme_page(name, rows, scheme, language) for name, rows in scheme_sheets.items()]
    pages.insert(0, _Page(name=GUIDE.in_language(language), rows=guide_rows(language)))
    taken: set[str] = {page.name.lower() for page in pages}
    for leaf in leaves:
        name = _sheet_name(leaf, language, taken)
        helps = tuple(helps_of(leaf, scheme, language))
        pages.append(_Page(name=name, rows=leaf.cells.rows(), merged=leaf.merged, helps=helps))
    _write(pages, target)


def bind_leaf(leaf: Leaf, target: Path) -> None:
    """Write one table as a workbook of its own.

    Raises:
        UsageError: it has more rows or longer texts than a sheet can hold.
    """
    _write([_Page(name="Sheet1", rows=leaf.cells.rows(), merged=leaf.merged)], target)


def _scheme_page(name: str, rows: Sequence[Sequence[Cell]], scheme: Scheme, language: Language) -> _Page:
    helps = scheme_helps(BOTH_NAMES[name], rows, scheme, language)
    return _Page(name=name, rows=rows, helps=tuple(helps))


def _sheet_name(leaf: Leaf, language: Language, taken: set[str]) -> str:
    base = SHEETS[leaf.part] if leaf.part in SHEETS and language == "zh" else leaf.part
    name = base if not leaf.name else f"{_PREFIXES[leaf.part].in_language(language)}{leaf.name}"
    name = _FORBIDDEN.sub("-", name)
    if leaf.part != "data" and len(name) > _NAME_LETTERS:
        raise UsageError(
            f"the name {name!r} is longer than the {_NAME_LETTERS} letters a sheet may have",
            f"工作表名 {name!r} 超过 {_NAME_LETTERS} 个字符",
        )
    name = name[:_NAME_LETTERS]
    number = 2
    while name.lower() in taken:
        ending = f"-{number}"
        name = f"{name[: _NAME_LETTERS - len(ending)]}{ending}"
        number += 1
    taken.add(name.lower())
    return name


def _write(pages: Sequence[_Page], target: Path) -> None:
    import xlsxwriter  # the design's choice for writing; reading needs it not

    for page in pages:
        _require_fits(page)
    with xlsxwriter.Workbook(str(target), {"in_memory": True}) as workbook:
        heading = workbook.add_format(
            {"bold": True, "bg_color": "#DDE6F0", "text_wrap": True, "valign": "vcenter"}
        )
        for page in pages:
            _write_page(workbook, page, heading)


def _require_fits(page: _Page) -> None:
    if len(page.rows) > _MOST_ROWS:
        raise UsageError(
            f"{page.name!r} has {len(page.rows)} rows, more than a sheet can hold; keep the book as a folder",
            f"{page.name!r} 有 {len(page.rows)} 行，超过工作表上限，请使用文件夹形式",
        )
    if any(isinstance(cell, str) and len(cell) > _MOST_LETTERS for row in page.rows for cell in row):
        raise UsageError(
            f"a text in {page.name!r} is longer than a cell can hold", f"{page.name!r} 中有文字超过单元格上限"
        )


def _write_page(workbook: xlsxwriter.Workbook, page: _Page, heading: Any) -> None:  # noqa: ANN401  the library has no types
    sheet = workbook.add_worksheet(page.name)
    sheet.freeze_panes(1, 0)
    for row_number, row in enumerate(page.rows):
        for column, cell in enumerate(row):
            style = heading if row_number == 0 else None
            value = _value(cell)
            if isinstance(value, str):
                sheet.write_string(row_number, column, value, style)
            elif value is not None:
                sheet.write_number(row_number, column, value, style)
    for merge in page.merged:
        text = page.rows[merge.top][merge.left]
        sheet.merge_range(merge.top, merge.left, merge.bottom, merge.right, "", heading)
        if text:  # the library makes a formula, a link or a number of what looks like one
            sheet.write_string(merge.top, merge.left, str(text), heading)
    for column, width in enumerate(_widths(page.rows)):
        sheet.set_column(column, column, width)
    for helping in page.helps:
        if helping.note:
            sheet.write_comment(helping.row, helping.column, helping.note, {"x_scale": 2})
        if helping.choices:
            first, last = (1, len(page.rows) + _ROOM) if helping.row == 0 else (helping.row, helping.row)
            validation = {"validate": "list", "source": list(helping.choices), "error_type": "warning"}
            sheet.data_validation(first, helping.below, last, helping.below, validation)


def _value(cell: Cell) -> str | float | None:
    """Return what stands in a cell: a number where the digits that are written read back as the same text."""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, str) and _NUMBER.fullmatch(cell):
        number = float(f"{float(cell):.{_DIGITS}G}")
        return number if text_of_number(number) == cell else cell
    return cell


def _widths(rows: Sequence[Sequence[Cell]]) -> Iterator[int]:
    for column in range(max((len(row) for row in rows), default=0)):
        texts = (str(row[column] or "") for row in rows[:_ROOM] if column < len(row))
        letters = max(
            (sum(2 if letter > _LAST_NARROW else 1 for letter in text) for text in texts), default=0
        )
        yield min(letters + 2, _WIDEST)
