"""A text that looks like a formula stays a text, in merged cells and in the folder a workbook becomes."""

from __future__ import annotations

import zipfile
from pathlib import Path

import polars as pl

from quanheng.data.cells.addresses import Merge
from quanheng.data.conversion.bind_workbook import bind_leaf
from quanheng.data.conversion.lay_folder import lay_folder
from quanheng.data.conversion.leaves import Leaf

CELLS = pl.DataFrame({"0": ['=WEBSERVICE("http://x")', "A"], "1": [None, "1"]})


def test_a_merged_cell_holds_no_formula(tmp_path: Path) -> None:
    merge = Merge(top=0, left=0, bottom=0, right=1)
    bind_leaf(Leaf(part="data", name="x", cells=CELLS, merged=(merge,)), tmp_path / "x.xlsx")

    with zipfile.ZipFile(tmp_path / "x.xlsx") as archive:
        sheet, texts = (archive.read(f"xl/{part}") for part in ("worksheets/sheet1.xml", "sharedStrings.xml"))
    assert b"<f>" not in sheet
    assert b"=WEBSERVICE(" in texts


def test_a_table_with_such_a_text_becomes_a_workbook(tmp_path: Path) -> None:
    lay_folder("", [Leaf(part="data", name="x", cells=CELLS)], tmp_path)

    assert [path.name for path in (tmp_path / "data").iterdir()] == ["x.xlsx"]
