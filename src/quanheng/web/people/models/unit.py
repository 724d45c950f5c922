"""Units: what is assessed, and whose people look at their own."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import QuerySet

from quanheng.process.rounds.people import Person
from quanheng.web.base.columns import Words
from quanheng.web.base.visible import Visible


class Units(Visible["Unit"]):
    """The names of units are no secret among those who take part."""

    def visible_to(self, person: Person) -> QuerySet[Unit]:
        """Return all units, but to the auditor, who reads the log and nothing else."""
        takes_part = person.may_act_as("administrator", "office", "reporter", "unit", "leader")
        return self.get_queryset() if takes_part else self.get_queryset().none()


class Unit(models.Model):
    """A unit that is assessed."""

    code: Words = models.CharField(max_length=80, primary_key=True)
    name: Words = models.CharField(max_length=200)

    objects: ClassVar[Units] = Units()

    class Meta:
        """In the order of the codes."""

        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(code=""), name="unit_has_code"),
            models.CheckConstraint(condition=~models.Q(name=""), name="unit_has_name"),
        ]

    def __str__(self) -> str:
        """Return its name."""
        return self.name
