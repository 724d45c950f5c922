"""Rounds, as Django knows them."""

from __future__ import annotations

from django.apps import AppConfig


class RoundsConfig(AppConfig):
    """Rounds, who reports what in them, and what was reported."""

    name = "quanheng.web.rounds"
    label = "rounds"
    default_auto_field = "django.db.models.BigAutoField"
