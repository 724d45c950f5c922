from __future__ import annotations

import pytest
from tests.scheme.written import codes_in, findings_in

_BODY = "items: {a: }\nindicators: {one: {measure: a, weight: 100, rule: scale}}\n"


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ("tiers: [{name: 甲, top: 1}, {name: 甲}]", "QH251"),
        ("awards: [{name: 甲}, {name: 甲}]", "QH251"),
        ("tiers: [{name: 甲, top: 30%}, {name: 乙, top: 20%}, {name: 丙}]", "QH252"),
        ("tiers: [{name: 甲, top: 3}, {name: 乙, top: 3}, {name: 丙}]", "QH252"),
        ("tiers: [{name: 甲, at_least: 60}, {name: 乙, at_least: 80}, {name: 丙}]", "QH252"),
        ("tiers: [{name: 甲, at_least: 90}, {name: 乙, at_least: 80}]", "QH253"),
        ("tiers: [{name: 甲}, {name: 乙}]", "QH254"),
        ("ties: {break_by: [one, tow]}", "QH255"),
        ("adjustments: {rules: [{name: 甲, kind: bonus, marks: a, node: on}]}", "QH255"),
        ("adjustments: {veto: {tier: 第三等}}\ntiers: [{name: 第一等次, top: 1}, {name: 第三等次}]", "QH256"),
    ],
)
def test_grades_are_checked(keys: str, code: str) -> None:
    assert codes_in(f"{_BODY}{keys}\n") == [(code, 7)]


@pytest.mark.parametrize(
    "keys",
    [
        "tiers: [{name: A, top: 30%, at_least: 85}, {name: B, at_least: 60}, {name: C, top: 95%}, {name: D}]",
        "adjustments: {veto: {tier: 不合格}}\ntiers: [{name: 第一等次, top: 1}, {name: 第三等次}]",
        "ties: {break_by: [one, total]}",
        "adjustments: {rules: [{name: 甲, kind: bonus, marks: a}]}",
    ],
)
def test_grades_in_order_are_passed(keys: str) -> None:
    assert codes_in(f"{_BODY}{keys}\n") == []


def test_unknown_node_is_met_with_the_nearest() -> None:
    (found,) = findings_in(f"{_BODY}ties: {{break_by: on}}\n")

    assert found.text("en") == "s.yaml:7: error QH255 there is no node 'on'\n    hint: did you mean 'one'?"
