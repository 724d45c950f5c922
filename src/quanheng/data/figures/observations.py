"""Observations: the tables of the data, each read by the form it has.

The long form is `item,unit,period,value`, the wide form `unit,period,<item>,<item>…`. Headings may be
periods (`unit,2022,2023`), and a table may be turned (`item,<unit>,<unit>…`). Any may have a column
`known_on`, the day from which the row was known. Without periods the figures are of the one that the title,
the sheet or the file tells, else of the scheme's round. Items and units are named by code or by name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

import polars as pl

from quanheng.data.book import frames
from quanheng.data.cells.number_texts import text_of_number, text_of_per_cent
from quanheng.data.cells.numbers import IS_UNREADABLE
from quanheng.data.figures.figures import READINGS, SCHEMA, Figures, figures_of
from quanheng.data.figures.per_cents import PER_CENT, mixed, some_with_per_cent
from quanheng.data.figures.reading.across import read_across, with_item_column
from quanheng.data.figures.reading.corner import with_corner_named
from quanheng.data.figures.reading.long import read_long
from quanheng.data.figures.reading.named import without_other_rows
from quanheng.data.figures.reading.periods import periods_across
from quanheng.data.figures.reading.turned import (
    read_one_unit,
    read_turned,
    unit_around,
    units_across,
    with_items_down,
)
from quanheng.data.figures.reading.wide import headings_of, read_wide
from quanheng.data.files.folder import NO_TABLE_ON_SHEET
from quanheng.data.tables.around.around import Around
from quanheng.data.tables.around.measures import measure_lines
from quanheng.data.tables.around.time import names_with_years, settle_time
from quanheng.data.tables.chosen import with_rows_chosen
from quanheng.data.tables.cutting import cut_table
from quanheng.data.tables.headings import DATA
from quanheng.data.tables.item_columns import ItemNames, find_items, items_by_column
from quanheng.data.tables.register import Register, group_names, in_per_cent, is_amount
from quanheng.data.tables.strangers.rows import without_strange_rows
from quanheng.data.tables.table import ROW, Raw, Sheet, Table
from quanheng.data.telling.findings import NEITHER, NO_HEADING
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Kind, Location
from quanheng.scheme.items.item import readings_of


def read_observations(raws: Iterable[Raw], register: Register, *, collector: Collector) -> Figures:
    """Return the figures in `raws`; what cannot be understood is told and left out."""
    is_item = ItemNames(register)
    given = tuple(raws)
    sheets = Counter(raw.file for raw in given)
    years = names_with_years((raw.file, raw.sheet if isinstance(raw, Sheet) else None) for raw in given)
    tables: list[Table] = []
    parts: list[pl.DataFrame] = []
    readings: list[pl.DataFrame] = []
    for raw in (with_corner_named(each, register) for each in given):
        reading = register.scheme.reading
        table = cut_table(raw, DATA, collector=collector, reading=reading, names=is_item)
        table = None if table is None else with_rows_chosen(table, collector)
        if table is None:
            continue
        whole = table
        table, read_here = _without_readings(table, register, collector)
        if read_here or table is None:
            number = pl.lit(len(tables), dtype=pl.UInt32)
            readings += [part.with_columns(table=number) for part in read_here]
            tables.append(whole)
        if table is None:
            continue
        turned = with_items_down(table, register) if table.has("unit") else table
        if turned is None:
            read = _of_units_down(table, years, register, collector)
        else:
            table = turned
            read = _of_items_down(table, years, register, collector, alone=sheets[raw.file] == 1)
        number = pl.lit(len(tables), dtype=pl.UInt32)
        parts += [part.with_columns(table=number) for part in read]
        tables.append(table)
    unclear = _tell_mixed([*parts, *readings], tables, register, collector)
    figures = figures_of(_understood(parts, SCHEMA, unclear), tables, register)
    if not readings:
        return figures
    return replace(figures, readings=pl.concat(_understood(readings, READINGS, unclear)))


def _without_readings(
    table: Table, register: Register, collector: Collector
) -> tuple[Table | None, list[pl.DataFrame]]:
    """Return `table` without its readings of days and hours, None if nothing else is in it, and these."""
    if not any(readings_of(item) for item in register.scheme.items):
        return table, []
    from quanheng.data.figures.readings import without_readings  # noqa: PLC0415  few schemes have any

    return without_readings(table, register, collector)


def _understood(
    parts: Iterable[pl.DataFrame], schema: frames.Schema, unclear: Sequence[int]
) -> list[pl.DataFrame]:
    """Return the rows of `parts` of which all is understood, with the columns of `schema`."""
    keys = [key for key in ("unit", "period", "date") if key in schema]
    understood = pl.all_horizontal(
        pl.col(keys).is_not_null(), pl.col("state") != IS_UNREADABLE, ~pl.col("item").is_in(unclear)
    )
    return [
        part.filter(understood).select(pl.col(name).cast(kind) for name, kind in schema.items())
        for part in parts
    ]


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


PER_CENT_OF_AMOUNTS: Final = Kind(
    code="QH457",
    severity="warning",
    en="{item} is measured in {measured_in!r}, and {count} of its cells are written with %: {value} was read "
    "as {number}",
    zh="{item} 的计量单位是“{measured_in}”，却有 {count} 个单元格带 %：{value} 读作 {number}",
    hint_en="remove the sign, or correct the measuring unit in the scheme",
    hint_zh="请去掉百分号，或更正方案中的计量单位",
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
    _tell_amounts(values, unclear, tables, register, collector)
    return unclear


def _tell_amounts(
    values: pl.DataFrame,
    unclear: Sequence[int],
    tables: Sequence[Table],
    register: Register,
    collector: Collector,
) -> None:
    """Add a warning for each item with figures in per cent that is measured in what has none."""
    written = values.filter(pl.col(PER_CENT) & pl.col("value").is_not_null() & ~pl.col("item").is_in(unclear))
    first = written.with_columns(count=pl.len().over("item")).unique(
        "item", keep="first", maintain_order=True
    )
    for row in first.iter_rows(named=True):
        item = register.item(row["item"])
        if is_amount(item):
            collector.add(
                PER_CENT_OF_AMOUNTS.at(
                    tables[row["table"]].location(row[ROW], row["column"]),
                    item=item.code,
                    measured_in=item.measured_in,
                    count=row["count"],
                    value=text_of_per_cent(row["value"]),
                    number=text_of_number(row["value"]),
                )
            )


def _of_units_down(
    table: Table, years: frozenset[Location], register: Register, collector: Collector
) -> Iterator[pl.DataFrame]:
    """Yield the figures of a table with a column of units: the long form, the wide one, or periods across."""
    lines = tuple(measure_lines(table, register))
    table = without_strange_rows(
        table, register.unit_roster, groups=group_names(register), collector=collector
    )
    if table.has("value"):
        time = settle_time(table, register.round, years=years, collector=collector)
        if time is not None:
            yield from read_long(table, Around(time=time, lines=lines), register, collector)
        return
    headings = headings_of(table)
    named = find_items({column: heading.text for column, heading in headings.items()}, register)
    across = {} if named else periods_across(table, register)
    if across:
        table = with_item_column(table)
    carried = {} if across else items_by_column(headings, register, collector=collector)
    if not named and not across:
        # a table about something else: that its rows name no units is no news
        return
    said = [saying.said for saying in across.values()]
    time = settle_time(table, register.round, across=said, years=years, collector=collector)
    if time is None:
        return
    around = Around(time=time, lines=lines)
    if across:
        yield from read_across(table, across, around, register, collector)
    else:
        yield from read_wide(table, carried, around, register, collector)


def _of_items_down(
    table: Table, years: frozenset[Location], register: Register, collector: Collector, *, alone: bool
) -> Iterator[pl.DataFrame]:
    """Yield the figures of a table with a column of items and none of units: units or periods across."""
    lines = tuple(measure_lines(table, register))
    units, across = units_across(table, register), periods_across(table, register)
    unit = unit_around(table, register)
    if not units and (not across or unit is None):
        where = Location(file=table.file, sheet=table.sheet)
        collector.add(
            NO_HEADING.at(where, wanted="unit", how=NEITHER) if alone else NO_TABLE_ON_SHEET.at(where)
        )
        return
    table = without_strange_rows(table, register.item_roster, collector=collector, key="item")
    table = without_other_rows(table, register, collector)
    said = () if units else tuple(saying.said for saying in across.values())
    time = settle_time(table, register.round, across=said, years=years, collector=collector)
    if time is None:
        return
    around = Around(time=time, lines=lines)
    if units:
        yield from read_turned(table, units, around, register, collector)
    elif unit is not None:
        yield from read_one_unit(table, across, unit, around, register, collector)
