"""Targets that stand in a table of their own."""

from __future__ import annotations

from typing import Final

from quanheng.data.book.loose import ReportedUnit
from quanheng.data.files.delimited import read_csv
from quanheng.findings.collector import Collector
from quanheng.scheme.files.read import scheme_from_mapping
from quanheng.scheme.tree.scheme import Scheme
from quanheng.usecase.year.targets_set import TargetsSet, targets_set

_UNITS: Final = tuple(ReportedUnit(code=f"T{n}", name=f"镇{n}", group="all") for n in (1, 2))


def scheme() -> Scheme:
    rule = {"target": {"cap": 110}}
    indicators = {"output": {"name": "总量", "measure": "gdp", "weight": 100, "rule": rule}}
    return scheme_from_mapping({"items": {"gdp": {}}, "indicators": indicators})


def read(text: str) -> TargetsSet:
    sheet = read_csv(text.encode(), file="targets.csv", collector=Collector())
    assert sheet is not None
    return targets_set((sheet,), scheme(), _UNITS, at="2024")


def test_a_unit_s_own_target_goes_before_that_of_all() -> None:
    found = read("单位,指标,期间,目标\n*,总量,2024,500\n镇1,output,2024,120.5\n")

    told = {(each.unit, each.indicator, each.period): each.target for each in found.targets}
    assert told == {("T1", "output", "2024"): 120.5, ("T2", "output", "2024"): 500.0}


def test_what_is_wrong_is_told_and_what_is_right_is_read() -> None:
    found = read("unit,indicator,period,target\nT9,output,2024,1\nT1,output,2024,2\n")

    assert [each.unit for each in found.targets] == ["T1"]
    assert [finding.code for finding in found.findings if finding.severity == "error"] == ["QH401"]
