"""The wide form: a column for each item, `unit,period,<item>,<item>…`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from quanheng.data.figures.reading.periods import Saying, with_said
from quanheng.data.figures.reading.values import figures_in, keys_of, units_in
from quanheng.data.figures.times import tell_no_period
from quanheng.data.tables.around.around import Around
from quanheng.data.tables.around.measures import tell_measures_around
from quanheng.data.tables.item_columns import Carried
from quanheng.data.tables.register import Register
from quanheng.data.tables.strangers.columns import Heading
from quanheng.data.tables.table import Table
from quanheng.findings.collector import Collector


def headings_of(table: Table) -> dict[int, Heading]:
    """Return by column the headings of `table` that may be those of items."""
    return {
        column: Heading(
            text=table.headings[column],
            measured=table.measured.get(column, ""),
            where=table.heading_place(column),
        )
        for column in table.others
    }


def read_wide(
    table: Table,
    carried: Mapping[int, Carried],
    around: Around,
    register: Register,
    collector: Collector,
) -> Iterator[pl.DataFrame]:
    """Yield the figures of each column that carries an item."""
    tell_measures_around(around.lines, carried.values(), register, collector)
    without = [own.item for own in carried.values() if own.period is None]
    tell_no_period(table, around.time, without, register, collector)
    units = units_in(table, register, collector)
    keys = keys_of(table, units, around.time, register, collector)
    for column, own in carried.items():
        of_item = keys.with_columns(item=pl.lit(own.item))
        if own.period is not None:
            words, where = table.headings[column], table.heading_place(column)
            saying = Saying(said=own.period, words=words, where=where)
            of_item = with_said(of_item, table, saying, around.time, collector)
        yield from figures_in(table, column, of_item, register, collector)
