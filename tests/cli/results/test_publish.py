"""`quanheng publish` and `verify`, as a person asks for them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.commands import answer_to

SCHEME = """\
quanheng: 1
id: r
title: 试
round: 2023
items: {x: {kind: rate, every: quarter}}
indicators: {k: {weight: 100, measure: x, rule: given}}
reviews: {every: quarter, fold: {reviews: 50%, year: 50%}}
"""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    folder = tmp_path / "small"
    (folder / "data").mkdir(parents=True)
    (folder / "scheme.yaml").write_text(SCHEME, encoding="utf-8")
    (folder / "units.csv").write_text("unit\nA\nB\n", encoding="utf-8")
    (folder / "data/d.csv").write_text("unit,period,x\nA,2023-Q1,80\nB,2023-Q1,85\n", encoding="utf-8")
    return folder


def test_a_round_is_published_and_checked_in_both_languages(book: Path) -> None:
    asked = ("publish", str(book), "--round", "2023-Q1")
    early = answer_to(*asked)
    answer_to("score", str(book), "--round", "2023-Q1", "--no-workbook")
    done = answer_to(*asked, "--by", "Office", "--on", "2023-04-20", "--json")
    again = answer_to("--lang", "zh", *asked)

    assert (early.code, "score the round first" in early.err) == (2, True)
    record = json.loads(done.out)
    assert (done.code, record["round"], record["number"], len(record["seal"])) == (0, "2023-Q1", 1, 16)
    assert (again.code, f"2023-Q1 已公布（2023-04-20，封存码 {record['seal']}）" in again.err) == (2, True)
    frozen = str(book / "history/2023-Q1")
    checked = answer_to("verify", frozen)
    assert checked.out == f"Unchanged since it was published on 2023-04-20 by Office; seal {record['seal']}\n"
    assert "由 Office 公布以来未被改动" in answer_to("--lang", "zh", "verify", frozen).out


def test_a_frozen_round_that_was_changed_stops_the_book(book: Path) -> None:
    answer_to("score", str(book), "--round", "2023-Q1", "--no-workbook")
    answer_to("publish", str(book), "--round", "2023-Q1")
    file = book / "history/2023-Q1/scores.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("85.0", "95.0"), encoding="utf-8")

    verified, checked = answer_to("verify", str(file.parent)), answer_to("--lang", "zh", "check", str(book))

    assert (verified.code, "QH491" in verified.out + verified.err) == (1, True)
    assert (checked.code, "与公布时不符" in checked.out + checked.err) == (1, True)
