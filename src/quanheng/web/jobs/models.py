"""Jobs as they are stored: what is to be done, how far it is, and why it failed if it did."""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone

from quanheng.findings.text import Text
from quanheng.process.rounds.people import Person
from quanheng.process.rounds.run import RUN, Run
from quanheng.web.base.columns import Count, Facts, MaybeMoment, Moment, Words
from quanheng.web.base.visible import Visible
from quanheng.web.jobs.words import STATES

OPEN: Final = tuple(state for state in RUN.states if state not in RUN.final)
"""The states of a job that is still to be done."""


class Jobs(Visible["Job"]):
    """The office sees all jobs, nobody else any."""

    def visible_to(self, person: Person) -> QuerySet[Job]:
        """Return all jobs to the office."""
        return self.get_queryset() if person.may_act_as("office") else self.get_queryset().none()


class Job(models.Model):
    """Something to be done in the background: of what kind, for whom, and how far it is.

    Of all jobs with one key at most one is still to be done: who asks for the same again, gets that one.
    `attempts` tells one holder of a job from the next: who lost it can no longer end it.
    """

    kind: Words = models.CharField(max_length=40)
    key: Words = models.CharField(max_length=200)
    arguments: Facts = models.JSONField(default=dict)
    about: Words = models.CharField(max_length=200)
    """What people call that which it is about, such as a round."""
    chain: Words = models.CharField(max_length=80)
    """The chain of the log in which it is told."""
    state: Words = models.CharField(max_length=20, default=RUN.first)
    attempts: Count = models.PositiveIntegerField(default=0)
    heard_at: MaybeMoment = models.DateTimeField(null=True, blank=True)
    reason: models.Field[dict[str, str], dict[str, str]] = models.JSONField(default=dict)
    """Why it failed, by language."""
    worker: Words = models.CharField(max_length=40, blank=True)
    """The number of the process that holds it, as the operating system knows it."""
    asked_by: Words = models.CharField(max_length=64)
    asked_at: Moment = models.DateTimeField()
    again_by: Words = models.CharField(max_length=64, blank=True)
    """Who asked for the same once more while it ran: it is done again after it."""
    again_at: MaybeMoment = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Jobs] = Jobs()

    class Meta:
        """The newest first."""

        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=Q(state__in=OPEN), name="job_once"),
            models.CheckConstraint(condition=Q(state__in=list(RUN.states)), name="job_state"),
        ]
        indexes = [models.Index(fields=["state", "asked_at"], name="job_by_state")]

    def __str__(self) -> str:
        """Return what it is about."""
        return self.about

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.state in OPEN

    @property
    def state_words(self) -> Text:
        """What its state is called."""
        return STATES[self.state]

    @property
    def reason_words(self) -> Text:
        """Why it failed."""
        return Text(**self.reason)

    def as_run(self) -> Run:
        """Return it as the rules know it."""
        heard = None if self.heard_at is None else timezone.localtime(self.heard_at)
        return Run(state=self.state, attempts=self.attempts, heard_at=heard, reason=self.reason_words.en)

    def take(self, after: Run) -> None:
        """Let it be as the rules say; it has to be saved."""
        self.state, self.attempts, self.heard_at = after.state, after.attempts, after.heard_at
