from __future__ import annotations

import pytest
from tests.data.books import gathered
from tests.data.registers import csv, register, scheme

from quanheng.data.figures.observations import read_observations
from quanheng.findings.collector import Collector
from quanheng.periods.period import Period

SCHEME = """\
quanheng: 1
id: t
title: t
round: {round}
items:
  gdp: {{name: 产值, kind: cumulative, every: month}}
  growth: {{name: 增速, kind: rate, every: month}}
  cases: {{name: 件数, kind: flow, every: month}}
  people: {{name: 人口, kind: stock, every: year}}
indicators:
  a: {{weight: 40, measure: gdp, rule: percentile}}
  b: {{weight: 20, measure: growth, rule: percentile}}
  c: {{weight: 20, measure: cases, rule: percentile}}
  d: {{weight: 20, measure: people, rule: percentile}}
"""
UNITS = "unit,name\nA,甲\nB,乙\n"


def read(
    text: str, *, round_: str = "2023", file: str = "data/f.csv"
) -> tuple[set[tuple[str, str, object]], list[str]]:
    own = register(of=scheme(SCHEME.format(round=round_)), units=UNITS)
    collector = Collector()
    figures = read_observations(csv(text, file=file), own, collector=collector)
    found = {
        (own.item(row["item"]).code, str(Period.numbered(row["period"])), row["value"])
        for row in figures.frame.rows(named=True)
    }
    return found, gathered(collector)


def test_what_counts_from_january_is_of_the_period_an_item_is_known_by() -> None:
    found, findings = read("unit,period,gdp,growth\nA,1-5月,5,6\nA,1-6月,7,8\nA,前三季度,9,1\n")

    assert findings == []
    assert found == {
        ("gdp", "2023-05", 5.0),
        ("growth", "2023-05", 6.0),
        ("gdp", "2023-H1", 7.0),
        ("growth", "2023-06", 8.0),
        ("gdp", "2023-Q3", 9.0),
        ("growth", "2023-09", 1.0),
    }


def test_a_flow_since_january_is_no_figure_of_the_last_month() -> None:
    found, findings = read("unit,period,cases\nA,1-5月,5\nB,1-5月,6\nA,1-6月,7\nA,2023-04,8\n")

    assert findings == ["QH388 data/f.csv!2:period"]
    assert found == {("cases", "2023-H1", 7.0), ("cases", "2023-04", 8.0)}


def test_a_title_since_january_holds_for_flows_as_well() -> None:
    found, findings = read("2023年1-5月,,\nunit,gdp,cases\nA,5,6\n")

    assert findings == ["QH388 data/f.csv:3", "QH385 data/f.csv:1"]
    assert found == {("gdp", "2023-05", 5.0)}


@pytest.mark.parametrize(
    ("text", "round_", "findings"),
    [
        ("unit,gdp,people\nA,5,1\n", "2023", ["QH387 data/f.csv!unit"]),
        ("item,unit,value\ngdp,A,5\n", "2023-Q1", ["QH387 data/f.csv!unit"]),
        ("unit,people\nA,5\n", "2023", []),
        ("unit,gdp\nA,5\n", "2023-06", []),
        ("2023年各镇产值,\nunit,gdp\nA,5\n", "2023", []),
        ("unit,period,gdp\nA,2023,5\n", "2023", []),
    ],
)
def test_what_comes_more_often_than_the_round_is_not_taken_without_a_word(
    text: str, round_: str, findings: list[str]
) -> None:
    assert read(text, round_=round_)[1] == findings


def test_a_table_of_unclear_time_gives_no_figures() -> None:
    assert read("2023年5月,\nunit,gdp\nA,5\n", file="data/2023年6月.csv") == (
        set(),
        ["QH383 data/2023年6月.csv:1"],
    )
