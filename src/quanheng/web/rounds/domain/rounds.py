"""Making a round and moving it on, as its rules allow."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, replace
from typing import Final

from quanheng.findings.errors import DataError
from quanheng.findings.finding import Finding, require_no_errors
from quanheng.findings.patterns import bounded
from quanheng.findings.value import Value
from quanheng.periods.period import parse_period
from quanheng.process.rounds.life import told
from quanheng.process.rounds.people import Deed
from quanheng.process.rounds.round import DUE_ALREADY, Outlook, moved_round, refused_round
from quanheng.web.audit.actions import Done, action
from quanheng.web.base.actor import Actor
from quanheng.web.library.domain.versions import check_office
from quanheng.web.library.items import Asked, asked_in
from quanheng.web.library.models import Version
from quanheng.web.library.reading import ListedUnit, scheme_of
from quanheng.web.library.typed import REASON, check_length
from quanheng.web.people.domain.accounts import check_seen
from quanheng.web.people.models import Unit
from quanheng.web.rounds.domain.access import locked_round
from quanheng.web.rounds.findings import (
    BAD_ROUND,
    NO_UNITS_ASKED,
    NOT_A_PERIOD_OF_ROUND,
    NOTHING_ASKED,
    ROUND_TAKEN,
)
from quanheng.web.rounds.models import AskedItem, AskedUnit, Cell, KeptRound, Task
from quanheng.web.rounds.models.assignment import STILL_REPORTS
from quanheng.web.rounds.models.round import OF_THOSE_THERE

_CODE: Final = bounded(r"[\w][\w.-]{0,63}")
_LONGEST_TITLE: Final = 200
_WHEN_MADE: Final[list[Callable[[KeptRound], object]]] = []


def tell_rounds_made_to(tell: Callable[[KeptRound], object]) -> None:
    """Let `tell` know of each round that is made, in the transaction that makes it."""
    _WHEN_MADE.append(tell)


class Plan(Value):
    """What is said of a round before it is opened; `units` are the codes of those that are chosen."""

    code: str
    title: str
    scheme: int
    """The key of the version of a scheme."""
    period: str
    due: dt.datetime
    units: frozenset[str]


@action("round.make", noted=("plan",))
def make_round(*, by: Actor, at: dt.datetime, plan: Plan) -> Done[KeptRound]:
    """Make a round that is not open yet, with what its scheme asks of whom.

    Raises:
        FindingsError: it is not for the actor to do, or something is wrong with the plan.
        Version.DoesNotExist: there is no such version of a scheme.
    """
    require_no_errors(check_office(by))
    version = Version.objects.for_the_program().get(pk=plan.scheme)
    scheme = scheme_of(version.text)
    units = units_for(version)
    chosen = [unit for unit in units if unit.code in plan.units]
    require_no_errors([*_check_plan(plan), *([] if chosen else [NO_UNITS_ASKED.at()])])
    period = parse_period(plan.period)
    asked = list(asked_in(scheme, period))
    require_no_errors([] if asked else [NOTHING_ASKED.at(period=period)])
    kept = KeptRound(
        code=plan.code,
        title=plan.title,
        scheme=version,
        period=str(period),
        due=plan.due,
        made_at=at,
        made_by=by.person.code,
    )
    kept.save(force_insert=True)
    AskedItem.objects.for_the_program().bulk_create(
        _item(kept, place, each) for place, each in enumerate(asked)
    )
    AskedUnit.objects.for_the_program().bulk_create(
        AskedUnit(round=kept, unit_id=unit.code, group=unit.group, place=place)
        for place, unit in enumerate(chosen)
    )
    for tell in _WHEN_MADE:
        tell(kept)
    told_of = {
        "title": plan.title,
        "scheme": str(version),
        "period": kept.period,
        "due": plan.due.isoformat(),
        "items": len(asked),
        "units": [unit.code for unit in chosen],
    }
    return Done(kept, about=plan.code, after=told_of, chain=kept.chain)


@action("round.move", noted=("pk", "move", "reason"))
def move_round(
    *, by: Actor, at: dt.datetime, pk: int, move: str, reason: str = "", due: dt.datetime | None = None
) -> Done[KeptRound]:
    """Move a round on: open it, close reporting, extend it to the deadline `due`.

    Raises:
        FindingsError: its rules do not allow it; they say why.
        KeyError: there is no such move.
    """
    require_no_errors(check_length(reason, REASON))
    kept = locked_round(pk)
    before = {"state": kept.state, "due": kept.due.isoformat()}
    now = kept.as_round()
    if move == "extend" and due is not None:
        now = replace(now, due=due)
    kept.take(moved_round(move, now, Deed(by=by.person, at=at, reason=reason), outlook_of(kept)))
    kept.save()
    after = {"move": move, "state": kept.state, "due": kept.due.isoformat(), "reason": reason}
    return Done(kept, about=kept.code, before=before, after=after, chain=kept.chain)


@action("round.due", noted=("pk",))
def change_deadline(*, by: Actor, at: dt.datetime, pk: int, due: dt.datetime) -> Done[KeptRound]:
    """Give a round that is not open yet, or is, another deadline that is yet to come."""
    kept = locked_round(pk)
    require_no_errors(check_office(by))
    if due <= at:
        require_no_errors([DUE_ALREADY.at(due=told(due))])
    if kept.state != "open":
        deed = Deed(by=by.person, at=at)
        moved = tuple(refused_round("open", replace(kept.as_round(), due=due), deed, Outlook()))
        require_no_errors(moved)
    before = {"due": kept.due.isoformat()}
    kept.due = due
    kept.save(update_fields=["due"])
    return Done(kept, about=kept.code, before=before, after={"due": due.isoformat()}, chain=kept.chain)


def outlook_of(kept: KeptRound) -> Outlook:
    """Return what the next move of a round hangs on."""
    items = AskedItem.objects.for_the_program().filter(round=kept)
    units = AskedUnit.objects.for_the_program().filter(round=kept)
    asked = count_asked(items.values_list("groups", flat=True), units)
    tasks = Task.objects.for_the_program().filter(round=kept, state="given", **OF_THOSE_THERE)
    given = tasks.filter(**STILL_REPORTS).count()
    settled = Cell.objects.for_the_program().filter(round=kept, state="accepted", **OF_THOSE_THERE).count()
    return Outlook(unassigned=asked - given, unsettled=asked - settled)


def count_asked(of_items: Iterable[Iterable[str]], units: Iterable[AskedUnit]) -> int:
    """Return how many figures are asked of `units`, by the groups that each item is asked of.

    Examples:
        >>> towns = [AskedUnit(group="towns"), AskedUnit(group="towns", gone_since=dt.date(2024, 1, 1))]
        >>> count_asked([["towns"], ["towns", "parks"]], [*towns, AskedUnit(group="parks")])
        3
    """
    in_group = Counter(unit.group for unit in units if unit.is_there)
    return sum(in_group[group] for groups in of_items for group in groups)


def units_for(version: Version) -> tuple[ListedUnit, ...]:
    """Return the units that a round can have: those beside the scheme, else all that are known, in one group.

    A unit that is in no group of the scheme is left out: nothing is asked of it.
    """
    groups = [group.code for group in scheme_of(version.text).groups]
    listed = version.listed_units()
    if not listed and len(groups) == 1:
        known = Unit.objects.for_the_program()
        return tuple(ListedUnit(code=unit.code, name=unit.name, group=groups[0]) for unit in known)
    return tuple(unit for unit in listed if unit.group in groups)


def _check_plan(plan: Plan) -> Iterator[Finding]:
    if not _CODE.fullmatch(plan.code) or not 0 < len(plan.title.strip()) <= _LONGEST_TITLE:
        yield BAD_ROUND.at(code=plan.code)
    elif KeptRound.objects.for_the_program().filter(code=plan.code).exists():
        yield ROUND_TAKEN.at(code=plan.code)
    yield from check_seen(plan.title)
    try:
        parse_period(plan.period)
    except DataError:
        yield NOT_A_PERIOD_OF_ROUND.at(text=plan.period)


def _item(kept: KeptRound, place: int, asked: Asked) -> AskedItem:
    item = asked.item
    return AskedItem(
        round=kept,
        code=item.code,
        names=asdict(item.name),
        measured_in=item.measured_in,
        kind=item.kind,
        period=str(asked.period),
        department=item.department,
        scope=item.scope,
        groups=sorted(asked.groups),
        place=place,
    )
