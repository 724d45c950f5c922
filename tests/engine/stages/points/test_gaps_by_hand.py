"""What is shared out, filled and multiplied where figures are absent: marks and scores by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.engine.test_ledger_practice import scored as scored_book
from tests.engine.texts import column, scored
from tests.engines import EngineUnderTest
from tests.usecase.ledger_books import write

from quanheng.data.load import load
from quanheng.engine.frame import columns as c
from quanheng.engine.results.result import Result
from quanheng.engine.results.score import score
from quanheng.findings.finding import FindingsError
from quanheng.findings.text import Text


def _codes(scheme: str, table: dict[str, object]) -> list[str]:
    with pytest.raises(FindingsError) as raised:
        scored(scheme, table)
    return [finding.code for finding in raised.value.findings if finding.severity == "error"]


def _warned(result: Result, code: str) -> list[str]:
    units = [finding.facts["unit"] for finding in result.all_findings if finding.code == code]
    return [unit.en if isinstance(unit, Text) else str(unit) for unit in units]


@pytest.mark.parametrize("missing", ["zero", "worst", "neutral", "{fill: mean, at: points}"])
def test_points_of_a_policy_without_a_coefficient_are_a_finding(missing: str) -> None:
    scheme = f"""
    items: {{x: {{}}, hard: {{}}}}
    indicators:
      i: {{measure: x, weight: 60, rule: given, coefficient: hard, gaps: {{missing: {missing}}}}}
      rest: {{measure: hard, weight: 40, rule: given, gaps: {{missing: redistribute}}}}
    """

    assert _codes(scheme, {"unit": ["a", "b"], "x": [80.0, None], "hard": [1.1, None]}) == ["QH546"]


def test_a_value_without_its_target_or_anchor_gives_its_weight_away_where_values_are_filled(
    engine: EngineUnderTest,
) -> None:
    scheme = """
    gaps: {missing: {fill: mean}}
    items: {x: {}, plan: {}}
    indicators:
      aimed: {measure: x, weight: 50, rule: {target: {}}}
      planned: {measure: x, weight: 30, rule: {scale: {worst: 0, best: {item: plan}}}}
      rest: {measure: 0 * plan + 60, weight: 20, rule: given}
    """
    table = {
        "unit": ["a", "b", "c"],
        "x": [40.0, 60.0, None],
        "plan": [80.0, None, None],
        "target|aimed": [50.0, None, 100.0],
    }

    result = scored(scheme, table, engine)

    # b has no target and no plan; c has the mean of 40 and 60 and no plan. The mean of the third is 60
    assert column(result, c.points("aimed")) == {"a": 80.0, "b": None, "c": 50.0}
    assert column(result, c.points("planned")) == {"a": 50.0, "b": None, "c": None}
    assert column(result, c.marks("rest"))["b"] == 100.0
    # c: 50 of 70 marks for 50 points, 20 of 70 for 60
    assert column(result, c.score("total")) == {"a": 67.0, "b": 60.0, "c": round(3700 / 70, 9)}
    assert _warned(result, "QH558") == ["b", "b", "c"]
    assert _warned(result, "QH553") == []


def test_computed_weights_see_the_points_of_a_dimension_with_its_coefficient(engine: EngineUnderTest) -> None:
    scheme = """
    weights: std
    items: {x: {}, y: {}, hard: {}}
    indicators:
      made: {coefficient: hard, children: {i: {measure: x, rule: given}}}
      plain: {measure: y, rule: given}
    """
    table = {"unit": ["a", "b"], "x": [50.0, 50.0], "y": [40.0, 60.0], "hard": [1.0, 1.2]}

    result = scored(scheme, table, engine)

    # 50 and 60 differ by 10, 40 and 60 by 20: the deviations are as 1 to 2
    weights = {row[0]: row[1] for row in result.weights.select("node", "weight").rows()}
    assert weights["made"] == pytest.approx(1 / 3, abs=1e-12)
    assert weights["plain"] == pytest.approx(2 / 3, abs=1e-12)


def test_a_node_beside_the_total_has_its_coefficient_and_is_rounded(engine: EngineUnderTest) -> None:
    scheme = """
    rounding: {scores: 2, points: 1}
    items: {x: {}, y: {}, hard: {}}
    indicators:
      shown:
        weight: 0
        coefficient: hard
        children: {i: {measure: x, weight: 1, rule: given}, j: {measure: y, weight: 2, rule: given}}
        weights: relative
      counts: {measure: x, weight: 100, rule: given}
    """
    table = {"unit": ["a", "b"], "x": [80.0, 50.0], "y": [81.0, 52.0], "hard": [1.1, 1.0]}

    result = scored(scheme, table, engine)

    # (80 + 2·81)/3·1.1 = 88.733…; (50 + 2·52)/3 = 51.333…
    assert column(result, c.points("shown")) == {"a": 88.7, "b": 51.3}
    assert column(result, c.score("total")) == {"a": 80.0, "b": 50.0}


def test_a_mean_of_no_records_does_not_apply_and_one_of_empty_cells_is_missing(tmp_path: Path) -> None:
    scheme = """\
quanheng: 1
id: means
title: means
round: 2023
items:
  x: {}
  days: {mean: cases.days}
indicators:
  quick: {measure: days, weight: 40, rule: {scale: {worst: 10, best: 0}}, gaps: {missing: zero}}
  rest: {measure: x, weight: 60, rule: given}
"""
    result = scored_book(
        tmp_path,
        scheme,
        units="unit,name\na,A\nb,B\nc,C\n",
        data="unit,period,x\na,2023,50\nb,2023,50\nc,2023,50\n",
        cases="unit,days\na,2\na,4\nb,\n",
    )

    # a: (10 - 3)/10; b has a case without days; c has none, and all its marks lie in the rest
    assert column(result, c.points("quick")) == {"a": 70.0, "b": 0.0, "c": None}
    assert column(result, c.marks("rest")) == {"a": 60.0, "b": 60.0, "c": 100.0}


def test_marks_at_a_node_without_a_score_use_up_no_cap(tmp_path: Path) -> None:
    scheme = """\
quanheng: 1
id: caps
title: caps
round: 2023
items: {x: {}, y: {}}
gaps: {missing: redistribute}
indicators:
  first: {measure: x, weight: 50, rule: given}
  second: {measure: y, weight: 50, rule: given}
adjustments: {bonus: {cap: 3}}
"""
    rows = "a,bonus,2,first\na,bonus,4,second\nb,bonus,2,first\nb,bonus,4,second\n"
    files = {
        "ledgers/requests.csv": None,
        "scheme.yaml": scheme,
        "units.csv": "unit,name\na,A\nb,B\n",
        "data/data.csv": "unit,period,x,y\na,2023,60,\nb,2023,60,40\n",
        "adjustments.csv": f"unit,kind,marks,node\n{rows}",
    }

    result = score(load(write(tmp_path, files)))

    # a: the 4 at the second are lost, so 100·60 % + 2; b: 30 + 20 + 3 in all
    assert column(result, c.score("total")) == {"a": 62.0, "b": 53.0}
    assert _warned(result, "QH574") == ["a"]


def test_a_value_without_a_target_is_told_where_nobody_has_points_to_be_the_worst_of() -> None:
    scheme = """
    gaps: {missing: worst}
    items: {x: {}}
    indicators:
      aimed: {measure: x, weight: 50, rule: {target: {}}}
      rest: {measure: 60 + 0 * x, weight: 50, rule: given}
    """

    result = scored(scheme, {"unit": ["a"], "x": [40.0], "target|aimed": [None]})

    assert _warned(result, "QH553") == ["a"]
    assert column(result, c.score("total")) == {"a": 60.0}


def test_a_mean_that_cannot_be_taken_lacks_no_coefficient() -> None:
    scheme = """
    items: {x: {}}
    indicators:
      d:
        weight: 100
        coefficient: 2
        aggregate: harmonic
        children:
          i: {measure: x, weight: 50, rule: {scale: {worst: 0, best: 1, clamp: none}}}
          j: {measure: 50 + 0 * x, weight: 50, rule: given}
    """

    assert _codes(scheme, {"unit": ["a"], "x": [-0.5]}) == ["QH549"]


def test_who_has_no_anchor_to_be_rated_by_is_not_among_the_observed(tmp_path: Path) -> None:
    book = write(
        tmp_path,
        {
            "scheme.yaml": "quanheng: 1\nid: t\ntitle: t\nround: 2023\nitems: {x: {}, w: {}}\n"
            "indicators: {i: {measure: x, weight: 100, rule: {scale: {worst: {item: w}, best: observed}}}}\n",
            "units.csv": "unit\nA\nB\nC\n",
            "ledgers/requests.csv": None,
            "data/d.csv": "unit,x,w\nA,10,0\nB,20,0\nC,40,/\n",
        },
    )

    # C has the greatest value, but the indicator does not apply to it (absence §4 a): the best is 20
    assert sorted(score(load(book)).ranking.select("unit", "score").rows()) == [
        ("A", 50.0),
        ("B", 100.0),
        ("C", None),
    ]
