"""A result as known on a day: its numbers, its folder, its identity, and that it verifies."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from tests.cli.commands import answer_to

import quanheng as qh
from quanheng.documents.tables.record import sealed, text_of
from quanheng.findings.errors import UsageError
from quanheng.usecase.results.assess import assess
from quanheng.usecase.results.explain import explain
from quanheng.usecase.results.verify import verify

SCHEME = """\
quanheng: 1
id: as-of
title: As of
round: 2023
items: {output: {kind: flow}}
indicators:
  made: {measure: output, weight: 100, rule: {target: {cap: 150}}}
"""
DATA = """\
unit,period,output,known_on
A,2023,80,
A,2023,90,2024-03-01
B,2023,60,2024-01-20
"""
TARGETS = """\
unit,indicator,target,set_on,reason
*,made,100,,
B,made,75,2023-07-01,flood
"""
ADJUSTMENTS = """\
unit,kind,marks,reason,date
A,bonus,5,help after the flood,2023-08-01
"""
FIRST, LATE = dt.date(2023, 12, 31), dt.date(2024, 2, 1)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    files = {
        "scheme.yaml": SCHEME,
        "units.csv": "unit,name\nA,Ash\nB,Birch\n",
        "data/output.csv": DATA,
        "targets.csv": TARGETS,
        "adjustments.csv": ADJUSTMENTS,
    }
    for name, text in files.items():
        path = tmp_path / "book" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "book"


def scores(path: Path, as_of: dt.date | str | None) -> dict[str, float]:
    ranking = qh.score(qh.load(path, as_of=as_of)).ranking
    return dict(ranking.select("unit", "score").rows())


def test_a_score_is_of_what_was_known(book: Path) -> None:
    # A: 80 of 100, and 5 for its help; from 1 March 90 of 100. B: 60 of 75, the target of July
    assert scores(book, "2024-02-01") == {"A": 85.0, "B": 80.0}
    assert scores(book, dt.date(2024, 3, 1)) == {"A": 95.0, "B": 80.0}
    assert scores(book, None) == {"A": 95.0, "B": 80.0}


def test_what_was_not_known_yet_is_missing(book: Path) -> None:
    with pytest.raises(qh.FindingsError) as raised:
        scores(book, FIRST)

    assert [finding.code for finding in raised.value.findings] == ["QH541"]


def test_a_text_that_is_no_day_is_refused(book: Path) -> None:
    with pytest.raises(UsageError, match="no day"):
        qh.load(book, as_of="in spring")


def test_the_result_names_the_day_and_verifies(book: Path) -> None:
    assessment = assess(book, as_of=LATE, language="en")

    assert assessment.folder == book / "results" / "2023-as-of-2024-02-01"
    record = json.loads((assessment.folder / "result.json").read_text(encoding="utf-8"))
    assert (record["round"], record["as_of"]) == ("2023", "2024-02-01")
    assert verify(assessment.folder) == ()


def test_the_workbook_names_the_day(book: Path) -> None:
    workbook = CalamineWorkbook.from_path(
        str(assess(book, as_of=LATE, language="en").folder / "results.xlsx")
    )

    cells = {
        tuple(row[:2])
        for name in workbook.sheet_names
        for row in workbook.get_sheet_by_name(name).to_python()
    }

    assert ("as known on", "2024-02-01") in cells


def test_a_result_of_all_that_is_known_names_no_day(book: Path) -> None:
    folder = assess(book).folder

    assert folder == book / "results" / "2023"
    assert json.loads((folder / "result.json").read_text(encoding="utf-8"))["as_of"] is None
    assert verify(folder) == ()


def hash_anew(identity: Path) -> None:
    """Let the record say of itself, as it is now, that it is as it was written."""
    identity.write_text(text_of(sealed(json.loads(identity.read_text(encoding="utf-8")))), encoding="utf-8")


def test_a_result_passed_off_as_one_of_another_day_is_found(book: Path) -> None:
    folder = assess(book, as_of=LATE).folder
    identity = folder / "result.json"
    identity.write_text(identity.read_text(encoding="utf-8").replace("2024-02-01", "2024-03-01"))

    assert {finding.code for finding in verify(folder)} == {"QH612"}
    hash_anew(identity)
    assert "QH617" in {finding.code for finding in verify(folder)}


def test_a_day_in_the_identity_that_is_none_is_refused(book: Path) -> None:
    folder = assess(book, as_of=LATE).folder
    identity = folder / "result.json"
    identity.write_text(identity.read_text(encoding="utf-8").replace("2024-02-01", "2024-02-31"))
    hash_anew(identity)

    with pytest.raises(UsageError, match="not the identity"):
        verify(folder)


def test_an_explanation_is_of_what_was_known(book: Path) -> None:
    assert explain(book, "A", "made", as_of=LATE).points == 80.0
    assert explain(book, "A", "made").points == 90.0


def test_the_command_line_takes_a_day(book: Path) -> None:
    answer = answer_to("score", str(book), "--as-of", "2024-02-01", "--lang", "en")
    wrong = answer_to("score", str(book), "--as-of", "soon", "--lang", "en")
    told = answer_to("explain", str(book), "A", "made", "--as-of", "2024-02-01", "--lang", "en")

    assert answer.out.startswith("As of  2023, as known on 2024-02-01\n")
    assert f"The result lies in {book / 'results' / '2023-as-of-2024-02-01'}" in answer.out
    assert (wrong.code, wrong.err) == (2, "quanheng: --as-of cannot be 'soon'\n")
    assert "80" in told.out
