"""Workbooks as some programs write them: with formulas that have no value, without cell references."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Sequence

import xlsxwriter

SHEET = "xl/worksheets/sheet1.xml"
NA = "#N/A"


def rates(change: Callable[[str], str] = str) -> bytes:
    """Return a sheet of rates shown as per cent, with an error in C4; `change` alters its XML."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet, shape = book.add_worksheet(), book.add_format({"num_format": "0.0%"})
        sheet.write_row(0, 0, ("unit", "r", "v"))
        rows: Sequence[tuple[str, float, float | None]] = (
            ("A", 0.061, 1),
            ("B", 0.055, 2),
            ("C", 0.058, None),
        )
        for number, (unit, rate, value) in enumerate(rows, start=1):
            sheet.write(number, 0, unit)
            sheet.write(number, 1, rate, shape)
            if value is not None:
                sheet.write(number, 2, value)
        sheet.write_formula(3, 2, "=NA()", None, NA)
    return changed(content.getvalue(), change)


def never_computed() -> bytes:
    """Return a sheet whose B2 holds a formula that no spreadsheet has computed."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate((("unit", "v", "w"), ("A", None, 1), ("B", 2, 2), ("C", 4, 3))):
            sheet.write_row(number, 0, row)
        sheet.write_formula(1, 1, "=1+2")
    return changed(content.getvalue(), lambda xml: xml.replace("<f>1+2</f><v>0</v>", "<f>1+2</f><v/>"))


def changed(workbook: bytes, change: Callable[[str], str]) -> bytes:
    """Return `workbook` with the XML of its first sheet changed."""
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(content, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data.decode()).encode() if name == SHEET else data)
    return content.getvalue()


def in_another_order(xml: str) -> str:
    """Return the cells of a sheet with the attributes in another order."""
    return re.sub(r'<c (r="[A-Z]+\d+") ([^>]+?)(/?)>', r"<c \2 \1\3>", xml)


def without_references(xml: str) -> str:
    """Return the cells of a sheet without saying where each is."""
    return re.sub(r'<c r="[A-Z]+\d+"', "<c", xml)
