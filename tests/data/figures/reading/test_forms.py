"""The forms a table of figures may have, each with its figures counted by hand."""

from __future__ import annotations

import pytest
from tests.data.books import gathered
from tests.data.registers import register, scheme

from quanheng.data.figures.observations import read_observations
from quanheng.data.files.delimited import read_csv
from quanheng.data.tables.table import Sheet
from quanheng.findings.collector import Collector
from quanheng.periods.period import Period

SCHEME = """\
quanheng: 1
id: t
title: t
round: 2023
items:
  v: {name: 产值, measured_in: 亿元}
  v_growth: {name: 产值增速, measured_in: '%', kind: rate}
  n: {name: 件数, kind: flow, every: month, measured_in: 件}
indicators:
  a: {weight: 50, measure: v, rule: percentile}
  b: {weight: 20, measure: v_growth, rule: percentile}
  c: {weight: 30, measure: n, rule: percentile}
"""
ONE_ITEM = """\
quanheng: 1
id: t
title: t
round: 2023
items: {x: {}}
indicators: {a: {weight: 100, measure: x, rule: percentile}}
"""
UNITS = "unit,name\nA,东港镇\nB,西柳镇\n"
Found = tuple[set[tuple[str, str, str, float | None]], list[str]]


def read(
    text: str, *, file: str = "data/f.csv", sheet: str | None = None, of: str = SCHEME, units: str = UNITS
) -> Found:
    raw = read_csv(text.encode(), file=file, collector=Collector())
    assert raw is not None
    own, collector = register(of=scheme(of), units=units), Collector()
    figures = read_observations((Sheet(file=file, sheet=sheet, cells=raw.cells),), own, collector=collector)
    found = {
        (
            own.item(row["item"]).code,
            own.units["unit"][row["unit"]],
            str(Period.numbered(row["period"])),
            row["value"],
        )
        for row in figures.frame.rows(named=True)
    }
    return found, gathered(collector)


def test_years_across_are_of_the_only_item() -> None:
    found, findings = read("unit,2022,2023\nA,10,11\nB,12,13\n", of=ONE_ITEM)

    assert found == {
        ("x", "A", "2022", 10.0),
        ("x", "A", "2023", 11.0),
        ("x", "B", "2022", 12.0),
        ("x", "B", "2023", 13.0),
    }
    assert findings == ["QH392 data/f.csv!2022"]


@pytest.mark.parametrize(
    ("title", "file", "sheet"),
    [
        ("", "data/产值.csv", None),
        ("", "data/v_2022-2023.csv", None),
        ("", "data/f.xlsx", "产值"),
        ("各镇产值（2022-2023年）", "data/f.csv", None),
        ("各镇产值", "data/产值.csv", None),
    ],
)
def test_file_sheet_or_title_name_the_item_of_years_across(title: str, file: str, sheet: str | None) -> None:
    found, findings = read(f"{title},,\n单位,2022年,2023年\n东港镇,10,11\n", file=file, sheet=sheet)

    assert found == {("v", "A", "2022", 10.0), ("v", "A", "2023", 11.0)}
    assert [one.split()[0] for one in findings] == ["QH392"]


@pytest.mark.parametrize(
    ("title", "file"),
    [("", "data/f.csv"), ("各镇产值和件数", "data/f.csv"), ("各镇件数", "data/产值.csv")],
)
def test_years_across_of_an_unclear_item_are_an_error(title: str, file: str) -> None:
    found, findings = read(f"{title},,\n单位,2022年,2023年\n东港镇,10,11\n", file=file)

    assert found == set()
    assert [one.split()[0] for one in findings] == ["QH393"]


def test_a_column_names_the_items_of_months_across() -> None:
    found, findings = read("单位,指标,计量单位,1月,2月\n东港镇,件数,件,3,4\n西柳镇,产值,万元,5,/\n")

    assert found == {
        ("n", "A", "2023-01", 3.0),
        ("n", "A", "2023-02", 4.0),
        ("v", "B", "2023-01", 5.0),
        ("v", "B", "2023-02", None),
    }
    assert findings == ["QH418 data/f.csv!3:指标", "QH374 data/f.csv!3:2月"]


def test_months_across_are_of_the_year_around_them_or_of_the_row() -> None:
    around, _ = read("2022年各镇件数,,\n单位,1月,1-2月\n东港镇,3,4\n")
    in_rows, _ = read("件数,,\n单位,年份,1月\n东港镇,2021,3\n东港镇,2022,4\n")

    assert around == {("n", "A", "2022-01", 3.0), ("n", "A", "2022-02", 4.0)}
    assert in_rows == {("n", "A", "2021-01", 3.0), ("n", "A", "2022-01", 4.0)}


def test_a_heading_of_another_year_than_the_row_is_told() -> None:
    found, findings = read("件数,,\n单位,年份,2023年1月\n东港镇,2022,3\n东港镇,2023,4\n")

    assert found == {("n", "A", "2023-01", 4.0)}
    assert "QH383 data/f.csv!2023年1月" in findings


def test_months_across_of_years_that_contradict_are_an_error() -> None:
    assert read("2022年各镇件数,\n单位,1月\n东港镇,3\n", file="data/2023年.csv") == (
        set(),
        ["QH383 data/2023年.csv:1"],
    )


def test_a_period_stands_beside_an_item_in_its_heading() -> None:
    found, findings = read("单位,产值（2022年，亿元）,产值（2023年，万元）,2021年产值\n东港镇,1,2,3\n")

    assert found == {("v", "A", "2022", 1.0), ("v", "A", "2023", 2.0), ("v", "A", "2021", 3.0)}
    assert findings == ["QH418 data/f.csv!产值（2023年，万元）"]


def test_a_period_stands_beside_an_item_in_a_row() -> None:
    found, findings = read("指标,单位,数值\n产值（2022年）,东港镇,1\n产值,东港镇,2\n")

    assert found == {("v", "A", "2022", 1.0), ("v", "A", "2023", 2.0)}
    assert findings == []


def test_turned_tables_have_their_items_in_rows() -> None:
    text = "2023年各镇指标,,,,\n指标,计量单位,东港镇,西柳镇,合计\n产值,亿元,1,2,3\n产值增速,%,6.1,5.8%,\n"
    text += "件数,万件,7,/,\n"
    found, findings = read(text)

    assert found == {
        ("v", "A", "2023", 1.0),
        ("v", "B", "2023", 2.0),
        ("v_growth", "A", "2023", 6.1),
        ("v_growth", "B", "2023", 5.8),
        ("n", "A", "2023", 7.0),
        ("n", "B", "2023", None),
    }
    assert findings == ["QH394 data/f.csv!东港镇", "QH418 data/f.csv!5:指标", "QH374 data/f.csv!5:西柳镇"]


def test_strangers_among_the_units_of_a_turned_table_are_told() -> None:
    found, findings = read("2023年,,,\n指标,东港镇,西柳镇,南岭镇\n产值,1,2,3\n产之,1,2,3\n")

    assert found == {("v", "A", "2023", 1.0), ("v", "B", "2023", 2.0)}
    assert findings == ["QH394 data/f.csv!东港镇", "QH401 data/f.csv!南岭镇", "QH381 data/f.csv!4:指标"]


@pytest.mark.parametrize("corner", ["指标", "Indicator", "Indicator Name", "Variable", "Country", "单位"])
def test_units_across_make_a_turned_table_whatever_its_corner_says(corner: str) -> None:
    found, findings = read(f"{corner},A,B\n产值,1,2\n")

    assert found == {("v", "A", "2023", 1.0), ("v", "B", "2023", 2.0)}
    assert findings == ["QH394 data/f.csv!A"]


def test_a_unit_whose_code_is_a_month_is_no_month() -> None:
    # MAR is Morocco, and the only item would else be read as of March
    found, findings = read("Indicator,MAR,DEC\nx,1,2\n", of=ONE_ITEM, units="unit,name\nMAR,\nDEC,\n")

    assert found == {("x", "MAR", "2023", 1.0), ("x", "DEC", "2023", 2.0)}
    assert findings == ["QH394 data/f.csv!MAR"]


@pytest.mark.parametrize(
    ("row", "findings"),
    [
        ("Factor 1: Open Government,7,8\n", ["QH381 data/f.csv!3:指标"]),
        ("片区,东部,西部\n", ["QH381 data/f.csv!3:指标"]),
        ("排名,1,2\n名次差,1,2\n", ["QH381 data/f.csv!3:指标"]),
        # one that may be an item is an error, as ever
        ("产值增谏,7,8\n", ["QH402 data/f.csv!3:指标"]),
        ("产值增数,7,8\n", ["QH402 data/f.csv!3:指标"]),
    ],
)
def test_rows_that_are_no_item_of_a_turned_table_are_passed_over(row: str, findings: list[str]) -> None:
    found, told = read(f"指标,A,B\n产值,1,2\n{row}")

    assert found == {("v", "A", "2023", 1.0), ("v", "B", "2023", 2.0)}
    assert told == ["QH394 data/f.csv!A", *findings]


def test_rows_passed_over_are_silent_where_the_scheme_ignores_them() -> None:
    own = SCHEME + "ignore: [Region]\n"

    assert read("指标,A,B\nRegion,x,y\n产值,1,2\n", of=own)[1] == ["QH394 data/f.csv!A"]


def test_a_sheet_may_be_that_of_one_unit_with_periods_across() -> None:
    found, findings = read("指标,1月,2月\n件数,3,4\n", file="data/f.xlsx", sheet="东港镇")

    assert found == {("n", "A", "2023-01", 3.0), ("n", "A", "2023-02", 4.0)}
    assert findings == ["QH396 data/f.xlsx!东港镇!B"]


def test_items_without_units_are_no_table() -> None:
    assert read("指标,说明\n产值,全口径\n") == (set(), ["QH320 data/f.csv"])


@pytest.mark.parametrize(
    ("heading", "findings", "count"),
    [
        ("产值（位次）", ["QH389 data/f.csv!产值（位次）"], 0),
        ("产值（目标）", ["QH389 data/f.csv!产值（目标）"], 0),
        ("产值 (rank)", ["QH389 data/f.csv!产值 (rank)"], 0),
        ("产值（增速）", [], 1),
        ("产值（规上）", ["QH390 data/f.csv!产值（规上）"], 1),
        ("产值（亿元）", [], 1),
        ("产值（万元）", ["QH418 data/f.csv!产值（万元）"], 1),
    ],
)
def test_what_stands_in_brackets_is_weighed(heading: str, findings: list[str], count: int) -> None:
    wide = read(f"单位,{heading}\n东港镇,1\n")
    long = read(f"指标,单位,数值\n{heading},东港镇,1\n")

    assert (len(wide[0]), wide[1]) == (count, findings)
    assert (len(long[0]), [one.split()[0] for one in long[1]]) == (
        count,
        [one.split()[0] for one in findings],
    )
    if heading == "产值（增速）":
        assert {one[0] for one in (*wide[0], *long[0])} == {"v_growth"}


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        ("各镇指标,\n,单位：万元\n单位,产值\n东港镇,1\n", ["QH418 data/f.csv:2"]),
        ("各镇指标（单位：万元）,\n单位,产值\n东港镇,1\n", ["QH418 data/f.csv:1"]),
        ("单位：万元,,\n单位,产值,产值增速\n东港镇,1,6\n", ["QH418 data/f.csv:1"]),
        ("单位：万元、%,,\n单位,产值,产值增速\n东港镇,1,6\n", ["QH418 data/f.csv:1"]),
        ("单位：亿元,,\n单位,产值,产值增速\n东港镇,1,6\n", []),
        ("单位：万元,\n单位,产值（亿元）\n东港镇,1\n", []),
        ("单位：人,\n单位,产值\n东港镇,1\n", ["QH418 data/f.csv:1"]),
        ("填报单位：统计局,\n单位,产值\n东港镇,1\n", []),
        ("单位,产值\n东港镇,1\n单位：万元,\n", ["QH418 data/f.csv:3", "QH330 data/f.csv:3"]),
        ("单位,产值\n,万元\n东港镇,1\n", ["QH418 data/f.csv!产值"]),
        ("单位：万元,,\n指标,单位,数值\n产值,东港镇,1\n", ["QH418 data/f.csv:1"]),
        ("指标,单位,计量单位,数值\n产值,东港镇,万元,1\n", ["QH418 data/f.csv!2:指标"]),
        ("指标,单位,数值\n产值（万元）,东港镇,1\n", ["QH418 data/f.csv!2:指标"]),
    ],
)
def test_another_measuring_unit_around_a_table_is_told(text: str, findings: list[str]) -> None:
    assert read(text)[1] == findings
