from __future__ import annotations

import pytest
from tests.scheme.written import codes_in

_BODY = "items: {a: }\nindicators: {one: {measure: a, weight: 100, rule: scale}}\n"
_TWO = "{one: {name: 一, cap: 2}, two: {cap: 3}}"


@pytest.mark.parametrize(
    ("bonus", "rule", "code"),
    [
        (f"{{cap: 5, categories: {_TWO}}}", "{name: 甲, kind: bonus, marks: a, category: on}", "QH660"),
        (f"{{cap: 5, categories: {_TWO}}}", "{name: 甲, kind: penalty, marks: a, category: one}", "QH660"),
        ("{categories: {one: {name: two}, two: {}}}", "{name: 甲, kind: bonus, marks: a}", "QH661"),
        (f"{{cap: 2, categories: {_TWO}}}", "{name: 甲, kind: bonus, marks: a}", "QH662"),
        (f"{{cap: 5, categories: {_TWO}}}", "{name: 甲, kind: veto, when: a > 1, category: one}", "QH133"),
    ],
)
def test_misused_categories_are_findings(bonus: str, rule: str, code: str) -> None:
    assert codes_in(f"{_BODY}adjustments: {{bonus: {bonus}, rules: [{rule}]}}\n") == [(code, 7)]


def test_categories_of_bonus_and_penalty_may_have_the_same_codes() -> None:
    rules = (
        "{name: 甲, kind: bonus, marks: a, category: two}, {name: 乙, kind: penalty, marks: a, category: two}"
    )
    keys = f"bonus: {{cap: 3, categories: {_TWO}}}, penalty: {{categories: {_TWO}}}, rules: [{rules}]"
    assert codes_in(f"{_BODY}adjustments: {{{keys}}}\n") == []
