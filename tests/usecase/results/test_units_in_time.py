"""Units that come, go and change their group: who takes part in a round, and what is told (units §1-§2)."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from quanheng.data.book.book import Book
from quanheng.data.load import load
from quanheng.engine.results.result import Result
from quanheng.engine.results.score import score
from quanheng.findings.finding import Finding, FindingsError
from quanheng.findings.text import Text
from quanheng.insight.progress.progress import progress_of
from quanheng.periods.period import parse_period
from quanheng.usecase.public import score_rounds
from quanheng.usecase.results.assess import assess
from quanheng.usecase.results.moves import moved_since
from quanheng.usecase.results.verify import verify

SCHEME = """\
quanheng: 1
id: coming-and-going
title: An invented book
round: 2023
groups: {towns: Towns, parks: Parks}
items:
  x: {kind: rate}
indicators:
  best: {measure: x, weight: 60, rule: {ratio: {ref: best}}}
  place: {measure: x, weight: 40, rule: {place: {first: 100, last: 0}}}
gaps: {missing: redistribute}
"""
UNITS = """\
unit,name,group,from,to
A,Ash,towns,,
B,Birch,towns,,2022-06-30
C,Cedar,towns,2023-07,
D,Dock,parks,,
E,Elm,towns,,2022
E,Elm,parks,2023,
"""
FIGURES = """\
unit,period,x
A,2021,4
B,2021,2
D,2021,5
E,2021,1
A,2022,8
D,2022,5
E,2022,4
A,2023,5
C,2023,10
D,2023,8
E,2023,4
"""


def book_in(folder: Path, *, units: str = UNITS, scheme: str = SCHEME, **others: str) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "data").mkdir(parents=True)
    (folder / "scheme.yaml").write_text(scheme, encoding="utf-8")
    (folder / "units.csv").write_text(units, encoding="utf-8")
    (folder / "data" / "x.csv").write_text(FIGURES, encoding="utf-8")
    for name, text in others.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return load(book_in(tmp_path / "book"))


def totals(result: Result) -> dict[str, tuple[str, float, int]]:
    rows = result.ranking.rows(named=True)
    return {row["unit"]: (row["group"], row["score"], row["place"]) for row in rows}


def told(findings: Iterable[Finding], code: str, *keys: str) -> list[tuple[str, ...]]:
    """The facts of the findings of one kind, as they stand in English."""
    own = [finding.facts for finding in findings if finding.code == code]
    return [tuple(fact.en if isinstance(fact := facts[key], Text) else fact for key in keys) for facts in own]


CHANGED = UNITS.replace("E,Elm,towns,,2022\nE,Elm,parks,2023,", "E,Elm,towns,,2023-03\nE,Elm,parks,2023-04,")


def test_a_unit_takes_part_in_the_rounds_on_whose_last_day_it_exists(book: Book) -> None:
    # 2021: towns A 4, B 2, E 1; parks D alone. A: 60 + 40; B: 60 * 2/4 + 40 * 0.5; E: 60 * 1/4 + 0
    assert totals(score(book, round="2021")) == {
        "A": ("towns", 100.0, 1),
        "B": ("towns", 50.0, 2),
        "E": ("towns", 15.0, 3),
        "D": ("parks", 100.0, 1),
    }
    # 2022: B ended in June. A 8: 100; E 4: 60 * 4/8 + 0
    assert totals(score(book, round="2022")) == {
        "A": ("towns", 100.0, 1),
        "E": ("towns", 30.0, 2),
        "D": ("parks", 100.0, 1),
    }
    # 2023: C came in July; E is a park now. C 10: 100, A 5: 30; D 8: 100, E 4: 30
    assert totals(score(book, round="2023")) == {
        "C": ("towns", 100.0, 1),
        "A": ("towns", 30.0, 2),
        "D": ("parks", 100.0, 1),
        "E": ("parks", 30.0, 2),
    }


def test_who_comes_inside_a_round_is_told(book: Book) -> None:
    assert told(score(book).findings, "QH673", "unit", "day") == [("C", "2023-07-01")]


def test_a_group_left_inside_a_round_is_told_and_the_last_day_decides(tmp_path: Path) -> None:
    units = UNITS.replace(
        "E,Elm,towns,,2022\nE,Elm,parks,2023,", "E,Elm,towns,,2023-03\nE,Elm,parks,2023-04,"
    )
    book = load(book_in(tmp_path / "book", units=units))

    year = score(book)

    assert totals(year)["E"] == ("parks", 30.0, 2)
    assert told(year.findings, "QH674", "unit", "group") == [("E", "towns")]


def test_a_review_is_held_in_the_group_of_then(tmp_path: Path) -> None:
    scheme = (
        SCHEME.replace("x: {kind: rate}", "x: {kind: rate, every: quarter}") + "reviews: {every: quarter}\n"
    )
    units = UNITS.replace(
        "E,Elm,towns,,2022\nE,Elm,parks,2023,", "E,Elm,towns,,2023-03\nE,Elm,parks,2023-04,"
    )
    path = book_in(tmp_path / "book", units=units, scheme=scheme)
    values = (("A", 4), ("D", 4), ("E", 2))
    rows = [f"{unit},2023-Q{quarter},{x}" for quarter in (1, 2) for unit, x in values]
    (path / "data" / "x.csv").write_text("\n".join(["unit,period,x", *rows]) + "\n", encoding="utf-8")
    book = load(path)

    first, second = (totals(score(book, round=f"2023-Q{quarter}")) for quarter in (1, 2))

    assert (first["E"], second["E"]) == (("towns", 30.0, 2), ("parks", 30.0, 2))
    assert set(first) == {"A", "D", "E"}


def test_panel_has_the_units_of_each_round(book: Book) -> None:
    panel = score_rounds(book, "2021..2023")

    for name, result in panel.results.items():
        assert totals(result) == totals(score(book, round=name))
    gained = {(row["round"], row["unit"]): row["places_gained"] for row in panel.ranking.rows(named=True)}
    # E was second town in 2022 and is second park in 2023: no place is gained or lost between two groups
    assert (gained["2022", "E"], gained["2023", "E"], gained["2023", "C"]) == (1, None, None)


def test_moves_tell_of_a_change_of_group_and_compare_no_places(book: Book) -> None:
    found = moved_since(book, score(book))

    rows = {row["unit"]: row for row in found.moves.totals.rows(named=True)}
    assert (rows["E"]["place_before"], rows["E"]["places_gained"]) == (None, None)
    assert (rows["A"]["place_before"], rows["A"]["places_gained"]) == (1, -1)
    assert told(found.findings, "QH677", "unit", "before", "after") == [("E", "towns", "parks")]


def test_a_place_in_another_group_is_no_place_gained(tmp_path: Path) -> None:
    scheme = SCHEME + "awards: [{name: Moved up, where: place_gain >= 1}]\n"
    path = book_in(tmp_path / "book", scheme=scheme)
    (path / "history").mkdir()
    (path / "history" / "2022.csv").write_text("unit,score,place\nE,30,9\nD,50,2\n", encoding="utf-8")

    given = score(load(path)).awards["unit"].to_list()

    assert given == ["D"]


def test_result_folder_is_verified_and_explained(tmp_path: Path) -> None:
    path = book_in(tmp_path / "book")

    folder = assess(path, round="2022").folder

    assert verify(folder) == ()
    assert "30" in str(score(load(path), round="2022").explain("E"))


def test_adjustments_of_a_unit_that_takes_no_part_are_told(tmp_path: Path) -> None:
    rows = "unit,kind,marks,reason,date\nB,bonus,3,a prize,2023-02-01\nA,bonus,2,another,2023-02-01\n"
    book = load(book_in(tmp_path / "book", adjustments=rows))

    result = score(book)

    assert totals(result)["A"] == ("towns", 32.0, 2)
    assert told(result.findings, "QH675", "unit") == [("B",)]


def test_figures_of_times_without_the_unit_are_told(tmp_path: Path) -> None:
    path = book_in(tmp_path / "book")
    with (path / "data" / "x.csv").open("a", encoding="utf-8") as file:
        file.write("B,2023,7\nC,2022,1\nC,2021,1\n")

    assert told(load(path).findings, "QH676", "unit", "period", "count") == [
        ("B", "2023", "1"),
        ("C", "2021", "2"),
    ]
    assert totals(score(load(path)))["A"] == ("towns", 30.0, 2)


def test_progress_looks_at_the_units_of_its_day(book: Book) -> None:
    rows = progress_of(book, parse_period("2023-12")).rows

    assert set(rows["unit"].to_list()) == {"A", "C", "D", "E"}


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("F,Fir,towns,soon,", "QH599"),
        ("F,Fir,towns,2023-05-01,2023-04", "QH670"),
        ("A,Ash,parks,2023-05-01,", "QH671"),
        ("A,Ash,parks,,", "QH671"),
        ("E,Elm,parks,2022-12-31,2022-12-31", "QH671"),
    ],
)
def test_what_cannot_be_is_refused(tmp_path: Path, row: str, code: str) -> None:
    path = book_in(tmp_path / "book", units=UNITS + row + "\n")

    with pytest.raises(FindingsError) as error:
        load(path)

    assert {one.code for one in error.value.findings if one.severity == "error"} == {code}


def test_a_code_given_twice_without_days_is_still_an_error(tmp_path: Path) -> None:
    units = "unit,name,group\nA,Ash,towns\nA,Ash,parks\n"

    with pytest.raises(FindingsError) as error:
        load(book_in(tmp_path / "book", units=units))

    assert "QH408" in {one.code for one in error.value.findings}


def test_headings_in_chinese(tmp_path: Path) -> None:
    units = UNITS.replace("unit,name,group,from,to", "单位代码,名称,分组,起始,截止")
    book = load(book_in(tmp_path / "book", units=units.replace("2022-06-30", "2022年6月30日")))

    assert set(totals(score(book, round="2022"))) == {"A", "D", "E"}
