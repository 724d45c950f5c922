"""Runs of the score: of which round, by which scheme, what came of it. They only grow."""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet

from quanheng.findings.text import Text
from quanheng.process.rounds.people import Person
from quanheng.web.base.columns import Count, Flag, Moment, Words
from quanheng.web.base.visible import Visible
from quanheng.web.jobs.models import Job
from quanheng.web.library.models import Version
from quanheng.web.results.words import STATES
from quanheng.web.rounds.models import KeptRound

COUNTS: Final = {"state": "ended", "is_preview": False}
"""A run that counts ended well and took nothing but what was accepted; of these the last one does."""
SHOWN: Final = ("provisional", "final", "published")
"""The states of a round in which others than the office see its results."""


class Runs(Visible["KeptRun"]):
    """The office sees all runs; leaders and units those that count, of rounds whose results are shown."""

    def visible_to(self, person: Person) -> QuerySet[KeptRun]:
        """Return the runs that `person` may see."""
        runs = self.get_queryset()
        if person.may_act_as("office"):
            return runs
        if not person.may_act_as("leader", "unit"):
            return runs.none()
        rounds = KeptRound.objects.visible_to(person).filter(state__in=SHOWN)
        return self.that_count().filter(round__in=rounds.values("pk"))

    def that_count(self) -> QuerySet[KeptRun]:
        """Return of each round the last run that ended well and took nothing but what was accepted."""
        good = self.get_queryset().filter(**COUNTS)
        later = good.filter(round=OuterRef("round"), number__gt=OuterRef("number"))
        return good.filter(~Exists(later))


class KeptRun(models.Model):
    """A run of the score. Never changed, never deleted; the database sees to it.

    The folder `runs/<folder>` of the site holds the book that was scored and its result; `files` has the hash
    (sha256) of each file in it. A run that could not be scored has its book and findings, and no result.
    """

    round_id: int
    parts_now: str
    """The mark of the parts that there are now, where it was asked for (`with_marks_now`)."""
    figures_now: int
    """The same of the figures."""
    round: models.ForeignKey[KeptRound, KeptRound] = models.ForeignKey(
        KeptRound, on_delete=models.PROTECT, related_name="runs"
    )
    number: Count = models.PositiveIntegerField()
    job: models.ForeignKey[Job, Job] = models.ForeignKey(Job, on_delete=models.PROTECT)
    scheme: models.ForeignKey[Version, Version] = models.ForeignKey(Version, on_delete=models.PROTECT)
    state: Words = models.CharField(max_length=20)
    is_preview: Flag = models.BooleanField(default=False)
    """Whether it took also what is submitted and not accepted yet."""
    asked_by: Words = models.CharField(max_length=64)
    read_at: Moment = models.DateTimeField()
    """When the figures were read."""
    ended_at: Moment = models.DateTimeField()
    folder: Words = models.CharField(max_length=80)
    files: models.Field[dict[str, str], dict[str, str]] = models.JSONField(default=dict)
    findings: models.Field[list[dict[str, str]], list[dict[str, str]]] = models.JSONField(default=list)
    """What the core found: code, severity, place, and message and hint in both languages."""
    seal: Words = models.CharField(max_length=64)
    """The hash (sha256) of all hashes: it stands for the whole folder."""

    figures: Count = models.PositiveIntegerField(default=0)
    """How many figures it took."""
    figures_mark: Count = models.PositiveBigIntegerField(default=0)
    """The last change by which a figure was accepted or returned when it read them; without a later one, what
    it took is what stands."""
    parts_mark: Words = models.CharField(max_length=40, blank=True)
    """Which parts of the book beside the figures there were; another mark means that there are others."""

    objects: ClassVar[Runs] = Runs()

    class Meta:
        """The newest first; each number once in its round."""

        ordering = ["round", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="run_once"),
            models.UniqueConstraint(fields=["job"], name="run_of_one_job"),
            models.CheckConstraint(condition=Q(state__in=list(STATES)), name="run_state"),
        ]

    def __str__(self) -> str:
        """Return its number."""
        return str(self.number)

    @property
    def state_words(self) -> Text:
        """What became of it."""
        return STATES[self.state]
