"""The naive scorer by itself: small books with numbers worked out by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from tests.exact.naive.books import Book, Seat
from tests.exact.naive.formulas import measured
from tests.exact.naive.numerals import Absent, Value, half_up, power, quantile, root
from tests.exact.naive.scoring import Scored, score
from tests.exact.naive.treatment import treated
from tests.exact.naive.weighing import computed

UNITS = "ABCDEFGHIJKL"


def book_of(scheme: Mapping[str, Any], **items: Sequence[str]) -> Book:
    """A book of units A, B, C … with these cells of the items."""
    units = UNITS[: len(next(iter(items.values())))]
    figures = {
        (unit, item, 0): cell
        for item, cells in items.items()
        for unit, cell in zip(units, cells, strict=True)
    }
    return Book(
        scheme={"items": {item: {} for item in items}, **scheme},
        units={unit: {} for unit in units},
        figures=figures,
    )


def points_of(rule: Any, *cells: str, **more: Any) -> list[Fraction | None]:  # noqa: ANN401  as a scheme has it
    leaf = {"measure": "x", "weight": 100, "rule": rule, **more}
    scored = score(book_of({"indicators": {"leaf": leaf}}, x=cells))
    return [scored.points.get((unit, "leaf")) for unit in UNITS[: len(cells)]]


def total_of(scored: Scored, unit: str = "A") -> Fraction | None:
    return scored.scores.get((unit, "total"))


def figures(*written: str) -> dict[str, Fraction]:
    return {unit: Fraction(x) for unit, x in zip(UNITS, written, strict=False)}


@pytest.mark.parametrize(
    ("rule", "cells", "points"),
    [
        ({"scale": {"base": 60}}, ("4", "6", "9"), [60, 76, 100]),
        ({"scale": {"base": 60}}, ("5", "5"), [100, 100]),
        ({"scale": {"worst": 5, "best": 10, "base": 60, "clamp": "above"}}, ("2", "12"), [36, 100]),
        ({"scale": {"worst": 0, "best": 100, "base": 25, "curve": "exponential"}}, ("0", "50"), [25, 50]),
        ({"place": {"first": 100, "last": 60}}, ("4", "9", "9", "1", "5"), [70, 100, 100, 60, 80]),
        (
            {"place": {"table": {"1": 100, "2-3": 90}, "otherwise": 60}},
            ("3", "2", "2", "1"),
            [100, 90, 90, 60],
        ),
        ("percentile", ("7", "7", "9"), [0, 0, 100]),
        ({"ratio": {"ref": "mean", "cap": 120}}, ("8", "6", "4", "2"), [120, 120, 80, 40]),
        ({"zscore": {}}, ("1", "2", "3"), [40, 50, 60]),
        ({"deduct": {"each": 5, "free": 2, "floor": 40}}, ("2", "5", "30"), [100, 85, 40]),
        ({"ideal": {"between": [40, 60]}}, ("25", "40", "75", "90"), [50, 100, 50, 0]),
        ({"bands": [["0.8", 0], ["0.95", 80], [1, 100]]}, ("1", "0.98", "0.875", "0.6"), [100, 92, 40, 0]),
        ({"ratio": {"ref": 5}}, ("10", "-1"), [200, 0]),
        ({"steps": [[60, 60], [90, 100]]}, ("90", "89.9", "59"), [100, 60, 0]),
        ({"met": "x >= 8 and not (x > 9)"}, ("8", "7.9", "9.1"), [100, 0, 0]),
    ],
)
def test_rules_give_the_points_of_their_pages(rule: Any, cells: tuple[str, ...], points: list[int]) -> None:  # noqa: ANN401  as a scheme has it
    assert points_of(rule, *cells) == points


def test_a_mean_that_is_0_on_paper_is_no_reference() -> None:
    leaf = {"measure": "x", "weight": 100, "rule": {"ratio": {"ref": "mean", "cap": 120}}}

    scored = score(book_of({"indicators": {"leaf": leaf}}, x=["0.1", "0.2", "-0.3"]))

    assert {code for code, _, _ in scored.findings.errors} == {"QH554"}


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        # 1 to 10; that of November is missing, that of December does not apply
        ("months(m > 3)", Absent.MISSING),
        ("months(m > 3, 10)", 7),
        ("mean(best(2, months(m, 75%)))", Fraction(19, 2)),
        ("sum(worst(2, months(m, 10)))", 3),
        ("max(last(3, months(m, 1)))", 10),
        ("share(months(m > 5, 10))", Fraction(1, 2)),
        ("max(months(m, 11))", Absent.MISSING),
        ("median(months(m, 50%))", Fraction(11, 2)),
        ("where(sort == 'town', 1, 2)", 1),
        ("where(sort not in ('park', 'Town'), 1, 2)", 1),
    ],
)
def test_months_and_texts_are_looked_at(formula: str, value: Value | int) -> None:
    months = [*map(str, range(1, 11)), "", "/"]
    monthly = {("A", "m", month): cell for month, cell in enumerate(months, start=1)}
    items = {"m": {"every": "month"}, "sort": {"attribute": "sort"}}
    book = Book(scheme={"items": items}, units={"A": {"sort": "town"}}, figures={}, monthly=monthly)

    assert measured(formula, Seat(book, "A")) == value


def test_a_lead_unit_has_the_mean_of_those_it_leads() -> None:
    leaves = {
        "work": {"measure": "x", "weight": 50, "rule": "given"},
        "leads": {"measure": "points(work, led_by)", "weight": 50, "rule": "given"},
    }
    book = book_of({"indicators": leaves}, x=["40", "70", "90"])
    units = {"A": {"led_by": "C"}, "B": {"led_by": "C"}, "C": {"led_by": ""}}

    scored = score(replace(book, units=units))

    assert scored.points["C", "leads"] == 55
    assert ("A", "leads") not in scored.points


def test_sums_that_are_equal_on_paper_tie() -> None:
    leaf = {"measure": "x + y", "weight": 100, "rule": "percentile"}

    scored = score(book_of({"indicators": {"leaf": leaf}}, x=["1.1", "2.0", "0.1"], y=["2.2", "1.3", "0.2"]))

    assert [scored.points[unit, "leaf"] for unit in "ABC"] == [50, 50, 0]
    assert scored.standing.places["B", "total"] == 1


def test_targets_reward_and_take_by_whole_steps() -> None:
    over = {"per": "1%", "add": "0.5", "up_to": 90}
    short = {"per": "1%", "take": 2, "down_to": 0, "whole": True}
    leaf = {"measure": "x", "weight": 100, "rule": {"target": {"base": 80, "over": over, "short": short}}}
    book = book_of({"indicators": {"leaf": leaf}}, x=["130", "110", "100", "94.5", "93"])

    scored = score(
        Book(scheme=book.scheme, units=book.units, figures=book.figures, targets={("*", "leaf"): "100"})
    )

    assert [scored.points[unit, "leaf"] for unit in "ABCDE"] == [90, 85, 80, 70, 66]


def test_the_completion_of_a_loss_grows_towards_the_good_end() -> None:
    leaf = {"measure": "x", "weight": 100, "rule": {"target": {"cap": 200}}}
    book = book_of({"indicators": {"leaf": leaf}}, x=["-50", "-100", "-150"])

    scored = score(
        Book(scheme=book.scheme, units=book.units, figures=book.figures, targets={("*", "leaf"): "-100"})
    )

    assert [scored.points[unit, "leaf"] for unit in "ABC"] == [150, 100, 50]


@pytest.mark.parametrize(
    ("rule", "more", "code"),
    [
        ({"scale": {"worst": 100}}, {}, "QH559"),
        ({"ratio": {"ref": 0}}, {}, "QH554"),
        ({"ratio": {"ref": 5}}, {"direction": "less"}, "QH555"),
    ],
)
def test_what_a_rule_cannot_divide_is_an_error(rule: Any, more: Mapping[str, Any], code: str) -> None:  # noqa: ANN401  as a scheme has it
    leaf = {"measure": "x", "weight": 100, "rule": rule, **more}

    scored = score(book_of({"indicators": {"leaf": leaf}}, x=["0", "9"]))

    assert (code, "A", "leaf") in scored.findings.errors


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("x + y / 4", Fraction(23, 10)),
        ("-x ** 2", -4),
        ("8% * 100", 8),
        ("where(1 <= x < 3 and x in (1, 2), 1, 0)", 1),
        ("where(x > 1 or gone > 1, 1, 0)", 1),
        ("where(not (gone > 1), 1, 0)", Absent.MISSING),
        ("gone + never", Absent.NOT_APPLICABLE),
        ("coalesce(never, gone)", Absent.MISSING),
        ("coalesce(never, never)", Absent.NOT_APPLICABLE),
        ("where(x > 1, y, gone)", Fraction(12, 10)),
        ("(x - x) / (y - y)", Absent.NOT_APPLICABLE),
        ("x / (y - y)", Absent.UNDEFINED),
        ("share(x)", Fraction(2, 5)),
        ("place(x)", 2),
        ("growth(x)", Fraction(-1, 3)),
    ],
)
def test_formulas_are_worked_out_by_the_rules_of_absence(formula: str, value: Value | int) -> None:
    book = book_of({"indicators": {}}, x=["2", "3"], y=["1.2", "0"], gone=["", ""], never=["/", "/"])
    book = Book(scheme=book.scheme, units=book.units, figures={**book.figures, ("A", "x", 12): "3"})

    assert measured(formula, Seat(book, "A")) == value


def test_what_does_not_apply_has_its_weight_shared_out() -> None:
    first = {"measure": "x", "weight": 60, "rule": "given"}
    second = {"measure": "y / n", "weight": 40, "rule": {"bands": [[0, 0], [1, 100]]}}

    scored = score(
        book_of(
            {"indicators": {"first": first, "second": second}}, x=["80", "80"], y=["9", "0"], n=["10", "0"]
        )
    )

    assert [total_of(scored, unit) for unit in "AB"] == [84, 80]
    assert scored.marks["B", "first"] == 100
    assert ("B", "second") not in scored.marks


@pytest.mark.parametrize(
    ("missing", "points"),
    [
        ("zero", 0),
        ("worst", 60),
        ("redistribute", None),
        ("neutral", 0),
        ({"fill": "mean"}, 75),
        ({"fill": "median", "at": "points"}, 75),
    ],
)
def test_each_policy_settles_a_gap(missing: Any, points: int | None) -> None:  # noqa: ANN401  as a scheme has it
    assert points_of("given", "60", "90", "", gaps={"missing": missing})[2] == points


def test_a_gap_without_a_policy_and_an_undefined_measure_are_errors() -> None:
    scored = score(
        book_of(
            {"indicators": {"leaf": {"measure": "x / y", "weight": 100, "rule": "percentile"}}},
            x=["", "1"],
            y=["1", "0"],
        )
    )

    assert scored.findings.errors == {("QH541", "A", "leaf"), ("QH542", "B", "leaf")}


def test_means_join_children() -> None:
    first = {"measure": "x", "weight": 50, "rule": "given"}
    second = {"measure": "y", "weight": 50, "rule": "given"}
    totals = {}
    for how in ("arithmetic", "geometric", "harmonic", "min", "max", "product", "copeland"):
        scheme = {"aggregate": how, "indicators": {"first": first, "second": second}}
        totals[how] = total_of(score(book_of(scheme, x=["90", "20"], y=["40", "30"])))

    assert totals == {
        "arithmetic": 65,
        "geometric": 60,
        "harmonic": Fraction(720, 13),
        "min": 40,
        "max": 90,
        "product": 36,
        "copeland": 100,
    }


def test_weights_follow_from_points() -> None:
    along, against = figures("40", "50", "60"), figures("60", "50", "40")
    wide, flat = figures("20", "50", "80"), figures("5", "5", "5")

    def shares(method: str, *columns: dict[str, Fraction]) -> list[Fraction]:
        weighed, _ = computed(
            method, {f"c{index}": list(column.values()) for index, column in enumerate(columns)}
        )
        return list(weighed.values())

    assert shares("std", along, wide) == [Fraction(1, 4), Fraction(3, 4)]
    assert shares("critic", along, along, against) == [Fraction(1, 4), Fraction(1, 4), Fraction(1, 2)]
    assert shares("entropy", flat, wide) == [0, 1]
    assert shares("critic", flat, flat) == [Fraction(1, 2), Fraction(1, 2)]


def test_an_outlier_is_set_to_the_next_value() -> None:
    values = figures("1", "2", "3", "4", "5", "6", "7", "8", "9", "100")

    after = treated(values, {"winsorise": 2, "then": "log"})

    assert list(after.values()) == [1, 2, 3, 4, 5, 6, 7, 8, 9, 9]


def test_values_that_tie_move_together_even_past_the_last_step() -> None:
    # G1 = 2.030 and G2 = 2.577 of these; two hundreds at the end are one step
    cells = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "100", "100")
    treat = {"winsorise": 1, "then": "none", "skewness": 2, "kurtosis": 2}

    assert points_of({"scale": {}}, *cells, treat=treat)[8:] == [Fraction(800, 9), 100, 100, 100]


def test_a_printed_table_adds_up() -> None:
    first = {"measure": "x", "weight": 5, "rule": "given"}
    second = {"measure": "x", "weight": 5, "rule": "given"}
    scheme = {"marks": 10, "indicators": {"first": first, "second": second}, "rounding": {"scores": 1}}

    scored = score(book_of(scheme, x=["81"]))

    assert scored.scores == {
        ("A", "first"): Fraction("4.1"),
        ("A", "second"): Fraction("4.1"),
        ("A", "total"): Fraction("8.2"),
    }
    assert scored.points["A", "total"] == 82


def test_a_bonus_over_the_cap_comes_off_in_proportion_and_moves_no_other_unit() -> None:
    leaf = {"measure": "x", "weight": 100, "rule": "given"}
    book = book_of({"indicators": {"leaf": leaf}, "adjustments": {"bonus": {"cap": 3}}}, x=["50", "51"])
    rows = [{"unit": "A", "kind": "bonus", "marks": "2", "node": node} for node in ("leaf", "total")]

    scored = score(Book(scheme=book.scheme, units=book.units, figures=book.figures, adjustments=rows))

    assert scored.points["A", "leaf"] == Fraction("51.5")
    assert [total_of(scored, unit) for unit in "AB"] == [53, 51]


def test_lost_marks_use_up_no_cap() -> None:
    first = {"measure": "x", "weight": 100, "rule": "given"}
    second = {"measure": "x", "weight": 0, "rule": "given"}
    scheme = {
        "indicators": {"first": first, "second": second},
        "weights": "relative",
        "adjustments": {"bonus": {"cap": 3}},
    }
    book = book_of(scheme, x=["50"])
    rows = [{"unit": "A", "kind": "bonus", "marks": "2", "node": node} for node in ("first", "second")]

    scored = score(Book(scheme=book.scheme, units=book.units, figures=book.figures, adjustments=rows))

    assert total_of(scored) == 52
    assert scored.findings.warnings == {("QH574", "second")}


def test_the_cap_of_a_category_comes_before_the_cap_over_all() -> None:
    leaf = {"measure": "x", "weight": 100, "rule": "given"}
    limits = {"cap": 4, "categories": {"praise": {"cap": 2}}}
    book = book_of({"indicators": {"leaf": leaf}, "adjustments": {"bonus": limits}}, x=["50"])
    row = {"unit": "A", "kind": "bonus", "reason": "r"}
    rows = [
        {**row, "marks": "6", "category": "praise", "node": ""},
        {**row, "marks": "6", "category": "", "node": "leaf"},
    ]

    scored = score(Book(scheme=book.scheme, units=book.units, figures=book.figures, adjustments=rows))

    # praise 6 -> 2; of 2 + 6 = 8 a half counts: 1 at the total, 3 at the leaf
    assert scored.scores["A", "leaf"] == 53
    assert total_of(scored) == 54


def test_the_caps_of_nodes_come_from_below_and_before_those_over_all() -> None:
    leaf = {"measure": "x", "weight": 50, "rule": "given"}
    tree = {"dim": {"weight": 50, "children": {"low": leaf}}, "other": leaf}
    limits = {
        "cap": 3,
        "categories": {"praise": {}},
        "nodes": {"dim": {"cap": 4, "categories": {"praise": 1}}, "low": 2},
    }
    book = book_of({"indicators": tree, "adjustments": {"bonus": limits}}, x=["50"])
    row = {"unit": "A", "kind": "bonus", "reason": "r"}
    rows = [
        {**row, "marks": "4", "category": "praise", "node": "low"},
        {**row, "marks": "7", "category": "", "node": "dim"},
        {**row, "marks": "2", "category": "", "node": "other"},
    ]

    scored = score(Book(scheme=book.scheme, units=book.units, figures=book.figures, adjustments=rows))

    # low 4 -> 2, of it praise 1; 1 + 7 = 8 -> 4: 0.5 and 3.5; with 2 elsewhere 6 -> 3: 0.25, 1.75 and 1
    assert scored.scores["A", "low"] == Fraction("25.25")
    assert scored.scores["A", "dim"] == 27
    assert scored.scores["A", "other"] == 26
    assert total_of(scored) == 53


def test_tiers_take_in_all_who_are_tied_and_vetoes_set_the_last() -> None:
    tiers = [{"name": "first", "top": "30%"}, {"name": "second"}]
    veto = {"name": "veto", "kind": "veto", "when": "x > 89"}
    leaf = {"measure": "x", "weight": 100, "rule": "given"}
    scheme = {"indicators": {"leaf": leaf}, "tiers": tiers, "adjustments": {"rules": [veto]}}

    scored = score(book_of(scheme, x=["90", "85", "85", "70", "60"]))

    assert [scored.standing.places[unit, "total"] for unit in "ABCDE"] == [1, 2, 2, 4, 5]
    assert list(scored.standing.tiers.values()) == ["second", "first", "first", "second", "second"]


def test_numbers_are_exact_or_even_where_paper_is() -> None:
    assert [half_up(Fraction(written), 2) for written in ("2.675", "1.005", "-0.125")] == [
        Fraction(268, 100),
        Fraction(101, 100),
        Fraction(-13, 100),
    ]
    assert half_up(Fraction("-2.5"), 0) == -3
    assert [root(Fraction(9, 4)), power(Fraction(27), Fraction(1, 3))] == [Fraction(3, 2), 3]
    assert quantile([Fraction(x) for x in (1, 2, 3, 4, 5)], Fraction(1, 10)) == Fraction(14, 10)


def test_an_award_filters_first_and_then_takes_a_share_of_all_who_are_ranked() -> None:
    leaf = {"measure": "x", "weight": 100, "rule": "given"}
    award = {"name": "steady", "take": "40%", "where": "x < 90", "by": "y"}
    scheme = {"indicators": {"leaf": leaf}, "awards": [award]}

    scored = score(book_of(scheme, x=["90", "85", "85", "70", "60"], y=["9", "", "5", "5", "7"]))

    assert scored.standing.awarded == {("steady", "E"), ("steady", "C"), ("steady", "D")}
