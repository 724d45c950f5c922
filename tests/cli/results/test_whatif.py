"""`quanheng whatif`, as a person asks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.commands import answer_to


@pytest.fixture
def book(tmp_path: Path) -> Path:
    target = tmp_path / "book"
    (target / "data").mkdir(parents=True)
    (target / "scheme.yaml").write_text(
        "quanheng: 1\nid: t\ntitle: {zh: 小册, en: Small}\nround: 2023\n"
        "items: {x: {kind: rate}, y: {kind: rate}}\ndefaults: {rule: given}\nindicators:\n"
        "  a: {name: {zh: 甲, en: First}, weight: 60, measure: x}\n"
        "  b: {name: {zh: 乙, en: Second}, weight: 40, measure: y}\n"
        "rounding: {total: 2}\n",
        encoding="utf-8",
    )
    (target / "units.csv").write_text("unit,name\nA,Ai\nB,Bo\n", encoding="utf-8")
    (target / "data" / "f.csv").write_text("unit,period,x,y\nA,2023,80,50\nB,2023,60,90\n", encoding="utf-8")
    return target


def test_whatif_says_who_moves_and_by_what_and_writes_no_result(book: Path, tmp_path: Path) -> None:
    before = sorted(path.name for path in book.rglob("*"))
    csv = tmp_path / "moved.csv"
    asked = ("--set", "x@Bo=70", "--weight", "乙=60")
    answer = answer_to("whatif", str(book), *asked, "--csv", str(csv), "--lang", "zh")

    assert answer.code == 0
    # B: 72, then (60·70 + 60·90)/120 = 80; A: 68, then 65
    assert "Bo：72 → 80（+8），仍居第1位：Bo" in answer.out
    assert csv.read_text(encoding="utf-8").startswith("\ufeffgroup,unit,name,cause,change,places")
    assert sorted(path.name for path in book.rglob("*")) == before


def test_whatif_gives_one_document_of_json(book: Path) -> None:
    answer = answer_to("whatif", str(book), "--without", "b", "--json", "--lang", "en")

    record = json.loads(answer.out)
    assert record["study"] == "whatif"
    assert [row["unit"] for row in record["tables"]["moves"]] == ["A", "B"]


@pytest.mark.parametrize(
    "asked",
    [
        ("--set", "x@B"),
        ("--set", "z@B=1"),
        ("--weight", "a=-1"),
        ("--without", "c"),
        ("--rule", "=percentile"),
        ("--unit", "Zed", "--without", "b"),
        (),
    ],
)
def test_whatif_refuses_what_makes_no_sense(book: Path, asked: tuple[str, ...]) -> None:
    assert answer_to("whatif", str(book), *asked).code == 2
