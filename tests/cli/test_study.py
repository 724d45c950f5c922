"""`quanheng study`: sentences first, then tables; files that give the same again, and nothing lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.commands import answer_to as run

BOOK = "books/hdi-2022"
FEW = """study: robustness
runs: 16
leave_out: [dimensions]
causes: {weights: {change: 25%}, aggregation: {choices: [arithmetic]}}
"""


@pytest.fixture
def few(tmp_path: Path) -> str:
    file = tmp_path / "few.yaml"
    file.write_text(FEW, encoding="utf-8")
    return str(file)


def test_the_sentences_come_before_the_tables(few: str) -> None:
    done = run("study", "robustness", BOOK, "--study", few, "--lang", "zh")

    assert done.code == 0
    first, *_ = done.out.splitlines()
    assert first == "共重复16次，其中变动的有：权重（±25%）、合成方法（2种）。"
    assert "位次及其区间" in done.out


def test_what_is_written_gives_the_same_bytes_again(few: str, tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    assert run("study", "robustness", BOOK, "--study", few, "--seed", "5", "--out", str(one)).code == 0
    again = str(one / "study.yaml")
    assert run("study", "robustness", BOOK, "--study", again, "--out", str(other)).code == 0

    names = sorted(path.name for path in one.iterdir())
    assert "study.yaml" in names
    assert "places.csv" in names
    assert names == sorted(path.name for path in other.iterdir())
    for name in names:
        assert (one / name).read_bytes() == (other / name).read_bytes(), name


def test_draws_that_were_kept_give_the_same_places_again(few: str, tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    assert run("study", "robustness", BOOK, "--study", few, "--keep", "--out", str(one)).code == 0
    draws = str(one / "draws.csv")
    line = ("study", "robustness", BOOK, "--study", few, "--keep", "--draws", draws, "--out", str(other))
    assert run(*line).code == 0

    assert (one / "replicates.csv").read_bytes() == (other / "replicates.csv").read_bytes()
    assert (one / "places.csv").read_bytes() == (other / "places.csv").read_bytes()


def test_a_file_of_a_person_is_not_written_over(few: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run("study", "robustness", BOOK, "--study", few, "--out", str(out)).code == 0
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    assert run("study", "robustness", BOOK, "--study", few, "--out", str(out)).code == 0
    (out / "places.csv").write_text("mine", encoding="utf-8")

    refused = run("study", "robustness", BOOK, "--study", few, "--out", str(out))

    assert refused.code == 2
    assert "places.csv" in refused.err
    assert (out / "places.csv").read_text(encoding="utf-8") == "mine"
    assert run("study", "robustness", BOOK, "--study", few, "--out", str(out), "--force").code == 0
    assert (out / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_a_file_where_the_folder_should_be_is_told(few: str, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("mine", encoding="utf-8")

    refused = run("study", "robustness", BOOK, "--study", few, "--out", str(tmp_path / "taken"))

    assert refused.code == 2
    assert "taken" in refused.err
    assert "replicates" in refused.out  # what took long to find out is shown even so


def test_charts_are_drawn_and_told_in_both_languages(few: str, tmp_path: Path) -> None:
    svg = tmp_path / "svg"
    assert run("study", "robustness", BOOK, "--study", few, "--svg", str(svg), "--lang", "zh").code == 0

    drawn = (svg / "places.svg").read_text(encoding="utf-8")
    assert drawn.startswith("<svg")
    assert "位次" in drawn
    assert "quanheng-sha256:" in drawn


def test_json_has_sentences_tables_charts_and_settings(few: str) -> None:
    record = json.loads(run("study", "robustness", BOOK, "--study", few, "--json").out)

    assert record["study"] == "robustness"
    assert record["settings"]["runs"] == 16
    assert len(record["tables"]["places"]) == 193
    assert record["charts"]["sensitivity"]["data"]["values"]
    assert record["of"]["scheme"] == "hdi-2022"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("- a\n", "QH701"),
        ("study: audit\n", "QH702"),
        ("study: robustness\nrnus: 3\n", "QH120"),
        ("runs: 0\n", "QH128"),
    ],
)
def test_what_is_wrong_in_a_study_file_is_told(tmp_path: Path, text: str, code: str) -> None:
    file = tmp_path / "study.yaml"
    file.write_text(text, encoding="utf-8")

    done = run("study", "robustness", BOOK, "--study", str(file))

    assert done.code == 1
    assert code in done.out + done.err


def test_draws_that_are_no_table_are_refused(few: str, tmp_path: Path) -> None:
    (tmp_path / "draws.csv").write_text("", encoding="utf-8")

    refused = run("study", "robustness", BOOK, "--study", few, "--draws", str(tmp_path / "draws.csv"))

    assert refused.code == 2
    assert "draws.csv" in refused.err
