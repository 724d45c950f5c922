"""Schemes as they were kept: each version stays as it is, for good."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q, QuerySet

from quanheng.findings.text import Text
from quanheng.process.rounds.people import Person
from quanheng.web.base.columns import Count, Moment, Words
from quanheng.web.base.visible import Visible
from quanheng.web.library.reading import ListedUnit


class KeptSchemes(Visible["KeptScheme"]):
    """The office and the leaders see the schemes."""

    def visible_to(self, person: Person) -> QuerySet[KeptScheme]:
        """Return all schemes, or none."""
        sees = person.may_act_as("office", "leader")
        return self.get_queryset() if sees else self.get_queryset().none()


class KeptScheme(models.Model):
    """A scheme, by the code that it gives itself; its row is locked while a version is added."""

    code: Words = models.CharField(max_length=200, primary_key=True)

    objects: ClassVar[KeptSchemes] = KeptSchemes()

    class Meta:
        """In the order of the codes."""

        ordering = ["code"]
        constraints = [models.CheckConstraint(condition=~Q(code=""), name="scheme_has_code")]

    def __str__(self) -> str:
        """Return its code."""
        return self.code


class Versions(Visible["Version"]):
    """As the schemes."""

    def visible_to(self, person: Person) -> QuerySet[Version]:
        """Return all versions, or none."""
        sees = person.may_act_as("office", "leader")
        return self.get_queryset() if sees else self.get_queryset().none()


class Version(models.Model):
    """A scheme as it was kept once. Never changed, never deleted; the database sees to it."""

    scheme_id: str
    scheme: models.ForeignKey[KeptScheme, KeptScheme] = models.ForeignKey(
        KeptScheme, on_delete=models.PROTECT, related_name="versions"
    )
    number: Count = models.PositiveIntegerField()
    titles: models.Field[dict[str, str], dict[str, str]] = models.JSONField(default=dict)
    """What it is called, by language."""
    text: Words = models.TextField()
    """The scheme as YAML."""
    digest: Words = models.CharField(max_length=64)
    """The hash (sha256) of the text and the units."""
    units: models.Field[list[list[str]], list[list[str]]] = models.JSONField(default=list)
    """The units beside it: code, name, group."""
    file: Words = models.CharField(max_length=150, blank=True)
    who: Words = models.CharField(max_length=64)
    at: Moment = models.DateTimeField()

    objects: ClassVar[Versions] = Versions()

    class Meta:
        """Each number stands once in its scheme, the newest first."""

        ordering = ["scheme", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "number"], name="version_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="version_from_1"),
        ]

    def __str__(self) -> str:
        """Return which version it is."""
        return f"{self.scheme_code} {self.number}"

    @property
    def scheme_code(self) -> str:
        """The code of its scheme."""
        return self.scheme_id

    @property
    def title(self) -> Text:
        """What it is called."""
        return Text(**self.titles)

    def listed_units(self) -> tuple[ListedUnit, ...]:
        """Return the units beside it."""
        return tuple(ListedUnit(code=code, name=name, group=group) for code, name, group in self.units)
