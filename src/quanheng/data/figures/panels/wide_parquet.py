"""Big wide Parquet files: which are kept as panels, and what is looked at before they are.

Keys are read and checked as in any table; the figures themselves are scanned once, for what they cover and
for infinite numbers.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

import narwhals as nw
import polars as pl

from quanheng.data.book.panels import Panel
from quanheng.data.figures.coverage import Coverage
from quanheng.data.figures.panels.marks import figure_of, tell_marks_of_panel
from quanheng.data.figures.times import tell_flows_of_rows, tell_no_period
from quanheng.data.tables.around.time import settle_time, tell_other_periods
from quanheng.data.tables.headings import LONG_DATA, WIDE_DATA, match, with_unit_heading, without_measure
from quanheng.data.tables.item_columns import find_items, items_by_column, without_period
from quanheng.data.tables.marks import marks_of_numbers
from quanheng.data.tables.register import Register
from quanheng.data.tables.rows import resolve, resolve_periods
from quanheng.data.tables.strangers.columns import Heading
from quanheng.data.tables.table import ROW, ParquetFile, Table
from quanheng.data.tables.year_and_part import has_year_and_part
from quanheng.data.telling import limits
from quanheng.data.telling.findings import BEYOND_RANGE, NOT_A_NUMBER, NOT_PARQUET, UNKNOWN_UNIT
from quanheng.findings.collector import SHOWN, Collector
from quanheng.findings.finding import Kind, Location
from quanheng.periods.period import Period
from quanheng.scheme.formulas.numbers import LEAST, MOST
from quanheng.scheme.items.item import readings_of


def is_panel(raw: ParquetFile, register: Register) -> bool:
    """Return whether `raw` stays lazy: wide, big enough, and its items are all numbers."""
    headings = tuple(raw.schema)
    if register.scheme.reading.of(raw.file).where is not None:
        return False  # its rows are chosen when they are read
    if {"item", "unit", "value"} <= match(headings, LONG_DATA).keys():
        return False
    known = _known(raw, register)
    others = {number: text for number, text in enumerate(headings) if number not in known.values()}
    carrying = find_items(others, register)
    of_numbers = all(raw.schema[headings[number]].is_numeric() for number in carrying)
    items = [register.item(index) for index in carrying.values() if isinstance(index, int)]
    dated = any(item.kind == "date" or readings_of(item) is not None for item in items)
    of_periods = any(without_period(without_measure(headings[number])[0]) for number in carrying)
    is_big = len(carrying) * raw.rows >= limits.PANEL_CELLS
    of_one_day = "known_on" not in known and not has_year_and_part(headings)
    return "unit" in known and of_one_day and of_numbers and not (dated or of_periods) and is_big


def read_panel(
    raw: ParquetFile, register: Register, *, collector: Collector
) -> tuple[Panel, Coverage] | None:
    """Return `raw` as a panel and what it covers; what is wrong with its keys and figures is told.

    None and a finding if the file breaks off while it is read.
    """
    headings = tuple(raw.schema)
    known = _known(raw, register)
    reading = register.scheme.reading.of(raw.file)
    marks = marks_of_numbers(reading.missing_marks or ())
    others = {
        number: Heading(text=heading, measured="", where=Location(file=raw.file, cell=heading))
        for number, heading in enumerate(headings)
        if number not in known.values()
    }
    carried = items_by_column(others, register, collector=collector)
    columns = {register.item(own.item).code: headings[number] for number, own in carried.items()}
    try:
        keys = _keys(raw, headings, known)
        filled = _scan(raw, columns, marks, collector)
        tell_marks_of_panel(raw, columns, reading, collector)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException):
        collector.add(NOT_PARQUET.at(raw.location))
        return None
    units = resolve(keys, "unit", register.unit_roster, unknown=UNKNOWN_UNIT, collector=collector)
    time = settle_time(keys, register.round, collector=collector)
    if time is None:
        return None
    tell_no_period(keys, time, [own.item for own in carried.values()], register, collector)
    periods = resolve_periods(keys, time.period, blank=None, year=time.year, collector=collector)
    tell_other_periods(keys, periods, register.round, collector)
    tell_flows_of_rows(keys, periods, time, [own.item for own in carried.values()], register, collector)
    _tell_rows_twice(keys, units, periods, register, collector)
    frame = raw.scan().select(
        _codes(keys, units, register),
        *_texts_of_periods(keys, periods, time.period if time.period != register.round else None),
        *(figure_of(heading, marks).alias(code) for code, heading in columns.items()),
    )
    panel = Panel(
        file=raw.file,
        frame=nw.from_native(frame),
        has_period="period" in frame.collect_schema(),
        headings=columns,
    )
    covered = Coverage(
        items=frozenset(own.item for own in carried.values() if register.item(own.item).code in filled),
        periods=frozenset(periods.drop_nulls().unique()),
        units=units.drop_nulls().unique().alias("unit"),
    )
    return panel, covered


def _known(raw: ParquetFile, register: Register) -> dict[str, int]:
    """Return the numbers of the columns of units, periods and days, by their keys."""
    stated = register.scheme.reading.of(raw.file).unit_heading
    return match(tuple(raw.schema), with_unit_heading(WIDE_DATA, stated))


def _keys(raw: ParquetFile, headings: tuple[str, ...], known: Mapping[str, int]) -> Table:
    """Return the columns of units and periods as a table."""
    columns = {headings[number]: str(number) for number in known.values()}
    body = raw.scan().select(*columns).rename(columns).with_row_index(ROW, offset=1).collect()
    return Table(file=raw.file, sheet=None, headings=headings, known=known, others=(), body=body)


def _scan(
    raw: ParquetFile, columns: Mapping[str, str], marks: Sequence[float], collector: Collector
) -> frozenset[str]:
    """Return the codes of the items that have a value; one beyond the range is told, once for each item."""
    number = {code: figure_of(heading, marks) for code, heading in columns.items()}
    seen = raw.scan().select(
        *(column.count().alias(f"count|{code}") for code, column in number.items()),
        *(_is_beyond(column).any().alias(f"beyond|{code}") for code, column in number.items()),
    )
    row = seen.collect().row(0, named=True) if columns else {}
    for code, heading in columns.items():
        if row[f"beyond|{code}"]:
            at = raw.scan().select(heading).with_row_index(ROW, offset=1)
            first = at.filter(_is_beyond(figure_of(heading, marks))).head(1).collect().row(0)
            where = Location(file=raw.file, cell=f"{first[0]}:{heading}")
            kind = BEYOND_RANGE if math.isfinite(first[1]) else NOT_A_NUMBER
            collector.add(kind.at(where, text=str(first[1])))
    return frozenset(code for code in columns if row[f"count|{code}"])


def _is_beyond(number: pl.Expr) -> pl.Expr:
    """Return whether a number is infinite, too large or too small."""
    size = number.abs()
    return (size >= MOST) | ((size < LEAST) & (size != 0.0))


ROW_TWICE: Final = Kind(
    code="QH432",
    severity="error",
    en="{unit} has a second row for {period}: the first is row {first}",
    zh="{unit} 在 {period} 有两行：第一行为第 {first} 行",
    hint_en="keep the right one",
    hint_zh="请保留正确的一行",
)


def _tell_rows_twice(
    keys: Table, units: pl.Series, periods: pl.Series, register: Register, collector: Collector
) -> None:
    rows = keys.body.select(ROW).with_columns(units.alias("unit"), periods.alias("period")).drop_nulls()
    pair = pl.struct("unit", "period")
    if rows["unit"].n_unique() == rows.height:
        return
    again = rows.filter(~pair.is_first_distinct())
    first = rows.join(again.head(SHOWN), on=["unit", "period"], how="semi").unique(
        ["unit", "period"], keep="first", maintain_order=True
    )
    where = {(unit, period): row for row, unit, period in first.iter_rows()}
    collector.tell(
        ROW_TWICE,
        again,
        lambda row: keys.location_of(row[ROW], "unit"),
        lambda row: {
            "unit": register.units["unit"][row["unit"]],
            "period": Period.numbered(row["period"]),
            "first": where[row["unit"], row["period"]],
        },
    )


def _codes(keys: Table, units: pl.Series, register: Register) -> pl.Expr:
    """Return the codes of the units: the column itself, or looked up where the file has names for codes."""
    column = pl.col(keys.headings[keys.known["unit"]])
    texts = keys.texts("unit")
    meant = register.units["unit"].gather(units)
    if texts.eq_missing(meant).all() and keys.body[str(keys.known["unit"])].dtype == pl.String:
        return column.str.strip_chars().alias("unit")
    named = pl.DataFrame({"text": keys.body[str(keys.known["unit"])], "code": meant}).unique("text")
    return column.replace_strict(named["text"], named["code"], return_dtype=pl.String).alias("unit")


def _texts_of_periods(keys: Table, periods: pl.Series, told: Period | None) -> tuple[pl.Expr, ...]:
    """Return the column of canonical periods; without one that is `told`, none if it is the round."""
    if not keys.has("period"):
        return () if told is None else (pl.lit(str(told)).alias("period"),)
    column = str(keys.known["period"])
    named = pl.DataFrame({"text": keys.body[column], "number": periods}).unique("text").drop_nulls("number")
    texts = [str(Period.numbered(number)) for number in named["number"]]
    heading = pl.col(keys.headings[keys.known["period"]])
    return (
        heading.replace_strict(named["text"], texts, default=None, return_dtype=pl.String).alias("period"),
    )
