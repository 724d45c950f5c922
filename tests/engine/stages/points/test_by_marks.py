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

IN_A_SUM = """
defaults: {rule: given}
indicators:
  d:
    weight: 100
    aggregate: sum
    children: {e: {children: {k: {measure: a, weight: 30, rule: {marks: x}}, l: {measure: a, weight: 30}}}}
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
        "weights: equal\nindicators: {d: {rule: {marks: x}, children: {k: {measure: a, rule: given}}}}",
        IN_A_SUM,
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


ABOVE = """
items: {a: {}, b: {}, n: {}, m: {}}
defaults: {rule: given}
indicators:
  work:
    weight: 40
    rule: {marks: 'max(marks - (100 - x) / 5 - n, 0)'}
    children: {first: {weight: 10, measure: a}, second: {weight: 30, measure: b}}
  extra:
    weight: 50
    aggregate: sum
    children:
      bonus: {measure: n, rule: {marks: 'min(3 * x, marks / 5)'}}
      penalty: {measure: m, rule: {marks: -2 * x}}
  rest: {weight: 10, measure: 'points(penalty) + 20'}
"""


def test_a_formula_gives_the_marks_of_a_dimension_and_of_what_is_added_up(engine: EngineUnderTest) -> None:
    table = {"unit": ["A", "B"], "a": [80.0, 0.0], "b": [60.0, 0.0], "n": [2.0, 4.0], "m": [1.0, 0.0]}

    result = scored(ABOVE, table, engine)

    # joined (10 * 80 + 30 * 60) / 40 = 65: 40 - 7 - 2 = 31 of 40; joined 0: 40 - 20 - 4 = 16
    assert column(result, "points|work") == {"A": 77.5, "B": 40.0}
    assert column(result, "score|work") == {"A": 31.0, "B": 16.0}
    # each is worth what the sum is, 50: 6 and -2 marks; 10 (not 12) and none
    assert column(result, "points|bonus") == {"A": 12.0, "B": 20.0}
    assert column(result, "points|penalty") == {"A": -4.0, "B": 0.0}
    assert column(result, "score|extra") == {"A": 4.0, "B": 10.0}
    # by itself the penalty is worth as much: -4 + 20
    assert column(result, "points|rest") == {"A": 16.0, "B": 20.0}
    assert column(result, "score|total") == {"A": 36.6, "B": 28.0}


def test_a_formula_gives_the_marks_of_the_total() -> None:
    scheme = "items: {a: {}}\nmarks: 120\nrule: {marks: 'min(x, 90) + 5'}\n"
    scheme += "indicators: {k: {measure: a, weight: 120, rule: given}}\n"

    result = scored(scheme, {"unit": ["A", "B"], "a": [60.0, 100.0]})

    # of the joined points: 60 + 5 and 90 + 5 of 120 marks
    assert column(result, "score|total") == {"A": 65.0, "B": 95.0}
