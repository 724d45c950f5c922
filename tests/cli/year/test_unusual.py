"""`quanheng unusual`, as a person asks for it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.commands import answer_to

SCHEME = """\
quanheng: 1
id: small
title: {zh: 小册, en: Small}
round: 2023
items:
  revenue: {name: {zh: 收入, en: Revenue}, kind: cumulative, every: quarter}
indicators:
  income: {name: {zh: 收入, en: Income}, weight: 100, measure: revenue, rule: percentile}
"""
FIGURES = """\
unit,period,revenue
A,2023-Q1,80
A,2023-Q2,190
A,2023-Q3,170
B,2023-Q1,85
B,2023-Q2,175
B,2023-Q3,260
"""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    target = tmp_path / "small"
    (target / "data").mkdir(parents=True)
    (target / "scheme.yaml").write_text(SCHEME, encoding="utf-8")
    (target / "units.csv").write_text("unit,name\nA,Ai\nB,Bo\n", encoding="utf-8")
    (target / "data" / "figures.csv").write_text(FIGURES, encoding="utf-8")
    return target


def test_a_fall_is_told_with_its_place_and_its_evidence(book: Path) -> None:
    answer = answer_to("unusual", str(book), "--at", "2023-Q3", "--lang", "en")

    assert answer.code == 0
    assert answer.out.splitlines() == [
        (
            "data/figures.csv!4:revenue: warning QH591 Revenue of Ai [A] in 2023-Q3 is cumulative and falls: "
            "170 after 190 in 2023-Q2"
        ),
        (
            "    hint: find out whether an earlier figure was too high, or one of the month was reported as "
            "cumulative"
        ),
        "1 unusual report among 2 figures of 2023-Q3",
        (
            "Looked for: another magnitude in 2, cumulative figure falls in 2, jump in 0, moves against all "
            "others in 0, carried forward in 0, lands on its target again and again in 0"
        ),
    ]


def test_only_the_unit_that_is_asked_for(book: Path) -> None:
    answer = answer_to("unusual", str(book), "--at", "2023-Q3", "--unit", "Bo", "--lang", "en")

    assert answer.out.startswith("0 unusual reports among 2 figures")


def test_false_alarms_are_those_of_the_periods_before(book: Path) -> None:
    answer = answer_to("unusual", str(book), "--at", "2023-Q3", "--false-alarms", "--lang", "zh")
    lines = [" ".join(line.split()) for line in answer.out.splitlines()]

    # two units, the second quarter compared with the first
    assert "累计数下降 2 0 0.00%" in lines


def test_a_program_gets_a_document_and_a_file(book: Path, tmp_path: Path) -> None:
    target = tmp_path / "unusual.csv"
    answer = answer_to(
        "unusual",
        str(book),
        "--at",
        "2023-Q3",
        "--false-alarms",
        "--csv",
        str(target),
        "--json",
        "--lang",
        "en",
    )
    record = json.loads(answer.out)

    assert (record["at"], record["figures"], record["looked"]["fall"]) == ("2023-Q3", 2, 2)
    assert [(row["sign"], row["unit"], row["finding"]) for row in record["unusual"]] == [
        ("fall", "A", "QH591")
    ]
    assert record["false_alarms"][1] == {"sign": "fall", "looked": 2, "seen": 0, "rate": 0.0}
    assert "data/figures.csv!4:revenue" in target.read_text(encoding="utf-8-sig")


def test_a_word_that_is_no_period_is_refused(book: Path) -> None:
    answer = answer_to("unusual", str(book), "--at", "last week", "--lang", "en")

    assert answer.code == 1
    assert "last week" in answer.err
