from __future__ import annotations

import pytest
from tests.scheme.written import codes_in, findings_in, with_indicator

_GRADED = """
    groups: {towns: , parks: }
    items: {gdp: , economy: }
    defaults: {rule: percentile}
    weights: equal
    indicators: {economy: gdp + economy, safety: gdp}
    tiers: [{name: 第一等次, top: 30%}, {name: 第二等次}]
"""


def test_unknown_names_are_met_with_the_nearest() -> None:
    body = "items: {gdp_growth: }\nindicators: {one: {measure: gdp_grwth, weight: 100, rule: scale}}"

    found, _ = findings_in(body)

    assert found.text("en").splitlines() == [
        "s.yaml:6: error QH220 the name 'gdp_grwth' is not known in: gdp_grwth",
        "    hint: did you mean 'gdp_growth'?",
    ]
    assert found.text("zh").splitlines() == [
        "s.yaml:6: 错误 QH220 公式中的名称“gdp_grwth”未定义：gdp_grwth",
        "    建议: 是否应为“gdp_growth”？",
    ]


def test_the_same_is_not_told_twice_of_one_formula() -> None:
    leaf = "{measure: \"where(80 <= gdp + 'a' < 90, 1, 2)\", weight: 100, rule: scale}"

    assert codes_in(f"items: {{gdp: }}\nindicators: {{one: {leaf}}}") == [("QH224", 6)]


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ("measure: a + c", "QH220"),
        ("measure: a + x", "QH220"),
        ("measure: a\ncoefficient: c", "QH220"),
        ("measure: a\nrule: {met: x > target and c > 0}", "QH220"),
        ("measure: a\nrule: {scale: {worst: c}}", "QH220"),
        ("measure: a\nrule: {ratio: {ref: {item: c}}}", "QH220"),
        ("measure: a\ncoefficient: completion(b)", "QH223"),
        ("measure: a > 1", "QH224"),
        ("measure: a + 'b'", "QH224"),
        ("measure: where(a, 1, 2)", "QH224"),
        ("measure: a\ncoefficient: a > 1", "QH224"),
        ("measure: a\nrule: {met: x + 1}", "QH224"),
        ("measure: 5", "QH226"),
    ],
)
def test_formulas_of_indicators_are_checked(keys: str, code: str) -> None:
    keys = keys if "rule:" in keys else f"{keys}\nrule: scale"

    assert [found for found, _ in codes_in(with_indicator(keys))] == [code]


def test_formulas_of_ledgers_speak_of_columns_and_days() -> None:
    head = "items: {{a: {{count: hazards, where: {}}}}}\n"
    head += "indicators: {{one: {{measure: a, weight: 100, rule: scale}}}}"

    assert codes_in(head.format("due_on <= period_end and level == '重大'")) == []
    assert codes_in(head.format("closed_on - due_on > 30")) == []
    assert codes_in(head.format("growth(due_on) > 1")) == [("QH223", 5)]
    assert codes_in(head.format("closed")) == [("QH224", 5)]
    assert codes_in(head.format("level == '重大' or closed")) == [("QH224", 5)]


@pytest.mark.parametrize(
    ("keys", "codes"),
    [
        ("awards: [{name: 甲, where: tier == '第一等次' and not vetoed and place_gain >= 2}]", []),
        ("awards: [{name: 甲, take: 1, by: safety + 2 * gdp}]", []),
        ("awards: [{name: 甲, where: score - last_score > 1 and last_tier == '一等'}]", []),
        ("awards: [{name: 甲, where: place_gian >= 2}]", ["QH220"]),
        ("awards: [{name: 甲, where: growth(gdp) >= 2}]", ["QH223"]),
        ("awards: [{name: 甲, where: score}]", ["QH224"]),
        ("awards: [{name: 甲, where: tier >= 2}]", ["QH224"]),
        ("awards: [{name: 甲, where: tier == '第1等次'}]", ["QH227"]),
        ("awards: [{name: 甲, where: \"group in ('towns', 'prks')\"}]", ["QH227"]),
        ("awards: [{name: 甲, take: 1, by: economy}]", ["QH225"]),
        ("adjustments: {bonus: {when: gdp >= 8%}}", []),
        ("adjustments: {bonus: {when: gdp}}", ["QH224"]),
        ("adjustments: {bonus: {when: safety > 3}}", ["QH220"]),
        ("adjustments: {rules: [{name: 甲, kind: bonus, marks: 'where(place(gdp) <= 3, 1, 0)'}]}", []),
        ("adjustments: {rules: [{name: 甲, kind: veto, when: tier == 'x'}]}", ["QH220"]),
    ],
)
def test_formulas_of_grades_are_checked(keys: str, codes: list[str]) -> None:
    assert [code for code, _ in codes_in(f"{_GRADED}    {keys}\n")] == codes


def test_conditions_of_tiers_speak_of_veto_score_place_and_nodes() -> None:
    body = "items: {a: }\nindicators: {one: {measure: a, weight: 100, rule: scale}}\n"
    tiers = "tiers: [{{name: 甲, top: 1, unless: {}}}, {{name: 乙}}]"

    assert codes_in(body + tiers.format("veto or score < 60 or place > 3 or one < 5 or a > 1")) == []
    assert codes_in(body + tiers.format("tier == '甲'")) == [("QH220", 7)]


def test_word_goes_before_an_item_unless_it_is_the_measure_itself() -> None:
    body = (
        "items: {{x: , target: }}\nindicators: {{one: {{measure: {}, weight: 100, rule: {{met: x > 1}}}}}}\n"
    )

    assert codes_in(body.format("x")) == []
    assert codes_in(body.format("target")) == [("QH225", 6)]


def test_growth_beside_a_published_rate_is_found() -> None:
    found = findings_in("""
        items: {gdp: , gdp_growth: }
        defaults: {rule: percentile}
        weights: equal
        indicators: {one: growth(gdp), two: gdp_growth, three: growth(gdp + 1)}
        """)

    assert [(each.code, each.severity, each.where.line) for each in found] == [("QH222", "warning", 8)]


def test_items_that_nothing_uses_are_noted() -> None:
    found = findings_in("""
        items:
          used: {count: hazards, where: due > 1}
          anchor:
          gate:
          due:
        indicators: {one: {measure: used, weight: 100, rule: {scale: {worst: anchor}}}}
        adjustments: {bonus: {when: gate > 1}}
        """)

    assert [(each.code, each.severity, each.where.line) for each in found] == [("QH221", "note", 9)]


def test_an_item_that_a_merger_weighs_by_is_used() -> None:
    found = findings_in("""
        items: {rate: {merge: {mean: people}}, people: {merge: sum}}
        indicators: {one: {measure: rate, weight: 100, rule: given}}
        """)

    assert [each.code for each in found] == []


def test_many_findings_of_a_kind_are_cut() -> None:
    items = "".join(f"  i{n}:\n" for n in range(150))
    found = findings_in(
        f"items:\n  a:\n{items}indicators: {{one: {{measure: a, weight: 100, rule: scale}}}}\n"
    )

    assert [each.code for each in found] == ["QH221"] * 100 + ["QH136"]
    assert found[-1].message("en") == "there are more findings of this sort than the 100 shown"
