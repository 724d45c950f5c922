"""Units confirm the figures reported about them, or say that one looks wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

from quanheng.findings.finding import FindingsError, require_no_errors
from quanheng.process.rounds.appeal import NOT_YOUR_UNIT
from quanheng.process.rounds.reported import NO_REPORTS_NOW
from quanheng.web.audit.actions import Done, action
from quanheng.web.base.actor import Actor
from quanheng.web.boards.findings import NOT_AS_SEEN
from quanheng.web.boards.models import Word
from quanheng.web.boards.models.word import CONFIRMED, DOUBTED
from quanheng.web.rounds.domain.access import locked_round
from quanheng.web.rounds.findings import NO_WORDS
from quanheng.web.rounds.models import AskedUnit, Change, KeptRound

SAID_IN: Final = ("open", "checking", "provisional")
"""The states of a round in which a unit's word can still change something."""
LONGEST: Final = 1000


@action("figures.confirm", noted=("pk", "unit"))
def confirm(*, by: Actor, at: dt.datetime, pk: int, unit: int, seen: Mapping[int, int]) -> Done[int]:
    """Say that figures of a unit are right: by the key of their item, the version that was seen.

    Return how many were confirmed; those that were already are left alone.

    Raises:
        FindingsError: the unit is not the actor's, the round is over, or a figure is not as it was seen.
    """
    kept, of = _own(by, pk, unit)
    found = _accepted(of)
    standing = {word.change_id: word.kind for word in _words(of)}
    changes = []
    for item, version in seen.items():
        change = _as_seen(found, item, version)
        if standing.get(change.pk) != CONFIRMED:
            changes.append(change)
    for change in changes:
        Word(change=change, kind=CONFIRMED, who=by.person.code, at=at).save(force_insert=True)
    names = {f"{change.item.code} {change.version}": CONFIRMED for change in changes}
    return Done(len(changes), about=f"{kept.code} {of.unit_id}", after=names, chain=kept.chain)


@action("figures.doubt", noted=("pk", "unit", "figure", "message"))
def doubt(
    *, by: Actor, at: dt.datetime, pk: int, unit: int, figure: tuple[int, int], message: str
) -> Done[Word]:
    """Say that a figure of a unit, named by its item and the version seen, looks wrong, and why.

    Raises:
        FindingsError: as `confirm`, or nothing is said of what looks wrong.
    """
    kept, of = _own(by, pk, unit)
    change = _as_seen(_accepted(of), *figure)
    told = message.strip()
    if not 0 < len(told) <= LONGEST:
        raise FindingsError((NO_WORDS.at(most=LONGEST),))
    word = Word(change=change, kind=DOUBTED, message=told, who=by.person.code, at=at)
    word.save(force_insert=True)
    about = f"{kept.code} {of.unit_id} {change.item.code}"
    return Done(word, about=about, after={"version": figure[1], "doubt": told}, chain=kept.chain)


def _own(by: Actor, pk: int, unit: int) -> tuple[KeptRound, AskedUnit]:
    kept = locked_round(pk)
    of = AskedUnit.objects.for_the_program().select_related("unit").get(round=kept, pk=unit)
    require_no_errors([] if by.person.belongs_to(str(of.unit_id)) else [NOT_YOUR_UNIT.at(unit=of.unit.name)])
    if kept.state not in SAID_IN:
        raise FindingsError((NO_REPORTS_NOW.at(state=kept.state_words),))
    return kept, of


def _accepted(of: AskedUnit) -> dict[int, Change]:
    """Return the last change of each figure of a unit, by the key of its item, if it is accepted."""
    changes = Change.objects.for_the_program().filter(unit=of).select_related("item").order_by("version")
    last = {change.item_id: change for change in changes}
    return {item: change for item, change in last.items() if change.state == "accepted"}


def _words(of: AskedUnit) -> list[Word]:
    return list(Word.objects.for_the_program().filter(change__unit=of).order_by("at", "pk"))


def _as_seen(found: Mapping[int, Change], item: int, version: int) -> Change:
    change = found.get(item)
    if change is None or change.version != version:
        raise FindingsError((NOT_AS_SEEN.at(item=change.item.name if change else str(item)),))
    return change
