"""Work in the background, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Work that takes longer than somebody waits for a page."""

    name = "quanheng.web.jobs"
    label = "jobs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the log call what is done to jobs by its words."""
        from quanheng.web.audit.words import name_actions  # noqa: PLC0415  after the models are there
        from quanheng.web.jobs.words import ACTIONS  # noqa: PLC0415  the same

        name_actions(ACTIONS)
