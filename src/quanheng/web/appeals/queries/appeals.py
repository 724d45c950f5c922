"""What a reader sees of appeals: the list, and each with what can be done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, Final

from django.db.models import QuerySet

from quanheng.findings.finding import Finding
from quanheng.findings.value import Value
from quanheng.process.rounds.appeal import APPEAL, DECISIONS, UPHELD, refused_appeal
from quanheng.process.rounds.people import Deed, Person
from quanheng.web.appeals.domain.appeals import is_put_right, parties_of
from quanheng.web.appeals.domain.subjects import subjects_of
from quanheng.web.appeals.models import AppealEvidence, AppealStep, KeptAppeal
from quanheng.web.rounds.models import AskedItem, AskedUnit, Cell, Change, KeptRound

_OPEN_FIRST: Final = ("filed", "heard", "upheld", "partly", "rejected")


class OneAppeal(Value):
    """An appeal as its reader sees it; `moves` are what can be done, each with why it is not done now.

    `figures` are those behind it, each with how it stands; `corrections` the changes that put it into effect.
    """

    appeal: KeptAppeal
    is_own: bool
    steps: tuple[AppealStep, ...]
    evidence: tuple[AppealEvidence, ...]
    moves: tuple[dict[str, Any], ...]
    figures: tuple[dict[str, Any], ...]
    corrections: tuple[Change, ...]
    is_put_right: bool


def appeals_of(person: Person, state: str) -> QuerySet[KeptAppeal]:
    """Return the appeals that `person` may see, the newest first; `open` are those that are not done."""
    found = KeptAppeal.objects.visible_to(person).select_related("round", "unit__unit")
    if state == "open":
        return found.filter(state__in=_OPEN_FIRST)
    return found.filter(state=state) if state in APPEAL.states else found


def rounds_to_appeal_in(person: Person, at: dt.datetime) -> list[KeptRound]:
    """Return the rounds in which `person` can appeal now."""
    if not person.may_act_as("unit"):
        return []
    seen = KeptRound.objects.visible_to(person).filter(
        state="provisional", window_begins__lte=at, window_ends__gte=at
    )
    return list(seen.filter(units__unit__in=sorted(person.units)).distinct())


def own_units(person: Person, kept: KeptRound) -> list[AskedUnit]:
    """Return the units of a round that `person` speaks for."""
    own = AskedUnit.objects.visible_to(person).filter(round=kept, unit__in=sorted(person.units))
    return list(own.select_related("unit"))


def appeal_of(person: Person, pk: int, at: dt.datetime) -> OneAppeal | None:
    """Return an appeal as `person` sees it at a moment; None where that one may not see it."""
    seen = KeptAppeal.objects.visible_to(person)
    found = seen.select_related("round__scheme", "unit__unit").filter(pk=pk).first()
    if found is None:
        return None
    is_office = person.may_act_as("office")
    is_own = person.belongs_to(str(found.unit.unit_id))
    right = is_office and found.state in UPHELD and is_put_right(found)
    corrected = Change.objects.visible_to(person).filter(appeal=found.pk).select_related("item")
    corrections = tuple(corrected)
    return OneAppeal(
        appeal=found,
        is_own=is_own,
        steps=tuple(AppealStep.objects.visible_to(person).filter(appeal=found)),
        evidence=tuple(AppealEvidence.objects.visible_to(person).filter(appeal=found)),
        moves=tuple(_moves(found, person, at, is_right=right, is_corrected=bool(corrections)))
        if is_office or is_own
        else (),
        figures=tuple(_figures(found, person)) if is_office and found.state in UPHELD else (),
        corrections=corrections,
        is_put_right=right,
    )


def _moves(
    appeal: KeptAppeal, person: Person, at: dt.datetime, *, is_right: bool, is_corrected: bool
) -> Iterable[dict[str, Any]]:
    """Yield the moves from its state that are for `person`'s role, with why each is not done now."""
    possible = [
        move
        for move in APPEAL.moves_from(appeal.state)
        # a figure is corrected: no other remedy is offered
        if person.may_act_as(*move.by) and not (move.code == "remedy" and appeal.kind == "item")
    ]
    if not possible:
        return
    decides = any(move.code in {*DECISIONS, "remedy"} for move in possible)
    parties = parties_of(appeal.round, appeal) if decides else frozenset[str]()
    rules = appeal.as_appeal(parties, is_corrected=is_corrected)
    deed = Deed(by=person, at=at, reason="-")
    for move in possible:
        refused: tuple[Finding, ...] = refused_appeal(move.code, rules, deed, is_put_right=is_right)
        yield {"code": move.code, "name": move.name, "reason": move.reason, "refused": refused}


def _figures(appeal: KeptAppeal, person: Person) -> Iterable[dict[str, Any]]:
    items = list(AskedItem.objects.visible_to(person).filter(round=appeal.round))
    subjects = subjects_of(appeal.round, appeal.unit, items)
    behind = next(
        (each.items for each in subjects if (each.kind, each.code) == (appeal.kind, appeal.about)), ()
    )
    cells = Cell.objects.visible_to(person).filter(round=appeal.round, unit=appeal.unit)
    by_item = {cell.item_id: cell for cell in cells}
    for item in items:
        if item.code in behind:
            cell = by_item.get(item.pk)
            yield {"item": item, "cell": cell, "version": cell.version if cell else 0}
