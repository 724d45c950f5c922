"""Periods across: `unit,2021,2022,2023`, `单位,1月,2月`, with the item in a column or around the table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Final

import polars as pl

from quanheng.data.context.mentions import without_periods
from quanheng.data.figures.reading.named import items_of_rows, items_without_periods
from quanheng.data.figures.reading.periods import Saying, with_said
from quanheng.data.figures.reading.values import figures_in, keys_of, units_in
from quanheng.data.tables.around.around import Around
from quanheng.data.tables.around.measures import tell_measures_around
from quanheng.data.tables.headings import ITEM, match, plain
from quanheng.data.tables.item_columns import Carried, find_items
from quanheng.data.tables.register import Register
from quanheng.data.tables.table import Table
from quanheng.data.telling.names import shown
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Kind
from quanheng.scheme.items.item import Reported

_SHORTEST: Final = 2
"""A name of fewer letters is not looked for in a title."""


def with_item_column(table: Table) -> Table:
    """Return `table`, of the wide form, with a column that names items known as such."""
    found = match([table.headings[column] for column in table.others], (ITEM,))
    if "item" not in found:
        return table
    column = table.others[found["item"]]
    others = tuple(other for other in table.others if other != column)
    return replace(table, known={**table.known, "item": column}, others=others)


PERIODS_ACROSS: Final = Kind(
    code="QH392",
    severity="note",
    en="the headings {first!r} … {last!r} are periods (tables like this: {number}); the figures are those of "
    "{items}",
    zh="表头“{first}”…“{last}”是期间（此类表 {number} 张），其下为 {items} 的数据",
    hint_en="nothing if that is right",
    hint_zh="若正确则无需处理",
)
NO_ITEM: Final = Kind(
    code="QH393",
    severity="error",
    en="the headings {first!r} … {last!r} are periods, but it is unclear of which item: {items}",
    zh="表头“{first}”…“{last}”是期间，但不清楚是哪个数据项的数据：{items}",
    hint_en="name the item in a column 'item', in the title, or as the name of the file or sheet",
    hint_zh="请用“数据项”列、标题、文件名或工作表名写明数据项",
)


def read_across(
    table: Table,
    across: Mapping[int, Saying],
    around: Around,
    register: Register,
    collector: Collector,
) -> Iterator[pl.DataFrame]:
    """Yield the figures of each column whose heading is a period; which item they are of may be unclear."""
    facts = {"first": shown(next(iter(across.values())).words), "last": shown([*across.values()][-1].words)}
    where = table.heading_place(next(iter(across)))
    if table.has("item"):
        named = items_of_rows(table, register, collector)
        carried, items = named.carried, items_without_periods(named, table, collector)
    else:
        found = _items_around(table, register)
        if len(found) != 1:
            codes = ", ".join(register.item(index).code for index in found) or "?"
            collector.add(NO_ITEM.at(where, items=codes, **facts))
            return
        carried = (Carried(item=found[0]),)
        items = pl.Series("item", found, dtype=pl.UInt32).new_from_index(0, table.body.height)
        code = register.item(found[0]).code
        collector.gather(PERIODS_ACROSS, where, {code: 1}, of_all=True, **facts)
    tell_measures_around(around.lines, carried, register, collector)
    units = units_in(table, register, collector)
    keys = keys_of(table, units, around.time, register, collector).with_columns(items.alias("item"))
    for column, saying in across.items():
        of_period = with_said(keys, table, saying, around.time, collector)
        yield from figures_in(table, column, of_period, register, collector)


def _items_around(table: Table, register: Register) -> tuple[int, ...]:
    """Return the items that the names of sheet and file name, or the title; else the only one there is."""
    names = [table.sheet or "", PurePosixPath(table.file).stem]
    found = {index for name in names if (index := _named_by(name, register)) is not None}
    titled = {index for _, texts in table.above for index in _named_in("".join(texts), register)}
    if found and titled:
        # a title may name more than its table is of, but not something else
        return tuple(sorted(found if found <= titled else found | titled))
    reported = [n for n, item in enumerate(register.scheme.items) if isinstance(item.source, Reported)]
    return tuple(sorted(found or titled or (reported if len(reported) == 1 else ())))


def _named_by(name: str, register: Register) -> int | None:
    """Return the item that the name of a file or sheet names, a period beside it left out."""
    found = find_items({0: name, 1: without_periods(name)}, register)
    return next((index for index in found.values() if isinstance(index, int)), None)


def _named_in(title: str, register: Register) -> frozenset[int]:
    """Return the items whose names stand in a title; a name inside a longer one does not count."""
    rest = plain(title)
    named: set[int] = set()
    words = [
        (plain(word), index)
        for index, item in enumerate(register.scheme.items)
        for word in (item.name.zh, item.name.en, item.code)
    ]
    for word, index in sorted(words, key=lambda pair: -len(pair[0])):
        if len(word) >= _SHORTEST and word in rest:
            named.add(index)
            rest = rest.replace(word, "|")
    return frozenset(named)
