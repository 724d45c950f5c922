"""Scores as the core found them: a row for each unit and node of a run."""

from __future__ import annotations

from typing import ClassVar, TypeAlias

from django.db import models
from django.db.models import QuerySet

from quanheng.process.rounds.people import Person
from quanheng.web.base.columns import Count, Words
from quanheng.web.base.visible import Visible
from quanheng.web.results.models.run import KeptRun
from quanheng.web.rounds.models import AskedUnit

MaybeNumber: TypeAlias = "models.Field[float | None, float | None]"
MaybeCount: TypeAlias = "models.Field[int | None, int | None]"


class Scores(Visible["Score"]):
    """As the runs; units see their own."""

    def visible_to(self, person: Person) -> QuerySet[Score]:
        """Return the scores that `person` may see."""
        scores = self.get_queryset()
        if person.may_act_as("office"):
            return scores
        seen = scores.filter(run__in=KeptRun.objects.visible_to(person).values("pk"))
        return seen if person.may_act_as("leader") else seen.filter(unit__unit__in=sorted(person.units))


class Score(models.Model):
    """The score of a unit at a node; at the root (level 0) with the tier."""

    run_id: int
    unit_id: int
    run: models.ForeignKey[KeptRun, KeptRun] = models.ForeignKey(
        KeptRun, on_delete=models.PROTECT, related_name="scores"
    )
    unit: models.ForeignKey[AskedUnit, AskedUnit] = models.ForeignKey(AskedUnit, on_delete=models.PROTECT)
    node: Words = models.CharField(max_length=200)
    level: Count = models.PositiveIntegerField()
    line: Count = models.PositiveIntegerField()
    """Its place in the table of scores: groups and units as in the ranking, nodes as in the scheme."""
    marks: MaybeNumber = models.FloatField(null=True)
    points: MaybeNumber = models.FloatField(null=True)
    score: MaybeNumber = models.FloatField(null=True)
    place: MaybeCount = models.PositiveIntegerField(null=True)
    tier: Words = models.CharField(max_length=200, blank=True)

    objects: ClassVar[Scores] = Scores()

    class Meta:
        """In the order of the table of scores."""

        ordering = ["run", "line"]
        constraints = [models.UniqueConstraint(fields=["run", "unit", "node"], name="score_once")]
        indexes = [models.Index(fields=["run", "level", "line"], name="score_by_level")]

    def __str__(self) -> str:
        """Return which node it is of."""
        return self.node
