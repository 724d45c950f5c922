"""A new version of a round: what was accepted is there, and each correction is a new value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable
from typing import Final

from quanheng.findings.finding import require_no_errors
from quanheng.process.rounds.people import Deed
from quanheng.process.rounds.versions import next_version
from quanheng.web.audit.actions import Done, action
from quanheng.web.base.actor import Actor
from quanheng.web.base.many_rows import write_rows
from quanheng.web.library.typed import REASON, check_length
from quanheng.web.rounds.domain.access import locked_round
from quanheng.web.rounds.findings import NOT_THE_NEWEST
from quanheng.web.rounds.models import AskedItem, AskedUnit, Cell, Change, KeptRound, Task

CORRECTED: Final = ("final", "published")
"""The states of a round that is put right by a new version."""
CARRY: Final = "carry"


@action("round.correct", noted=("pk", "reason"))
def correct_round(*, by: Actor, at: dt.datetime, pk: int, reason: str) -> Done[KeptRound]:
    """Make the version of a round that puts right the one `pk`, which is final or published and stays so.

    What is asked of whom is as it was, and every figure stands as it was accepted.

    Raises:
        FindingsError: it is not for the actor to do, the round is not final yet, no reason is given, or there
            is a newer version.
    """
    require_no_errors(check_length(reason, REASON))
    old = locked_round(pk)
    newest = KeptRound.objects.for_the_program().filter(code=old.code).order_by("-version").first()
    if newest is not None and newest.version > old.version:
        require_no_errors([NOT_THE_NEWEST.at(version=newest.version)])
    after = next_version(old.as_round(), Deed(by=by.person, at=at, reason=reason))
    new = KeptRound(
        code=old.code,
        version=after.version,
        title=old.title,
        scheme_id=old.scheme_id,
        period=old.period,
        due=old.due,
        corrects=after.corrects,
        made_at=at,
        made_by=by.person.code,
    )
    new.reason = after.reason
    new.take(after)
    new.save(force_insert=True)
    items = _again(AskedItem, old, new)
    units = _again(AskedUnit, old, new)
    for task in Task.objects.for_the_program().filter(round=old, state="given").order_by("pk"):
        task.pk = None
        task.round, task.item_id, task.unit_id = new, items[task.item_id], units[task.unit_id]
        task.save(force_insert=True)
    figures = _take_over(old, new, items, units, by=by, at=at)
    told = {"version": new.version, "corrects": old.version, "reason": new.reason, "figures": figures}
    return Done(new, about=old.code, before={"version": old.version}, after=told, chain=new.chain)


def _again(table: type[AskedItem | AskedUnit], old: KeptRound, new: KeptRound) -> dict[int, int]:
    """Copy what is asked; return the new key of each by its old one."""
    keys = {}
    for row in table.objects.for_the_program().filter(round=old).order_by("pk"):
        key = row.pk
        row.pk, row.round = None, new
        row.save(force_insert=True)
        keys[key] = row.pk
    return keys


def _take_over(
    old: KeptRound,
    new: KeptRound,
    items: dict[int, int],
    units: dict[int, int],
    *,
    by: Actor,
    at: dt.datetime,
) -> int:
    """Let each figure stand as it was accepted: a change that says from where, and the figure itself."""
    cells = list(Cell.objects.for_the_program().filter(round=old, state="accepted").order_by("pk"))
    shared: dict[str, list[Hashable]] = {
        "round": [new.pk] * len(cells),
        "item": [items[cell.item_id] for cell in cells],
        "unit": [units[cell.unit_id] for cell in cells],
        "version": [1] * len(cells),
        "state": ["accepted"] * len(cells),
        **{name: [getattr(cell, name) for cell in cells] for name in ("nature", "number", "written", "note")},
    }
    write_rows(
        Change,
        {
            **shared,
            "move": [CARRY] * len(cells),
            "who": [by.person.code] * len(cells),
            "at": [at] * len(cells),
            "file": [""] * len(cells),
            "message": [new.reason] * len(cells),
        },
    )
    write_rows(
        Cell,
        {
            **shared,
            "entered_by": [cell.entered_by for cell in cells],
            "accepted_by": [cell.accepted_by for cell in cells],
            "changed_at": [at] * len(cells),
            "message": [""] * len(cells),
        },
    )
    return len(cells)
