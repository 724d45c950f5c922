"""The grid of a reporter: the own items across, the units down, in parts of at most 2,000 cells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache
from typing import Final

from quanheng.findings.finding import Finding
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.process.rounds.assignment import Assignment
from quanheng.process.rounds.people import Deed, Person
from quanheng.process.rounds.reported import Reported, Setting, refused_value
from quanheng.web.rounds.domain.doubts import Doubt, doubts_of
from quanheng.web.rounds.domain.earlier import Earlier, earlier_of
from quanheng.web.rounds.domain.targets import Aim, aims_of
from quanheng.web.rounds.models import AskedItem, AskedUnit, Cell, KeptRound, Question, Task
from quanheng.web.rounds.models.moments import here_if_any
from quanheng.web.rounds.queries.parts import part_of

_NOTHING_EARLIER: Final = Earlier()


class Box(Value):
    """A cell of the grid; `refused` says why it cannot be written to now."""

    item: int
    unit: int
    cell: Cell | None
    due: dt.datetime
    earlier: Earlier = Earlier()
    doubts: tuple[Doubt, ...] = ()
    is_asked: bool = False
    aim: Aim | None = None
    refused: tuple[Finding, ...] = ()

    @property
    def place(self) -> tuple[int, int]:
        """The keys of its item and unit."""
        return self.item, self.unit

    @property
    def name(self) -> str:
        """What its input is called."""
        return f"{self.item}.{self.unit}"

    @property
    def state(self) -> str:
        """How far it is."""
        return self.cell.state if self.cell else "empty"

    @property
    def version(self) -> int:
        """Which version of it this is."""
        return self.cell.version if self.cell else 0


class Grid(Value):
    """A part of what somebody reports in a round: items across, and rows of a unit and its boxes."""

    items: tuple[AskedItem, ...]
    units: tuple[AskedUnit, ...]
    boxes: Mapping[tuple[int, int], Box]
    part: int
    parts: int

    def row(self, unit: AskedUnit) -> list[Box | None]:
        """Return the boxes of a unit, None where it is not the reader's to report."""
        of = unit.pk
        return [self.boxes.get((item.pk, of)) for item in self.items]


def grid_of(person: Person, kept: KeptRound, at: dt.datetime, part: int) -> Grid:
    """Return a part of what `person` reports in a round, counted from 1; one that is none is the first."""
    own = Task.objects.visible_to(person).filter(round=kept, state="given", reporter__code=person.code)
    tasks = {(item, unit): due for item, unit, due in own.values_list("item_id", "unit_id", "due")}
    wanted_items = {item for item, _ in tasks}
    wanted_units = {unit for _, unit in tasks}
    items = list(AskedItem.objects.visible_to(person).filter(round=kept, pk__in=wanted_items))
    units = list(
        AskedUnit.objects.visible_to(person).filter(round=kept, pk__in=wanted_units).select_related("unit")
    )
    cut = part_of(items, units, part)
    some_items, some_units = cut.items, cut.units
    found = Cell.objects.visible_to(person).filter(round=kept, unit__in=[unit.pk for unit in some_units])
    cells = {(cell.item_id, cell.unit_id): cell for cell in found}
    before = earlier_of(kept, some_items, some_units)
    doubts = doubts_of(kept, drafts_of=person.code)
    open_ones = Question.objects.visible_to(person).filter(round=kept, answer=None)
    questions = set(open_ones.values_list("item_id", "unit_id"))
    aims = aims_of(kept, some_items, some_units)
    deed, around = Deed(by=person, at=at), kept.as_round()

    @cache  # of thousands of tasks and figures most are alike
    def own_task(due: dt.datetime | None) -> Assignment:
        return Assignment(item="", unit="", reporter=person.code, due=here_if_any(due))

    @cache
    def refused(reported: Reported, assignment: Assignment, absence: Text | None) -> tuple[Finding, ...]:
        setting = Setting(round=around, assignment=assignment, absence=absence)
        return refused_value("save", reported, deed, setting)

    boxes: dict[tuple[int, int], Box] = {}
    keys = [item.pk for item in some_items]
    absences = {unit.pk: unit.absence for unit in some_units}
    for place in [(item, unit.pk) for unit in some_units for item in keys]:
        if place in tasks:
            assignment, cell = own_task(tasks[place]), cells.get(place)
            boxes[place] = Box(
                item=place[0],
                unit=place[1],
                cell=cell,
                due=(cell.due if cell else None) or assignment.due_in(around),
                earlier=before.get(place, _NOTHING_EARLIER),
                doubts=doubts.get(place, ()),
                is_asked=place in questions,
                aim=aims.get(place),
                refused=refused(Cell.without_names(cell), assignment, absences[place[1]]),
            )
    return Grid(items=some_items, units=some_units, boxes=boxes, part=cut.part, parts=cut.parts)
