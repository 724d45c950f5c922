from __future__ import annotations

from typing import Any

from hypothesis import given
from tests.scheme.strategies import documents

from quanheng.scheme.document.document import Document
from quanheng.scheme.files.diff import Change, changes_between
from quanheng.scheme.files.read import document_from

_BEFORE: dict[str, Any] = {
    "quanheng": 1,
    "id": "a",
    "title": "甲",
    "round": 2023,
    "groups": {"towns": "镇"},
    "items": {"gdp": "总量", "jobs": "就业"},
    "rounding": {"total": 2},
    "indicators": {
        "economy": {
            "children": {"growth": {"measure": "gdp", "weight": 18}, "work": {"measure": "jobs", "weight": 2}}
        },
        "safety": {"measure": "gdp", "weight": {"towns": 80}},
    },
    "tiers": [{"name": "一", "top": "30%"}, {"name": "二"}],
    "awards": [{"name": "奖", "take": 3}],
    "adjustments": {"bonus": {"cap": 5}, "rules": [{"name": "罚", "kind": "penalty", "marks": 3}]},
}


def test_nothing_changed_between_equal_schemes() -> None:
    assert changes_between(document_from(_BEFORE), document_from(_BEFORE)) == ()


def test_changes_are_told_part_by_part() -> None:
    after = {
        **_BEFORE,
        "round": 2024,
        "rounding": {"total": 1, "points": 2},
        "items": {"gdp": {"name": "总量", "measured_in": "亿元"}, "beds": None},
        "indicators": {
            "economy": {"children": {"growth": {"measure": "gdp", "weight": 20}}},
            "safety": {
                "measure": "gdp",
                "weight": {"towns": 79.5},
                "rule": {"place": {"step": 5}},
                "children": None,
            },
            "work": {"measure": "jobs"},
        },
        "tiers": [{"name": "一", "top": 3}, {"name": "二"}],
        "awards": [],
        "adjustments": {"bonus": {"cap": 6}, "rules": [{"name": "罚", "kind": "penalty", "marks": 3}]},
    }

    changes = changes_between(document_from(_BEFORE), document_from(after))

    assert [change.text("en") for change in changes] == [
        "the scheme: round was 2023, is 2024",
        "the scheme: adjustments.bonus was {cap: 5}, is {cap: 6}",
        "the scheme: rounding.total was 2, is 1",
        "the scheme: order was [economy, safety], is [economy, safety, work]",
        "the scheme: rounding.points is new: 2",
        "item 'gdp': measured_in is new: 亿元",
        "item 'jobs' is gone",
        "node 'economy': order was [growth, work], is [growth]",
        "node 'growth': weight was 18, is 20",
        "node 'work': weight is gone, it was 2",
        "node 'work': parent is gone, it was economy",
        "node 'safety': weight was {towns: 80}, is {towns: 79.5}",
        "node 'safety': rule is new: {place: {step: 5}}",
        "tier '一': top was 30%, is 3",
        "award '奖' is gone",
        "item 'beds' is new",
    ]
    assert changes[8] == Change(
        how="changed", what="node", code="growth", key="weight", before="18", after="20"
    )
    assert [changes[at].text("zh") for at in (0, 5, 6, 9, 15)] == [
        "方案：round 由 2023 改为 2024",
        "数据项“gdp”：新增 measured_in: 亿元",
        "删去数据项“jobs”",
        "节点“work”：删去 weight（原为 2）",
        "新增数据项“beds”",
    ]


def test_whether_there_is_a_workbook_is_a_change_of_the_scheme() -> None:
    (change,) = changes_between(document_from(_BEFORE), document_from({**_BEFORE, "workbook": False}))

    assert change.text("en") == "the scheme: workbook is new: false"
    assert change.text("zh") == "方案：新增 workbook: false"


def test_changes_of_pace_ledgers_and_campaigns_are_told() -> None:
    before = {
        **_BEFORE,
        "pace": {"yellow": "95%", "at": {"2023-H1": "50%"}},
        "ledgers": {"tasks": {"key": "no", "fields": {"no": None}}, "old": None},
        "campaigns": {"safety": {"ledger": "tasks", "to": "2024-12-31"}},
    }
    after = {
        **_BEFORE,
        "pace": {"yellow": "90%", "at": {"2023-H1": "45%"}},
        "reviews": {"every": "quarter"},
        "ledgers": {"tasks": {"key": "code", "fields": {"no": "number"}}},
        "campaigns": {"safety": {"ledger": "tasks", "to": "2025-12-31"}, "more": {"ledger": "tasks"}},
    }

    changes = changes_between(document_from(before), document_from(after))

    assert [change.text("en") for change in changes] == [
        "the scheme: pace.at was {2023-H1: 50%}, is {2023-H1: 45%}",
        "the scheme: pace.yellow was 95%, is 90%",
        "the scheme: reviews.every is new: quarter",
        "ledger 'tasks': key was no, is code",
        'ledger \'tasks\': fields was {"no": {}}, is {"no": {sort: number}}',
        "ledger 'old' is gone",
        "campaign 'safety': to was 2024-12-31, is 2025-12-31",
        "campaign 'more' is new",
    ]
    assert [changes[at].text("zh") for at in (5, 7)] == ["删去台账“old”", "新增专项行动“more”"]


@given(documents(), documents())
def test_changes_go_both_ways(one: Document, other: Document) -> None:
    there, back = changes_between(one, other), changes_between(other, one)

    assert len(there) == len(back)
    assert (there == ()) == (back == ())
    assert {(c.what, c.code, c.key, c.before, c.after) for c in there} == {
        (c.what, c.code, c.key, c.after, c.before) for c in back
    }
    assert all(change.text("zh") and change.text("en") for change in there)
