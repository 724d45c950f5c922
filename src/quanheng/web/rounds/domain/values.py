"""Saving, submitting and withdrawing figures: each change is a new row, as the rules of a value allow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from quanheng.findings.finding import Finding, FindingsError
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.periods.period import parse_period
from quanheng.process.rounds.people import Deed
from quanheng.process.rounds.reported import REPORTED
from quanheng.web.audit.actions import Done, action, codes_of
from quanheng.web.base.actor import Actor
from quanheng.web.library.typed import NOTE, check_length
from quanheng.web.rounds.domain.access import first_time, given_assignments, locked_round
from quanheng.web.rounds.domain.figures import Because, Figures, Moved, Place, item_of
from quanheng.web.rounds.findings import NOTHING_TO_SUBMIT, OUTSIDE, each_once
from quanheng.web.rounds.models import Cell, Change
from quanheng.web.rounds.reading import Meant, meaning_of


class Entry(Value):
    """What somebody writes into a cell, and the version of it that was before the eyes.

    `chosen` says that the value of somebody else was looked at, and this one is to replace it.
    """

    place: Place
    written: str
    seen: int = 0
    note: str | None = None
    chosen: bool = False


class Kept(Value):
    """What became of a form: how much changed, what was not taken and why; `again` if it came twice."""

    saved: int = 0
    moved: int = 0
    refused: Mapping[Place, tuple[Finding, ...]] = {}
    conflicts: frozenset[Place] = frozenset()
    again: bool = False


@action("values.save", noted=("pk", "file"))
def save_values(
    *, by: Actor, at: dt.datetime, pk: int, entries: tuple[Entry, ...], key: str, file: str = ""
) -> Done[Kept]:
    """Save what changed among `entries`; what cannot be saved is told and keeps nothing else back.

    A cell that the actor left as it was is no change, even if somebody else changed it meanwhile. One that
    both changed is told with the other's value, and saved only once the actor has chosen.

    Args:
        by: who reports.
        at: the moment.
        pk: the round.
        entries: the cells of the form.
        key: the key of the form: one that comes again changes nothing.
        file: the file that the cells came from, if they did.
    """
    kept = locked_round(pk)
    if key and not first_time(by, at, key):
        return Done(Kept(again=True), about=kept.code, after={"again": key}, chain=kept.chain)
    table = Figures(kept, {place[1] for place in (entry.place for entry in entries)})
    refused: dict[Place, tuple[Finding, ...]] = {}
    conflicts: set[Place] = set()
    changes: list[Moved] = []
    deed = Deed(by=by.person, at=at)
    for entry, meant in _read(entries, table):
        cell = table.cells.get(entry.place)
        note = _note(entry, cell)
        too_long = tuple(check_length(note, NOTE))
        if too_long:
            refused[entry.place] = too_long
            continue
        if _says_the_same(cell, meant, note) or _was_left(entry, note, table):
            continue
        moved, found = table.moved("save", entry.place, deed, entry.seen)
        if meant.finding is not None:
            found = (*found, meant.finding)
        if moved is None or found:
            refused[entry.place] = found
            if any(finding.code == _CHANGED_MEANWHILE for finding in found):
                conflicts.add(entry.place)
            continue
        changes.append(replace(moved, meant=meant, note=note))
    table.keep("save", changes, by, at, Because(file=file))
    after_log: dict[str, object] = {"saved": len(changes), "file": file}
    after_log |= {"values": {table.said(change.place): change.meant.written for change in changes}}
    if refused:
        codes = {table.said(place): [finding.code for finding in found] for place, found in refused.items()}
        after_log["refused"] = codes
    done = Kept(saved=len(changes), refused=refused, conflicts=frozenset(conflicts))
    reasons = "" if changes else codes_of(finding for found in refused.values() for finding in found)
    return Done(
        done,
        about=kept.code,
        before=table.before(changes),
        after=after_log,
        chain=kept.chain,
        reasons=reasons,
    )


@action("values.move", noted=("pk", "move"))
def move_values(
    *, by: Actor, at: dt.datetime, pk: int, move: str, places: frozenset[Place] | None = None
) -> Done[Kept]:
    """Submit or withdraw the actor's figures in a round: all that can be, or those of `places`.

    Raises:
        FindingsError: none of them can be, with the reasons; or there are none.
        KeyError: a reporter has no such move.
    """
    if move not in ("submit", "withdraw"):
        raise KeyError(move)
    kept = locked_round(pk)
    own = given_assignments(pk, reporter=by.person.code)
    table = Figures(kept, {unit for _, unit in own}, own)
    before = REPORTED.move(move).before
    deed = Deed(by=by.person, at=at)
    refused: dict[Place, tuple[Finding, ...]] = {}
    changes: list[Moved] = []
    for place in own:
        cell = table.cells.get(place)
        if cell is None or cell.state not in before or (places is not None and place not in places):
            continue
        moved, found = table.moved(move, place, deed)
        if moved is None:
            refused[place] = found
        else:
            changes.append(moved)
    if not changes:
        reasons = each_once(finding for found in refused.values() for finding in found)
        raise FindingsError(reasons or (NOTHING_TO_SUBMIT.at(move=REPORTED.move(move).name),))
    table.keep(move, changes, by, at)
    told = {"moved": len(changes), "cells": [table.said(change.place) for change in changes]}
    return Done(
        Kept(moved=len(changes), refused=refused), about=f"{kept.code} {move}", after=told, chain=kept.chain
    )


_CHANGED_MEANWHILE: Final = "QH920"


def _read(entries: Iterable[Entry], table: Figures) -> list[tuple[Entry, Meant]]:
    """Return what each entry means; what is no cell of the round is left out."""
    by_item: dict[int, list[Entry]] = {}
    for entry in entries:
        if table.is_place(entry.place):
            by_item.setdefault(entry.place[0], []).append(entry)
    read: list[tuple[Entry, Meant]] = []
    for key, own in by_item.items():
        asked = table.items[key]
        year = parse_period(asked.period).year
        read += zip(own, meaning_of([entry.written for entry in own], item_of(asked), year), strict=True)
    return read


def seen_at(pk: int, at: dt.datetime) -> dict[Place, int]:
    """Return the version that each figure of a round had at a moment, as who downloaded it saw it."""
    changes = Change.objects.for_the_program().filter(round=pk, at__lte=at).order_by("version")
    rows = changes.values_list("item_id", "unit_id", "version")
    return {(item, unit): version for item, unit, version in rows}


def outside(cell: Text) -> Finding:
    """Return that a cell of a paste or a file is not taken."""
    return OUTSIDE.at(cell=cell)


def _was_left(entry: Entry, note: str, table: Figures) -> bool:
    """Return whether a cell is as it stood in the form, though somebody else has changed it since."""
    cell = table.cells.get(entry.place)
    if cell is None or cell.version == entry.seen or entry.chosen:
        return False
    if entry.seen == 0:
        return not entry.written.strip() and not note.strip()
    shown = table.shown(entry.place, entry.seen)
    return shown is not None and shown.written == entry.written.strip() and entry.note in (None, shown.note)


def _note(entry: Entry, cell: Cell | None) -> str:
    kept = cell.note if cell else ""
    return kept if entry.note is None else entry.note.strip()


def _says_the_same(cell: Cell | None, meant: Meant, note: str) -> bool:
    if meant.finding is not None:
        return False
    if cell is None:
        return meant.nature == "missing" and not note
    return cell.written == meant.written and cell.nature == meant.nature and cell.note == note
