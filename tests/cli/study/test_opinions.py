from __future__ import annotations

import json
from pathlib import Path

from tests.cli.commands import answer_to

from quanheng.examples import path_of_example

BOOK = str(path_of_example("index-51"))


def test_sentences_come_first_then_tables() -> None:
    answer = answer_to("study", "opinions", BOOK, "--lang", "en")

    assert answer.code == 0
    lines = answer.out.splitlines()
    assert lines[0].startswith("The scheme and 11 other methods put 51 units in order with Kendall's W 0.9")
    assert "How far the methods agree" in lines


def test_what_is_written_can_be_run_again_to_the_same_bytes(tmp_path: Path) -> None:
    first, second, pictures = tmp_path / "first", tmp_path / "second", tmp_path / "svg"
    answer_to("study", "opinions", BOOK, "--out", str(first), "--svg", str(pictures))

    answer_to("study", "opinions", BOOK, "--study", str(first / "study.yaml"), "--out", str(second))

    names = {file.name for file in first.iterdir()}
    assert names >= {"places.csv", "agreement.csv", "vikor.csv", "study.yaml", "sentences.txt"}
    assert {name: (second / name).read_bytes() for name in names} == {
        name: (first / name).read_bytes() for name in names
    }
    assert {file.name for file in pictures.iterdir()} == {"agreement.svg", "places.svg"}


def test_a_program_gets_all_rows() -> None:
    answer = answer_to("study", "opinions", BOOK, "--json", "--lang", "zh")

    record = json.loads(answer.out)
    assert len(record["tables"]["places"]) == 51
    assert record["settings"]["methods"][0] == "topsis_vector"
    assert record["charts"]["agreement"]["title"]["text"] == "方法之间的一致程度"


def test_a_study_file_with_a_method_that_does_not_exist_is_a_finding(tmp_path: Path) -> None:
    file = tmp_path / "study.yaml"
    file.write_text("study: opinions\nmethods: [vikor, electre]\n", encoding="utf-8")

    answer = answer_to("study", "opinions", BOOK, "--study", str(file), "--lang", "en")

    assert answer.code == 1
    assert "study.yaml:2" in answer.err
