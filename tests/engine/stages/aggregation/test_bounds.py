"""A floor and a cap of a node in marks (points §8)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.scheme.written import codes_in

import quanheng as qh
from quanheng.engine.results.result import Result

GIVEN = {"rule": {"given": {"range": [-100, 200]}}}


def _scored(frame: Mapping[str, Sequence[object]], scheme: Mapping[str, object]) -> Result:
    items: dict[str, dict[str, object]] = {key: {} for key in frame.keys() - {"unit", "group"}}
    return qh.score(pl.DataFrame({"unit": ["A", "B", "C"], **frame}), {"items": items, **scheme})


def test_scores_are_cut_and_points_follow() -> None:
    # of 40 marks, 150 points would be 60 and -50 points -20
    inner = {"measure": "x", "weight": 40, "floor": 0, "cap": 50, **GIVEN}
    scheme = {"indicators": {"a": inner, "b": {"measure": "y", "weight": 60, **GIVEN}}}

    wide = _scored({"x": [150.0, -50.0, 100.0], "y": [50.0, 50.0, 50.0]}, scheme).wide

    assert wide["score|a"].to_list() == [50.0, 0.0, 40.0]
    assert wide["points|a"].to_list() == [125.0, 0.0, 100.0]
    assert wide["cut|a"].to_list() == [-10.0, 20.0, None]
    assert wide["score|total"].to_list() == [80.0, 30.0, 70.0]


def test_a_group_may_have_an_end_of_its_own_or_none() -> None:
    scheme = {
        "groups": {"towns": {}, "parks": {}, "farms": {}},
        "indicators": {"a": {"measure": "x", "weight": 100, "cap": {"towns": 50, "parks": 70}, **GIVEN}},
    }

    wide = _scored({"group": ["towns", "parks", "farms"], "x": [90.0, 90.0, 90.0]}, scheme).wide

    assert wide["score|total"].to_list() == [50.0, 70.0, 90.0]


def test_a_node_is_cut_after_its_adjustments_and_its_rounding() -> None:
    rules = [{"name": "spills", "kind": "penalty", "marks": "spills", "node": "safe"}]
    scheme = {
        "indicators": {
            "safe": {
                "floor": 0,
                "cap": 15,
                "children": {"a": {"measure": "x", "weight": 10, **GIVEN}},
                "coefficient": 2,
            },
            "b": {"measure": "y", "weight": 90, **GIVEN},
        },
        "rounding": {"scores": 1},
        "adjustments": {"rules": rules},
    }

    # 2 x 10 x 60/100 = 12, less 20 is -8, cut at 0; 2 x 8.44 = 16.9, less 1; 20, less 0, cut at 15
    result = _scored({"x": [60.0, 84.4, 100.0], "y": [0.0, 0.0, 0.0], "spills": [20.0, 1.0, 0.0]}, scheme)

    assert result.wide["score|safe"].to_list() == [0.0, 15.0, 15.0]
    assert result.wide["score|total"].to_list() == [0.0, 15.0, 15.0]
    told = result.explain("A", "safe").text("en")
    assert "- 20 (penalty)" in told
    assert "+ 8 (floor or cap)" in told
    cuts = result.trace.filter(nw.col("stage") == "cut").collect()
    assert cuts.select("unit", "node", "value").rows() == [
        ("A", "safe", 8.0),
        ("B", "safe", -0.8),
        ("C", "safe", -5.0),
    ]


def test_what_is_worth_no_marks_is_not_cut() -> None:
    # without y the other is worth all 100 marks; the cap is the marks that are stated
    leaves = {
        "a": {"measure": "x", "weight": 0, "floor": 5, **GIVEN},
        "b": {"measure": "y", "weight": 60, "floor": 5, "gaps": {"missing": "redistribute"}, **GIVEN},
        "c": {"measure": "x", "weight": 40, "cap": 45, **GIVEN},
    }

    wide = _scored({"x": [100.0, 100.0, 40.0], "y": [0.0, None, 0.0]}, {"indicators": leaves}).wide

    assert wide["score|a"].to_list() == [0.0, 0.0, 0.0]
    assert wide["score|b"].to_list() == [5.0, None, 5.0]
    assert wide["score|total"].to_list() == [45.0, 45.0, 21.0]


@given(st.lists(st.floats(-90.0, 190.0).map(lambda x: round(x, 4)), min_size=3, max_size=3))
def test_no_score_lies_outside_and_none_inside_is_moved(values: list[float]) -> None:
    leaf = {"measure": "x", "weight": 100, "floor": 10, "cap": 80.5, **GIVEN}

    wide = _scored({"x": values}, {"indicators": {"a": leaf}}).wide

    expected = [min(max(value, 10.0), 80.5) for value in values]
    assert wide["score|a"].to_list() == pytest.approx(expected, abs=1e-9)


def test_the_cap_lies_above_the_floor() -> None:
    scheme = """\
items: {x: {}}
indicators:
  a: {measure: x, weight: 100, rule: given, FLOOR}
"""
    assert codes_in(scheme.replace("FLOOR", "floor: 1, cap: 2")) == []
    assert codes_in(scheme.replace("FLOOR", "floor: 2, cap: 2")) == [("QH293", 7)]
    assert codes_in(scheme.replace("FLOOR", "cap: {nobody: 2}")) == [("QH203", 7)]
