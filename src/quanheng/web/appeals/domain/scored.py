"""Whether corrected figures have been scored, and how many appeals a round still waits for."""

from __future__ import annotations

from quanheng.process.rounds.appeal import APPEAL
from quanheng.web.appeals.models import KeptAppeal
from quanheng.web.results.domain.outlook import counting_run
from quanheng.web.results.models import Taken


def are_scored(round_pk: int, changes: frozenset[int]) -> bool:
    """Return whether the run that counts of a round took all these changes of figures, by their keys."""
    run = counting_run(round_pk)
    if run is None:
        return False
    return Taken.objects.for_the_program().filter(run=run, change__in=changes).count() == len(changes)


def open_appeals(round_pk: int) -> int:
    """Return how many appeals of a round are neither finished nor withdrawn."""
    found = KeptAppeal.objects.for_the_program().filter(round=round_pk)
    return found.exclude(state__in=APPEAL.final).count()
