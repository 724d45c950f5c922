"""`quanheng study alignment`: with the level above as an argument or from the study file."""

from __future__ import annotations

from pathlib import Path

from tests.cli.commands import answer_to

BOOK = "books/hdi-2022"


def test_a_scheme_beside_itself_pulls_nowhere_apart(tmp_path: Path) -> None:
    out, svg = tmp_path / "out", tmp_path / "svg"

    told = answer_to(
        *("study", "alignment", BOOK, f"{BOOK}/scheme.yaml", "--out", str(out), "--svg", str(svg))
    )

    assert told.code == 0
    assert told.out.splitlines()[0] == "All 4 indicators above have one of ours that answers for them."
    assert {file.name for file in svg.iterdir()} == {"effort.svg", "weights.svg"}
    again = tmp_path / "again"
    answer_to("study", "alignment", BOOK, "--study", str(out / "study.yaml"), "--out", str(again))
    for file in out.iterdir():
        assert (again / file.name).read_bytes() == file.read_bytes(), file.name


def test_without_a_level_above_it_asks_for_one() -> None:
    told = answer_to("study", "alignment", BOOK, "--lang", "zh")

    assert told.code == 2
    assert "请指明上级的方案或考核册" in told.err
