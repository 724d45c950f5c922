"""Results of reviews in the conditions of the year: which count, and what is said where some are unknown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quanheng.data.load import load
from quanheng.engine.figures.sources import sources
from quanheng.engine.results.each_round import score_panel
from quanheng.engine.results.result import Result
from quanheng.engine.results.score import score, score_frame
from quanheng.insight.progress.progress import progress_of
from quanheng.periods.period import parse_period
from quanheng.scheme.files.read import scheme_from_mapping

QUARTERS: Mapping[str, Sequence[object]] = {
    "A": (80, 90, 70, 95),
    "B": (85, 70, 75, 90),
    "C": (70, 60, 60, 70),
}
"""Invented; places A 2 1 2 1, B 1 2 1 2, C 3 3 3 3, so C is the last each time."""
SCHEME = """\
quanheng: 1
id: invented
title: An invented book
round: 2023
groups: {towns: towns}
items: {done: {kind: rate, every: quarter}}
gaps: {missing: redistribute}
indicators:
  work: {measure: done, weight: 100, rule: given}
reviews: {every: quarter}
"""


def book_in(
    folder: Path, rest: str, rows: Mapping[str, Sequence[object]] = QUARTERS, *, units: str = ""
) -> Path:
    (folder / "data").mkdir(parents=True)
    (folder / "scheme.yaml").write_text(SCHEME + rest, encoding="utf-8")
    known = units or "unit,name,group\n" + "".join(f"{unit},{unit},towns\n" for unit in rows)
    (folder / "units.csv").write_text(known, encoding="utf-8")
    lines = [
        f"{unit},2023-Q{number},{value}\n"
        for unit, values in rows.items()
        for number, value in enumerate(values, 1)
        if value != "-"
    ]
    (folder / "data" / "d.csv").write_text("unit,period,done\n" + "".join(lines), encoding="utf-8")
    return folder


def rule(kind: str, marks: object, when: str | None = None) -> str:
    gate = "" if when is None else f', when: "{when}"'
    return f'adjustments:\n  rules:\n    - {{name: invented, kind: {kind}, marks: "{marks}"{gate}}}\n'


def totals(result: Result) -> dict[str, float | None]:
    return dict(result.ranking.sort("unit").select("unit", "score").rows())


def codes(result: Result) -> list[str]:
    return [finding.code for finding in result.findings]


def test_marks_follow_from_how_often_a_place_was_reached(tmp_path: Path) -> None:
    result = score(load(book_in(tmp_path, rule("penalty", 3, "reviews(place_from_below <= 1) >= 3"))))

    # the year's rate is that of the fourth quarter; C was the last in all four
    assert totals(result) == {"A": 95.0, "B": 90.0, "C": 67.0}
    assert codes(result) == []


def test_half_a_mark_for_each_quarterly_flag_up_to_a_cap(tmp_path: Path) -> None:
    rows = {"A": (90, 90, 90, 95), "B": (85, 95, 75, 90), "C": (70, 60, 60, 70)}
    scheme = (
        "awards: [{name: Flag, every: quarter, take: 1}]\n"
        "adjustments:\n  bonus: {cap: 1}\n  rules:\n"
        "    - {name: flags, kind: bonus, marks: \"0.5 * reviews(award == 'Flag')\"}\n"
    )

    result = score(load(book_in(tmp_path, scheme, rows)))

    # A has the flag three times, 1.5 marks of which 1 counts; B once, C never
    assert totals(result) == {"A": 96.0, "B": 90.5, "C": 70.0}


def test_caps_tiers_and_awards_of_the_year_look_at_its_reviews(tmp_path: Path) -> None:
    rest = """\
cap: {marks: 60, where: "last(2, reviews(place_from_below == 1)) == 2"}
tiers:
  - {name: first, top: 2, where: "reviews(tier == 'first') >= 2"}
  - {name: rest}
lower: [{when: "max(reviews(score)) < 92", by: 1}]
awards:
  - {name: steady, every: year, where: "share(reviews(place <= 2)) == 1", by: mean(reviews(score)), take: 3}
"""
    result = score(load(book_in(tmp_path, rest)))

    # in a review nobody can know of the others, so that 'first' is not reached in it, nor then in the year
    assert result.ranking.select("unit", "score", "tier").rows() == [
        ("A", 95.0, "rest"),
        ("B", 90.0, "rest"),
        ("C", 60.0, "rest"),
    ]
    # means: A (80 + 90 + 70 + 95) / 4 = 83.75, B (85 + 70 + 75 + 90) / 4 = 80
    assert result.awards.select("unit", "by").rows() == [("A", 83.75), ("B", 80.0)]


def test_tier_of_the_year_under_the_tiers_of_its_reviews(tmp_path: Path) -> None:
    rest = """\
tiers:
  - {name: first, top: 1, unless: "reviews(tier == 'first') < 2"}
  - {name: rest}
"""
    result = score(load(book_in(tmp_path, rest)))

    # 'unless' is not asked in reviews: A is first of the second and fourth quarter
    assert result.ranking.select("unit", "tier").rows() == [("A", "first"), ("B", "rest"), ("C", "rest")]


def test_a_quarter_that_is_not_known_leaves_no_figure_and_is_told(tmp_path: Path) -> None:
    rows = {**QUARTERS, "C": ("", 60, 60, 70)}
    penalty = rule("penalty", 3, "reviews(place_from_below <= 1) >= 3")

    result = score(load(book_in(tmp_path, penalty, rows)))

    # C was not ranked in the first quarter: three of three known ones are no count of four
    assert totals(result) == {"A": 95.0, "B": 90.0, "C": 70.0}
    (told,) = [finding for finding in result.findings if finding.code == "QH664"]
    assert "C has 3 of 4, without 2023-Q1" in told.message("en")
    assert "倒数位次" in told.message("zh")


def test_how_many_reviews_are_enough_is_said(tmp_path: Path) -> None:
    rows = {**QUARTERS, "C": ("", 60, 60, 70)}
    penalty = rule("penalty", 3, "reviews(place_from_below <= 1, 3) >= 3")

    result = score(load(book_in(tmp_path, penalty, rows)))

    assert totals(result) == {"A": 95.0, "B": 90.0, "C": 67.0}
    assert [code for code in codes(result) if code in {"QH664", "QH665"}] == ["QH665"]


def test_a_review_without_any_figure_was_not_held(tmp_path: Path) -> None:
    rows = {"A": (80, 90, "-", 95), "B": (85, 70, "-", 90), "C": (70, 60, "-", 70)}

    result = score(load(book_in(tmp_path, rule("bonus", "reviews(place <= 2)"), rows)))

    assert totals(result) == {"A": 95.0, "B": 90.0, "C": 70.0}
    assert {"QH572", "QH664"} <= set(codes(result))


def test_a_unit_that_came_later_is_asked_of_the_reviews_since(tmp_path: Path) -> None:
    units = "unit,name,group,from\nA,A,towns,\nB,B,towns,\nC,C,towns,2023-04-01\n"
    rows = {**QUARTERS, "C": ("-", 60, 60, 70)}
    penalty = rule("penalty", 3, "reviews(place_from_below <= 1) >= 3")

    result = score(load(book_in(tmp_path, penalty, rows, units=units)))

    # it did not exist in the first quarter, which it is not asked of
    assert totals(result)["C"] == 67.0
    assert "QH664" not in codes(result)


def test_published_reviews_count_as_published(tmp_path: Path) -> None:
    folder = book_in(tmp_path, rule("penalty", 3, "reviews(place_from_below <= 1) >= 4"))
    (folder / "history").mkdir()
    (folder / "history" / "2023-Q1.csv").write_text(
        "unit,score,place\nA,80,3\nB,85,1\nC,81,2\n", encoding="utf-8"
    )

    result = score(load(folder))

    assert totals(result) == {"A": 95.0, "B": 90.0, "C": 70.0}
    assert "QH573" in codes(result)


def test_awards_of_published_reviews_are_computed_anew_and_that_is_told(tmp_path: Path) -> None:
    flags = "awards: [{name: Flag, every: quarter, take: 1}]\n"
    folder = book_in(tmp_path, flags + rule("bonus", "reviews(award == 'Flag')"))
    (folder / "history").mkdir()
    (folder / "history" / "2023-Q1.csv").write_text(
        "unit,score,place\nA,80,2\nB,85,1\nC,70,3\n", encoding="utf-8"
    )

    result = score(load(folder))

    assert totals(result) == {"A": 97.0, "B": 92.0, "C": 70.0}
    assert "QH878" in codes(result)


def test_a_review_itself_is_without_what_looks_at_reviews(tmp_path: Path) -> None:
    rest = """\
cap: {marks: 50, where: "reviews(place <= 3) >= 0"}
adjustments:
  bonus: {when: "reviews(place <= 3) > 3"}
  rules:
    - {name: of the year, kind: penalty, marks: reviews(place <= 3)}
    - {name: always, kind: bonus, marks: 1}
"""
    book = load(book_in(tmp_path, rest))

    quarter = score(book, round="2023-Q1")

    assert totals(quarter) == {"A": 81.0, "B": 86.0, "C": 71.0}
    # all three were among the first three four times: 95 + 1 - 4, then at most 50
    assert totals(score(book)) == {"A": 50.0, "B": 50.0, "C": 50.0}


def test_half_a_year_has_two_quarters_and_a_quarter_none(tmp_path: Path) -> None:
    book = load(book_in(tmp_path, rule("bonus", "reviews(place == 1)")))

    half, month = score(book, round="2023-H1"), score(book, round="2023-Q2")

    # rates of the half year are those of its second quarter; A was first in the second, B in the first
    assert totals(half) == {"A": 91.0, "B": 71.0, "C": 60.0}
    assert totals(month) == {"A": 90.0, "B": 70.0, "C": 60.0}


def test_a_round_shorter_than_a_review_has_none_and_that_is_told(tmp_path: Path) -> None:
    text = SCHEME.replace("every: quarter}}", "every: month}}")
    folder = tmp_path / "months"
    (folder / "data").mkdir(parents=True)
    (folder / "scheme.yaml").write_text(text + rule("bonus", "reviews(place == 1)"), encoding="utf-8")
    (folder / "units.csv").write_text("unit,name,group\nA,A,towns\nB,B,towns\n", encoding="utf-8")
    (folder / "data" / "d.csv").write_text("unit,period,done\nA,2023-05,50\nB,2023-05,60\n", encoding="utf-8")

    result = score(load(folder), round="2023-05")

    assert totals(result) == {"A": 50.0, "B": 60.0}
    assert "QH879" in codes(result)


def test_places_are_those_inside_the_group(tmp_path: Path) -> None:
    units = "unit,name,group\nA,A,towns\nB,B,towns\nC,C,parks\nD,D,parks\n"
    folder = book_in(
        tmp_path, rule("bonus", "reviews(place == 1)"), {**QUARTERS, "D": (1, 2, 3, 4)}, units=units
    )
    text = (folder / "scheme.yaml").read_text(encoding="utf-8")
    (folder / "scheme.yaml").write_text(
        text.replace("{towns: towns}", "{towns: towns, parks: parks}"), encoding="utf-8"
    )

    result = score(load(folder))

    assert totals(result) == {"A": 97.0, "B": 92.0, "C": 74.0, "D": 4.0}


def test_explanation_names_the_reviews_that_counted(tmp_path: Path) -> None:
    result = score(load(book_in(tmp_path, rule("penalty", 3, "reviews(place_from_below <= 1) >= 3"))))

    told = result.explain("C")

    assert (
        "reviews(place_from_below <= 1) = 4: 2023-Q1 yes, 2023-Q2 yes, 2023-Q3 yes, 2023-Q4 yes"
        in told.text("en")
    )
    assert "各次评议(倒数位次 <= 1) = 4：2023-Q1 是、2023-Q2 是" in told.text("zh")
    assert result.book is not None
    rows = sources(result.book, round="2023", units=["C"])
    kept = rows.filter(rows["file"] == "reviews").select("period", "value").rows()
    assert kept == [(f"2023-Q{number}", 1.0) for number in range(1, 5)]


def test_rounds_scored_together_are_what_each_is_alone(tmp_path: Path) -> None:
    book = load(book_in(tmp_path, rule("bonus", "reviews(place == 1)")))

    panel = score_panel(book, ["2023-H1", "2023-H2", "2023"])

    for name, result in panel.results.items():
        assert totals(result) == totals(score(book, round=name))


def test_a_year_that_has_not_ended_knows_of_no_reviews(tmp_path: Path) -> None:
    book = load(book_in(tmp_path, rule("bonus", "reviews(place == 1)")))

    told = progress_of(book, at=parse_period("2023-Q3"))

    assert dict(told.totals.select("unit", "score").rows()) == {"A": 70.0, "B": 75.0, "C": 60.0}


def test_a_frame_has_the_count_in_a_column(tmp_path: Path) -> None:
    leaf = {"measure": "x", "weight": 100, "rule": "given"}
    scheme = scheme_from_mapping(
        {
            "round": "2023",
            "items": {"x": {}},
            "indicators": {"leaf": leaf},
            "reviews": {"every": "quarter"},
            "adjustments": {"rules": [{"name": "n", "kind": "bonus", "marks": "reviews(place == 1)"}]},
        }
    )
    frame = pl.DataFrame({"unit": ["A", "B"], "x": [50.0, 60.0], "reviews(place == 1)": [3.0, 1.0]})

    assert totals(score_frame(frame, scheme)) == {"A": 53.0, "B": 61.0}


@settings(max_examples=4, deadline=None)
@given(
    values=st.lists(st.lists(st.integers(0, 100), min_size=4, max_size=4), min_size=2, max_size=4),
    most=st.integers(1, 3),
)
def test_counts_are_those_of_the_rankings_of_each_quarter(
    tmp_path_factory: pytest.TempPathFactory, values: list[list[int]], most: int
) -> None:
    rows = {f"U{number}": quarters for number, quarters in enumerate(values)}
    book = load(book_in(tmp_path_factory.mktemp("book"), rule("penalty", f"reviews(place <= {most})"), rows))

    result = score(book)

    ranked = [
        dict(score(book, round=f"2023-Q{n}").ranking.select("unit", "place").rows()) for n in range(1, 5)
    ]
    for unit, total in totals(result).items():
        times = sum(places[unit] <= most for places in ranked)
        assert total == pytest.approx(max(rows[unit][-1] - times, -times))
