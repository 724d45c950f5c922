from __future__ import annotations

from tests.data.books import workbook
from tests.data.breaks import repacked

from quanheng.data.files.archives import unpack_workbook
from quanheng.data.files.cell_marks import Marks, read_marks
from quanheng.findings.finding import Finding, Location


def marks(content: bytes) -> tuple[Marks, ...]:
    parts = unpack_workbook(content, Location())
    assert not isinstance(parts, Finding)
    return read_marks(parts)


def test_a_plain_sheet_has_no_marks() -> None:
    assert marks(workbook({"a": [["unit"], ["T1"]], "b": [[1]]})) == (Marks(), Marks())


def test_cells_shown_as_per_cent_are_found_in_any_such_format() -> None:
    rows = [[0.061, 0.5], [0.07, 3]]

    (found,) = marks(workbook({"a": rows}, formats={"A1": "0.0%", "B1": "0%", "A2": "0.00%", "B2": "0.0"}))

    assert found.per_cent == {(0, 0), (0, 1), (1, 0)}


def test_errors_of_formulas_are_found_with_their_texts() -> None:
    whole = workbook({"a": [["unit", "gdp"], ["T1", 5], ["T2", 6]]})
    sheet = (
        b'<worksheet><sheetData><row r="2"><c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
        b'<row r="3"><c r="B3" s="0" t="e"><v>#N/A</v></c></row></sheetData></worksheet>'
    )

    (found,) = marks(repacked(whole, {"xl/worksheets/sheet1.xml": sheet}))

    assert found.errors == {(1, 1): "#DIV/0!", (2, 1): "#N/A"}


def test_marks_belong_to_the_sheets_in_the_order_of_the_workbook() -> None:
    first, second = marks(workbook({"b": [[1.0, 2.0]], "a": [["x", 0.2]]}, formats={"B1": "0%"}))

    assert first.per_cent == second.per_cent == {(0, 1)}


def test_a_workbook_of_another_build_has_no_marks() -> None:
    assert read_marks({"xl/workbook.xml": b'<sheet name="a" r:id="rId1"/>'}) == (Marks(),)
    assert read_marks({}) == ()
