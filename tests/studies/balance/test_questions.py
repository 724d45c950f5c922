"""What can be asked of levers, with answers computed by hand."""

from __future__ import annotations

from typing import Any

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.books import book_of
from tests.studies.balance.small import balanced, every_plan, small_book, with_marks

from quanheng.engine.frame import columns as c
from quanheng.scheme.files.read import scheme_from_mapping
from quanheng.studies.study import Study

FIGURES = [[3, 3, 3], [5, 5, 5], [8, 8, 8]]
LEVER: dict[str, Any] = {"unit": "A", "item": "x0", "up": 2, "cost": 1}


def after(study: Study, unit: str = "A") -> dict[str, Any]:
    return next(row for row in study["proof"].rows(named=True) if row["unit"] == unit)


def test_targets_of_units_add_up_at_the_least_strain() -> None:
    book = small_book(["scale", "scale", "scale"], FIGURES)
    levers = [
        {"unit": "*", "item": "x0", "up": 2, "cost": [[1, 1], [2, 4]]},
    ]

    study = balanced(book, levers=levers, share=[{"item": "x0", "at_least": 19.5}])

    # 16 today: one of each costs 1, the half that is left costs 1.5
    assert study["plans"]["cost"].to_list() == [pytest.approx(4.5)]
    assert sum(row["after"] for row in study["levers"].rows(named=True)) == pytest.approx(19.5)


def test_a_sum_can_be_kept_low() -> None:
    book = small_book(["scale", "scale", "scale"], FIGURES)
    levers = [{"unit": "C", "item": "x0", "down": 5, "cost": 2}]

    study = balanced(book, levers=levers, share=[{"item": "x0", "at_most": 14}])

    assert study["levers"]["after"].to_list() == [pytest.approx(6)]
    assert study["plans"]["cost"].to_list() == [pytest.approx(4)]


def test_a_bonus_counts_where_its_gate_is_opened() -> None:
    rules: dict[str, Any] = {"bonus": {"when": "x0 >= 5", "cap": 4}}
    book = with_marks(
        small_book(["scale", "scale", "scale"], FIGURES, more={"adjustments": rules}),
        [("A", "bonus", 6.0, "total")],
    )

    # x0 weighs 10/25 of 30/50 of 100 marks, 8 points for each 1 of it: 1.92; the gate gives 4 beside
    study = balanced(book, levers=[LEVER], reach=[{"unit": "A", "score": 44 + 2 * 1.92 + 4}])

    assert study["levers"]["amount"].to_list() == [pytest.approx(2)]
    assert after(study)["score_after"] == pytest.approx(44 + 2 * 1.92 + 4)


def test_a_tie_that_is_lost_is_not_the_place() -> None:
    book = small_book(
        ["scale", "scale", "scale"],
        [[3, 5, 5], [5, 5, 5], [8, 8, 8]],
        more={"ties": {"break_by": ["i2"]}, "rounding": {"total": 1}},
    )
    shared = balanced(book, levers=[{**LEVER, "up": 3}], reach=[{"unit": "A", "next_place": True}])
    lost = small_book(
        ["scale", "scale", "scale"],
        [[3, 5, 4.9], [5, 5, 5], [8, 8, 8]],
        more={"ties": {"break_by": ["i2"]}, "rounding": {"total": 1}},
    )

    behind = balanced(lost, levers=[{**LEVER, "up": 3}], reach=[{"unit": "A", "next_place": True}])

    assert after(shared)["place_after"] == 2
    assert after(behind)["place_after"] == 2
    assert after(behind)["score_after"] > after(shared)["score_after"] - 0.05


def test_a_lever_may_name_an_indicator() -> None:
    indicators = {
        "i": {"measure": "100 * x0 / x1", "weight": 1, "rule": {"scale": {"worst": 0, "best": 200}}}
    }
    book = small_book(["scale", "scale", "scale"], FIGURES, more={"indicators": indicators})

    study = balanced(
        book,
        levers=[{"unit": "A", "indicator": "i", "up": 60, "cost": 1}],
        reach=[{"unit": "A", "score": 75}],
    )

    # 100 of 200 are 50 points, 150 are 75; the item is x0, 3 -> 4.5
    (lever,) = study["levers"].rows(named=True)
    assert (lever["item"], lever["after"], lever["amount"]) == ("x0", pytest.approx(4.5), pytest.approx(50))


def test_roundings_are_bounded_and_the_plan_is_what_they_let_through() -> None:
    book = small_book(["scale", "scale", "scale"], FIGURES, more={"rounding": {"points": 0, "total": 0}})

    study = balanced(book, levers=[LEVER], reach=[{"unit": "A", "score": 47}])

    (plan,) = study["plans"].rows(named=True)
    assert after(study)["score_after"] == 47
    assert plan["lowest"] <= plan["cost"]
    # 44 + 1.92 each: without roundings 46.5 would take 1.302
    # 55.5 points of x0 are 56, with 44 of x1 49, of the total 47: 1.4375 of it
    assert plan["cost"] == pytest.approx(1.4375, abs=0.02)


@settings(max_examples=8)
@given(
    rules=st.lists(st.sampled_from(["scale", "bands", "steps"]), min_size=3, max_size=3),
    costs=st.lists(st.sampled_from([1.0, 2.0, 3.0]), min_size=3, max_size=3),
    budget=st.sampled_from([3.0, 5.0]),
)
def test_no_plan_beats_one_on_the_front(rules: list[str], costs: list[float], budget: float) -> None:
    book = small_book(rules, FIGURES)
    levers = [
        {"unit": "A", "item": f"x{number}", "up": 3.0, "step": 1.0, "cost": cost}
        for number, cost in enumerate(costs)
    ]
    possible = [
        tuple(pool.number("A", c.points(node)) or 0.0 for node in ("both", "i2"))
        for _, cost, pool in every_plan(book, levers)
        if cost <= budget + 1e-9
    ]

    study = balanced(
        book, levers=levers, budget=budget, front={"unit": "A", "of": ["both", "i2"], "points": 5}
    )

    found = [(row["points_both"], row["points_i2"]) for row in study["front"].rows(named=True)]
    for one in found:
        assert not any(
            all(b >= a for a, b in zip(one, other, strict=True))
            and max(b - a for a, b in zip(one, other, strict=True)) > 1e-3
            for other in possible
        )
    assert max(one for one, _ in found) == pytest.approx(max(one for one, _ in possible), abs=1e-3)
    assert max(two for _, two in found) == pytest.approx(max(two for _, two in possible), abs=1e-3)


def test_needs_are_solved_for_the_next_place_and_the_next_tier() -> None:
    tiers = [{"name": "good", "at_least": 60}, {"name": "poor"}]
    book = small_book(["scale", "scale", "scale"], FIGURES, more={"tiers": tiers})

    study = balanced(book, unit="A")

    # B has 60. A has 44: 16 short. x2 weighs 20 of 50: 8 · 0.4 = 3.2 for each 1, 5 of them
    rows = {(row["goal"], row["item"]): row for row in study["needs"].rows(named=True)}
    assert rows["place", "x2"]["after"] == pytest.approx(8)
    assert rows["place", "x2"]["place"] == 2
    assert rows["tier", "x2"]["tier"] == "good"
    # x0 alone can add 7 · 1.92 at most
    assert rows["place", "x0"]["after"] is None
    assert len(study.charts) == 2
    assert "needs 60" in study.sentences[0].en


def test_without_a_unit_the_nearest_of_each_group_is_taken_and_that_is_said() -> None:
    study = balanced(small_book(["scale", "scale", "scale"], [[3, 3, 3], [7, 7, 7], [8, 8, 8]]))

    assert study["needs"]["unit"].unique().to_list() == ["B"]
    assert "No unit was named" in study.sentences[0].en


def test_every_unit_that_has_something_above_it_can_be_asked_for_at_once() -> None:
    book = small_book(["scale", "scale", "scale"], [[5, 5, 5], [7, 7, 7], [3, 3, 3]])

    together = balanced(book, unit="*")

    assert together["needs"]["unit"].unique(maintain_order=True).to_list() == ["A", "C"]  # B is first
    for unit in ("A", "C"):
        alone = balanced(book, unit=unit)
        own = together["needs"].filter(together["needs"]["unit"] == unit)
        assert own.rows() == alone["needs"].rows()
    assert together.charts == ()


def test_the_proof_is_the_changed_book_scored() -> None:
    book = small_book(["scale", "scale", "observed"], FIGURES)

    study = balanced(book, levers=[{**LEVER, "item": "x2", "up": 8}], most=["A"])

    # A is the best then: 100 points; the others fall, since the observed best is 11
    assert after(study)["place_after"] < after(study)["place_before"]
    assert (
        after(study, "B")["score_after"] < after(study, "B")["score_before"]
        if "B" in study["proof"]["unit"].to_list()
        else True
    )
    assert not study["levers"].filter(nw.col("cost") < 0).rows()


def test_figures_of_any_size_are_moved_alike() -> None:
    costs = []
    for size in (1e-9, 1.0, 1e12):
        book = small_book(
            ["observed", "scale", "scale"], [[3 * size, 3, 3], [5 * size, 5, 5], [8 * size, 8, 8]]
        )
        lever = {"unit": "A", "item": "x0", "up": 5 * size, "cost": 1 / size}
        study = balanced(book, levers=[lever], reach=[{"unit": "A", "score": 50}])
        costs.append(study["plans"]["cost"].item())

    assert costs == [pytest.approx(costs[1], rel=1e-3)] * 3


def test_a_figure_that_is_counted_from_records_is_moved_as_a_figure() -> None:
    scheme = scheme_from_mapping(
        {
            "round": "2023",
            "items": {
                "closed": {"count": "hazards", "where": "state == 'closed'"},
                "due": {"count": "hazards"},
            },
            "indicators": {
                "rate": {
                    "measure": "closed / due",
                    "weight": 100,
                    "rule": {"bands": [[0, 0], [0.5, 40], [1, 100]]},
                }
            },
        }
    )
    records = [("A", "closed"), ("A", "open"), ("A", "open"), ("A", "open"), ("B", "closed"), ("B", "open")]
    ledger = pl.DataFrame(
        {
            "unit": [unit for unit, _ in records],
            "state": [state for _, state in records],
            "source_file": ["ledgers/hazards.csv"] * 6,
            "source_sheet": [None] * 6,
            "source_row": list(range(2, 8)),
        },
        schema_overrides={"source_sheet": pl.String, "source_row": pl.UInt32},
    )
    units = pl.DataFrame({"unit": ["A", "B"], "name": ["A", "B"], "group": ["all", "all"]})
    book = book_of(scheme, units=units, ledgers={"hazards": ledger})
    lever = {"unit": "A", "item": "closed", "up": 3, "step": 1, "cost": 1}

    study = balanced(book, levers=[lever], reach=[{"unit": "A", "score": 60}])

    # 1 of 4 is 20 points, 3 of 4 are 70
    assert study["levers"]["after"].to_list() == [3]
    assert after(study)["score_after"] == pytest.approx(70)
    assert "Scored with these figures" in study.sentences[-1].en


def test_three_nodes_have_a_front_with_a_knee() -> None:
    levers = [{"unit": "A", "item": f"x{number}", "up": 5, "cost": 1} for number in range(3)]
    book = small_book(["scale", "scale", "scale"], FIGURES)

    study = balanced(
        book, levers=levers, budget=6, front={"unit": "A", "of": ["i0", "i1", "i2"], "points": 3}
    )

    # each 1 of a figure is 8 points: what all three have together is 3 · 44 + 6 · 8, whoever has it
    rows = study["front"].rows(named=True)
    assert all(
        row["points_i0"] + row["points_i1"] + row["points_i2"] == pytest.approx(180, abs=1e-3) for row in rows
    )
    assert [row["knee"] for row in rows].count(True) == 1


def test_reviews_of_the_year_stay_in_the_model_as_they_were_held() -> None:
    rule = {"scale": {"worst": 0, "best": 10}}
    scheme = scheme_from_mapping(
        {
            "round": "2023",
            "items": {"x": {"kind": "rate", "every": "half"}},
            "indicators": {"i": {"measure": "x", "weight": 100, "rule": rule}},
            "reviews": {"every": "half", "fold": {"reviews": "40%", "year": "60%"}},
        }
    )
    units = pl.DataFrame({"unit": ["A", "B"], "name": ["A", "B"], "group": ["all", "all"]})
    figures = [
        ("x", unit, period, value)
        for unit, value in (("A", 4.0), ("B", 6.0))
        for period in ("2023-H1", "2023-H2", "2023")
    ]
    book = book_of(scheme, units=units, figures=figures)
    lever = {"unit": "A", "item": "x", "up": 5, "cost": 1}

    study = balanced(book, levers=[lever], reach=[{"unit": "A", "next_place": True}])

    # 0.4 · 40 + 0.6 · 10 x = 60 where x is 44 / 6
    assert study["levers"]["after"].to_list() == [pytest.approx(44 / 6, rel=1e-6)]
    assert after(study)["place_after"] == 1
