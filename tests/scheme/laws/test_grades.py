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
        ("lower: [{when: veto}]", "QH193"),
        ("lower: [{when: veto, to: 差}]\ntiers: [{name: 优, top: 1}, {name: 良}]", "QH192"),
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


_GROUPS = "groups: {a: {}, b: {}}\n"


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ("tiers: [{name: 优, top: {a: 2, c: 1}}, {name: 良}]", "QH203"),
        ("tiers: [{name: 优, top: {a: 2, b: 1}, at_least: {a: 80}}, {name: 良}]", "QH190"),
        ("tiers: [{name: 优, top: {a: 2, b: 1}, groups: a}, {name: 良}]", "QH190"),
        ("tiers: [{name: 优, top: {a: 2, b: 1}}, {name: 良, top: {a: 1, b: 3}}, {name: 中}]", "QH252"),
        ("tiers: [{name: 优, top: {a: 2, b: 1}}, {name: 良, groups: a}]", "QH253"),
        ("tiers: [{name: 优, groups: a}, {name: 良}, {name: 中, groups: b}]", "QH254"),
        ("awards: [{name: 奖, take: 2, last: 1}]", "QH133"),
        ("awards: [{name: 奖, from: a, take: {a: 2, b: 1}}]", "QH190"),
        ("ties: {break_by: {a: one, b: tow}}", "QH255"),
        ("ties: {break_by: {a: one, c: one}}", "QH203"),
    ],
)
def test_grades_of_groups_are_checked(keys: str, code: str) -> None:
    found = codes_in(f"{_GROUPS}{_BODY}{keys}\n")

    assert {each for each, _ in found} == {code}


def test_a_group_without_a_tier_is_told() -> None:
    tiers = "tiers: [{name: 优, top: {a: 2}}, {name: 良, groups: a}]\n"

    assert [code for code, _ in codes_in(f"{_GROUPS}{_BODY}{tiers}")] == ["QH191"]


@pytest.mark.parametrize(
    "keys",
    [
        "tiers: [{name: 优, top: {a: 2, b: {share: 30%, round: down}}}, {name: 良}, {name: 末, last: 1}]",
        (
            "tiers: [{name: 优, groups: a, top: {share: 0.3, round: up}}, {name: A, groups: b, top: 1}, "
            "{name: 丙}]"
        ),
        "tiers: [{name: 优, at_least: {a: 80, b: 90}, where: score > 1, unless: veto}, {name: 良}]",
        "ties: {break_by: {a: one, b: [one, total]}}",
        "awards: [{name: 奖, take: {a: 2}}, {name: 罚, last: {share: 10%}, where: score < 60}]",
    ],
)
def test_grades_of_groups_in_order_are_passed(keys: str) -> None:
    assert codes_in(f"{_GROUPS}{_BODY}{keys}\n") == []


def test_one_ranking_needs_the_same_marks() -> None:
    text = f"groups: {{a: {{}}, b: {{marks: 120}}}}\nranking: all\n{_BODY}".replace(
        "weight: 100", "weight: {a: 100, b: 120}"
    )

    assert [code for code, _ in codes_in(text)] == ["QH194"]
