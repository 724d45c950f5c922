"""Who reports which item of which units, before a round assigns it with a deadline."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q, QuerySet

from quanheng.process.rounds.people import Person
from quanheng.web.base.columns import Words
from quanheng.web.base.visible import Visible
from quanheng.web.people.models.account import Account
from quanheng.web.people.models.unit import Unit


class Responsibilities(Visible["Responsibility"]):
    """The administrator and the office see all, a reporter the own ones."""

    def visible_to(self, person: Person) -> QuerySet[Responsibility]:
        """Return those that `person` may see."""
        found = self.get_queryset()
        if person.may_act_as("administrator", "office"):
            return found
        return found.filter(account__code=person.code) if person.may_act_as("reporter") else found.none()


class Responsibility(models.Model):
    """Somebody reports an item, of one unit or, where none is named, of all."""

    account: models.ForeignKey[Account, Account] = models.ForeignKey(
        Account, on_delete=models.CASCADE, related_name="responsibilities"
    )
    item: Words = models.CharField(max_length=200)
    """The item's code or name, as the scheme of a round knows it."""
    unit: models.ForeignKey[Unit | None, Unit | None] = models.ForeignKey(
        Unit, on_delete=models.CASCADE, null=True, blank=True
    )

    objects: ClassVar[Responsibilities] = Responsibilities()

    class Meta:
        """Each is said once."""

        constraints = [
            models.UniqueConstraint(
                fields=["account", "item", "unit"], name="responsibility_once", nulls_distinct=False
            ),
            models.CheckConstraint(condition=~Q(item=""), name="responsibility_has_item"),
        ]

    def __str__(self) -> str:
        """Return what is reported."""
        return str(self.item)
