from __future__ import annotations

import pytest
from tests.data.books import gathered
from tests.data.registers import csv, register, scheme

from quanheng.data.ledgers.read import read_ledgers
from quanheng.findings.collector import Collector

SCHEME = """\
quanheng: 1
id: twice
title: twice
round: 2023
items: {due: {count: req, where: due_on <= period_end}}
indicators: {x: {measure: due, weight: 100, rule: percentile}}
"""
UNITS = "unit,name\nA,甲镇\nB,乙镇\n"


@pytest.mark.parametrize(
    ("rows", "findings"),
    [
        ("1,A,2023-01-05\n1,A,2023-01-05\n", ["QH499 a.csv:3"]),
        ("1,A,2023-01-05\n2,B,2023-01-05\n1,甲镇,2023年1月5日\n2,B,2023-01-05\n", ["QH499 a.csv:4"]),
        (",A,\n,A,\n", ["QH499 a.csv:3"]),
        ("1,A,2023-01-05\n2,A,2023-01-05\n1,B,2023-01-05\n1,A,2023-01-06\n", []),
    ],
)
def test_records_that_stand_twice_are_told_once(rows: str, findings: list[str]) -> None:
    collector = Collector()
    ledger = {"req": csv(f"number,unit,due_on\n{rows}")}

    read_ledgers(ledger, register(of=scheme(SCHEME), units=UNITS), collector=collector)

    assert gathered(collector) == findings


@pytest.mark.parametrize(("others", "finding"), [(997, "QH499"), (998, "QH380")])
def test_one_in_a_thousand_may_be_the_same_by_chance(others: int, finding: str) -> None:
    # two jumps of one skater that got the same points: with 998 others, 1 of 1,000
    collector = Collector()
    rows = "x,A,2023-01-05\n" * 2 + "".join(f"{number},B,2023-01-05\n" for number in range(others))

    read_ledgers(
        {"req": csv(f"number,unit,due_on\n{rows}")},
        register(of=scheme(SCHEME), units=UNITS),
        collector=collector,
    )

    assert gathered(collector) == [f"{finding} a.csv:3"]


def test_a_declared_key_says_more() -> None:
    own = SCHEME + "ledgers: {req: {key: number}}\n"
    collector = Collector()
    ledger = {"req": csv("number,unit,due_on\n1,A,2023-01-05\n1,A,2023-01-05\n")}

    read_ledgers(ledger, register(of=scheme(own), units=UNITS), collector=collector)

    assert gathered(collector) == ["QH462 a.csv!3:number"]
