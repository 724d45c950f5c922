from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.adjustments_table import adjustments_table
from tests.engine.books import book_of

import quanheng as qh
from quanheng.data.book import frames
from quanheng.data.book.book import Book
from quanheng.studies.study import Study
from quanheng.studies.variants.edits import with_weights, without

Values = Mapping[str, Sequence[float | None]]
"""By item, what A, B, C … have."""


def scheme_with(*leaves: Mapping[str, object], **stated: object) -> qh.Scheme:
    codes = ("x", "y", "z")[: len(leaves)]
    rated = {f"{code}_mark": {"measure": code, **leaf} for code, leaf in zip(codes, leaves, strict=True)}
    items = {code: {"kind": "rate"} for code in codes}
    return qh.read_scheme({"id": "t", "round": 2023, "items": items, "indicators": rated, **stated})


BEST = {"weight": 100, "rule": {"ratio": {"ref": "best"}}}
GIVEN = {"weight": 50, "rule": "given"}
PERCENTILE = {"weight": 50, "rule": "percentile"}


def book_with(
    scheme: qh.Scheme,
    by_year: Mapping[str, Values],
    *,
    bonus: float | None = None,
    targets: Values | None = None,
) -> Book:
    every = [(code, values) for of in by_year.values() for code, values in of.items()]
    codes = "ABCDEFGH"[: max(len(values) for _, values in every)]
    units = pl.DataFrame({"unit": [*codes], "name": [f"{code}o" for code in codes]})
    units = units.with_columns(group=pl.lit(scheme.groups[0].code))
    rows = [
        (code, unit, year, None if value is None else float(value))
        for year, of in by_year.items()
        for code, values in of.items()
        for unit, value in zip(codes, values, strict=True)
    ]
    goals = [
        ("x_mark", unit, year, value)
        for year, values in (targets or {}).items()
        for unit, value in zip(codes, values, strict=True)
    ]
    book = book_of(scheme, units=units, figures=rows, targets=goals)
    if bonus is None:
        return book
    row = ("A", "bonus", bonus, "why", "total", dt.date(2023, 8, 1), None, "adjustments.csv", None, "2")
    table = adjustments_table([row])
    return replace(book, adjustments=nw.from_native(table))


def by_cause(study: Study, unit: str, column: str = "change") -> dict[str, float]:
    return {row["cause"]: row[column] for row in study["causes"].rows(named=True) if row["unit"] == unit}


def test_own_figures_are_told_apart_from_the_others() -> None:
    book = book_with(scheme_with(BEST), {"2022": {"x": [50, 100]}, "2023": {"x": [60, 120]}})

    study = qh.study.compare(book)

    # A is 50 % of the best both times. With its own new figure alone 60/100 = 60, with B's alone 50/120 =
    # 41.67: own (10 + 8.333333)/2, the others (-8.333333 - 10)/2. B is the best whatever A has
    assert by_cause(study, "A") == {"data": 9.166667, "peers": -9.166667}
    assert by_cause(study, "B") == {"data": 0.0, "peers": 0.0}


def test_causes_in_an_order_add_what_they_add_then() -> None:
    book = book_with(scheme_with(BEST), {"2022": {"x": [50, 100]}, "2023": {"x": [60, 120]}})

    study = qh.study.compare(book, settings={"order": ["peers", "data"]})

    assert by_cause(study, "A") == {"data": 8.333333, "peers": -8.333333}


def test_weights_of_another_scheme_are_a_cause() -> None:
    scheme = scheme_with(GIVEN, GIVEN)
    book = book_with(scheme, {"2023": {"x": [80, 50], "y": [40, 60]}})
    group = scheme.groups[0].code
    other = replace(book, scheme=with_weights(scheme, {"x_mark": {group: 3.0}, "y_mark": {group: 1.0}}))

    study = qh.study.compare(book, other)

    # A: (80+40)/2 = 60, then (3·80+40)/4 = 70
    assert by_cause(study, "A") == {"weights": 10.0}
    assert study["moves"].rows()[0][3:6] == (60.0, 70.0, 10.0)
    assert "The same on both sides, so no cause: its own figures, the others' figures, targets" in str(study)


def test_a_new_indicator_belongs_to_the_weights_and_a_new_rule_to_the_rules() -> None:
    years = {"2023": {"x": [80.0, 50.0], "y": [40.0, 60.0]}}
    before = scheme_with(GIVEN, {**GIVEN, "rule": {"given": {}}})
    after = scheme_with({**GIVEN, "rule": {"ratio": {"ref": "best"}}}, GIVEN, rounding={"total": 2})
    less = without(before, "y_mark")

    rules = qh.study.compare(book_with(before, years), book_with(after, years))
    weights = qh.study.compare(book_with(less, years), book_with(before, years))

    # x of A is the best: 100 instead of 80, on half of the weight
    assert by_cause(rules, "A") == {"rules": 10.0}
    assert by_cause(weights, "A") == {"weights": -20.0}


def test_targets_and_adjustments_are_causes() -> None:
    scheme = scheme_with({"weight": 100, "rule": {"target": {"cap": 120}}}, rounding={"total": 2})
    years = {"2022": {"x": [50.0, 60.0]}, "2023": {"x": [50.0, 60.0]}}
    targets = {"2022": [50.0, 60.0], "2023": [62.5, 60.0]}

    study = qh.study.compare(book_with(scheme, years, bonus=2.0, targets=targets))

    # A: 50 of 50, then 50 of 62.5, and the bonus is dated in 2023
    assert by_cause(study, "A") == {"targets": -20.0, "adjustments": 2.0}
    # it falls behind B by its target; alone the bonus moves nobody
    assert by_cause(study, "A", "places") == {"targets": -1.0, "adjustments": 0.0}


def test_parts_of_a_rounded_total_have_two_decimals_more_and_add_up() -> None:
    scheme = scheme_with(BEST, rounding={"total": 2})
    years = {"2022": {"x": [50.0, 97.0, 31.0]}, "2023": {"x": [61.0, 123.0, 77.0]}}

    study = qh.study.compare(book_with(scheme, years))

    for row in study["moves"].rows(named=True):
        parts = [Decimal(str(part)) for part in by_cause(study, row["unit"]).values()]
        assert sum(parts) == Decimal(str(row["change"]))
        assert all(part == round(part, 4) for part in parts)


@settings(max_examples=8, deadline=None)
@given(
    before=st.lists(st.integers(1, 99), min_size=3, max_size=3),
    after=st.lists(st.integers(1, 99), min_size=3, max_size=3),
    calm=st.lists(st.integers(1, 99), min_size=6, max_size=6),
)
def test_mixtures_are_what_a_book_of_these_figures_scores(
    before: list[int], after: list[int], calm: list[int]
) -> None:
    scheme = scheme_with(
        PERCENTILE, {"weight": 50, "rule": {"scale": {"worst": "observed", "best": "observed"}}}
    )
    years = {"2022": {"x": before, "y": calm[:3]}, "2023": {"x": after, "y": calm[3:]}}
    study = qh.study.compare(book_with(scheme, years), settings={"mixtures": True})

    for row in study["mixtures"].rows(named=True):
        number = "ABC".index(row["unit"])
        sides = [
            "2023" if ("data" if at == number else "peers") in row["after"].split("+") else "2022"
            for at in range(3)
        ]
        mixed = {code: [years[side][code][at] for at, side in enumerate(sides)] for code in ("x", "y")}
        ranking = qh.score(book_with(scheme, {"2023": mixed})).ranking
        (found,) = (each for each in ranking.rows(named=True) if each["unit"] == row["unit"])
        assert row["score"] == pytest.approx(found["score"], abs=1e-9)
        assert row["place"] == found["place"]


def test_a_unit_on_one_side_only_does_not_move_but_moves_others() -> None:
    scheme = scheme_with(BEST)
    book = book_with(scheme, {"2023": {"x": [50.0, 100.0]}})
    larger = book_with(scheme, {"2023": {"x": [50.0, 100.0, 200.0]}})

    study = qh.study.compare(book, larger, {"units": ["Co"]})

    assert by_cause(study, "A") == {"peers": -25.0}
    assert [row["change"] for row in study["moves"].rows(named=True)] == [None, -50.0, -25.0]
    assert [finding.code for finding in study.findings] == ["QH755"]
    assert study.sentences[-1].en == "Co has a total on one side only."


def test_with_too_many_rows_figures_are_one_cause_and_that_is_told() -> None:
    book = book_with(scheme_with(BEST), {"2022": {"x": [50, 100]}, "2023": {"x": [60, 125]}})

    study = qh.study.compare(book, settings={"most_rows": 0})

    assert by_cause(study, "A") == {"data": -2.0}
    assert [finding.code for finding in study.findings] == ["QH751"]


def test_rounds_that_ask_for_other_months_keep_figures_together() -> None:
    scheme = qh.read_scheme(
        {
            "id": "t",
            "round": 2023,
            "items": {"x": {"kind": "cumulative", "every": "quarter"}},
            "indicators": {
                "x_mark": {"measure": "own(x)", "weight": 100, "rule": {"ratio": {"ref": "best"}}}
            },
        }
    )
    book = book_with(scheme, {"2023-Q1": {"x": [10, 20]}, "2023-Q2": {"x": [25, 40]}})

    study = qh.study.compare(book, settings={"round": "2023-Q2"})

    # own parts: 10 of 20, then 15 of 20
    assert by_cause(study, "A") == {"data": 25.0}
    assert [finding.code for finding in study.findings] == ["QH752"]


def test_a_figure_that_a_mixture_lacks_has_its_weight_shared_out() -> None:
    lenient = {**GIVEN, "gaps": {"missing": "zero"}}
    years: dict[str, Values] = {"2023": {"x": [80.0, 50.0], "y": [None, 60.0]}}
    before = book_with(scheme_with(GIVEN, lenient), years)
    after = book_with(scheme_with(GIVEN, GIVEN), {"2023": {"x": [80.0, 50.0], "y": [40.0, 60.0]}})

    study = qh.study.compare(before, after)

    assert [finding.code for finding in study.findings] == ["QH753"]
    # 40 before, 60 after; with the new rule alone 80, with the new figure alone 60
    assert by_cause(study, "A") == {"data": 0.0, "peers": 0.0, "rules": 20.0}


def test_what_a_side_cannot_be_scored_by_is_told_of_that_side() -> None:
    book = book_with(scheme_with(BEST), {"2023": {"x": [60, 120]}})

    with pytest.raises(qh.FindingsError) as refused:
        qh.study.compare(book)

    assert refused.value.findings[0].code == "QH750"
    assert "2022" in refused.value.findings[0].text("en")


def test_alike_sides_have_no_causes() -> None:
    book = book_with(scheme_with(BEST), {"2023": {"x": [60, 120]}})

    study = qh.study.compare(book, book)

    assert str(study).startswith("From before to after none of 2 units moved.")
    assert len(study["causes"]) == 0


def test_rounds_of_different_lengths_are_refused() -> None:
    book = book_with(scheme_with(BEST), {"2023": {"x": [60, 120]}})

    with pytest.raises(qh.UsageError, match="not of the same length"):
        qh.study.compare(book, settings={"before": "2022-H1"})


def test_a_result_of_a_frame_is_refused() -> None:
    frame = pl.DataFrame({"unit": ["A", "B"], "x": [1.0, 2.0]})
    result = qh.score(frame, scheme_with(BEST))

    with pytest.raises(qh.UsageError, match="of a frame"):
        qh.study.compare(result, result)
    with pytest.raises(qh.UsageError, match="no rounds"):
        qh.study.compare(result)


def test_totals_that_were_published_otherwise_are_a_cause_of_their_own() -> None:
    book = book_with(
        scheme_with(BEST, rounding={"total": 2}), {"2022": {"x": [50, 100]}, "2023": {"x": [60, 120]}}
    )
    past = pl.DataFrame(
        {
            "round": ["2022"] * 2,
            "unit": ["A", "B"],
            "score": [55.0, 100.0],
            "place": [2, 1],
            "tier": [None] * 2,
        },
        schema=dict(frames.HISTORY),
    )

    study = qh.study.compare(replace(book, history=nw.from_native(past)))

    assert by_cause(study, "A") == {"data": 9.165, "peers": -9.165, "published": -5.0}
    assert study["moves"].filter(nw.col("unit") == "A")["change"].to_list() == [-5.0]
