"""Publications, as Django knows them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from quanheng.web.jobs.work import Held


class PublicationConfig(AppConfig):
    """What is published: frozen files at a stated time, read by everybody."""

    name = "quanheng.web.publication"
    label = "publication"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the worker know how a publication is made, and the log what its actions are called."""
        from quanheng.web.audit.words import name_actions  # noqa: PLC0415  after the models are there
        from quanheng.web.jobs.work import work  # noqa: PLC0415  the same
        from quanheng.web.publication.words import ACTIONS, MAKE, MAKING  # noqa: PLC0415  the same

        name_actions(ACTIONS)
        work(MAKE, MAKING)(_make)


def _make(held: Held, arguments: Mapping[str, object]) -> None:
    from quanheng.web.publication.domain.making import make  # noqa: PLC0415  who serves pages sets no documents

    make(held, arguments)
