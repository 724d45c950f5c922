"""The measuring units that lines around a table name: `单位：万元` above the headings or below them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import polars as pl

from quanheng.data.context.measures import measure_of, measures_in
from quanheng.data.tables.headings import plain
from quanheng.data.tables.item_columns import Carried, tell_other_measure
from quanheng.data.tables.register import Register
from quanheng.data.tables.table import ROW, Table
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Location
from quanheng.findings.value import Value
from quanheng.scheme.items.item import Item

_FEW: Final = 20
"""So many lines below the headings that may name a measuring unit are looked at."""


class MeasureLine(Value):
    """A line around a table that names measuring units."""

    where: Location
    written: tuple[str, ...]


def tell_measures_around(
    lines: Iterable[MeasureLine], carried: Iterable[Carried], register: Register, collector: Collector
) -> None:
    """Add a warning where one of `lines` names another measuring unit than the scheme's for items there.

    An item with a measuring unit in its own heading is not looked at. `单位：万元` says nothing of an item
    that is counted in 件, but it must be that of some item.
    """
    own = (register.item(one.item) for one in carried if not one.measured)
    items = tuple(dict.fromkeys(item for item in own if item.measured_in))
    if not items:
        return
    for line in lines:
        written = line.written
        found = {item: odd for item in items if (odd := _odd(item, written)) is not None}
        if not found and not any(_concerns(item, written) for item in items):
            found = dict.fromkeys(items, written[0])
        alike: dict[tuple[str, str], list[Item]] = {}
        for item, odd in found.items():
            alike.setdefault((odd, item.measured_in), []).append(item)
        for (odd, _), those in alike.items():
            tell_other_measure(odd, those, line.where, collector)


def _odd(item: Item, written: tuple[str, ...]) -> str | None:
    """Return the one of the measuring units `written` that is of the item's sort, but not the item's."""
    meant = measure_of(item.measured_in)
    if any(plain(one) == plain(item.measured_in) for one in written) or meant is None:
        return None
    alike = [(one, found) for one in written if (found := measure_of(one)) and found.of == meant.of]
    return alike[0][0] if alike and all(found.factor != meant.factor for _, found in alike) else None


def _concerns(item: Item, written: tuple[str, ...]) -> bool:
    """Return whether one of the measuring units `written` is of the item's sort."""
    meant = measure_of(item.measured_in)
    return any(
        plain(one) == plain(item.measured_in)
        or (meant is not None and (found := measure_of(one)) is not None and found.of == meant.of)
        for one in written
    )


def measure_lines(table: Table, register: Register) -> Iterator[MeasureLine]:
    """Yield the lines above and below the headings of `table` that name measuring units."""
    known = {item.measured_in for item in register.scheme.items if item.measured_in}
    for row, texts in table.above:
        if found := measures_in(" ".join(texts), known):
            yield MeasureLine(where=table.location(row), written=found)
    first = table.known.get("unit", table.known.get("item"))
    if first is None or table.body[str(first)].dtype != pl.String:
        return
    text = pl.col(str(first))
    named = text.str.contains(r"(?i)单位\s*[:：为是]|\bunits?\s*[:：]")
    for row, written in table.body.select(ROW, text).filter(named).head(_FEW).iter_rows():
        if found := measures_in(written, known):
            yield MeasureLine(where=table.location(row), written=found)
