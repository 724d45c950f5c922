"""Cells written into a workbook: they are read back, and nothing else has changed."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from tests.documents.libreoffice import recalculated

from quanheng.data.files.editing.parts import to_be_computed
from quanheng.data.files.editing.sheet_xml import _Row, _Sheet, with_cells
from quanheng.data.files.editing.workbook_cells import workbook_with
from quanheng.findings.errors import DataError

WAYS = [
    b"<worksheet xmlns='x'><sheetData><row r='1'><c r='A1'><v>1</v></c></row></sheetData></worksheet>",
    b"<x:worksheet xmlns:x='x'><x:sheetData><x:row><x:c/></x:row></x:sheetData></x:worksheet>",
    b"<worksheet xmlns='x'><sheetData/></worksheet>",
    b"<worksheet xmlns='x'><sheetData><row r='1'/><row r='4'><c r='C4' s='2'/></row></sheetData></worksheet>",
]


def _book(path: Path) -> bytes:
    with xlsxwriter.Workbook(str(path)) as workbook:
        bold = workbook.add_format({"bold": True, "bg_color": "#FFEEAA"})
        money = workbook.add_format({"num_format": "0.00"})
        sheet = workbook.add_worksheet("台账-hazards")
        sheet.write_row(0, 0, ["编号", "金额", "合计"], bold)
        sheet.write_row(1, 0, ["H1", 2.5], money)
        sheet.write_row(2, 0, ["H2", 4], money)
        sheet.write_formula("C2", "=B2*2", money, 5)
        sheet.write_comment("A1", "记住")
        other = workbook.add_worksheet("汇总")
        other.write_formula("A1", "=SUM('台账-hazards'!B2:B10)", bold, 6.5)
        other.insert_image("C3", "none.png", {"image_data": io.BytesIO(_PIXEL)})
    return path.read_bytes()


_PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)


def test_cells_are_written_and_all_else_stays(tmp_path: Path) -> None:
    before = _book(tmp_path / "book.xlsx")

    after = workbook_with(
        before, "台账-hazards", {(3, 2): 10.0, (4, 1): "H3 <新>", (4, 2): 1.0, (5, 5): " 注 "}
    )

    (tmp_path / "after.xlsx").write_bytes(after)
    with zipfile.ZipFile(io.BytesIO(before)) as old, zipfile.ZipFile(io.BytesIO(after)) as new:
        assert old.namelist() == new.namelist()
        changed = {name for name in old.namelist() if old.read(name) != new.read(name)}
        assert changed == {"xl/worksheets/sheet1.xml"}  # XlsxWriter has the workbook computed anew itself
        assert b'<c r="B4" s="2"><v>1.0</v></c>' in new.read("xl/worksheets/sheet1.xml")
    rows = (
        CalamineWorkbook.from_path(str(tmp_path / "after.xlsx")).get_sheet_by_name("台账-hazards").to_python()
    )
    assert rows[2:] == [["H2", 10.0, "", "", ""], ["H3 <新>", 1.0, "", "", ""], ["", "", "", "", " 注 "]]


def test_libreoffice_opens_it_and_computes_formulas_anew(tmp_path: Path) -> None:
    content = _book(tmp_path / "book.xlsx")
    (tmp_path / "after.xlsx").write_bytes(
        workbook_with(content, "台账-hazards", {(2, 2): 100.0, (4, 2): 1.0})
    )
    (tmp_path / "work").mkdir()

    sheets = recalculated([tmp_path / "after.xlsx"], tmp_path / "work")["after.xlsx"]

    assert sheets["汇总"][0][0] == 105.0
    assert sheets["台账-hazards"][1][2] == 200.0


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"<w><sheets/></w>", b"<w><sheets/></w>"),
        (b"<w><sheets>a</sheets><x/></w>", b'<w><sheets>a</sheets><calcPr fullCalcOnLoad="1"/><x/></w>'),
        (b'<w><sheets/><calcPr calcId="1"/></w>', b'<w><sheets/><calcPr calcId="1" fullCalcOnLoad="1"/></w>'),
        (b'<w><x:calcPr fullCalcOnLoad="0"/></w>', b'<w><x:calcPr fullCalcOnLoad="1"/></w>'),
    ],
)
def test_formulas_are_computed_anew_when_the_workbook_is_opened(before: bytes, after: bytes) -> None:
    assert to_be_computed(before) == after


def test_a_formula_is_not_written_over(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="a formula stands in C2"):
        workbook_with(_book(tmp_path / "book.xlsx"), "台账-hazards", {(2, 3): 1.0})


def test_there_has_to_be_such_a_sheet(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no sheet '目标'"):
        workbook_with(_book(tmp_path / "book.xlsx"), "目标", {(2, 3): 1.0})


@settings(max_examples=50)
@given(
    st.sampled_from(WAYS),
    st.dictionaries(
        st.tuples(st.integers(1, 6), st.integers(1, 30)),
        st.one_of(st.none(), st.floats(-1e9, 1e9), st.text(st.characters(categories=["L", "N", "P", "Zs"]))),
        max_size=8,
    ),
)
def test_whatever_way_a_sheet_is_written_cells_are_put_where_they_belong(
    content: bytes, cells: dict[tuple[int, int], str | float | None]
) -> None:
    once = with_cells(content, cells)

    places = [(row.number, sorted(row.cells)) for row in _rows(once)]
    assert places == sorted(places)
    found = {(number, column) for number, columns in places for column in columns}
    assert found >= cells.keys()
    assert with_cells(once, cells) == once


def _rows(content: bytes) -> list[_Row]:
    return list(_Sheet(content).rows.values())
