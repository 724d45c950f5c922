from __future__ import annotations

import datetime as dt

import pytest
from django.db import DatabaseError, transaction
from tests.web.people_of_all_roles import actor
from tests.web.rounds.world import DUE, LATER, TOO_LATE, a_round, cell, place, save, wang

from quanheng.findings.finding import FindingsError
from quanheng.web.audit.models import Entry as LogEntry
from quanheng.web.rounds.domain.rounds import move_round
from quanheng.web.rounds.domain.values import Kept, move_values
from quanheng.web.rounds.models import Change


def codes(done: Kept) -> list[str]:
    return [finding.code for found in done.refused.values() for finding in found]


def test_what_changed_is_saved_as_a_row_with_who_and_when() -> None:
    kept = a_round()

    done = save(kept, {"gdp T1": "１，２３４．５", "rate T1": "6.1%", "gdp T2": "/", "rate T2": " "})

    assert (done.saved, done.refused) == (3, {})
    found = [cell(kept, item, unit) for item, unit in (("gdp", "T1"), ("rate", "T1"), ("gdp", "T2"))]
    assert [(each.number, each.nature, each.version) for each in found if each] == [
        (1234.5, "value", 1),
        (6.1, "value", 1),
        (None, "not_applicable", 1),
    ]
    assert cell(kept, "rate", "T2") is None
    change = Change.objects.for_the_program().get(item=place(kept, "gdp", "T1")[0], unit__unit="T1")
    assert (change.who, change.at, change.written, change.state) == ("wang", LATER, "１，２３４．５", "saved")


def test_the_log_of_the_round_tells_the_values_before_and_after() -> None:
    kept = a_round()
    save(kept, {"gdp T1": "1"})
    save(kept, {"gdp T1": "2", "rate T1": "many"}, seen=1)

    entry = LogEntry.objects.for_the_program().filter(action="values.save").order_by("number").last()

    assert entry is not None
    assert (entry.chain, entry.who, entry.before) == ("round-2024-Q1", "wang", {"T1 gdp": "1"})
    assert entry.after == {
        "saved": 1,
        "file": "",
        "values": {"T1 gdp": "2"},
        "refused": {"T1 rate": ["QH920", "QH974"]},
    }


def test_a_text_that_is_no_figure_is_told_and_keeps_nothing_else_back() -> None:
    kept = a_round()

    done = save(kept, {"gdp T1": "many", "rate T1": "1e999", "gdp T2": "12", "rate T2": "1" * 101})

    assert (done.saved, codes(done)) == (1, ["QH974", "QH974", "QH978"])


def test_nobody_saves_what_is_another_s_to_report() -> None:
    kept = a_round()

    done = save(kept, {"gdp T3": "1", "gdp T1": "2"})

    assert (done.saved, codes(done)) == (1, ["QH915"])
    assert cell(kept, "gdp", "T3") is None


@pytest.mark.parametrize(("at", "refused"), [(DUE, []), (TOO_LATE, ["QH916"])])
def test_a_deadline_holds_to_its_own_moment(at: dt.datetime, refused: list[str]) -> None:
    assert codes(save(a_round(), {"gdp T1": "1"}, at=at)) == refused


def test_nothing_is_saved_before_the_round_is_open() -> None:
    assert codes(save(a_round(opened=False), {"gdp T1": "1"})) == ["QH917"]


def test_the_second_of_two_sees_the_other_value_and_chooses() -> None:
    kept = a_round()
    save(kept, {"gdp T1": "1"})

    second = save(kept, {"gdp T1": "2"}, seen=0)
    chosen = save(kept, {"gdp T1": "2"}, seen=1, chosen=True)

    assert (codes(second), second.conflicts) == (["QH920"], frozenset({place(kept, "gdp", "T1")}))
    assert (chosen.saved, codes(chosen)) == (1, [])


def test_a_cell_that_was_left_alone_is_no_conflict() -> None:
    kept = a_round()
    save(kept, {"gdp T1": "1"})
    save(kept, {"gdp T1": "2"}, seen=1)

    done = save(kept, {"gdp T1": "1"}, seen=1)
    empty = save(kept, {"gdp T1": ""}, seen=0)

    now = cell(kept, "gdp", "T1")
    assert (done, empty) == (Kept(), Kept())
    assert now is not None
    assert (now.written, now.version) == ("2", 2)


def test_the_same_value_again_is_no_change() -> None:
    kept = a_round()
    save(kept, {"gdp T1": "1"})

    assert save(kept, {"gdp T1": " 1 "}, seen=1) == Kept()


def test_a_figure_can_be_emptied() -> None:
    kept = a_round()
    save(kept, {"gdp T1": "1"})
    save(kept, {"gdp T1": ""}, seen=1)

    now = cell(kept, "gdp", "T1")

    assert now is not None
    assert (now.nature, now.number, now.version) == ("missing", None, 2)


def test_a_form_that_comes_twice_counts_once() -> None:
    kept = a_round()

    first = save(kept, {"gdp T1": "1"}, key="one-form")
    again = save(kept, {"gdp T1": "2"}, key="one-form")

    now = cell(kept, "gdp", "T1")
    assert (first.saved, again) == (1, Kept(again=True))
    assert now is not None
    assert now.written == "1"


def test_saved_figures_are_submitted_and_withdrawn_together() -> None:
    kept = a_round()
    save(kept, {"gdp T1": "1", "rate T2": "2"})

    submitted = move_values(by=wang(), at=LATER, pk=kept.pk, move="submit")
    changed = save(kept, {"gdp T1": "9"}, seen=2)
    withdrawn = move_values(by=wang(), at=DUE, pk=kept.pk, move="withdraw")

    assert (submitted.moved, codes(changed), withdrawn.moved) == (2, ["QH902"], 2)
    now = cell(kept, "gdp", "T1")
    assert now is not None
    assert (now.state, now.written, now.version) == ("saved", "1", 3)


def test_nothing_is_withdrawn_after_the_deadline() -> None:
    kept = a_round()
    save(kept, {"gdp T1": "1"})
    move_values(by=wang(), at=LATER, pk=kept.pk, move="submit")

    with pytest.raises(FindingsError) as refusal:
        move_values(by=wang(), at=TOO_LATE, pk=kept.pk, move="withdraw")

    assert {finding.code for finding in refusal.value.findings} == {"QH916"}


def test_where_nothing_is_saved_nothing_is_submitted() -> None:
    kept = a_round()

    with pytest.raises(FindingsError) as refusal:
        move_values(by=wang(), at=LATER, pk=kept.pk, move="submit")

    assert [finding.code for finding in refusal.value.findings] == ["QH977"]


def test_the_database_keeps_every_change() -> None:
    kept = a_round()
    save(kept, {"gdp T1": "1"})

    with pytest.raises(DatabaseError), transaction.atomic():
        Change.objects.for_the_program().update(written="2")
    with pytest.raises(DatabaseError), transaction.atomic():
        Change.objects.for_the_program().all().delete()

    assert [change.written for change in Change.objects.for_the_program()] == ["1"]


def test_reporting_that_was_closed_takes_no_more() -> None:
    kept = a_round()
    office = actor("office", code="li")
    move_round(by=office, at=LATER, pk=kept.pk, move="close", reason="the council meets earlier")

    assert codes(save(kept, {"gdp T1": "1"})) == ["QH917"]
