"""The measures of a book for the year to date of many years and months, as matrices of units × indicators."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import narwhals as nw
import numpy as np

from quanheng.data.book import Book
from quanheng.engine import columns as c
from quanheng.engine.engines import polars_engine
from quanheng.engine.grid import lay_out_rounds
from quanheng.engine.measures import with_measures
from quanheng.engine.stretches import Stretch
from quanheng.insight.reports import Reports, moving_items, reports_of, whole_years
from quanheng.insight.series import MONTHS_A_YEAR
from quanheng.insight.year_end import ENOUGH_YEARS, Flags, Floats
from quanheng.scheme.gaps.policies import Gaps
from quanheng.scheme.grades import Adjustments
from quanheng.scheme.model import Dimension, Indicator, Scheme
from quanheng.scheme.natures import value_formula
from quanheng.scheme.rules import Percentile

DECEMBER: Final = MONTHS_A_YEAR


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """The values that targets are stated of, year to date: `values[year, month]` is (units, indicators).

    NaN where the value is absent or one of the figures it needs by then is not in. `applies` (units,
    indicators): whether the indicator stands in the unit's group. `units` and `indicators` are in the order
    of the book.
    """

    units: tuple[str, ...]
    indicators: tuple[Indicator, ...]
    applies: Flags
    reports: Reports
    scheme: Scheme
    values: Mapping[tuple[int, int], Floats]

    def over(self, years: Sequence[int], month: int) -> Floats:
        """Return the values to the end of `month` in `years` (units, indicators, years)."""
        return np.stack([self.values[year, month] for year in years], axis=2)


def plain_scheme(scheme: Scheme, indicators: Iterable[Indicator]) -> Scheme:
    """Return a scheme that has only `indicators`, each measuring the value its target is stated of.

    All that follows a measure (rules, gaps, weights that are computed, adjustments, tiers) is left out.
    """
    plain = tuple(
        replace(each, measure=value_formula(each), rule=Percentile(), gaps=Gaps(), coefficient=None)
        for each in indicators
    )
    root = Dimension(
        code=scheme.root.code, name=scheme.root.name, weights=scheme.root.weights, children=plain
    )
    return replace(
        scheme, root=root, adjustments=Adjustments(), ties=(), tiers=(), awards=(), reviews=None, campaigns=()
    )


def with_history(
    book: Book, indicators: Sequence[Indicator], *, year: int
) -> tuple[tuple[Indicator, ...], Reports]:
    """Return those of `indicators` with enough earlier years to learn from, for some unit or other.

    Beside them which of their figures are in, from the first year that is complete for anyone on.
    """
    items = {item.code: item for each in indicators for item in moving_items(each, book.scheme)}
    years = whole_years(book, items.values(), until=year)
    likely = [each for each in indicators if _may_be_ready(each, book.scheme, years)]
    reports = reports_of(book, likely, year=year)
    ready = []
    first = year
    for each in likely:
        ends = reports.in_by(each, book.scheme, DECEMBER)[:, :-1]
        if ends.size and ends.sum(axis=1).max() >= ENOUGH_YEARS:
            ready.append(each)
            first = min(first, reports.years[int(ends.any(axis=0).argmax())])
    return tuple(ready), reports.since(first)


def _may_be_ready(indicator: Indicator, scheme: Scheme, years: Mapping[str, frozenset[int]]) -> bool:
    """Return whether all items of the measure have figures in enough years; one without items has no year."""
    sets = [years[item.code] for item in moving_items(indicator, scheme)]
    return bool(sets) and len(frozenset.intersection(*sets)) >= ENOUGH_YEARS


def measured(
    book: Book,
    indicators: Sequence[Indicator],
    moments: Iterable[tuple[int, int]],
    *,
    reports: Reports,
) -> Measured:
    """Return the values of `indicators` from January to the end of each of `moments` (year, month)."""
    scheme = plain_scheme(book.scheme, indicators)
    bare = replace(book, scheme=scheme, targets=book.targets.head(0))
    groups = book.units["group"].to_list()
    applies = np.array([[group in each.groups for each in indicators] for group in groups], dtype=bool)
    units = tuple(book.units["unit"].to_list())
    wanted = dict.fromkeys(moments)
    return Measured(
        units=units,
        indicators=tuple(indicators),
        applies=applies.reshape(len(units), len(indicators)),
        reports=reports,
        scheme=scheme,
        values=_values(bare, reports, tuple(wanted)) if wanted else {},
    )


def _values(
    book: Book, reports: Reports, moments: Sequence[tuple[int, int]]
) -> Mapping[tuple[int, int], Floats]:
    engine = polars_engine()
    rounds = {f"{year}-{month}": Stretch(year * MONTHS_A_YEAR, month) for year, month in moments}
    grids = engine.collect(engine.lift(lay_out_rounds(book, rounds, lenient=True)))
    found = {}
    for name, (year, month) in zip(rounds, moments, strict=True):
        grid = grids.filter(nw.col(c.ROUND) == name).drop(c.ROUND)
        found[year, month] = _of_moment(grid, book, reports, year, month)
    return found


def _of_moment(grid: nw.DataFrame[Any], book: Book, reports: Reports, year: int, month: int) -> Floats:
    engine = polars_engine()
    plan = with_measures(engine.lift(grid), book.scheme, engine)
    names = [c.measure(each.code) for each in book.scheme.indicators]
    order = book.units.select(c.UNIT)
    wide = order.join(engine.collect(plan.select(c.UNIT, *names)), on=c.UNIT, how="left")
    values = wide.select(*names).to_numpy().astype(np.float64)
    place = reports.years.index(year)
    for column, each in enumerate(book.scheme.indicators):
        there = reports.in_by(each, book.scheme, month)[:, place]
        values[:, column] = np.where(there, values[:, column], np.nan)
    return values
