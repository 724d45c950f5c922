"""Targets: `unit,indicator,period,target[,floor,stretch,set_on,reason]`; `*` means all units it applies to.

A target that is set anew is a further row with the day, `set_on`; without one it held from the beginning.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Literal, TypeAlias

import polars as pl

from quanheng.data.book import frames
from quanheng.data.cells.numbers import IS_UNREADABLE
from quanheng.data.figures.figures import STATES, texts_at
from quanheng.data.figures.laws_of_time import tell_targets_outside
from quanheng.data.figures.per_cents import PER_CENT
from quanheng.data.parts.units import EVERYONE
from quanheng.data.tables.around.measures import MeasureLine, measure_lines, tell_measures_around
from quanheng.data.tables.around.time import TableTime, settle_time, tell_other_periods
from quanheng.data.tables.cutting import cut_table
from quanheng.data.tables.headings import TARGETS, without_measure
from quanheng.data.tables.item_columns import Carried
from quanheng.data.tables.register import Register, group_names, in_per_cent
from quanheng.data.tables.rows import (
    dates_in,
    numbers_in,
    per_cent_settled,
    resolve,
    resolve_periods,
)
from quanheng.data.tables.strangers.columns import tell_not_used
from quanheng.data.tables.strangers.rows import without_strange_rows
from quanheng.data.tables.table import ROW, Raw, Table
from quanheng.data.tables.two_units import tell_two_units
from quanheng.data.targets.laws import (
    applicable,
    for_each_unit,
    tell_revisions_without_reason,
    tell_targets_of_zero,
    tell_two_targets,
)
from quanheng.data.targets.parts import tell_targets_at_odds
from quanheng.data.targets.sizes import tell_per_cent_beside_targets, tell_sizes_of_targets
from quanheng.data.telling.findings import UNKNOWN_UNIT
from quanheng.data.telling.half_width import loose
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Kind
from quanheng.periods.period import Period
from quanheng.scheme.formulas.tree import Name
from quanheng.scheme.tree.scheme import Indicator

_Reading: TypeAlias = Literal["number", "per_cent", "date"]
_ORDER: Final = "order"
_VALUES: Final = ("target", "floor", "stretch")


def read_targets(
    raws: Iterable[Raw], register: Register, *, collector: Collector, as_of: dt.date | None = None
) -> pl.DataFrame:
    """Return all versions of the targets, `*` settled: rows for each unit of the indicator's groups.

    From the day of a unit's own row on, what is set for all counts for it no more. Told are unknown names,
    two targets of one day for one unit, indicator and period, a target of 0 that would be divided by, targets
    of units whose group the indicator does not apply to, changes without a reason, and what is at odds with
    itself in the targets set on the day `as_of` (None: at last).
    """
    tables: list[Table] = []
    parts: list[pl.DataFrame] = []
    for raw in raws:
        table = cut_table(raw, (TARGETS,), collector=collector, reading=register.scheme.reading)
        if table is not None:
            tell_not_used(table, table.others, [column.key for column in TARGETS], collector)
            table = without_strange_rows(
                table, register.unit_roster, groups=group_names(register), collector=collector
            )
            time = settle_time(table, register.round, collector=collector)
            if time is None:
                continue
            _tell_measures(table, register, collector)
            number = pl.lit(len(tables), dtype=pl.UInt32).alias("table")
            parts += [part.with_columns(number) for part in _read(table, time, register, collector)]
            tables.append(table)
    if not parts:
        return frames.empty(frames.TARGET_VERSIONS)
    rows = pl.concat(parts)
    tell_two_targets(rows, tables, register, collector)
    tell_targets_of_zero(rows, tables, register, collector)
    unclear = tell_per_cent_beside_targets(rows, tables, register, collector)
    settled = for_each_unit(applicable(rows, tables, register, collector), register)
    tell_revisions_without_reason(settled, tables, register, collector)
    tell_targets_outside(settled, tables, register, collector)
    at_last = _as_set(settled, as_of)
    tell_targets_at_odds(at_last, tables, register, collector)
    clear = at_last.filter(~pl.col("indicator").is_in(unclear))
    tell_sizes_of_targets(clear, tables, register, collector)
    return _written(settled, tables, register)


def _tell_measures(table: Table, register: Register, collector: Collector) -> None:
    """Add a warning where a heading, or a line around the table, has another measuring unit than the item."""
    lines = list(measure_lines(table, register))
    lines.extend(
        MeasureLine(where=table.heading_place(table.known[key]), written=(measure,))
        for key in _VALUES
        if table.has(key) and (measure := without_measure(table.headings[table.known[key]])[1])
    )
    if not lines:
        return
    number = {item.code: index for index, item in enumerate(register.scheme.items)}
    indicators = register.indicator_roster.find(table.texts("indicator").unique()).index.drop_nulls()
    trees = [register.scheme.indicators[index].measure.tree for index in indicators.unique().sort()]
    measured = {tree.name: None for tree in trees if isinstance(tree, Name) and tree.name in number}
    tell_measures_around(lines, [Carried(item=number[name]) for name in measured], register, collector)


def targets_as_set(versions: pl.DataFrame, as_of: dt.date | None) -> pl.DataFrame:
    """Return the targets as they were set on the day `as_of`, or are set at last: a row a key.

    `versions` has for each unit, indicator and period its rows in the order of their days.
    """
    return _as_set(versions, as_of).select(*frames.TARGETS)


def _as_set(versions: pl.DataFrame, as_of: dt.date | None) -> pl.DataFrame:
    day = pl.col("set_on")
    known = versions if as_of is None else versions.filter(day.is_null() | (day <= as_of))
    return known.unique(["unit", "indicator", "period"], keep="last", maintain_order=True)


def _read(table: Table, time: TableTime, register: Register, collector: Collector) -> Iterator[pl.DataFrame]:
    """Yield the rows for all units, then those of single units."""
    periods = resolve_periods(table, time.period, blank=time.period, year=time.year, collector=collector)
    tell_other_periods(table, periods, register.round, collector)
    for_all = (loose(pl.lit(table.texts("unit"))) == EVERYONE).fill_null(value=False)
    every = pl.select(for_all).to_series()
    for_everyone = table.with_body(table.body.filter(every))
    of_units = table.with_body(table.body.filter(~every))
    units = resolve(of_units, "unit", register.unit_roster, unknown=UNKNOWN_UNIT, collector=collector)
    tell_two_units(of_units, units, register.unit_roster, collector)
    nobody = pl.Series("unit", [None], dtype=pl.UInt32).new_from_index(0, for_everyone.body.height)
    for part, unit, of in ((for_everyone, nobody, every), (of_units, units, ~every)):
        if part.body.height:
            known = unit.is_not_null() | (part is for_everyone)
            yield from _rows(part, unit, known, periods.filter(of), register, collector)


UNKNOWN_INDICATOR: Final = Kind(
    code="QH404",
    severity="error",
    en="the scheme has no indicator {name!r}{near}",
    zh="方案中没有指标“{name}”{near}",
    hint_en="correct the indicator, or add it to the scheme",
    hint_zh="请更正指标，或在方案中添加",
)


def _rows(
    table: Table,
    units: pl.Series,
    known: pl.Series,
    periods: pl.Series,
    register: Register,
    collector: Collector,
) -> Iterator[pl.DataFrame]:
    """Yield the rows of the indicators that are read alike, as numbers; unit is null for all units."""
    roster = register.indicator_roster
    indicators = resolve(table, "indicator", roster, unknown=UNKNOWN_INDICATOR, collector=collector)
    keys = table.body.select(ROW).with_columns(
        units.alias("unit"), indicators.alias("indicator"), periods.alias("period")
    )
    readings: dict[_Reading, list[int]] = {}
    for index in indicators.drop_nulls().unique(maintain_order=True):
        readings.setdefault(_reading_of(register.scheme.indicators[index], register), []).append(index)
    for reading, indices in readings.items():
        own = indicators.is_in(indices).fill_null(value=False)
        part = table.with_body(table.body.filter(own))
        rows = keys.filter(own).with_columns(_values(part, reading, register.round, collector))
        rows = rows.with_columns(_days(part, collector), part.texts("reason").alias("reason"))
        yield rows.filter(known.filter(own) & rows["period"].is_not_null())


def _days(table: Table, collector: Collector) -> pl.Series:
    """Return the day each row was set, null where none is written."""
    if not table.has("set_on"):
        return pl.Series("set_on", [None], dtype=pl.Date).new_from_index(0, table.body.height)
    return dates_in(table, table.known["set_on"], collector=collector)["date"].alias("set_on")


def _reading_of(indicator: Indicator, register: Register) -> _Reading:
    """Return how the targets of `indicator` are read: like the item that is its measure, else as numbers."""
    match indicator.measure.tree:
        case Name(name):
            item = next((item for item in register.scheme.items if item.code == name), None)
            if item is not None and item.kind == "date":
                return "date"
            return "per_cent" if item is not None and in_per_cent(item) else "number"
        case _:
            return "number"


def _values(table: Table, reading: _Reading, round_: Period, collector: Collector) -> list[pl.Series]:
    """Return the columns target, floor, stretch, state and whether its % makes a target a fraction."""
    values: list[pl.Series] = []
    per_cent = pl.repeat(False, table.body.height, eager=True).alias(PER_CENT)  # noqa: FBT003 - a value
    state = pl.Series("state", [], dtype=pl.UInt8)
    for key in _VALUES:
        if not table.has(key):
            values.append(pl.Series(key, [None], dtype=pl.Float64).new_from_index(0, table.body.height))
            continue
        column = table.known[key]
        if reading == "date":
            years = pl.Series([round_.year]).new_from_index(0, table.body.height)
            meant = dates_in(table, column, years=years, serial=False, collector=collector)
            value = meant["date"].to_physical().cast(pl.Float64) - _day_before(round_)
        else:
            meant = numbers_in(table, column, collector=collector)
            value = per_cent_settled(meant, in_per_cent=reading == "per_cent")
            per_cent = meant[PER_CENT] if key == "target" and reading == "number" else per_cent
        values.append(value.alias(key))
        if key == "target":
            state = meant["state"].alias("state")
    return [*values, state, per_cent]


def _day_before(round_: Period) -> float:
    """Return the days from 1970-01-01 to the last day before the round's year."""
    return float((dt.date(round_.year, 1, 1) - dt.date(1970, 1, 1)).days - 1)


def _written(rows: pl.DataFrame, tables: Sequence[Table], register: Register) -> pl.DataFrame:
    """Return `rows` as the versions of a book's targets, without those that could not be read."""
    readable = rows.filter(pl.col("state") != IS_UNREADABLE).with_row_index(_ORDER)
    indicators = [indicator.code for indicator in register.scheme.indicators]
    numbers = readable["period"].unique()
    periods = [str(Period.numbered(number)) for number in numbers]
    written = [
        own.select(
            texts_at("unit", register.units["unit"]),
            texts_at("indicator", indicators),
            pl.col("period").replace_strict(numbers, periods, return_dtype=pl.String),
            *_VALUES,
            texts_at("state", STATES),
            *table.source("target"),
            "set_on",
            "reason",
            _ORDER,
        )
        for number, table in enumerate(tables)
        if (own := readable.filter(pl.col("table") == number)).height
    ]
    if not written:
        return frames.empty(frames.TARGET_VERSIONS)
    return pl.concat(written).sort(_ORDER).drop(_ORDER)
