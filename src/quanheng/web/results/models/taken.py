"""Which change of each figure a run took, and where it stands in the book that was scored."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import QuerySet

from quanheng.process.rounds.people import Person
from quanheng.web.base.columns import Words
from quanheng.web.base.visible import Visible
from quanheng.web.results.models.run import KeptRun
from quanheng.web.rounds.models import Change


class TakenOnes(Visible["Taken"]):
    """As the runs, and of these what the changes themselves are visible as."""

    def visible_to(self, person: Person) -> QuerySet[Taken]:
        """Return what runs took as far as `person` may see it."""
        taken = self.get_queryset()
        if person.may_act_as("office"):
            return taken
        runs = KeptRun.objects.visible_to(person)
        seen = taken.filter(run__in=runs.values("pk"))
        return (
            seen if person.may_act_as("leader") else seen.filter(change__unit__unit__in=sorted(person.units))
        )


class Taken(models.Model):
    """A change of a figure that a run took; the last one that was accepted when it read the figures."""

    run: models.ForeignKey[KeptRun, KeptRun] = models.ForeignKey(
        KeptRun, on_delete=models.PROTECT, related_name="taken"
    )
    change: models.ForeignKey[Change, Change] = models.ForeignKey(Change, on_delete=models.PROTECT)
    cell: Words = models.CharField(max_length=150)
    """Where it stands in the book, as the core names cells."""

    objects: ClassVar[TakenOnes] = TakenOnes()

    class Meta:
        """Each change once in a run."""

        constraints = [models.UniqueConstraint(fields=["run", "change"], name="taken_once")]

    def __str__(self) -> str:
        """Return where it stands."""
        return self.cell
