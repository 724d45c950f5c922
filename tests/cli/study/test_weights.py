from __future__ import annotations

from pathlib import Path

from tests.cli.commands import answer_to

from quanheng.examples import path_of_example

BOOK = str(path_of_example("hdi-2022"))


def test_what_is_written_can_be_run_again_to_the_same_bytes(tmp_path: Path) -> None:
    study = tmp_path / "study.yaml"
    study.write_text(
        "study: weights\nmethods: [equal, std, ahp]\njudgements: {education: {matrix: [[1, 3], [1/3, 1]]}}\n",
        encoding="utf-8",
    )
    first, second, pictures = tmp_path / "first", tmp_path / "second", tmp_path / "svg"
    answer = answer_to(
        "study",
        "weights",
        BOOK,
        "--study",
        str(study),
        "--out",
        str(first),
        "--svg",
        str(pictures),
        "--lang",
        "en",
    )

    answer_to(
        "study", "weights", BOOK, "--study", str(first / "study.yaml"), "--out", str(second), "--lang", "en"
    )

    assert answer.code == 0
    assert answer.out.startswith("Of 193 units ")
    names = {file.name for file in first.iterdir()}
    assert names >= {"weights.csv", "places.csv", "judgements.csv", "sensitivity.csv", "study.yaml"}
    assert {name: (second / name).read_bytes() for name in names} == {
        name: (first / name).read_bytes() for name in names
    }
    assert {file.name for file in pictures.iterdir()} == {"agreement.svg", "places.svg", "weights.svg"}
