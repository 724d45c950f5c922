"""Workbooks that LibreOffice writes: in every format the same cells, shown as in Excel's own."""

from __future__ import annotations

import datetime as dt
import io
import shutil
import subprocess
from pathlib import Path

import pytest
import xlsxwriter
from tests.data.books import gathered, told, write_book

from quanheng.data.cells.addresses import Merge
from quanheng.data.files.spreadsheets import read_workbook
from quanheng.findings.collector import Collector


def own() -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet("数据")
        shown = book.add_format({"num_format": "0.0%"})
        written = book.add_format({"num_format": '0.0"%"'})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, ["单位", "增速", "占比", "数值", "日期"])
        formulas = [("=1/0", "#DIV/0!"), ("=NA()", "#N/A"), ("=1+2", 3), ('=IF(1,"","x")', "")]
        for row, (formula, value) in enumerate(formulas, start=1):
            sheet.write(row, 0, f"T{row}")
            sheet.write_number(row, 1, row / 1000, shown)
            sheet.write_number(row, 2, row + 0.5, written)
            sheet.write_formula(row, 3, formula, None, value)
            sheet.write_datetime(row, 4, dt.datetime(2023, 3, row), day)  # noqa: DTZ001 - spreadsheets know no zones
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column(4, 4, None, None, {"hidden": True})
        sheet.merge_range("F1:G1", "merged")
        sheet.write_number("H2", 12_000, book.add_format({"num_format": "0!.0,"}))
        sheet.write_number("H3", 12_000, book.add_format({"num_format": "#,##0,"}))
        hidden = book.add_worksheet("hidden")
        hidden.write("A1", "x")
        hidden.hide()
    return content.getvalue()


ROWS = [
    ("单位", "增速", "占比", "数值", "日期", "merged"),
    ("T1", "0.1%", "1.5%", "#DIV/0!", "2023-03-01", None),
    ("T2", "0.2%", "2.5%", "#N/A", "2023-03-02", None),
    ("T3", "0.3%", "3.5%", "3", "2023-03-03", None),
    ("T4", "0.4%", "4.5%", None, "2023-03-04", None),
]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder in which the workbook lies in each format."""
    office = shutil.which("soffice")
    assert office is not None, (
        "these tests need LibreOffice: install it with 'apt-get install libreoffice-calc'"
    )
    folder = tmp_path_factory.mktemp("writers")
    (folder / "own.xlsx").write_bytes(own())
    for suffix in ("ods", "xls", "xlsx"):
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [office, "--headless", "--norestore", profile, "--convert-to", suffix]
        subprocess.run(
            [*command, "--outdir", str(folder / suffix), str(folder / "own.xlsx")],
            check=True,
            capture_output=True,
            timeout=300,
        )
    return folder


@pytest.mark.parametrize("suffix", ["ods", "xls", "xlsx"])
def test_a_sheet_says_the_same_in_every_format(written: Path, suffix: str) -> None:
    collector = Collector()
    content = (written / suffix / f"own.{suffix}").read_bytes()

    (sheet,) = read_workbook(content, file="a", collector=collector)

    assert [row[:6] for row in sheet.cells.rows()] == ROWS
    assert [(merge.top, merge.left) for merge in sheet.merged] == [(0, 5)]
    assert gathered(collector) == ["QH353 a!数据", "QH378 a!数据", "QH333 a!hidden"]
    assert Merge(top=0, left=5, bottom=0, right=5) in sheet.merged or sheet.cells.width > 6


@pytest.mark.parametrize(
    ("name", "suffix"),
    [("a.ods", "ods"), ("a.xls", "xls"), ("a.et", "xls"), ("a.xlsm", "xlsx"), ("a.xls", "xlsx")],
)
def test_what_a_workbook_is_counts_and_not_its_name(
    written: Path, name: str, suffix: str, tmp_path: Path
) -> None:
    content = (written / suffix / f"own.{suffix}").read_bytes()
    found = told(write_book(tmp_path, {f"data/{name}": content}))

    assert f"QH353 data/{name}!数据" in found
    assert not [line for line in found if line.startswith(("QH310", "QH316", "QH348"))]


@pytest.mark.parametrize("suffix", ["ods", "xls"])
def test_a_workbook_that_is_cut_off_is_read_or_told(written: Path, suffix: str) -> None:
    content = (written / suffix / f"own.{suffix}").read_bytes()
    for size in range(0, len(content), max(1, len(content) // 60)):
        collector = Collector()
        sheets = read_workbook(content[:size], file="a", collector=collector)

        assert sheets or gathered(collector)


def test_a_sheet_that_says_it_is_huge_is_refused_before_room_is_taken(written: Path) -> None:
    content = (written / "xls" / "own.xls").read_bytes()
    at = content.index(bytes.fromhex("00020e00"))
    huge = content[: at + 8] + b"\xff\xff\xff\xff" + content[at + 12 :]
    collector = Collector()

    assert read_workbook(huge, file="a.xls", collector=collector) == ()
    assert gathered(collector) == ["QH310 a.xls"]
