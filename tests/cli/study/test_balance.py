"""`quanheng study balance`: printed, written, drawn, as JSON; and again from its own settings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.commands import answer_to

BOOK = "books/hdi-2022"
PLAN = """study: balance
levers:
  - {unit: China, item: mean_schooling, up: 1, step: 0.1, cost: [[0.3, 1], [1, 6]]}
  - {unit: China, item: expected_schooling, up: 1, cost: 3}
reach: [{unit: China, place: 73}]
front: {unit: China, of: [attained, expected], points: 3}
budget: 5
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    file = tmp_path / "plan.yaml"
    file.write_text(PLAN, encoding="utf-8")
    return file


def test_a_plan_is_printed_written_and_drawn(plan: Path, tmp_path: Path) -> None:
    out, svg = tmp_path / "out", tmp_path / "svg"

    told = answer_to("study", "balance", BOOK, "--study", str(plan), "--out", str(out), "--svg", str(svg))

    assert told.out.splitlines()[0].startswith("China reaches place 73: China: ")
    assert {file.name for file in out.iterdir()} == {
        *("front.csv", "levers.csv", "plans.csv", "proof.csv"),
        *("sentences.txt", "study.json", "study.yaml"),
    }
    assert [file.name for file in svg.iterdir()] == ["front.svg"]


def test_the_settings_that_are_written_give_the_same_files(plan: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"

    answer_to("study", "balance", BOOK, "--study", str(plan), "--out", str(one))
    answer_to("study", "balance", BOOK, "--study", str(one / "study.yaml"), "--out", str(two))

    for file in one.iterdir():
        assert (two / file.name).read_bytes() == file.read_bytes(), file.name


def test_as_json_it_is_json_and_nothing_else(plan: Path) -> None:
    told = json.loads(answer_to("study", "balance", BOOK, "--study", str(plan), "--json").out)

    assert told["study"] == "balance"
    assert told["tables"]["proof"][0]["place_after"] <= 73


def test_the_needs_of_a_unit_are_told_in_chinese() -> None:
    answer = answer_to("study", "balance", BOOK, "--unit", "CHN", "--lang", "zh").out

    assert "现为第75名" in answer
    assert "平均受教育年限" in answer
