"""Ledgers and campaigns as they are written become values; items know whose records a ledger holds."""

from __future__ import annotations

import datetime as dt

from tests.scheme.written import scheme

from quanheng.findings.text import Text
from quanheng.scheme.items.item import FromLedger
from quanheng.scheme.ledgers.ledger import Campaign, Field, Ledger, Milestone, States

_BODY = """
    items: {a: {scope: 含开发区}}
    indicators: {one: {measure: a, weight: 100, rule: percentile}}
"""


def test_ledger_has_its_values() -> None:
    made = scheme(f"""{_BODY}
    ledgers:
      requests:
        name: 群众诉求
        key: ticket
        unit: handled_by
        owner: officer
        evidence: proof
        opened: received_on
        due: due_on
        closed: closed_on
        states:
          column: state
          moves: {{受理: [办理], 办理: [办结, 退回], 退回: 办理, 办结: }}
        fields:
          ticket:
          received_on:
          closed_on: {{needed: false}}
          satisfaction: {{sort: number, least: 0, most: 100}}
          topic: {{one_of: [供水, 12345]}}
          weight: number
      tasks: 任务
    """)
    states = States(
        column="state",
        moves={"受理": ("办理",), "办理": ("办结", "退回"), "退回": ("办理",), "办结": ()},
        first=("受理",),
        done=("办结",),
    )

    assert made.ledgers == (
        Ledger(
            code="requests",
            name=Text(zh="群众诉求"),
            key="ticket",
            unit="handled_by",
            owner="officer",
            evidence="proof",
            opened="received_on",
            due="due_on",
            closed="closed_on",
            states=states,
            fields=(
                Field(column="ticket", needed=True),
                Field(column="received_on", sort="date"),
                Field(column="closed_on", sort="date"),
                Field(column="satisfaction", sort="number", least=0.0, most=100.0),
                Field(column="topic", one_of=("供水", "12345")),
                Field(column="weight", sort="number"),
            ),
        ),
        Ledger(code="tasks", name=Text(zh="任务")),
    )


def test_states_may_say_which_are_first_and_last() -> None:
    made = scheme(f"""{_BODY}
    ledgers:
      a: {{states: {{column: s, moves: {{甲: [乙], 乙: [甲, 丙], 丙: [甲]}}}}}}
      b: {{states: {{column: s, moves: {{甲: [甲, 乙], 乙: }}, first: [甲, 乙], done: 甲}}}}
    """)
    round_trip, stated = (ledger.states for ledger in made.ledgers)

    assert round_trip is not None
    assert (round_trip.first, round_trip.done) == (("甲",), ())
    assert stated is not None
    assert (stated.first, stated.done, stated.names) == (("甲", "乙"), ("甲",), ("甲", "乙"))


def test_campaign_has_its_values() -> None:
    made = scheme(f"""{_BODY}
    ledgers: {{tasks: }}
    campaigns:
      safety:
        name: {{zh: 治本攻坚, en: Root causes}}
        ledger: tasks
        where: campaign == '治本攻坚'
        from: 2022-01-01
        to: "2024-12-31"
        milestones: [{{name: 动员部署, by: 2022-03-31, done: 10%}}, {{name: 收官, by: 2024-12-31, done: 1}}]
        indicators: one
      plain: {{ledger: tasks}}
    """)
    safety, plain = made.campaigns

    assert (safety.name, safety.ledger, str(safety.condition)) == (
        *(Text(zh="治本攻坚", en="Root causes"), "tasks", "campaign == '治本攻坚'"),
    )
    assert (safety.starts, safety.ends, safety.indicators) == (
        *(dt.date(2022, 1, 1), dt.date(2024, 12, 31), ("one",)),
    )
    assert safety.milestones == (
        Milestone(name="动员部署", by=dt.date(2022, 3, 31), done=0.1),
        Milestone(name="收官", by=dt.date(2024, 12, 31), done=1.0),
    )
    assert plain == Campaign(code="plain", name=Text(en="plain"), ledger="tasks")


def test_items_have_a_scope_and_the_unit_column_of_their_ledger() -> None:
    made = scheme("""
    items:
      a: {scope: 含开发区}
      b: {count: requests}
      c: {sum: requests.days, by: 镇街}
      d: {mean: hazards.days}
    indicators: {one: {measure: a + b + c + d, weight: 100, rule: percentile}}
    ledgers: {requests: {unit: handled_by}, hazards: }
    """)

    assert [item.scope for item in made.items] == ["含开发区", "", "", ""]
    assert [item.source.unit_column for item in made.items if isinstance(item.source, FromLedger)] == [
        *("handled_by", "镇街", "unit"),
    ]
