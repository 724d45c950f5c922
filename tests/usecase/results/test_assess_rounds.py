"""Rounds scored at once: each has the very folder it has when scored alone."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quanheng.data.load import load
from quanheng.documents.tables.result_folder import MEMBERS
from quanheng.engine.results.score import score
from quanheng.findings.errors import DataError, UsageError
from quanheng.findings.finding import Finding, FindingsError
from quanheng.usecase.public import score_rounds
from quanheng.usecase.results.assess import assess
from quanheng.usecase.results.assess_rounds import PanelAssessment, lay_down_panel, score_panel_book
from quanheng.usecase.results.verify import verify

SCHEME = """\
quanheng: 1
id: panel
title: An invented panel
round: 2022
groups: {towns: Towns, parks: Parks}
items:
  growth: {kind: rate}
  income: {kind: cumulative, every: quarter}
  sales: {kind: flow, every: quarter}
  people: {kind: stock}
gaps: {missing: redistribute, at_least: 20%}
indicators:
  economy:
    weight: 60
    weights: relative
    children:
      growth: {measure: growth, weight: {towns: 2, parks: 1}, rule: {scale: {}}}
      income: {measure: income, weight: 1, rule: {target: {cap: 120}}, gaps: {not_applicable: full}}
      a_year_before: {measure: change(sales), weight: 1, rule: {place: {first: 100, last: 50}}}
  people:
    weight: 40
    aggregate: geometric
    children:
      share: {measure: share(people), weight: 10, rule: {zscore: {center: 60}}, gaps: {missing: {fill: mean}}}
      overall: {measure: people, weight: 30, within: all, rule: {ratio: {ref: best}}}
adjustments: {bonus: {cap: 5, when: growth >= 2}}
rounding: {points: 2, scores: 2, total: 2}
tiers: [{name: A, top: 30%, unless: veto}, {name: B}]
awards:
  - {name: Moved up, where: place_gain >= 1}
  - {name: Best town, from: towns, take: 1}
"""
UNITS = "unit,name,group\nT1,Ash,towns\nT2,Birch,towns\nT3,Cedar,towns\nP1,Dock,parks\nP2,Elm,parks\n"
CODES = ("T1", "T2", "T3", "P1", "P2")
YEARS = ("2020", "2021", "2022")
CELLS = st.one_of(st.sampled_from(["", "/", "0"]), st.integers(-3, 9).map(str), st.floats(0.5, 20).map(repr))


def book_in(folder: Path, rows: Sequence[tuple[str, ...]]) -> Path:
    """Write the book with these figures: unit, period, growth, income, sales, people."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "data").mkdir(parents=True)
    (folder / "history").mkdir()
    (folder / "scheme.yaml").write_text(SCHEME, encoding="utf-8")
    (folder / "units.csv").write_text(UNITS, encoding="utf-8")
    table = ["unit,period,growth,income,sales,people", *(",".join(row) for row in rows)]
    (folder / "data" / "figures.csv").write_text("\n".join(table) + "\n", encoding="utf-8")
    (folder / "targets.csv").write_text(
        "unit,indicator,period,target\n*,income,2020,6\n*,income,2021,8\nT1,income,2022,9\n*,income,2022,/\n",
        encoding="utf-8",
    )
    (folder / "adjustments.csv").write_text(
        "unit,kind,marks,reason,node,date\n"
        "T1,bonus,3,a prize,total,2021-05-01\nT2,penalty,1.5,late,people,\nP1,veto,,fire,,2022-03-01\n",
        encoding="utf-8",
    )
    (folder / "history" / "2020.csv").write_text(
        "unit,score,place,tier\nT1,70.5,2,B\nT2,80,1,A\nT3,60,3,B\n", encoding="utf-8"
    )
    return folder


def errors_of(book: Path, year: str) -> list[Finding]:
    """Return what is wrong with a round that is scored alone."""
    try:
        score(load(book), round=year)
    except FindingsError as error:
        return [finding for finding in error.findings if finding.severity == "error"]
    return []


def alike(book: Path, folder: Path, laid: PanelAssessment) -> None:
    """Assert that each folder has the bytes of that of its round alone."""
    for result, found in zip(laid.panel.results, laid.folders, strict=True):
        alone = assess(book, round=result, out=folder / f"alone-{result}", workbook=False).folder
        names = {path.name for path in alone.iterdir()} & set(MEMBERS)
        assert names == {path.name for path in found.iterdir()}
        for name in sorted(names):
            assert (found / name).read_bytes() == (alone / name).read_bytes(), (result, name)


FIGURES = [
    ("T1", "2020", "3", "6", "4", "10"),
    ("T2", "2020", "1", "", "5", "20"),
    ("T3", "2020", "2", "5", "6", "30"),
    ("P1", "2020", "2", "7", "1", "5"),
    ("P2", "2020", "4", "/", "2", "6"),
    ("T1", "2021", "3", "9", "6", "11"),
    ("T2", "2021", "2", "7", "5", ""),
    ("T3", "2021", "1", "8", "9", "31"),
    ("P1", "2021", "", "7", "4", "4"),
    ("P2", "2021", "5", "4", "4", "6"),
    ("T1", "2022", "1", "9", "9", "12"),
    ("T2", "2022", "2.5", "9.5", "", "21"),
    ("T3", "2022", "1", "/", "9", "33"),
    ("P1", "2022", "3", "7", "3", "5"),
    ("P2", "2022", "0", "4", "5", "7"),
]


def test_each_round_has_the_folder_it_has_alone(tmp_path: Path) -> None:
    book = book_in(tmp_path / "book", FIGURES)

    laid = lay_down_panel(score_panel_book(book, rounds="2020..2022"), book)

    assert [folder.name for folder in laid.folders] == ["2020", "2021", "2022"]
    alike(book, tmp_path, laid)
    # an adjustment of 2021 and a veto of 2022 count in these rounds only
    vetoed = {
        name: dict(each.tiers.select("unit", "vetoed").rows()) for name, each in laid.panel.results.items()
    }
    assert [vetoed[name]["P1"] for name in YEARS] == [False, False, True]
    for folder in laid.folders:
        assert verify(folder) == ()


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(cells=st.lists(CELLS, min_size=60, max_size=60))
def test_whatever_the_figures_a_round_of_a_panel_is_that_round(tmp_path: Path, cells: list[str]) -> None:
    keys = [(unit, year) for year in YEARS for unit in CODES]
    rows = [(*key, *cells[4 * number : 4 * number + 4]) for number, key in enumerate(keys)]
    book = book_in(tmp_path / "book", rows)
    wrong = {str(one) for year in YEARS for one in errors_of(book, year)}
    if wrong:
        with pytest.raises(FindingsError) as error:
            score_panel_book(book, rounds="2020..2022")
        assert wrong <= set(map(str, error.value.findings))
        return

    panel = score_panel_book(book, rounds="2020..2022")
    laid = lay_down_panel(panel, book, out=tmp_path / "results")

    alike(book, tmp_path, laid)


def test_table_of_all_says_what_each_unit_gained(tmp_path: Path) -> None:
    book = book_in(tmp_path / "book", FIGURES)

    laid = lay_down_panel(score_panel_book(book, rounds="2021, 2022"), book)

    assert laid.table == book / "results" / "2021..2022.csv"
    with laid.table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["round"] for row in rows] == ["2021"] * 5 + ["2022"] * 5
    by_unit = {(row["round"], row["unit"]): row for row in rows}
    for unit in CODES:
        was, now = by_unit["2021", unit], by_unit["2022", unit]
        assert (was["score_change"], was["places_gained"]) == ("", "")
        assert float(now["score_change"]) == pytest.approx(
            float(now["score"]) - float(was["score"]), abs=1e-9
        )
        assert int(now["places_gained"]) == int(was["place"]) - int(now["place"])


def test_errors_of_all_rounds_are_told_and_nothing_is_written(tmp_path: Path) -> None:
    book = book_in(tmp_path / "book", FIGURES)
    text = SCHEME.replace("missing: redistribute, at_least: 20%", "missing: error")
    (book / "scheme.yaml").write_text(text, encoding="utf-8")
    before = sorted(book.rglob("*"))

    with pytest.raises(FindingsError) as error:
        score_panel_book(book, rounds="2018..2022")

    told = [
        (one.code, one.facts.get("round")) for one in error.value.findings if one.code in {"QH598", "QH501"}
    ]
    assert told == [
        *[("QH598", "2018"), ("QH501", "2018"), ("QH598", "2019"), ("QH501", "2019")],
        *[("QH598", "2020"), ("QH598", "2021"), ("QH598", "2022")],
    ]
    assert sorted(book.rglob("*")) == before


def test_rounds_with_folded_reviews_are_those_of_the_year_alone() -> None:
    book = load(Path(__file__).parents[3] / "books" / "district-2023")

    year = score_rounds(book, "2023").results["2023"]

    assert year.held is not None
    assert year.ranking.to_native().equals(score(book).ranking.to_native())
    quarters = score_rounds(book, "2023-Q1..2023-Q4")
    for name, result in quarters.results.items():
        assert result.ranking.to_native().equals(score(book, round=name).ranking.to_native()), name


@pytest.mark.parametrize(
    "text", ["", "2015..2005", "2005..2015-Q1", "2005..", "..", "2005...2006", "1000..2999-12"]
)
def test_what_names_no_rounds_is_refused(tmp_path: Path, text: str) -> None:
    book = book_in(tmp_path / "book", FIGURES)

    with pytest.raises(DataError):
        score_panel_book(book, rounds=text)


def test_rounds_of_unlike_lengths_are_refused(tmp_path: Path) -> None:
    book = book_in(tmp_path / "book", FIGURES)

    with pytest.raises(UsageError, match="2021-Q1 and 2021 are not of the same length"):
        score_panel_book(book, rounds="2021, 2021-Q1")


def test_a_folder_of_something_else_is_seen_before_anything_is_written(tmp_path: Path) -> None:
    book = book_in(tmp_path / "book", FIGURES)
    strange = book / "results" / "2022"
    strange.mkdir(parents=True)
    (strange / "notes.txt").write_text("mine", encoding="utf-8")
    panel = score_panel_book(book, rounds="2020..2022")

    with pytest.raises(UsageError, match="holds something else than a result"):
        lay_down_panel(panel, book)

    assert [path.name for path in (book / "results").iterdir()] == ["2022"]
