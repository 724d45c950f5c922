from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from tests.data.books import FILES, GDP, Rows, sheet_of, told, workbook, write_book

from quanheng.data.load import load

Figure = tuple[str, str, str, float | None, str]


def figures(book: Path) -> dict[str, Figure]:
    """Return the figures of the book by the places they were read from."""
    rows = load(book).observations.rows(named=True)
    return {
        "!".join(part for part in (row["file"], row["sheet"], row["cell"]) if part): (
            row["item"],
            row["unit"],
            row["period"],
            row["value"],
            row["state"],
        )
        for row in rows
    }


def with_data(tmp_path: Path, text: str) -> Path:
    return write_book(tmp_path, {"data/more.csv": text})


def test_both_forms_are_read_with_their_places(tmp_path: Path) -> None:
    found = figures(write_book(tmp_path))

    assert found["data/gdp.csv!4:gdp"] == ("gdp", "T1", "2023-Q4", 90.0, "value")
    assert found["data/gdp.csv!5:gdp_growth"] == ("gdp_growth", "T2", "2022-Q4", None, "not_applicable")
    assert found["data/opened.csv!4:数值"] == ("opened", "P1", "2023", None, "not_applicable")
    assert len(found) == 2 * 7 + 3


def test_per_cent_is_as_the_item_is_measured(tmp_path: Path) -> None:
    text = "unit,period,gdp,gdp_growth\nT2,2023-Q4,6.1%,６．１％\n"
    found = figures(write_book(tmp_path, {"data/gdp.csv": text}))

    assert found["data/gdp.csv!2:gdp"][3] == 6.1 / 100
    assert found["data/gdp.csv!2:gdp_growth"][3] == 6.1


@pytest.mark.parametrize("written", ["5.8", "1.1", "0.7", "33.3", "-5.8", "105.3"])
def test_a_per_cent_is_the_decimal_it_is_on_paper(written: str, tmp_path: Path) -> None:
    # 5.8 / 100 is 0.057999999999999996 in binary
    text = f"unit,period,gdp,gdp_growth\nT2,2023-Q4,{written}%,1\n"
    found = figures(write_book(tmp_path, {"data/gdp.csv": text}))

    assert found["data/gdp.csv!2:gdp"][3] == float(Decimal(written) / 100)


def test_dates_are_days_since_1970_and_take_the_year_of_their_period(tmp_path: Path) -> None:
    found = figures(with_data(tmp_path, "unit,period,opened\nT1,2022,3月18日\nT2,2022,44638\n"))

    days = float((dt.date(2022, 3, 18) - dt.date(1970, 1, 1)).days)
    assert found["data/more.csv!2:opened"][3] == days
    assert found["data/more.csv!3:opened"][3] == days


def test_without_periods_figures_are_of_the_round(tmp_path: Path) -> None:
    found = figures(with_data(tmp_path, "unit,gdp\nT1,95\n"))

    assert found["data/more.csv!2:gdp"] == ("gdp", "T1", "2023", 95.0, "value")


def test_items_and_units_are_named_by_code_or_name(tmp_path: Path) -> None:
    found = figures(with_data(tmp_path, "单位,期间,地区生产总值（亿元）\n 乙镇 ,2023年一季度,25\n"))

    assert found["data/more.csv!2:地区生产总值（亿元）"] == ("gdp", "T2", "2023-Q1", 25.0, "value")


def test_a_measuring_unit_behind_an_item_of_the_long_form_is_understood(tmp_path: Path) -> None:
    found = figures(with_data(tmp_path, "指标,单位,期间,数值\n地区生产总值（亿元）,甲镇,2023-Q2,40\n"))

    assert found["data/more.csv!2:数值"] == ("gdp", "T1", "2023-Q2", 40.0, "value")


def test_figures_of_a_workbook_keep_sheet_and_cell(tmp_path: Path) -> None:
    rows: Rows = [[], ["单位", "期间", "GDP"], ["", "", "亿元"], ["甲镇", 2023, 95.5], ["乙镇", 2023, "/"]]
    book = write_book(tmp_path, {"data/more.xlsx": workbook({"一季度": rows, "说明": []})})

    found = figures(book)

    assert found["data/more.xlsx!一季度!C4"] == ("gdp", "T1", "2023", 95.5, "value")
    assert found["data/more.xlsx!一季度!C5"] == ("gdp", "T2", "2023", None, "not_applicable")


def test_gb18030_is_read(tmp_path: Path) -> None:
    text = "数据项,单位,期间,数值\n地区生产总值,甲镇,2023-Q2,40\n"
    book = write_book(tmp_path, {"data/more.csv": text.encode("gb18030")})

    assert figures(book)["data/more.csv!2:数值"] == ("gdp", "T1", "2023-Q2", 40.0, "value")


def test_totals_and_remarks_are_left_out_with_a_note(tmp_path: Path) -> None:
    text = "unit,period,gdp\n合计,2023-Q2,99\nT1,2023-Q2,40\n注：初步数,,\nTotal,2023-Q3,1\n"

    assert told(with_data(tmp_path, text)) == ["QH330 data/more.csv:2"]


def test_a_unit_called_total_is_a_unit(tmp_path: Path) -> None:
    units = FILES["units.csv"] + "合计,合计,towns,1,x\n"
    text = "unit,period,gdp\n合计,2023-Q4,99\n"
    book = write_book(tmp_path, {"units.csv": units, "data/more.csv": text})

    assert told(book) == []


def test_an_empty_cell_beside_a_value_says_nothing_against_it(tmp_path: Path) -> None:
    book = with_data(tmp_path, "unit,period,gdp,gdp_growth\nT1,2023-Q4,,\nT1,2023-Q2,,\n")

    found = figures(book)

    assert found["data/gdp.csv!4:gdp"][3] == 90.0
    assert "data/more.csv!2:gdp" not in found
    assert found["data/more.csv!3:gdp"] == ("gdp", "T1", "2023-Q2", None, "missing")


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        ("unit,period,gdp\nT7,2023-Q2,1\nT7,2023-Q3,1\n", ["QH401 data/more.csv!2:unit"]),
        ("unit,period,gpd\nT1,2023-Q2,1\n", ["QH368 data/more.csv!gpd"]),
        ("item,unit,value\ngpd,T1,1\ngpd,T2,1\n", ["QH402 data/more.csv!2:item"]),
        ("item,unit,value\n,T1,1\n", ["QH331 data/more.csv!2:item"]),
        ("unit,period,gdp\n,2023,1\nT1,,1\n", ["QH331 data/more.csv!2:unit", "QH331 data/more.csv!3:period"]),
        ("unit,period,gdp\nT1,soon,1\n", ["QH329 data/more.csv!2:period"]),
        ("unit,period,gdp\nT1,2023-Q2,x\n", ["QH327 data/more.csv!2:gdp"]),
        ("item,unit,period,value\nopened,T1,2022,x\n", ["QH328 data/more.csv!2:value"]),
        ("unit,land\nT1,5\n", ["QH412 data/more.csv!land"]),
        ("item,unit,value\ndue,T1,5\ndue,T2,5\n", ["QH412 data/more.csv!2:item"]),
        ("unit,period,gdp,地区生产总值\nT1,2023,95,95\n", ["QH322 data/more.csv!地区生产总值"]),
        ("unit,period,gdp（万元）\nT1,2023-Q2,40\n", ["QH418 data/more.csv!gdp（万元）"]),
        ("item,unit,period,value,valeu\ngdp,T1,2023-Q2,40,1\n", ["QH367 data/more.csv!valeu"]),
        ("unit,period,gdp,area,备注,序号\nT1,2023-Q2,40,1,x,1\n", []),
    ],
)
def test_what_is_wrong_is_told_at_its_place(text: str, findings: list[str], tmp_path: Path) -> None:
    assert told(with_data(tmp_path, text)) == findings


def test_a_name_of_two_units_is_told(tmp_path: Path) -> None:
    units = FILES["units.csv"].replace("乙镇", "甲镇")
    data = "unit,period,gdp\n甲镇,2023-Q2,40\n"
    book = write_book(tmp_path, {"units.csv": units, "data/more.csv": data, "data/opened.csv": OPENED})

    assert told(book) == ["QH409 data/more.csv!2:unit"]


OPENED = "unit,period,opened\nT1,2023,3月18日\nT2,2023,/\nP1,2023,/\n"


def test_many_findings_of_a_kind_are_counted(tmp_path: Path) -> None:
    rows = "".join(f"T1,{year}-{month:02},x\n" for year in range(2000, 2020) for month in range(1, 13))
    found = told(with_data(tmp_path, "unit,period,gdp\n" + rows))

    assert len(found) == 201
    assert found[-1] == "QH398 data/more.csv"


def test_the_same_book_as_csv_and_as_workbook_has_the_same_figures(tmp_path: Path) -> None:
    sheet = workbook({"a": sheet_of(GDP)})
    one = load(write_book(tmp_path / "one"))
    two = load(write_book(tmp_path / "two", {"data/gdp.csv": None, "data/gdp.xlsx": sheet}))

    columns = ["item", "unit", "period", "value", "state"]
    assert one.observations.select(columns).rows() == two.observations.select(columns).rows()
