"""Rounds, and what is asked in them of whom."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Final

from django.db import models
from django.db.models import Q, QuerySet

from quanheng.findings.text import Text
from quanheng.process.rounds.people import Person
from quanheng.process.rounds.round import ROUND, Round, Window
from quanheng.scheme.items.item import ItemKind
from quanheng.web.base.columns import Count, MaybeDay, MaybeMoment, Moment, Words
from quanheng.web.base.visible import Visible
from quanheng.web.library.models import Version
from quanheng.web.people.models import Unit
from quanheng.web.rounds.models.moments import here, here_if_any


def of_own_rounds(person: Person) -> Q:
    """Return which rounds somebody takes part in who is neither of the office nor a leader."""
    own = Q(pk__in=[])
    if person.may_act_as("reporter"):
        own |= Q(tasks__reporter__code=person.code)
    if person.may_act_as("unit"):
        own |= Q(units__unit__in=sorted(person.units))
    return own


class Rounds(Visible["KeptRound"]):
    """The office and leaders see all rounds; others those they report in or are assessed in, once open."""

    def visible_to(self, person: Person) -> QuerySet[KeptRound]:
        """Return the rounds that `person` may see."""
        rounds = self.get_queryset()
        if person.may_act_as("office"):
            return rounds
        rounds = rounds.exclude(state=ROUND.first)
        if person.may_act_as("leader"):
            return rounds
        return rounds.filter(pk__in=self.get_queryset().filter(of_own_rounds(person)).values("pk"))


class KeptRound(models.Model):
    """A round: figures are reported by a version of a scheme, until a deadline."""

    scheme_id: int
    code: Words = models.CharField(max_length=64)
    version: Count = models.PositiveIntegerField(default=1)
    title: Words = models.CharField(max_length=200)
    scheme: models.ForeignKey[Version, Version] = models.ForeignKey(
        Version, on_delete=models.PROTECT, related_name="rounds"
    )
    period: Words = models.CharField(max_length=12)
    state: Words = models.CharField(max_length=20, default=ROUND.first)
    due: Moment = models.DateTimeField()
    corrects: models.Field[int | None, int | None] = models.PositiveIntegerField(null=True, blank=True)
    reason: Words = models.TextField(blank=True)
    window_begins: MaybeMoment = models.DateTimeField(null=True, blank=True)
    window_ends: MaybeMoment = models.DateTimeField(null=True, blank=True)
    publish_at: MaybeMoment = models.DateTimeField(null=True, blank=True)
    changed_at: MaybeMoment = models.DateTimeField(null=True, blank=True)
    made_at: Moment = models.DateTimeField()
    made_by: Words = models.CharField(max_length=64)

    objects: ClassVar[Rounds] = Rounds()

    class Meta:
        """Each version of a round stands once; the newest first."""

        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="round_once"),
            models.CheckConstraint(condition=~Q(code="") & ~Q(title=""), name="round_has_code"),
            models.CheckConstraint(condition=Q(state__in=list(ROUND.states)), name="round_state"),
            models.CheckConstraint(
                condition=Q(window_begins=None, window_ends=None)
                | Q(window_begins__lt=models.F("window_ends")),
                name="round_window",
            ),
        ]

    def __str__(self) -> str:
        """Return what it is called."""
        return self.title

    @property
    def chain(self) -> str:
        """The chain of the log in which it is told."""
        return f"round-{self.code}"

    @property
    def state_words(self) -> Text:
        """What its state is called."""
        return ROUND.states[self.state]

    def as_round(self) -> Round:
        """Return it as the rules know it."""
        window = None
        if self.window_begins is not None and self.window_ends is not None:
            window = Window(begins=here(self.window_begins), ends=here(self.window_ends))
        return Round(
            code=self.code,
            due=here(self.due),
            state=self.state,
            version=self.version,
            corrects=self.corrects,
            reason=self.reason,
            window=window,
            publish_at=here_if_any(self.publish_at),
            changed_at=here_if_any(self.changed_at),
        )

    def take(self, after: Round) -> None:
        """Let it be as the rules say; it has to be saved."""
        self.state, self.due, self.changed_at = after.state, after.due, after.changed_at
        self.window_begins = after.window.begins if after.window else None
        self.window_ends = after.window.ends if after.window else None


class AskedUnits(Visible["AskedUnit"]):
    """As the rounds they are in; who reports, sees the units of the own tasks."""

    def visible_to(self, person: Person) -> QuerySet[AskedUnit]:
        """Return the units that `person` may see in rounds."""
        units = self.get_queryset()
        if person.may_act_as("office"):
            return units
        units = units.exclude(round__state=ROUND.first)
        if person.may_act_as("leader"):
            return units
        own = Q(pk__in=[])
        if person.may_act_as("reporter"):
            own |= Q(tasks__reporter__code=person.code)
        if person.may_act_as("unit"):
            own |= Q(unit__in=sorted(person.units))
        return units.filter(own).distinct()


class AskedUnit(models.Model):
    """A unit in a round, in its group and at its place in the list."""

    unit_id: str
    round: models.ForeignKey[KeptRound, KeptRound] = models.ForeignKey(
        KeptRound, on_delete=models.CASCADE, related_name="units"
    )
    unit: models.ForeignKey[Unit, Unit] = models.ForeignKey(Unit, on_delete=models.PROTECT)
    group: Words = models.CharField(max_length=200)
    place: Count = models.PositiveIntegerField()
    gone_since: MaybeDay = models.DateField(null=True, blank=True)
    """The first day on which it is no more, if that comes before the round ends."""
    went_into: Words = models.CharField(max_length=200, blank=True)
    """What the unit is called that it is a part of since then."""
    there_from: MaybeDay = models.DateField(null=True, blank=True)
    """The first day on which it is there, if that comes after the round."""

    objects: ClassVar[AskedUnits] = AskedUnits()

    class Meta:
        """Each unit once in a round."""

        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["round", "unit"], name="unit_once_in_round")]

    def __str__(self) -> str:
        """Return the name of the unit."""
        return self.unit.name

    @property
    def is_there(self) -> bool:
        """Whether it exists on the last day of the round: of others nothing is asked (units §1)."""
        return self.gone_since is None and self.there_from is None

    @property
    def absence(self) -> Text | None:
        """Why nothing is asked of it; None where it is there.

        Examples:
            >>> unit = AskedUnit(gone_since=dt.date(2024, 5, 1), went_into="镇1")
            >>> unit.absence.zh, unit.absence.en
            ('2024年5月1日起不在，并入镇1', 'gone since 2024-05-01, into 镇1')
            >>> AskedUnit(there_from=dt.date(2025, 1, 1)).absence.en, AskedUnit().absence
            ('there from 2025-01-01', None)
        """
        if self.is_there:
            return None
        told = []
        if self.gone_since is not None:
            into = self.went_into
            told.append(
                Text(
                    zh=f"{_day(self.gone_since)}起不在" + (f"，并入{into}" if into else ""),
                    en=f"gone since {self.gone_since.isoformat()}" + (f", into {into}" if into else ""),
                )
            )
        if self.there_from is not None:
            begins = self.there_from
            told.append(Text(zh=f"{_day(begins)}起设立", en=f"there from {begins.isoformat()}"))
        return Text(zh="；".join(each.zh for each in told), en="; ".join(each.en for each in told))


THERE: Final = {"gone_since": None, "there_from": None}
"""Of which units figures are asked: what `is_there` says, as a condition."""
OF_THOSE_THERE: Final = {f"unit__{name}": value for name, value in THERE.items()}
"""The same of what stands at a unit: tasks and figures."""


class AskedItems(Visible["AskedItem"]):
    """What is asked is known to all who see the round."""

    def visible_to(self, person: Person) -> QuerySet[AskedItem]:
        """Return the items of the rounds that `person` may see."""
        items = self.get_queryset()
        if person.may_act_as("office"):
            return items
        return items.filter(round__in=KeptRound.objects.visible_to(person).values("pk"))


def name_of_item(names: dict[str, str], code: str) -> Text:
    """Return what an item is called by its `names`; one without a name is called by its code."""
    return Text(**names) if any(names.values()) else Text(zh=code)


class AskedItem(models.Model):
    """An item that is reported in a round, as the scheme describes it."""

    round: models.ForeignKey[KeptRound, KeptRound] = models.ForeignKey(
        KeptRound, on_delete=models.CASCADE, related_name="items"
    )
    code: Words = models.CharField(max_length=200)
    names: models.Field[dict[str, str], dict[str, str]] = models.JSONField(default=dict)
    """What it is called, by language."""
    measured_in: Words = models.CharField(max_length=200, blank=True)
    kind: models.Field[ItemKind, ItemKind] = models.CharField(max_length=20)
    period: Words = models.CharField(max_length=12)
    department: Words = models.CharField(max_length=200, blank=True)
    scope: Words = models.TextField(blank=True)
    groups: models.Field[list[str], list[str]] = models.JSONField(default=list)
    place: Count = models.PositiveIntegerField()

    objects: ClassVar[AskedItems] = AskedItems()

    class Meta:
        """Each item once in a round."""

        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["round", "code"], name="item_once_in_round")]

    def __str__(self) -> str:
        """Return its code."""
        return self.code

    @property
    def name(self) -> Text:
        """What it is called."""
        return name_of_item(self.names, self.code)

    def is_asked_of(self, unit: AskedUnit) -> bool:
        """Return whether the round asks for a figure of it: `unit` is there, and has one."""
        return self.applies_to(unit) and unit.is_there

    def applies_to(self, unit: AskedUnit) -> bool:
        """Return whether the group of `unit` has figures of it."""
        return unit.group in self.groups


def _day(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
