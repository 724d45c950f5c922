from __future__ import annotations

from pathlib import Path

import pytest
from tests.data.books import Rows, all_findings_of, lines, workbook

from quanheng.data.load import load

SCHEME = """\
quanheng: 1
id: x
title: 读表试验
round: 2023-06
items:
  gdp: {name: 地区生产总值, measured_in: 亿元, kind: cumulative, every: month}
  growth: {name: 地区生产总值增速, measured_in: '%', kind: rate, every: month}
  cases: {name: 诉求件数, measured_in: 件, kind: flow, every: month}
gaps: {missing: redistribute}
indicators:
  a: {name: 总量, weight: 40, measure: gdp, rule: percentile}
  b: {name: 增速, weight: 30, measure: growth, rule: percentile}
  c: {name: 诉求, weight: 30, measure: cases, direction: less, rule: percentile}
"""
UNITS = "单位代码,名称\nT1,东港镇\nT2,西柳镇\nT3,南岭镇\n"
FIGURES: Rows = [
    ["东港镇", "2023年6月", 54.6, 6.1, 120],
    ["西柳镇", "2023年6月", 40.2, 5.2, 98],
    ["南岭镇", "2023年6月", 33.3, 7.4, 77],
]
READ = {
    ("T1", "gdp"): 54.6,
    ("T2", "gdp"): 40.2,
    ("T3", "gdp"): 33.3,
    ("T1", "growth"): 6.1,
    ("T2", "growth"): 5.2,
    ("T3", "growth"): 7.4,
    ("T1", "cases"): 120.0,
    ("T2", "cases"): 98.0,
    ("T3", "cases"): 77.0,
}
KEYS = ["单位", "期间"]


def book(folder: Path, rows: Rows, merged: dict[str, str] | None = None) -> Path:
    (folder / "data").mkdir()
    (folder / "scheme.yaml").write_text(SCHEME)
    (folder / "units.csv").write_text(UNITS)
    sheet = workbook({"6月": [*rows, *FIGURES]}, merged={"6月": dict(merged or {})})
    (folder / "data" / "a.xlsx").write_bytes(sheet)
    return folder


def figures(path: Path) -> dict[tuple[str, str], float]:
    rows = load(path).observations.select("unit", "item", "value").rows()
    return {(unit, item): value for unit, item, value in rows}


HEADINGS: dict[str, tuple[Rows, dict[str, str]]] = {
    "merged": (
        [[*KEYS, "地区生产总值", "", "诉求件数"], ["", "", "总量", "增速", ""]],
        {"A1:A2": "单位", "B1:B2": "期间", "C1:D1": "地区生产总值", "E1:E2": "诉求件数"},
    ),
    "blanks to the right of a parent": (
        [[*KEYS, "地区生产总值", None, "诉求件数"], [None, None, "总量", "增速", None]],
        {},
    ),
    "keys in the lower row": (
        [[None, None, "地区生产总值", None, None], [*KEYS, "总量", "增速", "诉求件数"]],
        {},
    ),
    "keys in the lower row below a title": (
        [["主要指标"], [None, None, "地区生产总值", None, None], [*KEYS, "总量", "增速", "诉求件数"]],
        {},
    ),
    "three levels": (
        [
            [*KEYS, "经济", None, "社会"],
            [None, None, "地区生产总值", None, "诉求件数"],
            [None, None, "总量", "增速", None],
        ],
        {},
    ),
    "measuring units in brackets": (
        [[*KEYS, "地区生产总值（亿元）", None, "诉求件数"], [None, None, "总量", "增速（%）", None]],
        {},
    ),
    "measuring units in a row below": (
        [
            [*KEYS, "地区生产总值", None, "诉求件数"],
            [None, None, "总量", "增速", None],
            [None, None, "亿元", "%", "件"],
        ],
        {},
    ),
    "leaves that are names alone": (
        [[*KEYS, "经济", None, None], [None, None, "地区生产总值", "地区生产总值增速", "诉求件数"]],
        {},
    ),
    "the leaf before its parent": (
        [[*KEYS, "生产总值增速", "地区", "诉求件数"], [None, None, "地区生产总值", "生产总值增速", None]],
        {},
    ),
    "line breaks and blanks": (
        [[*KEYS, "地区\n生产总值", "地区生产总值\n增 速", "诉求\n件数"]],
        {},
    ),
    "what stands beside it, named by the lower row only": (
        [[*KEYS, "地区生产总值", None, "诉求件数"], [None, None, "实际", "增速", None]],
        {},
    ),
    "figures that run on from January": (
        [[*KEYS, "地区生产总值", None, "诉求件数"], [None, None, "本月累计", "增速", "当月"]],
        {},
    ),
    "a measuring unit under a name that is shared": (
        [[*KEYS, "地区生产总值", None, "诉求件数"], [None, None, "亿元", "增速", None]],
        {},
    ),
}


@pytest.mark.parametrize("name", HEADINGS)
def test_headings_of_several_rows_are_read_as_the_items_they_name(name: str, tmp_path: Path) -> None:
    rows, merged = HEADINGS[name]

    path = book(tmp_path, rows, merged)

    assert figures(path) == READ
    assert lines(all_findings_of(path)) == []


def test_another_figure_under_a_shared_parent_is_not_taken_for_the_parent(tmp_path: Path) -> None:
    rows: Rows = [[*KEYS, "地区生产总值", None, "诉求件数"], [None, None, "人均", "增速", None]]

    found = lines(all_findings_of(book(tmp_path, rows)))

    assert sorted(found) == ["QH368 data/a.xlsx!6月!C", "QH413 scheme.yaml:6"]


def test_a_column_that_only_the_lower_row_names_is_one(tmp_path: Path) -> None:
    rows: Rows = [[*KEYS, "地区生产总值", None, None], [None, None, "目标", "完成比例", "折算得分"]]

    found = lines(all_findings_of(book(tmp_path, rows)))

    assert not [line for line in found if "QH324" in line]
    assert [line for line in found if "QH368" in line] == [
        f"QH368 data/a.xlsx!6月!{column}" for column in "CDE"
    ]


def test_what_runs_on_from_january_is_no_flow_and_a_month_alone_not_cumulative(tmp_path: Path) -> None:
    rows: Rows = [[*KEYS, "地区生产总值", "地区生产总值增速", "诉求件数"], [None, None, "本月", None, "累计"]]

    found = lines(all_findings_of(book(tmp_path, rows)))

    assert [line for line in found if "QH389" in line] == [
        "QH389 data/a.xlsx!6月!C",
        "QH389 data/a.xlsx!6月!E",
    ]


def test_two_columns_that_are_the_same_item_are_an_error(tmp_path: Path) -> None:
    rows: Rows = [[*KEYS, "地区生产总值", None, "诉求件数"], [None, None, "总量", "绝对值", None]]

    assert "QH322 data/a.xlsx!6月:2" in lines(all_findings_of(book(tmp_path, rows)))
