"""A round whose provisional results are shown, and appeals in it, for tests."""

from __future__ import annotations

import datetime as dt
from typing import Final

from tests.web.people_of_all_roles import actor
from tests.web.rounds.world import LATER, a_round, cell, place, save, wang

from quanheng.process.rounds.people import Person
from quanheng.web.appeals.domain.appeals import Filing, file_appeal, move_appeal
from quanheng.web.appeals.domain.corrections import Correction, correct_figure
from quanheng.web.appeals.models import KeptAppeal
from quanheng.web.base.actor import Actor
from quanheng.web.library.uploads import Upload
from quanheng.web.rounds.domain.review import Review, review_values
from quanheng.web.rounds.domain.values import move_values
from quanheng.web.rounds.models import AskedUnit, KeptRound

LI: Final = actor("office", code="li")
SUN: Final = actor("office", code="sun")
CHEN: Final = Actor(person=Person(code="chen", roles=frozenset({"unit"}), units=frozenset({"T1"})))
"""Somebody of the unit T1."""
ENDS: Final = LATER + dt.timedelta(days=7)


def shown_provisionally(kept: KeptRound, *, ends: dt.datetime = ENDS) -> KeptRound:
    """Let a round be provisional, with a window that has begun."""
    rounds = KeptRound.objects.for_the_program().filter(pk=kept.pk)
    rounds.update(state="provisional", window_begins=LATER - dt.timedelta(hours=1), window_ends=ends)
    return KeptRound.objects.for_the_program().get(pk=kept.pk)


def a_shown_round() -> KeptRound:
    """Return a round in which wang reported T1 and T2, li accepted it, and results are shown."""
    kept = a_round()
    save(kept, {"gdp T1": "100", "rate T1": "5", "gdp T2": "80"})
    move_values(by=wang(), at=LATER, pk=kept.pk, move="submit")
    seen = {place(kept, *name.split()): 2 for name in ("gdp T1", "rate T1", "gdp T2")}
    review_values(by=LI, at=LATER, pk=kept.pk, review=Review(move="accept", seen=seen))
    return shown_provisionally(kept)


def an_appeal(
    kept: KeptRound,
    about: str = "item:gdp",
    *,
    by: Actor = CHEN,
    at: dt.datetime = LATER,
    files: tuple[Upload, ...] = (),
) -> KeptAppeal:
    """Return an appeal of T1."""
    unit = AskedUnit.objects.for_the_program().get(round=kept, unit="T1")
    filing = Filing(unit=unit.pk, about=about, grounds="五月起园区划归本镇")
    filed = file_appeal(by=by, at=at, pk=kept.pk, filing=filing, uploads=files)
    assert filed is not None
    return filed


def moved(
    appeal: KeptAppeal, *moves: str, by: Actor = SUN, reason: str = "行政区划图为证", at: dt.datetime = LATER
) -> KeptAppeal:
    """Return an appeal after some moves."""
    for move in moves:
        move_appeal(by=by, at=at, appeal=appeal.pk, move=move, reason=reason)
    return KeptAppeal.objects.for_the_program().get(pk=appeal.pk)


def corrected(
    kept: KeptRound,
    appeal: KeptAppeal,
    name: str = "gdp T1",
    written: str = "120",
    *,
    at: dt.datetime = LATER,
) -> None:
    """Correct a figure by an appeal."""
    item, _ = place(kept, *name.split())
    found = cell(kept, *name.split())
    correction = Correction(item=item, written=written, seen=found.version if found else 0)
    correct_figure(by=SUN, at=at, appeal=appeal.pk, correction=correction)
