"""Cells: the figures of an item in a period as columns, one row a unit; what the time rules work on.

A long table of observations is cut by item, and a wide lazy table by period, into frames of one row a unit
that are joined to the units. Nothing wide is ever turned long.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias

import narwhals as nw

from quanheng.data.book.book import Book
from quanheng.data.book.frames import MISSING, NOT_APPLICABLE
from quanheng.data.book.panels import Panel
from quanheng.engine.frame import columns as c
from quanheng.findings.value import Value, field
from quanheng.periods.period import Period, parse_period
from quanheng.scheme.tree.scheme import Scheme

Cell: TypeAlias = tuple[str, Period]
"""An item and a period."""
Wanted: TypeAlias = Mapping[str, Collection[Period]]
"""The periods that are looked at, by item."""

SLICES: Final = 64
"""Into at most so many parts a long table is cut: enough that no part is looked at by many columns."""


class Cells(Value, kw_only=False):
    """The cells that stand in a frame, and the columns that hold them.

    `values` has the columns of a cell's value (several if several tables have it: the first value counts);
    `flags` the column that is true where the cell says that it does not apply, if some unit's does.
    """

    values: Mapping[Cell, tuple[str, ...]] = field(default_factory=dict)
    flags: Mapping[Cell, str] = field(default_factory=dict)

    def value(self, cell: Cell) -> nw.Expr:
        """Return the value of `cell`, null where it has none."""
        return nw.coalesce(*(nw.col(column) for column in self.values[cell]))

    def flag(self, cell: Cell) -> nw.Expr | None:
        """Return whether `cell` says that it does not apply; None if no unit's does."""
        column = self.flags.get(cell)
        return None if column is None else nw.col(column).fill_null(value=False)

    def reported(self, item: str) -> frozenset[Period]:
        """Return the periods for which at least one unit has reported `item`."""
        return frozenset(period for code, period in self.values if code == item)

    def only(self, wanted: Wanted) -> Cells:
        """Return those of these cells that are wanted."""
        return Cells(
            {cell: columns for cell, columns in self.values.items() if cell[1] in wanted.get(cell[0], ())},
            {cell: column for cell, column in self.flags.items() if cell[1] in wanted.get(cell[0], ())},
        )

    def beside(self, others: Cells) -> Cells:
        """Return these cells and `others`; where both have a cell, its value here counts first."""
        values = dict(self.values)
        for cell, columns in others.values.items():
            values[cell] = (*values.get(cell, ()), *columns)
        return Cells(values, {**others.flags, **self.flags})


def with_long_cells(
    frame: nw.LazyFrame[Any],
    observations: nw.DataFrame[Any],
    wanted: Wanted,
    *,
    named: str = "cell",
    slices: int = SLICES,
) -> tuple[nw.LazyFrame[Any], Cells]:
    """Join to `frame` the wanted cells of a long table: item, unit, period (canonical), value, state.

    Only cells that some unit has settled become columns; the table is scanned once to learn which. `named`
    keeps the columns of several tables apart; `slices` is into how many parts a table is cut at most.
    """
    settled = _settled(observations, wanted)
    cells = _cells_of(settled, named)
    rows = observations.lazy().select(c.UNIT, "item", "period", "value", "state")
    for items in _slices(tuple(dict.fromkeys(item for item, _ in settled)), slices):
        own = rows.filter(nw.col("item").is_in(items) if len(items) > 1 else nw.col("item") == items[0])
        columns = [
            column
            for cell in settled
            if cell[0] in items
            for column in _of_cell(cell, cells, alone=len(items) == 1)
        ]
        frame = frame.join(own.group_by(c.UNIT).agg(*columns), on=c.UNIT, how="left")
    return frame, cells


def _cells_of(settled: Mapping[Cell, bool], named: str) -> Cells:
    return Cells(
        {cell: (f"{named}|{_named(cell)}",) for cell in settled},
        {cell: f"{named}_na|{_named(cell)}" for cell, some_do_not in settled.items() if some_do_not},
    )


def with_wide_cells(
    frame: nw.LazyFrame[Any], table: nw.LazyFrame[Any], wanted: Wanted, *, only: Period | None, named: str
) -> tuple[nw.LazyFrame[Any], Cells]:
    """Join to `frame` the wanted cells of a wide lazy table: unit, and a column for each item.

    All rows are of the period `only`; if that is None, the column `period` tells them apart. There is at
    most one row for a unit and period. `named` keeps the columns of several tables apart.
    """
    values: dict[Cell, tuple[str, ...]] = {}
    for period in sorted({period for periods in wanted.values() for period in periods}):
        column_of = {item: f"cell|{named}|{item}|{period}" for item in wanted if period in wanted[item]}
        own = table if only is not None else table.filter(nw.col("period") == str(period))
        renamed = (nw.col(item).alias(column) for item, column in column_of.items())
        frame = frame.join(own.select(c.UNIT, *renamed), on=c.UNIT, how="left")
        values.update({(item, period): (column,) for item, column in column_of.items()})
    return frame, Cells(values)


def settled_in(
    table: nw.LazyFrame[Any], wanted: Wanted, *, summed: Collection[str]
) -> dict[str, set[Period]]:
    """Return the wanted periods, by item, that a wide lazy table has rows of (its `period` is canonical).

    Of the items in `summed` only periods in which some unit has a value: a January that nobody reports
    must be told from one that a unit is missing. Only these columns are read.
    """
    counted = [item for item in wanted if item in summed]
    counts = table.group_by("period").agg(
        nw.len().alias("rows"), *(nw.col(item).count().alias(f"count|{item}") for item in counted)
    )
    found: dict[str, set[Period]] = {item: set() for item in wanted}
    for row in counts.collect().rows(named=True):
        period = parse_period(row["period"])
        for item, periods in wanted.items():
            if period in periods and row.get(f"count|{item}", row["rows"]):
                found[item].add(period)
    return found


def _settled(observations: nw.DataFrame[Any], wanted: Wanted) -> dict[Cell, bool]:
    """Return the wanted cells that some unit has settled, and whether some unit's does not apply."""
    found = (
        observations.lazy()
        .filter((nw.col("state") != MISSING) & in_periods(wanted.values()))
        .group_by("item", "period")
        .agg((nw.col("state") == NOT_APPLICABLE).max().alias("na"))
        .collect()
    )
    in_order = sorted(found.rows())
    named = {text: parse_period(text) for text in sorted({text for _, text, _ in in_order})}
    return {
        (item, named[text]): bool(na) for item, text, na in in_order if named[text] in wanted.get(item, ())
    }


def in_periods(wanted: Iterable[Collection[Period]]) -> nw.Expr:
    """Return whether a row is of one of the periods that are wanted: of a panel, most are of others."""
    return nw.col("period").is_in(sorted({str(period) for periods in wanted for period in periods}))


def _slices(items: Sequence[str], slices: int) -> Iterator[Sequence[str]]:
    size = -(-len(items) // slices)
    yield from (items[start : start + size] for start in range(0, len(items), max(size, 1)))


def _of_cell(cell: Cell, cells: Cells, *, alone: bool) -> Iterator[nw.Expr]:
    item, period = cell
    here = nw.col("period") == str(period)
    if not alone:
        here = here & (nw.col("item") == item)
    (column,) = cells.values[cell]
    yield nw.when(here).then(nw.col("value")).max().alias(column)
    if cell in cells.flags:
        yield (here & (nw.col("state") == NOT_APPLICABLE)).max().alias(cells.flags[cell])


def _named(cell: Cell) -> str:
    item, period = cell
    return f"{item}|{period}"


def with_cells(frame: nw.LazyFrame[Any], book: Book, wanted: Wanted) -> tuple[nw.LazyFrame[Any], Cells]:
    """Join to `frame` the cells of observations and panels that are `wanted`."""
    frame, cells = with_long_cells(frame, book.observations, wanted)
    for number, panel in enumerate(book.panels):
        of_panel = {code: periods for code, periods in wanted.items() if code in panel.items}
        if of_panel:
            frame, more = _with_panel(frame, panel, of_panel, book.scheme, named=str(number))
            cells = cells.beside(more)
    return frame, cells


def cells_known(book: Book, wanted: Wanted) -> Cells:
    """Return the cells of observations and panels that are `wanted`, for what looks at no figure."""
    if book.panels:
        return with_cells(book.units.lazy().select(c.UNIT), book, wanted)[1]
    return _cells_of(_settled(book.observations, wanted), "cell")


def periods_of_panel(panel: Panel, scheme: Scheme) -> frozenset[Period]:
    """Return the periods a panel has rows of; reads no other column of the file."""
    if not panel.has_period:
        return frozenset({parse_period(scheme.round)})
    return frozenset(map(parse_period, panel.frame.select("period").unique().collect()["period"].to_list()))


def _with_panel(
    frame: nw.LazyFrame[Any], panel: Panel, wanted: Wanted, scheme: Scheme, *, named: str
) -> tuple[nw.LazyFrame[Any], Cells]:
    if panel.has_period:
        summed = [item.code for item in scheme.items if item.kind == "flow"]
        settled = settled_in(panel.frame, wanted, summed=summed)
        return with_wide_cells(frame, panel.frame, settled, only=None, named=named)
    only = parse_period(scheme.round)
    settled = {item: {only} & {*periods} for item, periods in wanted.items()}
    return with_wide_cells(frame, panel.frame, settled, only=only, named=named)
