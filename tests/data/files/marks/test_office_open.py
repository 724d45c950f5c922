from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.data.books import workbook
from tests.data.breaks import repacked

from quanheng.data.files.archives import unpack_workbook
from quanheng.data.files.marks.marks import BrokenMarksError, Marks
from quanheng.data.files.marks.office_open import read_office_open
from quanheng.findings.finding import Finding, Location

SHEET = "xl/worksheets/sheet1.xml"
WHOLE = workbook({"a": [["unit", "r", "b"], ["A", 0.061, 1.0]]}, formats={"B2": "0.0%"})


def marks(content: bytes) -> tuple[Marks, ...]:
    parts = unpack_workbook(content, Location())
    assert not isinstance(parts, Finding)
    return read_office_open(parts)


def of_rows(rows: str, *, before: str = "", after: str = "") -> Marks:
    """Return the marks of a sheet with `rows` as XML; the style 1 is one of per cent."""
    sheet = f"<worksheet>{before}<sheetData>{rows}</sheetData>{after}</worksheet>"
    (found,) = marks(repacked(WHOLE, {SHEET: sheet.encode()}))
    return found


def test_a_plain_sheet_has_no_marks_but_its_size() -> None:
    found = marks(workbook({"a": [["unit"], ["T1"]], "b": [[1, 2]]}))

    assert found == (Marks(rows=2, columns=1), Marks(rows=1, columns=2))


def test_cells_shown_as_per_cent_are_found_in_any_such_format() -> None:
    rows = [[0.061, 0.5], [0.07, 3]]
    formats = {"A1": "0.0%", "B1": "0%", "A2": "0.00%", "B2": '0.0"%"'}

    (found,) = marks(workbook({"a": rows}, formats=formats))

    assert found.per_cent == {(0, 0), (0, 1), (1, 0)}
    assert found.with_sign == {(1, 1)}


def test_marks_belong_to_the_sheets_in_the_order_of_the_workbook() -> None:
    first, second = marks(workbook({"b": [[1.0, 2.0]], "a": [["x", 0.2]]}, formats={"B1": "0%"}))

    assert first.per_cent == second.per_cent == {(0, 1)}


ROW = '<row r="2"><c r="B2" s="1"><v>0.061</v></c><c r="C2" t="e"><f>NA()</f><v>#N/A</v></c></row>'


@pytest.mark.parametrize(
    "row",
    [
        ROW,
        '<row r="2"><c s="1" r="B2"><v>0.061</v></c><c t="e" r="C2"><f>NA()</f><v>#N/A</v></c></row>',
        "<row r='2'><c s='1' r='B2'><v>0.061</v></c><c t='e' r='C2'><f>NA()</f><v>#N/A</v></c></row>",
        '<row r="2"><c/><c s="1"><v>0.061</v></c><c t="e"><f>NA()</f><v>#N/A</v></c></row>',
        '<row/><row><c/><c s="1"><v>0.061</v></c><c t="e"><v>#N/A</v></c></row>',
        '<row/><row><c r="B2" s="1"><v>0.061</v></c><c t="e"><v>#N/A</v></c></row>',
        ROW.replace("><", ">\n   <"),
        re.sub(r"(</?)(\w)", r"\1x:\2", ROW),
        ROW.replace("<v>#N/A</v>", "<v><![CDATA[#N/A]]></v>"),
        ROW.replace("#N/A", "&#35;N/A"),
        ROW.replace('s="1"', '\n s = "1" '),
        ROW.replace("<row", "<!-- <c r='A9' t='e'><v>#REF!</v></c> --><row"),
        '<row><c r="B2" s="1"><v>0.061</v></c><c r="C2" t="e"><v>#N/A</v></c></row>',
    ],
)
def test_marks_do_not_depend_on_who_wrote_the_sheet(row: str) -> None:
    found = of_rows(row)

    assert found.per_cent == {(1, 1)}
    assert found.errors == {(1, 2): "#N/A"}
    assert (found.rows, found.columns) == (2, 3)


@pytest.mark.parametrize(
    ("cell", "uncomputed"),
    [
        ('<c r="A1"><f>1+2</f><v/></c>', True),
        ('<c r="A1"><f>1+2</f><v></v></c>', True),
        ('<c r="A1"><f>1+2</f></c>', True),
        ('<c r="A1"><f t="shared" si="0"/></c>', True),
        ('<c r="A1" t="str"><f>1+2</f></c>', True),
        ('<c r="A1"><f>1+2</f><v>3</v></c>', False),
        ('<c r="A1" t="str"><f>IF(1,"","x")</f><v></v></c>', False),
        ('<c r="A1" t="str"><f>IF(1,"","x")</f><v/></c>', False),
        ('<c r="A1"/>', False),
    ],
)
def test_formulas_without_a_value_are_found(cell: str, uncomputed: bool) -> None:  # noqa: FBT001 - a plain fact
    assert of_rows(f'<row r="1">{cell}<c r="B1"><v>1</v></c></row>').uncomputed == (
        ((0, 0),) if uncomputed else ()
    )


@pytest.mark.parametrize(("values", "uncomputed"), [(("0", "0"), ((0, 0), (0, 1))), (("0", "3"), ())])
def test_zeros_of_a_workbook_that_nobody_computed_are_no_values(
    values: tuple[str, str], uncomputed: tuple[tuple[int, int], ...]
) -> None:
    cells = "".join(f'<c r="{c}1"><f>X1</f><v>{v}</v></c>' for c, v in zip("AB", values, strict=True))
    sheet = f'<worksheet><sheetData><row r="1">{cells}</row></sheetData></worksheet>'

    (found,) = marks(repacked(WHOLE, {SHEET: sheet.encode()}))  # xlsxwriter asks to compute on load

    assert found.uncomputed == uncomputed


def test_hidden_rows_and_columns_with_something_in_them_are_found() -> None:
    found = of_rows(
        '<row r="1"><c r="A1"><v>1</v></c><c r="C1"><v>1</v></c></row>'
        '<row r="2" hidden="1"><c r="A2"><v>1</v></c></row><row r="3" ht="0"><c r="A3"><v>1</v></c></row>'
        '<row r="4" hidden="true"><c r="A4"/></row>',
        before='<cols><col min="2" max="2" width="0"/><col min="3" max="16384" hidden="1"/></cols>',
        after='<autoFilter ref="A1:C3"><filterColumn colId="0"/></autoFilter>',
    )

    assert (found.hidden_rows, found.hidden_columns, found.is_filtered) == ((1, 2), (1, 2), True)


@pytest.mark.parametrize(
    "parts",
    [
        {SHEET: b"<worksheet>"},
        {SHEET: b"<?xml version='1.0' encoding='UfF-8'?><worksheet/>"},
        {SHEET: b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>'},
        {SHEET: b"<worksheet><row r='1'><c r='1A'><v>1</v></c></row></worksheet>"},
        {SHEET: b"<worksheet><row r='1'><c r='AAAA1'><v>1</v></c></row></worksheet>"},
        {SHEET: b"<worksheet><row r='x'/></worksheet>"},
        {SHEET: b"<worksheet><c><v>1</v></c></worksheet>"},
        {SHEET: None},
        {"xl/styles.xml": b"<styleSheet>"},
        {"xl/_rels/workbook.xml.rels": b"<Relationships/>"},
    ],
)
def test_what_is_no_sound_workbook_is_broken(parts: dict[str, bytes | None]) -> None:
    with pytest.raises(BrokenMarksError):
        marks(repacked(WHOLE, parts))


@given(st.sets(st.tuples(st.integers(0, 30), st.integers(0, 60)), min_size=1, max_size=12))
def test_per_cent_is_found_wherever_it_stands(cells: set[tuple[int, int]]) -> None:
    rows = [[0.5 if (row, column) in cells else None for column in range(61)] for row in range(31)]
    last_row, last_column = max(row for row, _ in cells), max(column for _, column in cells)
    named = {(row, column): f"{_letters(column)}{row + 1}" for row, column in cells}
    xml = "".join(
        f'<row r="{number + 1}">'
        + "".join(f'<c r="{named[number, c]}" s="1"><v>0.5</v></c>' for c, v in enumerate(row) if v)
        + "</row>"
        for number, row in enumerate(rows)
    )

    found = of_rows(xml)

    assert found.per_cent == cells
    assert (found.rows, found.columns) == (last_row + 1, last_column + 1)


def _letters(column: int) -> str:
    return chr(65 + column) if column < 26 else chr(64 + column // 26) + chr(65 + column % 26)
