"""Boards, as Django knows them."""

from __future__ import annotations

from django.apps import AppConfig


class BoardsConfig(AppConfig):
    """What leaders and units look at: the board of a round, what if, the own figures, what is to be done."""

    name = "quanheng.web.boards"
    label = "boards"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the log call what is done here by words."""
        from quanheng.web.audit.words import name_actions  # noqa: PLC0415  after the models are there
        from quanheng.web.boards.words import ACTIONS  # noqa: PLC0415  the same

        name_actions(ACTIONS)
