"""What is due of whom, and who reports what."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Count, F, FilteredRelation, Q, QuerySet

from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.process.rounds.people import Person
from quanheng.process.rounds.reported import REPORTED
from quanheng.process.rounds.round import ROUND
from quanheng.web.rounds.models import AskedItem, AskedUnit, KeptRound, Question, Task
from quanheng.web.rounds.models.round import OF_THOSE_THERE, name_of_item

_ORDER = ("asked", "returned", "late", "empty", "saved", "submitted", "accepted")
"""What is looked at first."""
_WORDS = {
    **REPORTED.states,
    "late": Text(zh="逾期未报", en="late"),
    "asked": Text(zh="待答复", en="asked about"),
}
_OPEN = ("open", "checking")
_PRESSING = ("asked", "returned", "late")
_TO_REPORT = (*_PRESSING, "empty", "saved")


class RoundOfTasks(Value):
    """What a row tells of its round."""

    pk: int
    title: str
    version: int
    state: str

    @property
    def state_words(self) -> Text:
        """What its state is called."""
        return ROUND.states[self.state]


class Due(Value):
    """What somebody reports in a round until a deadline: how many figures are how far."""

    round: RoundOfTasks
    due: dt.datetime
    by_state: Mapping[str, int]

    @property
    def is_over(self) -> bool:
        """Whether nothing is reported in the round any more."""
        return self.round.state not in _OPEN

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to be reported."""
        return not any(self.by_state.get(state) for state in _TO_REPORT)

    @property
    def is_pressing(self) -> bool:
        """Whether something is asked about, was returned or is late."""
        return any(self.by_state.get(state) for state in _PRESSING)

    @property
    def counts(self) -> list[tuple[Text, int, str]]:
        """How many figures are how far: the words, the number and the state, what is looked at first."""
        counts = [(state, self.by_state.get(state, 0)) for state in _ORDER]
        return [(_WORDS[state], count, state) for state, count in counts if count]


def due_of(person: Person, at: dt.datetime, questions: Iterable[OpenQuestion]) -> list[Due]:
    """Return what a person reports: a row for each round and deadline, with how many figures are how far.

    First what is asked about, by the open `questions`, was returned or is late, then by the deadline; rounds
    that are over come last.
    """
    tasks = _with_figures(person)
    columns = ("round_id", "round__title", "round__version", "round__state")
    # thousands of tasks stand in few rows: the database counts them
    grouped = tasks.values_list(*columns, *_DEADLINES, "figure__state").annotate(count=Count("pk"))
    rounds: dict[int, RoundOfTasks] = {}
    rows: defaultdict[tuple[int, dt.datetime], Counter[str]] = defaultdict(Counter)
    for pk, title, version, state_of_round, *deadlines, state, count in grouped.order_by("round_id"):
        rounds[pk] = RoundOfTasks(pk=pk, title=title, version=version, state=state_of_round)
        due = _first_set(deadlines)
        is_late = state in (None, "saved") and due < at
        rows[pk, due]["late" if is_late else state or "empty"] += count
    for pk, due in _asked_about(tasks, {(each.item, each.unit) for each in questions}):
        rows[pk, due]["asked"] += 1
    found = [Due(round=rounds[pk], due=due, by_state=counts) for (pk, due), counts in rows.items()]
    return sorted(found, key=lambda row: (row.is_over, row.is_done, not row.is_pressing, row.due))


_DEADLINES = ("figure__due", "due", "round__due")
"""The deadlines of a task: that of its figure comes before its own, and that before the round's."""


def _with_figures(person: Person) -> QuerySet[Task]:
    """Return the tasks of a person, each with the figure that is reported by it, if there is one."""
    own = {"state": "given", "reporter__code": person.code, **OF_THOSE_THERE}
    tasks = Task.objects.visible_to(person).filter(**own)
    same_item = Q(unit__cells__item=F("item"))
    return tasks.annotate(figure=FilteredRelation("unit__cells", condition=same_item))


def _asked_about(
    tasks: QuerySet[Task], places: Iterable[tuple[int, int]]
) -> Iterator[tuple[int, dt.datetime]]:
    """Yield the round and the deadline of each task whose figure is one of `places`."""
    wanted = set(places)
    if not wanted:
        return
    near = tasks.filter(item__in={item for item, _ in wanted}, unit__in={unit for _, unit in wanted})
    for item, unit, pk, *deadlines in near.values_list("item_id", "unit_id", "round_id", *_DEADLINES):
        if (item, unit) in wanted:
            yield pk, _first_set(deadlines)


def _first_set(deadlines: Iterable[dt.datetime | None]) -> dt.datetime:
    return next(due for due in deadlines if due is not None)


class OpenQuestion(Value):
    """What the office asks about the figure of an item and a unit in a round, all three by their keys."""

    round: int
    item: int
    unit: int
    title: str
    """What the round is called."""
    name: Text
    """What the item is called."""
    unit_name: str
    text: str


def questions_of(person: Person) -> list[OpenQuestion]:
    """Return the questions that `person` has yet to answer, in rounds in which figures are looked at."""
    open_ones = Question.objects.visible_to(person).filter(answer=None, round__state__in=_OPEN)
    called = ("round__title", "item__names", "item__code", "unit__unit__name")
    return [
        OpenQuestion(
            round=pk,
            item=item,
            unit=unit,
            title=title,
            name=name_of_item(names, code),
            unit_name=unit_name,
            text=text,
        )
        for pk, item, unit, text, title, names, code, unit_name in open_ones.values_list(
            "round_id", "item_id", "unit_id", "text", *called
        )
    ]


def rows_of(
    person: Person, kept: KeptRound, items: Sequence[AskedItem], units: Sequence[AskedUnit]
) -> dict[str, Any]:
    """Return who reports what in a round, a row for each item: by whom, and of which units nobody does."""
    tasks = Task.objects.visible_to(person).filter(round=kept, state="given", **OF_THOSE_THERE)
    given = tasks.select_related("reporter")
    by_item: dict[int, dict[int, Task]] = {}
    for task in given:
        by_item.setdefault(task.item_id, {})[task.unit_id] = task
    rows: list[dict[str, Any]] = []
    for item in items:
        own = by_item.get(item.pk, {})
        asked = [unit for unit in units if item.is_asked_of(unit)]
        missing = [unit.unit.name for unit in asked if unit.pk not in own]
        by = Counter((task.reporter.name, task.due, task.is_reported) for task in own.values())
        rows.append(
            {
                "item": item,
                "asked": len(asked),
                "by": [
                    {"name": name, "due": due, "count": count, "is_reported": is_reported}
                    for (name, due, is_reported), count in by.items()
                ],
                "missing": missing[:_FEW],
                "more": max(0, len(missing) - _FEW),
            }
        )
    reported = sum(task.is_reported for task in given)
    return {"rows": rows, "unassigned": sum(row["asked"] for row in rows) - reported}


_FEW = 8
