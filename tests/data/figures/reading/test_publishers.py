"""Tables as publishers and offices print them: corners, page breaks, totals, days for periods."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.data.books import all_findings_of

from quanheng.data.load import load

SCHEME = """\
quanheng: 1
id: t
title: T
round: {round}
items:
  gdp: {{name: 产值, measured_in: 亿元, kind: stock, every: month}}
  jobs: {{name: 就业, kind: stock, every: month}}
indicators:
  a: {{name: 甲指标, measure: gdp, weight: 50, rule: percentile}}
  b: {{measure: jobs, weight: 50, rule: percentile}}
"""
UNITS = "unit,name\nT1,东港镇\nT2,西柳镇\nT3,南岭镇\n"


def book(root: Path, files: Mapping[str, str], *, round_: str = "2023") -> Path:
    for name, text in {"scheme.yaml": SCHEME.format(round=round_), "units.csv": UNITS, **files}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


def figures(path: Path) -> set[tuple[str, str, str, float | None]]:
    return set(load(path).observations.select("item", "unit", "period", "value").rows())


TABLE = {("gdp", "T1", "2023", 5.0), ("gdp", "T2", "2023", 6.0), ("jobs", "T1", "2023", 7.0)} | {
    ("jobs", "T2", "2023", 8.0)
}


@pytest.mark.parametrize("corner", ["", "指标\\单位", "指标/地区", "单位|指标", "地区、指标"])
def test_a_table_is_recognised_by_its_headings_whatever_stands_in_the_corner(
    corner: str, tmp_path: Path
) -> None:
    down = f"2023年主要指标,,\n{corner},东港镇,西柳镇\n产值,5,6\n就业,7,8\n"
    across = f"{corner},产值,就业\n东港镇,5,7\n西柳镇,6,8\n"

    assert figures(book(tmp_path / "down", {"data/f.csv": down})) == TABLE
    assert figures(book(tmp_path / "across", {"data/f.csv": across})) == TABLE


def test_the_hint_names_the_heading_that_looks_like_that_of_the_units(tmp_path: Path) -> None:
    table = "Rank,Name of University,产值\n1,东港镇,5\n2,西柳镇,6\n"
    path = book(tmp_path, {"data/f.csv": table})

    (found,) = [one for one in all_findings_of(path) if one.code == "QH320"]

    assert "write 'unit_heading: Name of University' into the scheme" in found.hint("en")
    assert "单位列表头（unit_heading）：Name of University" in found.hint("zh")


def test_a_total_may_be_named_beside_its_code(tmp_path: Path) -> None:
    table = "Country Name,Country Code,产值,就业\n东港镇,T1,5,1\n西柳镇,T2,6,2\nWorld,WLD,11,3\n"
    path = book(tmp_path, {"data/f.csv": table})

    assert "QH401" not in [one.code for one in all_findings_of(path)]
    assert ("gdp", "T2", "2023", 6.0) in figures(path)


def test_an_item_called_as_units_are_is_a_row(tmp_path: Path) -> None:
    table = "指标,东港镇,西柳镇\n产值,5,6\n就业,7,8\n地区,东部,西部\n"

    assert figures(book(tmp_path, {"data/f.csv": table})) == TABLE


def test_items_called_as_units_but_for_capitals_do_not_turn_a_table(tmp_path: Path) -> None:
    scheme = (
        SCHEME.format(round="2023")
        .replace("gdp", "a")
        .replace("jobs", "b")
        .replace("  a: {name", "  x: {name", 0)
    )
    units = "unit,name\nA,AA\nB,BB\nC,CC\n"
    path = book(
        tmp_path, {"scheme.yaml": scheme, "units.csv": units, "data/f.csv": "unit,a,b\nA,1,2\nB,3,4\nC,5,6\n"}
    )

    assert len(figures(path)) == 6


def test_periods_across_are_told_once_for_all_files(tmp_path: Path) -> None:
    table = "unit,2022,2023\nT1,5,6\nT2,6,7\nT3,1,2\n"
    path = book(tmp_path, {"data/gdp.csv": table, "data/jobs.csv": table})

    (found,) = [one for one in all_findings_of(path) if one.code == "QH392"]

    assert found.message("en").endswith("(tables like this: 2); the figures are those of gdp, jobs")
    assert found.message("zh").endswith("（此类表 2 张），其下为 产值、就业 的数据")


def test_a_heading_printed_again_is_passed_over(tmp_path: Path) -> None:
    table = "单位,产值,就业\n,亿元,人\n东港镇,5,7\n单位,产值,就业\n,亿元,人\n西柳镇,6,8\n"
    path = book(tmp_path, {"data/f.csv": table})

    assert figures(path) == TABLE
    (found,) = [one for one in all_findings_of(path) if one.code == "QH359"]
    assert (str(found.where), found.facts["number"]) == ("data/f.csv:4", "2")


@pytest.mark.parametrize(
    ("written", "period", "code"),
    [
        ("2023年6月30日", "2023-06", None),
        ("2024年2月29日", "2024-02", None),
        ("2023年6月29日", None, "QH397"),
        ("2023年6月1日", None, "QH397"),
        ("2023-06-15", None, "QH397"),
    ],
)
def test_the_last_day_of_a_month_is_the_month(
    written: str, period: str | None, code: str | None, tmp_path: Path
) -> None:
    path = book(
        tmp_path, {"data/f.csv": f"单位,期间,产值,就业\n东港镇,{written},5,7\n"}, round_=(period or "2023-06")
    )

    found = {one.code: one for one in all_findings_of(path)}

    if code is None:
        assert {row[2] for row in figures(path)} == {period}
    else:
        assert "2023-06" in found[code].hint("zh")


def test_targets_with_a_measuring_unit_in_the_heading(tmp_path: Path) -> None:
    figures_ = "unit,产值,就业\nT1,5,7\nT2,6,8\nT3,6,9\n"
    targets = "单位,指标,目标（万元）\n东港镇,甲指标,50000\n"
    path = book(tmp_path, {"data/f.csv": figures_, "targets.csv": targets})

    assert [one.code for one in all_findings_of(path)] == ["QH387", "QH418"]
    assert load(path).targets["target"].to_list() == [50000.0]


def test_adjustments_that_name_two_units(tmp_path: Path) -> None:
    rows = "单位代码,单位名称,类型,分值,事由\nT1,西柳镇,加分,1,会\n"
    path = book(tmp_path, {"data/f.csv": "unit,产值,就业\nT1,5,7\nT2,6,8\nT3,6,9\n", "adjustments.csv": rows})

    assert [one.code for one in all_findings_of(path)] == ["QH387", "QH438"]
