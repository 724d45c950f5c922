"""People, as Django knows them."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Accounts, roles, units, and how people sign in."""

    name = "quanheng.web.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the log hear who signs in and out, and who changes how."""
        from quanheng.web.audit.words import name_actions  # noqa: PLC0415  after the models are there
        from quanheng.web.people.sign_ins import listen  # noqa: PLC0415  the same
        from quanheng.web.people.words import ACTIONS  # noqa: PLC0415  the same

        listen()
        name_actions(ACTIONS)
