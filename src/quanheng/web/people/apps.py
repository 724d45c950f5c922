"""People, as Django knows them."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Accounts, roles, units, and how people sign in."""

    name = "quanheng.web.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
