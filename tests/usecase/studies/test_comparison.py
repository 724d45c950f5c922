"""Comparing what lies on disk: rounds, schemes and results beside their books."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.commands import answer_to

from quanheng.data.writing.writing import Writing
from quanheng.findings.finding import FindingsError
from quanheng.usecase.results.assess import assess
from quanheng.usecase.studies.compare import comparison_of
from quanheng.usecase.studies.lay import origin_of, write_study

SCHEME = """\
quanheng: 1
id: small
title: {zh: 小册, en: Small}
round: 2023
items: {done: {kind: rate}, calm: {kind: rate}}
defaults: {rule: given}
indicators:
  work: {name: {zh: 工作, en: Work}, weight: 60, measure: done}
  peace: {name: {zh: 平安, en: Peace}, weight: 40, measure: calm}
rounding: {total: 2}
"""
FIGURES = "unit,period,done,calm\nA,2022,80,50\nA,2023,90,50\nB,2022,70,60\nB,2023,70,65\n"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    target = tmp_path / "small"
    (target / "data").mkdir(parents=True)
    (target / "scheme.yaml").write_text(SCHEME, encoding="utf-8")
    (target / "units.csv").write_text("unit,name\nA,Ai\nB,Bo\n", encoding="utf-8")
    (target / "data" / "figures.csv").write_text(FIGURES, encoding="utf-8")
    return target


def test_settings_that_are_written_give_the_same_files_again(book: Path, tmp_path: Path) -> None:
    first, again = tmp_path / "first", tmp_path / "again"
    study, of = comparison_of(book, order=("peers",), units=("Ai",))
    write_study(study, first, language="en", writing=Writing(command="compare"), of=origin_of(of))
    study, of = comparison_of(book, study=first / "study.yaml")
    write_study(study, again, language="en", writing=Writing(command="compare"), of=origin_of(of))

    files = sorted(file.name for file in first.iterdir())
    assert files == ["causes.csv", "moves.csv", "overall.csv", "sentences.txt", "study.json", "study.yaml"]
    assert [(first / name).read_bytes() for name in files] == [(again / name).read_bytes() for name in files]


def test_a_book_is_compared_with_a_scheme_by_which_it_could_be_scored(book: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text(SCHEME.replace("60", "30").replace("40", "70"), encoding="utf-8")

    study, _ = comparison_of(book, beside=other, units=("A",))

    # 0.6·90 + 0.4·50 = 74, then 0.3·90 + 0.7·50 = 62
    assert study.sentences[-1].en == "Ai: 74 → 62 (-12), from place 1 to 2: weights (-12)."


def test_a_book_is_compared_with_a_result_beside_its_book(book: Path) -> None:
    folder = assess(book, round="2022", workbook=False).folder

    study, _ = comparison_of(book, beside=folder, units=("A",))

    assert study.sentences[-1].en == "Ai: 74 → 68 (-6), still at place 1: its own figures (-6)."


def test_a_result_of_other_data_is_refused(book: Path) -> None:
    folder = assess(book, round="2022", workbook=False).folder
    figures = book / "data" / "figures.csv"
    figures.write_text(FIGURES.replace("2022,80", "2022,81"), encoding="utf-8")

    with pytest.raises(FindingsError) as refused:
        comparison_of(book, beside=folder)

    assert [finding.code for finding in refused.value.findings] == ["QH756"]


def test_the_command_tells_writes_and_draws(book: Path, tmp_path: Path) -> None:
    out, svg = tmp_path / "out", tmp_path / "svg"
    answer = answer_to("study", "compare", str(book), "--out", str(out), "--svg", str(svg), "--lang", "zh")

    assert answer.code == 0
    assert "Ai：68 → 74（+6），仍居第1位：自身数据（+6）。" in answer.out
    assert sorted(file.name for file in svg.iterdir()) == ["causes.svg", "waterfall-2.svg", "waterfall.svg"]
    assert (out / "sentences.txt").read_text(encoding="utf-8").startswith("从2022到2023")


def test_the_command_refuses_a_cause_and_a_unit_that_are_not_there(book: Path) -> None:
    assert answer_to("study", "compare", str(book), "--order", "luck").code == 2
    assert answer_to("study", "compare", str(book), "--unit", "Zed").code == 2
