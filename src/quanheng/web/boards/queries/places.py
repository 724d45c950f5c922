"""The places of a unit round after round, as far as the one who asks may see them."""

from __future__ import annotations

from typing import Final

from quanheng.periods.period import parse_period
from quanheng.process.rounds.people import Person
from quanheng.web.results.models import KeptRun, Score

_MOST: Final = 12
"""So many rounds are looked back on."""


def places_of(person: Person, run: KeptRun, unit: str) -> tuple[tuple[str, int | None], ...]:
    """Return the periods up to that of `run`, of its scheme and as long as its, with the place of a unit.

    Of the versions of a round the last one counts, of its runs the last one.
    """
    until = parse_period(run.round.period)
    scores = Score.objects.visible_to(person).filter(
        level=0,
        unit__unit=unit,
        run__state="ended",
        run__is_preview=False,
        run__scheme__scheme=run.scheme.scheme_code,
    )
    found = scores.order_by("run__round__version", "run__number").values_list("run__round__period", "place")
    periods = {text: (parse_period(text), place) for text, place in found}
    alike = [
        (period.end, text, place)
        for text, (period, place) in periods.items()
        if period.length_months == until.length_months and period.end <= until.end
    ]
    return tuple((text, place) for _, text, place in sorted(alike)[-_MOST:])
