from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from tests.data.books import Cell, Rows, gathered, workbook

from quanheng.data.files.spreadsheets import read_workbook
from quanheng.data.tables.cutting import cut_table
from quanheng.data.tables.headings import LONG_DATA, WIDE_DATA
from quanheng.data.tables.levels import NamesIn
from quanheng.data.tables.table import ROW, ParquetFile, Table
from quanheng.findings.collector import Collector

FORMS = (LONG_DATA, WIDE_DATA)
ITEMS = {"gdp", "growth", "地区生产总值", "增速"}


def cut(rows: Rows, merged: dict[str, str] | None = None) -> tuple[Table | None, list[str]]:
    collector = Collector()
    content = workbook({"a": rows}, merged={"a": dict(merged or {})})
    (sheet,) = read_workbook(content, file="a.xlsx", collector=collector)
    table = cut_table(sheet, FORMS, collector=collector, names=NamesIn(ITEMS))
    return table, gathered(collector)


def body(table: Table | None) -> list[tuple[object, ...]]:
    assert table is not None
    return table.body.rows()


def test_a_plain_table_is_cut_below_its_heading() -> None:
    table, found = cut([["unit", "period", "gdp"], ["T1", 2023, 5]])

    assert table is not None
    assert (table.headings, table.known, table.others) == (
        ("unit", "period", "gdp"),
        {"unit": 0, "period": 1},
        (2,),
    )
    assert body(table) == [(2, "T1", "2023", "5")]
    assert found == []


def test_titles_and_blank_rows_are_passed_over_and_rows_keep_their_numbers() -> None:
    table, _ = cut([["2023年度数据"], [], ["单位", "gdp"], [], ["T1", 5], ["", ""], ["T2", 6]])

    assert body(table) == [(5, "T1", "5"), (7, "T2", "6")]


def test_a_row_of_measuring_units_is_not_a_row_of_figures() -> None:
    table, _ = cut([["单位", "期间", "gdp", "growth"], ["计量单位", "", "亿元", "%"], ["T1", 2023, 5, 6]])

    assert table is not None
    assert table.measured == {2: "亿元", 3: "%"}
    assert body(table) == [(3, "T1", "2023", "5", "6")]


def test_a_merged_heading_of_two_rows_is_understood_by_its_lowest_names() -> None:
    rows: Rows = [["单位", "期间", "经济", ""], ["", "", "gdp", "growth"], ["T1", 2023, 5, 6]]

    table, found = cut(rows, {"A1:A2": "单位", "B1:B2": "期间", "C1:D1": "经济"})

    assert table is not None
    assert (table.headings, found) == (("单位", "期间", "gdp", "growth"), [])
    assert body(table) == [(3, "T1", "2023", "5", "6")]


def test_a_merged_heading_may_stand_over_names_and_measuring_units() -> None:
    rows: Rows = [["单位", "经济", ""], ["", "gdp", "growth"], ["", "亿元", "%"], ["T1", 5, 6]]

    table, _ = cut(rows, {"A1:A3": "单位", "B1:C1": "经济"})

    assert table is not None
    assert (table.headings, table.measured) == (("单位", "gdp", "growth"), {1: "亿元", 2: "%"})


def test_a_measuring_unit_below_a_heading_is_told_from_a_name() -> None:
    table, _ = cut([["单位", "gdp"], ["", "亿元"], ["T1", 5]], {"A1:A2": "单位"})

    assert table is not None
    assert (table.headings, table.measured) == (("单位", "gdp"), {1: "亿元"})


def test_a_heading_of_two_rows_without_merged_cells_is_understood_where_it_names_items() -> None:
    table, _ = cut([["单位", "期间", "经济", ""], ["", "", "gdp", "growth"], ["T1", 2023, 5, 6]])

    assert table is not None
    assert table.headings == ("单位", "期间", "gdp", "growth")


def test_a_heading_merged_over_columns_with_no_names_below_is_unclear() -> None:
    table, found = cut([["unit", "gdp", ""], ["T1", 5, 6]], {"B1:C1": "gdp"})

    assert (table, found) == (None, ["QH321 a.xlsx!a:1"])


def test_a_unit_merged_over_its_rows_is_filled_in() -> None:
    rows: Rows = [["unit", "period", "gdp"], ["T1", "2022", 5], ["", "2023", 6], ["T2", "2023", 7]]

    table, _ = cut(rows, {"A2:A3": "T1"})

    assert body(table) == [(2, "T1", "2022", "5"), (3, "T1", "2023", "6"), (4, "T2", "2023", "7")]


@pytest.mark.parametrize("cells", ["C2:C3", "C2:D2"])
def test_a_merged_value_is_told(cells: str) -> None:
    rows: Rows = [["unit", "period", "gdp", "growth"], ["T1", 2022, 5, 5], ["T2", 2022, 5, 5]]

    _, found = cut(rows, {cells: "5"})

    assert found == [f"QH325 a.xlsx!a!{cells}"]


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        (["合计", None, 11], "A4:B4"),
        (["一、工业类"], "A4:C4"),
        (["审核人：李某  填表人：张某"], "A4:C4"),
        (["注：初步数"], "A4:C5"),
        (["审核人：李某", None, "2023年7月5日"], "A4:B4"),
    ],
)
def test_merged_rows_of_no_unit_are_no_values(row: list[Cell], cells: str) -> None:
    rows: Rows = [["序号", "unit", "gdp"], [1, "T1", 5], [2, "T2", 6], row, [None, None, None]]

    _, found = cut(rows, {cells: str(row[0])})

    assert found == []


@pytest.mark.parametrize(
    ("row", "cells"), [([7], "A4:B4"), (["暂无", None, 7], "A4:B4"), ([3, "T3", "暂无"], "C4:D4")]
)
def test_other_merged_cells_are_values_of_nobody(row: list[Cell], cells: str) -> None:
    rows: Rows = [["序号", "unit", "gdp", "growth"], [1, "T1", 5, 5], [2, "T2", 6, 6], row]

    _, found = cut(rows, {cells: str(row[0] if cells.startswith("A") else row[2])})

    assert found == [f"QH325 a.xlsx!a!{cells}"]


def test_merged_remarks_and_footers_are_nobodys_business() -> None:
    rows: Rows = [
        ["item", "unit", "value", "note"],
        ["gdp", "T1", 5, ""],
        ["gdp", "T2", 6, ""],
        ["注：初步数"],
    ]

    _, found = cut(rows, {"D2:D3": "revised", "A4:D4": "注：初步数"})

    assert found == []


def test_a_cell_beyond_the_headings_is_told() -> None:
    table, found = cut([["unit", "gdp"], ["T1", 5], ["T2", 6, 7]])

    assert table is not None
    assert found == ["QH324 a.xlsx!a:3"]


def test_a_sheet_without_a_heading_is_told() -> None:
    assert cut([["a", "b"], [1, 2]]) == (None, ["QH320 a.xlsx!a"])


def test_the_long_form_goes_before_the_wide_one() -> None:
    table, _ = cut([["item", "unit", "period", "value"], ["gdp", "T1", 2023, 5]])

    assert table is not None
    assert table.has("value")


def parquet(frame: pl.DataFrame, folder: Path) -> ParquetFile:
    path = folder / "a.parquet"
    frame.write_parquet(path)
    return ParquetFile(
        file="data/a.parquet", path=path, schema=dict(frame.schema), rows=frame.height, most=10**9
    )


def test_a_parquet_file_keeps_its_types_and_counts_rows_from_one(tmp_path: Path) -> None:
    raw = parquet(pl.DataFrame({"unit": ["T1"], "gdp": [5.5]}), tmp_path)

    table = cut_table(raw, FORMS, collector=Collector())

    assert table is not None
    assert table.body.rows() == [(1, "T1", 5.5)]
    assert table.body.schema == {ROW: pl.UInt32, "0": pl.String, "1": pl.Float64}


@pytest.mark.parametrize(
    ("frame", "finding"),
    [
        (pl.DataFrame({"a": [1]}), "QH320 data/a.parquet"),
        (pl.DataFrame({"unit": ["T1"], "gdp": [[1, 2]]}), "QH334 data/a.parquet"),
        (pl.DataFrame({"unit": [b"T1"], "gdp": [1]}), "QH334 data/a.parquet"),
    ],
)
def test_a_parquet_file_that_is_no_table_is_told(frame: pl.DataFrame, finding: str, tmp_path: Path) -> None:
    collector = Collector()

    assert cut_table(parquet(frame, tmp_path), FORMS, collector=collector) is None
    assert gathered(collector) == [finding]


def test_a_parquet_file_that_breaks_off_is_told(tmp_path: Path) -> None:
    raw = parquet(pl.DataFrame({"unit": ["T1"] * 999, "gdp": range(999)}), tmp_path)
    raw.path.write_bytes(raw.path.read_bytes()[:200])
    collector = Collector()

    assert cut_table(raw, FORMS, collector=collector) is None
    assert gathered(collector) == ["QH313 data/a.parquet"]
