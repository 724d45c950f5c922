"""Tasks: who reports which item of which unit in a round, by when."""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q, QuerySet

from quanheng.process.rounds.assignment import ASSIGNMENT, Assignment
from quanheng.process.rounds.people import Person
from quanheng.process.rounds.round import ROUND
from quanheng.web.base.columns import MaybeMoment, Words
from quanheng.web.base.visible import Visible
from quanheng.web.people.models import Account
from quanheng.web.rounds.models.moments import here_if_any
from quanheng.web.rounds.models.round import AskedItem, AskedUnit, KeptRound


class Tasks(Visible["Task"]):
    """The office sees all tasks, a reporter the own ones once the round is open."""

    def visible_to(self, person: Person) -> QuerySet[Task]:
        """Return the tasks that `person` may see."""
        tasks = self.get_queryset()
        if person.may_act_as("office"):
            return tasks
        if not person.may_act_as("reporter"):
            return tasks.none()
        return tasks.filter(reporter__code=person.code).exclude(round__state=ROUND.first)


STILL_REPORTS: Final = {"reporter__is_active": True, "reporter__as_reporter": True}
"""Of whom a task is reported: an account that was stopped, or lost its role, reports nothing."""


class Task(models.Model):
    """Somebody reports an item of a unit."""

    item_id: int
    unit_id: int
    round: models.ForeignKey[KeptRound, KeptRound] = models.ForeignKey(
        KeptRound, on_delete=models.CASCADE, related_name="tasks"
    )
    item: models.ForeignKey[AskedItem, AskedItem] = models.ForeignKey(
        AskedItem, on_delete=models.CASCADE, related_name="tasks"
    )
    unit: models.ForeignKey[AskedUnit, AskedUnit] = models.ForeignKey(
        AskedUnit, on_delete=models.CASCADE, related_name="tasks"
    )
    reporter: models.ForeignKey[Account, Account] = models.ForeignKey(Account, on_delete=models.PROTECT)
    due: MaybeMoment = models.DateTimeField(null=True, blank=True)
    state: Words = models.CharField(max_length=20, default=ASSIGNMENT.first)
    changed_at: MaybeMoment = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Tasks] = Tasks()

    class Meta:
        """A figure is reported by one person at a time."""

        constraints = [
            models.UniqueConstraint(
                fields=["item", "unit"], condition=Q(state=ASSIGNMENT.first), name="task_of_one"
            ),
            models.CheckConstraint(condition=Q(state__in=list(ASSIGNMENT.states)), name="task_state"),
        ]
        indexes = [models.Index(fields=["round", "reporter"], name="task_of_reporter")]

    def __str__(self) -> str:
        """Return which row it is."""
        return str(self.pk)

    @property
    def is_reported(self) -> bool:
        """Whether who has it can still report: what `STILL_REPORTS` says, of one that was read."""
        return self.reporter.is_active and self.reporter.as_reporter

    def as_assignment(self, item: AskedItem, unit: AskedUnit, reporter: str) -> Assignment:
        """Return it as the rules know it; what it points to is given, since thousands are looked at."""
        return Assignment(
            item=item.code,
            unit=str(unit.unit_id),
            reporter=reporter,
            due=here_if_any(self.due),
            state=self.state,
            changed_at=here_if_any(self.changed_at),
        )
