"""Saving, submitting and withdrawing figures: each change is a new row, as the rules of a value allow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterable, Mapping
from typing import Final, TypeAlias

from quanheng.findings.finding import Finding, FindingsError
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.periods.period import parse_period
from quanheng.process.rounds.assignment import Assignment
from quanheng.process.rounds.people import Deed
from quanheng.process.rounds.reported import REPORTED, Reported, Setting, moved_value
from quanheng.process.rounds.round import Round
from quanheng.scheme.items.item import Item
from quanheng.web.audit.actions import Done, action, codes_of
from quanheng.web.base.actor import Actor
from quanheng.web.base.many_rows import write_rows
from quanheng.web.rounds.domain.access import given_assignments, locked_cells, locked_round
from quanheng.web.rounds.findings import NOTHING_TO_SUBMIT, OUTSIDE, each_once
from quanheng.web.rounds.models import AskedItem, AskedUnit, Cell, Change, KeptRound, SentForm
from quanheng.web.rounds.reading import Meant, meaning_of

Place: TypeAlias = tuple[int, int]
"""The keys of an item and of a unit of a round."""
NOBODY: Final = Assignment(item="", unit="", reporter="")
"""Who reports what nobody does."""


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
    if key and not _first_time(by, at, key):
        return Done(Kept(again=True), about=kept.code, after={"again": key}, chain=kept.chain)
    table = _Table(kept, {place[1] for place in (entry.place for entry in entries)})
    refused: dict[Place, tuple[Finding, ...]] = {}
    conflicts: set[Place] = set()
    changes: list[tuple[Place, Reported, Meant, str]] = []
    deed = Deed(by=by.person, at=at)
    for entry, meant in _read(entries, table):
        cell = table.cells.get(entry.place)
        note = _note(entry, cell)
        if _says_the_same(cell, meant, note) or table.was_left(entry, note):
            continue
        after, found = _moved("save", entry.place, table, deed, entry.seen)
        if meant.finding is not None:
            found = (*found, meant.finding)
        if after is None or found:
            refused[entry.place] = found
            if any(finding.code == _CHANGED_MEANWHILE for finding in found):
                conflicts.add(entry.place)
            continue
        changes.append((entry.place, after, meant, note))
    table.keep("save", changes, by, at, file)
    after_log: dict[str, object] = {"saved": len(changes), "file": file}
    after_log |= {"values": {table.said(place): meant.written for place, _, meant, _ in changes}}
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
    table = _Table(kept, {unit for _, unit in own}, own)
    before = REPORTED.move(move).before
    deed = Deed(by=by.person, at=at)
    refused: dict[Place, tuple[Finding, ...]] = {}
    changes: list[tuple[Place, Reported, Meant, str]] = []
    for place in own:
        cell = table.cells.get(place)
        if cell is None or cell.state not in before or (places is not None and place not in places):
            continue
        after, found = _moved(move, place, table, deed)
        if after is None:
            refused[place] = found
        else:
            changes.append((place, after, _as_is(cell), cell.note))
    if not changes:
        reasons = each_once(finding for found in refused.values() for finding in found)
        raise FindingsError(reasons or (NOTHING_TO_SUBMIT.at(move=REPORTED.move(move).name),))
    table.keep(move, changes, by, at, "")
    moved = {"moved": len(changes), "cells": [table.said(place) for place, *_ in changes]}
    return Done(
        Kept(moved=len(changes), refused=refused),
        about=f"{kept.code} {move}",
        after=moved,
        chain=kept.chain,
    )


_CHANGED_MEANWHILE: Final = "QH920"


class _Table:
    """The figures of some units of a round, as they are while a form is taken; all its rows are locked."""

    def __init__(
        self, kept: KeptRound, units: Iterable[int], given: Mapping[Place, Assignment] | None = None
    ) -> None:
        self.kept = kept
        self.round: Round = kept.as_round()
        wanted = set(units)
        self.items = {item.pk: item for item in AskedItem.objects.for_the_program().filter(round=kept)}
        asked = AskedUnit.objects.for_the_program().filter(round=kept, pk__in=wanted).select_related("unit")
        self.units = {unit.pk: unit for unit in asked}
        self.given = given_assignments(kept.pk, units=wanted) if given is None else given
        self.cells = locked_cells(kept.pk, self.units)
        self._shown: dict[tuple[Place, int], Change] | None = None

    def is_asked(self, place: Place) -> bool:
        item, unit = self.items.get(place[0]), self.units.get(place[1])
        return item is not None and unit is not None and item.is_asked_of(unit)

    def setting(self, place: Place, seen: int | None = None) -> Setting:
        return Setting(round=self.round, assignment=self.given.get(place, NOBODY), seen=seen)

    def reported(self, place: Place) -> Reported:
        return Cell.as_reported(self.cells.get(place), self.items[place[0]], self.units[place[1]])

    def was_left(self, entry: Entry, note: str) -> bool:
        """Return whether the cell is as it stood in the form, though somebody else has changed it since."""
        cell = self.cells.get(entry.place)
        if cell is None or cell.version == entry.seen or entry.chosen:
            return False
        if entry.seen == 0:
            return not entry.written.strip() and not note.strip()
        shown = self._changes_shown().get((entry.place, entry.seen))
        return (
            shown is not None and shown.written == entry.written.strip() and entry.note in (None, shown.note)
        )

    def _changes_shown(self) -> dict[tuple[Place, int], Change]:
        if self._shown is None:
            changes = Change.objects.for_the_program().filter(round=self.kept, unit__in=list(self.units))
            self._shown = {((change.item_id, change.unit_id), change.version): change for change in changes}
        return self._shown

    def said(self, place: Place) -> str:
        item, unit = self.items.get(place[0]), self.units.get(place[1])
        return f"{unit.unit.code if unit else place[1]} {item.code if item else place[0]}"

    def before(self, changes: Iterable[tuple[Place, Reported, Meant, str]]) -> dict[str, object]:
        cells = {place: self.cells.get(place) for place, *_ in changes}
        return {self.said(place): cell.written for place, cell in cells.items() if cell is not None}

    def keep(
        self,
        move: str,
        changes: Iterable[tuple[Place, Reported, Meant, str]],
        by: Actor,
        at: dt.datetime,
        file: str,
    ) -> None:
        rows = list(changes)
        said: dict[str, list[Hashable]] = {
            "round": [self.kept.pk] * len(rows),
            "item": [item for (item, _), *_ in rows],
            "unit": [unit for (_, unit), *_ in rows],
            "version": [after.version for _, after, *_ in rows],
            "state": [after.state for _, after, *_ in rows],
            "nature": [meant.nature for _, _, meant, _ in rows],
            "number": [meant.number for _, _, meant, _ in rows],
            "written": [meant.written for _, _, meant, _ in rows],
            "note": [note for *_, note in rows],
        }
        change: dict[str, Hashable] = {"move": move, "who": by.person.code, "at": at, "file": file}
        write_rows(Change, said | {name: [value] * len(rows) for name, value in change.items()})
        stands: dict[str, list[Hashable]] = {
            "entered_by": [after.entered_by or "" for _, after, *_ in rows],
            "accepted_by": [after.accepted_by or "" for _, after, *_ in rows],
            "changed_at": [after.changed_at for _, after, *_ in rows],
            "due": [after.due for _, after, *_ in rows],
        }
        write_rows(Cell, said | stands, unique=("item", "unit"))


def _moved(
    move: str, place: Place, table: _Table, deed: Deed, seen: int | None = None
) -> tuple[Reported | None, tuple[Finding, ...]]:
    """Return a figure after a move, or None and why it is not done."""
    try:
        return moved_value(move, table.reported(place), deed, table.setting(place, seen)), ()
    except FindingsError as refusal:
        return None, refusal.findings


def _read(entries: Iterable[Entry], table: _Table) -> list[tuple[Entry, Meant]]:
    """Return what each entry means; what is no cell of the round is left out."""
    by_item: dict[int, list[Entry]] = {}
    for entry in entries:
        if table.is_asked(entry.place):
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


def item_of(asked: AskedItem) -> Item:
    """Return an item as the core knows it."""
    return Item(code=asked.code, name=asked.name, measured_in=asked.measured_in, kind=asked.kind)


def outside(cell: Text) -> Finding:
    """Return that a cell of a paste or a file is not taken."""
    return OUTSIDE.at(cell=cell)


def _note(entry: Entry, cell: Cell | None) -> str:
    kept = cell.note if cell else ""
    return kept if entry.note is None else entry.note.strip()[:500]


def _says_the_same(cell: Cell | None, meant: Meant, note: str) -> bool:
    if meant.finding is not None:
        return False
    if cell is None:
        return meant.nature == "missing" and not note
    return cell.written == meant.written and cell.nature == meant.nature and cell.note == note


def _as_is(cell: Cell) -> Meant:
    return Meant(written=cell.written, nature=cell.nature, number=cell.number)


def _first_time(by: Actor, at: dt.datetime, key: str) -> bool:
    """Return whether a form comes for the first time, and keep that it came."""
    forms = SentForm.objects.for_the_program()
    if forms.filter(who=by.person.code, key=key[:64]).exists():
        return False
    SentForm(who=by.person.code, key=key[:64], at=at).save(force_insert=True)
    return True
