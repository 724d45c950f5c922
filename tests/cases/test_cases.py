"""Each case tells and scores what is right, in both languages; and what commands other than `score` say."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Literal

import pytest
from tests.cases.case import AB, Case, scheme
from tests.cases.table import CASES
from tests.cli.commands import answer_to
from tests.data.books import workbook

Language = Literal["en", "zh"]
CODE = re.compile(r"QH\d{3}")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_told_and_scored(case: Case, language: Language, tmp_path: Path) -> None:
    book = case.written(tmp_path)

    checked = answer_to("check", str(book), "--lang", language)
    scored = answer_to("score", str(book), "--lang", language)

    said = checked.out + checked.err + scored.out + scored.err
    assert tuple(CODE.findall(scored.err)) == case.codes
    assert set(CODE.findall(checked.out + checked.err)) <= set(case.codes)
    for english, chinese in case.words:
        assert (english if language == "en" else chinese) in said
    assert (scored.code == 0) == (case.scores is not None)
    if case.scores is not None:
        assert scores_in(book) == pytest.approx(case.scores, abs=1e-6)


def scores_in(book: Path) -> dict[str, float]:
    """Return the total of each unit, as the result that was written says."""
    answer = answer_to("score", str(book), "--json")
    return {row["unit"]: row["score"] for row in json.loads(answer.out)["ranking"]}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_names_that_would_run_as_formulas(language: Language, tmp_path: Path) -> None:
    names = '"=HYPERLINK(""http://x"",""y"")"', "@SUM(1)"
    case = Case(
        name="formulas as names",
        files={
            "scheme.yaml": scheme("a: {}", "leaf: {measure: a, weight: 100, rule: {scale: {}}}"),
            "units.csv": f"unit,name\nA,{names[0]}\nB,{names[1]}\n",
            "data/f.csv": "unit,a\nA,1\nB,2\n",
        },
    )

    answer = answer_to("check", str(case.written(tmp_path)), "--lang", language)

    said = answer.out + answer.err
    assert CODE.findall(said).count("QH453") == 2
    assert "units.csv!2:name" in said
    assert ("run as a formula" if language == "en" else "当作公式执行") in said


@pytest.mark.parametrize("language", ["en", "zh"])
def test_keys_that_a_spreadsheet_spoilt(language: Language, tmp_path: Path) -> None:
    case = Case(
        name="keys of records",
        files={
            "scheme.yaml": scheme(
                "n: {count: req}",
                "leaf: {measure: n, weight: 100, rule: {bands: [[0, 0], [10, 100]]}}",
                further="ledgers: {req: {key: ticket, opened: opened_on, due: due_on, closed: closed_on}}\n",
            ),
            "units.csv": AB,
            "ledgers/req.csv": "ticket,unit,opened_on,due_on,closed_on\n001,A,2023-01-02,2023-01-05,\n",
            "arrives.xlsx": workbook(
                {
                    "Sheet1": [
                        ["ticket", "unit", "opened_on", "due_on", "closed_on"],
                        [1, "A", "2023-01-02", "2023-01-05", "2023-01-04"],
                        [913202001234567890, "B", "2023-01-02", "2023-01-05", "2023-01-04"],
                    ]
                }
            ),
        },
    )
    book = case.written(tmp_path)
    before = (book / "ledgers/req.csv").read_bytes()

    answer = answer_to(
        *("ledgers", "import", str(book), "req", str(book / "arrives.xlsx")),
        *("--on", "2023-02-01", "--lang", language),
    )

    assert answer.code == 1
    assert CODE.findall(answer.err) == ["QH482", "QH485"]
    assert "arrives.xlsx!Sheet1!A3" in answer.err
    assert "9.13202001234568e+17" in answer.err
    assert ("'1' for '001'" if language == "en" else "001") in answer.err
    assert (book / "ledgers/req.csv").read_bytes() == before


def test_a_figure_in_another_unit_is_asked_about_without_any_history(tmp_path: Path) -> None:
    (case,) = [case for case in CASES if case.name == "one figure in 万元"]
    book = case.written(tmp_path)

    answer = answer_to("unusual", str(book), "--at", "2023-06", "--lang", "zh")

    assert "C2" in answer.out
    assert "QH436" in answer.out
    assert "万元" in answer.out


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_was_published_is_what_moves_are_from(language: Language, tmp_path: Path) -> None:
    text = scheme(
        "x: {name: 分, kind: rate, every: quarter}",
        "k: {weight: 100, measure: x, rule: given}",
        further="reviews: {every: quarter, fold: {reviews: 50%, year: 50%}}\n",
    )
    case = Case(
        name="published reviews",
        files={
            "scheme.yaml": text,
            "units.csv": "单位\n甲\n乙\n",
            "history/2023-Q1.csv": "unit,score,place\n甲,80,2\n乙,85,1\n",
            "data/d.csv": "单位,期间,x\n甲,2023-Q1,88\n乙,2023-Q1,85\n甲,2023-Q2,90\n乙,2023-Q2,80\n",
        },
    )

    answer = answer_to("moves", str(case.written(tmp_path)), "--round", "2023-Q2", "--lang", language)

    assert re.search(r"甲 +甲 +80\.0000 +90\.0000 +\+10\.0000", answer.out)
    assert re.search(r"乙 +乙 +85\.0000 +80\.0000 +-5\.0000", answer.out)
    assert CODE.findall(answer.err) == ["QH595"]
    assert "80" in answer.err
    assert "88" in answer.err
