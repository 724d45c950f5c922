"""What each role has to do now, for the start page."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import Final

from django.db.models import Count
from django.urls import reverse

from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.process.rounds.appeal import APPEAL
from quanheng.process.rounds.people import Person
from quanheng.process.rounds.round import ROUND
from quanheng.web.appeals.models import KeptAppeal
from quanheng.web.boards.domain.saying import SAID_IN
from quanheng.web.boards.queries.own import doubts_by_round, open_figures
from quanheng.web.publication.models import KeptPublication
from quanheng.web.results.models.run import SHOWN
from quanheng.web.rounds.models import Cell, KeptRound, Question
from quanheng.web.rounds.models.round import OF_THOSE_THERE
from quanheng.web.rounds.queries.tasks import due_of, questions_of

_MOST: Final = 10
"""So many rounds are shown, the newest first."""
_GOING_ON: Final = ("draft", "open", "checking", "provisional", "final")


class ToDo(Value):
    """A line of the start page: about what, where that is, and what counts there; `until` when it ends."""

    name: Text
    address: str
    counts: tuple[tuple[Text, int], ...] = ()
    until: dt.datetime | None = None


def to_do(person: Person, at: dt.datetime) -> list[ToDo]:
    """Return what `person` has to do or can look at now, role by role."""
    found: list[ToDo] = []
    if person.may_act_as("reporter"):
        found.extend(_of_reporter(person, at))
    if person.may_act_as("office"):
        found.extend(_of_office(person))
    if person.may_act_as("unit"):
        found.extend(_of_unit(person))
    if person.may_act_as("leader"):
        found.extend(_of_leader(person))
    return found


def _of_reporter(person: Person, at: dt.datetime) -> Iterator[ToDo]:
    for row in due_of(person, at, questions_of(person)):
        if not row.is_over and not row.is_done:
            name = Text(zh=f"填报：{row.round.title}", en=f"Report: {row.round.title}")
            address = reverse("fill", args=[row.round.pk])
            counts = tuple((words, count) for words, count, _ in row.counts)
            yield ToDo(name=name, address=address, counts=counts, until=row.due)


def _of_office(person: Person) -> Iterator[ToDo]:
    going_on = KeptRound.objects.visible_to(person).filter(state__in=_GOING_ON)
    rounds = list(going_on.values_list("pk", "title", "state")[:_MOST])
    keys = [pk for pk, _, _ in rounds]
    per_round = (
        (
            Text(zh="待审核", en="to check"),
            Cell.objects.visible_to(person).filter(round__in=keys, state="submitted", **OF_THOSE_THERE),
        ),
        (
            Text(zh="待答复的提问", en="questions not answered"),
            Question.objects.visible_to(person).filter(round__in=keys, answer=None),
        ),
        (
            Text(zh="未办结的申诉", en="appeals open"),
            KeptAppeal.objects.visible_to(person).filter(round__in=keys).exclude(state__in=APPEAL.final),
        ),
        (
            Text(zh="已定时的发布", en="publications planned"),
            KeptPublication.objects.visible_to(person).filter(round__in=keys, state="planned"),
        ),
    )
    counted = [
        (words, dict(rows.order_by().values_list("round").annotate(count=Count("pk"))))
        for words, rows in per_round
    ]
    doubted = doubts_by_round(person, [pk for pk, _, state in rounds if state in SAID_IN])
    counted.insert(2, (Text(zh="单位有疑问的指标值", en="figures that units doubt"), doubted))
    for pk, title, code in rounds:
        state = ROUND.states[code]
        next_one = _next_step(code)
        yield ToDo(
            name=Text(
                zh=f"{title}（{state.in_language('zh')}）：下一步“{next_one.in_language('zh')}”",
                en=f"{title} ({state.in_language('en')}): next, {next_one.in_language('en')}",
            ),
            address=reverse("round", args=[pk]),
            counts=tuple((words, found[pk]) for words, found in counted if found.get(pk)),
        )


def _next_step(state: str) -> Text:
    """Return what takes a round in `state` on; to extend reporting or to take results back leads back."""
    order = list(ROUND.states)
    steps = [move for move in ROUND.moves_from(state) if order.index(move.after) > order.index(state)]
    return next((move.name for move in steps if "office" in move.by), ROUND.states[state])


def _of_unit(person: Person) -> Iterator[ToDo]:
    left: Counter[int] = open_figures(person)
    own = KeptRound.objects.visible_to(person).filter(units__unit__in=sorted(person.units)).distinct()
    for kept in own.filter(state__in=("open", "checking", *SHOWN))[:_MOST]:
        checks = kept.state == "provisional"
        if not checks and not left[kept.pk]:
            continue
        counts = (
            ((Text(zh="待确认的指标值", en="figures to confirm"), left[kept.pk]),) if left[kept.pk] else ()
        )
        name = Text(zh=f"核对：{kept.title}", en=f"Check: {kept.title}")
        until = kept.window_ends if checks else None
        yield ToDo(name=name, address=reverse("own_board", args=[kept.pk]), counts=counts, until=until)


def _of_leader(person: Person) -> Iterator[ToDo]:
    for kept in KeptRound.objects.visible_to(person).filter(state__in=SHOWN)[:_MOST]:
        name = Text(zh=f"看板：{kept.title}", en=f"Board: {kept.title}")
        yield ToDo(name=name, address=reverse("board", args=[kept.pk]))
