"""Figures of several rounds beside their units: the cells once, then the columns of one round at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import narwhals as nw

from quanheng.data.book.book import Book
from quanheng.engine.figures.cells import Cells, with_cells
from quanheng.engine.figures.figure import figure_of, figure_of_attribute
from quanheng.engine.figures.for_round import rounds_by_measures
from quanheng.engine.figures.looked_up.fetches import Fetch, each_fetch, fetches_by
from quanheng.engine.figures.looked_up.lookups import FromAttribute, FromSeries, Lookups, looked_up
from quanheng.engine.formulas.measures import Measure, with_measures
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.engines import Engine, polars_engine
from quanheng.engine.frame.holding import run_once
from quanheng.findings.value import Value
from quanheng.periods.period import Period
from quanheng.periods.stretch import Stretch
from quanheng.scheme.tree.scheme import Scheme

if TYPE_CHECKING:
    from quanheng.engine.figures.looked_up.records import FromRecords


class Layout(Value, kw_only=False):
    """All units with what the figures of the rounds are made of, and how they are made.

    `frame` has one row a unit: the columns `who`, then cells; `lookups` say what is looked up in each round.
    """

    book: Book
    frame: nw.LazyFrame[Any]
    who: tuple[str, ...]
    cells: Cells
    lookups: Mapping[str, Lookups]

    def figures(self, name: str) -> tuple[list[nw.Expr], dict[str, nw.Expr]]:
        """Return the `item|…` columns of a round, and its `item_na|…` columns by their names."""
        lookups = self.lookups[name]
        values: dict[Fetch, nw.Expr] = {}
        flags: dict[str, nw.Expr] = {}
        year = lookups.stretch.year
        for figure in lookups.reports:
            fetched = figure_of(
                figure.item, figure.stretch, self.cells, of=lookups.stretch, exact=figure.fetch.exact
            )
            values[figure.fetch] = fetched.value
            if fetched.flag is not None:
                flags[c.item_na(figure.fetch.item, figure.fetch.months_before)] = fetched.flag
        for of_records in lookups.records:
            named, fetch = _named(of_records), of_records.fetch
            values[fetch] = nw.col(named.column)
            if named.flag is not None:
                flags[c.item_na(fetch.item, fetch.months_before)] = nw.col(named.flag)
        for of_series in (*lookups.series, *lookups.reviews):
            from quanheng.engine.figures.series import flags_of  # noqa: PLC0415  few schemes have any

            column, fetch = _series_named(of_series).column, of_series.fetch
            values[fetch] = nw.col(column)
            away, broken = flags_of(column)
            flags[c.item_na(fetch.item, fetch.months_before)] = nw.col(away)
            flags[c.item_undefined(fetch.item, fetch.months_before)] = nw.col(broken)
        values |= {figure.fetch: self._attribute(figure, year) for figure in lookups.attributes}
        columns = [values[each].alias(c.item(each.item, each.months_before)) for each in lookups.fetches]
        return columns, flags

    def stacked(
        self, further: Callable[[str], tuple[Sequence[nw.Expr], Mapping[str, nw.Expr]]]
    ) -> nw.LazyFrame[Any]:
        """Return a row for each unit and round: who, `round`, the figures, and `further` columns of a round.

        `further` gives columns that every round has, and flags by their names: one that a round has not is
        false there.
        """
        made = {name: (self.figures(name), further(name)) for name in self.lookups}
        flags = {flag: None for figures, more in made.values() for flag in (*figures[1], *more[1])}
        parts = []
        for name, ((values, own), (more, others)) in made.items():
            known = {**own, **others}
            told = [known.get(flag, nw.lit(value=False)).alias(flag) for flag in flags]
            there = self._units_there(name)
            parts.append(there.select(*self.who, nw.lit(name).alias(c.ROUND), *values, *more, *told))
        return nw.concat(parts, how="vertical")

    def _units_there(self, name: str) -> nw.LazyFrame[Any]:
        """Return the rows of the units that exist at the end of a round, each as it is then (units §1)."""
        spells = self.book.spells
        if spells is None:
            return self.frame
        from quanheng.data.book.spells import in_force  # noqa: PLC0415  in most books no unit comes or goes

        then = _columns_of(in_force(spells, self.lookups[name].stretch.end).lazy())
        cells = [column for column in self.frame.collect_schema().names() if column not in self.who]
        return then.join(self.frame.select(c.UNIT, *cells), on=c.UNIT, how="left")

    def _attribute(self, figure: FromAttribute, round_year: int) -> nw.Expr:
        column = nw.col(c.attribute(figure.column))
        dtype = self.book.units.schema[figure.column]
        return figure_of_attribute(figure.item, column, dtype, round_year=round_year)


def lay_out(book: Book, fetches: tuple[Fetch, ...], rounds: Mapping[str, Stretch]) -> Layout:
    """Return all units of `book` with what the figures `fetches` of each of `rounds` are made of.

    Raises:
        DataError: they look back beyond the calendar.
        RecordConditionError: a condition cannot be asked of a ledger.
    """
    lookups = {name: looked_up(fetches, book.scheme.items, stretch) for name, stretch in rounds.items()}
    frame = _units(book)
    who = tuple(frame.collect_schema().names())
    frame, cells = with_cells(frame, book, _wanted(lookups))
    records = {_named(figure): None for found in lookups.values() for figure in found.records}
    if records:
        from quanheng.engine.figures.looked_up.records import with_records  # noqa: PLC0415  many books have none

        frame = with_records(frame, book.ledgers, records, book.calendar)
    series = {_series_named(figure): None for found in lookups.values() for figure in found.series}
    if series:
        from quanheng.engine.figures.series import with_series  # noqa: PLC0415  the same

        groups = tuple(group.code for group in book.scheme.groups)
        frame = with_series(
            frame, series, groups, lambda asked, of: measure_columns(book, asked, of, _ENGINE)
        )
    reviews = {_series_named(figure): None for found in lookups.values() for figure in found.reviews}
    if reviews:
        from quanheng.engine.figures.reviews import with_reviews_counted  # noqa: PLC0415  the same

        frame = with_reviews_counted(frame, reviews, book)
    return Layout(book, frame, who, cells, lookups)


_ENGINE: Final = polars_engine()


def measure_columns(
    book: Book, measures: Sequence[Measure], rounds: Mapping[str, Stretch], engine: Engine
) -> nw.LazyFrame[Any]:
    """Return unit, name, group, round, `measure|…` and `absence|…` for each unit and round, on `engine`.

    That the figures can be had from the book is not looked at.
    """
    columns = [name(measure.code) for measure in measures for name in (c.measure, c.absence)]
    parts = []
    for asked, own in rounds_by_measures(measures, rounds):
        grid = engine.lift(figures_in(book, fetches_for(asked, book.scheme), own))
        frame = with_measures(grid, asked, book.scheme, engine, pool=(c.GROUP, c.ROUND))
        parts.append(frame.select(c.UNIT, c.NAME, c.GROUP, c.ROUND, *columns))
    return parts[0] if len(parts) == 1 else nw.concat(parts, how="vertical")


def figures_in(book: Book, fetches: tuple[Fetch, ...], rounds: Mapping[str, Stretch]) -> nw.LazyFrame[Any]:
    """Return unit, name, group, attributes, round and the figures `fetches` for each unit and round."""
    layout = lay_out(book, fetches, rounds)
    layout = replace(layout, frame=run_once(layout.frame, rows=len(book.units)))
    return layout.stacked(lambda _: ((), {}))


def fetches_for(measures: Iterable[Measure], scheme: Scheme) -> tuple[Fetch, ...]:
    """Return the figures of items of `scheme` that `measures` look at, each once."""
    known = {item.code for item in scheme.items}
    found = (fetch for measure in measures for fetch in fetches_by(measure.formula.tree))
    return each_fetch(fetch for fetch in found if fetch.item in known)


def _wanted(lookups: Mapping[str, Lookups]) -> dict[str, frozenset[Period]]:
    wanted: dict[str, frozenset[Period]] = {}
    for found in lookups.values():
        for item, periods in found.periods.items():
            wanted[item] = wanted.get(item, frozenset()) | periods
    return wanted


def _named(figure: FromRecords) -> FromRecords:
    """Return `figure` by its months: this June is next year's June a year before."""
    column = f"record|{figure.fetch.item}|{figure.stretch.first}|{figure.stretch.length}"
    return replace(figure, fetch=Fetch(figure.fetch.item), named=column)


def _series_named(figure: FromSeries) -> FromSeries:
    """Return `figure` by its months, as those from records are."""
    column = f"series|{figure.fetch.item}|{figure.stretch.first}|{figure.stretch.length}"
    return replace(figure, fetch=Fetch(figure.fetch.item), named=column)


def _units(book: Book) -> nw.LazyFrame[Any]:
    """Return all units of the book; where they come and go, each once, as it is at some time."""
    if book.spells is None:
        return _columns_of(book.units.lazy())
    whole = book.spells.unique(c.UNIT, keep="first", maintain_order=True)
    return _columns_of(whole.select(book.units.columns).lazy())


def _columns_of(units: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    names = units.collect_schema().names()
    attributes = [name for name in names if name not in (c.UNIT, c.NAME, c.GROUP)]
    return units.select(
        c.UNIT,
        nw.coalesce(c.NAME, c.UNIT),
        c.GROUP,
        *(nw.col(name).alias(c.attribute(name)) for name in attributes),
    )
