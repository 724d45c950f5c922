"""All there is about one figure: what stands, what came before, what is in doubt, questions, every change."""

from __future__ import annotations

import datetime as dt
from typing import Any

from quanheng.findings.finding import Finding
from quanheng.findings.value import Value
from quanheng.process.rounds.people import Deed, Person
from quanheng.process.rounds.reported import REPORTED, Reported, Setting, refused_value
from quanheng.web.rounds.domain.doubts import Doubt, doubts_of
from quanheng.web.rounds.domain.earlier import Earlier, earlier_of
from quanheng.web.rounds.domain.figures import NOBODY
from quanheng.web.rounds.domain.targets import Aim, aims_of
from quanheng.web.rounds.models import AskedItem, AskedUnit, Cell, Change, Evidence, KeptRound, Question, Task


class OneFigure(Value):
    """A figure as its reader sees it.

    `is_own` says that the reader reports it. `changes` begin with the last one.
    """

    kept: KeptRound
    item: AskedItem
    unit: AskedUnit
    cell: Cell | None
    task: Task | None
    is_own: bool
    earlier: Earlier
    aim: Aim | None
    """The target beside it, where there is one and its reader checks or reports the figure."""
    doubts: tuple[Doubt, ...]
    questions: tuple[Question, ...]
    evidence: tuple[Evidence, ...]
    changes: tuple[Change, ...]
    reported: Reported
    setting: Setting
    deed: Deed

    def refused(self, move: str) -> tuple[Finding, ...]:
        """Return why its reader cannot do a move of it; nothing where that can be done."""
        return refused_value(move, self.reported, self.deed, self.setting)

    @property
    def version(self) -> int:
        """Which version of it this is."""
        return self.cell.version if self.cell else 0

    @property
    def name(self) -> str:
        """What forms call it."""
        return f"{self.item.pk}.{self.unit.pk}"

    @property
    def due(self) -> dt.datetime:
        """Until when it is reported."""
        own = self.cell.due if self.cell else None
        return own or (self.task.due if self.task else None) or self.kept.due

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Its changes, each with its state in words."""
        return [{"change": change, "state": REPORTED.states[change.state]} for change in self.changes]


def figure_of(person: Person, pk: int, place: tuple[int, int], at: dt.datetime) -> OneFigure | None:
    """Return a figure of the round `pk` as `person` sees it; None where that one may not see it."""
    items = AskedItem.objects.visible_to(person).filter(round=pk, pk=place[0])
    item = items.select_related("round__scheme__scheme").first()
    units = AskedUnit.objects.visible_to(person).filter(round=pk, pk=place[1])
    unit = units.select_related("unit").first()
    if item is None or unit is None or not item.applies_to(unit):
        return None
    kept = item.round
    own = {"round": kept, "item": item, "unit": unit}
    cell = Cell.objects.visible_to(person).filter(**own).first()
    tasks = Task.objects.visible_to(person).filter(state="given", **own)
    task = tasks.select_related("reporter").first()
    if cell is None and task is None and not person.may_act_as("office"):
        return None
    is_office, is_own = person.may_act_as("office"), task is not None and task.reporter.code == person.code
    drafts = "" if is_office else person.code
    doubts = doubts_of(kept, drafts_of=drafts).get(place, ()) if is_office or is_own else ()
    assignment = task.as_assignment(item, unit, task.reporter.code) if task else NOBODY
    questions = Question.objects.visible_to(person).filter(**own).select_related("answer")
    changes = Change.objects.visible_to(person).filter(**own)
    return OneFigure(
        kept=kept,
        item=item,
        unit=unit,
        cell=cell,
        task=task,
        is_own=is_own,
        earlier=earlier_of(kept, [item], [unit]).get(place, Earlier()) if is_office or is_own else Earlier(),
        aim=aims_of(kept, [item], [unit]).get(place) if is_office or is_own else None,
        doubts=doubts,
        questions=tuple(questions),
        evidence=tuple(Evidence.objects.visible_to(person).filter(**own)),
        changes=tuple(reversed(changes)),
        reported=Cell.as_reported(cell, item, unit),
        setting=Setting(round=kept.as_round(), assignment=assignment, absence=unit.absence),
        deed=Deed(by=person, at=at, reason="-"),
    )
