"""What is due of whom, and who reports what."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from quanheng.findings.text import Text
from quanheng.process.rounds.people import Person
from quanheng.process.rounds.reported import REPORTED
from quanheng.web.rounds.models import AskedItem, AskedUnit, Cell, KeptRound, Question, Task
from quanheng.web.rounds.models.round import OF_THOSE_THERE

_ORDER = ("asked", "returned", "late", "empty", "saved", "submitted", "accepted")
"""What is looked at first."""
_WORDS = {
    **REPORTED.states,
    "late": Text(zh="逾期未报", en="late"),
    "asked": Text(zh="待答复", en="asked about"),
}
_OPEN = ("open", "checking")
_PRESSING = ("asked", "returned", "late")


def due_of(person: Person, at: dt.datetime, questions: Iterable[Question]) -> list[dict[str, Any]]:
    """Return what a person reports: a row for each round and deadline, with how many figures are how far.

    First what is asked about, by the open `questions`, was returned or is late, then by the deadline; rounds
    that are over come last.
    """
    tasks = Task.objects.visible_to(person).filter(
        state="given", reporter__code=person.code, **OF_THOSE_THERE
    )
    rounds = KeptRound.objects.visible_to(person).filter(pk__in=tasks.values("round")).in_bulk()
    cells = Cell.objects.visible_to(person).filter(round__in=tasks.values("round"))
    # thousands of them: as columns, which costs a fourth of rows as objects
    by_place = {
        (item, unit): (state, due)
        for item, unit, state, due in cells.values_list("item_id", "unit_id", "state", "due")
    }
    asked = {(each.item_id, each.unit_id) for each in questions}
    rows: dict[tuple[int, dt.datetime], dict[str, Any]] = {}
    for item, unit, round_pk, due_of_task in tasks.values_list("item_id", "unit_id", "round_id", "due"):
        state, due_of_cell = by_place.get((item, unit), ("empty", None))
        due = due_of_cell or due_of_task or rounds[round_pk].due
        row = rows.get((round_pk, due))
        if row is None:  # thousands of tasks stand in few rows
            row = rows[round_pk, due] = {"round": rounds[round_pk], "due": due, "counts": Counter()}
        is_late = state in ("empty", "saved") and due < at
        row["counts"]["late" if is_late else state] += 1
        if (item, unit) in asked:
            row["counts"]["asked"] += 1
    for row in rows.values():
        counts: Counter[str] = row["counts"]
        row["is_over"] = row["round"].state not in _OPEN
        row["is_done"] = sum(counts[state] for state in (*_PRESSING, "empty", "saved")) == 0
        row["counts"] = [(_WORDS[state], counts[state], state) for state in _ORDER if counts[state]]
        row["rank"] = next((_ORDER.index(state) for _, _, state in row["counts"]), len(_ORDER))
    return sorted(rows.values(), key=_first_things)


def questions_of(person: Person) -> list[Question]:
    """Return the questions that `person` has yet to answer, in rounds in which figures are looked at."""
    open_ones = Question.objects.visible_to(person).filter(answer=None, round__state__in=_OPEN)
    return list(open_ones.select_related("round", "item", "unit__unit"))


def _first_things(row: dict[str, Any]) -> tuple[bool, bool, bool, dt.datetime]:
    return row["is_over"], row["is_done"], row["rank"] >= len(_PRESSING), row["due"]


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
