"""The library of schemes, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    """Schemes as they were handed in, version after version."""

    name = "quanheng.web.library"
    label = "library"
    default_auto_field = "django.db.models.BigAutoField"
