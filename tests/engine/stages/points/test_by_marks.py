"""Marks that a formula gives (points §1 h)."""

from __future__ import annotations

import polars as pl
import pytest
from tests.engine.texts import column, scored
from tests.engines import EngineUnderTest
from tests.scheme.written import codes_in

import quanheng as qh

SCHEME = """
items: {x: {}, y: {}}
groups: {towns: {}, parks: {}}
defaults: {gaps: {missing: redistribute}}
indicators:
  cases: {weight: {towns: 20, parks: 40}, measure: x, rule: {marks: 'max(marks - 5 * x, 0)'}}
  rest: {weight: {towns: 80, parks: 60}, measure: y, rule: {marks: y / 2 + 90}}
"""

WORTH_NOTHING = """
defaults: {rule: given}
indicators: {k: {measure: a, weight: 0, rule: {marks: x}}, l: {measure: a, weight: 100}}
"""


def test_points_are_the_part_that_the_marks_are_of_what_it_is_worth(engine: EngineUnderTest) -> None:
    table = {
        "unit": ["A", "B", "C", "D"],
        "group": ["towns", "towns", "parks", "parks"],
        "x": [1.0, 9.0, 1.0, None],
        "y": [0.0, -180.0, 20.0, 0.0],
    }

    result = scored(SCHEME, table, engine)

    # 20 - 5 = 15 of 20 marks; none left; 40 - 5 = 35 of 40; a gap has no marks
    assert column(result, "points|cases") == {"A": 75.0, "B": 0.0, "C": 87.5, "D": None}
    # 90 of 80 marks: what the formula gives is not cut off; of 60 marks 100 and 90
    assert column(result, "points|rest") == {"A": 112.5, "B": 0.0, "C": round(10000 / 60, 9), "D": 150.0}
    assert column(result, "score|total") == {"A": 105.0, "B": 0.0, "C": 135.0, "D": 150.0}


def test_marks_that_cannot_be_computed_are_told() -> None:
    leaf = {"measure": "x", "weight": 100, "rule": {"marks": "10 / x"}}
    frame = pl.DataFrame({"unit": ["A", "B"], "x": [0.0, 2.0]})

    with pytest.raises(qh.FindingsError) as refused:
        qh.score(frame, {"items": {"x": {}}, "indicators": {"k": leaf}})

    assert [finding.code for finding in refused.value.findings] == ["QH542"]


@pytest.mark.parametrize(
    "tree",
    [
        "weights: equal\nindicators: {k: {measure: a, rule: {marks: x}}, l: {measure: a, rule: percentile}}",
        "weights: relative\nindicators: {k: {measure: a, weight: 1, rule: {marks: x}}}",
        WORTH_NOTHING,
        "rule: {marks: x}\nindicators: {k: {measure: a, weight: 100, rule: given}}",
    ],
)
def test_what_is_worth_no_stated_marks_has_no_marks_to_give(tree: str) -> None:
    assert {code for code, _ in codes_in(f"items: {{a: {{}}}}\n{tree}\n")} == {"QH178"}


def test_marks_are_a_number() -> None:
    tree = "indicators: {k: {measure: a, weight: 100, rule: {marks: x > 1}}}"

    assert {code for code, _ in codes_in(f"items: {{a: {{}}}}\n{tree}\n")} == {"QH224"}


def test_an_explanation_has_the_figures_and_the_rule() -> None:
    table = {"unit": ["A", "B"], "group": ["towns", "parks"], "x": [1.0, 2.0], "y": [0.0, 0.0]}

    told = str(scored(SCHEME, table).explain("A", "cases"))

    assert "marks: formula (max(marks - 5 * x, 0))" in told
    assert "points by the rule: 75" in told
