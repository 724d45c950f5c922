"""Published figures are compared with ours row by row; all figures are invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import try_published

_SCHEME = """
quanheng: 1
id: small
title: Small
round: 2023
items: {x: {}}
gaps: {missing: redistribute}
indicators: {leaf: {measure: x, weight: 100, rule: given}}
tiers: [{name: high, at_least: 50}, {name: low}]
"""
_COMPARED = """
books: [figures, more]
columns:
  score: {value: score, decimals: 1}
  place: {value: place}
  from_below: {value: place_from_below}
  tier: {value: tier}
  half: {node: leaf, value: points, times: 0.5, missing: none}
matches: 3
"""
# A 80.25 is printed as 80.3; C's score is not ours; D is not ranked; what is said of E has a note
_EXPECTED = """unit,score,place,from_below,tier,half,note
A,80.3,1,3,high,40.125,
B,40,3,1,low,20,
C,60,2,2,high,30.5,
D,,,,,none,
E,99,1,,low,,a slip of the publisher
"""


@pytest.fixture
def given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in {
        "ours/small/scheme.yaml": _SCHEME,
        "ours/small/published.yaml": _COMPARED,
        "given/small/expected.csv": _EXPECTED,
        "given/small/figures/units.csv": "unit\nA\nB\nC\nD\nE\n",
        "given/small/figures/data/x.csv": "unit,x\nA,80.25\nB,40\n",
        "given/small/more/data/x.csv": "unit,x\nC,61\nD,\nE,\n",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.setattr(try_published, "SCHEMES", tmp_path / "ours")
    return tmp_path / "given"


def test_rows_that_differ_are_named_and_those_with_a_note_left_out(given: Path) -> None:
    outcome = try_published.try_case("small", given / "small")

    assert str(outcome) == "small: 3 of 4, 1 with a note left out"
    assert outcome.differing == ("C : score 60, ours 61.0",)
    assert outcome.sound


def test_fewer_matches_than_before_fail(
    given: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = given.parent / "ours" / "small" / "published.yaml"
    file.write_text(_COMPARED.replace("matches: 3", "matches: 4"), encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["try_published", str(given), "--show", "1"])

    assert try_published.main() == 1

    assert capsys.readouterr().out.splitlines() == [
        "small: 3 of 4, 1 with a note left out; 4 matched before",
        "  C : score 60, ours 61.0",
    ]


def test_rounds_with_gaps_between_them_are_scored_at_once(given: Path) -> None:
    """A panel of 2021 and 2023: nobody publishes, or reports, 2022."""
    (given / "small" / "expected.csv").write_text(
        "unit,period,score,place,from_below,tier,half,note\n"
        "A,2021,10,2,1,low,5,\nB,2021,20,1,2,low,10,\nA,2023,60,1,2,high,30,\nB,2023,50,2,1,high,25.5,\n"
    )
    (given / "small" / "figures" / "data" / "x.csv").write_text(
        "unit,period,x\nA,2021,10\nB,2021,20\nA,2023,60\nB,2023,50\n"
    )
    (given / "small" / "more" / "data" / "x.csv").unlink()

    outcome = try_published.try_case("small", given / "small")

    assert str(outcome) == "small: 3 of 4"
    assert outcome.differing == ("B 2023: half 25.5, ours 50.0",)


def test_place_among_the_published_passes_over_units_that_are_not(given: Path) -> None:
    (given.parent / "ours" / "small" / "published.yaml").write_text(
        "books: [figures, more]\ncolumns: {place: {value: place_among}}\nmatches: 2\n"
    )
    (given / "small" / "expected.csv").write_text("unit,score,place\nA,80.25,1\nB,40,2\n")

    assert str(try_published.try_case("small", given / "small")) == "small: 2 of 2"  # C, 61, is between them
