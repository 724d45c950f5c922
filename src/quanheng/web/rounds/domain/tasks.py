"""Assigning figures to those who report them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from quanheng.findings.finding import Finding, FindingsError, require_no_errors
from quanheng.findings.value import Value
from quanheng.process.rounds.assignment import ROUND_IS_OVER, Assignment, moved_assignment
from quanheng.process.rounds.life import told
from quanheng.process.rounds.people import Deed
from quanheng.process.rounds.round import DUE_ALREADY, ROUND, Round
from quanheng.web.audit.actions import Done, action
from quanheng.web.base.actor import Actor
from quanheng.web.library.domain.versions import check_office
from quanheng.web.library.typed import REASON, check_length
from quanheng.web.people.models import Account
from quanheng.web.rounds.domain.access import given_tasks, locked_round
from quanheng.web.rounds.findings import ASSIGNED_TO_OTHER, NOT_A_REPORTER, NOTHING_TO_ASSIGN
from quanheng.web.rounds.models import AskedItem, AskedUnit, KeptRound, Task


class Wish(Value):
    """Who is to report which items of which units; `due` is a deadline of its own, else it is the round's."""

    items: frozenset[str]
    units: frozenset[str]
    reporter: str
    due: dt.datetime | None = None


class Assigned(Value):
    """How many tasks were given anew, and how many passed on to somebody else or deferred."""

    new: int
    changed: int


@action("tasks.assign", noted=("pk", "reason"))
def assign(
    *, by: Actor, at: dt.datetime, pk: int, wishes: tuple[Wish, ...], reason: str = "", file: str = ""
) -> Done[Assigned]:
    """Assign figures: those that nobody reports, and with a reason those that somebody else does.

    A wish covers the items and units of it that are asked of each other; of two wishes for one figure the
    later one holds.

    Raises:
        FindingsError: it is not for the actor, the round is over, a reporter is none, or a reason is missing.
    """
    kept = locked_round(pk)
    require_no_errors([*check_office(by), *_check_round(kept.as_round()), *check_length(reason, REASON)])
    reporters = _reporters(wishes)
    require_no_errors([*_check_wishes(wishes, reporters, at)])
    wanted = _wanted(kept, wishes)
    if not wanted:
        raise FindingsError((NOTHING_TO_ASSIGN.at(),))
    tasks = given_tasks(pk)
    deed = Deed(by=by.person, at=at, reason=reason)
    new: list[Task] = []
    changed: list[Task] = []
    found: list[Finding] = []
    for (item, unit), wish in wanted.items():
        task = tasks.get((item.pk, unit.pk))
        if task is None:
            new.append(_task(kept, item, unit, reporters[wish.reporter], wish.due, at))
            continue
        if task.reporter.code == wish.reporter and task.due == (wish.due or task.due):
            continue
        if not reason.strip():
            facts = {"item": item.name, "unit": unit.unit.name, "reporter": task.reporter.name}
            found.append(ASSIGNED_TO_OTHER.at(**facts))
            continue
        passed = _passed_on(task, task.as_assignment(item, unit, task.reporter.code), wish, deed, kept)
        passed.reporter = reporters[wish.reporter]
        changed.append(passed)
    require_no_errors(found[:_MOST_TOLD])
    Task.objects.for_the_program().bulk_create(new)
    Task.objects.for_the_program().bulk_update(changed, ["reporter", "due", "changed_at"], batch_size=200)
    after = {
        "new": len(new),
        "changed": len(changed),
        "reason": reason,
        "file": file,
        "tasks": [
            [item.code, unit.unit_id, wish.reporter, wish.due.isoformat() if wish.due else ""]
            for (item, unit), wish in wanted.items()
        ],
    }
    return Done(Assigned(new=len(new), changed=len(changed)), about=kept.code, after=after, chain=kept.chain)


@action("tasks.end", noted=("pk", "reason"))
def end_tasks(
    *,
    by: Actor,
    at: dt.datetime,
    pk: int,
    items: frozenset[str],
    units: frozenset[str],
    reason: str,
) -> Done[int]:
    """End the tasks of the items and units, so that they can be assigned anew; return how many they are."""
    kept = locked_round(pk)
    require_no_errors([*check_office(by), *check_length(reason, REASON)])
    deed = Deed(by=by.person, at=at, reason=reason)
    ended = []
    asked = _wanted(kept, (Wish(items=items, units=units, reporter=""),))
    tasks = given_tasks(pk)
    for item, unit in asked:
        task = tasks.get((item.pk, unit.pk))
        if task is not None:
            now = task.as_assignment(item, unit, task.reporter.code)
            after = moved_assignment("end", now, deed, kept.as_round())
            task.state, task.changed_at = after.state, after.changed_at
            ended.append(task)
    if not ended:
        raise FindingsError((NOTHING_TO_ASSIGN.at(),))
    Task.objects.for_the_program().bulk_update(ended, ["state", "changed_at"], batch_size=200)
    told_of = {"ended": len(ended), "items": sorted(items), "units": sorted(units), "reason": reason}
    return Done(len(ended), about=kept.code, after=told_of, chain=kept.chain)


_MOST_TOLD = 50


def _check_round(around: Round) -> Iterator[Finding]:
    if around.state not in ("draft", "open", "checking"):
        yield ROUND_IS_OVER.at(state=ROUND.states[around.state])


def _check_wishes(
    wishes: Iterable[Wish], reporters: dict[str, Account], at: dt.datetime
) -> Iterator[Finding]:
    for code in dict.fromkeys(wish.reporter for wish in wishes):
        if code not in reporters:
            yield NOT_A_REPORTER.at(code=code)
    for due in dict.fromkeys(wish.due for wish in wishes):
        if due is not None and due <= at:
            yield DUE_ALREADY.at(due=told(due))


def _reporters(wishes: Iterable[Wish]) -> dict[str, Account]:
    codes = {wish.reporter for wish in wishes}
    found = Account.objects.for_the_program().filter(code__in=codes, as_reporter=True, is_active=True)
    return {account.code: account for account in found}


def _wanted(kept: KeptRound, wishes: Iterable[Wish]) -> dict[tuple[AskedItem, AskedUnit], Wish]:
    """Return the figures that are to be assigned, each with the last wish for it."""
    items = {item.code: item for item in AskedItem.objects.for_the_program().filter(round=kept)}
    asked = AskedUnit.objects.for_the_program().filter(round=kept).select_related("unit")
    units = {unit.unit.code: unit for unit in asked}
    return {
        (items[item], units[unit]): wish
        for wish in wishes
        for item in sorted(wish.items & items.keys())
        for unit in sorted(wish.units & units.keys())
        if items[item].is_asked_of(units[unit])
    }


def _task(
    kept: KeptRound,
    item: AskedItem,
    unit: AskedUnit,
    reporter: Account,
    due: dt.datetime | None,
    at: dt.datetime,
) -> Task:
    return Task(round=kept, item=item, unit=unit, reporter=reporter, due=due, changed_at=at)


def _passed_on(task: Task, now: Assignment, wish: Wish, deed: Deed, kept: KeptRound) -> Task:
    """Return the task as it is once it has been passed on, or deferred; its reporter is set beside it."""
    after = now
    if now.reporter != wish.reporter:
        after = moved_assignment("pass_on", after, deed, kept.as_round(), reporter=wish.reporter)
    if wish.due is not None and wish.due != task.due:
        after = moved_assignment("defer", after, deed, kept.as_round(), due=wish.due)
    task.due, task.changed_at = after.due, after.changed_at
    return task
