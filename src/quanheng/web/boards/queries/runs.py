"""The run of a round that counts, as far as the one who asks may see it."""

from __future__ import annotations

from quanheng.process.rounds.people import Person
from quanheng.web.results.models import KeptRun
from quanheng.web.results.models.run import COUNTS


def run_that_counts(person: Person, pk: int) -> KeptRun | None:
    """Return the run of the round `pk` that counts; None where there is none, or `person` may not see it.

    Leaders and units see it once the results are provisional, the office before that.
    """
    runs = KeptRun.objects.visible_to(person).filter(round=pk, **COUNTS)
    return runs.select_related("round", "scheme").defer("findings").order_by("-number").first()
