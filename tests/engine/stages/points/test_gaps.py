"""Absence, policy by policy, with numbers worked out by hand (absence §1-§7)."""

from __future__ import annotations

import pytest
from tests.engine.texts import column, points, scored

from quanheng.engine.frame import columns as c
from quanheng.findings.finding import FindingsError

SCALE = "{scale: {worst: 0, best: 10, base: 60}}"
TWO = """
items: {{x: {{}}, y: {{}}, z: {{}}}}
gaps: {{at_least: {at_least}}}
indicators:
  north:
    weight: 60
    children:
      a: {{measure: x, weight: 40, rule: {{given: {{}}}}, gaps: {{missing: {missing}}}}}
      b: {{measure: y, weight: 20, rule: {{given: {{}}}}, gaps: {{missing: {missing}}}}}
  south: {{measure: z, weight: 40, rule: {{given: {{}}}}, gaps: {{missing: {missing}}}}}
"""


def test_missing_is_an_error_unless_the_scheme_says_otherwise() -> None:
    with pytest.raises(FindingsError) as caught:
        points("{given: {}}", [1.0, None])

    assert [(finding.code, finding.facts["unit"]) for finding in caught.value.findings] == [("QH541", "b")]


@pytest.mark.parametrize(
    ("missing", "expected"),
    [
        ("zero", [60.0, 80.0, 0.0]),
        ("worst", [60.0, 80.0, 60.0]),
        ("neutral", [60.0, 80.0, 60.0]),
        ("redistribute", [60.0, 80.0, None]),
        # filled at value: the mean of 0 and 5 is 2.5, r = 0.25
        ("{fill: mean, at: value}", [60.0, 80.0, 70.0]),
        ("{fill: median, at: points}", [60.0, 80.0, 70.0]),
    ],
)
def test_policy_for_a_missing_measure(missing: str, expected: list[float | None]) -> None:
    assert points(SCALE, [0.0, 5.0, None], f"gaps: {{missing: {missing}}}") == expected


def test_fill_looks_at_units_that_share_an_attribute() -> None:
    scheme = """
    items: {x: {}}
    indicators:
      i:
        measure: x
        weight: 100
        rule: {given: {}}
        gaps: {missing: {fill: mean, within: size, at: value}}
    """
    table = {
        "unit": ["a", "b", "c", "d"],
        "size": ["big", "big", "small", "big"],
        "x": [10.0, 30.0, 90.0, None],
    }

    assert column(scored(scheme, table), c.points("i"))["d"] == 20.0


def test_weight_goes_to_the_siblings_then_to_the_siblings_of_the_parent() -> None:
    # b missing: a takes all 60 of north; a and b missing: south takes all 100
    table = {"unit": ["p", "q", "r"], "x": [50.0, 50.0, None], "y": [80.0, None, None], "z": [90.0] * 3}

    result = scored(TWO.format(missing="redistribute", at_least=0), table)

    assert column(result, c.marks("a")) == {"p": 40.0, "q": 60.0, "r": None}
    assert column(result, c.marks("south")) == {"p": 40.0, "q": 40.0, "r": 100.0}
    # p has 20 + 16 + 36, q 30 + 36, r 90
    assert column(result, c.score("total")) == {"p": 72.0, "q": 66.0, "r": 90.0}


def test_unit_with_too_little_weight_is_listed_but_not_ranked() -> None:
    # q has 80 of 100, r 40 of 100
    table = {"unit": ["p", "q", "r"], "x": [50.0, 50.0, None], "y": [80.0, None, None], "z": [90.0] * 3}

    result = scored(TWO.format(missing="redistribute", at_least="50%"), table)

    assert column(result, c.AVAILABLE) == {"p": 1.0, "q": 0.8, "r": 0.4}
    assert column(result, c.PLACE) == {"p": 1.0, "q": 2.0, "r": None}


@pytest.mark.parametrize(("policy", "expected"), [("redistribute", None), ("full", 100.0)])
def test_not_applicable_follows_its_own_policy(policy: str, expected: float | None) -> None:
    found = points(
        "{given: {}}",
        [70.0, None],
        f"gaps: {{missing: zero, not_applicable: {policy}}}",
        {"item_na|x": [False, True]},
    )

    assert found == [70.0, expected]


def test_division_by_zero_is_not_applicable_only_if_both_are_zero() -> None:
    scheme = """
    items: {done: {}, due: {}}
    indicators:
      i: {measure: done / due, weight: 50, rule: {bands: [[0, 0], [1, 100]]}}
      j: {measure: done, weight: 50, rule: {given: {}}}
    """
    fine = {"unit": ["a", "b"], "done": [1.0, 0.0], "due": [2.0, 0.0]}

    result = scored(scheme, fine)

    assert column(result, c.absence("i")) == {"a": 0.0, "b": 2.0}
    assert column(result, c.points("i")) == {"a": 50.0, "b": None}
    with pytest.raises(FindingsError) as caught:
        scored(scheme, {"unit": ["a"], "done": [1.0], "due": [0.0]})
    assert [finding.code for finding in caught.value.findings] == ["QH542"]


def test_target_that_is_missing_follows_the_policy_for_gaps() -> None:
    assert points("{target: {}}", [5.0, 5.0], "gaps: {missing: zero}", {"target": [10.0, None]}) == [
        50.0,
        0.0,
    ]


def test_target_that_does_not_apply_leaves_the_weight_to_others() -> None:
    found = points("{target: {}}", [5.0, 5.0], "", {"target": [10.0, None], "target_na|i": [False, True]})

    assert found == [50.0, None]


def test_points_outside_the_range_of_given_are_an_error() -> None:
    with pytest.raises(FindingsError) as caught:
        points("{given: {range: [0, 100]}}", [101.0], "gaps: {missing: zero}")

    assert [finding.code for finding in caught.value.findings] == ["QH543"]
