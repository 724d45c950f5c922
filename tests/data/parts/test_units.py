from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from tests.data.books import SCHEME, UNITS, gathered
from tests.data.registers import csv, scheme

from quanheng.data.parts.units import check_units, read_units
from quanheng.findings.collector import Collector

ONE_GROUP = """\
quanheng: 1
id: one
title: one
round: 2023
items: {gdp: GDP}
indicators: {output: {measure: gdp, weight: 100, rule: percentile}}
"""


def read(text: str, scheme_text: str = SCHEME) -> tuple[pl.DataFrame, list[str]]:
    collector = Collector()
    units = read_units(csv(text), scheme(scheme_text), collector=collector)
    return units, gathered(collector)


def test_units_have_codes_names_groups_and_attributes() -> None:
    units, found = read(UNITS)

    assert units.rows()[0] == ("T1", "甲镇", "towns", 10.5, "赵")
    assert units.schema == {
        "unit": pl.String,
        "name": pl.String,
        "group": pl.String,
        "area": pl.Float64,
        "leader": pl.String,
    }
    assert found == []


def test_chinese_headings_and_names_of_groups_are_understood() -> None:
    units, found = read("单位,分组,area\n甲镇,镇,1\n丙园区,园区,2\n")

    assert units.select("unit", "name", "group").rows() == [
        ("甲镇", "甲镇", "towns"),
        ("丙园区", "丙园区", "parks"),
    ]
    assert found == []


def test_with_one_group_nobody_need_name_it() -> None:
    assert read("unit\nA\nB\n", ONE_GROUP)[0]["group"].to_list() == ["all", "all"]
    assert read("unit,group\nA,\nB,all\n", ONE_GROUP)[0]["group"].to_list() == ["all", "all"]


def test_attributes_are_typed_by_what_they_hold() -> None:
    text = "unit,share,since,code,mixed,note\nA,5%,2020-01-01,007,1,x\nB,/,,010,two,y\n"

    units, _ = read(text, ONE_GROUP)

    assert units.drop("unit", "name", "group").rows() == [
        (0.05, dt.date(2020, 1, 1), "007", "1"),
        (None, None, "010", "two"),
    ]


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        ("unit,name,group\n,甲,towns\n", ["QH331 a.csv!2:unit"]),
        ("unit,name,group\n*,甲,towns\n", ["QH431 a.csv!2:unit"]),
        ("unit,name,group\nA,甲,towns\nA,乙,parks\n", ["QH408 a.csv!3:unit"]),
        (f"unit,name,group\n{'x' * 201},甲,towns\n", ["QH332 a.csv!2:unit"]),
        ("unit,name,group\nA,甲,twons\n", ["QH403 a.csv!2:group"]),
        ("unit,name,group\nA,甲,\n", ["QH331 a.csv!2:group"]),
        ("unit,name\nA,甲\n", ["QH320 a.csv"]),
        ("unit,group,area\nA,towns,wide\n", ["QH327 a.csv!2:area"]),
        ("a,b\n1,2\n", ["QH320 a.csv"]),
    ],
)
def test_what_is_wrong_is_told_at_its_place(text: str, findings: list[str]) -> None:
    assert read(text)[1] == findings


def test_the_place_of_the_first_unit_is_named_beside_the_second() -> None:
    collector = Collector()
    read_units(csv("unit,group\nA,towns\nB,towns\nA,towns\n"), scheme(), collector=collector)

    (finding,) = collector.findings()
    assert "also at a.csv:2" in finding.message("en")


def test_what_the_scheme_says_of_units_must_be_there() -> None:
    text = SCHEME.replace(
        "growth: {name: 增长, weight: 20, measure: gdp_growth}",
        "growth: {weight: 20, measure: gdp_growth, rule: {scale: {worst: 0, best: {unit: T9}}},"
        " gaps: {missing: {fill: mean, within: zone, at: points}}}",
    )
    collector = Collector()
    units, _ = read("unit,name,group\nT1,甲镇,towns\n", text)
    check_units(units, scheme(text), collector=collector)

    assert gathered(collector) == [
        "QH407 scheme.yaml:10",
        "QH407 scheme.yaml:16",
        "QH401 scheme.yaml:16",
        "QH429 scheme.yaml:5",
    ]


def test_totals_signatures_and_remarks_below_the_units_are_left_out_with_one_note() -> None:
    foot = "合计,,,33.5,\n审核人：张三,,,,\n填报日期：2023年3月1日,,,,\n"

    units, found = read(UNITS + foot)

    assert units["unit"].to_list() == ["T1", "T2", "P1"]
    assert found == ["QH330 a.csv:5"]


@pytest.mark.parametrize(
    "line", ["合计,3", "全区合计,3", ",合计", "Total,3", "审核人：张三,", ",填表人：李四"]
)
def test_each_line_of_a_foot_is_known(line: str) -> None:
    units, found = read(f"unit,name\nA,甲\nB,乙\n{line}\n", ONE_GROUP)

    assert units["unit"].to_list() == ["A", "B"]
    assert found == ["QH330 a.csv:4"]


@pytest.mark.parametrize("name", ["World", "全市", "平均村", "总计局", "审核中心"])
def test_what_may_be_a_unit_stays_one(name: str) -> None:
    assert read(f"unit,name\nA,甲\nB,{name}\n{name},\n", ONE_GROUP)[0].height == 3


def test_a_row_with_a_group_is_a_unit_whatever_it_is_called() -> None:
    assert read(UNITS + "SUM,合计,towns,1,\n")[0].height == 4
