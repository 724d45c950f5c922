"""Evidence of appeals: files that the unit handed in."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import QuerySet

from quanheng.process.rounds.people import Person
from quanheng.web.appeals.models.appeal import KeptAppeal
from quanheng.web.base.held_files import HeldFile
from quanheng.web.base.visible import Visible


class AppealEvidences(Visible["AppealEvidence"]):
    """As the appeals."""

    def visible_to(self, person: Person) -> QuerySet[AppealEvidence]:
        """Return the evidence of the appeals that `person` may see."""
        return self.get_queryset().filter(appeal__in=KeptAppeal.objects.visible_to(person).values("pk"))


class AppealEvidence(HeldFile):
    """A file beside an appeal."""

    appeal: models.ForeignKey[KeptAppeal, KeptAppeal] = models.ForeignKey(
        KeptAppeal, on_delete=models.PROTECT, related_name="evidence"
    )

    objects: ClassVar[AppealEvidences] = AppealEvidences()

    class Meta:
        """In the order in which they came."""

        ordering = ["at", "pk"]
