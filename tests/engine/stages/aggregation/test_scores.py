"""Scores up the tree, with numbers worked out by hand (points §1-§4, rounding, adjustments §1)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.texts import column, scored

from quanheng.engine.frame import columns as c
from quanheng.scheme.fields.codes import ROOT

PAIR = """
items: {{x: {{}}, y: {{}}}}
aggregate: {aggregate}
indicators:
  a: {{measure: x, weight: 60, rule: {{given: {{}}}}}}
  b: {{measure: y, weight: 40, rule: {{given: {{}}}}}}
"""


@pytest.mark.parametrize(
    ("aggregate", "expected"),
    [
        ("arithmetic", 0.6 * 81 + 0.4 * 16),
        ("geometric", 81**0.6 * 16**0.4),
        ("harmonic", 1 / (0.6 / 81 + 0.4 / 16)),
        ("{power: 2}", (0.6 * 81**2 + 0.4 * 16**2) ** 0.5),
        ("min", 16.0),
    ],
)
def test_aggregation_joins_the_children(aggregate: str, expected: float) -> None:
    result = scored(PAIR.format(aggregate=aggregate), {"unit": ["p"], "x": [81.0], "y": [16.0]})

    assert column(result, c.score(ROOT)) == {"p": round(expected, 9)}


def test_copeland_counts_pairs_won() -> None:
    # p beats q on both; r beats p on a (60 of 100), r beats q on a
    table = {"unit": ["p", "q", "r"], "x": [50.0, 40.0, 90.0], "y": [50.0, 40.0, 10.0]}

    result = scored(PAIR.format(aggregate="copeland"), table)

    # wins less losses: p 0, q -2, r 2; 100·(d + 2)/4
    assert column(result, c.points(ROOT)) == {"p": 50.0, "q": 0.0, "r": 100.0}


def test_zero_makes_a_geometric_node_zero_and_is_told() -> None:
    result = scored(PAIR.format(aggregate="geometric"), {"unit": ["p"], "x": [81.0], "y": [0.0]})

    assert column(result, c.score(ROOT)) == {"p": 0.0}
    assert [finding.code for finding in result.all_findings] == ["QH548"]


def test_rounded_scores_add_up_as_printed() -> None:
    # 33.3 · 77.77 / 100 = 25.89741 -> 25.90; 66.7 · 55.55 / 100 = 37.05185 -> 37.05
    scheme = """
    items: {x: {}, y: {}}
    rounding: {scores: 2}
    indicators:
      a: {measure: x, weight: 33.3, rule: {given: {}}}
      b: {measure: y, weight: 66.7, rule: {given: {}}}
    """

    result = scored(scheme, {"unit": ["p"], "x": [77.77], "y": [55.55]})

    assert column(result, c.score("a")) == {"p": 25.9}
    assert column(result, c.score("b")) == {"p": 37.05}
    assert column(result, c.score(ROOT)) == {"p": 62.95}
    assert column(result, c.points(ROOT)) == {"p": 62.95}


def test_groups_have_their_own_indicators_weights_and_marks() -> None:
    scheme = """
    groups: {towns: Towns, parks: {name: Parks, marks: 150}}
    items: {x: {}, y: {}}
    indicators:
      a: {measure: x, weight: {towns: 70, parks: 150}, rule: {given: {}}}
      b: {measure: y, weight: {towns: 30}, rule: {given: {}}}
    """
    table = {"unit": ["t", "p"], "group": ["towns", "parks"], "x": [80.0, 80.0], "y": [50.0, None]}

    result = scored(scheme, table)

    assert column(result, c.score(ROOT)) == {"t": 71.0, "p": 120.0}
    assert column(result, c.absence("b")) == {"t": 0.0, "p": None}


def test_computed_weights_are_frozen_into_the_result() -> None:
    # two columns of points; the second separates nobody and gets no weight by standard deviation
    scheme = """
    items: {x: {}, y: {}}
    weights: std
    indicators:
      a: {measure: x, rule: {given: {}}}
      b: {measure: y, rule: {given: {}}}
    """

    result = scored(scheme, {"unit": ["p", "q"], "x": [20.0, 60.0], "y": [50.0, 50.0]})

    assert result.weights.select("node", "method", "share").rows() == [
        (ROOT, "marks", 1.0),
        ("a", "std", 1.0),
        ("b", "std", 0.0),
    ]
    assert column(result, c.score(ROOT)) == {"p": 20.0, "q": 60.0}


@given(
    st.lists(
        st.tuples(st.decimals("0", "100", places=2), st.decimals("0", "100", places=2)),
        min_size=1,
        max_size=8,
    )
)
def test_printed_scores_always_add_up(values: list[tuple[Decimal, Decimal]]) -> None:
    scheme = """
    items: {x: {}, y: {}}
    rounding: {points: 1, scores: 2, total: 2}
    indicators:
      a: {measure: x, weight: 37.5, rule: {scale: {worst: 0, best: 90, base: 60}}}
      b: {measure: y, weight: 62.5, rule: {scale: {worst: 100, best: 0}}}
    """
    table = {
        "unit": [f"u{index}" for index in range(len(values))],
        "x": [float(x) for x, _ in values],
        "y": [float(y) for _, y in values],
    }

    result = scored(scheme, table)

    parts = [column(result, c.score(code)) for code in ("a", "b")]
    for unit, total in column(result, c.score(ROOT)).items():
        printed = [Decimal(str(part[unit])) for part in parts]
        assert all(number == round(number, 2) for number in printed)
        assert sum(printed) == Decimal(str(total))
