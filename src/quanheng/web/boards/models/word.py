"""What units say of the figures reported about them: each word stays; the last one of a version counts."""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q, QuerySet

from quanheng.process.rounds.people import Person
from quanheng.web.base.columns import Moment, Words
from quanheng.web.base.visible import Visible
from quanheng.web.rounds.models import Change

CONFIRMED: Final = "confirmed"
DOUBTED: Final = "doubted"


class SaidWords(Visible["Word"]):
    """The office sees all, a unit what was said for it."""

    def visible_to(self, person: Person) -> QuerySet[Word]:
        """Return what was said as far as `person` may see it."""
        said = self.get_queryset()
        if person.may_act_as("office"):
            return said
        if not person.may_act_as("unit"):
            return said.none()
        return said.filter(change__unit__unit__in=sorted(person.units))


class Word(models.Model):
    """A unit's word on a version of a figure: it is right, or looks wrong. Never changed, never deleted."""

    change_id: int
    change: models.ForeignKey[Change, Change] = models.ForeignKey(
        Change, on_delete=models.PROTECT, related_name="words"
    )
    kind: Words = models.CharField(max_length=10)
    message: Words = models.TextField(blank=True)
    who: Words = models.CharField(max_length=64)
    at: Moment = models.DateTimeField()

    objects: ClassVar[SaidWords] = SaidWords()

    class Meta:
        """In the order in which they were said; a doubt says what looks wrong."""

        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=CONFIRMED) | (Q(kind=DOUBTED) & ~Q(message="")), name="word_kind"
            )
        ]

    def __str__(self) -> str:
        """Return what was said."""
        return self.kind
