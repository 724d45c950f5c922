"""Nodes that count from some time on, or until some (units §3); all figures are invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from quanheng.data.book.book import Book
from quanheng.data.load import load
from quanheng.engine.results.score import score
from quanheng.findings.finding import FindingsError
from quanheng.usecase.public import score_rounds
from quanheng.usecase.results.assess import assess
from quanheng.usecase.results.moves import moved_since
from quanheng.usecase.results.verify import verify

SCHEME = """\
quanheng: 1
id: other-indicators
title: An invented book
round: 2023
items: {x: {kind: rate}, y: {kind: rate}, z: {kind: rate}}
defaults: {rule: given}
indicators:
  economy:
    children:
      growth: {measure: x, weight: 60}
      old: {measure: y, weight: 40, to: 2022}
      new: {measure: z, weight: 40, from: 2023}
awards:
  - {name: Best of the old, where: old >= 20, take: 1}
adjustments: {rules: [{name: late, kind: penalty, marks: 5, node: new, when: z < 50}]}
ties: {break_by: [old]}
"""
FIGURES = "unit,period,x,y,z\nA,2022,50,100,\nB,2022,80,10,\nA,2023,50,100,20\nB,2023,80,10,90\n"


def book_in(folder: Path, scheme: str = SCHEME, adjustments: str = "") -> Path:
    (folder / "data").mkdir(parents=True)
    (folder / "scheme.yaml").write_text(scheme, encoding="utf-8")
    (folder / "units.csv").write_text("unit,name\nA,Ash\nB,Birch\n", encoding="utf-8")
    (folder / "data" / "x.csv").write_text(FIGURES, encoding="utf-8")
    if adjustments:
        (folder / "adjustments.csv").write_text(adjustments, encoding="utf-8")
    return folder


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return load(book_in(tmp_path / "book"))


def totals(book: Book, year: str) -> dict[str, float]:
    return dict(score(book, round=year).ranking.select("unit", "score").rows())


def test_a_node_counts_in_the_rounds_that_end_in_its_time(book: Book) -> None:
    # 2022: 0.6 * 50 + 0.4 * 100 = 70; 0.6 * 80 + 0.4 * 10 = 52
    assert totals(book, "2022") == {"A": 70.0, "B": 52.0}
    # 2023: 0.6 * 50 + 0.4 * 20 - 5 = 33; 0.6 * 80 + 0.4 * 90 = 84
    assert totals(book, "2023") == {"B": 84.0, "A": 33.0}


def test_what_looks_at_a_node_of_another_time_is_left_out(book: Book) -> None:
    assert score(book, round="2022").awards["unit"].to_list() == ["A"]
    assert score(book, round="2023").awards["unit"].to_list() == []


def test_panel_has_the_nodes_of_each_round(book: Book) -> None:
    panel = score_rounds(book, "2022..2023")

    nodes = {name: {node.code for node in result.scheme.nodes} for name, result in panel.results.items()}
    assert nodes == {
        "2022": {"total", "economy", "growth", "old"},
        "2023": {"total", "economy", "growth", "new"},
    }
    for name, result in panel.results.items():
        assert dict(result.ranking.select("unit", "score").rows()) == totals(book, name)


def test_moves_add_up_though_one_indicator_took_the_place_of_another(book: Book) -> None:
    moves = moved_since(book, score(book)).moves

    of_a = {
        (row["cause"], row["node"]): row["change"]
        for row in moves.causes.rows(named=True)
        if row["unit"] == "A"
    }
    # from 70 to 33: the old one took 40 along, the new one brings 8 and 5 are taken
    assert of_a == {
        ("indicator", "growth"): 0.0,
        ("indicator", "old"): -40.0,
        ("indicator", "new"): 8.0,
        ("penalty", "new"): -5.0,
    }


def test_result_is_verified_and_explained(tmp_path: Path) -> None:
    path = book_in(tmp_path / "book")

    folder = assess(path, round="2022").folder

    assert verify(folder) == ()
    assert "70" in str(score(load(path), round="2022").explain("A"))


def test_adjustment_at_a_node_of_another_time_is_told(tmp_path: Path) -> None:
    rows = "unit,kind,marks,reason,node\nA,bonus,3,a prize,old\n"
    book = load(book_in(tmp_path / "book", adjustments=rows))

    result = score(book)

    assert dict(result.ranking.select("unit", "score").rows())["A"] == 33.0
    assert "QH575" in {finding.code for finding in result.findings}
    assert totals(book, "2022")["A"] == 73.0


@pytest.mark.parametrize(
    ("was", "now", "day"),
    [
        ("weight: 40, from: 2023", "weight: 30, from: 2023", "2023-01-01"),
        ("to: 2022", "to: 2021", "2022-01-01"),
        ("from: 2023", "from: 2022", "2022-01-01"),
        ("to: 2022", "from: 2023, to: 2022", "2022-12-31"),
    ],
)
def test_weights_add_up_in_each_time(tmp_path: Path, was: str, now: str, day: str) -> None:
    with pytest.raises(FindingsError) as error:
        load(book_in(tmp_path / "book", scheme=SCHEME.replace(was, now)))

    found = [finding for finding in error.value.findings if finding.severity == "error"]
    assert {finding.code for finding in found} == {"QH679"}
    assert day in {finding.facts["day"] for finding in found}


def test_relative_weights_need_not_add_up(tmp_path: Path) -> None:
    scheme = SCHEME.replace("  economy:\n", "  economy:\n    weight: 100\n    weights: relative\n").replace(
        "weight: 40, from: 2023", "weight: 20, from: 2023"
    )
    book = load(book_in(tmp_path / "book", scheme=scheme))

    # 2023: 50 * 60/80 + 20 * 20/80 - 5 = 37.5; 80 * 0.75 + 90 * 0.25 = 82.5
    assert totals(book, "2023") == {"B": 82.5, "A": 37.5}
    assert totals(book, "2022") == {"A": 70.0, "B": 52.0}


def test_a_round_before_anything_is_assessed_is_an_error(tmp_path: Path) -> None:
    scheme = SCHEME.replace("  economy:\n", "  economy:\n    from: 2022\n")
    book = load(book_in(tmp_path / "book", scheme=scheme))

    with pytest.raises(FindingsError, match="nothing is assessed"):
        score(book, round="2021")


def test_a_formula_may_not_ask_for_a_node_of_another_time(tmp_path: Path) -> None:
    scheme = SCHEME.replace("measure: x, weight: 60", "measure: x + points(old), weight: 60")

    with pytest.raises(FindingsError, match="points\\(old\\), which is not in force"):
        load(book_in(tmp_path / "book", scheme=scheme))
