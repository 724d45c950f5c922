"""Measures that ask for what other nodes have by themselves, worked out by hand (points §10)."""

from __future__ import annotations

import json
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.scheme.written import codes_in

import quanheng as qh
from quanheng.findings.finding import FindingsError

GIVEN = {"rule": "given"}
BAD = {"children": {"px": {"measure": "x", **GIVEN}, "pz": {"measure": "z", **GIVEN}}}


def scored(
    indicators: dict[str, Any],
    *,
    x: list[float | None],
    z: list[float | None],
    y: list[float | None],
    **more: Any,  # noqa: ANN401  keys of a scheme
) -> qh.Result:
    items = more.pop("items", {})
    scheme = {"weights": "equal", "items": {"x": {}, "z": {}, "y": {}, **items}, "indicators": indicators}
    columns = {"unit": [f"u{number}" for number in range(1, len(x) + 1)], "x": x, "z": z, "y": y}
    columns["group"] = more.pop("group", ["all"] * len(x))
    kinds = dict.fromkeys("xzy", pl.Float64)
    return qh.score(pl.DataFrame(columns, schema_overrides=kinds), {**scheme, **more})


def column(result: qh.Result, name: str) -> list[float | None]:
    return [None if value is None else round(value, 9) for value in result.wide.sort("unit")[name].to_list()]


def codes(**more: Any) -> set[str]:  # noqa: ANN401  keys of a scheme
    scheme = {"weights": "equal", "items": {"x": {}, "z": {}, "y": {}}, **more}
    text = "\n".join(f"{key}: {json.dumps(value)}" for key, value in scheme.items())
    return {code for code, _ in codes_in(text)}


def test_an_indicator_counts_only_where_another_node_is_low() -> None:
    asks = {"measure": "where(points(bad) < 11, y, 0)", **GIVEN}
    result = scored({"bad": BAD, "py": asks}, x=[10, 12, 8], z=[10, 12, 14], y=[2, 3, 4])

    # bad has 10, 12 and (8 + 14) / 2 = 11: only the first is below 11
    assert column(result, "points|py") == [2, 0, 0]
    # half each: (10 + 2) / 2, 12 / 2, 11 / 2
    assert column(result, "score|total") == [6, 6, 5.5]


def test_who_asks_may_stand_before_what_it_asks_for_and_ask_on() -> None:
    nodes = {
        "c": {"measure": "points(b) + 1", **GIVEN},
        "b": {"measure": "points(a) * 2", **GIVEN},
        "a": {"measure": "x", **GIVEN},
    }
    result = scored(nodes, x=[10], z=[0], y=[0])

    assert [column(result, f"points|{node}") for node in "abc"] == [[10], [20], [21]]


def test_a_score_is_of_the_marks_of_the_scheme_before_absent_weight_is_shared_out() -> None:
    asks = {"measure": "score(bad)", "weight": 50, **GIVEN}
    other = {"measure": "y", "weight": 20, "gaps": {"missing": "redistribute"}, **GIVEN}
    result = scored(
        {"bad": {**BAD, "weight": 30, "weights": "equal"}, "py": other, "ps": asks},
        weights="marks",
        x=[10.0],
        z=[30.0],
        y=[None],
    )

    # 30 marks, 20 points: 6; the result shows 30 / 80 of 100 marks, 7.5
    assert column(result, "points|ps") == [6]
    assert column(result, "score|bad") == [7.5]


def test_points_are_those_shown_and_absence_goes_on() -> None:
    children = {code: {**form, "gaps": {"missing": "redistribute"}} for code, form in BAD["children"].items()}
    asks = {"measure": "points(bad)", "gaps": {"missing": "redistribute"}, **GIVEN}
    result = scored({"bad": {"children": children}, "pp": asks}, x=[10, None], z=[None, None], y=[1, 1])

    # what is there counts alone; where nothing is, the measure is missing
    assert column(result, "points|bad") == column(result, "points|pp") == [10, None]
    assert result.wide.sort("unit")["absence|pp"].to_list() == [0, 1]


def test_a_node_of_another_group_does_not_apply() -> None:
    asks = {"measure": "coalesce(points(pa), 7)", **GIVEN}
    plain = {"measure": "points(pa)", "gaps": {"missing": "redistribute"}, **GIVEN}
    result = scored(
        {"pa": {"measure": "x", "groups": "a", **GIVEN}, "pc": asks, "pp": plain},
        groups={"a": {}, "b": {}},
        group=["a", "b"],
        x=[10, 10],
        z=[0, 0],
        y=[0, 0],
    )

    assert column(result, "points|pc") == [10, 7]
    assert result.wide.sort("unit")["absence|pp"].to_list() == [0, 2]


def test_a_rule_of_the_node_that_is_named_looks_at_all_units() -> None:
    ruled = {**BAD, "rule": "percentile"}
    asks = {"measure": "where(points(bad) >= 50, y, 0)", **GIVEN}
    result = scored({"bad": ruled, "py": asks}, x=[1, 2, 3], z=[1, 2, 3], y=[5, 5, 5])

    # better than 0, 1 and 2 of two others
    assert column(result, "node|bad|points") == [0, 50, 100]
    assert column(result, "points|py") == [0, 5, 5]


def test_a_computed_item_may_ask_and_is_explained() -> None:
    items = {"good": {"formula": "where(points(bad) < 11, y, 0)"}}
    result = scored({"bad": BAD, "py": {"measure": "good", **GIVEN}}, items=items, x=[10], z=[14], y=[2])

    text = str(result.explain("u1", node="py"))
    assert column(result, "points|py") == [0]
    assert "where(12 < 11, 2, 0) = 0" in text
    assert "points(bad) = 12" in text
    traced = result.trace.to_native().lazy().collect()
    assert traced.filter(pl.col("stage") == "node:points(bad)")["value"].to_list() == [12.0]


def test_other_weights_score_what_is_asked_anew() -> None:
    weighed = {
        "children": {
            "px": {"measure": "x", "weight": 3, **GIVEN},
            "pz": {"measure": "z", "weight": 1, **GIVEN},
        },
        "weights": "relative",
    }
    result = scored({"bad": weighed, "pp": {"measure": "points(bad)", **GIVEN}}, x=[10], z=[30], y=[0])

    # (3 · 10 + 30) / 4
    assert column(result, "points|pp") == [15]


@pytest.mark.parametrize(
    ("measure", "code"),
    [
        ("points(2)", "QH282"),
        ("points(x + 1)", "QH282"),
        ("points(bat)", "QH288"),
        ("points(py)", "QH289"),
        ("points(total)", "QH289"),
        ("points(later)", "QH289"),
        ("lag(points(bad), 1y)", "QH681"),
        ("growth(points(bad))", "QH681"),
        ("mean(points(bad), 3y)", "QH681"),
        ("px", "QH220"),
    ],
)
def test_what_cannot_be_asked_is_refused(measure: str, code: str) -> None:
    later = {"measure": "points(py)", **GIVEN}
    nodes = {"bad": BAD, "py": {"measure": measure, **GIVEN}, "later": later}

    assert code in codes(indicators=nodes)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"node": {"cap": 5}}, "QH680"),
        (
            {"scheme": {"adjustments": {"rules": [_rule := {"name": "r", "kind": "bonus", "marks": "y"}]}}},
            None,
        ),
        ({"scheme": {"adjustments": {"rules": [{**_rule, "node": "pz"}]}}}, "QH680"),
        ({"scheme": {"weights": "std"}, "measure": "score(bad)"}, "QH682"),
        ({"scheme": {"weights": "std"}, "node": {"weights": "equal"}}, None),
        ({"scheme": {"rounding": {"scores": 1}}}, "QH684"),
        ({"node": {"coefficient": "points(py)"}}, "QH289"),
    ],
)
def test_what_would_not_be_what_is_shown_is_refused_or_told(more: dict[str, Any], code: str | None) -> None:
    asks = {"measure": more.get("measure", "where(points(bad) < 11, y, 0)"), **GIVEN}
    found = codes(indicators={"bad": {**BAD, **more.get("node", {})}, "py": asks}, **more.get("scheme", {}))

    assert (code in found) if code else not found & {"QH680", "QH682", "QH684", "QH223"}


def test_a_bare_name_of_a_node_is_told_how_to_ask() -> None:
    with pytest.raises(FindingsError, match=r"write points\(px\)"):
        scored({"bad": BAD, "py": {"measure": "where(px > 50, y, 0)", **GIVEN}}, x=[1], z=[1], y=[1])


def test_a_circle_is_told_with_its_way() -> None:
    nodes = {code: {"measure": f"points({asked})", **GIVEN} for code, asked in ("ab", "bc", "ca")}
    with pytest.raises(FindingsError, match="b → c → a → b"):
        scored(nodes, x=[1], z=[1], y=[1])


@given(st.lists(st.integers(0, 100), min_size=1, max_size=6))
def test_a_measure_that_is_the_points_of_a_node_gives_its_points(figures: list[int]) -> None:
    values = [float(value) for value in figures]
    nodes = {"bad": BAD, "pp": {"measure": "points(bad)", **GIVEN}}
    result = scored(nodes, x=values, z=values[::-1], y=values)  # type: ignore[arg-type]  # floats are such

    assert column(result, "points|pp") == column(result, "points|bad")
