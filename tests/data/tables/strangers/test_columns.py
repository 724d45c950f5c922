from __future__ import annotations

from pathlib import Path

import pytest
from tests.data.books import SCHEME, Rows, told, workbook, write_book

from quanheng.data.load import load

DATA = "unit,period,gdp,{}\nT1,2023-Q2,40,7\n"


def with_column(folder: Path, heading: str, stated: str = "") -> list[str]:
    return told(write_book(folder, {"data/more.csv": DATA.format(heading), "scheme.yaml": SCHEME + stated}))


def test_a_column_that_is_no_item_is_passed_over_with_a_note(tmp_path: Path) -> None:
    assert with_column(tmp_path, "region") == ["QH367 data/more.csv!region"]


@pytest.mark.parametrize("heading", ["gdp_grwth", "地区生产总值增素", "规上地区生产总值增速"])
def test_a_column_that_resembles_an_item_is_a_warning(heading: str, tmp_path: Path) -> None:
    assert with_column(tmp_path, heading) == [f"QH368 data/more.csv!{heading}"]


def test_a_column_that_resembles_an_item_of_the_table_is_a_note(tmp_path: Path) -> None:
    assert with_column(tmp_path, "gdp2") == ["QH367 data/more.csv!gdp2"]


@pytest.mark.parametrize("heading", ["area", "leader", "备注", "序号", "country", "乡镇"])
def test_what_nobody_misses_is_silent(heading: str, tmp_path: Path) -> None:
    assert with_column(tmp_path, heading) == []


@pytest.mark.parametrize(
    "stated", ["ignore: [region]\n", "ignore: Region\n", "files: {more.csv: {ignore: 'region'}}\n"]
)
def test_ignored_headings_are_silent(stated: str, tmp_path: Path) -> None:
    assert with_column(tmp_path, "region", stated) == []


def test_many_columns_are_one_note(tmp_path: Path) -> None:
    text = "unit,period,gdp,a1,b2,c3\nT1,2023-Q2,40,7,7,7\n"

    assert told(write_book(tmp_path, {"data/more.csv": text})) == ["QH367 data/more.csv!a1"]


def test_a_table_without_any_item_is_one_warning(tmp_path: Path) -> None:
    text = "名称,用途\n某表,说明\n另表,说明\n"

    assert told(write_book(tmp_path, {"data/more.csv": text})) == ["QH377 data/more.csv!用途"]


def test_repeated_headings_that_name_nothing_are_passed_over(tmp_path: Path) -> None:
    rows: Rows = [["unit", "period", "gdp", "备注", "备注"], ["T1", "2023-Q2", 40, "a", "b"]]
    book = write_book(tmp_path, {"data/more.xlsx": workbook({"a": rows})})

    assert told(book) == ["QH366 data/more.xlsx!a:1"]
    assert load(book).observations.rows()


def test_repeated_headings_of_an_item_are_an_error(tmp_path: Path) -> None:
    rows: Rows = [["unit", "period", "gdp", "gdp"], ["T1", "2023-Q2", 40, 41]]
    book = write_book(tmp_path, {"data/more.xlsx": workbook({"a": rows})})

    assert told(book) == ["QH322 data/more.xlsx!a:1"]


@pytest.mark.parametrize(
    "heading", ["FIPS", "ISO3", "country", "Name", "code", "乡镇", "镇街", "企业名称", "单位名称", "地区"]
)
def test_units_stand_under_many_headings(heading: str, tmp_path: Path) -> None:
    book = write_book(tmp_path, {"data/more.csv": f"{heading},period,gdp\nT1,2023-Q2,40\n"})

    assert told(book) == []
    assert ("gdp", "T1", "2023-Q2", 40.0) in load(book).observations.select(
        "item", "unit", "period", "value"
    ).rows()


def test_the_scheme_names_the_heading_of_units(tmp_path: Path) -> None:
    files = {
        "data/more.csv": "主体,name,period,gdp\nT1,x,2023-Q2,40\n",
        "scheme.yaml": SCHEME + "unit_heading: 主体\n",
    }

    assert told(write_book(tmp_path, files)) == []


def test_a_sheet_with_the_heading_that_the_scheme_names_is_read_beside_others(tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {
        "a": [["主体", "period", "gdp"], ["T1", "2023-Q2", 40]],
        "b": [["unit", "period", "gdp"], ["T2", "2023-Q2", 41]],
    }
    files: dict[str, str | bytes] = {
        "data/more.xlsx": workbook(sheets),
        "scheme.yaml": SCHEME + "unit_heading: 主体\n",
    }

    assert told(write_book(tmp_path, files)) == []


ALIASES = "unit,name,group,area,leader,alias\nT1,甲镇,towns,1,x,甲镇人民政府；老甲镇\n"


@pytest.mark.parametrize("written", ["甲镇人民政府", "老甲镇", "老 甲镇"])
def test_a_unit_is_found_by_its_aliases(written: str, tmp_path: Path) -> None:
    units = ALIASES + "T2,乙镇,towns,2,y,\nP1,丙园区,parks,3,z,\n"
    data = f"unit,period,gdp\n{written},2023-Q2,40\n"

    assert told(write_book(tmp_path, {"units.csv": units, "data/more.csv": data})) == []


@pytest.mark.parametrize("alias", ["甲镇", "T1", "老甲镇", "t1"])
def test_an_alias_of_two_units_is_an_error(alias: str, tmp_path: Path) -> None:
    units = f"{ALIASES}T2,乙镇,towns,2,y,{alias}\nP1,丙园区,parks,3,z,\n"

    assert "QH376 units.csv:3" in told(write_book(tmp_path, {"units.csv": units}))
