"""The measures of a book for the year to date of many years and months, as matrices of units × indicators."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import narwhals as nw
import numpy as np

from quanheng.data.book.book import Book
from quanheng.engine.figures.values import values_of
from quanheng.engine.formulas.measures import value_measures
from quanheng.engine.frame import columns as c
from quanheng.findings.value import Value
from quanheng.insight.years.chain_ladder import ENOUGH_YEARS, Flags, Floats
from quanheng.insight.years.figures_in import Reports, moving_items, reports_of, whole_years
from quanheng.periods.every import MONTHS_A_YEAR
from quanheng.periods.stretch import Stretch
from quanheng.scheme.tree.scheme import Indicator, Scheme

DECEMBER: Final = MONTHS_A_YEAR


class Measured(Value):
    """The values that targets are stated of, year to date: `values[year, month]` is (units, indicators).

    NaN where the value is absent or one of the figures it needs by then is not in. `applies` (units,
    indicators): whether the indicator stands in the unit's group. `units` and `indicators` are in the order
    of the book.
    """

    units: tuple[str, ...]
    indicators: tuple[Indicator, ...]
    applies: Flags
    reports: Reports
    values: Mapping[tuple[int, int], Floats]

    def over(self, years: Sequence[int], month: int) -> Floats:
        """Return the values to the end of `month` in `years` (units, indicators, years)."""
        return np.stack([self.values[year, month] for year in years], axis=2)


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
    groups = book.units["group"].to_list()
    applies = np.array([[group in each.groups for each in indicators] for group in groups], dtype=bool)
    units = tuple(book.units["unit"].to_list())
    return Measured(
        units=units,
        indicators=tuple(indicators),
        applies=applies.reshape(len(units), len(indicators)),
        reports=reports,
        values=_values(book, indicators, reports, tuple(dict.fromkeys(moments))),
    )


def _values(
    book: Book, indicators: Sequence[Indicator], reports: Reports, moments: Sequence[tuple[int, int]]
) -> Mapping[tuple[int, int], Floats]:
    if not moments:
        return {}
    rounds = {f"{year}-{month}": Stretch.to_date(year, month) for year, month in moments}
    wide = values_of(book, value_measures(indicators), rounds)
    order = book.units.select(c.UNIT)
    names = [c.measure(each.code) for each in indicators]
    found = {}
    for name, (year, month) in zip(rounds, moments, strict=True):
        here = order.join(wide.filter(nw.col(c.ROUND) == name), on=c.UNIT, how="left")
        values = here.select(*names).to_numpy().astype(np.float64)
        place = reports.years.index(year)
        for column, each in enumerate(indicators):
            there = reports.in_by(each, book.scheme, month)[:, place]
            values[:, column] = np.where(there, values[:, column], np.nan)
        found[year, month] = values
    return found
