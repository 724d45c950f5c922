"""Rounds, as Django knows them."""

from __future__ import annotations

from django.apps import AppConfig


class RoundsConfig(AppConfig):
    """Rounds, who reports what in them, and what was reported."""

    name = "quanheng.web.rounds"
    label = "rounds"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the log call what is done here by words."""
        from quanheng.web.audit.words import name_actions  # noqa: PLC0415  after the models are there
        from quanheng.web.rounds.words import ACTIONS  # noqa: PLC0415  the same

        name_actions(ACTIONS)
