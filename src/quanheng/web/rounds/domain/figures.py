"""The figures of a round while an action changes them: what stands, what a move makes of it, what is kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Final, TypeAlias

from quanheng.findings.finding import Finding, FindingsError
from quanheng.findings.value import Value
from quanheng.process.rounds.assignment import Assignment
from quanheng.process.rounds.people import Deed
from quanheng.process.rounds.reported import Reported, Setting, moved_value
from quanheng.process.rounds.round import Round
from quanheng.scheme.items.item import Item
from quanheng.web.base.actor import Actor
from quanheng.web.base.many_rows import write_rows
from quanheng.web.rounds.domain.access import given_assignments, locked_cells
from quanheng.web.rounds.models import AskedItem, AskedUnit, Cell, Change, KeptRound
from quanheng.web.rounds.reading import Meant

Place: TypeAlias = tuple[int, int]
"""The keys of an item and of a unit of a round."""
NOBODY: Final = Assignment(item="", unit="", reporter="")
"""Who reports what nobody does."""


class Moved(Value):
    """A figure after a move: what it is then, and what stands in it."""

    place: Place
    after: Reported
    meant: Meant
    note: str = ""


class Because(Value):
    """What led to a change.

    `file` is what figures came from; `message` why one was returned, declared missing or corrected; `appeal`
    the one that is put into effect, with who decided it.
    """

    file: str = ""
    message: str = ""
    appeal: int | None = None
    decided_by: str | None = None


class Figures:
    """The figures of some units of a round, as they are while a form is taken; all its rows are locked."""

    def __init__(
        self, kept: KeptRound, units: Iterable[int], given: Mapping[Place, Assignment] | None = None
    ) -> None:
        """Read what stands of `units`; `given` are the tasks, where they are known already."""
        self.kept = kept
        self.round: Round = kept.as_round()
        wanted = set(units)
        self.items = {item.pk: item for item in AskedItem.objects.for_the_program().filter(round=kept)}
        asked = AskedUnit.objects.for_the_program().filter(round=kept, pk__in=wanted).select_related("unit")
        self.units = {unit.pk: unit for unit in asked}
        self.given = given_assignments(kept.pk, units=wanted) if given is None else given
        self.cells = locked_cells(kept.pk, self.units)
        self._shown: dict[tuple[Place, int], Change] | None = None

    def is_place(self, place: Place) -> bool:
        """Return whether there can be a figure at `place`; a unit that is not there may have had one."""
        item, unit = self.items.get(place[0]), self.units.get(place[1])
        return item is not None and unit is not None and item.applies_to(unit)

    def setting(self, place: Place, seen: int | None = None, *, upheld: bool = False) -> Setting:
        """Return what a move of the figure at `place` hangs on."""
        unit = self.units.get(place[1])
        return Setting(
            round=self.round,
            assignment=self.given.get(place, NOBODY),
            seen=seen,
            upheld=upheld,
            absence=unit.absence if unit else None,
        )

    def reported(self, place: Place) -> Reported:
        """Return the figure at `place` as the rules know it."""
        return Cell.as_reported(self.cells.get(place), self.items[place[0]], self.units[place[1]])

    def shown(self, place: Place, version: int) -> Change | None:
        """Return what a version of the figure at `place` was."""
        if self._shown is None:
            changes = Change.objects.for_the_program().filter(round=self.kept, unit__in=list(self.units))
            self._shown = {((change.item_id, change.unit_id), change.version): change for change in changes}
        return self._shown.get((place, version))

    def moved(
        self, move: str, place: Place, deed: Deed, seen: int | None = None, *, due: dt.datetime | None = None
    ) -> tuple[Moved | None, tuple[Finding, ...]]:
        """Return the figure at `place` after a move that leaves its value, or None and why it is not done."""
        try:
            after = moved_value(move, self.reported(place), deed, self.setting(place, seen), due=due)
        except FindingsError as refusal:
            return None, refusal.findings
        cell = self.cells.get(place)
        if cell is None:
            return Moved(place=place, after=after, meant=Meant(written="")), ()
        meant = Meant(written=cell.written, nature=cell.nature, number=cell.number)
        return Moved(place=place, after=after, meant=meant, note=cell.note), ()

    def said(self, place: Place) -> str:
        """Return what the log calls a figure: the codes of its unit and item."""
        item, unit = self.items.get(place[0]), self.units.get(place[1])
        return f"{unit.unit.code if unit else place[1]} {item.code if item else place[0]}"

    def before(self, changes: Iterable[Moved]) -> dict[str, object]:
        """Return what stood in the figures that change, as the log tells it."""
        cells = {change.place: self.cells.get(change.place) for change in changes}
        return {self.said(place): cell.written for place, cell in cells.items() if cell is not None}

    def keep(
        self, move: str, rows: Sequence[Moved], by: Actor, at: dt.datetime, because: Because | None = None
    ) -> None:
        """Keep figures after a move: a row for each that tells of it, and how each stands.

        Args:
            move: its code.
            rows: the figures.
            by: who moved them.
            at: the moment.
            because: what led to it.
        """
        why = because or Because()
        said: dict[str, list[Hashable]] = {
            "round": [self.kept.pk] * len(rows),
            "item": [row.place[0] for row in rows],
            "unit": [row.place[1] for row in rows],
            "version": [row.after.version for row in rows],
            "state": [row.after.state for row in rows],
            "nature": [row.meant.nature for row in rows],
            "number": [row.meant.number for row in rows],
            "written": [row.meant.written for row in rows],
            "note": [row.note for row in rows],
            "message": [why.message] * len(rows),
        }
        change: dict[str, Hashable] = {"move": move, "who": by.person.code, "at": at, "file": why.file}
        change |= {"appeal": why.appeal, "decided_by": why.decided_by}
        write_rows(Change, said | {name: [value] * len(rows) for name, value in change.items()})
        stands: dict[str, list[Hashable]] = {
            "entered_by": [row.after.entered_by or "" for row in rows],
            "accepted_by": [row.after.accepted_by or "" for row in rows],
            "changed_at": [row.after.changed_at for row in rows],
            "due": [row.after.due for row in rows],
        }
        if not why.message:
            del said["message"]  # what a figure was returned with stays beside it until it is accepted
        write_rows(Cell, said | stands, unique=("item", "unit"))


def item_of(asked: AskedItem) -> Item:
    """Return an item as the core knows it."""
    return Item(code=asked.code, name=asked.name, measured_in=asked.measured_in, kind=asked.kind)
