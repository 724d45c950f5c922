"""The rows of the units of a sheet as XML (ECMA-376 part 1, 18.3.1), composed once a column, not once a cell.

In the rows of a group the cells of a column differ only in the number of the row and in what they show. All
else (address, format, formula) is put together once, in pieces between which the number of the row goes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Final, TypeAlias

from quanheng.data.cells.xml import escaped
from quanheng.documents.workbook.draft.draft import Draft, UnitSheet, letter
from quanheng.documents.workbook.draft.looks import Looks
from quanheng.documents.workbook.file.plain import LONGEST, format_number
from quanheng.documents.workbook.formulas.cells import MISSING, Column, Shown
from quanheng.documents.workbook.formulas.rows import FIRST

if TYPE_CHECKING:
    from xlsxwriter.format import Format

Cells: TypeAlias = Callable[[Sequence[str], Sequence[Shown]], list[str]]
"""Give the cells of a column in these rows (numbers as texts) that show these values."""


def unit_rows(draft: Draft, sheet: UnitSheet, looks: Looks) -> Iterator[str]:
    """Yield the rows of all units on `sheet`, some hundred at a time."""
    columns = draft.columns[sheet]
    for group, rows in draft.rows.groups.items():
        filled = [
            (column, _cells(draft, sheet, index, column, group, looks))
            for index, column in enumerate(columns)
            if column.groups is None or group in column.groups
        ]
        for start in range(rows.start, rows.stop, _AT_ONCE):
            part = range(start, min(start + _AT_ONCE, rows.stop))
            numbers = [str(row) for row in part]
            beside = [cells(numbers, _shown(column, part)) for column, cells in filled]
            heads = [f'<row r="{row}">' for row in numbers]
            yield "".join([f"{''.join(row)}</row>" for row in zip(heads, *beside, strict=True)])


def _shown(column: Column, rows: range) -> Sequence[Shown]:
    if column.values is None:
        return [None] * len(rows)
    return column.values[rows.start - FIRST : rows.stop - FIRST]


def _cells(draft: Draft, sheet: UnitSheet, index: int, column: Column, group: str, looks: Looks) -> Cells:
    look = looks(column.role, column.decimals)
    formula = column.formula_in(group)
    if formula is None:
        return _values(letter(index), look)
    pieces = draft.addresses.rendered(formula, group=group, sheet=draft.say(f"sheet.{sheet}"))
    return _formulas(letter(index), look, pieces, array=column.array)


def _formulas(column: str, look: Format, formula: Sequence[str], *, array: bool) -> Cells:
    """Return how the cells of `formula`, in pieces between which the row goes, are written."""
    number, text = (
        _before_what_is_shown(column, attributes, formula, array=array)
        for attributes in (f's="{format_number(look)}"', f's="{format_number(look)}" t="str"')
    )
    # an array formula that shows an empty text says so, as spreadsheet programs write it
    empty = text if array else number
    return lambda rows, values: [
        f"{row.join(empty)}</v></c>"
        if value is None or value == MISSING
        else f"{row.join(text)}{escaped(value)}</v></c>"
        if isinstance(value, str)
        else f"{row.join(number)}{value}</v></c>"
        for row, value in zip(rows, values, strict=True)
    ]


def _before_what_is_shown(
    column: str, attributes: str, formula: Sequence[str], *, array: bool
) -> tuple[str, ...]:
    """Return the cell of a formula up to what it shows, in pieces between which the row's number goes."""
    opened = (f'" {attributes}><f t="array" ref="{column}', '">') if array else (f'" {attributes}><f>',)
    pieces = [f'<c r="{column}']
    for more in (("", *opened), [escaped(piece) for piece in formula], ["</f><v>"]):
        pieces[-1] += more[0]
        pieces.extend(more[1:])
    return tuple(pieces)


def _values(column: str, look: Format) -> Cells:
    """Return how cells without a formula are written: a number, a text, or only their look."""
    head, style = f'<c r="{column}', f'" s="{format_number(look)}"'
    return lambda rows, values: [
        f"{head}{row}{style}/>"
        if value is None or value == MISSING
        else f'{head}{row}{style} t="inlineStr"><is>{_text(value)}</is></c>'
        if isinstance(value, str)
        else f"{head}{row}{style}><v>{value:.16G}</v></c>"
        for row, value in zip(rows, values, strict=True)
    ]


def _text(value: str) -> str:
    kept = ' xml:space="preserve"' if value[0].isspace() or value[-1].isspace() else ""
    return f"<t{kept}>{escaped(value[:LONGEST])}</t>"


_AT_ONCE: Final = 256
"""Rows put together at a time: enough to be quick, few enough to need little memory."""
