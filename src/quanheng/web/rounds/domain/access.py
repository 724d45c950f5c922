"""The rows that an action changes, locked to the end of its transaction, in the order of their keys."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

from quanheng.process.rounds.assignment import Assignment
from quanheng.web.base.actor import Actor
from quanheng.web.rounds.models import Cell, KeptRound, SentForm, Task
from quanheng.web.rounds.models.moments import here_if_any


def locked_round(pk: int) -> KeptRound:
    """Return a round, locked."""
    return KeptRound.objects.for_the_program().select_for_update().get(pk=pk)


def locked_cells(round_pk: int, units: Iterable[int]) -> dict[tuple[int, int], Cell]:
    """Return the figures of the units of a round by item and unit, locked."""
    cells = Cell.objects.for_the_program().select_for_update().order_by("pk")
    found = cells.filter(round=round_pk, unit__in=sorted(set(units)))
    return {(cell.item_id, cell.unit_id): cell for cell in found}


def given_tasks(round_pk: int) -> dict[tuple[int, int], Task]:
    """Return the tasks of a round that are given, by item and unit."""
    tasks = Task.objects.for_the_program().filter(round=round_pk, state="given").select_related("reporter")
    return {(task.item_id, task.unit_id): task for task in tasks}


def given_assignments(
    round_pk: int, *, units: Collection[int] | None = None, reporter: str | None = None
) -> dict[tuple[int, int], Assignment]:
    """Return the tasks of a round that are given as the rules know them, by item and unit.

    They are read as columns: thousands of them are looked at where a table is saved.
    """
    tasks = Task.objects.for_the_program().filter(round=round_pk, state="given")
    if units is not None:
        tasks = tasks.filter(unit__in=sorted(units))
    if reporter is not None:
        tasks = tasks.filter(reporter__code=reporter)
    names = ("item_id", "unit_id", "item__code", "unit__unit", "reporter__code", "due", "changed_at")
    return {
        (item, unit): Assignment(
            item=code,
            unit=str(unit_code),
            reporter=who,
            due=here_if_any(due),
            state="given",
            changed_at=here_if_any(changed_at),
        )
        for item, unit, code, unit_code, who, due, changed_at in tasks.values_list(*names)
    }


def first_time(by: Actor, at: dt.datetime, key: str) -> bool:
    """Return whether a form comes for the first time, and keep that it came."""
    forms = SentForm.objects.for_the_program()
    if forms.filter(who=by.person.code, key=key[:64]).exists():
        return False
    SentForm(who=by.person.code, key=key[:64], at=at).save(force_insert=True)
    return True
