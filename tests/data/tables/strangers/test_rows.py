from __future__ import annotations

import pytest
from tests.data.books import gathered
from tests.data.registers import csv, register

from quanheng.data.tables.cutting import cut_table
from quanheng.data.tables.headings import WIDE_DATA
from quanheng.data.tables.register import group_names
from quanheng.data.tables.strangers.rows import without_strange_rows
from quanheng.findings.collector import Collector


def left(rows: str) -> tuple[list[str | None], list[str]]:
    """Return the units of the rows that stay, and what was told."""
    own, collector = register(), Collector()
    table = cut_table(csv(f"unit,gdp,gdp_growth\n{rows}")[0], (WIDE_DATA,), collector=collector)
    assert table is not None
    table = without_strange_rows(table, own.unit_roster, groups=group_names(own), collector=collector)
    return table.texts("unit").to_list(), gathered(collector)


@pytest.mark.parametrize(
    "row",
    [
        *(
            "全区合计,9,1",
            "工业类小计,9,",
            "全区平均,9,1",
            "合 计,9,",
            "合计（亿元）,9,",
            "总计：,9,",
            "全市,9,1",
        ),
        *(
            "World,9,1",
            "OECD average,9,1",
            "Grand total,9,1",
            "Sub-total,9,",
            "Total of all towns,9,",
            "MEAN,9,",
        ),
        *("一、工业类,,", "镇,9,1", "parks,9,1", "注：初步数,,", "备注：1.来源统计局,,", "填表人：张某,,"),
        *("审核人：李某,,2023年7月5日", ",,审核人：李某", "填表日期,2023年7月5日,", ",,2023年7月5日"),
        *("单位负责人（签字）：王某,,填表：赵某", "Source: office,,see page", "Prepared by: A,,B"),
    ],
)
def test_rows_of_nobody_are_left_out_and_told(row: str) -> None:
    if row.startswith("填表日期"):
        row = "填表日期：2023年7月5日,,"

    assert left(f"T1,5,1\n{row}\n") == (["T1"], ["QH330 a.csv:3"])


def test_all_of_a_file_are_one_note() -> None:
    assert left("全区合计,9,1\nT1,5,1\n审核人：李某,,\n") == (["T1"], ["QH330 a.csv:2"])


@pytest.mark.parametrize(
    "row",
    [
        *(
            "丁镇,9,1",
            "平安镇,9,1",
            "总部园区,9,1",
            "Totality,9,1",
            "Summit,9,1",
            "Meanwood,9,1",
            "Averages Ltd,9,1",
        ),
        *("审核人：李某,9,1", ",9,", ",9,注：初步数", "合作镇,9,1", "日期镇,9,1"),
    ],
)
def test_an_unknown_unit_stays_one(row: str) -> None:
    assert left(f"T1,5,1\n{row}\n") == (["T1", row.split(",", maxsplit=1)[0] or None], [])


def test_a_unit_with_such_a_name_is_a_unit() -> None:
    own = register(units="unit,name,group\nT1,全区平均,towns\nP1,World,parks\n")
    collector = Collector()
    table = cut_table(csv("unit,gdp\n全区平均,5\nworld,6\n")[0], (WIDE_DATA,), collector=collector)
    assert table is not None

    kept = without_strange_rows(table, own.unit_roster, collector=collector)

    assert (kept.body.height, gathered(collector)) == (2, [])


def test_a_total_may_stand_to_the_left_of_the_units() -> None:
    own, collector = register(), Collector()
    table = cut_table(csv("序号,unit,gdp\n1,T1,5\n合计,,9\n2,,6\n")[0], (WIDE_DATA,), collector=collector)
    assert table is not None

    table = without_strange_rows(table, own.unit_roster, collector=collector)

    assert table.texts("unit").to_list() == ["T1", None]
    assert gathered(collector) == ["QH330 a.csv:3"]
