"""Observations: the long form `item,unit,period,value` and the wide form `unit,period,<item>,<item>…`.

Either may have a column `known_on`, the day from which the row was known. Without a period column the figures
are of the period that the title, the sheet or the file tells, else of the scheme's round. Items and units are
named by code or by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Literal, TypeAlias

import polars as pl

from quanheng.data.cells.numbers import IS_UNREADABLE, text_of_number, text_of_per_cent
from quanheng.data.figures.figures import SCHEMA, Figures, figures_of
from quanheng.data.figures.per_cents import PER_CENT, mixed, some_with_per_cent
from quanheng.data.figures.times import since_january, tell_no_period, with_own_periods
from quanheng.data.tables.around.time import TableTime, settle_time, tell_other_periods
from quanheng.data.tables.cutting import cut_table
from quanheng.data.tables.headings import LONG_DATA, WIDE_DATA
from quanheng.data.tables.item_columns import (
    Heading,
    ItemNames,
    items_by_column,
    tell_computed,
    without_measures,
)
from quanheng.data.tables.register import Register, in_per_cent
from quanheng.data.tables.rows import (
    dates_in,
    numbers_in,
    per_cent_settled,
    resolve,
    resolve_periods,
    tell_not_used,
    without_totals,
)
from quanheng.data.tables.table import ROW, Raw, Table
from quanheng.data.telling.findings import UNKNOWN_ITEM, UNKNOWN_UNIT
from quanheng.data.telling.names import Nearness
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Kind
from quanheng.periods.period import YEAR_OF_NUMBERS
from quanheng.scheme.tree.scheme import Item

_Reading: TypeAlias = Literal["number", "per_cent", "date"]
"""What the cells of an item are read as."""


def read_observations(raws: Iterable[Raw], register: Register, *, collector: Collector) -> Figures:
    """Return the figures in `raws`; what cannot be understood is told and left out."""
    is_item = ItemNames(register)
    tables: list[Table] = []
    parts: list[pl.DataFrame] = []
    for raw in raws:
        table = cut_table(raw, (LONG_DATA, WIDE_DATA), collector=collector, is_name=is_item)
        if table is None:
            continue
        table = without_totals(table, register.unit_roster, collector=collector)
        time = settle_time(table, register.round, collector=collector)
        if time is None:
            continue
        read = _read_long if table.has("value") else _read_wide
        number = pl.lit(len(tables), dtype=pl.UInt32)
        parts += [part.with_columns(table=number) for part in read(table, time, register, collector)]
        tables.append(table)
    unclear = _tell_mixed(parts, tables, register, collector)
    understood = pl.all_horizontal(
        pl.col("unit", "period").is_not_null(),
        pl.col("state") != IS_UNREADABLE,
        ~pl.col("item").is_in(unclear),
    )
    whole = [
        part.filter(understood).select(pl.col(name).cast(kind) for name, kind in SCHEMA.items())
        for part in parts
    ]
    return figures_of(whole, tables, register)


PER_CENT_BESIDE_NUMBERS: Final = Kind(
    code="QH434",
    severity="error",
    en="{item} is {value} here and {other_value} at {other}, and which is meant cannot be known "
    "({count} with %, {others} without)",
    zh="{item} 此处为 {value}，{other} 为 {other_value}，无法判断应为哪一种"
    "（{count} 个带 %，{others} 个不带）",
    hint_en="write all of them alike; an item that is measured in '%' may be written either way",
    hint_zh="请统一写法；计量单位为 % 的数据项两种写法含义相同",
)


def _tell_mixed(
    parts: Sequence[pl.DataFrame], tables: Sequence[Table], register: Register, collector: Collector
) -> list[int]:
    """Return the items with per cent beside numbers that may be per cent too; an error is added for each."""
    values = some_with_per_cent(parts, "item", ("value", "table", ROW, "column"))
    unclear: list[int] = []
    if values is None:
        return unclear
    for found in mixed(values, "item", "value").iter_rows(named=True):
        item = register.item(found["item"])
        if in_per_cent(item):
            continue
        unclear.append(found["item"])
        here, there = (values.row(found[name], named=True) for name in ("with", "without"))
        collector.add(
            PER_CENT_BESIDE_NUMBERS.at(
                tables[here["table"]].location(here[ROW], here["column"]),
                item=item.code,
                value=text_of_per_cent(here["value"]),
                other=tables[there["table"]].location(there[ROW], there["column"]),
                other_value=text_of_number(there["value"]),
                count=found["count"],
                others=found["others"],
            )
        )
    return unclear


def _read_wide(
    table: Table, time: TableTime, register: Register, collector: Collector
) -> Iterator[pl.DataFrame]:
    """Yield the figures of each column that carries an item."""
    headings = {
        column: Heading(
            text=table.headings[column],
            measured=table.measured.get(column, ""),
            where=table.heading_place(column),
        )
        for column in table.others
    }
    carried = items_by_column(headings, register, collector=collector)
    tell_no_period(table, time, carried.values(), register, collector)
    keys = _keys(table, time, register, collector)
    for column, index in carried.items():
        reading = _reading_of(register.item(index))
        own = with_own_periods(keys.with_columns(item=pl.lit(index)), table, register, collector)
        yield own.with_columns(
            *_values(table, column, own["period"], reading, collector), column=pl.lit(column)
        )


def _read_long(
    table: Table, time: TableTime, register: Register, collector: Collector
) -> Iterator[pl.DataFrame]:
    """Yield the figures of the items that the rows name, those that are read alike together."""
    tell_not_used(table, table.others, Nearness(column.key for column in LONG_DATA), collector)
    roster = register.item_roster
    name = str(table.known["item"])
    written = without_measures(table.texts("item"), register).alias(name)
    table = table.with_body(table.body.with_columns(written))
    items = resolve(table, "item", roster, unknown=UNKNOWN_ITEM, collector=collector)
    tell_no_period(table, time, items.drop_nulls().unique(maintain_order=True), register, collector)
    keys = _keys(table, time, register, collector).with_columns(items.alias("item"))
    keys = with_own_periods(keys, table, register, collector)
    first_rows = keys.drop_nulls("item").group_by("item", maintain_order=True).agg(pl.col(ROW).first())
    readings: dict[_Reading, list[int]] = {}
    for index, row in first_rows.iter_rows():
        if not tell_computed(index, table.location_of(row, "item"), register, collector):
            readings.setdefault(_reading_of(register.item(index)), []).append(index)
    column = table.known["value"]
    for reading, indices in readings.items():
        own = keys["item"].is_in(indices).fill_null(value=False)
        part = keys.filter(own)
        values = _values(table.with_body(table.body.filter(own)), column, part["period"], reading, collector)
        yield part.with_columns(*values, column=pl.lit(column))


def _keys(table: Table, time: TableTime, register: Register, collector: Collector) -> pl.DataFrame:
    """Return the row, unit, period and day of each row, null where it is not understood.

    A row whose day is not understood has no unit: it is no figure of that day nor of any other.
    """
    units = resolve(table, "unit", register.unit_roster, unknown=UNKNOWN_UNIT, collector=collector)
    periods = resolve_periods(table, time.period, blank=None, year=time.year, collector=collector)
    tell_other_periods(table, periods, register.round, collector)
    since = since_january(table, time)
    keys = table.body.select(ROW).with_columns(units.alias("unit"), periods.alias("period"), since)
    if not table.has("known_on"):
        return keys.with_columns(known_on=pl.lit(None, dtype=pl.Date))
    days = dates_in(table, table.known["known_on"], collector=collector)
    unit = pl.when(pl.lit(days["state"]) != IS_UNREADABLE).then("unit")
    return keys.with_columns(unit.alias("unit"), days["date"].alias("known_on"))


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
        days = dates["date"].to_physical().cast(pl.Float64).alias("value")
        return days, dates["state"], pl.repeat(False, len(days), eager=True).alias(PER_CENT)  # noqa: FBT003 - a value
    meant = numbers_in(table, column, collector=collector)
    value = per_cent_settled(meant, in_per_cent=reading == "per_cent")
    return value.alias("value"), meant["state"], meant[PER_CENT]
