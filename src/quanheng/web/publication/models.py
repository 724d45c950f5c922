"""Publications as they are stored: of which version of a round, from which run, their files, their state."""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q, QuerySet

from quanheng.findings.text import Text
from quanheng.process.rounds.people import Person
from quanheng.process.rounds.publication import PUBLICATION, Publication
from quanheng.web.base.columns import Count, MaybeMoment, Moment, Words
from quanheng.web.base.visible import Visible
from quanheng.web.jobs.models import Job
from quanheng.web.results.models import KeptRun
from quanheng.web.rounds.models import KeptRound
from quanheng.web.rounds.models.moments import here_if_any

STANDING: Final = ("planned", "published", "replaced")
"""The states of which a version of a round has one publication at most."""


class Publications(Visible["KeptPublication"]):
    """The office sees all; what is published lies apart, as files, for everybody."""

    def visible_to(self, person: Person) -> QuerySet[KeptPublication]:
        """Return all publications to the office."""
        return self.get_queryset() if person.may_act_as("office") else self.get_queryset().none()


class KeptPublication(models.Model):
    """What is published of a version of a round: files that never change, in a folder of their own."""

    round: models.ForeignKey[KeptRound, KeptRound] = models.ForeignKey(
        KeptRound, on_delete=models.PROTECT, related_name="publications"
    )
    run: models.ForeignKey[KeptRun, KeptRun] = models.ForeignKey(KeptRun, on_delete=models.PROTECT)
    job: models.ForeignKey[Job, Job] = models.ForeignKey(Job, on_delete=models.PROTECT)
    version: Count = models.PositiveIntegerField()
    corrects: models.Field[int | None, int | None] = models.PositiveIntegerField(null=True, blank=True)
    state: Words = models.CharField(max_length=20, default=PUBLICATION.first)
    licence: Words = models.CharField(max_length=200)
    issued_by: Words = models.CharField(max_length=200)
    folder: Words = models.CharField(max_length=80)
    files: models.Field[dict[str, str], dict[str, str]] = models.JSONField(default=dict)
    """The hash (sha256) of each file in it, by its name."""
    seal: Words = models.CharField(max_length=64)
    """The hash (sha256) of all hashes."""
    findings: models.Field[list[dict[str, str]], list[dict[str, str]]] = models.JSONField(default=list)
    publish_at: MaybeMoment = models.DateTimeField(null=True, blank=True)
    changed_at: MaybeMoment = models.DateTimeField(null=True, blank=True)
    made_by: Words = models.CharField(max_length=64)
    made_at: Moment = models.DateTimeField()

    objects: ClassVar[Publications] = Publications()

    class Meta:
        """The newest first; of a version one stands at most."""

        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round"], condition=Q(state__in=STANDING), name="publication_once"
            ),
            models.UniqueConstraint(fields=["job"], name="publication_of_one_job"),
            models.CheckConstraint(condition=Q(state__in=list(PUBLICATION.states)), name="publication_state"),
        ]

    def __str__(self) -> str:
        """Return of which version it is."""
        return str(self.version)

    @property
    def state_words(self) -> Text:
        """What its state is called."""
        return PUBLICATION.states[self.state]

    def as_publication(self) -> Publication:
        """Return it as the rules know it."""
        return Publication(
            version=self.version,
            files=self.files,
            corrects=self.corrects,
            publish_at=here_if_any(self.publish_at),
            state=self.state,
            changed_at=here_if_any(self.changed_at),
        )

    def take(self, after: Publication) -> None:
        """Let it be as the rules say; it has to be saved."""
        self.state, self.publish_at, self.changed_at = after.state, after.publish_at, after.changed_at
