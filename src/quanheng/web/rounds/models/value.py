"""Values: every change is a row that stays; of each figure the last one stands at hand."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar, Final

from django.db import models
from django.db.models import Q, QuerySet

from quanheng.process.rounds.people import Person
from quanheng.process.rounds.reported import REPORTED, Reported
from quanheng.process.rounds.round import ROUND
from quanheng.web.base.columns import Count, MaybeMoment, Moment, Words
from quanheng.web.base.visible import Visible
from quanheng.web.rounds.models.moments import here, here_if_any
from quanheng.web.rounds.models.round import AskedItem, AskedUnit, KeptRound

NATURES = ("value", "missing", "not_applicable")
"""What a figure is: a number, left empty, or said not to apply (absence §1)."""

_NOT_REPORTED: Final = Reported(item="", unit="")


def _own(person: Person, *, to_item: str, to_unit: str) -> Q:
    """Return which figures somebody sees who is neither of the office nor a leader."""
    own = Q(pk__in=[])
    if person.may_act_as("reporter"):
        of_task = {
            f"{to_unit}__tasks__reporter__code": person.code,
            f"{to_unit}__tasks__item": models.F(to_item),
        }
        own |= Q(**of_task)
    if person.may_act_as("unit"):
        own |= Q(**{f"{to_unit}__unit__in": sorted(person.units)}, state="accepted")
    return own


class Cells(Visible["Cell"]):
    """The office sees all figures, leaders and units those that are accepted, a reporter the own ones."""

    def visible_to(self, person: Person) -> QuerySet[Cell]:
        """Return the figures that `person` may see."""
        cells = self.get_queryset()
        if person.may_act_as("office"):
            return cells
        cells = cells.exclude(round__state=ROUND.first)
        seen = _own(person, to_item="item", to_unit="unit")
        if person.may_act_as("leader"):
            seen |= Q(state="accepted")
        return cells.filter(seen).distinct()


class Cell(models.Model):
    """An item of a unit in a round, as it stands: the last of its changes."""

    item_id: int
    unit_id: int
    round: models.ForeignKey[KeptRound, KeptRound] = models.ForeignKey(
        KeptRound, on_delete=models.CASCADE, related_name="cells"
    )
    item: models.ForeignKey[AskedItem, AskedItem] = models.ForeignKey(
        AskedItem, on_delete=models.CASCADE, related_name="cells"
    )
    unit: models.ForeignKey[AskedUnit, AskedUnit] = models.ForeignKey(
        AskedUnit, on_delete=models.CASCADE, related_name="cells"
    )
    version: Count = models.PositiveIntegerField()
    state: Words = models.CharField(max_length=20)
    nature: Words = models.CharField(max_length=20)
    number: models.Field[float | None, float | None] = models.FloatField(null=True, blank=True)
    written: Words = models.CharField(max_length=100, blank=True)
    """As it was written, without what stands around it; what is shown again."""
    note: Words = models.CharField(max_length=500, blank=True)
    entered_by: Words = models.CharField(max_length=64, blank=True)
    accepted_by: Words = models.CharField(max_length=64, blank=True)
    changed_at: Moment = models.DateTimeField()
    due: MaybeMoment = models.DateTimeField(null=True, blank=True)
    message: Words = models.TextField(blank=True)
    """What it was returned with."""

    objects: ClassVar[Cells] = Cells()

    class Meta:
        """One row for each figure."""

        constraints = [
            models.UniqueConstraint(fields=["item", "unit"], name="cell_once"),
            models.CheckConstraint(condition=Q(state__in=list(REPORTED.states)), name="cell_state"),
            models.CheckConstraint(condition=Q(nature__in=NATURES), name="cell_nature"),
            models.CheckConstraint(
                condition=Q(nature="value", number__isnull=False) | (~Q(nature="value") & Q(number=None)),
                name="cell_number",
            ),
        ]

    def __str__(self) -> str:
        """Return what stands there."""
        return self.written

    @staticmethod
    def as_reported(cell: Cell | None, item: AskedItem, unit: AskedUnit) -> Reported:
        """Return a figure as the rules know it; where there is no row yet, nothing was reported."""
        return replace(Cell.without_names(cell), item=item.name.zh or item.name.en, unit=unit.unit.name)

    @staticmethod
    def without_names(cell: Cell | None) -> Reported:
        """Return a figure as the rules know it, but for its item and unit, which they only tell of.

        Thousands are alike then, and what is refused of one is refused of all.
        """
        if cell is None:
            return _NOT_REPORTED
        return Reported(
            item="",
            unit="",
            state=cell.state,
            version=cell.version,
            entered_by=cell.entered_by or None,
            accepted_by=cell.accepted_by or None,
            changed_at=here(cell.changed_at),
            due=here_if_any(cell.due),
        )


class Changes(Visible["Change"]):
    """As the figures."""

    def visible_to(self, person: Person) -> QuerySet[Change]:
        """Return the changes of the figures that `person` may see."""
        changes = self.get_queryset()
        if person.may_act_as("office"):
            return changes
        seen = Cell.objects.visible_to(person).filter(
            item=models.OuterRef("item"), unit=models.OuterRef("unit")
        )
        return changes.filter(models.Exists(seen))


class Change(models.Model):
    """A change of a figure: never changed, never deleted; the database sees to it."""

    item_id: int
    unit_id: int
    round: models.ForeignKey[KeptRound, KeptRound] = models.ForeignKey(KeptRound, on_delete=models.PROTECT)
    item: models.ForeignKey[AskedItem, AskedItem] = models.ForeignKey(AskedItem, on_delete=models.PROTECT)
    unit: models.ForeignKey[AskedUnit, AskedUnit] = models.ForeignKey(AskedUnit, on_delete=models.PROTECT)
    version: Count = models.PositiveIntegerField()
    move: Words = models.CharField(max_length=20)
    state: Words = models.CharField(max_length=20)
    nature: Words = models.CharField(max_length=20)
    number: models.Field[float | None, float | None] = models.FloatField(null=True, blank=True)
    written: Words = models.CharField(max_length=100, blank=True)
    note: Words = models.CharField(max_length=500, blank=True)
    who: Words = models.CharField(max_length=64)
    at: Moment = models.DateTimeField()
    file: Words = models.CharField(max_length=150, blank=True)
    """The file that it came from; empty where it was typed or pasted."""
    message: Words = models.TextField(blank=True)
    """Why it was returned, declared missing or corrected."""
    appeal: models.Field[int | None, int | None] = models.PositiveIntegerField(null=True, blank=True)
    """The appeal that it puts into effect, if it does."""
    decided_by: models.Field[str | None, str | None] = models.CharField(  # noqa: DJ001  a column that is added to a table that only grows is empty in old rows
        max_length=64, null=True, blank=True
    )
    """Who decided that appeal."""

    objects: ClassVar[Changes] = Changes()

    class Meta:
        """Each version of a figure stands once, in their order."""

        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(fields=["item", "unit", "version"], name="change_once"),
            models.CheckConstraint(condition=Q(state__in=list(REPORTED.states)), name="change_state"),
            models.CheckConstraint(condition=Q(nature__in=NATURES), name="change_nature"),
        ]

    def __str__(self) -> str:
        """Return which version it is."""
        return str(self.version)


class SentForms(Visible["SentForm"]):
    """Nobody looks at them but the program."""

    def visible_to(self, person: Person) -> QuerySet[SentForm]:
        """Return none, whoever asks."""
        return self.get_queryset().filter(who=person.code).none()


class SentForm(models.Model):
    """A form that was taken: one that is sent twice counts once."""

    key: Words = models.CharField(max_length=64)
    who: Words = models.CharField(max_length=64)
    at: Moment = models.DateTimeField()

    objects: ClassVar[SentForms] = SentForms()

    class Meta:
        """Each form of a person once."""

        constraints = [models.UniqueConstraint(fields=["who", "key"], name="form_once")]

    def __str__(self) -> str:
        """Return its key."""
        return self.key
