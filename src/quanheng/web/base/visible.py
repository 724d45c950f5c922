"""Managers of models: what a person may see is asked in one place for each model.

`Thing.objects.visible_to(person)` is how all code outside of models reads things. An action that has to look
at all of them says so: `Thing.objects.for_the_program()`. Any other use of `.objects` is refused by
`tools.check_visible`.
"""

from __future__ import annotations

from typing import TypeVar

from django.db import models
from django.db.models import QuerySet

from quanheng.process.rounds.people import Person

M = TypeVar("M", bound=models.Model)


class Visible(models.Manager[M]):
    """The manager of a model whose rows are visible to some and not to others."""

    def visible_to(self, person: Person) -> QuerySet[M]:
        """Return the rows that `person` may see; each model says which."""
        raise NotImplementedError(f"{self.model.__name__} does not say what {person.code!r} may see")

    def for_the_program(self) -> QuerySet[M]:
        """Return all rows, for an action that has asked itself whether its actor may do it."""
        return self.get_queryset()
