"""Checking: many are accepted at once, one is returned and the rest stays; questions are answered."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import DatabaseError, transaction
from tests.web.people_of_all_roles import actor
from tests.web.rounds.world import DUE, LATER, TOO_LATE, a_round, cell, place, save, wang

from quanheng.findings.finding import FindingsError
from quanheng.web.audit.models import Entry
from quanheng.web.base.actor import Actor
from quanheng.web.rounds.domain.questions import answer, ask
from quanheng.web.rounds.domain.review import Return, Review, return_value, review_values
from quanheng.web.rounds.domain.rounds import move_round
from quanheng.web.rounds.domain.values import Kept, move_values
from quanheng.web.rounds.models import Answer, Change, KeptRound, Question

LI = actor("office", code="li")


def submitted(kept: KeptRound, *names: str) -> None:
    save(kept, dict.fromkeys(names, "1"))
    move_values(by=wang(), at=LATER, pk=kept.pk, move="submit")


def review(
    kept: KeptRound, names: dict[str, int], *, by: Actor = LI, move: str = "accept", reason: str = ""
) -> Kept:
    seen = {place(kept, *name.split()): version for name, version in names.items()}
    decision = Review(move=move, seen=seen, reason=reason)
    return review_values(by=by, at=LATER, pk=kept.pk, review=decision)


def give_back(
    kept: KeptRound,
    name: str,
    *,
    at: dt.datetime = LATER,
    message: str = "口径不对",
    due: dt.datetime | None = None,
) -> None:
    found = cell(kept, *name.split())
    wish = Return(
        place=place(kept, *name.split()), seen=found.version if found else 0, message=message, due=due
    )
    return_value(by=LI, at=at, pk=kept.pk, wish=wish)


def state(kept: KeptRound, name: str) -> str:
    found = cell(kept, *name.split())
    return found.state if found else "empty"


def test_many_are_accepted_and_what_is_not_submitted_keeps_nothing_back() -> None:
    kept = a_round()
    submitted(kept, "gdp T1", "gdp T2")
    save(kept, {"rate T1": "3"})

    done = review(kept, {"gdp T1": 2, "gdp T2": 2, "rate T1": 1})

    assert done.moved == 2
    assert {found[0].code for found in done.refused.values()} == {"QH902"}
    assert [state(kept, name) for name in ("gdp T1", "gdp T2", "rate T1")] == [
        "accepted",
        "accepted",
        "saved",
    ]
    entry = Entry.objects.for_the_program().latest("pk")
    assert (entry.action, entry.chain, entry.who) == ("values.review", "round-2024-Q1", "li")
    assert entry.after == {
        "move": "accept",
        "cells": ["T1 gdp", "T2 gdp"],
        "refused": {"T1 rate": ["QH902"]},
    }
    change = Change.objects.for_the_program().latest("pk")
    assert (change.move, change.who, change.at, change.written) == ("accept", "li", LATER, "1")


def test_one_that_changed_meanwhile_is_not_accepted_unseen() -> None:
    kept = a_round()
    submitted(kept, "gdp T1")
    move_values(by=wang(), at=LATER, pk=kept.pk, move="withdraw")
    save(kept, {"gdp T1": "9"}, seen=3)
    move_values(by=wang(), at=LATER, pk=kept.pk, move="submit")

    done = review(kept, {"gdp T1": 2})

    assert [finding.code for found in done.refused.values() for finding in found] == ["QH920"]
    assert Entry.objects.for_the_program().latest("pk").outcome == "refused"


def test_nobody_accepts_what_they_entered() -> None:
    kept = a_round()
    submitted(kept, "gdp T1")

    done = review(kept, {"gdp T1": 2}, by=actor("office", "reporter", code="wang"))

    assert [finding.code for found in done.refused.values() for finding in found] == ["QH919"]
    assert state(kept, "gdp T1") == "submitted"


def test_who_is_not_of_the_office_accepts_nothing_and_it_is_told() -> None:
    kept = a_round()
    submitted(kept, "gdp T1")

    with pytest.raises(FindingsError):
        review(kept, {"gdp T1": 2}, by=actor("leader", code="sun"))

    entry = Entry.objects.for_the_program().latest("pk")
    assert (entry.outcome, entry.action, entry.reasons) == ("refused", "values.review", "QH956")


def test_where_nothing_is_chosen_it_says_so() -> None:
    kept = a_round()

    with pytest.raises(FindingsError) as refusal:
        review(kept, {})

    assert [finding.code for finding in refusal.value.findings] == ["QH985"]


def test_a_figure_that_is_not_there_is_declared_missing_with_a_reason() -> None:
    kept = a_round()
    save(kept, {"gdp T1": "5"})

    without = review(kept, {"gdp T1": 1, "gdp T2": 0}, move="miss")
    done = review(kept, {"gdp T1": 1, "gdp T2": 0}, move="miss", reason="统计局未发布")

    assert {found[0].code for found in without.refused.values()} == {"QH903"}
    found = [cell(kept, "gdp", unit) for unit in ("T1", "T2")]
    assert done.moved == 2
    assert [(each.state, each.nature, each.number, each.written, each.message) for each in found if each] == [
        ("accepted", "missing", None, "", "统计局未发布")
    ] * 2


def test_one_is_returned_with_its_message_and_the_rest_stays() -> None:
    kept = a_round()
    submitted(kept, "gdp T1", "gdp T2")

    give_back(kept, "gdp T1")
    mended = save(kept, {"gdp T1": "2"}, seen=3)

    found = cell(kept, "gdp", "T1")
    assert (mended.saved, state(kept, "gdp T2")) == (1, "submitted")
    assert found is not None
    assert (found.message, found.version) == ("口径不对", 4)
    assert [change.message for change in Change.objects.for_the_program().filter(move="return")] == [
        "口径不对"
    ]


@pytest.mark.parametrize(("message", "code"), [("  ", "QH903"), ("x", None)])
def test_a_message_is_required(message: str, code: str | None) -> None:
    kept = a_round()
    submitted(kept, "gdp T1")

    if code is None:
        give_back(kept, "gdp T1", message=message)
        assert state(kept, "gdp T1") == "returned"
        return
    with pytest.raises(FindingsError) as refusal:
        give_back(kept, "gdp T1", message=message)
    assert [finding.code for finding in refusal.value.findings] == [code]


def test_after_the_deadline_a_return_comes_with_another_one() -> None:
    kept = a_round()
    submitted(kept, "gdp T1")
    move_round(by=LI, at=TOO_LATE, pk=kept.pk, move="close")

    for due, code in ((None, "QH984"), (DUE, "QH906")):
        with pytest.raises(FindingsError) as refusal:
            give_back(kept, "gdp T1", at=TOO_LATE, due=due)
        assert [finding.code for finding in refusal.value.findings] == [code]
    give_back(kept, "gdp T1", at=TOO_LATE, due=TOO_LATE + dt.timedelta(days=1))

    assert save(kept, {"gdp T1": "3"}, seen=3, at=TOO_LATE).saved == 1


def test_in_a_round_that_was_closed_early_what_is_returned_can_be_mended_until_its_deadline() -> None:
    kept = a_round()
    submitted(kept, "gdp T1")
    move_round(by=LI, at=LATER, pk=kept.pk, move="close", reason="提前")
    give_back(kept, "gdp T1")

    assert save(kept, {"gdp T1": "3"}, seen=3).saved == 1


def test_a_question_leaves_the_figure_as_it_is_and_is_answered_once() -> None:
    kept = a_round()
    submitted(kept, "gdp T1")
    where = place(kept, "gdp", "T1")

    asked = ask(by=LI, at=LATER, pk=kept.pk, place=where, text="是否含园区？", key="form")
    again = ask(by=LI, at=LATER, pk=kept.pk, place=where, text="是否含园区？", key="form")
    question = Question.objects.for_the_program().get()
    answer(by=wang(), at=LATER, pk=kept.pk, question=question.pk, text="含。")
    told = Answer.objects.for_the_program().get()
    with pytest.raises(FindingsError) as refusal:
        answer(by=wang(), at=LATER, pk=kept.pk, question=question.pk, text="不含。")

    assert (asked, again, state(kept, "gdp T1")) == (True, False, "submitted")
    assert [finding.code for finding in refusal.value.findings] == ["QH987"]
    assert (told.question, told.text, told.who) == (question, "含。", "wang")
    for model in (Question, Answer):
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.for_the_program().update(text="x")


def test_only_who_reports_the_figure_answers() -> None:
    kept = a_round()
    ask(by=LI, at=LATER, pk=kept.pk, place=place(kept, "gdp", "T1"), text="?")
    question = Question.objects.for_the_program().get()

    with pytest.raises(FindingsError) as refusal:
        answer(by=wang("zhao"), at=LATER, pk=kept.pk, question=question.pk, text="!")

    assert [finding.code for finding in refusal.value.findings] == ["QH915"]
    assert Entry.objects.for_the_program().latest("pk").outcome == "refused"
    assert [list(Question.objects.visible_to(wang(code).person)) for code in ("wang", "zhao")] == [
        [question],
        [],
    ]


@pytest.mark.parametrize("text", [" ", "x" * 1001])
def test_a_question_has_words(text: str) -> None:
    kept = a_round()

    with pytest.raises(FindingsError) as refusal:
        ask(by=LI, at=LATER, pk=kept.pk, place=place(kept, "gdp", "T1"), text=text)

    assert [finding.code for finding in refusal.value.findings] == ["QH986"]
