"""The long form: a row for each figure, `item,unit,period,value`."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from quanheng.data.figures.reading.named import items_of_rows, of_names
from quanheng.data.figures.reading.values import figures_in, keys_of, units_in
from quanheng.data.figures.times import tell_no_period
from quanheng.data.tables.around.around import Around
from quanheng.data.tables.around.measures import tell_measures_around
from quanheng.data.tables.headings import LONG_DATA
from quanheng.data.tables.register import Register
from quanheng.data.tables.strangers.columns import tell_not_used
from quanheng.data.tables.table import Table
from quanheng.findings.collector import Collector


def read_long(
    table: Table, around: Around, register: Register, collector: Collector
) -> Iterator[pl.DataFrame]:
    """Yield the figures of the items that the rows name, those that are read alike together."""
    tell_not_used(table, table.others, [column.key for column in LONG_DATA], collector)
    named = items_of_rows(table, register, collector)
    tell_measures_around(around.lines, named.carried, register, collector)
    without = [own.item for own in named.carried if own.period is None]
    tell_no_period(table, around.time, without, register, collector)
    units = units_in(table, register, collector)
    keys = keys_of(table, units, around.time, register, collector).with_columns(named.items.alias("item"))
    if named.periods:
        keys = of_names(keys, table, named, around.time, collector)
    yield from figures_in(table, table.known["value"], keys, register, collector)
