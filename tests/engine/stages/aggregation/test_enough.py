"""A dimension has no points where too little of it is there (absence §8), with numbers worked out by hand."""

from __future__ import annotations

import pytest
from tests.engine.texts import column, scored
from tests.scheme.written import codes_in

from quanheng.engine.frame import columns as c
from quanheng.engine.results.result import Result
from quanheng.scheme.fields.codes import ROOT

TREE = """
items: {{x: {{}}, y: {{}}, z: {{}}, w: {{}}}}
gaps: {{missing: redistribute}}
indicators:
  dim:
    weight: 60
    gaps: {{at_least: {least}}}
    children:
      a: {{measure: x, weight: 30, rule: given}}
      b: {{measure: y, weight: 20, rule: given}}
      c: {{measure: z, weight: 10, rule: given, gaps: {{missing: {{fill: mean}}}}}}
  d: {{measure: w, weight: 40, rule: given}}
"""
FIGURES = {
    "unit": ["p", "q", "r", "s"],
    "x": [60.0, 60.0, None, None],
    "y": [30.0, None, 30.0, None],
    "z": [90.0, None, 50.0, None],
    "w": [50.0, 50.0, 50.0, 50.0],
}


def scored_with(least: str) -> Result:
    return scored(TREE.format(least=least), FIGURES)


def test_fewer_children_than_asked_leave_no_points_and_the_weight_goes_on() -> None:
    # p has 3 of its own, q one (its c is filled), r two, s none
    result = scored_with("2")

    # p: (30·60 + 20·30 + 10·90) / 60 = 55; r: (20·30 + 10·50) / 30 = 36.666666667
    assert column(result, c.points("dim")) == {"p": 55.0, "q": None, "r": 36.666666667, "s": None}
    # q and s: all 100 marks are of d
    assert column(result, c.marks("d")) == {"p": 40.0, "q": 100.0, "r": 40.0, "s": 100.0}
    assert column(result, c.marks("a"))["q"] is None
    # p: 0.6·55 + 0.4·50 = 53; r: 0.6·36.666… + 20 = 42
    assert column(result, c.score(ROOT)) == {"p": 53.0, "q": 50.0, "r": 42.0, "s": 50.0}


@pytest.mark.parametrize(
    ("least", "has_points"),
    # p has 60 of 60, q 30 of 60, r 30 of 60, s 0
    [("50%", "pqr"), ("50.1%", "p"), ("1", "pqr"), ("3", "p")],
)
def test_a_share_is_one_of_the_weight_of_this_dimension(least: str, has_points: str) -> None:
    points = column(scored_with(least), c.points("dim"))

    assert "".join(unit for unit, value in points.items() if value is not None) == has_points


def test_what_is_not_applicable_stands_on_neither_side() -> None:
    tree = TREE.format(least="60%").replace("measure: x, weight: 30", "measure: x / x, weight: 30")
    # a does not apply to p: b and c are all 30 of 30 that apply; q lacks a and has 30 of 60
    table = {**FIGURES, "x": [0.0, None, 1.0, 1.0]}

    points = column(scored(tree, table), c.points("dim"))

    assert [unit for unit, value in points.items() if value is not None] == ["p", "r"]


def test_what_is_lacking_is_explained_and_traced() -> None:
    result = scored_with("2")

    assert "too few of its children have a value of their own" in result.explain("q", "dim").text("en")
    assert "有数据的下级不足" in result.explain("q", "dim").text("zh")
    assert "too few" not in result.explain("p", "dim").text("en")
    traced = result.engine.collect(result.trace)
    told = [
        (row["unit"], row["node"], row["text"]) for row in traced.rows(named=True) if row["stage"] == "gap"
    ]
    assert [row for row in told if row[1] == "dim"] == [
        ("q", "dim", "at_least 2"),
        ("s", "dim", "at_least 2"),
    ]


@pytest.mark.parametrize(
    ("gaps", "code"),
    [("at_least: 3", "QH658"), ("missing: zero", "QH133"), ("not_applicable: full", "QH133")],
)
def test_what_a_dimension_cannot_ask_is_refused(gaps: str, code: str) -> None:
    children = "{a: {measure: x, weight: 60, rule: given}, b: {measure: x, weight: 40, rule: given}}"
    scheme = f"items: {{x: }}\nindicators: {{dim: {{gaps: {{{gaps}}}, children: {children}}}}}\n"

    assert [found for found, _ in codes_in(scheme)] == [code]


def test_an_indicator_has_no_children_to_count() -> None:
    scheme = "items: {x: }\nindicators: {a: {measure: x, weight: 100, rule: given, gaps: {at_least: 1}}}\n"

    assert [found for found, _ in codes_in(scheme)] == ["QH133"]


def test_a_child_of_another_group_stands_on_neither_side() -> None:
    """`far` is for the group g alone: in h, a and b are all that the dimension has, 30 of 30."""
    tree = """
groups: {g: {}, h: {}}
items: {x: {}, y: {}, z: {}}
weights: equal
gaps: {missing: redistribute}
indicators:
  dim:
    gaps: {at_least: 100%}
    children:
      a: {measure: x, rule: given}
      b: {measure: y, rule: given}
      far: {groups: g, children: {f: {measure: z, rule: given}}}
"""
    table = {
        "unit": ["p", "q", "r"],
        "group": ["g", "g", "h"],
        "x": [60.0, 60.0, 60.0],
        "y": [30.0, 30.0, 30.0],
        "z": [90.0, None, None],
    }

    points = column(scored(tree, table), c.points("dim"))

    # p: (60 + 30 + 90) / 3 = 60; q lacks far; r: (60 + 30) / 2 = 45
    assert points == {"p": 60.0, "q": None, "r": 45.0}
