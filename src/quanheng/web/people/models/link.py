"""One-time links: how somebody gets to the first password, or to a new one."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q, QuerySet

from quanheng.process.rounds.people import Person
from quanheng.web.base.columns import MaybeMoment, Moment, Words
from quanheng.web.base.visible import Visible
from quanheng.web.people.models.account import Account


class Links(Visible["OneTimeLink"]):
    """Nobody sees links: whoever holds one has its secret, and only its hash is stored."""

    def visible_to(self, person: Person) -> QuerySet[OneTimeLink]:
        """Return none, whoever asks."""
        return self.get_queryset().filter(account__code=person.code).none()


class OneTimeLink(models.Model):
    """A way in that works once and not for long. Without an account it makes the first administrator."""

    secret: Words = models.CharField(max_length=64, unique=True)
    """The hash (sha256) of what stands in the link."""
    account: models.ForeignKey[Account | None, Account | None] = models.ForeignKey(
        Account, on_delete=models.CASCADE, null=True, blank=True
    )
    made_at: Moment = models.DateTimeField()
    until: Moment = models.DateTimeField()
    used_at: MaybeMoment = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Links] = Links()

    class Meta:
        """It ends after it was made."""

        constraints = [
            models.CheckConstraint(condition=Q(until__gt=models.F("made_at")), name="link_has_time"),
        ]

    def __str__(self) -> str:
        """Return until when it works."""
        return f"{self.until:%Y-%m-%d %H:%M}"
