"""What the next move of a round hangs on: whether a run has scored its figures as they are, open appeals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.db.models import QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from quanheng.process.rounds.round import Outlook
from quanheng.web.results.domain.figures import figures_for, marks_of_figures
from quanheng.web.results.domain.parts import gone_into_units_of, marks_of_parts
from quanheng.web.results.models import KeptRun
from quanheng.web.results.models.run import COUNTS
from quanheng.web.rounds.domain.rounds import count_asked
from quanheng.web.rounds.models import AskedItem, AskedUnit, Cell, KeptRound
from quanheng.web.rounds.models.round import OF_THOSE_THERE

_OPEN_APPEALS: Final[list[Callable[[int], int]]] = []


def count_open_appeals_by(count: Callable[[int], int]) -> None:
    """Let `count` say how many appeals of a round, given by its key, are not done yet."""
    _OPEN_APPEALS.append(count)


def outlook_with_results(kept: KeptRound, run: KeptRun | None) -> Outlook:
    """Return what the moves of a round hang on that look at its results; `run` is its `marked_run`.

    Where nothing was accepted or returned since the run, it is current; else each figure is looked at.
    """
    items = list(AskedItem.objects.for_the_program().filter(round=kept))
    asked_units = list(AskedUnit.objects.for_the_program().filter(round=kept))
    units = [str(unit.unit_id) for unit in asked_units]
    asked = count_asked((item.groups for item in items), asked_units)
    if run is None or run.figures_mark == run.figures_now:
        settled = (
            Cell.objects.for_the_program().filter(round=kept, state="accepted", **OF_THOSE_THERE).count()
        )
        took_all = run is not None
    else:
        gone = gone_into_units_of(kept, units) if run.parts_now else frozenset[str]()
        figures = figures_for(kept, items=items, run=run, gone=gone)
        there = {str(unit.unit_id) for unit in asked_units if unit.is_there}
        settled = sum(figure.is_own and figure.unit in there for figure in figures)
        took_all = len(figures) == run.figures and all(figure.is_taken for figure in figures)
    return Outlook(
        unsettled=asked - settled,
        has_current_run=run is not None and took_all and run.parts_mark == run.parts_now,
        appeals_open=sum(count(kept.pk) for count in _OPEN_APPEALS),
    )


def with_marks_now(runs: QuerySet[KeptRun], kept: KeptRound) -> QuerySet[KeptRun]:
    """Return runs of a round, each with the marks of the figures and parts that there are now."""
    return runs.annotate(
        figures_now=Coalesce(Subquery(marks_of_figures(kept)), 0),
        parts_now=Coalesce(Subquery(marks_of_parts(kept)), Value("")),
    )


def counting_run(round_pk: int) -> KeptRun | None:
    """Return the last run of a round that ended well and took nothing but what was accepted."""
    runs = KeptRun.objects.for_the_program().filter(round=round_pk, **COUNTS)
    return runs.order_by("-number").first()


def marked_run(kept: KeptRound) -> KeptRun | None:
    """Return the same run of a round, with the marks of what there is now."""
    runs = KeptRun.objects.for_the_program().filter(round=kept, **COUNTS)
    return with_marks_now(runs, kept).order_by("-number").first()
