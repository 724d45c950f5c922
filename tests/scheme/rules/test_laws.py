from __future__ import annotations

import pytest
from tests.scheme.written import codes_in, findings_in, with_indicator


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ("rule: {scale: {worst: 5, best: 5}}", "QH232"),
        ("rule: {scale: {worst: log(100), best: log(100)}}", "QH232"),
        ("rule: {scale: {worst: 0, best: 10}}\ndirection: less", "QH233"),
        ("rule: {scale: {worst: 10, best: 0}}\ndirection: more", "QH233"),
        ("rule: {bands: [[0, 0], [2, 50], [1, 100]]}", "QH234"),
        ("rule: {bands: [[0, 0], [0, 0]]}", "QH234"),
        ("rule: {bands: [[0, 0], [0, 50], [0, 100]]}", "QH234"),
        ("rule: {steps: [[0, 0], [0, 100]]}", "QH234"),
        ("rule: {steps: [[2, 50], [1, 100]]}", "QH234"),
        ("rule: {scale: {curve: exponential}}", "QH235"),
        ("rule: {bands: [[0, 0], [1, 100]]}\ndirection: less", "QH238"),
        ("rule: {steps: [[0, 100], [1, 90]]}\ndirection: more", "QH238"),
        ("rule: {ideal: {between: [3, 2]}}", "QH239"),
        ("rule: {given: {range: [0, 0]}}", "QH239"),
        ("rule: {target: {floor: 110}}", "QH239"),
        ("rule: scale\ntreat: {quantiles: [95%, 5%]}", "QH239"),
        ("rule: {target: {base: 80, over: {per: 1%, add: 1, up_to: 80}}}", "QH240"),
        ("rule: {target: {base: 80, short: {per: 1%, take: 1, down_to: 90}}}", "QH240"),
        ("rule: {place: {table: {1-3: 100, 3-5: 70}}}", "QH241"),
        ("rule: {place: {first: 0, last: 100}}", "QH242"),
        ("rule: {place: {step: 5, floor: 100}}", "QH242"),
    ],
)
def test_numbers_of_a_rule_are_checked(keys: str, code: str) -> None:
    assert codes_in(with_indicator(f"measure: a\n{keys}")) == [(code, 7)]


@pytest.mark.parametrize(
    "keys",
    [
        "rule: {scale: {worst: 10, best: 0}}",
        "rule: {scale: {worst: 10, best: 0}}\ndirection: less",
        "rule: {scale: {worst: 0, best: observed}}\ndirection: less",
        "rule: {scale: {base: 60, curve: exponential}}",
        "rule: {bands: [[-6, 100], [0, 80], [8, 40]]}\ndirection: less",
        "rule: {bands: [[0, 0], [5, 100], [9, 0]]}\ndirection: less",
        "rule: {bands: [[0, 0], [60, 60], [60, 80], [100, 100]]}",
        "rule: {steps: [[0, 100], [1, 90]]}\ndirection: less",
        "rule: {ideal: {between: [3, 3]}}",
        "rule: {target: {base: 100, over: {per: 1%, add: 1, up_to: 110}, short: {per: 1%, take: 1}}}",
        "rule: {place: {table: {1-3: 100, 4: 70, 5-9: 60}}}",
    ],
)
def test_numbers_in_order_are_passed(keys: str) -> None:
    assert codes_in(with_indicator(f"measure: a\n{keys}")) == []


def test_default_direction_does_not_contradict_stated_anchors() -> None:
    body = with_indicator("measure: a\nrule: {scale: {worst: 0, best: 10}}")

    assert codes_in(f"defaults: {{direction: less}}\n{body}") == []


def test_neutral_without_base_is_noted() -> None:
    notes = findings_in(with_indicator("measure: a\nrule: percentile\ngaps: {missing: neutral}"))
    none = findings_in(with_indicator("measure: a\nrule: {scale: {base: 60}}\ngaps: {missing: neutral}"))

    assert [note.code for note in notes if note.code != "QH221"] == ["QH243"]
    assert [note.code for note in none if note.code != "QH221"] == []


def test_completion_rated_by_the_target_rule_is_found() -> None:
    assert codes_in(with_indicator("measure: completion(a)\nrule: target")) == [("QH244", 7)]
    assert codes_in(with_indicator("measure: completion(a)\nrule: {bands: [[0, 0], [1, 100]]}")) == []


@pytest.mark.parametrize("aggregate", ["geometric", "harmonic", "{power: -1}"])
def test_points_of_zero_and_below_are_told_where_a_mean_cannot_bear_them(aggregate: str) -> None:
    found = findings_in(f"""
        items: {{a: }}
        weights: equal
        aggregate: {aggregate}
        indicators:
          bounded: {{measure: a, rule: {{scale: {{base: 60}}}}}}
          zero: {{measure: a, rule: percentile}}
          absent: {{measure: a, rule: {{scale: {{base: 60}}}}, gaps: {{missing: zero}}}}
          negative: {{measure: a, rule: zscore}}
          exponential: {{measure: a, rule: {{scale: {{base: 60, curve: exponential, clamp: none}}}}}}
          unbounded: {{measure: a, rule: {{scale: {{base: 60, clamp: above}}}}}}
        """)

    assert [(finding.code, finding.severity, finding.facts["children"]) for finding in found] == [
        ("QH237", "warning", "negative, unbounded"),
        ("QH236", "note", "zero, absent"),
    ]


@pytest.mark.parametrize(
    ("rule", "zero"),
    [
        ("{target: {met_only: true}}", True),
        ("{target: {floor: 10}}", False),
        ("target", True),
        ("{target: {base: 80, short: {per: 1%, take: 1}}}", True),
        ("{target: {base: 80, over: {per: 1%, add: 1, up_to: 100}}}", False),
        ("{bands: [[0, 10], [1, 100]]}", False),
        ("{steps: [[0, 10]]}", True),
        ("{steps: {table: [[0, 10]], otherwise: 5}}", False),
        ("{place: {first: 600, last: 500}}", False),
        ("{place: {step: 5, floor: 40}}", False),
        ("{place: {table: {1: 100}}}", True),
        ("{ratio: {ref: best}}", True),
        ("{deduct: {each: 5, floor: 40}}", False),
        ("{deduct: {each: 5}}", True),
        ("{ideal: {between: [1, 2]}}", True),
        ("{met: x > 1}", True),
        ("{given: {range: [1, 5]}}", False),
    ],
)
def test_rules_that_can_reach_zero_are_known(rule: str, *, zero: bool) -> None:
    body = with_indicator(f"measure: a + b\nrule: {rule}")

    found = [finding.code for finding in findings_in(f"aggregate: geometric\n{body}")]

    assert found == (["QH236"] if zero else [])
