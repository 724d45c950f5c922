"""The log as it is stored: entries, and the end of each chain."""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q, QuerySet

from quanheng.process.rounds.people import Person
from quanheng.web.audit.links import FACTS, Link
from quanheng.web.base.columns import Count, Facts, Words
from quanheng.web.base.visible import Visible

DONE: Final = "done"
REFUSED: Final = "refused"


class Entries(Visible["Entry"]):
    """The entries of the log: the auditor sees all, nobody else any."""

    def visible_to(self, person: Person) -> QuerySet[Entry]:
        """Return all entries to an auditor."""
        return self.get_queryset() if person.may_act_as("auditor") else self.get_queryset().none()


class Entry(models.Model):
    """Something that somebody did, or was refused. Never changed, never deleted; the database sees to it."""

    chain: Words = models.CharField(max_length=80)
    number: Count = models.PositiveBigIntegerField()
    at: Words = models.CharField(max_length=40)
    """The moment with its time zone, in the form of ISO 8601: what was hashed is what stands there."""
    who: Words = models.CharField(max_length=150)
    roles: Words = models.CharField(max_length=150)
    address: Words = models.CharField(max_length=60)
    action: Words = models.CharField(max_length=80)
    about: Words = models.CharField(max_length=400)
    before: Facts = models.JSONField()
    after: Facts = models.JSONField()
    outcome: Words = models.CharField(max_length=10)
    reasons: Words = models.TextField()
    algorithm: Words = models.CharField(max_length=10)
    previous: Words = models.CharField(max_length=64)
    hash: Words = models.CharField(max_length=64)

    objects: ClassVar[Entries] = Entries()

    class Meta:
        """Each number stands once in its chain."""

        constraints = [
            models.UniqueConstraint(fields=["chain", "number"], name="entry_once"),
            models.CheckConstraint(condition=Q(outcome__in=[DONE, REFUSED]), name="entry_outcome"),
        ]
        indexes = [models.Index(fields=["at"]), models.Index(fields=["who", "at"])]

    def __str__(self) -> str:
        """Return which entry it is."""
        return f"{self.chain} {self.number}"

    def as_link(self) -> Link:
        """Return the entry as the chain sees it."""
        facts = {name: getattr(self, name) for name in FACTS}
        return Link(facts=facts, previous=self.previous, hash=self.hash)


class Heads(Visible["Head"]):
    """The ends of the chains: as the entries."""

    def visible_to(self, person: Person) -> QuerySet[Head]:
        """Return all ends to an auditor."""
        return self.get_queryset() if person.may_act_as("auditor") else self.get_queryset().none()


class Head(models.Model):
    """The end of a chain; its row is locked while an entry is added."""

    chain: Words = models.CharField(max_length=80, primary_key=True)
    number: Count = models.PositiveBigIntegerField(default=0)
    hash: Words = models.CharField(max_length=64, default="", blank=True)

    objects: ClassVar[Heads] = Heads()

    def __str__(self) -> str:
        """Return which chain it ends."""
        return self.chain
