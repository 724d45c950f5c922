"""The rows that an action changes, locked to the end of its transaction, in the order of their keys."""

from __future__ import annotations

from collections.abc import Iterable

from quanheng.web.rounds.models import Cell, KeptRound, Task


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
