"""The grid: all units, and every figure the scheme looks at in a column (absence §2, time §1-§3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import narwhals as nw

from quanheng.data.book import Book
from quanheng.data.frames import NOT_APPLICABLE
from quanheng.engine import columns as c
from quanheng.engine.cells import Cells
from quanheng.engine.figures import figure_of, figure_of_attribute
from quanheng.engine.grid_cells import with_cells
from quanheng.engine.grid_checks import check_figures, check_sources
from quanheng.engine.lookups import FromAttribute, FromReports, Lookups, lookups_of
from quanheng.engine.records import with_records
from quanheng.engine.stretches import Stretch, stretch_of
from quanheng.findings import require_no_errors


def lay_out_grid(book: Book, *, round: str | Stretch, lenient: bool = False) -> nw.LazyFrame[Any]:  # noqa: A002  the word of the language
    """Return all units of `book` with the figures its scheme looks at in `round`.

    Polars-lazy, one row a unit: `unit`, `name`, `group`, `attribute|…`; `item|…` for every figure, by the
    time rules; `item_na|…` where a cell that was used says that it does not apply; `target|…` and
    `target_na|…` for every indicator with a target for exactly this round (a target of the year is no
    target of its quarters: what is due by then is a matter of pace).

    With `lenient` a round without any figure is no error.

    Raises:
        FindingsError: a figure cannot be had from the book: a condition that cannot be asked of a ledger,
            an attribute that is no number.
        DataError: `round` is no period, or the scheme looks back beyond the calendar.
    """
    lookups = lookups_of(book.scheme, stretch_of(round))
    require_no_errors((*(() if lenient else check_figures(book, lookups)), *check_sources(book, lookups)))
    frame = _units(book)
    who = frame.collect_schema().names()
    frame, cells = with_cells(frame, book, lookups)
    figures = {
        name: column for figure in lookups.reports for name, column in _reported(figure, lookups, cells)
    }
    figures.update(_attribute(figure, book, round_year=lookups.stretch.year) for figure in lookups.attributes)
    frame = frame.with_columns(c.UNIT, *(column.alias(name) for name, column in figures.items()))
    frame = with_records(frame, book.ledgers, lookups.records)
    frame, targets = _with_targets(frame, book, lookups.stretch)
    items = [c.item(fetch.item, fetch.months_before) for fetch in lookups.fetches]
    flags = [name for name in figures if name not in items]
    return frame.select(*who, *items, *flags, *targets)


def _units(book: Book) -> nw.LazyFrame[Any]:
    attributes = [name for name in book.units.columns if name not in (c.UNIT, c.NAME, c.GROUP)]
    return book.units.lazy().select(
        c.UNIT,
        nw.coalesce(c.NAME, c.UNIT),
        c.GROUP,
        *(nw.col(name).alias(c.attribute(name)) for name in attributes),
    )


def _reported(figure: FromReports, lookups: Lookups, cells: Cells) -> Iterator[tuple[str, nw.Expr]]:
    fetched = figure_of(figure.item, figure.stretch, cells, round_year=lookups.stretch.year)
    yield c.item(figure.fetch.item, figure.fetch.months_before), fetched.value
    if fetched.flag is not None:
        yield c.item_na(figure.fetch.item, figure.fetch.months_before), fetched.flag


def _attribute(figure: FromAttribute, book: Book, *, round_year: int) -> tuple[str, nw.Expr]:
    column = nw.col(c.attribute(figure.column))
    value = figure_of_attribute(figure.item, column, book.units.schema[figure.column], round_year=round_year)
    return c.item(figure.fetch.item, figure.fetch.months_before), value


def _with_targets(
    frame: nw.LazyFrame[Any], book: Book, stretch: Stretch
) -> tuple[nw.LazyFrame[Any], tuple[str, ...]]:
    """Join the targets of exactly `stretch`; return the frame and the columns it got."""
    rows = book.targets.filter(nw.col("period") == str(stretch))
    columns: list[nw.Expr] = []
    for indicator in book.scheme.indicators:
        own = rows.filter(nw.col("indicator") == indicator.code)
        here = nw.col("indicator") == indicator.code
        if len(own):
            columns.append(nw.when(here).then(nw.col("target")).max().alias(c.target(indicator.code)))
        if bool((own["state"] == NOT_APPLICABLE).any()):
            says = here & (nw.col("state") == NOT_APPLICABLE)
            columns.append(says.max().alias(c.target_na(indicator.code)))
    if not columns:
        return frame, ()
    wide = rows.lazy().group_by(c.UNIT).agg(*columns)
    names = tuple(name for name in wide.collect_schema().names() if name != c.UNIT)
    flags = (nw.col(name).fill_null(value=False) for name in names if name.startswith(c.target_na("")))
    return frame.join(wide, on=c.UNIT, how="left").with_columns(c.UNIT, *flags), names
