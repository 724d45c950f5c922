"""What the next move of a round hangs on: whether a run has scored its figures as they are, open appeals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from quanheng.process.rounds.round import Outlook
from quanheng.web.results.domain.figures import Figure, figures_for
from quanheng.web.results.domain.parts import with_parts_now
from quanheng.web.results.models import KeptRun
from quanheng.web.results.models.run import COUNTS
from quanheng.web.rounds.domain.rounds import count_asked
from quanheng.web.rounds.models import AskedItem, AskedUnit, KeptRound

_OPEN_APPEALS: Final[list[Callable[[int], int]]] = []


def count_open_appeals_by(count: Callable[[int], int]) -> None:
    """Let `count` say how many appeals of a round, given by its key, are not done yet."""
    _OPEN_APPEALS.append(count)


def outlook_with_results(kept: KeptRound, run: KeptRun | None) -> Outlook:
    """Return what the moves of a round hang on that look at its results; `run` is its `marked_run`."""
    items = list(AskedItem.objects.for_the_program().filter(round=kept))
    asked = count_asked(items, AskedUnit.objects.for_the_program().filter(round=kept))
    figures = figures_for(kept, items=items, run=run)
    return Outlook(
        unsettled=asked - sum(figure.is_own for figure in figures),
        has_current_run=run is not None and took_all(run, figures),
        appeals_open=sum(count(kept.pk) for count in _OPEN_APPEALS),
    )


def took_all(run: KeptRun, figures: Sequence[Figure]) -> bool:
    """Return whether a run took these very figures and no others, with the parts that there are now."""
    if run.parts_mark != run.parts_now:
        return False
    return len(figures) == run.figures and all(figure.is_taken for figure in figures)


def counting_run(round_pk: int) -> KeptRun | None:
    """Return the last run of a round that ended well and took nothing but what was accepted."""
    runs = KeptRun.objects.for_the_program().filter(round=round_pk, **COUNTS)
    return runs.order_by("-number").first()


def marked_run(kept: KeptRound) -> KeptRun | None:
    """Return the same run of a round, with the mark of the parts that there are now."""
    runs = KeptRun.objects.for_the_program().filter(round=kept, **COUNTS)
    return with_parts_now(runs, kept).order_by("-number").first()
