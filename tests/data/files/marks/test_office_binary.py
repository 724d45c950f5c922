from __future__ import annotations

import io
import struct
import zipfile

import pytest
from tests.data.books import gathered

from quanheng.data.files.spreadsheets import read_workbook
from quanheng.findings.collector import Collector


def record(sort: int, content: bytes = b"") -> bytes:
    """Return a record of a binary part: its sort and size in groups of seven bits, and its content."""
    written = bytes([sort]) if sort < 128 else bytes([sort & 0x7F | 0x80, sort >> 7])
    size = len(content)
    while size > 127:
        written += bytes([size & 0x7F | 0x80])
        size >>= 7
    return written + bytes([size]) + content


def text(letters: str) -> bytes:
    return struct.pack("<I", len(letters)) + letters.encode("utf-16-le")


def cell(column: int, style: int, sort: int, value: bytes) -> bytes:
    return record(sort, struct.pack("<II", column, style) + value)


def row(number: int, *, hidden: bool = False) -> bytes:
    return record(0, struct.pack("<IIHBB", number, 0, 300, 0, 0x10 if hidden else 0) + bytes(5))


def workbook(sheet: bytes, shown: str = "0.0%") -> bytes:
    """Return a binary workbook of one sheet, the style 1 of which is shown in the format `shown`."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    styles = (
        record(278)
        + record(615, struct.pack("<I", 1))
        + record(44, struct.pack("<H", 164) + text(shown))
        + record(616)
        + record(617, struct.pack("<I", 2))
        + b"".join(record(47, struct.pack("<HH", 0, kind) + bytes(12)) for kind in (0, 164))
        + record(618)
        + record(279)
    )
    listed = struct.pack("<II", 0, 1) + text("rId1") + text("a")
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"/>'.encode(),
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"/>'.encode(),
        "xl/workbook.bin": record(131) + record(143) + record(156, listed) + record(144) + record(132),
        "xl/_rels/workbook.bin.rels": (
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
            f'Type="{office}/worksheet" Target="worksheets/sheet1.bin"/></Relationships>'
        ).encode(),
        "xl/styles.bin": styles,
        "xl/worksheets/sheet1.bin": record(129) + sheet + record(130),
    }
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def sheet_of(*, last_row: int = 2) -> bytes:
    size = struct.pack("<4I", 0, last_row, 0, 2)
    cells = (
        row(0)
        + cell(0, 0, 6, text("unit"))
        + cell(1, 0, 6, text("r"))
        + row(1)
        + cell(0, 0, 6, text("A"))
        + cell(1, 1, 5, struct.pack("<d", 0.061))
        + cell(2, 0, 3, b"\x2a")
        + row(last_row, hidden=True)
        + cell(0, 0, 6, text("B"))
        + cell(1, 0, 5, struct.pack("<d", 6.5))
    )
    return record(148, size) + record(145) + cells + record(146)


def read(content: bytes) -> tuple[list[tuple[str | None, ...]], list[str]]:
    collector = Collector()
    sheets = read_workbook(content, file="a.xlsb", collector=collector)
    return [row for sheet in sheets for row in sheet.cells.rows()], gathered(collector)


def test_per_cent_errors_and_hidden_rows_of_a_binary_workbook_are_read_as_they_are_shown() -> None:
    assert read(workbook(sheet_of())) == (
        [("unit", "r", None), ("A", "6.1%", "#N/A"), ("B", "6.5", None)],
        ["QH353 a.xlsb!a"],
    )


def test_a_far_corner_of_a_binary_workbook_is_not_laid_out() -> None:
    far = sheet_of(last_row=0xFFFFFFF0)

    assert read(workbook(far)) == ([], ["QH310 a.xlsb"])


@pytest.mark.parametrize("end", range(0, 400, 7))
def test_a_binary_sheet_that_is_cut_off_is_read_or_told(end: int) -> None:
    cells, found = read(workbook(sheet_of()[:end]))

    assert cells or found


def test_a_number_of_a_binary_workbook_that_is_shown_divided_is_told() -> None:
    cells, found = read(workbook(sheet_of(), shown="0!.0,"))

    assert cells[1] == ("A", "0.061", "#N/A")
    assert found == ["QH353 a.xlsb!a", "QH378 a.xlsb!a"]
