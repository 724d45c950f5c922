"""A dimension has no points where too little of it is there (absence §8), with numbers worked out by hand."""

from __future__ import annotations

import pytest
from tests.engine.texts import column, scored
from tests.scheme.written import codes_in

from quanheng.engine.frame import columns as c
from quanheng.engine.replicates.prepared import prepared_from
from quanheng.engine.replicates.reweighed import reweighed
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


REQUIRED = """
items: {x: {}, y: {}, z: {}}
gaps: {missing: redistribute, called: {zh: 不参评, en: not assessed}}
indicators:
  dim:
    weight: 60
    children:
      a: {measure: x, weight: 40, rule: given, gaps: {required: true}}
      b: {measure: y, weight: 20, rule: given}
  d: {measure: z, weight: 40, rule: given, gaps: {required: true, missing: zero}}
"""
"""Its first dimension has no points without x, and there is no total without z."""


def test_without_what_is_required_there_are_no_points_above_and_no_total_at_the_top() -> None:
    figures = {
        "unit": ["p", "q", "r"],
        "x": [60.0, None, 60.0],
        "y": [30.0, 90.0, 30.0],
        "z": [50.0, 50.0, None],
    }

    result = scored(REQUIRED, figures)

    # p: (40·60 + 20·30) / 60 = 50; q has no x, so that the dimension is not there whatever y is
    assert column(result, c.points("dim")) == {"p": 50.0, "q": None, "r": 50.0}
    # p: 0.6·50 + 0.4·50; q: all marks are of d; r has no z of its own, a policy put the 0 there
    assert column(result, c.score(ROOT)) == {"p": 50.0, "q": 50.0, "r": None}
    assert column(result, c.PLACE) == {"p": 1.0, "q": 1.0, "r": None}
    assert "it has no points for want of what is required: a" in result.explain("q", "dim").text("en")
    assert "缺少必备数据，没有得分；缺: d" in result.explain("r").text("zh")
    assert "not assessed" in result.explain("r").text("en")
    assert "不参评" in result.explain("r").text("zh")
    traced = result.engine.collect(result.trace).rows(named=True)
    told = [(row["unit"], row["node"], row["text"]) for row in traced if row["stage"] == "gap"]
    assert ("q", "dim", "required a") in told
    assert ("r", "total", "required d") in told


def test_what_does_not_apply_is_not_required() -> None:
    tree = REQUIRED.replace("measure: x", "measure: x / x")
    figures = {"unit": ["p"], "x": [0.0], "y": [30.0], "z": [50.0]}

    # a does not apply to p: the dimension is what b is, 0.6·30 + 0.4·50
    assert column(scored(tree, figures), c.score(ROOT)) == {"p": 38.0}


def test_a_required_indicator_of_no_weight_is_a_condition() -> None:
    tree = REQUIRED.replace("a: {measure: x, weight: 40", "a: {measure: x, weight: 0").replace(
        "b: {measure: y, weight: 20", "b: {measure: y, weight: 60"
    )
    figures = {"unit": ["p", "q"], "x": [1.0, None], "y": [30.0, 90.0], "z": [50.0, 50.0]}

    # p: 0.6·30 + 0.4·50; q has no x: all of it is d
    assert column(scored(tree, figures), c.score(ROOT)) == {"p": 38.0, "q": 50.0}


def test_a_unit_of_a_group_that_a_required_node_is_not_for_does_not_need_it() -> None:
    tree = (
        REQUIRED.replace("items:", "groups: {t: , u: }\nitems:")
        .replace(
            "weight: 40, rule: given, gaps: {required: true}}",
            "weight: {t: 40}, rule: given, gaps: {required: true}}",
        )
        .replace("weight: 20, rule", "weight: {t: 20, u: 60}, rule")
    )
    figures = {
        "unit": ["p", "q"],
        "group": ["t", "u"],
        "x": [None, None],
        "y": [30.0, 30.0],
        "z": [50.0, 50.0],
    }

    assert column(scored(tree, figures), c.points("dim")) == {"p": None, "q": 30.0}


def test_units_compared_in_pairs_cannot_be_required_to_have_a_figure() -> None:
    scheme = (
        "items: {x: , y: }\naggregate: copeland\nindicators:\n"
        "  a: {measure: x, weight: 50, rule: given, gaps: {required: true}}\n"
        "  b: {measure: y, weight: 50, rule: given}\n"
    )

    assert [found for found, _ in codes_in(scheme)] == ["QH870"]


def test_a_rule_of_the_total_looks_at_ranked_units_only() -> None:
    scheme = """
items: {x: {}, y: {}}
gaps: {missing: redistribute, at_least: 60%}
rule: {scale: {worst: observed, best: observed}}
indicators:
  a: {measure: x, weight: 50, rule: given}
  b: {measure: y, weight: 50, rule: given}
"""
    figures = {"unit": ["p", "q", "r", "s"], "x": [80.0, 60.0, 40.0, None], "y": [80.0, 60.0, 40.0, 100.0]}

    result = scored(scheme, figures)

    # s has half of its weight: its 100 is no best, so that p has 100 and q (60 - 40) / (80 - 40)
    assert column(result, c.score(ROOT)) == {"p": 100.0, "q": 50.0, "r": 0.0, "s": None}
    assert column(result, c.PLACE) == {"p": 1.0, "q": 2.0, "r": 3.0, "s": None}


CONDITIONS = """
items: {x: {}, y: {}, cases: {name: 案件数}}
gaps: {missing: redistribute, where: x >= 10}
indicators:
  dim:
    weight: 60
    gaps: {where: cases > 0}
    children:
      a: {measure: x, weight: 40, rule: given}
      b: {measure: y, weight: 20, rule: given}
  d: {measure: y, weight: 40, rule: given}
"""


def test_where_a_condition_does_not_hold_there_are_no_points_and_at_the_top_no_total() -> None:
    figures = {
        "unit": ["p", "q", "r", "s"],
        "x": [60.0, 60.0, 5.0, 60.0],
        "y": [30.0, 30.0, 30.0, 30.0],
        "cases": [1.0, 0.0, 1.0, None],
    }

    result = scored(CONDITIONS, figures)

    # p: (40·60 + 20·30) / 60 = 50 of 60, and 0.4·30; q and s: all marks are of d; r is under 10
    assert column(result, c.points("dim")) == {"p": 50.0, "q": None, "r": 13.333333333, "s": None}
    assert column(result, c.score(ROOT)) == {"p": 42.0, "q": 30.0, "r": None, "s": 30.0}
    assert column(result, c.PLACE) == {"p": 1.0, "q": 2.0, "r": None, "s": 2.0}
    assert "since this does not hold: cases more than 0" in result.explain("q", "dim").text("en")
    assert "不符合计分条件，没有得分；须: 案件数高于0" in result.explain("q", "dim").text("zh")
    traced = result.engine.collect(result.trace).rows(named=True)
    assert ("q", "dim", "condition holds: cases > 0", 0.0) in {
        (row["unit"], row["node"], row["stage"], row["value"]) for row in traced
    }
    made = reweighed(prepared_from(result, None).base, [{("total", "d"): {"": 60.0}}], None)
    assert made.outcome.places[0].tolist() == [1, 2, 0, 2]


@pytest.mark.parametrize(
    ("gaps", "code"),
    [("where: case > 0", "QH220"), ("where: cases", "QH224"), ("where: points(dim) > 1", "QH289")],
)
def test_a_condition_is_one_over_items(gaps: str, code: str) -> None:
    scheme = CONDITIONS.replace("where: cases > 0", gaps)

    assert code in [found for found, _ in codes_in(scheme)]


def test_an_indicator_says_where_it_counts_in_its_measure() -> None:
    scheme = CONDITIONS.replace("b: {measure: y,", "b: {gaps: {where: x > 1}, measure: y,")

    assert [found for found, _ in codes_in(scheme)] == ["QH133"]
