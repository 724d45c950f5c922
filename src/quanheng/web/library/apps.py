"""The library of schemes, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    """Schemes as they were handed in, version after version."""

    name = "quanheng.web.library"
    label = "library"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the log call what is done here by words."""
        from quanheng.web.audit.words import name_actions  # noqa: PLC0415  after the models are there
        from quanheng.web.library.words import ACTIONS  # noqa: PLC0415  the same

        name_actions(ACTIONS)
