"""Checking what was reported: many figures are accepted at once, one is returned while the rest stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from quanheng.findings.finding import Finding, FindingsError, require_no_errors
from quanheng.findings.value import Value
from quanheng.process.rounds.life import told
from quanheng.process.rounds.people import Deed
from quanheng.process.rounds.round import DUE_ALREADY
from quanheng.web.audit.actions import Done, action, codes_of
from quanheng.web.base.actor import Actor
from quanheng.web.library.domain.versions import check_office
from quanheng.web.library.typed import REASON, check_length
from quanheng.web.rounds.domain.access import first_time, locked_round
from quanheng.web.rounds.domain.figures import Because, Figures, Moved, Place
from quanheng.web.rounds.domain.values import Kept
from quanheng.web.rounds.findings import NO_TIME_TO_MEND, NOTHING_CHOSEN, each_once
from quanheng.web.rounds.models import KeptRound
from quanheng.web.rounds.reading import Meant

_DECISIONS = ("accept", "miss")


class Review(Value):
    """What is decided of figures: `accept`, or `miss` (there is no figure) with the reason.

    `seen` are the figures, each with the version that was before the eyes.
    """

    move: str
    seen: Mapping[Place, int]
    reason: str = ""


class Return(Value):
    """What is to be mended in the figure at `place`, whose version `seen` was before the eyes.

    `due` is until when, if not until the deadline that it has.
    """

    place: Place
    seen: int
    message: str
    due: dt.datetime | None = None


@action("values.review", noted=("pk",))
def review_values(*, by: Actor, at: dt.datetime, pk: int, review: Review, key: str = "") -> Done[Kept]:
    """Accept figures, or say of them that there are none; what cannot be done is told and keeps nothing back.

    Args:
        by: who checks.
        at: the moment.
        pk: the round.
        review: what is decided.
        key: the key of the form: one that comes again changes nothing.

    Raises:
        FindingsError: nothing was chosen, or it is not for the actor to do.
        KeyError: the office has no such decision.
    """
    move, seen, reason = review.move, review.seen, review.reason
    if move not in _DECISIONS:
        raise KeyError(move)
    require_no_errors([*check_office(by), *check_length(reason, REASON)])
    kept = locked_round(pk)
    if key and not first_time(by, at, key):
        return Done(Kept(again=True), about=kept.code, after={"again": key}, chain=kept.chain)
    table = Figures(kept, {unit for _, unit in seen})
    deed = Deed(by=by.person, at=at, reason=reason)
    refused: dict[Place, tuple[Finding, ...]] = {}
    changes: list[Moved] = []
    for place, version in seen.items():
        if not table.is_place(place):
            continue
        moved, found = table.moved(move, place, deed, version)
        if moved is None:
            refused[place] = found
        else:
            changes.append(replace(moved, meant=Meant(written="")) if move == "miss" else moved)
    if not changes and not refused:
        raise FindingsError((NOTHING_CHOSEN.at(),))
    table.keep(move, changes, by, at, Because(message=reason.strip() if move == "miss" else ""))
    after: dict[str, object] = {"move": move, "cells": [table.said(change.place) for change in changes]}
    after |= {"reason": reason} if reason else {}
    if refused:
        after["refused"] = {
            table.said(place): [finding.code for finding in found] for place, found in refused.items()
        }
    reasons = "" if changes else codes_of(finding for found in refused.values() for finding in found)
    return Done(
        Kept(moved=len(changes), refused=refused),
        about=f"{kept.code} {move}",
        before=table.before(changes),
        after=after,
        chain=kept.chain,
        reasons=reasons,
    )


@action("values.return", noted=("pk", "wish"))
def return_value(*, by: Actor, at: dt.datetime, pk: int, wish: Return) -> Done[KeptRound]:
    """Return one figure with a message; all others stay as they are.

    Raises:
        FindingsError: it is not done, with every reason.
        KeyError: the round asks for no such figure.
    """
    place, due, message = wish.place, wish.due, wish.message
    require_no_errors(check_length(message, REASON))
    kept = locked_round(pk)
    table = Figures(kept, {place[1]})
    if not table.is_place(place):
        raise KeyError(place)
    deed = Deed(by=by.person, at=at, reason=message)
    moved, found = table.moved("return", place, deed, wish.seen, due=due)
    if due is not None and due <= at:
        found = (*found, DUE_ALREADY.at(due=told(due)))
    elif moved is not None:
        ends = moved.after.due or table.setting(place).assignment.due_in(table.round)
        if ends <= at:
            found = (NO_TIME_TO_MEND.at(due=told(ends)),)
        elif moved.after.due is None and not table.round.takes_reports:
            # In a round that is being checked, only a figure with a deadline of its own is reported again.
            moved = replace(moved, after=replace(moved.after, due=ends))
    if moved is None or found:
        raise FindingsError(each_once(found))
    table.keep("return", [moved], by, at, Because(message=message.strip()))
    after = {"message": message.strip(), "due": moved.after.due.isoformat() if moved.after.due else ""}
    return Done(
        kept,
        about=f"{kept.code} {table.said(place)}",
        before=table.before([moved]),
        after=after,
        chain=kept.chain,
    )
