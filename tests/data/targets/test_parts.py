from __future__ import annotations

import datetime as dt

import pytest
from tests.data.books import gathered
from tests.data.registers import csv, register, scheme

from quanheng.data.tables.register import Register
from quanheng.data.targets.read import read_targets
from quanheng.findings.collector import Collector

SCHEME = """\
quanheng: 1
id: parts
title: 分解
round: 2023
items:
  jobs: {kind: flow, every: quarter}
  output: {kind: cumulative, every: quarter}
  rate: {kind: rate, every: quarter}
  land: {attribute: area}
  due: {count: hazards, where: due_on >= period_start and due_on <= period_end}
  found: {count: hazards, where: due_on <= period_end}
defaults: {rule: target}
indicators:
  jobs: {measure: completion(jobs), weight: 20}
  output: {measure: output / land, weight: 20}
  rate: {measure: rate, weight: 20, direction: less}
  mixed: {measure: jobs + output, weight: 20}
  due: {measure: due, weight: 10}
  found: {measure: found, weight: 10}
"""
HEAD = "unit,indicator,period,target,floor,stretch,set_on,reason\n"


@pytest.fixture(scope="module")
def own() -> Register:
    return register(of=scheme(SCHEME), units="unit,name,area\nA,甲,2\nB,乙,3\n")


def filled(rows: str) -> str:
    """Return a table of `rows`, each as long as the heading."""
    commas = HEAD.count(",")
    return HEAD + "".join(f"{row}{',' * (commas - row.count(','))}\n" for row in rows.splitlines())


def told(own: Register, rows: str, as_of: dt.date | None = None) -> list[str]:
    collector = Collector()
    read_targets(csv(filled(rows)), own, as_of=as_of, collector=collector)
    return gathered(collector)


def lines_of(indicator: str, **targets: float) -> str:
    return "".join(
        f"A,{indicator},2023{'' if period == 'year' else '-' + period},{target}\n"
        for period, target in targets.items()
    )


@pytest.mark.parametrize(
    ("rows", "findings"),
    [
        # 20 + 30 + 30 + 20 = 100
        (lines_of("jobs", Q1=20, Q2=30, Q3=30, Q4=20, year=100), []),
        (lines_of("jobs", Q1=20, Q2=30, Q3=30, Q4=19, year=100), ["QH443 a.csv!6:target"]),
        # the half is not the sum of its quarters, nor the year that of its halves: 55 + 50 = 105
        (lines_of("jobs", Q1=20, Q2=30, H1=55), ["QH443 a.csv!4:target"]),
        (lines_of("jobs", H1=55, H2=50, year=105), []),
        (lines_of("jobs", H1=55, H2=50, year=100), ["QH443 a.csv!4:target"]),
        # three parts of four say nothing about the whole
        (lines_of("jobs", Q1=20, Q2=30, Q3=60, year=100), []),
        (lines_of("due", Q1=1, Q2=1, Q3=1, Q4=1, year=5), ["QH443 a.csv!6:target"]),
        # what counts all that fell due ever does not add up over quarters, nor do rates and mixtures
        (lines_of("found", Q1=1, Q2=1, Q3=1, Q4=1, year=5), []),
        (lines_of("rate", Q1=4, Q2=5, Q3=5, Q4=5, year=5), []),
        (lines_of("mixed", Q1=1, Q2=1, Q3=1, Q4=1, year=5), []),
        # tenths add up though their binary fractions do not
        (lines_of("jobs", Q1=0.1, Q2=0.2, H1=0.3), []),
    ],
)
def test_targets_of_parts_come_to_that_of_the_whole(own: Register, rows: str, findings: list[str]) -> None:
    assert told(own, rows) == findings


@pytest.mark.parametrize(
    ("rows", "findings"),
    [
        (lines_of("output", Q1=20, H1=50, Q3=75, year=100), []),
        (lines_of("output", Q1=20, Q2=50, H1=50, Q4=100, year=100), []),
        (lines_of("output", Q1=20, H1=15, year=100), ["QH445 a.csv!3:target"]),
        (
            lines_of("output", Q1=20, Q2=30, Q3=30, Q4=20, year=100),
            ["QH444 a.csv!6:target", "QH445 a.csv!5:target"],
        ),
        (lines_of("output", Q2=50, H1=52), ["QH444 a.csv!3:target"]),
        (lines_of("output", Q3=120, year=100), ["QH445 a.csv!3:target"]),
    ],
)
def test_targets_that_run_on_from_january_rise_to_the_years(
    own: Register, rows: str, findings: list[str]
) -> None:
    assert told(own, rows) == findings


def test_a_new_year_begins_anew(own: Register) -> None:
    assert told(own, "A,output,2023,100\nA,output,2024-Q1,25\n") == ["QH449 a.csv!3:period"]


@pytest.mark.parametrize(
    ("rows", "findings"),
    [
        ("A,jobs,2023,100,90,110\n", []),
        ("A,jobs,2023,100,110,\n", ["QH442 a.csv!2:target"]),
        ("A,jobs,2023,100,,90\n", ["QH442 a.csv!2:target"]),
        ("A,jobs,2023,,110,90\n", ["QH442 a.csv!2:target"]),
        ("A,rate,2023,5,6,4\n", []),
        ("A,rate,2023,5,4,6\n", ["QH442 a.csv!2:target"]),
    ],
)
def test_floor_target_and_stretch_are_in_order(own: Register, rows: str, findings: list[str]) -> None:
    assert told(own, rows) == findings


def test_a_row_for_all_is_told_once(own: Register) -> None:
    assert told(own, "*,jobs,2023,100,110,\n") == ["QH442 a.csv!2:target"]


def test_a_units_own_parts_must_come_to_the_whole_for_all(own: Register) -> None:
    # B's own quarters are 101, the year's target for all is 100
    rows = "*,jobs,2023,100\n" + lines_of("jobs", Q1=25, Q2=25, Q3=25, Q4=26).replace("A,", "B,")

    assert told(own, rows) == ["QH443 a.csv!2:target"]


def test_what_counts_is_what_is_set(own: Register) -> None:
    rows = lines_of("output", Q1=20, year=100) + "A,output,2023,15,,,2023-07-01,flood\n"

    assert told(own, rows, as_of=dt.date(2023, 6, 30)) == []
    assert told(own, rows) == ["QH445 a.csv!4:target"]


def test_the_wording_names_both_sides(own: Register) -> None:
    collector = Collector()
    rows = lines_of("jobs", Q1=20, Q2=30, Q3=30, Q4=19, year=100)
    read_targets(csv(filled(rows)), own, collector=collector)

    (finding,) = collector.findings()

    assert finding.message("en") == (
        "the targets of jobs for A inside 2023 add up to 99, that of 2023 is 100"
    )
