"""Audits of whole schemes: what is told, and that nothing is made up where there is nothing to tell."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.studies.audit.frames import audit, codes, given, normal, numbers

import quanheng as qh
from quanheng.findings.errors import UsageError
from quanheng.studies.study import Study

BOOKS = Path(__file__).resolve().parents[3] / "books"


def sound(study: Study) -> Study:
    """See that no cell is NaN or infinite, and that every text stands in both languages."""
    for table in study.tables:
        assert all(text.en and text.zh for text in (table.title, *table.columns.values()))
        for row in table.rows.rows():
            assert all(math.isfinite(cell) for cell in row if isinstance(cell, float)), (table.name, row)
    for sentence in study.sentences:
        assert sentence.en
        assert sentence.zh
    for chart in study.charts:
        assert chart.in_language("zh")["title"]["text"]
    return study


@pytest.mark.parametrize("name", ["hdi-2022", "enterprises"])
def test_a_book_is_audited(name: str) -> None:
    study = sound(qh.study.audit(qh.load(BOOKS / name)))

    assert len(study["indicators"]) == len(study["discrimination"]) == len(study["ends"])
    assert study.charts


def test_influence_far_from_weight_is_told_first() -> None:
    still, loud = normal(200, 2)
    quiet = (np.array(still) / 20 + 50).tolist()
    study = sound(audit({"x": quiet, "y": loud}, {"a": given("x"), "b": given("y")}))

    row = numbers(study, "influence", part="b")[0]
    assert row["weight"] == 0.5
    assert row["influence"] > 0.95
    assert study.sentences[0].en.startswith("'b' weighs 50% of the total and has 9")
    assert study.sentences[0].zh.startswith("“b”占总分权重的50%，实际影响达9")


def test_weights_for_equal_influence_go_against_the_spread() -> None:
    columns = np.linalg.qr(np.column_stack([np.ones(50), *normal(50, 2)]))[0][:, 1:]
    study = audit(
        {"x": (columns[:, 0] * 10 + 50).tolist(), "y": (columns[:, 1] * 30 + 50).tolist()},
        {"a": given("x"), "b": given("y")},
    )

    rows = numbers(study, "intended")
    assert [row["influence"] for row in rows] == pytest.approx([0.1, 0.9])
    assert [row["weight_found"] for row in rows] == pytest.approx([0.75, 0.25])
    assert [row["influence_found"] for row in rows] == pytest.approx([0.5, 0.5])
    assert all(row["reached"] for row in rows)


def test_the_influence_intended_is_given_by_name() -> None:
    x, y, z = normal(80, 3)
    study = audit(
        {"x": x, "y": y, "z": z},
        {"a": given("x", 2), "b": given("y", 1), "c": given("z", 1)},
        settings={"intended": {"c": "60%"}},
    )

    found = {row["part"]: row["intended"] for row in numbers(study, "intended")}
    assert found == pytest.approx({"a": 0.4 * 2 / 3, "b": 0.4 / 3, "c": 0.6})


def test_influence_that_is_more_than_the_whole_is_refused() -> None:
    x, y = normal(20, 2)
    two = {"a": given("x"), "b": given("y")}

    with pytest.raises(UsageError, match=r"under 'total' adds up to 1.2, not to 1"):
        audit({"x": x, "y": y}, two, settings={"intended": {"a": 0.6, "b": 0.6}})
    with pytest.raises(UsageError, match=r"adds up to 0.9, not to 1"):
        audit({"x": x, "y": y}, two, settings={"intended": {"a": 0.6, "b": 0.3}})
    with pytest.raises(UsageError, match="there is no node 'aa'; did you mean 'a'"):
        audit({"x": x, "y": y}, two, settings={"intended": {"aa": 0.6}})


def test_influence_that_no_weights_give_is_told_with_how_near_it_comes() -> None:
    (x,) = normal(30, 1)
    study = audit({"x": x, "y": x}, {"a": given("x", 4), "b": given("y", 1)})

    (told,) = [finding for finding in study.findings if finding.code == "QH715"]
    assert "the total (off by 30.0% now, 30.0% at best)" in told.message("en")


def test_who_pulls_against_the_total_is_told() -> None:
    x = np.linspace(0, 100, 30)
    wave = 50 - 0.1 * x + 5 * np.sin(x)
    study = sound(audit({"x": x.tolist(), "y": wave.tolist()}, {"a": given("x"), "b": given("y")}))

    (row,) = numbers(study, "problems", problem="against")
    assert (row["node"], row["other"]) == ("b", "total")
    assert row["value"] < 0


def test_two_indicators_that_say_the_same_are_told_and_those_of_few_units_are_not() -> None:
    x = np.linspace(0, 100, 12)
    two = {"a": given("x"), "b": given("y")}

    many = audit({"x": x.tolist(), "y": (x**2 / 100).tolist()}, two)
    few = audit({"x": x[:9].tolist(), "y": (x[:9] ** 2 / 100).tolist()}, two)

    (row,) = numbers(many, "problems", problem="redundant")
    assert (row["node"], row["other"], row["value"]) == ("a", "b", pytest.approx(1.0))
    assert numbers(few, "problems", problem="redundant") == []
    assert "QH713" in codes(few)


def test_levels_say_which_nodes_are_correlated() -> None:
    x, y, z = normal(20, 3)
    tree = {"d": {"children": {"a": given("x"), "b": given("y")}, "weight": 1}, "c": given("z")}
    columns = {"x": x, "y": y, "z": z}

    def pairs(levels: object) -> list[tuple[str, str]]:
        study = audit(columns, tree, settings={"levels": levels})
        return [(row["one"], row["other"]) for row in numbers(study, "correlations")]

    assert pairs([[1, 0]]) == [("total", "d"), ("total", "c")]
    assert pairs([["indicators", "indicators"]]) == [("a", "b"), ("a", "c"), ("b", "c")]
    assert pairs([[2, 1], [1, 2]]) == [("d", "a"), ("a", "c"), ("d", "b"), ("b", "c")]
    assert pairs([]) == []
    with pytest.raises(UsageError, match="no level 3: the root is 0, the deepest 2"):
        pairs([[3, 0]])


def test_what_is_correlated_may_be_the_measures() -> None:
    x = np.linspace(1, 10, 20)
    rated = {"measure": "x", "weight": 1, "rule": {"scale": {"worst": 10, "best": 0}}}
    columns = {"x": x.tolist(), "y": x.tolist()}

    def pearson(what: str) -> float:
        study = audit(columns, {"a": rated, "b": given("y")}, settings={"correlate": what})
        return float(numbers(study, "correlations", one="a", other="b")[0]["pearson"])

    assert pearson("points") == pytest.approx(-1.0)
    assert pearson("measures") == pearson("treated") == pytest.approx(1.0)


def test_of_many_units_kendalls_tau_is_of_a_sample_that_is_told() -> None:
    x, y = normal(300, 2)
    two = {"a": given("x"), "b": given("y")}
    settings = {"kendall_units": 50}

    study = audit({"x": x, "y": y}, two, settings=settings)
    again = audit({"x": x, "y": y}, two, settings=settings)
    other = audit({"x": x, "y": y}, two, settings={**settings, "seed": 2})

    (told,) = [finding.message("en") for finding in study.findings if finding.code == "QH711"]
    assert told == "in 'all' Kendall's tau is of a sample of 50 of 300 units, drawn with seed 1"
    assert numbers(study, "correlations") == numbers(again, "correlations")
    assert numbers(study, "correlations") != numbers(other, "correlations")


def test_of_many_values_curves_go_through_groups_and_that_is_told() -> None:
    x, y = normal(300, 2)
    study = audit({"x": x, "y": y}, {"a": given("x"), "b": given("y")})

    assert "QH712" in codes(study)
    assert {row["curve"] for row in numbers(study, "influence")} == {"binned"}


def test_spearmans_ranks_of_very_many_units_with_gaps_are_told_to_be_inside_columns() -> None:
    x, y = normal(20_001, 2)
    study = audit({"x": [None, *x[1:]], "y": y}, {"a": given("x"), "b": given("y")})

    assert {"QH714", "QH718"} <= codes(study)


@pytest.mark.parametrize("aggregate", ["min", "copeland"])
def test_dimensions_that_are_no_means_have_influence_but_no_weights(aggregate: str) -> None:
    x, y = normal(30, 2)
    study = sound(audit({"x": x, "y": y}, {"a": given("x"), "b": given("y")}, aggregate=aggregate))

    assert "QH716" in codes(study)
    assert numbers(study, "intended") == []
    assert all(row["s"] is not None for row in numbers(study, "influence"))
    assert all(row["places_moved"] is None for row in numbers(study, "discrimination"))


@pytest.mark.parametrize("aggregate", ["geometric", "harmonic", {"power": 2}, {"power": -1}])
def test_weights_of_other_means_are_found_on_the_scale_on_which_points_are_added(aggregate: object) -> None:
    # points that lie close together, where every scale is nearly straight
    x, y = (np.array(normal(60, 2)) / 10 + 45).tolist()
    two = {"a": given("x"), "b": given("y")}
    study = sound(audit({"x": x, "y": y}, two, aggregate=aggregate, settings={"intended": {"a": "80%"}}))
    found = [row["weight_found"] for row in numbers(study, "intended")]

    again = audit(
        {"x": x, "y": y}, {"a": given("x", found[0]), "b": given("y", found[1])}, aggregate=aggregate
    )

    assert numbers(study, "intended")[0]["reached"]
    rows = numbers(again, "intended")
    assert [row["influence"] for row in rows] == pytest.approx([0.8, 0.2])
    # measured at the points themselves it is nearly that
    assert [row["influence_linear"] for row in numbers(again, "influence")] == pytest.approx(
        [0.8, 0.2], abs=0.02
    )


def test_no_weights_are_looked_for_where_a_geometric_mean_meets_a_0() -> None:
    x, y = normal(30, 2)
    columns = {"x": [0.0, *x[1:]], "y": y}
    study = sound(audit(columns, {"a": given("x"), "b": given("y")}, aggregate="geometric"))

    assert "QH716" in codes(study)


def test_how_much_an_indicator_moves_places_is_worked_out_by_hand() -> None:
    # totals 50, 40, 30; with the same marks in `a` for all: 20, 25, 30 beside it
    columns = {"x": [60.0, 30.0, 0.0], "y": [40.0, 50.0, 60.0]}
    study = audit(columns, {"a": given("x"), "b": given("y")}, marks=100)

    a, b = numbers(study, "discrimination")
    assert a["marks"] == 50.0
    assert a["moves_total"] == pytest.approx(15.0)
    assert a["range_marks"] == pytest.approx(30.0)
    assert a["places_moved"] == pytest.approx(4 / 3)
    assert b["places_moved"] == 0.0
    assert (a["pairs_by_measure"], a["pairs_by_points"]) == (1.0, 1.0)


SMALL: dict[str, tuple[dict[str, list[float | None]], dict[str, Any]]] = {
    "one unit": ({"x": [3.0], "y": [4.0]}, {}),
    "two units": ({"x": [3.0, 4.0], "y": [4.0, 1.0]}, {}),
    "all the same": ({"x": [3.0] * 12, "y": [4.0] * 12}, {}),
    "ties": ({"x": [1.0, 1.0, 2.0, 2.0] * 3, "y": [2.0, 2.0, 1.0, 1.0] * 3}, {}),
    "one constant": ({"x": [3.0] * 12, "y": [float(place) for place in range(12)]}, {}),
    "nobody has one": ({"x": [None] * 12, "y": [float(place) for place in range(12)]}, {}),
    "never both": ({"x": [1.0, 2.0, 3.0, None, None, None], "y": [None, None, None, 1.0, 2.0, 3.0]}, {}),
    "below 0": ({"x": [-50.0, -10.0, -20.0] * 4, "y": [-5.0, 3.0, 0.0] * 4}, {}),
    "huge": ({"x": [1e14, 2e14, 5e13] * 4, "y": [1e-9, 2e-9, 3e-9] * 4}, {}),
    "copeland": ({"x": [3.0, 1.0, 2.0] * 4, "y": [4.0, 9.0, 1.0] * 4}, {"aggregate": "copeland"}),
}


@pytest.mark.parametrize("case", SMALL)
def test_where_there_is_little_nothing_is_made_up(case: str) -> None:
    columns, more = SMALL[case]
    study = sound(audit(columns, {"a": given("x"), "b": given("y", 0 if case == "ties" else 1)}, **more))

    assert study.sentences


def test_one_indicator_is_all_of_the_total() -> None:
    study = sound(audit({"x": normal(20, 1)[0]}, {"a": given("x")}))

    (row,) = numbers(study, "influence")
    assert (row["influence"], row["r2"]) == (pytest.approx(1.0), pytest.approx(1.0))
    assert numbers(study, "dimensions")[0]["alpha"] is None


def test_of_one_unit_it_is_told_that_nothing_compares() -> None:
    study = audit({"x": [3.0]}, {"a": given("x")})

    assert codes(study) == {"QH710"}
    assert study.sentences[0].en == "There are too few units with figures to call anything conspicuous."


def test_an_indicator_that_nobody_has_and_one_that_is_the_same_for_all_are_told() -> None:
    columns: dict[str, list[float | None]] = {
        "x": [None] * 12,
        "y": [5.0] * 12,
        "z": [float(place) for place in range(12)],
    }
    study = sound(audit(columns, {"a": given("x"), "b": given("y"), "c": given("z")}))

    assert {"QH717", "QH721"} <= codes(study)
    assert [row["node"] for row in numbers(study, "problems", problem="same_points")] == ["b"]


def test_groups_are_audited_apart_and_each_row_says_which_it_is_of() -> None:
    x, y = normal(40, 2)
    groups = ["p", "q"] * 20
    study = sound(
        audit(
            {"x": x, "y": y},
            {"a": given("x"), "b": given("y", {"p": 3})},
            group=groups,
            groups={"p": {}, "q": {}},
        )
    )

    assert [(row["group"], row["indicator"], row["n"]) for row in numbers(study, "indicators")] == [
        ("p", "a", 20),
        ("p", "b", 20),
        ("q", "a", 20),
    ]
    assert {chart.name for chart in study.charts} >= {"influence-p", "influence-q"}


def test_of_very_many_pairs_the_strongest_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quanheng.studies.audit.pairs.MOST_PAIRS", 1)
    x, y = normal(20, 2)
    study = audit({"x": x, "y": y, "z": x}, {"a": given("x"), "b": given("y"), "c": given("z")})

    assert [(row["one"], row["other"]) for row in numbers(study, "correlations")] == [("a", "c")]
    assert "QH720" in codes(study)


def test_settings_written_out_give_the_same_study() -> None:
    book = qh.load(BOOKS / "hdi-2022")
    first = qh.study.audit(book, {"redundant": "80%", "levels": [["indicators", 0]]}, seed=9)
    again = qh.study.audit(book, first.settings)

    assert first.settings.seed == 9
    assert [table.rows.rows() for table in first.tables] == [table.rows.rows() for table in again.tables]
    assert first.sentences == again.sentences
