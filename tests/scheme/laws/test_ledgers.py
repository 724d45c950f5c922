"""The laws of ledgers, campaigns and scopes: what cannot be is found where it stands."""

from __future__ import annotations

import pytest
from tests.scheme.written import all_codes_in, codes_in, findings_in

_BODY = """\
items: {a: , n: {count: requests, where: ticket != ''}}
indicators:
  one: {measure: a / n, weight: 100, rule: scale}
"""


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ("ledgers: {requests: {opened: on, due: on}}", "QH268"),
        ("ledgers: {requests: {key: state, states: {column: state, moves: {甲: 乙, 乙: }}}}", "QH268"),
        ("ledgers: {requests: {due: due_on, fields: {due_on: text}}}", "QH269"),
        ("ledgers: {requests: {states: {column: s, moves: {甲: [乙, 丙], 乙: }}}}", "QH270"),
        ("ledgers: {requests: {states: {column: s, moves: {甲: 乙, 乙: }, done: [已]}}}", "QH270"),
        ("ledgers: {requests: {fields: {'no': , 'No ': }}}", "QH271"),
        ("ledgers: {requests: {fields: {x: {sort: number, least: 3, most: 2}}}}", "QH272"),
        ("ledgers: {requests: {states: {column: s, moves: {甲: 乙, 乙: , 丙: 乙}, first: 甲}}}", "QH273"),
        ("ledgers: {requests: {states: {column: s, moves: {甲: 乙, 乙: 甲}}}}", "QH274"),
        ("ledgers: {requests: {fields: {x: {least: 3}}}}", "QH134"),
        ("ledgers: {requests: {fields: {x: {sort: number, one_of: [1]}}}}", "QH133"),
        ("ledgers: {requests: {states: {column: s, moves: {}}}}", "QH129"),
        ("campaigns: {c: {ledger: task}}", "QH275"),
    ],
)
def test_ledgers_are_checked(keys: str, code: str) -> None:
    assert all_codes_in(f"{_BODY}{keys}\n") == [(code, 8)]


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ("from: 2024-01-01, to: 2023-01-01", "QH277"),
        ("from: 2023-02-01, milestones: [{name: 甲, by: 2023-01-01, done: 10%}]", "QH277"),
        ("to: 2023-02-01, milestones: [{name: 甲, by: 2023-03-01, done: 10%}]", "QH277"),
        (
            "milestones: [{name: 甲, by: 2023-03-01, done: 10%}, {name: 乙, by: 2023-02-01, done: 20%}]",
            "QH277",
        ),
        (
            "milestones: [{name: 甲, by: 2023-01-01, done: 30%}, {name: 乙, by: 2023-02-01, done: 20%}]",
            "QH277",
        ),
        ("indicators: [one, onne]", "QH278"),
        ("where: days + 1", "QH224"),
        ("where: share(days) > 1", "QH223"),
        ("from: 2023-02-30", "QH129"),
        ("to: 二〇二三年", "QH129"),
    ],
)
def test_campaigns_are_checked(keys: str, code: str) -> None:
    body = f"ledgers: {{requests: }}\ncampaigns: {{c: {{ledger: requests, {keys}}}}}\n"

    assert all_codes_in(f"{_BODY}{body}") == [(code, 9)]


@pytest.mark.parametrize(
    "keys", ["ledgers: {reqests: {key: no}}", "ledgers: {requests: {key: tickets, fields: {tickets: }}}"]
)
def test_names_like_declared_ones_are_met_where_they_stand(keys: str) -> None:
    assert codes_in(f"{_BODY}{keys}\n") == [("QH276", 5)]


def test_ledgers_and_campaigns_in_order_are_passed() -> None:
    body = """
ledgers:
  requests:
    key: ticket
    opened: received_on
    due: due_on
    states: {column: state, moves: {受理: 办理, 办理: [办结, 退回], 退回: 办理, 办结: }}
    fields: {ticket: , received_on: , due_on: date, stars: {sort: number, least: 1, most: 5}, region: }
campaigns:
  c:
    ledger: requests
    where: region == '东' and due_on >= 2023-01-01 or stars > 3
    from: 2023-01-01
    milestones: [{name: 甲, by: 2023-01-01, done: 10%}, {name: 乙, by: 2023-02-01, done: 10%}]
    indicators: one
"""

    assert codes_in(f"{_BODY}{body}") == []


def test_items_of_two_scopes_in_one_formula_are_met_with_a_warning() -> None:
    found = findings_in("""
    items: {a: {scope: 含开发区}, b: {scope: 不含开发区}, c: }
    indicators:
      one: {measure: a / b, weight: 50, rule: scale}
      two: {measure: a / c + b * 0, weight: 30, rule: scale, coefficient: a}
      three: {measure: a / c, weight: 20, rule: scale}
    """)

    assert [(each.code, each.severity, each.where.line) for each in found] == [
        *(("QH279", "warning", 7), ("QH279", "warning", 8)),
    ]
    assert found[0].text("zh").startswith("s.yaml:7: 警告 QH279 “a”的口径为含开发区，“b”为不含开发区：a / b")
