"""The commands one after the other, as a person uses them, and as a program does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.commands import answer_to

HEADING = "place  unit  name"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    folder = tmp_path / "hdi"
    assert answer_to("new", str(folder), "--example", "hdi-2022").code == 0
    return folder


def test_new_says_where_the_book_lies_and_what_comes_next(tmp_path: Path) -> None:
    answer = answer_to("new", str(tmp_path / "mine"), "--lang", "en")

    assert answer.code == 0
    assert answer.out.startswith(f"The book lies at {tmp_path / 'mine'}\n")
    assert f"quanheng check {tmp_path / 'mine'}" in answer.out


def _book_without_units(path: Path) -> None:
    answer_to("new", str(path))
    (path / "units.csv").write_text("unit,name,group\n", encoding="utf-8")


def test_check_of_a_book_without_units_prints_findings_and_fails(tmp_path: Path) -> None:
    _book_without_units(tmp_path / "mine")

    answer = answer_to("check", str(tmp_path / "mine"), "--lang", "en")

    assert answer.code == 1
    assert " error QH" in answer.out
    assert "hint:" in answer.out


def test_check_answers_a_program_with_every_finding(tmp_path: Path) -> None:
    _book_without_units(tmp_path / "mine")

    answer = answer_to("check", str(tmp_path / "mine"), "--json", "--lang", "zh")

    findings = json.loads(answer.out)["findings"]
    assert {"code", "severity", "place", "message", "hint"} == findings[0].keys()


def test_score_prints_the_ranking_and_where_the_result_lies(book: Path) -> None:
    answer = answer_to("score", str(book), "--lang", "en")

    lines = answer.out.splitlines()
    assert answer.code == 0
    assert lines[0] == "Human Development Index 2022  2022"
    assert lines[2].startswith(HEADING)
    assert lines[3].split() == ["1", "CHE", "Switzerland", "0.967"]
    assert lines[-1] == f"The result lies in {book / 'results' / '2022'}"


def test_score_writes_the_workbook_unless_told_not_to(book: Path) -> None:
    workbook = book / "results" / "2022" / "results.xlsx"

    assert answer_to("score", str(book), "--no-workbook").code == 0
    assert not workbook.exists()
    assert answer_to("score", str(book), "--workbook").code == 0
    assert workbook.is_file()


def test_score_answers_a_program_with_the_ranking(book: Path) -> None:
    answer = json.loads(answer_to("score", str(book), "--json").out)

    assert (answer["scheme"], answer["round"], answer["engine"]) == ("hdi-2022", "2022", "polars")
    assert answer["ranking"][0]["unit"] == "CHE"
    assert len(answer["ranking"]) == 193


def test_score_of_a_broken_book_writes_nothing(book: Path) -> None:
    (book / "units.csv").write_text("unit,name\nCHE,Switzerland\nCHE,Again\n", encoding="utf-8")

    answer = answer_to("score", str(book), "--lang", "en")

    assert answer.code == 1
    assert answer.out == ""
    assert " error QH" in answer.err
    assert not (book / "results").exists()


def test_score_of_a_broken_book_tells_a_program_the_findings(book: Path) -> None:
    (book / "units.csv").write_text("unit,name\nCHE,Switzerland\nCHE,Again\n", encoding="utf-8")

    answer = answer_to("score", str(book), "--json")

    assert answer.code == 1
    assert json.loads(answer.out)["findings"]


def test_explain_prints_the_tree_down_to_cells(book: Path) -> None:
    answer = answer_to("explain", str(book), "DNK", "--lang", "en")

    assert answer.code == 0
    assert "0.952" in answer.out
    assert "data/hdi.csv" in answer.out


def test_explain_answers_a_program_with_the_tree(book: Path) -> None:
    tree = json.loads(answer_to("explain", str(book), "DNK", "health", "--json").out)

    assert (tree["unit"], tree["node"]) == ("DNK", "health")


@pytest.mark.parametrize("tokens", [("DKN",), ("DNK", "helth")])
def test_explain_of_what_does_not_exist_is_wrong_usage(tokens: tuple[str, ...], book: Path) -> None:
    answer = answer_to("explain", str(book), *tokens, "--lang", "en")

    assert answer.code == 2
    assert "did you mean" in answer.err


def test_verify_agrees_with_an_untouched_result(book: Path) -> None:
    answer_to("score", str(book))

    answer = answer_to("verify", str(book / "results" / "2022"), "--lang", "en")

    assert (answer.code, answer.out) == (0, "The result is what its book gives\n")


def test_verify_names_what_was_changed(book: Path) -> None:
    answer_to("score", str(book))
    scores = book / "results" / "2022" / "scores.csv"
    scores.write_text(scores.read_text(encoding="utf-8").replace("0.967", "0.999"), encoding="utf-8")

    answer = answer_to("verify", str(book / "results" / "2022"), "--json")

    assert answer.code == 1
    assert json.loads(answer.out)["agrees"] is False


def test_convert_gives_a_workbook_that_scores_the_same(book: Path, tmp_path: Path) -> None:
    assert answer_to("convert", str(book), str(tmp_path / "hdi.xlsx")).code == 0

    folder, workbook = (
        json.loads(answer_to("score", str(path), "--json").out)["ranking"]
        for path in (book, tmp_path / "hdi.xlsx")
    )
    assert folder == workbook


def test_demo_shows_a_ranking_and_its_awards(tmp_path: Path) -> None:
    answer = answer_to("demo", str(tmp_path / "demo"), "--lang", "zh")

    assert answer.code == 0
    assert "位次" in answer.out
    assert "奖项" in answer.out
    assert f"结果位于 {tmp_path / 'demo' / 'results' / '2023'}" in answer.out


def test_rules_lists_all_and_shows_one_with_its_result() -> None:
    listed = answer_to("rules", "--lang", "en").out
    shown = answer_to("rules", "deduct", "--lang", "en").out

    assert "deduct" in listed
    assert "p = max(floor, from − each·max(0, x − free))" in shown
    assert "C      85.0000" in shown


def test_rules_answers_a_program() -> None:
    record = json.loads(answer_to("rules", "功效系数法", "--json", "--lang", "zh").out)

    assert record["name"] == "scale"
    assert record["examples"][0]["points"] == {"A": 60.0, "B": 70.0, "C": 80.0, "D": 100.0}
