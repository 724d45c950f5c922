"""Appeals as they stand, and every step of each."""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q, QuerySet

from quanheng.findings.text import Text
from quanheng.process.rounds.appeal import APPEAL, DECISIONS, Appeal
from quanheng.process.rounds.people import Person
from quanheng.web.base.columns import MaybeMoment, Moment, Words
from quanheng.web.base.visible import Visible
from quanheng.web.rounds.models import AskedUnit, KeptRound
from quanheng.web.rounds.models.moments import here_if_any

KINDS: Final = ("item", "node")
"""What an appeal is about: a figure, or a node of the scheme with its score."""


class Appeals(Visible["KeptAppeal"]):
    """The office sees all appeals, a unit its own, leaders those that are decided."""

    def visible_to(self, person: Person) -> QuerySet[KeptAppeal]:
        """Return the appeals that `person` may see."""
        appeals = self.get_queryset()
        if person.may_act_as("office"):
            return appeals
        seen = Q(pk__in=[])
        if person.may_act_as("unit"):
            seen |= Q(unit__unit__in=sorted(person.units))
        if person.may_act_as("leader"):
            seen |= ~Q(decision="")
        return appeals.filter(seen)


class KeptAppeal(models.Model):
    """An appeal of a unit on one of its figures or scores."""

    unit_id: int
    round_id: int
    round: models.ForeignKey[KeptRound, KeptRound] = models.ForeignKey(
        KeptRound, on_delete=models.PROTECT, related_name="appeals"
    )
    unit: models.ForeignKey[AskedUnit, AskedUnit] = models.ForeignKey(AskedUnit, on_delete=models.PROTECT)
    kind: Words = models.CharField(max_length=10)
    about: Words = models.CharField(max_length=200)
    """The code of the item or the node."""
    names: models.Field[dict[str, str], dict[str, str]] = models.JSONField(default=dict)
    """What that is called, by language."""
    grounds: Words = models.TextField()
    filed_by: Words = models.CharField(max_length=64)
    filed_at: Moment = models.DateTimeField()
    state: Words = models.CharField(max_length=20)
    decision: Words = models.CharField(max_length=20, blank=True)
    decided_by: Words = models.CharField(max_length=64, blank=True)
    reasons: Words = models.TextField(blank=True)
    changed_at: MaybeMoment = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Appeals] = Appeals()

    class Meta:
        """The newest first; it says what it is about, and why."""

        ordering = ["-filed_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(APPEAL.states)), name="appeal_state"),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="appeal_kind"),
            models.CheckConstraint(condition=~Q(grounds="") & ~Q(about=""), name="appeal_has_grounds"),
            models.CheckConstraint(
                condition=Q(decision="", decided_by="", reasons="")
                | (Q(decision__in=DECISIONS) & ~Q(decided_by="") & ~Q(reasons="")),
                name="appeal_decided",
            ),
        ]

    def __str__(self) -> str:
        """Return its number."""
        return str(self.pk)

    @property
    def name(self) -> Text:
        """What it is about, in words."""
        return Text(**self.names)

    @property
    def state_words(self) -> Text:
        """What its state is called."""
        return APPEAL.states[self.state]

    @property
    def decision_words(self) -> Text:
        """What its decision is called; nothing while there is none."""
        return APPEAL.states[self.decision] if self.decision else Text()

    def as_appeal(self, had_part: frozenset[str], *, is_corrected: bool) -> Appeal:
        """Return it as the rules know it.

        `had_part` are those who entered or accepted what it is about; `is_corrected` says that a figure was
        corrected by it.
        """
        return Appeal(
            unit=str(self.unit.unit_id),
            about=self.about,
            grounds=self.grounds,
            filed_by=self.filed_by,
            had_part=had_part,
            on_score=self.kind == "node",
            is_corrected=is_corrected,
            state=self.state,
            decision=self.decision or None,
            decided_by=self.decided_by or None,
            reasons=self.reasons,
            changed_at=here_if_any(self.changed_at),
        )

    def take(self, after: Appeal) -> None:
        """Let it be as the rules say; it has to be saved."""
        self.state, self.changed_at = after.state, after.changed_at
        self.decision, self.decided_by = after.decision or "", after.decided_by or ""
        self.reasons = after.reasons


class AppealSteps(Visible["AppealStep"]):
    """As the appeals."""

    def visible_to(self, person: Person) -> QuerySet[AppealStep]:
        """Return the steps of the appeals that `person` may see."""
        return self.get_queryset().filter(appeal__in=KeptAppeal.objects.visible_to(person).values("pk"))


class AppealStep(models.Model):
    """A step of an appeal: never changed, never deleted; the database sees to it."""

    appeal: models.ForeignKey[KeptAppeal, KeptAppeal] = models.ForeignKey(
        KeptAppeal, on_delete=models.PROTECT, related_name="steps"
    )
    move: Words = models.CharField(max_length=20)
    who: Words = models.CharField(max_length=64)
    at: Moment = models.DateTimeField()
    reason: Words = models.TextField(blank=True)

    objects: ClassVar[AppealSteps] = AppealSteps()

    class Meta:
        """In their order."""

        ordering = ["at", "pk"]

    def __str__(self) -> str:
        """Return what was done."""
        return self.move

    @property
    def move_words(self) -> Text:
        """What was done, in words."""
        return (
            Text(zh="提出申诉", en="file the appeal") if self.move == "file" else APPEAL.move(self.move).name
        )
