"""`quanheng moves` and the reviews of a book, as a person asks for them."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path

import pytest
from tests.cli.commands import answer_to

SCHEME = """\
quanheng: 1
id: small
title: {zh: 小册, en: Small}
round: 2023
items:
  done: {name: done, kind: rate, every: quarter}
  survey: {name: survey, kind: rate, every: year}
defaults: {rule: given, gaps: {missing: redistribute}}
indicators:
  work: {name: {zh: 工作, en: Work}, weight: 60, measure: done}
  people: {name: {zh: 满意度, en: People}, weight: 40, measure: survey}
reviews: {every: quarter, fold: {reviews: 40%, year: 60%}}
rounding: {total: 2}
awards: [{name: Banner, every: quarter, take: 1}, {name: Best, take: 1}]
"""
FIGURES = """\
unit,period,done,survey
A,2023-Q1,80,
A,2023-Q2,90,
A,2023,,60
B,2023-Q1,85,
B,2023-Q2,75.5,
B,2023,,90
"""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    target = tmp_path / "small"
    (target / "data").mkdir(parents=True)
    (target / "scheme.yaml").write_text(SCHEME, encoding="utf-8")
    (target / "units.csv").write_text("unit,name\nA,Ai\nB,Bo\n", encoding="utf-8")
    (target / "data" / "figures.csv").write_text(FIGURES, encoding="utf-8")
    (target / "adjustments.csv").write_text(
        "unit,kind,marks,reason,date\nA,bonus,1.5,held a meeting,2023-05-02\n", encoding="utf-8"
    )
    return target


def test_moves_shows_every_unit_with_what_moved_it_most(book: Path) -> None:
    answer = answer_to("moves", str(book), "--round", "2023-Q2", "--lang", "en")

    assert answer.code == 0
    lines = [" ".join(line.split()) for line in answer.out.splitlines()]
    # A: 80 → 90 + 1.5, from the second place to the first; B: 85 → 75.5
    assert "1 ↑1 A Ai 80.0000 91.5000 +11.5000 Work +10.0000" in lines
    assert "2 ↓1 B Bo 85.0000 75.5000 -9.5000 Work -9.5000" in lines


def test_moves_of_one_unit_lists_every_cause_and_the_sum(book: Path) -> None:
    answer = answer_to("moves", str(book), "--round", "2023-Q2", "--unit", "Ai", "--lang", "zh")

    assert answer.code == 0
    assert "Ai：2023-Q2得91.5分，比2023-Q1多11.5分，由第2位升至第1位。" in answer.out
    lines = [" ".join(line.split()) for line in answer.out.splitlines()]
    assert "工作 80.0000 90.0000 +10.0000 80 90 80 90" in lines
    assert "加分 0.0000 1.5000 +1.5000" in lines
    assert "合计 80.0000 91.5000 +11.5000" in lines


def test_moves_answers_a_program_with_amounts_that_add_up(book: Path) -> None:
    answer = answer_to("moves", str(book), "--round", "2023-Q2", "--json")

    record = json.loads(answer.out, parse_float=Decimal)
    assert (record["before"], record["after"]) == ("2023-Q1", "2023-Q2")
    for unit in record["units"]:
        assert sum(cause["change"] for cause in unit["causes"]) == unit["change"]
    assert [cause["cause"] for cause in record["units"][0]["causes"]] == ["bonus", "indicator"]


def test_moves_writes_every_cause(book: Path, tmp_path: Path) -> None:
    target = tmp_path / "moves.csv"

    answer = answer_to("moves", str(book), "--round", "2023-Q2", "--csv", str(target), "--lang", "en")

    assert answer.code == 0
    assert f"Written to {target}" in answer.out
    with target.open(encoding="utf-8-sig", newline="") as file:
        rows = [
            (row["unit"], row["round_before"], row["title"], row["change"]) for row in csv.DictReader(file)
        ]
    assert rows == [
        ("A", "2023-Q1", "bonus", "1.5"),
        ("A", "2023-Q1", "Work", "10.0"),
        ("B", "2023-Q1", "Work", "-9.5"),
    ]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--before", "2022"), "not of the same length"),
        (("--unit", "Zed"), "Zed"),
        (("--before", "someday"), "not a period"),
    ],
)
def test_moves_refuses_what_cannot_be_compared(options: tuple[str, ...], said: str, book: Path) -> None:
    answer = answer_to("moves", str(book), "--round", "2023-Q2", *options, "--lang", "en")

    assert answer.code != 0
    assert said in answer.err


def test_moves_since_a_round_without_figures_says_so(book: Path) -> None:
    answer = answer_to("moves", str(book), "--round", "2023-Q1", "--lang", "en")

    assert answer.code != 0
    told = answer.out + answer.err
    assert "QH578 the round 2022-Q4, with which 2023-Q1 is to be compared, cannot be scored" in told
    assert told.index("QH578") < told.index("QH501")


def test_year_says_what_is_folded_into_it(book: Path) -> None:
    answer = answer_to("score", str(book), "--lang", "en")

    assert "60% of a total is the year's own, 40% the mean of its reviews: 2023-Q1, 2023-Q2" in answer.out
    rows = json.loads(answer_to("score", str(book), "--json").out)["reviews"]
    assert rows[1] == {"unit": "A", "round": "2023-Q2", "score": 91.5, "place": 1}


def test_year_lays_its_reviews_beside_the_result_and_verifies(book: Path) -> None:
    assert answer_to("score", str(book)).code == 0

    folder = book / "results" / "2023"
    # own A: 60 % · 90 + 40 % · 60 = 78, with the bonus of May 79.5
    # reviews of A (80 + 91.5)/2 = 85.75; 0.4 · 85.75 + 0.6 · 79.5 = 34.3 + 47.7 = 82
    # B: own 60 % · 75.5 + 40 % · 90 = 81.3, reviews (85 + 75.5)/2 = 80.25: 32.1 + 48.78 = 80.88
    assert (folder / "reviews.csv").read_text(encoding="utf-8-sig").split() == [
        "unit,round,score,place",
        *("A,2023-Q1,80.0,2", "A,2023-Q2,91.5,1", "B,2023-Q1,85.0,1", "B,2023-Q2,75.5,2"),
    ]
    tiers = (folder / "tiers.csv").read_text(encoding="utf-8-sig").split()
    assert tiers[1:] == ["A,Ai,all,82.0,1,,false", "B,Bo,all,80.88,2,,false"]
    assert answer_to("verify", str(folder)).code == 0
    (folder / "reviews.csv").unlink()
    assert "QH611" in answer_to("verify", str(folder)).out


def test_review_gives_its_own_awards(book: Path) -> None:
    answer = answer_to("score", str(book), "--round", "2023-Q1", "--json")

    assert [(award["award"], award["unit"]) for award in json.loads(answer.out)["awards"]] == [
        ("Banner", "B")
    ]
    assert not (book / "results" / "2023-Q1" / "reviews.csv").exists()


def test_explain_shows_the_fold(book: Path) -> None:
    answer = answer_to("explain", str(book), "B", "--lang", "en")

    # 0.6 · 81.3 = 48.78; each of two reviews counts 0.2: 17 and 15.1
    assert "+ 17 (2023-Q1) + 15.1 (2023-Q2) = 80.88" in answer.out
