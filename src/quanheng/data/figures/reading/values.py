"""What the cells of a column are as figures of the items of their rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias

import polars as pl

from quanheng.data.cells.numbers import IS_UNREADABLE
from quanheng.data.figures.per_cents import PER_CENT
from quanheng.data.figures.times import since_january, with_own_periods
from quanheng.data.tables.around.time import TableTime, tell_other_periods
from quanheng.data.tables.marks import may_be_mark, tell_not_applicable, tell_sentinels
from quanheng.data.tables.register import Register, in_per_cent
from quanheng.data.tables.rows import dates_in, numbers_in, per_cent_settled, resolve, resolve_periods
from quanheng.data.tables.table import ROW, Table
from quanheng.data.tables.two_units import tell_two_units
from quanheng.data.telling.findings import UNKNOWN_UNIT
from quanheng.findings.collector import Collector
from quanheng.periods.period import YEAR_OF_NUMBERS
from quanheng.scheme.items.item import Item

_Reading: TypeAlias = Literal["number", "per_cent", "date"]
"""What the cells of an item are read as."""


def units_in(table: Table, register: Register, collector: Collector) -> pl.Series:
    """Return the unit of each row of a table that has a column of units."""
    units = resolve(table, "unit", register.unit_roster, unknown=UNKNOWN_UNIT, collector=collector)
    tell_two_units(table, units, register.unit_roster, collector)
    return units


def keys_of(
    table: Table, units: pl.Series, time: TableTime, register: Register, collector: Collector
) -> pl.DataFrame:
    """Return the row, unit, period and day of each row, null where it is not understood.

    A row whose day is not understood has no unit: it is no figure of that day nor of any other.
    """
    periods = resolve_periods(table, time.period, blank=None, year=time.year, collector=collector)
    tell_other_periods(table, periods, register.round, collector)
    since = since_january(table, time)
    keys = table.body.select(ROW).with_columns(units.alias("unit"), periods.alias("period"), since)
    if not table.has("known_on"):
        return keys.with_columns(known_on=pl.lit(None, dtype=pl.Date))
    days = dates_in(table, table.known["known_on"], collector=collector)
    unit = pl.when(pl.lit(days["state"]) != IS_UNREADABLE).then("unit")
    return keys.with_columns(unit.alias("unit"), days["date"].alias("known_on"))


def figures_in(
    table: Table, column: int, keys: pl.DataFrame, register: Register, collector: Collector
) -> Iterator[pl.DataFrame]:
    """Yield the figures of a column, those that are read alike together; `keys` has the item of each row.

    Rows without an item are left out.
    """
    keys = with_own_periods(keys, table, register, collector)
    readings: dict[_Reading, list[int]] = {}
    for index in keys["item"].drop_nulls().unique(maintain_order=True):
        readings.setdefault(_reading_of(register.item(index)), []).append(index)
    for reading, indices in readings.items():
        own = keys["item"].is_in(indices).fill_null(value=False)
        part = keys.filter(own)
        of_part = table.with_body(table.body.filter(own))
        values = _values(of_part, column, part["period"], reading, collector)
        if reading != "date":
            _tell_sentinels(values[0], part["item"], of_part, column, collector)
        yield part.with_columns(*values, column=pl.lit(column))


def _tell_sentinels(
    values: pl.Series, items: pl.Series, table: Table, column: int, collector: Collector
) -> None:
    """Add a warning where what looks like a mark stands among the figures of its item."""
    for index in items.filter(may_be_mark(values)).unique(maintain_order=True):
        own = items == index
        tell_sentinels(values.filter(own), table.with_body(table.body.filter(own)), column, collector)


def _reading_of(item: Item) -> _Reading:
    if item.kind == "date":
        return "date"
    return "per_cent" if in_per_cent(item) else "number"


def _values(
    table: Table, column: int, periods: pl.Series, reading: _Reading, collector: Collector
) -> tuple[pl.Series, pl.Series, pl.Series]:
    """Return the value, the state and whether it has a % of each row; a date is its days since 1970-01-01."""
    if reading == "date":
        years = (periods // YEAR_OF_NUMBERS).cast(pl.Int32)
        dates = dates_in(table, column, years=years, collector=collector)
        tell_not_applicable(dates["state"], table, column, collector)
        days = dates["date"].to_physical().cast(pl.Float64).alias("value")
        return days, dates["state"], pl.repeat(False, len(days), eager=True).alias(PER_CENT)  # noqa: FBT003 - a value
    return values_in(table, column, in_hundredths=reading == "per_cent", collector=collector)


def values_in(
    table: Table, column: int, *, in_hundredths: bool, collector: Collector
) -> tuple[pl.Series, pl.Series, pl.Series]:
    """Return the number, the state and whether it has a % of each row; `in_hundredths` 6.1% is 6.1."""
    meant = numbers_in(table, column, collector=collector)
    tell_not_applicable(meant["state"], table, column, collector)
    value = per_cent_settled(meant, in_per_cent=in_hundredths)
    return value.alias("value"), meant["state"], meant[PER_CENT]
