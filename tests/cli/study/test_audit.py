"""`quanheng study audit`, as a person asks for it."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from tests.cli.commands import answer_to

BOOKS = Path(__file__).resolve().parents[3] / "books"
HDI = str(BOOKS / "hdi-2022")


def test_the_sentences_come_first_then_the_tables() -> None:
    answer = answer_to("study", "audit", HDI, "--lang", "en")

    assert answer.code == 0
    lines = answer.out.splitlines()
    assert lines[0].endswith(".")
    assert "What is conspicuous" in lines
    assert lines.index("What is conspicuous") < lines.index("Weight against influence")


def test_it_is_told_in_chinese_too() -> None:
    answer = answer_to("study", "audit", HDI, "--lang", "zh")

    assert "权重与实际影响" in answer.out
    assert answer.out.splitlines()[0].endswith("。")


def test_run_again_with_its_settings_it_writes_the_same_bytes(tmp_path: Path) -> None:
    first, again = tmp_path / "first", tmp_path / "again"

    assert answer_to("study", "audit", HDI, "--seed", "4", "--out", str(first)).code == 0
    settings = str(first / "study.yaml")
    assert answer_to("study", "audit", HDI, "--study", settings, "--out", str(again)).code == 0

    names = sorted(file.name for file in first.iterdir())
    assert names == sorted(file.name for file in again.iterdir())
    assert "influence.csv" in names
    for name in names:
        assert (first / name).read_bytes() == (again / name).read_bytes(), name


def test_charts_are_drawn(tmp_path: Path) -> None:
    assert answer_to("study", "audit", HDI, "--svg", str(tmp_path)).code == 0

    assert {file.name for file in tmp_path.iterdir()} >= {"influence.svg", "correlations.svg", "curves.svg"}


def test_as_json_it_has_everything() -> None:
    told = json.loads(answer_to("study", "audit", HDI, "--json").out)

    assert told["study"] == "audit"
    assert told["settings"]["seed"] == 1
    assert {"problems", "influence", "intended", "curves"} <= set(told["tables"])


def test_settings_that_are_wrong_are_told_with_their_line(tmp_path: Path) -> None:
    file = tmp_path / "audit.yaml"
    file.write_text("study: audit\nredundant: 3\nredundnt: 0.8\n", encoding="utf-8")

    answer = answer_to("study", "audit", HDI, "--study", str(file), "--lang", "en")

    assert answer.code == 1
    assert "audit.yaml:2:" in answer.err
    assert "audit.yaml:3:" in answer.err


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_schema_of_its_settings_is_printed_and_holds(language: str, tmp_path: Path) -> None:
    told = json.loads(answer_to("schema", "--study", "audit", "--lang", language).out)

    jsonschema.Draft202012Validator.check_schema(told)
    validator = jsonschema.Draft202012Validator(told)
    assert validator.is_valid({"study": "audit", "levels": [["indicators", 1]], "intended": {"a": "30%"}})
    assert not validator.is_valid({"study": "audit", "level": []})
    file = tmp_path / "audit.schema.json"
    assert answer_to("schema", str(file), "--study", "audit", "--lang", language).code == 0
    assert json.loads(file.read_text(encoding="utf-8")) == told


def test_the_schema_of_no_study_is_refused() -> None:
    answer = answer_to("schema", "--study", "audits", "--lang", "en")

    assert answer.code == 2
    assert "there is no study 'audits'; did you mean 'audit'?" in answer.err
