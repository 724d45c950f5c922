from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from tests.web.people_of_all_roles import NOW, actor, somebody
from tests.web.rounds.world import DUE, LATER, TOO_LATE, a_round, kept_scheme, save

from quanheng.findings.finding import FindingsError
from quanheng.process.rounds.people import Role
from quanheng.web.audit.models import Entry
from quanheng.web.rounds.domain.rounds import Plan, make_round, move_round
from quanheng.web.rounds.domain.tasks import Wish, assign, end_tasks
from quanheng.web.rounds.models import AskedItem, AskedUnit, KeptRound, Task

OFFICE = actor("office", code="li")


def refused(plan: Plan, *roles: Role) -> list[str]:
    with pytest.raises(FindingsError) as refusal:
        make_round(by=actor(*(roles or ("office",))), at=NOW, plan=plan)
    assert not KeptRound.objects.for_the_program().filter(code=plan.code, title="新").exists()
    return [finding.code for finding in refusal.value.findings]


def plan(other: dict[str, Any] | None = None) -> Plan:
    scheme = kept_scheme()
    told = Plan(
        code="2024-Q1", title="新", scheme=scheme.pk, period="2024-Q1", due=DUE, units=frozenset({"T1", "T2"})
    )
    return replace(told, **other or {})


def test_a_round_asks_what_its_scheme_asks_in_its_period() -> None:
    kept = make_round(by=OFFICE, at=NOW, plan=plan())

    items = AskedItem.objects.for_the_program().filter(round=kept)
    units = AskedUnit.objects.for_the_program().filter(round=kept)
    assert [(item.code, item.period, item.measured_in) for item in items] == [
        ("gdp", "2024-Q1", "亿元"),
        ("rate", "2024-Q1", "%"),
    ]
    assert [unit.unit.code for unit in units] == ["T1", "T2"]
    assert (kept.state, kept.period) == ("draft", "2024-Q1")


def test_the_last_part_of_a_year_asks_for_what_comes_once_a_year() -> None:
    kept = make_round(by=OFFICE, at=NOW, plan=plan({"period": "2024年四季度"}))

    items = AskedItem.objects.for_the_program().filter(round=kept)
    assert [(item.code, item.period) for item in items] == [
        ("gdp", "2024-Q4"),
        ("rate", "2024-Q4"),
        ("survey", "2024"),
    ]


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"code": "a b"}, "QH963"),
        ({"title": " "}, "QH963"),
        ({"title": "考核\u202e"}, "QH895"),
        ({"period": "spring"}, "QH967"),
        ({"period": "2024-02"}, "QH965"),
        ({"units": frozenset({"T9"})}, "QH966"),
    ],
)
def test_what_is_wrong_with_a_plan_is_told(other: dict[str, Any], code: str) -> None:
    assert refused(plan(other)) == [code]


def test_a_code_stands_for_one_round() -> None:
    told = plan({"title": "旧"})
    make_round(by=OFFICE, at=NOW, plan=told)

    assert refused(replace(told, title="新")) == ["QH964"]


@pytest.mark.parametrize("role", ["administrator", "reporter", "unit", "leader", "auditor"])
def test_only_the_office_makes_rounds(role: Role) -> None:
    assert refused(plan(), role) == ["QH956"]


def test_a_round_is_opened_once_every_figure_is_assigned() -> None:
    kept = make_round(by=OFFICE, at=NOW, plan=plan())
    somebody("reporter", code="wang")

    with pytest.raises(FindingsError) as refusal:
        move_round(by=OFFICE, at=LATER, pk=kept.pk, move="open")
    wish = Wish(items=frozenset({"gdp", "rate"}), units=frozenset({"T1", "T2"}), reporter="wang")
    assign(by=OFFICE, at=LATER, pk=kept.pk, wishes=(wish,))
    opened = move_round(by=OFFICE, at=LATER, pk=kept.pk, move="open")

    assert [(finding.code, finding.facts["count"]) for finding in refusal.value.findings] == [("QH905", "4")]
    assert opened.state == "open"


def test_moves_of_a_round_and_their_refusals_stand_in_its_chain() -> None:
    kept = a_round()
    with pytest.raises(FindingsError):
        move_round(by=OFFICE, at=LATER, pk=kept.pk, move="close")
    move_round(by=OFFICE, at=LATER, pk=kept.pk, move="close", reason="early")

    told = Entry.objects.for_the_program().filter(action="round.move").order_by("id")
    assert [(entry.outcome, entry.reasons) for entry in told] == [
        ("done", ""),
        ("refused", "QH913"),
        ("done", ""),
    ]


def test_reporting_is_extended_to_a_later_deadline() -> None:
    kept = a_round()
    move_round(by=OFFICE, at=TOO_LATE, pk=kept.pk, move="close")
    later = TOO_LATE + dt.timedelta(days=3)

    extended = move_round(by=OFFICE, at=TOO_LATE, pk=kept.pk, move="extend", reason="snow", due=later)

    assert (extended.state, extended.due) == ("open", later)
    assert save(kept, {"gdp T1": "1"}, at=later).saved == 1


def test_another_reporter_takes_over_only_with_a_reason() -> None:
    kept = a_round()
    wish = Wish(items=frozenset({"gdp"}), units=frozenset({"T1"}), reporter="zhao")

    with pytest.raises(FindingsError) as refusal:
        assign(by=OFFICE, at=LATER, pk=kept.pk, wishes=(wish,))
    done = assign(by=OFFICE, at=LATER, pk=kept.pk, wishes=(wish,), reason="wang is ill")

    assert [finding.code for finding in refusal.value.findings] == ["QH971"]
    assert (done.new, done.changed) == (0, 1)
    assert save(kept, {"gdp T1": "1"}, code="zhao").saved == 1


def test_a_task_has_a_deadline_of_its_own() -> None:
    kept = a_round()
    later = DUE + dt.timedelta(days=1)
    wish = Wish(items=frozenset({"gdp"}), units=frozenset({"T1"}), reporter="wang", due=later)
    assign(by=OFFICE, at=LATER, pk=kept.pk, wishes=(wish,), reason="the statistics come later")

    done = save(kept, {"gdp T1": "1", "rate T1": "1"}, at=later)

    assert done.saved == 1
    assert [finding.code for found in done.refused.values() for finding in found] == ["QH916"]


def test_a_task_that_ended_can_be_given_anew() -> None:
    kept = a_round()
    items, units = frozenset({"gdp"}), frozenset({"T1"})

    with pytest.raises(FindingsError) as refusal:
        end_tasks(by=OFFICE, at=LATER, pk=kept.pk, items=items, units=units, reason=" ")
    count = end_tasks(by=OFFICE, at=LATER, pk=kept.pk, items=items, units=units, reason="moved")
    wish = Wish(items=items, units=units, reporter="zhao")
    done = assign(by=OFFICE, at=LATER, pk=kept.pk, wishes=(wish,))

    assert [finding.code for finding in refusal.value.findings] == ["QH903"]
    assert (count, done.new) == (1, 1)
    assert Task.objects.for_the_program().filter(round=kept, state="given").count() == 6


def test_figures_are_assigned_to_those_who_report() -> None:
    kept = a_round()
    somebody("leader", code="ma")
    wish = Wish(items=frozenset({"gdp"}), units=frozenset({"T1"}), reporter="ma")

    with pytest.raises(FindingsError) as refusal:
        assign(by=OFFICE, at=LATER, pk=kept.pk, wishes=(wish,), reason="-")

    assert [finding.code for finding in refusal.value.findings] == ["QH968"]


def test_who_sees_what_of_a_round() -> None:
    kept = a_round()
    draft = a_round(code="2024-Q2", period="2024-Q2", opened=False)
    people = {
        "office": actor("office").person,
        "reporter": actor("reporter", code="wang").person,
        "other": actor("reporter", code="sun").person,
        "unit": replace(actor("unit").person, units=frozenset({"T1"})),
        "foreign unit": replace(actor("unit").person, units=frozenset({"T9"})),
        "leader": actor("leader").person,
        "auditor": actor("auditor").person,
        "administrator": actor("administrator").person,
    }

    seen = {
        name: {each.code for each in KeptRound.objects.visible_to(person)} for name, person in people.items()
    }
    tasks = {name: Task.objects.visible_to(person).count() for name, person in people.items()}

    assert seen == {
        "office": {kept.code, draft.code},
        "reporter": {kept.code},
        "other": set(),
        "unit": {kept.code},
        "foreign unit": set(),
        "leader": {kept.code},
        "auditor": set(),
        "administrator": set(),
    }
    assert tasks == dict.fromkeys(people, 0) | {"office": 12, "reporter": 4}
