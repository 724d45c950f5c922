"""Asking about a figure without returning it, and answering."""

from __future__ import annotations

import datetime as dt
from typing import Final

from quanheng.findings.finding import FindingsError, require_no_errors
from quanheng.process.rounds.reported import NO_REPORTS_NOW, NOT_YOURS
from quanheng.process.rounds.round import ROUND
from quanheng.web.audit.actions import Done, action
from quanheng.web.base.actor import Actor
from quanheng.web.library.domain.versions import check_office
from quanheng.web.rounds.domain.access import first_time, locked_round
from quanheng.web.rounds.domain.figures import Figures, Place
from quanheng.web.rounds.findings import ANSWERED_ALREADY, NO_WORDS
from quanheng.web.rounds.models import Answer, Question

LONGEST: Final = 1000
"""Letters of a question, an answer, a message."""


@action("question.ask", noted=("pk", "text"))
def ask(*, by: Actor, at: dt.datetime, pk: int, place: Place, text: str, key: str = "") -> Done[bool]:
    """Ask about a figure; it stays as it is. Return whether the form came for the first time.

    Raises:
        FindingsError: it is not for the actor to ask, not now, or nothing is asked.
        KeyError: the round asks for no such figure.
    """
    kept = locked_round(pk)
    require_no_errors(check_office(by))
    table = Figures(kept, {place[1]})
    if not table.is_place(place):
        raise KeyError(place)
    about = f"{kept.code} {table.said(place)}"
    if not table.round.takes_corrections:
        raise FindingsError((NO_REPORTS_NOW.at(state=ROUND.states[kept.state]),))
    told = _words(text)
    if key and not first_time(by, at, key):
        return Done(False, about=about, after={"again": key}, chain=kept.chain)  # noqa: FBT003  what it is stands above
    Question(
        round=kept,
        item=table.items[place[0]],
        unit=table.units[place[1]],
        text=told,
        who=by.person.code,
        at=at,
    ).save(force_insert=True)
    return Done(True, about=about, after={"question": told}, chain=kept.chain)  # noqa: FBT003  the same


@action("question.answer", noted=("pk", "text"))
def answer(*, by: Actor, at: dt.datetime, pk: int, question: int, text: str) -> Done[Question]:
    """Answer a question about a figure that the actor reports.

    Raises:
        FindingsError: somebody else reports the figure, it was answered already, or nothing is answered.
        Question.DoesNotExist: there is no such question in the round.
    """
    kept = locked_round(pk)
    asked = Question.objects.for_the_program().select_related("item", "unit__unit")
    found = asked.get(pk=question, round=kept)
    table = Figures(kept, {found.unit_id})
    assignment = table.setting((found.item_id, found.unit_id)).assignment
    if assignment.reporter != by.person.code:
        names = {"item": found.item.name, "unit": found.unit.unit.name, "reporter": assignment.reporter}
        raise FindingsError((NOT_YOURS.at(**names),))
    if Answer.objects.for_the_program().filter(question=found).exists():
        raise FindingsError((ANSWERED_ALREADY.at(),))
    told = _words(text)
    Answer(question=found, text=told, who=by.person.code, at=at).save(force_insert=True)
    about = f"{kept.code} {table.said((found.item_id, found.unit_id))}"
    return Done(found, about=about, before={"question": found.text}, after={"answer": told}, chain=kept.chain)


def _words(text: str) -> str:
    told = text.strip()
    if not 0 < len(told) <= LONGEST:
        raise FindingsError((NO_WORDS.at(most=LONGEST),))
    return told
