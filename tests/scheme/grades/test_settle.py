from __future__ import annotations

from tests.scheme.written import codes_in, scheme

from quanheng.scheme.grades.grades import Limit
from quanheng.scheme.grades.quotas import Quota
from quanheng.scheme.rounding.rounding import NodeRounding

_BODY = """
    groups: {towns: , parks: }
    items: {a: }
    indicators: {one: {measure: a, weight: 100, rule: percentile}}
"""


def test_grades_have_their_values() -> None:
    made = scheme(f"""{_BODY}
    adjustments:
      bonus: {{cap: 5, when: a >= 8%}}
      penalty: {{cap: 10}}
      veto: {{tier: 不合格}}
      rules:
        - {{name: 奖, kind: bonus, marks: 0.5 * a, node: one}}
        - {{name: 否, kind: veto, when: a > 3}}
    rounding: {{ratio: 4, points: 2, total: 0}}
    ties: {{break_by: one}}
    tiers:
      - {{name: 第一等次, top: 30%, at_least: 85, unless: veto}}
      - {{name: 第二等次, top: 12}}
      - {{name: 第三等次}}
    awards:
      - {{name: 先进单位, from: towns, take: 3, where: tier == '第一等次', by: one, to: 书记}}
      - {{name: 流动红旗, take: 10%, every: quarter, veto: allowed}}
    """)

    adjustments = made.adjustments
    assert (adjustments.bonus.cap, str(adjustments.bonus.when)) == (5.0, "a >= 8%")
    assert (adjustments.penalty, adjustments.veto_tier) == (Limit(cap=10.0), "不合格")
    assert [
        (rule.name, rule.kind, str(rule.marks), str(rule.when), rule.node) for rule in adjustments.rules
    ] == [
        ("奖", "bonus", "0.5 * a", "None", "one"),
        ("否", "veto", "None", "a > 3", "total"),
    ]
    assert made.rounding.total == 0
    assert made.indicators[0].rounding == NodeRounding(ratio=4, points=2, is_anywhere=True)
    assert made.root.rounding == NodeRounding(points=2, is_anywhere=True)
    assert made.ties == ("one",)
    assert [(tier.name, tier.top, tier.at_least) for tier in made.tiers] == [
        ("第一等次", Quota(share=0.3), 85.0),
        ("第二等次", Quota(count=12), None),
        ("第三等次", None, None),
    ]
    team, flag = made.awards
    assert (team.groups, team.take, str(team.condition), str(team.by), team.recipient) == (
        *(("towns",), Quota(count=3), "tier == '第一等次'", "one", "书记"),
    )
    assert (flag.groups, flag.take, flag.every, flag.despite_veto) == ((), Quota(share=0.1), "quarter", True)


def test_what_grades_cannot_be_is_found() -> None:
    found = codes_in(f"""{_BODY}
    adjustments:
      rules:
        - {{name: 甲, kind: bonus}}
        - {{name: 乙, kind: veto}}
        - {{name: 丙, kind: veto, when: a > 1, marks: 3, node: one}}
    awards:
      - {{name: 丁, from: twons}}
      - {{name: 戊, by: one}}
    """)

    assert found == [
        *(("QH134", 11), ("QH134", 12), ("QH133", 13), ("QH133", 13), ("QH203", 15), ("QH134", 16)),
    ]
