"""Turned tables: items down, and across them units, `数据项,东港镇,西柳镇`, or periods of one unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Final

import polars as pl

from quanheng.data.context.mentions import without_periods
from quanheng.data.figures.reading.named import items_of_rows, items_without_periods, of_names
from quanheng.data.figures.reading.periods import Saying, with_said
from quanheng.data.figures.reading.values import figures_in, keys_of
from quanheng.data.figures.times import tell_no_period
from quanheng.data.tables.around.around import Around
from quanheng.data.tables.around.measures import tell_measures_around
from quanheng.data.tables.headings import MEASURED_IN, PASSED_OVER, TOTALS, plain
from quanheng.data.tables.register import Register
from quanheng.data.tables.table import Table
from quanheng.data.telling.findings import UNKNOWN_UNIT
from quanheng.data.telling.names import Nearness, shown
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Kind

_HALF: Final = 2
"""A table is turned if at least every second heading names a unit."""

TURNED: Final = Kind(
    code="QH394",
    severity="note",
    en="the table is turned: its rows are items, and its columns {first!r} … {last!r} are units",
    zh="该表行列互换：各行是数据项，“{first}”…“{last}”各列是单位",
    hint_en="nothing if that is right",
    hint_zh="若正确则无需处理",
)
ONE_UNIT: Final = Kind(
    code="QH396",
    severity="note",
    en="the rows are items, the columns {first!r} … {last!r} are periods; the figures are those of {unit}",
    zh="该表各行是数据项，“{first}”…“{last}”各列是期间，为 {unit} 的数据",
    hint_en="nothing if that is right",
    hint_zh="若正确则无需处理",
)


def units_across(table: Table, register: Register) -> dict[int, int]:
    """Return by column the unit that its heading names, if the table is turned; else nothing."""
    columns = _to_look_at(table)
    names = pl.Series([table.headings[column] for column in columns], dtype=pl.String)
    found = register.unit_roster.find(names).index
    units = {column: index for column, index in zip(columns, found, strict=True) if index is not None}
    return units if len(units) * _HALF >= len(columns) else {}


def with_items_down(table: Table, register: Register) -> Table | None:
    """Return `table`, whose first column is called as units are, as one of items if units stand across.

    Publishers write `Country,Albania,Argentina …` over rows that are items. Where an item is called as a unit
    is but for capitals, the rows decide: units that stand down are units.
    """
    if not units_across(table, register):
        return None
    texts = table.texts("unit").drop_nulls().unique()
    units, items = (
        roster.find(texts).index.count() for roster in (register.unit_roster, register.item_roster)
    )
    if units and units >= items:
        return None
    known = {key: column for key, column in table.known.items() if key != "unit"}
    return replace(table, known={**known, "item": table.known["unit"]})


def read_turned(
    table: Table,
    units: Mapping[int, int],
    around: Around,
    register: Register,
    collector: Collector,
) -> Iterator[pl.DataFrame]:
    """Yield the figures of each column that is a unit's; the rows name the items."""
    columns = tuple(units)
    facts = {"first": shown(table.headings[columns[0]]), "last": shown(table.headings[columns[-1]])}
    collector.add(TURNED.at(table.heading_place(columns[0]), **facts))
    _tell_strangers(table, units, register, collector)
    named = items_of_rows(table, register, collector)
    tell_measures_around(around.lines, named.carried, register, collector)
    without = [own.item for own in named.carried if own.period is None]
    tell_no_period(table, around.time, without, register, collector)
    nobody = pl.Series("unit", [None], dtype=pl.UInt32).new_from_index(0, table.body.height)
    keys = keys_of(table, nobody, around.time, register, collector).with_columns(named.items.alias("item"))
    if named.periods:
        keys = of_names(keys, table, named, around.time, collector)
    for column, unit in units.items():
        of_unit = keys.with_columns(unit=pl.lit(unit, dtype=pl.UInt32))
        yield from figures_in(table, column, of_unit, register, collector)


def unit_around(table: Table, register: Register) -> int | None:
    """Return the unit that the name of the sheet, of the file or the title names; None if none or several."""
    names = (table.sheet or "", PurePosixPath(table.file).stem, *("".join(texts) for _, texts in table.above))
    bare = [name for text in names for name in (text, without_periods(text)) if name]
    found = register.unit_roster.find(pl.Series(bare, dtype=pl.String)).index.drop_nulls().unique()
    return found[0] if len(found) == 1 else None


def read_one_unit(
    table: Table,
    across: Mapping[int, Saying],
    unit: int,
    around: Around,
    register: Register,
    collector: Collector,
) -> Iterator[pl.DataFrame]:
    """Yield the figures of the one unit of a table with items down and periods across."""
    sayings = tuple(across.values())
    facts = {"first": shown(sayings[0].words), "last": shown(sayings[-1].words)}
    code = register.units["unit"][unit]
    collector.add(ONE_UNIT.at(sayings[0].where, unit=code, **facts))
    named = items_of_rows(table, register, collector)
    tell_measures_around(around.lines, named.carried, register, collector)
    units = pl.Series("unit", [unit], dtype=pl.UInt32).new_from_index(0, table.body.height)
    items = items_without_periods(named, table, collector)
    keys = keys_of(table, units, around.time, register, collector).with_columns(items.alias("item"))
    for column, saying in across.items():
        of_period = with_said(keys, table, saying, around.time, collector)
        yield from figures_in(table, column, of_period, register, collector)


def _tell_strangers(table: Table, units: Mapping[int, int], register: Register, collector: Collector) -> None:
    near = Nearness(register.unit_roster.words())
    for column in _to_look_at(table):
        heading = table.headings[column]
        if column in units or plain(heading) in TOTALS:
            continue
        collector.add(
            UNKNOWN_UNIT.at(table.heading_place(column), name=shown(heading), **near.facts(heading))
        )


def _to_look_at(table: Table) -> tuple[int, ...]:
    passed_over = PASSED_OVER | MEASURED_IN
    return tuple(column for column in table.others if plain(table.headings[column]) not in passed_over)
