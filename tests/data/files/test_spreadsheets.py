from __future__ import annotations

import datetime as dt
import io

import pytest
import xlsxwriter
from tests.data.books import Rows, gathered, workbook
from tests.data.breaks import far_corner, repacked

from quanheng.data.cells.addresses import Merge
from quanheng.data.files.spreadsheets import read_workbook
from quanheng.data.tables.table import Sheet
from quanheng.findings.collector import Collector


def read(content: bytes) -> tuple[tuple[Sheet, ...], list[str]]:
    collector = Collector()
    return read_workbook(content, file="a.xlsx", collector=collector), gathered(collector)


def test_cells_are_read_as_the_texts_they_mean() -> None:
    rows: Rows = [["unit", "x", 12, 0.1, True], [None, "", " ", 1e22, -5]]

    (sheet,), found = read(workbook({"数据": rows}))

    assert sheet.cells.rows() == [("unit", "x", "12", "0.1", "TRUE"), (None, None, " ", "1e+22", "-5")]
    assert (sheet.file, sheet.sheet, found) == ("a.xlsx", "数据", [])


def test_dates_are_iso_whatever_their_format() -> None:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet()
        short, long = (
            book.add_format({"num_format": shape}) for shape in ("yyyy年m月d日", "yyyy-mm-dd hh:mm")
        )
        sheet.write_datetime("A1", dt.datetime(2023, 3, 18), short)  # noqa: DTZ001 - a spreadsheet knows no zones
        sheet.write_datetime("B1", dt.datetime(2023, 3, 18, 9, 30), long)  # noqa: DTZ001 - the same

    (sheet_read,), _ = read(content.getvalue())

    assert sheet_read.cells.rows() == [("2023-03-18", "2023-03-18 09:30:00")]


def test_per_cent_and_errors_are_read_as_they_are_shown() -> None:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet()
        sheet.write_number("A1", 0.061, book.add_format({"num_format": "0%"}))
        sheet.write_formula("B1", "=1/0", None, "#DIV/0!")

    (sheet_read,), _ = read(content.getvalue())

    assert sheet_read.cells.rows() == [("6.1%", "#DIV/0!")]


def test_a_table_that_begins_far_from_the_corner_keeps_its_places() -> None:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        book.add_worksheet().write("C3", "unit")

    (sheet,), _ = read(content.getvalue())

    assert sheet.cells.rows() == [(None, None, None), (None, None, None), (None, None, "unit")]


def test_merged_ranges_are_kept() -> None:
    (sheet,), _ = read(workbook({"a": [["unit", "", ""], ["T1", 1, 2]]}, merged={"a": {"B1:C1": "gdp"}}))

    assert sheet.merged == (Merge(top=0, left=1, bottom=0, right=2),)


def test_empty_and_hidden_sheets_and_charts_are_passed_over() -> None:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        book.add_worksheet("a").write("A1", "unit")
        book.add_worksheet("empty")
        hidden = book.add_worksheet("hidden")
        hidden.write("A1", "lists")
        hidden.hide()
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "=a!$A$1:$A$2"})
        book.add_chartsheet("chart").set_chart(chart)

    sheets, found = read(content.getvalue())

    assert [sheet.sheet for sheet in sheets] == ["a"]
    assert found == ["QH333 a.xlsx!hidden"]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "QH307 a.xlsx"),
        (b"no workbook", "QH310 a.xlsx"),
        (workbook({"a": []}), "QH307 a.xlsx"),
        (workbook({"a": [["x"] * 6_000]}), "QH314 a.xlsx!a"),
        (repacked(workbook({"a": [["x"]]}), {"xl/workbook.xml": b"<workbook"}), "QH310 a.xlsx"),
    ],
)
def test_what_cannot_be_read_is_told(content: bytes, found: str) -> None:
    assert found in read(content)[1]


def test_merged_ranges_that_lie_over_each_other_are_refused() -> None:
    ranges = b'<mergeCells count="2"><mergeCell ref="A1:B2"/><mergeCell ref="A1:B2"/></mergeCells>'
    cells = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="B2"><v>1</v></c></row>'
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        + cells
        + b"</sheetData>"
        + ranges
        + b"</worksheet>"
    )

    content = repacked(workbook({"a": [["x"]]}), {"xl/worksheets/sheet1.xml": sheet})

    assert read(content) == ((), ["QH310 a.xlsx"])


def test_two_cells_in_opposite_corners_are_not_laid_out() -> None:
    assert read(far_corner()) == ((), ["QH312 a.xlsx"])


def test_cells_that_are_only_formatted_do_not_count() -> None:
    rows = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row>'
    sheet = b"<worksheet><sheetData>" + rows + b"</sheetData></worksheet>"

    assert read(repacked(workbook({"a": [["x"]]}), {"xl/worksheets/sheet1.xml": sheet}))[1] == []


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"<html><table><tr><td>unit</td></tr></table></html>", "QH348 a.xlsx"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><Workbook/>", "QH348 a.xlsx"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "QH310 a.xlsx"),
    ],
)
def test_what_is_rather_something_else_is_told(content: bytes, found: str) -> None:
    assert read(content) == ((), [found])


def test_per_cent_written_as_letters_is_no_fraction() -> None:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet()
        sheet.write_number("A1", 6.1, book.add_format({"num_format": '0.0"%"'}))
        sheet.write_number("B1", 0.061, book.add_format({"num_format": "0.0%"}))

    assert [sheet.cells.rows() for sheet in read(content.getvalue())[0]] == [[("6.1%", "6.1%")]]


def test_hidden_rows_and_columns_are_read_and_told() -> None:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet()
        for row in range(3):
            sheet.write_row(row, 0, ["A", row, 5])
        sheet.set_row(1, None, None, {"hidden": True})
        sheet.set_column("C:D", None, None, {"hidden": True})
    collector = Collector()

    (sheet_read,) = read_workbook(content.getvalue(), file="a.xlsx", collector=collector)

    assert sheet_read.cells.height == 3
    (found,) = collector.findings()
    assert found.message("en") == ("hidden on this sheet are 1 rows (2) and 1 columns (C); they were read")
    assert found.message("zh") == "该表隐藏了 1 行（2）、1 列（C）；仍已读取"


def test_numbers_shown_divided_are_read_as_stored_with_a_warning_that_says_both() -> None:
    rows: Rows = [["unit", "产值", "人数"], ["A", 12_000, 5], ["B", 36_500, 0]]
    formats = {"B2": "0!.0,", "B3": "0!.0,", "C2": "#,##0", "C3": "0,"}

    (sheet,), found = read(workbook({"数据": rows}, formats=formats))

    assert sheet.cells.rows()[1] == ("A", "12000", "5")
    assert found == ["QH378 a.xlsx!数据"]


def test_a_warning_on_numbers_shown_divided_names_the_cells() -> None:
    collector = Collector()
    content = workbook({"a": [["unit", "x"], ["A", 12_000]]}, formats={"B2": "0.0,"})

    read_workbook(content, file="a.xlsx", collector=collector)

    (found,) = collector.findings()
    assert "1 cells" in found.message("en")
    assert "B2 holds 12000 and shows 12" in found.message("en")
