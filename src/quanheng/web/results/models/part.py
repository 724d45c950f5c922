"""What stands in a book beside the figures: targets, adjustments, ledgers, attributes of units, and more."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import ClassVar

from django.db import models
from django.db.models import QuerySet

from quanheng.process.rounds.people import Person
from quanheng.web.base.columns import Words
from quanheng.web.base.held_files import HeldFile
from quanheng.web.base.visible import Visible
from quanheng.web.rounds.models import KeptRound


class Parts(Visible["KeptPart"]):
    """The office sees all parts, nobody else any."""

    def visible_to(self, person: Person) -> QuerySet[KeptPart]:
        """Return all parts to the office."""
        return self.get_queryset() if person.may_act_as("office") else self.get_queryset().none()


class KeptPart(HeldFile):
    """A file of a book that the office handed in for a round, and for later ones until it is replaced."""

    round: models.ForeignKey[KeptRound, KeptRound] = models.ForeignKey(
        KeptRound, on_delete=models.PROTECT, related_name="parts"
    )
    path: Words = models.CharField(max_length=150)
    """Where it stands in the book."""

    objects: ClassVar[Parts] = Parts()

    class Meta:
        """In the order in which they came."""

        ordering = ["pk"]

    @property
    def stem(self) -> str:
        """What it is, whatever its kind of file: of two with the same the later one counts."""
        return str(PurePosixPath(self.path).with_suffix(""))
