"""Many rounds in one pass say what each of them says alone."""

from __future__ import annotations

import datetime as dt
import functools
import math
from dataclasses import replace

import narwhals as nw
import polars as pl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from tests.adjustments_table import adjustments_table
from tests.engine.books import Written, book_of
from tests.engine.schemes import indicator, item, scheme_of
from tests.engines import EngineUnderTest

from quanheng.data.book.book import Book
from quanheng.engine.figures.targets.due import due_targets
from quanheng.engine.figures.values import values_of
from quanheng.engine.formulas.measures import Measure, value_measures
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.engines import polars_engine
from quanheng.engine.results.rounds import score_rounds
from quanheng.engine.results.score import score
from quanheng.findings.finding import FindingsError
from quanheng.periods.stretch import Stretch, stretch_of
from quanheng.scheme.files.read import scheme_from_mapping
from quanheng.scheme.formulas.parse import parse_formula
from quanheng.scheme.gaps.policies import Gaps, MissingIsZero
from quanheng.scheme.items.item import FromLedger
from quanheng.scheme.ledgers.statistics import Count
from quanheng.scheme.rules.given import Given
from quanheng.scheme.tree.scheme import Scheme

SCHEME = """
round: 2023
groups: {north: North, south: South}
items:
  x: {kind: rate, every: quarter}
  y: {kind: cumulative, every: quarter}
  z: {kind: flow, every: quarter}
  people: {kind: stock, every: year}
  done: {count: tasks, where: done_on >= period_start and done_on <= period_end}
gaps: {missing: redistribute, at_least: 20%}
pace: {curve: even}
indicators:
  values:
    weight: 60
    weights: relative
    children:
      scale:
        {measure: x, weight: 1, rule: {scale: {worst: q10, best: observed, base: 60}}, gaps: {missing: worst}}
      overall: {measure: x, weight: 2, within: all, rule: {place: {first: 100, last: 50}}}
      target: {measure: y, weight: 1, rule: {target: {cap: 130}}, coefficient: 1 + share(y) / 10}
      reached: {measure: completion(z), weight: 1, rule: {bands: [[0, 0], [1, 100]]}}
      place: {measure: place(y / people), weight: 1, direction: less, rule: {scale: {base: 10}}}
      tasks: {measure: done, weight: 1, rule: percentile}
      filled: {measure: 'lag(y, 1y)', weight: 1, rule: {zscore: {}}, gaps: {missing: {fill: mean}}}
      alike:
        measure: x
        weight: 1
        rule: {ratio: {ref: median}}
        gaps: {missing: {fill: mean, within: side, at: points}}
  treated:
    weight: 40
    weights: critic
    aggregate: {power: 0.5}
    children:
      outlying: {measure: x ** 3, treat: {winsorise: 1}, rule: {scale: {base: 20}}}
      limited: {measure: y, treat: {quantiles: [0.1, 0.9]}, rule: {scale: {base: 20}}}
      logged: {measure: x, treat: log, rule: {scale: {base: 20}}}
adjustments:
  bonus: {cap: 2, when: x >= 1}
  rules: [{name: tasks, kind: penalty, marks: done / 10, node: treated}]
ties: {break_by: [treated]}
tiers: [{name: A, top: 30%, at_least: 40}, {name: B}]
"""
NAMES = [f"u{number}" for number in range(7)]
ROUNDS = ("2022", "2023", "2023-Q2", "2023-Q3")
PERIODS = [f"{year}-Q{quarter}" for year in (2021, 2022, 2023) for quarter in (1, 2, 3, 4)]


@functools.cache
def scheme() -> Scheme:
    return scheme_from_mapping(YAML(typ="safe", pure=True).load(SCHEME))


def numbers(count: int) -> st.SearchStrategy[list[float | None]]:
    few = st.integers(1, 60).map(lambda number: number / 4)
    return st.lists(st.one_of(few, few, few, st.none()), min_size=count, max_size=count)


def the_book(
    values: list[float | None],
    people: list[float | None],
    targets: list[tuple[str, str, str, Written]],
    days: list[dt.date],
    given_on: list[dt.date | None],
) -> Book:
    """A book of the scheme with these figures, days on which tasks were done, and dates of adjustments."""
    cells = [(code, unit, period) for code in ("x", "y", "z") for unit in NAMES for period in PERIODS]
    cells += [("people", unit, str(year)) for unit in NAMES for year in (2021, 2022, 2023)]
    figures = dict(zip(cells, [*values, *people], strict=True))
    # some figure in any round
    figures |= {("x", "u0", period): 4.0 for period in ("2022-Q4", "2023-Q2", "2023-Q3")}
    tasks = pl.DataFrame(
        {"unit": [NAMES[day.day % 7] for day in days], "done_on": days},
        schema={"unit": pl.String, "done_on": pl.Date},
    )
    kinds = [("bonus", "total"), ("penalty", "scale"), ("veto", "total"), ("bonus", "values")]
    rows = [
        (NAMES[number], kinds[number][0], 1.5, "", kinds[number][1], day, None, "a.csv", None, f"{number}")
        for number, day in enumerate(given_on)
    ]
    units = {
        "unit": NAMES,
        "name": NAMES,
        "group": ["north" if number % 3 else "south" for number in range(7)],
        "side": ["a", "b", "a", "b", "a", "b", None],
    }
    book = book_of(
        scheme(),
        units=pl.DataFrame(units),
        figures=[(*cell, value) for cell, value in figures.items()],
        targets=targets,
        ledgers={"tasks": tasks},
    )
    adjustments = adjustments_table(rows)
    return replace(book, adjustments=nw.from_native(adjustments))


@st.composite
def some_books(draw: st.DrawFn) -> Book:
    days = st.dates(dt.date(2022, 1, 1), dt.date(2023, 12, 31))
    targets: list[tuple[str, str, str, Written]] = [
        (code, unit, period, value)
        for code in ("target", "reached")
        for period in sorted(draw(st.sets(st.sampled_from(["2023", "2023-Q2", "2023-H1", "2023-Q3"]))))
        for unit, value in zip(NAMES, draw(numbers(7)), strict=True)
        if value is not None
    ]
    return the_book(
        draw(numbers(3 * 7 * 12)),
        draw(numbers(3 * 7)),
        targets,
        draw(st.lists(days, max_size=12)),
        draw(st.lists(st.one_of(st.none(), days), max_size=4)),
    )


def one_book() -> Book:
    """A book in which every rule, policy and adjustment has something to do."""
    values = [None if n % 11 == 5 else 1.0 + (n * 37 % 23) / 4 for n in range(3 * 7 * 12)]
    targets: list[tuple[str, str, str, Written]] = [
        ("target", unit, period, 3.0 + number)
        for number, unit in enumerate(NAMES)
        for period in ("2023", "2023-Q2")
    ]
    days = [dt.date(2022 + n % 2, 1 + n * 5 % 12, 1 + n) for n in range(14)]
    given_on = [None, dt.date(2023, 5, 1), dt.date(2023, 8, 1), dt.date(2022, 3, 3)]
    return the_book(values, [10.0 + n for n in range(21)], targets, days, list(given_on))


def assert_same(one: pl.DataFrame, other: pl.DataFrame) -> None:
    """Everything in `one` is in `other`, within 1e-9."""
    assert one["unit"].to_list() == other["unit"].to_list()
    for column in one.columns:
        for left, right in zip(one[column].to_list(), other[column].to_list(), strict=True):
            if isinstance(left, float) and isinstance(right, float):
                assert math.isclose(left, right, rel_tol=1e-9, abs_tol=1e-9), (column, left, right)
            else:
                assert left == right, column


SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
OF_ONE_ROUND = {
    *(c.LAST_PLACE, c.LAST_TIER, c.LAST_SCORE, c.PLACE_GAIN, c.SCORE_GAIN),
    *(c.FIRST_TIER_STREAK, c.FIRST_TIER_COUNT, c.EARLIER_STREAK, c.EARLIER_COUNT),
}
"""What a result knows of earlier ones; rounds look at none."""


def check_law(book: Book, engine: EngineUnderTest) -> None:
    rounds = {name: stretch_of(name) for name in ROUNDS}
    together = score_rounds(book, rounds, engine=engine.engine, lenient=False).wide.to_native()
    for name in ROUNDS:
        alone = score(book, round=name, engine=engine.engine).wide.to_native()
        here = together.filter(pl.col("round") == name)
        known = [column for column in alone.columns if column not in OF_ONE_ROUND]
        absent = [
            column
            for column in known
            if column not in here.columns and alone[column].null_count() < len(alone)
        ]
        assert absent == []
        assert_same(alone.select([column for column in known if column in here.columns]), here)


def test_rounds_of_a_full_book_are_what_each_is_alone(engine: EngineUnderTest) -> None:
    check_law(one_book(), engine)


@settings(max_examples=5, phases=[Phase.explicit, Phase.reuse, Phase.generate], suppress_health_check=SLOW)
@given(book=some_books())
def test_rounds_together_are_what_each_is_alone(book: Book) -> None:
    check_law(book, EngineUnderTest(polars_engine()))


UNITS = pl.DataFrame({"unit": ["A", "B"], "name": ["A", "B"], "group": ["towns", "towns"]})
TO_DATE = {name: stretch_of(name).from_january() for name in ("2023-03", "2023-06")}


def running_year() -> Book:
    """Two indicators of 10 marks of 100 between two towns: roads built by June, and a survey at the end."""
    roads = indicator("roads", "completion(built)", rule=Given(low=0.0, high=100.0))
    roads = replace(roads, gaps=Gaps(missing=MissingIsZero()))
    survey = indicator("survey", "asked")
    scheme = scheme_of([item("built", "cumulative", "month"), item("asked", "rate")], [roads, survey])
    return book_of(
        scheme,
        units=UNITS,
        figures=[
            ("built", "A", "2023-03", 30.0),
            ("built", "A", "2023-06", 66.0),
            ("built", "B", "2023-06", 10.0),
            ("asked", "A", "2023", 80.0),
        ],
        targets=[("roads", "A", "2023", 120.0), ("roads", "B", "2023", 40.0)],
    )


def test_a_running_year_shares_out_what_is_missing_and_judges_by_what_is_due() -> None:
    rounds = score_rounds(running_year(), TO_DATE)

    # due by March: 30 of A's 120, 10 of B's 40; by June 60 and 20. The measure is value ÷ due.
    found = rounds.indicators.filter(nw.col("indicator") == "roads")
    assert found.select("unit", "round", "value", "measure", "absence", "points").rows() == [
        ("A", "2023-03", 30.0, 1.0, c.PRESENT, 1.0),
        ("B", "2023-03", None, None, c.MISSING, None),  # no zero in the midst of the year
        ("A", "2023-06", 66.0, 1.1, c.PRESENT, 1.1),
        ("B", "2023-06", 10.0, 0.5, c.PRESENT, 0.5),
    ]
    # the survey is not due: all 100 marks go to the roads, half of the weight is available
    assert rounds.totals.select("unit", "round", "score", "place", "available").rows() == [
        ("A", "2023-03", 1.0, 1, 0.5),
        ("B", "2023-03", None, None, 0.0),
        ("A", "2023-06", 1.1, 1, 0.5),
        ("B", "2023-06", 0.5, 2, 0.5),
    ]


def test_targets_may_be_handed_over() -> None:
    book = running_year()
    due = due_targets(book, TO_DATE)

    assert score_rounds(book, TO_DATE, due=due).totals.rows() == score_rounds(book, TO_DATE).totals.rows()
    half = due.with_columns(nw.col("due") / 2)
    points = score_rounds(book, TO_DATE, due=half).indicators.filter(nw.col("indicator") == "roads")["points"]
    assert points.to_list() == [2.0, None, 2.2, 1.0]
    none = due.with_columns(nw.lit("not_applicable").alias("basis"))
    reasons = score_rounds(book, TO_DATE, due=none).indicators.filter(nw.col("indicator") == "roads")
    assert reasons["absence"].to_list() == [c.NOT_APPLICABLE] * 4


def test_without_leniency_what_is_missing_is_the_error_it_is_in_a_round_alone() -> None:
    with pytest.raises(FindingsError, match="survey"):
        score_rounds(running_year(), TO_DATE, lenient=False)


def test_a_round_of_which_nothing_is_reported_is_no_error_in_a_running_year() -> None:
    totals = score_rounds(running_year(), {"2023-01": Stretch(2023 * 12, 1)}).totals

    assert totals.select("score", "place", "available").rows() == [(None, None, 0.0), (None, None, 0.0)]


def test_the_scheme_of_a_running_year_ranks_everyone() -> None:
    book = running_year()
    strict = replace(book, scheme=replace(book.scheme, at_least=0.9))

    assert score_rounds(strict, TO_DATE).totals["place"].to_list() == [1, None, 1, 2]


def test_values_are_what_targets_are_stated_of() -> None:
    book = running_year()
    roads, survey = (value_measures([each]) for each in book.scheme.indicators)
    rounds = {**TO_DATE, "2023": Stretch(2023 * 12, 12)}

    values = values_of(book, (*roads, *survey), rounds).filter(nw.col("unit") == "A").sort("round")

    assert [
        (row["round"], code, row[c.measure(code)], row[c.absence(code)])
        for row in values.iter_rows(named=True)
        for code in ("roads", "survey")
    ] == [
        ("2023", "roads", 66.0, c.PRESENT),
        ("2023", "survey", 80.0, c.PRESENT),
        ("2023-03", "roads", 30.0, c.PRESENT),
        ("2023-03", "survey", None, c.MISSING),
        ("2023-06", "roads", 66.0, c.PRESENT),
        ("2023-06", "survey", None, c.MISSING),
    ]
    assert values_of(book, survey, TO_DATE).columns == [
        *(c.UNIT, c.NAME, c.GROUP, c.ROUND),
        *(c.measure("survey"), c.absence("survey")),
    ]


def test_a_share_is_of_the_values_of_its_own_round() -> None:
    book = running_year()
    groups = tuple(group.code for group in book.scheme.groups)
    part = Measure(code="part", formula=parse_formula("share(built)"), groups=groups)

    values = values_of(book, [part], TO_DATE)

    assert values["round"].to_list() == ["2023-03", "2023-03", "2023-06", "2023-06"]
    assert values[c.measure("part")].to_list() == pytest.approx([1.0, None, 66 / 76, 10 / 76])


def test_a_ledger_is_counted_for_each_round() -> None:
    done = replace(
        item("done"),
        source=FromLedger(
            statistic=Count(),
            ledger="tasks",
            condition=parse_formula("done_on >= period_start and done_on <= period_end"),
        ),
    )
    tasks = pl.DataFrame(
        {"unit": ["A", "A", "B"], "done_on": [dt.date(2023, 2, 1), dt.date(2023, 5, 1), dt.date(2022, 6, 1)]}
    )
    book = book_of(scheme_of([done], ["change(done)"]), units=UNITS, ledgers={"tasks": tasks})

    found = score_rounds(book, TO_DATE).wide.select("unit", "round", "item|done", "item|done@12").rows()

    assert found == [
        ("A", "2023-03", 1.0, 0.0),
        ("B", "2023-03", 0.0, 0.0),
        ("A", "2023-06", 2.0, 0.0),
        ("B", "2023-06", 0.0, 1.0),
    ]
