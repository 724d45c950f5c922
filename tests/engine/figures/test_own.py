"""`own(x)`: the part of the round alone of an item that counts from January."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TypeAlias

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.data.books import write_book
from tests.engines import EngineUnderTest

from quanheng.data.book.book import Book
from quanheng.data.load import load
from quanheng.engine.results.result import Result
from quanheng.engine.results.rounds import score_rounds
from quanheng.engine.results.score import score, score_frame
from quanheng.findings.finding import FindingsError
from quanheng.periods.period import parse_period
from quanheng.periods.stretch import Stretch
from quanheng.scheme.files.read import scheme_from_mapping
from quanheng.scheme.tree.scheme import Scheme

Rows: TypeAlias = dict[str, dict[str, tuple[int | None, ...]]]
QUARTERS = ("2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4")
SCHEME = """\
quanheng: 1
id: own
title: Own
round: 2023
items: {x: {name: 税收, kind: cumulative, every: quarter}}
gaps: {missing: redistribute}
MORE
indicators:
  own: {weight: 60, measure: own(x), rule: percentile}
  next: {weight: 20, measure: "own(x) - lag(own(x), 3m)", rule: percentile}
  year: {weight: 20, measure: change(own(x)), rule: percentile}
"""
EMPTY = dict.fromkeys(
    (
        "data/gdp.csv",
        "data/opened.csv",
        "targets.csv",
        "adjustments.csv",
        "ledgers/hazards.csv",
        "history/2022.csv",
    )
)
ROWS: Rows = {
    "A": {"2022": (50, 100, 150, 200), "2023": (60, 150, 200, 300)},
    "B": {"2022": (40, 90, 130, 200), "2023": (50, 120, 200, 310)},
    "C": {"2022": (40, 90, 130, 200), "2023": (None, 100, 150, 200)},
    "D": {"2022": (40, 90, 130, 200), "2023": (70, None, 150, 200)},
}


def data(rows: Rows) -> str:
    lines = [
        f"{unit},{year}-Q{number},{value}"
        for unit, years in rows.items()
        for year, values in years.items()
        for number, value in enumerate(values, 1)
        if value is not None
    ]
    return "\n".join(["unit,period,x", *lines]) + "\n"


def files(more: str = "", rows: str = data(ROWS), *, scheme: str = SCHEME) -> dict[str, str | None]:
    units = "unit\n" + "".join(f"{unit}\n" for unit in ROWS)
    return {**EMPTY, "scheme.yaml": scheme.replace("MORE", more), "units.csv": units, "data/f.csv": rows}


def own_of(result: Result, indicator: str = "own") -> dict[str, float | None]:
    return dict(result.wide.select("unit", f"measure|{indicator}").rows())


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return load(write_book(tmp_path, files()))


@pytest.mark.parametrize(
    ("of", "own"),
    [
        ("2023", {"A": 300, "B": 310, "C": 200, "D": 200}),
        ("2023-H1", {"A": 150, "B": 120, "C": 100, "D": 70}),
        ("2023-H2", {"A": 150, "B": 190, "C": 100, "D": None}),
        ("2023-Q1", {"A": 60, "B": 50, "C": None, "D": 70}),
        # C has no figure at the end of March; D has none at the end of June, and March is no June
        ("2023-Q2", {"A": 90, "B": 70, "C": None, "D": None}),
        ("2023-Q3", {"A": 50, "B": 80, "C": 50, "D": None}),
        # quarters say nothing of a month
        ("2023-06", {"A": None, "B": None, "C": None, "D": None}),
    ],
)
def test_it_is_the_figure_less_what_was_before_the_round(
    book: Book, of: str, own: dict[str, float | None]
) -> None:
    assert own_of(score(book, round=of)) == own


def test_lag_and_change_look_at_the_own_part_of_the_other_stretch(book: Book) -> None:
    first, second = score(book, round="2023-Q1"), score(book, round="2023-Q2")

    assert (own_of(first, "next")["A"], own_of(first, "year")["A"]) == (60 - 50, 60 - 50)
    assert (own_of(second, "next")["A"], own_of(second, "year")["A"]) == (90 - 60, 90 - 50)
    assert not [each for each in (*first.findings, *second.findings) if each.code == "QH564"]


def test_a_plain_lag_beside_it_is_still_an_error(tmp_path: Path) -> None:
    scheme = SCHEME.replace("change(own(x))", '"x - lag(x, 3m)"')

    with pytest.raises(FindingsError, match="QH564"):
        score(load(write_book(tmp_path, files(scheme=scheme))), round="2023-Q1")


def test_the_explanation_shows_what_was_taken_off_and_where_it_stands(book: Book) -> None:
    result = score(book, round="2023-Q2")
    rating = result.explain("A", "own").rating

    assert rating is not None
    assert (rating.formula, rating.in_numbers, rating.measure) == ("own(x)", "own(150 - (60))", 90)
    assert [(each.months_before, each.value, each.cells) for each in rating.figures] == [
        (0, 150, ("data/f.csv!7:x",)),
        (3, 60, ("data/f.csv!6:x",)),
    ]


def test_rounds_scored_together_are_what_each_is_alone(book: Book) -> None:
    rounds = {name: Stretch.of(parse_period(name)) for name in (*QUARTERS, "2023")}
    wide = score_rounds(book, rounds, lenient=False).wide

    for name in rounds:
        alone = score(book, round=name).wide.select("unit", "measure|own", "measure|next", "score|total")
        here = wide.filter(nw.col("round") == name).select(*alone.columns)
        assert [pytest.approx(row[1:]) for row in here.rows()] == [row[1:] for row in alone.rows()]


def test_reviews_are_folded_with_the_own_part_of_each(tmp_path: Path) -> None:
    more = "reviews: {every: quarter, fold: {reviews: 100%, year: 0%}}"
    book = load(write_book(tmp_path, files(more)))
    result = score(book)
    reviews = [score(book, round=name).ranking for name in QUARTERS]
    scores = [dict(each.select("unit", "score").rows())["B"] for each in reviews]

    assert dict(result.ranking.select("unit", "score").rows())["B"] == pytest.approx(sum(scores) / 4)


def test_the_target_of_a_quarter_is_what_is_due_of_the_quarter_alone(tmp_path: Path) -> None:
    scheme = SCHEME.replace("MORE", "pace: {curve: even}").replace("rule: percentile}", "rule: target}", 1)
    targets = "unit,indicator,period,target\n*,own,2023,320\n"
    book = load(write_book(tmp_path, {**files(scheme=scheme), "targets.csv": targets}))

    for of, due in (("2023-Q2", 80), ("2023-H2", 160), ("2023", 320)):
        assert score(book, round=of).wide["target|own"].to_list()[0] == due


@settings(max_examples=15)
@given(
    st.lists(st.decimals(min_value=0, max_value=10**6, places=2), min_size=4, max_size=4),
    st.sampled_from([3, 1]),
)
def test_the_own_parts_of_a_year_add_up_to_its_figure(amounts: list[Decimal], months: int) -> None:
    names = [f"2023-Q{n}" for n in range(1, 5)] if months == 3 else [f"2023-{n:02}" for n in range(1, 5)]
    to_date = [sum(amounts[: number + 1]) for number in range(4)]
    frame = pl.DataFrame({"unit": ["A"] * 4, "period": names, "x": [float(each) for each in to_date]})

    own = [own_of(score_frame(frame, measured("own(x)"), round=name))["A"] for name in names]

    assert [round(part or 0.0, 6) for part in own] == [float(each) for each in amounts]


def measured(formula: str, kind: str = "cumulative", every: str = "quarter") -> Scheme:
    return scheme_from_mapping(
        {
            "round": "2023",
            "items": {"x": {"kind": kind, "every": every}},
            "gaps": {"missing": "redistribute"},
            "indicators": {"own": {"weight": 100, "measure": formula, "rule": "percentile"}},
        }
    )


def test_a_frame_with_periods_has_it_on_both_engines(engine: EngineUnderTest) -> None:
    rows = [("A", "2023-Q1", 60.0), ("A", "2023-Q2", 150.0), ("B", "2023-Q2", 90.0)]
    table = pl.DataFrame(rows, schema=["unit", "period", "x"], orient="row")
    frame = engine.lift(table)

    assert own_of(score_frame(frame, measured("own(x)"), round="2023-Q2")) == {"A": 90, "B": None}
    assert own_of(score_frame(frame, measured("own(x)"), round="2023-Q1"))["A"] == 60


def test_a_frame_of_one_round_has_to_say_what_was_before() -> None:
    frame = pl.DataFrame({"unit": ["A"], "x": [150.0]})

    with pytest.raises(FindingsError, match="QH568") as told:
        score_frame(frame, measured("own(x)"), round="2023-Q2")
    assert [each.code for each in told.value.findings] == ["QH568"]
    stated = frame.with_columns(pl.lit(60.0).alias("x@3"))
    assert own_of(score_frame(stated, measured("own(x)"), round="2023-Q2")) == {"A": 90}
    assert own_of(score_frame(frame, measured("own(x)"), round="2023")) == {"A": 150}


@pytest.mark.parametrize(
    ("formula", "kind", "hint"),
    [
        ("own(x)", "flow", "its figure is the period's own already: write x"),
        ("own(x)", "stock", "write x, or change(x)"),
        ("own(x)", "rate", "write x, or change(x)"),
        ("own(x / 2)", "cumulative", "put own() around each item alone"),
        ("own(lag(x, 3m))", "cumulative", "put own() around each item alone"),
        ("own(own(x))", "cumulative", "put own() around each item alone"),
    ],
)
def test_only_a_cumulative_item_has_an_own_part(formula: str, kind: str, hint: str) -> None:
    with pytest.raises(FindingsError) as told:
        measured(formula, kind)
    (finding,) = told.value.findings
    assert finding.code == "QH228"
    assert finding.hint("en").startswith(hint)
