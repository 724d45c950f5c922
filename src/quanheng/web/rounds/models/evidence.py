"""Evidence beside a figure: files that who reports it handed in."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import QuerySet

from quanheng.process.rounds.people import Person
from quanheng.web.base.held_files import HeldFile
from quanheng.web.base.visible import Visible
from quanheng.web.rounds.models.assignment import Task
from quanheng.web.rounds.models.round import AskedItem, AskedUnit, KeptRound
from quanheng.web.rounds.models.value import Cell


class Evidences(Visible["Evidence"]):
    """As the figures; who reports one sees its evidence before there is a figure. Others see what holds."""

    def visible_to(self, person: Person) -> QuerySet[Evidence]:
        """Return the evidence that `person` may see."""
        evidence = self.get_queryset()
        if person.may_act_as("office"):
            return evidence
        place = {"item": models.OuterRef("item"), "unit": models.OuterRef("unit")}
        figures = Cell.objects.visible_to(person).filter(**place)
        tasks = Task.objects.visible_to(person).filter(state="given", reporter__code=person.code, **place)
        return evidence.filter(models.Exists(figures) | models.Exists(tasks), withdrawn_at=None)


class Evidence(HeldFile):
    """A file beside a figure."""

    item_id: int
    unit_id: int
    round: models.ForeignKey[KeptRound, KeptRound] = models.ForeignKey(KeptRound, on_delete=models.PROTECT)
    item: models.ForeignKey[AskedItem, AskedItem] = models.ForeignKey(AskedItem, on_delete=models.PROTECT)
    unit: models.ForeignKey[AskedUnit, AskedUnit] = models.ForeignKey(AskedUnit, on_delete=models.PROTECT)

    objects: ClassVar[Evidences] = Evidences()

    class Meta:
        """In the order in which they came."""

        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["round"], name="evidence_of_round")]
