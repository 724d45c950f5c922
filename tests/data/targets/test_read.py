from __future__ import annotations

import polars as pl
import pytest
from tests.data.books import TARGETS, gathered
from tests.data.registers import csv, register, rows

from quanheng.data.book import frames
from quanheng.data.targets.read import read_targets
from quanheng.findings.collector import Collector


def read(text: str) -> tuple[pl.DataFrame, list[str]]:
    collector = Collector()
    targets = read_targets(csv(text), register(), collector=collector)
    return targets, gathered(collector)


def test_a_target_for_all_goes_to_each_unit_without_its_own() -> None:
    targets, found = read(TARGETS)

    assert targets.schema == frames.TARGET_VERSIONS
    assert rows(targets, "unit", "indicator", "target", "stretch", "cell") == [
        ("T1", "output", 85.0, 100.0, "2:target"),
        ("T1", "opening", 79.0, None, "4:target"),
        ("T2", "output", 85.0, 100.0, "2:target"),
        ("T2", "opening", 79.0, None, "4:target"),
        ("P1", "output", 35.0, None, "3:target"),
        ("P1", "opening", 79.0, None, "4:target"),
    ]
    assert found == []


def test_a_target_for_all_means_the_groups_of_its_indicator() -> None:
    targets, _ = read("unit,indicator,target\n*,parking,5\n＊,hazards,3\n")

    assert rows(targets, "unit", "indicator", "period") == [
        ("T1", "hazards", "2023"),
        ("T2", "hazards", "2023"),
        ("P1", "parking", "2023"),
    ]


def test_names_periods_and_per_cent_are_understood() -> None:
    text = "单位,指标,期间,目标,底线\n甲镇,增长,2023年上半年,6.1%,5\n甲镇,密度,,50%,\n"

    targets, _ = read(text)

    assert rows(targets, "unit", "indicator", "period", "target", "floor") == [
        ("T1", "growth", "2023-H1", 6.1, 5.0),
        ("T1", "density", "2023", 0.5, None),
    ]


def test_a_target_may_not_apply_or_be_missing() -> None:
    targets, _ = read("unit,indicator,target\n*,output,5\nT1,output,/\nT2,output,\n")

    assert rows(targets, "unit", "target", "state") == [
        ("T1", None, "not_applicable"),
        ("T2", None, "missing"),
        ("P1", 5.0, "value"),
    ]


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        ("unit,indicator,target\nT9,output,5\n", ["QH401 a.csv!2:unit"]),
        ("unit,indicator,target\n*,outptu,5\n", ["QH404 a.csv!2:indicator"]),
        ("unit,indicator,period,target\n*,output,soon,5\n", ["QH329 a.csv!2:period"]),
        ("unit,indicator,target,floor\n*,output,x,y\n", ["QH327 a.csv!2:target", "QH327 a.csv!2:floor"]),
        ("unit,indicator,target\n*,opening,x\n", ["QH328 a.csv!2:target"]),
        ("unit,indicator,target\n*,output,5\n*,output,6\n", ["QH420 a.csv!3:target"]),
        ("unit,indicator,target\nT1,output,5\n甲镇,产出,6\n", ["QH420 a.csv!3:target"]),
        (
            "unit,indicator,target\n*,output,0\nT1,output,0\n",
            ["QH419 a.csv!2:target", "QH419 a.csv!3:target"],
        ),
        ("unit,indicator,target\n*,growth,0\n", []),
        ("unit,indicator,target\nT1,parking,5\n", ["QH421 a.csv!2:target"]),
        ("unit,indicator,target,goal\n*,output,5,6\n", ["QH367 a.csv!goal"]),
        ("unit,target\n*,5\n", ["QH320 a.csv"]),
    ],
)
def test_what_is_wrong_is_told_at_its_place(text: str, findings: list[str]) -> None:
    assert read(text)[1] == findings


def test_a_target_outside_the_group_is_not_kept() -> None:
    assert read("unit,indicator,target\nT1,parking,5\n")[0].rows() == []


def test_without_targets_there_are_none() -> None:
    assert read_targets((), register(), collector=Collector()).schema == frames.TARGET_VERSIONS
