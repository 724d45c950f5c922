"""Coefficients, conditions and adjustments that ask for what nodes have by themselves (points §10)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.stages.aggregation.test_named_nodes import BAD, GIVEN, codes, column, scored

import quanheng as qh
from quanheng.findings.finding import FindingsError

ECONOMY = {"weight": 60, "weights": "equal", **BAD}
PEOPLE = {"measure": "y", "weight": 40, **GIVEN}


def with_rules(*rules: dict[str, Any], **limits: Any) -> dict[str, Any]:  # noqa: ANN401  keys of a scheme
    named = [{"name": f"invented {number}", "kind": "bonus", **rule} for number, rule in enumerate(rules)]
    return {"adjustments": {**limits, "rules": named}}


def result_of(
    *,
    x: list[float | None],
    z: list[float | None],
    y: list[float | None],
    economy: dict[str, Any] | None = None,
    people: dict[str, Any] | None = None,
    **more: Any,  # noqa: ANN401  keys of a scheme
) -> qh.Result:
    nodes = {"economy": {**ECONOMY, **(economy or {})}, "people": {**PEOPLE, **(people or {})}}
    return scored(nodes, x=x, z=z, y=y, weights="marks", **more)


def test_bonus_only_where_a_dimension_has_enough() -> None:
    rule = {"marks": 2, "when": "score(economy) >= 48"}

    result = result_of(x=[90, 70, 80], z=[90, 80, 80], y=[50, 50, 50], **with_rules(rule))

    # economy: 60 · 90 % = 54, 60 · 75 % = 45, 60 · 80 % = 48; people 20
    assert column(result, "score|total") == [76, 65, 70]
    assert "score(economy) = 54" in result.explain("u1").text("en")
    assert "得分(economy) = 54" in result.explain("u1").text("zh")
    trace = result.trace.to_native().collect().rows(named=True)
    told = [row["value"] for row in trace if row["node"] == "total" and row["stage"] == "node:score(economy)"]
    assert sorted(told) == [45, 48, 54]


def test_marks_by_the_points_of_a_node_and_a_gate_by_another() -> None:
    rules = with_rules({"marks": "points(economy) / 100"}, bonus={"when": "points(people) > 40", "cap": 1})

    result = result_of(x=[90, 70], z=[90, 80], y=[50, 40], **rules)

    # 54 + 20 + 0.9; 45 + 16, the gate is shut
    assert column(result, "score|total") == [74.9, 61]


def test_penalty_at_a_node_by_the_points_of_a_sibling() -> None:
    rule = {"kind": "penalty", "marks": 5, "when": "points(people) < 45", "node": "economy"}

    result = result_of(x=[90, 90], z=[90, 90], y=[50, 40], **with_rules(rule))

    assert column(result, "score|economy") == [54, 49]


def test_veto_by_the_points_of_a_node() -> None:
    rule = {"kind": "veto", "when": "points(economy) < 80"}

    result = result_of(x=[90, 70], z=[90, 80], y=[50, 40], **with_rules(rule))

    assert result.wide.sort("unit")["vetoed"].to_list() == [False, True]


def test_coefficient_by_the_points_of_another_node() -> None:
    people = {"coefficient": "where(points(economy) >= 80, 1.1, 1)"}

    result = result_of(x=[90, 70], z=[90, 80], y=[50, 50], people=people)

    # 54 + 20 · 1.1; 45 + 20
    assert column(result, "score|total") == [76, 65]


def test_coefficient_of_a_dimension_by_what_stands_below_it() -> None:
    economy = {"coefficient": "points(px) / 100"}

    result = result_of(x=[90], z=[70], y=[50], economy=economy)

    # its children make 80, times 0.9
    assert column(result, "points|economy") == [72]


def test_whoever_asks_for_a_node_with_a_coefficient_gets_it_with_that() -> None:
    nodes = {"economy": {"coefficient": "points(people) / 50"}, "people": {}}
    rule = {"marks": "points(economy) / 10"}

    result = result_of(x=[40], z=[60], y=[25], economy=nodes["economy"], **with_rules(rule))

    # economy 50 · 25 / 50 = 25 points, 15 marks; people 10 marks; 2.5 more
    assert column(result, "score|total") == [27.5]


def test_dimension_counts_only_where_another_node_is_enough() -> None:
    economy = {"gaps": {"where": "points(people) >= 50"}}

    result = result_of(x=[90, 90], z=[90, 90], y=[50, 40], economy=economy)

    # where it has no points its weight goes to the other
    assert column(result, "points|economy") == [90, None]
    assert column(result, "score|total") == [74, 40]


def test_no_total_unless_a_node_is_enough() -> None:
    result = result_of(x=[90, 90], z=[90, 90], y=[50, 40], gaps={"where": "points(people) >= 50"})

    assert column(result, "score|total") == [74, None]


def test_cap_where_a_node_is_too_low() -> None:
    cap = {"marks": 60, "where": "points(people) < 45"}

    result = result_of(x=[90, 90], z=[90, 90], y=[50, 40], cap=cap)

    assert column(result, "score|total") == [74, 60]


def test_node_without_points_leaves_a_condition_open() -> None:
    rule = {"marks": 2, "when": "points(people) > 40"}
    people = {"gaps": {"missing": "redistribute"}}

    result = result_of(x=[90, 90], z=[90, 90], y=[50, None], people=people, **with_rules(rule))

    # it does not hold: all marks go to economy, and no bonus comes to them
    assert column(result, "score|total") == [76, 90]


_AT_ECONOMY = {"name": "n", "kind": "bonus", "marks": 1, "node": "bad"}


@pytest.mark.parametrize(
    ("node", "scheme", "code"),
    [
        ({"coefficient": "points(py)"}, {}, None),
        ({"coefficient": "points(pz)"}, {}, None),
        ({"coefficient": "points(bad)"}, {}, "QH289"),
        ({"coefficient": "points(total)"}, {}, "QH289"),
        ({"gaps": {"where": "points(bad) > 1"}}, {}, "QH289"),
        ({"coefficient": "points(none)"}, {}, "QH288"),
        ({"coefficient": "lag(points(py), 1y)"}, {}, "QH681"),
        ({}, {"adjustments": {"rules": [{**_AT_ECONOMY, "when": "points(py) > 1"}]}}, None),
        ({}, {"adjustments": {"rules": [{**_AT_ECONOMY, "when": "points(bad) > 1"}]}}, "QH680"),
        ({}, {"adjustments": {"rules": [{**_AT_ECONOMY, "when": "points(pz) > 1"}]}}, None),
        (
            {},
            {"adjustments": {"bonus": {"when": "points(bad) > 1"}, "rules": [_AT_ECONOMY]}},
            "QH680",
        ),
        ({}, {"adjustments": {"rules": [{**_AT_ECONOMY, "when": "score(total) > 1"}]}}, "QH880"),
        ({}, {"cap": {"marks": 5, "where": "points(bad) > 1"}}, None),
        ({}, {"cap": {"marks": 5, "where": "points(total) > 1"}}, "QH880"),
        ({"cap": {"marks": 5, "where": "points(bad) > 1"}}, {}, "QH680"),
        ({"cap": {"marks": 5, "where": "points(py) > 1"}}, {}, None),
        ({}, {"indicators": {"py": {"measure": "y", "rule": {"met": "points(py) > 1"}}}}, "QH223"),
    ],
)
def test_what_may_be_asked_where(node: dict[str, Any], scheme: dict[str, Any], code: str | None) -> None:
    indicators = {"bad": {**BAD, **node}, "py": {"measure": "y", **GIVEN}}

    found = codes(**{"indicators": indicators, **scheme})

    assert not found if code is None else code in found


def test_circle_through_a_coefficient_and_a_measure() -> None:
    first = {"measure": "x", "coefficient": "points(second)", **GIVEN}
    second = {"measure": "points(first) / 2", **GIVEN}

    assert "QH289" in codes(indicators={"first": first, "second": second})


def test_marks_written_at_a_node_that_is_asked_for_are_told(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "scheme.yaml").write_text(
        "quanheng: 1\nid: invented\ntitle: An invented book\nround: 2023\nitems: {x: {}, y: {}}\n"
        "indicators:\n"
        "  one: {weight: 50, children: {px: {measure: x, weight: 50, rule: given}}}\n"
        "  two: {measure: y, weight: 50, rule: given}\n"
        "adjustments: {rules: [{name: n, kind: bonus, marks: 1, when: points(one) > 50}]}\n",
        encoding="utf-8",
    )
    (tmp_path / "units.csv").write_text("unit\nA\nB\n", encoding="utf-8")
    (tmp_path / "data" / "f.csv").write_text(
        "unit,period,x,y\nA,2023,60,60\nB,2023,40,60\n", encoding="utf-8"
    )
    book = qh.load(tmp_path)
    assert dict(qh.score(book).ranking.select("unit", "score").rows()) == {"A": 61.0, "B": 50.0}

    (tmp_path / "adjustments.csv").write_text(
        "unit,kind,marks,reason,node\nA,bonus,1,invented,px\n", encoding="utf-8"
    )

    with pytest.raises(FindingsError) as told:
        qh.score(qh.load(tmp_path))
    assert {finding.code for finding in told.value.findings} == {"QH680"}


@settings(deadline=None, max_examples=25)
@given(
    rows=st.lists(st.tuples(*[st.integers(0, 100)] * 3), min_size=1, max_size=5),
    least=st.integers(0, 60),
)
def test_bonus_comes_exactly_where_the_score_shown_is_enough(
    rows: list[tuple[int, int, int]], least: int
) -> None:
    x, z, y = ([float(row[at]) for row in rows] for at in range(3))
    rule = {"marks": 2, "when": f"score(economy) >= {least}"}

    result = result_of(x=list(x), z=list(z), y=list(y), **with_rules(rule))

    shown, given_ = column(result, "score|economy"), column(result, "adjust|total|bonus")
    for score, bonus in zip(shown, given_, strict=True):
        assert score is not None
        assert bonus == (2 if score >= least else 0)
