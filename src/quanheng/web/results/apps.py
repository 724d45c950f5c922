"""Results of rounds, as Django knows them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from quanheng.web.jobs.work import Held


class ResultsConfig(AppConfig):
    """Runs of the score: what each took, and what came of it."""

    name = "quanheng.web.results"
    label = "results"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the worker know how to score, the log words, grids the targets, new rounds who is there."""
        from quanheng.web.audit.words import name_actions  # noqa: PLC0415  after the models are there
        from quanheng.web.jobs.work import work  # noqa: PLC0415  the same
        from quanheng.web.results.domain.parts import look_who_is_there  # noqa: PLC0415  the same
        from quanheng.web.results.domain.targets import tables_of_targets  # noqa: PLC0415  the same
        from quanheng.web.results.words import ACTIONS, RUN, RUN_SCORE  # noqa: PLC0415  the same
        from quanheng.web.rounds.domain.rounds import tell_rounds_made_to  # noqa: PLC0415  the same
        from quanheng.web.rounds.domain.targets import tell_targets_by  # noqa: PLC0415  the same

        tell_targets_by(tables_of_targets)
        tell_rounds_made_to(look_who_is_there)
        name_actions(ACTIONS)
        work(RUN_SCORE, RUN)(_run_score)


def _run_score(held: Held, arguments: Mapping[str, object]) -> None:
    from quanheng.web.results.domain.running import run_score  # noqa: PLC0415  who serves pages computes nothing

    run_score(held, arguments)
