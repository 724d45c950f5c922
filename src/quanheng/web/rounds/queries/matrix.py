"""What is in: the figures of a round, items across and units down, in parts of at most 2,000 cells."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Final, TypeVar

from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.process.rounds.people import Deed, Person
from quanheng.process.rounds.reported import REPORTED, Reported, Setting, refused_value
from quanheng.web.rounds.domain.doubts import Doubt, doubts_of
from quanheng.web.rounds.domain.figures import NOBODY
from quanheng.web.rounds.models import AskedItem, AskedUnit, Cell, Evidence, KeptRound, Question, Task
from quanheng.web.rounds.queries.parts import part_of

STANDING: Final[Mapping[str, Text]] = {
    **REPORTED.states,
    "late": Text(zh="逾期未报", en="late"),
    "doubt": Text(zh="存疑", en="in doubt"),
    "asked": Text(zh="待答复", en="asked about"),
    "nobody": Text(zh="未指派", en="assigned to nobody"),
    "absent": Text(zh="不在", en="not there"),
}
"""How a figure can stand: its state, and what else counts of it."""
_NOT_IN: Final = ("empty", "saved", "returned")
_Of = TypeVar("_Of", int, str)


class Wanted(Value):
    """Which figures are shown: of an item, a unit (by their keys), a reporter, and how they stand."""

    item: int = 0
    unit: int = 0
    reporter: str = ""
    standing: str = ""

    def takes(self, standing: frozenset[str], reporter: str) -> bool:
        """Return whether a figure of `reporter` that stands so is shown."""
        return (not self.standing or self.standing in standing) and self.reporter in ("", reporter)


class Spot(Value):
    """A figure of the matrix; `accept` and `miss` say what its reader can decide of it now."""

    item: int
    unit: int
    cell: Cell | None
    reporter: str
    standing: frozenset[str]
    doubts: tuple[Doubt, ...] = ()
    files: int = 0
    accept: bool = False
    miss: bool = False

    @property
    def place(self) -> tuple[int, int]:
        """The keys of its item and unit."""
        return self.item, self.unit

    @property
    def name(self) -> str:
        """What its box is called."""
        return f"{self.item}.{self.unit}"

    @property
    def state(self) -> str:
        """How far it is."""
        return self.cell.state if self.cell else "empty"

    @property
    def version(self) -> int:
        """Which version of it this is."""
        return self.cell.version if self.cell else 0

    @property
    def is_plain(self) -> bool:
        """Whether it can be accepted along with others: nothing is in doubt, nothing is asked."""
        return self.accept and self.standing.isdisjoint({"doubt", "asked"})


class Matrix(Value):
    """A part of the figures that are wanted; the totals are of all that are, in all parts.

    `items` and `units` are those of the part, `all_items` and `all_units` those of the round; `reporters`
    are names by code.
    """

    items: tuple[AskedItem, ...]
    units: tuple[AskedUnit, ...]
    all_items: tuple[AskedItem, ...]
    all_units: tuple[AskedUnit, ...]
    reporters: Mapping[str, str]
    spots: Mapping[tuple[int, int], Spot]
    by_item: Mapping[int, Counter[str]]
    by_unit: Mapping[int, Counter[str]]
    by_reporter: Mapping[str, Counter[str]]
    part: int
    parts: int

    def row(self, unit: AskedUnit) -> list[Spot | None]:
        """Return the figures of a unit, None where none is wanted."""
        of = unit.pk
        return [self.spots.get((item.pk, of)) for item in self.items]


def matrix_of(person: Person, kept: KeptRound, at: dt.datetime, wanted: Wanted, part: int) -> Matrix:
    """Return a part of what is in of a round, counted from 1; one that is none is the first."""
    read = _Read(person, kept, at)
    found: dict[tuple[int, int], frozenset[str]] = {}
    for place in read.asked(wanted):
        standing = read.standing(place)
        if wanted.takes(standing, read.reporter_of(place)):
            found[place] = standing
    by_item = _counted((item, standing) for (item, _), standing in found.items())
    by_unit = _counted((unit, standing) for (_, unit), standing in found.items())
    by_reporter = _counted((read.reporter_of(place), standing) for place, standing in found.items())
    cut = part_of(
        [item for item in read.items if item.pk in by_item],
        [unit for unit in read.units if unit.pk in by_unit],
        part,
    )
    keys = [item.pk for item in cut.items]
    places = [(item, unit.pk) for unit in cut.units for item in keys]
    spots = {place: read.spot(place, found[place]) for place in places if place in found}
    return Matrix(
        items=cut.items,
        units=cut.units,
        all_items=tuple(read.items),
        all_units=tuple(read.units),
        reporters=read.names,
        spots=spots,
        by_item=by_item,
        by_unit=by_unit,
        by_reporter=by_reporter,
        part=cut.part,
        parts=cut.parts,
    )


def _counted(standings: Iterable[tuple[_Of, frozenset[str]]]) -> dict[_Of, Counter[str]]:
    """Return of each item, unit or reporter how many figures stand how; of thousands most stand alike."""
    counts: defaultdict[_Of, Counter[str]] = defaultdict(Counter)
    for (of, standing), count in Counter(standings).items():
        for each in standing:
            counts[of][each] += count
    return counts


class _Read:
    """What is read of a round once, for all of its figures."""

    def __init__(self, person: Person, kept: KeptRound, at: dt.datetime) -> None:
        self.deed, self.at = Deed(by=person, at=at, reason="-"), at
        self.decides = cache(self._decides)  # of thousands of figures most are alike
        self.round = kept.as_round()
        self.items = list(AskedItem.objects.visible_to(person).filter(round=kept))
        self.units = list(AskedUnit.objects.visible_to(person).filter(round=kept).select_related("unit"))
        self.absences = {unit.pk: unit.absence for unit in self.units if not unit.is_there}
        cells = Cell.objects.visible_to(person).filter(round=kept)
        self.cells = {(cell.item_id, cell.unit_id): cell for cell in cells}
        given = Task.objects.visible_to(person).filter(round=kept, state="given")
        columns = ("item_id", "unit_id", "reporter__code", "reporter__name", "due")
        self.tasks: dict[tuple[int, int], tuple[str, dt.datetime | None]] = {}
        self.names: dict[str, str] = {}
        for item, unit, code, name, due in given.values_list(*columns):
            self.tasks[item, unit] = code, due
            self.names[code] = name
        open_ones = Question.objects.visible_to(person).filter(round=kept, answer=None)
        self.questions = set(open_ones.values_list("item_id", "unit_id"))
        self.doubts = doubts_of(kept)
        held = Evidence.objects.visible_to(person).filter(round=kept, withdrawn_at=None)
        self.files = Counter(held.values_list("item_id", "unit_id"))

    def asked(self, wanted: Wanted) -> Iterator[tuple[int, int]]:
        items = [(item, item.pk) for item in self.items if wanted.item in (0, item.pk)]
        for unit in self.units:
            of = unit.pk
            if wanted.unit in (0, of):
                for item, key in items:
                    if item.applies_to(unit):
                        yield key, of

    def reporter_of(self, place: tuple[int, int]) -> str:
        return self.tasks.get(place, ("", None))[0]

    def standing(self, place: tuple[int, int]) -> frozenset[str]:
        cell = self.cells.get(place)
        if place[1] in self.absences:  # nothing is asked: it is not late, in doubt or to be assigned
            return frozenset({cell.state, "absent"} if cell else {"absent"})
        state = cell.state if cell else "empty"
        found = {state}
        _, due = self.tasks.get(place, ("", None))
        if state in _NOT_IN and ((cell.due if cell else None) or due or self.round.due) < self.at:
            found.add("late")
        if place in self.doubts:
            found.add("doubt")
        if place in self.questions:
            found.add("asked")
        if place not in self.tasks:
            found.add("nobody")
        return frozenset(found)

    def spot(self, place: tuple[int, int], standing: frozenset[str]) -> Spot:
        cell = self.cells.get(place)
        accept, miss = self.decides(Cell.without_names(cell), self.absences.get(place[1]))
        return Spot(
            item=place[0],
            unit=place[1],
            cell=cell,
            reporter=self.reporter_of(place),
            standing=standing,
            doubts=self.doubts.get(place, ()),
            files=self.files[place],
            accept=accept,
            miss=miss,
        )

    def _decides(self, reported: Reported, absence: Text | None) -> tuple[bool, bool]:
        """Return whether such a figure can be accepted now, and whether it can be said to be missing."""
        deed, setting = self.deed, Setting(round=self.round, assignment=NOBODY, absence=absence)
        accept = not refused_value("accept", reported, deed, setting)
        return accept, not refused_value("miss", reported, deed, setting)
