"""Tables as sheets: what strangers wrote is text on them, and names of sheets hold whatever is in them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from zipfile import ZipFile

from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from quanheng.documents.blocks import Column, Document, Table
from quanheng.documents.sheet_names import SheetNames
from quanheng.documents.tables.sheets import write_sheets

HOSTILE = ("=1+1", "-2+3+cmd|' /C calc'!A0", "@SUM(A1)", "<b>x</b>", "http://x.example", "0012", "长" * 40)


def written(folder: Path, *tables: Table) -> Path:
    document = Document(title=("名单",), language="zh", date=dt.date(2024, 2, 6), blocks=tables)
    write_sheets(document, folder / "a.xlsx")
    return folder / "a.xlsx"


def test_texts_appear_as_typed(tmp_path: Path) -> None:
    table = Table(title="=x", columns=(Column(heading="+单位"),), rows=tuple((text,) for text in HOSTILE))

    file = written(tmp_path, table)

    rows = CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()
    assert rows == [[text] for text in ("=x", "+单位", *HOSTILE)]
    with ZipFile(file) as parts:
        sheet, book = (parts.read(f"xl/{name}.xml").decode() for name in ("worksheets/sheet1", "workbook"))
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    assert "<oddFooter>&amp;C第 &amp;P 页，共 &amp;N 页</oddFooter>" in sheet
    assert '_xlnm.Print_Titles" localSheetId="0">\'=x\'!$2:$2<' in book


def test_the_same_document_has_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    table = Table(title="表", columns=(Column(heading="单位"),), rows=(("甲",),))

    assert written(tmp_path, table).read_bytes() == written(tmp_path / "b", table).read_bytes()


@given(st.lists(st.text(max_size=40), max_size=12))
def test_names_of_sheets_are_taken_by_excel(texts: list[str]) -> None:
    names = SheetNames()

    found = [names.given(text) for text in texts]

    assert len({name.casefold() for name in found}) == len(texts)
    for name in found:
        assert 0 < len(name.encode("utf-16-le")) // 2 <= 31
        assert not set(name) & set("[]:*?/\\'")
        assert name.casefold() != "history"
        assert name == name.strip()
