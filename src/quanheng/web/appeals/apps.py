"""Appeals, as Django knows them."""

from __future__ import annotations

from django.apps import AppConfig


class AppealsConfig(AppConfig):
    """Appeals on figures and scores: filed by units, decided by the office, put into effect."""

    name = "quanheng.web.appeals"
    label = "appeals"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let rounds wait for appeals, and the log call what is done here by words."""
        from quanheng.web.appeals.domain.scored import open_appeals  # noqa: PLC0415  after the models are there
        from quanheng.web.appeals.words import ACTIONS  # noqa: PLC0415  the same
        from quanheng.web.audit.words import name_actions  # noqa: PLC0415  the same
        from quanheng.web.results.domain.outlook import count_open_appeals_by  # noqa: PLC0415  the same

        count_open_appeals_by(open_appeals)
        name_actions(ACTIONS)
