"""Measures asked of a book in many rounds, without any scoring: for forecasts, splits and headlines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals as nw

from quanheng.data.book.book import Book
from quanheng.engine.figures.for_round import measures_for, rounds_by_measures
from quanheng.engine.figures.grid_laws import check_lookups, check_rounds
from quanheng.engine.figures.layout import fetches_for, figures_in
from quanheng.engine.figures.looked_up.lookups import Lookups, looked_up
from quanheng.engine.formulas.measures import Measure, with_measures
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.engines import polars_engine
from quanheng.findings.finding import Finding, require_no_errors
from quanheng.periods.stretch import Stretch


def values_of(book: Book, measures: Sequence[Measure], rounds: Mapping[str, Stretch]) -> nw.DataFrame[Any]:
    """Return `measures` of every unit of `book` in each of `rounds`; a round without any figure is no error.

    unit, name, group, round (a key of `rounds`), and of each measure `measure|…` (null where it is absent)
    and `absence|…` (a code of `columns.py`; null for units of whose group it is not asked).

    Raises:
        FindingsError: a figure cannot be had from the book: a condition that cannot be asked of a ledger, an
            attribute that is no number.
        DataError: a measure looks back beyond the calendar.
    """
    lookups = (_lookups(book, measures, stretch) for stretch in rounds.values())
    require_no_errors(check_rounds(book, lookups, lenient=True))
    engine = polars_engine()
    grids: dict[str, tuple[tuple[Measure, ...], nw.DataFrame[Any]]] = {}
    for asked, own in rounds_by_measures(measures, rounds):
        figures = figures_in(book, fetches_for(asked, book.scheme), own)
        grids |= dict.fromkeys(own, (asked, engine.collect(engine.lift(figures))))
    columns = [name(measure.code) for measure in measures for name in (c.measure, c.absence)]
    parts = []
    for name in rounds:
        # one round at a time: the sums that shares are of must not depend on what else is asked
        asked, figured = grids[name]
        grid = engine.lift(figured.filter(nw.col(c.ROUND) == name))
        frame = with_measures(grid, asked, book.scheme, engine)
        parts.append(engine.collect(frame.select(c.UNIT, c.NAME, c.GROUP, c.ROUND, *columns)))
    return nw.concat(parts, how="vertical")


def check_values(book: Book, measures: Sequence[Measure], stretch: Stretch) -> tuple[Finding, ...]:
    """Return what is wrong with the figures that `measures` look at, that there are none at all included.

    If nothing is, return what a reader of them should know: that one is of an earlier period than others'.
    """
    return check_lookups(book, _lookups(book, measures, stretch))


def _lookups(book: Book, measures: Sequence[Measure], stretch: Stretch) -> Lookups:
    return looked_up(fetches_for(measures_for(measures, stretch), book.scheme), book.scheme.items, stretch)
