from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.adjustments_table import adjustments_table
from tests.engine.books import Written, book_of
from tests.engine.schemes import indicator, item, scheme_of

from quanheng.data.book.book import Book
from quanheng.engine.results.score import score
from quanheng.findings.text import Text
from quanheng.insight.moves.moves import Moves, moves_between
from quanheng.insight.moves.sentences import sentence, sentences
from quanheng.scheme.gaps.policies import Gaps, MissingRedistributed
from quanheng.scheme.pace.pace import Fold, Reviews
from quanheng.scheme.rounding.rounding import NodeRounding, Rounding
from quanheng.scheme.rules.given import Given
from quanheng.scheme.tree.scheme import Scheme
from quanheng.scheme.weights.aggregation import Geometric

UNITS = pl.DataFrame({"unit": ["A", "B", "C"], "name": ["Ai", "Bo", "Ci"], "group": ["towns"] * 3})
FIGURES: list[tuple[str, str, str, Written]] = [
    *(("done", "A", "2023-Q2", 80.0), ("calm", "A", "2023-Q2", 70.0)),
    *(("done", "A", "2023-Q3", 90.0), ("calm", "A", "2023-Q3", 64.0)),
    *(("done", "B", "2023-Q2", 60.0), ("calm", "B", "2023-Q2", 80.0)),
    *(("done", "B", "2023-Q3", 66.0), ("calm", "B", "2023-Q3", None)),
    *(("done", "C", "2023-Q3", 50.0), ("calm", "C", "2023-Q3", 60.0)),
]


def scheme(codes: Sequence[str] = ("done", "calm")) -> Scheme:
    leaves = [
        replace(
            indicator(f"{code}_mark", code, rule=Given(low=0.0, high=100.0)),
            gaps=Gaps(missing=MissingRedistributed()),
            name=Text(zh=f"{code}分", en=code),
        )
        for code in codes
    ]
    return scheme_of([item(code, "rate", "quarter") for code in codes], leaves)


def book(of: Scheme, *, bonus: tuple[str, float] | None = None) -> Book:
    made = book_of(of, units=UNITS, figures=FIGURES)
    if bonus is None:
        return made
    row = ("A", "bonus", bonus[1], "why", bonus[0], dt.date(2023, 8, 1), None, "adjustments.csv", None, "2")
    table = adjustments_table([row])
    return replace(made, adjustments=nw.from_native(table))


def moves(of: Book, before: str = "2023-Q2", after: str = "2023-Q3") -> Moves:
    return moves_between(score(of, round=before), score(of, round=after))


def causes(found: Moves, unit: str) -> list[tuple[str, str, float]]:
    rows = found.causes.filter(nw.col("unit") == unit)
    return [(row["cause"], row["node"], row["change"]) for row in rows.rows(named=True)]


def test_total_and_place_before_and_after() -> None:
    found = moves(book(scheme(), bonus=("total", 2.0)))

    # A: (80+70)/2 = 75, then (90+64)/2 + 2 = 79; B: 70, then 66 on work alone; C: nothing, then 55
    assert found.totals.rows() == [
        ("A", "Ai", "towns", 75.0, 79.0, 4.0, 1, 1, 0),
        ("B", "Bo", "towns", 70.0, 66.0, -4.0, 2, 2, 0),
        ("C", "Ci", "towns", None, 55.0, None, None, 3, None),
    ]


def test_causes_are_indicators_and_marks_given() -> None:
    found = moves(book(scheme(), bonus=("total", 2.0)))

    # A: work 50 marks · (90 - 80) % = 5, calm 50 · (64 - 70) % = -3, and the bonus of August
    assert sorted(causes(found, "A")) == [
        ("bonus", "total", 2.0),
        ("indicator", "calm_mark", -3.0),
        ("indicator", "done_mark", 5.0),
    ]
    # B: work 50 · 60 % = 30, then 100 · 66 % = 66, as calm has no figure and its 40 are gone
    assert causes(found, "B") == [("indicator", "done_mark", 36.0), ("indicator", "calm_mark", -40.0)]
    assert causes(found, "C") == []


def test_cause_shows_measure_points_and_marks() -> None:
    found = moves(book(scheme()))

    [row] = found.causes.filter((nw.col("unit") == "B") & (nw.col("node") == "done_mark")).rows(named=True)
    assert (row["before"], row["after"]) == (30.0, 66.0)
    assert (row["measure_before"], row["measure_after"]) == (60.0, 66.0)
    assert (row["points_before"], row["points_after"]) == (60.0, 66.0)
    assert (row["marks_before"], row["marks_after"]) == (50.0, 100.0)


def test_bonus_at_an_indicator_is_no_part_of_its_score() -> None:
    found = moves(book(scheme(), bonus=("done_mark", 1.5)))

    assert causes(found, "A") == [
        ("indicator", "done_mark", 5.0),
        ("bonus", "done_mark", 1.5),
        ("indicator", "calm_mark", -3.0),
    ]


def test_what_rounding_moves_is_named() -> None:
    of = replace(scheme(), rounding=Rounding(total=-1))

    found = moves(book(of))

    # A: 75 → 80 and 77 → 80: the indicators bring +2, rounding takes it back
    assert causes(found, "A")[-1] == ("rounding", "total", -2.0)
    assert found.totals["change"].to_list()[0] == 0.0


def test_what_another_mean_moves_is_named() -> None:
    of = scheme()
    of = replace(of, root=replace(of.root, aggregate=Geometric()))

    found = moves(book(of))

    # √(80·70) = 74.833147735, √(90·64) = 75.894663844: the indicators say +2, the total +1.061516109
    assert found.totals["change"].to_list()[0] == 1.061516109
    assert causes(found, "A") == [
        ("aggregation", "total", -0.938483891),
        ("indicator", "done_mark", 5.0),
        ("indicator", "calm_mark", -3.0),
    ]


def test_fold_of_two_years_is_a_cause() -> None:
    of = replace(
        scheme_of(
            [item("done", "rate", "quarter")],
            [indicator("done_mark", "done", rule=Given(low=0.0, high=100.0))],
        ),
        reviews=Reviews(every="quarter", fold=Fold(reviews=0.5, year=0.5)),
    )
    rows = [("done", "A", f"{year}-Q{quarter}", value) for year, quarter, value in _TWO_YEARS]

    found = moves(book_of(of, units=UNITS.head(1), figures=rows), "2022", "2023")

    # 2022: own 90 (the last figure), reviews (70+90)/2 = 80: 85. 2023: own 60, reviews (80+60)/2 = 70: 65
    assert found.totals.select("score_before", "score_after", "change").rows() == [(85.0, 65.0, -20.0)]
    assert causes(found, "A") == [("indicator", "done_mark", -30.0), ("fold", "total", 10.0)]


_TWO_YEARS = ((2022, 1, 70.0), (2022, 4, 90.0), (2023, 1, 80.0), (2023, 4, 60.0))


def test_sentence_says_what_moved_a_unit() -> None:
    told = sentence(moves(book(scheme(), bonus=("total", 2.0))), "A")

    assert told.en == (
        "Ai: 79 in 2023-Q3, 4 more than in 2023-Q2; still place 1."
        " Up: done +5 (80 → 90); bonus +2. Down: calm -3 (70 → 64)."
    )
    assert told.zh == (
        "Ai：2023-Q3得79分，比2023-Q2多4分，仍居第1位。增分：done分 +5（80 → 90）；加分 +2。"
        "减分：calm分 -3（70 → 64）。"
    )


def test_sentences_of_units_without_a_total() -> None:
    quiet = moves(book(scheme()), "2023-Q3", "2023-Q2")

    told = sentences(quiet)

    assert told["C"].en == "Ci: no total in 2023-Q2."
    assert sentences(moves(book(scheme())))["C"].zh == "Ci：2023-Q3得55分，2023-Q2没有得分。"
    assert list(told) == ["A", "B", "C"]


def test_sentence_of_an_unknown_unit_is_refused() -> None:
    with pytest.raises(KeyError):
        sentence(moves(book(scheme())), "Z")


POINTS = st.one_of(st.none(), st.floats(min_value=0, max_value=100))


@settings(max_examples=15)
@given(st.lists(POINTS, min_size=16, max_size=16), st.integers(min_value=-1, max_value=3), st.booleans())
def test_changes_of_causes_add_up_exactly(values: list[float | None], decimals: int, geometric: bool) -> None:  # noqa: FBT001 - drawn
    codes = ("a", "b", "c", "d")
    of = scheme(codes)
    rounding = NodeRounding(points=1, scores=2, is_anywhere=True)
    children = tuple(replace(child, rounding=rounding) for child in of.root.children)
    root = replace(of.root, rounding=rounding, children=children)
    of = replace(of, root=root, rounding=Rounding(total=decimals))
    if geometric:
        of = replace(of, root=replace(of.root, aggregate=Geometric()))
    keys = [(code, unit, period) for code in codes for unit in "AB" for period in ("2023-Q2", "2023-Q3")]
    figures = [(*key, value) for key, value in zip(keys, values, strict=True)]
    figures += [("a", "C", period, 1.0) for period in ("2023-Q2", "2023-Q3")]

    found = moves(book_of(of, units=UNITS, figures=figures))

    for total in found.totals.rows(named=True):
        if total["change"] is not None:
            changes = [change for _, _, change in causes(found, total["unit"])]
            assert sum(map(_decimal, changes), Decimal(0)) == _decimal(total["change"])


def _decimal(value: float) -> Decimal:
    return Decimal(repr(value))
