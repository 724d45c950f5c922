from __future__ import annotations

import datetime as dt
import itertools
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
from tests.engine.schemes import indicator as plain_indicator
from tests.engine.schemes import item, scheme_of

from quanheng.data.book import frames
from quanheng.data.book.book import Book
from quanheng.engine.results.score import score, score_frame
from quanheng.findings.finding import FindingsError
from quanheng.findings.text import Text
from quanheng.periods.every import Every
from quanheng.scheme.gaps.policies import Gaps, MissingRedistributed
from quanheng.scheme.grades.quotas import Quota
from quanheng.scheme.grades.tiers import Award, Tier
from quanheng.scheme.pace.pace import Fold, Reviews
from quanheng.scheme.rounding.rounding import Rounding
from quanheng.scheme.rules.given import Given
from quanheng.scheme.tree.scheme import Dimension, Indicator, Scheme

UNITS = pl.DataFrame({"unit": ["A", "B", "C"], "name": ["Ai", "Bo", "Ci"], "group": ["towns"] * 3})
GROUPS = ("towns", "parks")
QUARTERS = {
    "A": (80.0, 90.0, 70.0, 100.0),
    "B": (90.0, 90.0, 90.0, 70.0),
    "C": (60.0, None, None, 95.0),
}
YEAR = {"A": 60.0, "B": 90.0, "C": 75.0}


def given_points(code: str, measure: str, *, gaps: Gaps | None = None) -> Indicator:
    found = plain_indicator(code, measure, rule=Given(low=0.0, high=100.0))
    return found if gaps is None else replace(found, gaps=gaps)


def scheme(*, reviews: Reviews | None = None) -> Scheme:
    """Two indicators of the same weight: `work`, reported every quarter, and `people`, every year."""
    whole = scheme_of(
        [item("done", "rate", "quarter"), item("survey", "rate", "year")],
        [
            given_points("work", "done", gaps=Gaps(missing=MissingRedistributed())),
            given_points("people", "survey"),
        ],
    )
    return replace(
        whole,
        rounding=Rounding(total=2),
        reviews=reviews or Reviews(every="quarter", fold=Fold(reviews=0.4, year=0.6)),
        tiers=(Tier(name="first", top=Quota(count=1)), Tier(name="rest")),
        awards=(
            Award(name="of the year", take=Quota(count=1)),
            Award(name="banner", every="quarter", take=Quota(count=1)),
        ),
    )


def figures() -> list[tuple[str, str, str, Written]]:
    quarters = [
        ("done", unit, f"2023-Q{number}", value)
        for unit, values in QUARTERS.items()
        for number, value in enumerate(values, start=1)
    ]
    return [*quarters, *(("survey", unit, "2023", value) for unit, value in YEAR.items())]


def book(of: Scheme | None = None) -> Book:
    return book_of(of or scheme(), units=UNITS, figures=figures())


def with_adjustments(book: Book, rows: Sequence[tuple[str, str, float, str, dt.date | None]]) -> Book:
    """`rows` say unit, kind, marks, node, date."""
    whole = [
        (unit, kind, marks, "why", node, date, None, "adjustments.csv", None, f"{number}")
        for number, (unit, kind, marks, node, date) in enumerate(rows, start=2)
    ]
    table = adjustments_table(whole)
    return replace(book, adjustments=nw.from_native(table))


def with_history(book: Book, rows: Sequence[tuple[str, str, float, int]]) -> Book:
    table = pl.DataFrame([(*row, None) for row in rows], schema=dict(frames.HISTORY), orient="row")
    return replace(book, history=nw.from_native(table))


def test_review_is_scored_with_its_part_and_gives_its_awards() -> None:
    result = score(book(), round="2023-Q3")

    # only "work" takes part; C reported nothing, and nothing is left for it
    assert result.ranking.select("unit", "score", "place", "tier").rows() == [
        ("B", 90.0, 1, "first"),
        ("A", 70.0, 2, "rest"),
        ("C", None, None, None),
    ]
    assert result.awards.select("award", "unit").rows() == [("banner", "B")]
    assert set(result.scores["node"]) == {"total", "work"}
    assert result.reviews is None


def test_reviews_are_folded_into_the_year() -> None:
    result = score(book())

    # work of the year is its latest figure; own totals: A (100+60)/2 = 80, B (70+90)/2 = 80, C (95+75)/2 = 85
    # reviews: A (80+90+70+100)/4 = 85, B (90+90+90+70)/4 = 85, C (60+95)/2 = 77.5
    # 0.4 · 85 + 0.6 · 80 = 82 for A and B; 0.4 · 77.5 + 0.6 · 85 = 82 for C as well
    assert result.ranking.select("unit", "score", "place", "tier").rows() == [
        ("A", 82.0, 1, "first"),
        ("B", 82.0, 1, "first"),
        ("C", 82.0, 1, "first"),
    ]
    # an award without `every` is given in the year, that of the quarters is not
    assert set(result.awards["award"]) == {"of the year"}


def test_reviews_stand_in_the_result() -> None:
    result = score(book())

    assert result.reviews is not None
    assert result.reviews.rows() == [
        *(
            ("A", "2023-Q1", 80.0, 2),
            ("A", "2023-Q2", 90.0, 1),
            ("A", "2023-Q3", 70.0, 2),
            ("A", "2023-Q4", 100.0, 1),
        ),
        *(
            ("B", "2023-Q1", 90.0, 1),
            ("B", "2023-Q2", 90.0, 1),
            ("B", "2023-Q3", 90.0, 1),
            ("B", "2023-Q4", 70.0, 3),
        ),
        *(("C", "2023-Q1", 60.0, 3), ("C", "2023-Q2", None, None), ("C", "2023-Q3", None, None)),
        ("C", "2023-Q4", 95.0, 2),
    ]


def test_year_without_a_fold_is_as_ever() -> None:
    result = score(book(scheme(reviews=Reviews(every="quarter"))))

    assert result.ranking.select("unit", "score").rows() == [("C", 85.0), ("A", 80.0), ("B", 80.0)]
    assert result.reviews is None


def test_published_review_counts_as_it_was_published() -> None:
    # 60 instead of the 80 that the figures give now, and a unit that is assessed no more
    published = with_history(book(), [("2023-Q1", "A", 60.0, 3), ("2023-Q1", "Z", 99.0, 1)])

    result = score(published)

    # A: reviews (60+90+70+100)/4 = 80, own 80. B was not in that review: (90+90+70)/3 = 83.33…,
    # 0.4 · 83.33… + 0.6 · 80 = 81.33. C: only 95: 0.4 · 95 + 0.6 · 85 = 89
    totals = dict(result.ranking.select("unit", "score").rows())
    assert totals == {"A": 80.0, "B": 81.33, "C": 89.0}
    assert "QH573" in {finding.code for finding in result.findings}
    assert result.reviews is not None
    assert "Z" not in set(result.reviews["unit"])


def test_review_without_figures_was_not_held() -> None:
    early = [row for row in figures() if row[2] in ("2023-Q1", "2023-Q2", "2023")]

    result = score(book_of(scheme(), units=UNITS, figures=early))

    # A: reviews (80+90)/2 = 85, own (90+60)/2 = 75: 0.4 · 85 + 0.6 · 75 = 79
    totals = dict(result.ranking.select("unit", "score").rows())
    assert totals["A"] == 79.0
    [absent] = [finding.facts["rounds"] for finding in result.findings if finding.code == "QH572"]
    assert absent == "2023-Q3, 2023-Q4"


def test_error_of_a_review_is_told_with_its_round() -> None:
    strict = scheme()
    work = given_points("work", "done")
    strict = replace(strict, root=replace(strict.root, children=(work, strict.root.children[1])))

    with pytest.raises(FindingsError) as caught:
        score(book(strict))

    found = [(finding.code, finding.facts.get("round")) for finding in caught.value.findings]
    assert found == [("QH571", "2023-Q2"), ("QH541", None), ("QH571", "2023-Q3"), ("QH541", None)]


def test_months_are_joined_by_quarters_first() -> None:
    """Monthly reviews, the mean of a quarter's months, the mean of the quarters (月、季、年三级平均)."""
    monthly = replace(
        scheme(reviews=Reviews(every="month", through="quarter", fold=Fold(reviews=1.0, year=0.0))),
        items=(item("done", "rate", "month"), item("survey", "rate", "year")),
    )
    reported = [
        ("done", "A", f"2023-{month:02}", value)
        for month, value in ((1, 90.0), (2, 80.0), (3, 70.0), (5, 60.0))
    ]

    result = score(book_of(monthly, units=UNITS.head(1), figures=[*reported, ("survey", "A", "2023", 99.0)]))

    # the first quarter (90+80+70)/3 = 80, the second 60 by its one month: the year is 70, not 75
    assert result.ranking["score"].to_list() == [70.0]


def test_adjustments_count_in_the_review_of_their_date_and_at_its_nodes() -> None:
    rows = [
        ("A", "bonus", 2.0, "total", dt.date(2023, 7, 1)),
        ("A", "bonus", 1.0, "total", dt.date(2023, 1, 1)),
        ("B", "penalty", 5.0, "people", None),
    ]

    result = score(with_adjustments(book(), rows), round="2023-Q3")

    assert result.ranking.select("unit", "score").rows() == [("B", 90.0), ("A", 72.0), ("C", None)]
    told = {finding.code: finding.facts for finding in result.findings}
    assert told["QH575"]["unit"] == Text(en="B", zh="Bo")
    assert told["QH575"]["node"] == "people"
    assert "QH552" not in told  # that most of a year lies outside a quarter is no news


def test_bonus_at_a_node_without_a_score_is_told() -> None:
    rows = [
        ("C", "bonus", 3.0, "work", dt.date(2023, 7, 1)),
        ("A", "bonus", 3.0, "work", dt.date(2023, 7, 1)),
        ("C", "penalty", 0.0, "work", None),
    ]

    result = score(with_adjustments(book(), rows), round="2023-Q3")

    lost = [finding.facts for finding in result.findings if finding.code == "QH574"]
    assert lost == [{"node": "work", "unit": Text(en="C", zh="Ci")}]


def test_frame_has_no_reviews_to_fold() -> None:
    frame = pl.DataFrame({"unit": ["A"], "group": ["towns"], "done": [80.0], "survey": [60.0]})

    result = score_frame(frame, scheme())

    assert result.ranking["score"].to_list() == [70.0]
    assert [finding.code for finding in result.findings] == ["QH577"]
    assert score_frame(frame, scheme(), round="2023-Q1").findings == ()


@pytest.mark.parametrize("every", ["half", "quarter"])
def test_half_of_a_year_is_a_review_only_where_it_is_said_to_be(every: Every) -> None:
    of = scheme(reviews=Reviews(every=every, nodes=("work",)))
    half = [*figures(), *(("survey", unit, "2023-H1", 50.0) for unit in YEAR)]

    result = score(book_of(of, units=UNITS, figures=half), round="2023-H1")

    # A: work 90 alone, or with the 50 of people: 70
    assert dict(result.ranking.select("unit", "score").rows())["A"] == (90.0 if every == "half" else 70.0)


def test_explanation_of_a_folded_total_adds_up() -> None:
    result = score(book())

    told = result.explain("B")

    # own: work 50 marks × 70 = 35, people 50 × 90 = 45, in all 80; reviews 0.4 · (90+90+90+70)/4 add 2
    assert [(part.source, part.marks) for part in told.parts] == [
        ("work", Decimal(35)),
        ("people", Decimal(45)),
        ("fold", Decimal(2)),
    ]
    assert told.fold is not None
    # 0.6 · 80 = 48; each review counts a quarter of 0.4: 9 + 9 + 9 + 7 = 34
    assert [(part.source, part.marks) for part in told.fold.parts] == [
        ("own total", Decimal(48)),
        ("2023-Q1", Decimal(9)),
        ("2023-Q2", Decimal(9)),
        ("2023-Q3", Decimal(9)),
        ("2023-Q4", Decimal(7)),
    ]
    text = told.text("en")
    assert "35 (work) + 45 (people) + 2 (reviews folded in) = 82" in text
    assert "reviews folded in: 60% × own total 80 + 40% × mean of the reviews 85" in text
    assert "全年自身得分 80" in told.text("zh")


def test_explanation_says_that_a_unit_has_no_review() -> None:
    late = [row for row in figures() if row[0] != "done" or row[1] != "C"]

    told = score(book_of(scheme(), units=UNITS, figures=late)).explain("C")

    assert told.score == 75.0
    assert told.fold is not None
    assert told.fold.mean is None
    assert "no review: its own total alone" in told.text("en")


def test_amounts_of_a_mean_of_means_add_up() -> None:
    monthly = replace(
        scheme(reviews=Reviews(every="month", through="quarter", fold=Fold(reviews=0.7, year=0.3))),
        items=(item("done", "rate", "month"), item("survey", "rate", "year")),
    )
    months = ((1, 90.0), (2, 80.1), (3, 70.0), (5, 60.0))
    reported = [("done", "A", f"2023-{month:02}", value) for month, value in months]

    told = score(
        book_of(monthly, units=UNITS.head(1), figures=[*reported, ("survey", "A", "2023", 99.0)])
    ).explain("A")

    # own (60 + 99)/2 = 79.5; quarters 240.1/3 = 80.03… and 60: mean 70.01…;
    # 0.3 · 79.5 + 0.7 · 70.01666… = 23.85 + 49.011666… = 72.861666…, which is 72.86
    assert told.score == 72.86
    assert told.fold is not None
    assert sum(part.marks for part in told.fold.parts) == Decimal("72.86")
    assert {part.source: part.marks for part in told.fold.parts}["2023-05"] == Decimal(21)
    assert sum(part.marks for part in told.parts) == Decimal("72.86")


def test_fold_is_in_the_trace() -> None:
    result = score(book())

    trace = result.engine.collect(result.trace).filter(
        (nw.col("unit") == "C") & (nw.col("node") == "total") & (nw.col("step") == 27)
    )

    assert trace.sort("stage").select("stage", "value").rows() == [
        ("own total", 85.0),
        ("review:2023-Q1", 60.0),
        ("review:2023-Q4", 95.0),
        ("reviews mean", 77.5),
        ("score", 82.0),
    ]


POINTS = st.floats(min_value=0, max_value=100)


@settings(max_examples=10)
@given(
    st.lists(st.one_of(st.none(), POINTS), min_size=8, max_size=8), st.lists(POINTS, min_size=2, max_size=2)
)
def test_year_is_folded_from_what_its_reviews_are_scored_alone(
    done: list[float | None], survey: list[float]
) -> None:
    keys = [(unit, f"2023-Q{quarter}") for unit in "AB" for quarter in range(1, 5)]
    reported: list[tuple[str, str, str, Written]] = [
        ("done", *key, value) for key, value in zip(keys, done, strict=True)
    ]
    reported += [("survey", unit, "2023", value) for unit, value in zip("AB", survey, strict=True)]
    whole = book_of(scheme(), units=UNITS.head(2), figures=reported)

    totals = dict(score(whole).ranking.select("unit", "score").rows())

    alone = dict(
        score(replace(whole, scheme=replace(whole.scheme, reviews=None)))
        .ranking.select("unit", "score")
        .rows()
    )
    held = [
        f"2023-Q{quarter}"
        for quarter in range(1, 5)
        if done[quarter - 1] is not None or done[quarter + 3] is not None
    ]
    quarters = [dict(score(whole, round=round_).ranking.select("unit", "score").rows()) for round_ in held]
    for unit in "AB":
        scores = [quarter[unit] for quarter in quarters if quarter[unit] is not None]
        mean = sum(scores) / len(scores) if scores else alone[unit]
        # rounded to two decimals; a half may fall to either side in the doubles computed here
        assert totals[unit] == pytest.approx(0.4 * mean + 0.6 * alone[unit], abs=0.0051)


@settings(max_examples=15)
@given(
    st.lists(POINTS, min_size=8, max_size=8),
    st.sets(st.sampled_from(["a", "b", "left", "c", "d", "right"]), min_size=1),
)
def test_what_takes_no_part_is_treated_like_what_is_not_applicable(
    values: list[float], named: set[str]
) -> None:
    leaves = {code: given_points(code, code) for code in "abcd"}
    left = Dimension(
        code="left", name=Text(), weights=dict.fromkeys(GROUPS, 30.0), children=(leaves["a"], leaves["b"])
    )
    right = Dimension(
        code="right",
        name=Text(),
        weights=dict.fromkeys(GROUPS, 70.0),
        children=(replace(leaves["c"], weights=dict.fromkeys(GROUPS, 25.0)), leaves["d"]),
    )
    whole = scheme_of([item(code, "rate", "quarter") for code in "abcd"], [])
    whole = replace(whole, root=replace(whole.root, children=(left, right)))
    below = {"left": {"a", "b"}, "right": {"c", "d"}}
    kept = {code for name in named for code in below.get(name, {name})}
    figures = [
        (code, unit, "2023-Q1", value)
        for (code, unit), value in zip(itertools.product("abcd", "AB"), values, strict=True)
    ]
    blanked: list[tuple[str, str, str, Written]] = [
        (code, unit, period, value if code in kept else "/") for code, unit, period, value in figures
    ]

    reviews = Reviews(every="quarter", nodes=tuple(named))
    of_part = score(
        book_of(replace(whole, reviews=reviews), units=UNITS.head(2), figures=figures), round="2023-Q1"
    )
    of_whole = score(book_of(whole, units=UNITS.head(2), figures=blanked), round="2023-Q1")

    for unit in "AB":
        totals = [dict(result.ranking.select("unit", "score").rows())[unit] for result in (of_part, of_whole)]
        assert totals[0] == pytest.approx(totals[1], abs=1e-9)
