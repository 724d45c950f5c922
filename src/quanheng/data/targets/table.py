"""New targets laid into a table of targets as people keep it: their rows, columns and notes stay."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import polars as pl

from quanheng.data.book.frames import NOT_APPLICABLE, Frame
from quanheng.data.cells.dates import parse_date
from quanheng.data.files.bytes_of import bytes_of
from quanheng.data.files.delimited import read_csv
from quanheng.data.tables.around.time import TableTime, settle_time
from quanheng.data.tables.cutting import cut_table
from quanheng.data.tables.headings import TARGETS, match
from quanheng.data.tables.register import Register, register_of
from quanheng.data.tables.table import Sheet, texts_of
from quanheng.data.telling import limits
from quanheng.data.telling.names import Roster
from quanheng.data.telling.room import Room
from quanheng.findings.collector import Collector
from quanheng.findings.errors import DataError, UsageError
from quanheng.findings.finding import Finding, FindingsError, Location, require_no_errors
from quanheng.findings.visible import printable
from quanheng.periods.period import parse_period
from quanheng.scheme.formulas.tree import Name
from quanheng.scheme.tree.scheme import Scheme

_VALUES: Final = ("target", "floor", "stretch")
COLUMNS: Final = ("unit", "indicator", "period", *_VALUES, "set_on", "reason")
_KEY: Final = ("unit", "indicator", "period", "set_on")
_NEEDED: Final = frozenset({"unit", "indicator", "target"})
_TOP: Final = 20
_BOM: Final = "\ufeff"


def as_rows(split: Frame, scheme: Scheme) -> pl.DataFrame:
    """Return targets as they are written: texts under `COLUMNS`, without needless zeros.

    `split` has unit, indicator, period, target, floor, stretch and state, and may have set_on and reason.
    Days of the year, the targets of dates, are written as the dates they are.
    """
    rows: pl.DataFrame = split.to_native()
    of_dates = pl.col("indicator").is_in(_with_dates(scheme))
    first = pl.date(parse_period(scheme.round).year, 1, 1)
    numbers = [
        pl.when(of_dates)
        .then((first + pl.duration(days=pl.col(name) - 1)).cast(pl.String))
        .otherwise(_text(name))
        .alias(name)
        for name in _VALUES
    ]
    missing = [name for name in ("set_on", "reason") if name not in rows.columns]
    stated = pl.when(pl.col("state") == NOT_APPLICABLE).then(pl.lit("/")).otherwise("target").alias("target")
    return (
        rows.with_columns(*numbers, *(pl.lit(None, dtype=pl.String).alias(name) for name in missing))
        .with_columns(stated, pl.col("set_on").cast(pl.String))
        .select(*COLUMNS)
    )


def csv_with_targets(file: Path, rows: pl.DataFrame, scheme: Scheme, units: Frame) -> str:
    """Return the text of the csv `file` with `rows` (those of `as_rows`) in place of its own of their key.

    A key is a unit, indicator, period and the day it was set on; a row for all units (`*`) stays beside a
    unit's own.

    Raises:
        UsageError: the file is no table of targets.
        FindingsError: it cannot be read.
    """
    name = f"targets/{file.name}" if file.parent.name == "targets" else file.name
    where = Location(file=printable(name))
    content = bytes_of(file, limits.CSV_BYTES, where, Room())
    if isinstance(content, Finding):
        raise FindingsError((content,))
    collector = Collector()
    sheet = read_csv(content, file=where.file, collector=collector)
    require_no_errors(collector.findings())
    found = None if sheet is None else _heading_in(sheet.cells)
    if sheet is None or found is None:
        raise UsageError(f"{file} is no table of targets", f"{file} 不是目标表")
    at, keys = found
    register = register_of(scheme, parse_period(scheme.round), units.to_native())
    time = _time_of(sheet, register)
    cells, keys = _with_columns(sheet.cells, at, keys, rows, of_old=_period_of_old(time, register))
    body = cells.slice(at + 1)
    keyed = _keyed(body, keys, register, time)
    marked = [f"key {name}" for name in _KEY]
    new = rows.select(pl.col(name).fill_null("").alias(f"key {name}") for name in _KEY)
    kept = keyed.join(new, on=marked, how="anti", maintain_order="left").drop(marked)
    added = rows.select(
        *(
            pl.col(name).alias(str(number)) if name in rows.columns else pl.lit(None, pl.String)
            for name, number in sorted(keys.items(), key=lambda pair: pair[1])
            if name in COLUMNS
        )
    )
    text = _csv(pl.concat([cells.head(at + 1), kept, added], how="diagonal"))
    return _BOM + text if content.startswith(_BOM.encode()) or not _is_utf8(content) else text


def sheet_with_targets(sheet: Sheet, rows: pl.DataFrame, scheme: Scheme, units: Frame) -> pl.DataFrame:
    """Return the cells of a sheet with `rows` in the rows of their key, and below the last where it has none.

    Raises:
        UsageError: the sheet is no table of targets.
    """
    found = _heading_in(sheet.cells)
    if found is None:
        raise UsageError(f"{sheet.sheet} is no table of targets", f"“{sheet.sheet}”不是目标表")
    at, keys = found
    register = register_of(scheme, parse_period(scheme.round), units.to_native())
    time = _time_of(sheet, register)
    cells, keys = _with_columns(sheet.cells, at, keys, rows, of_old=_period_of_old(time, register))
    own = {name: str(number) for name, number in keys.items() if name in COLUMNS}
    body = _keyed(cells.slice(at + 1), keys, register, time).with_row_index("row")
    marked = [f"key {name}" for name in _KEY]
    new = rows.with_columns(pl.col(name).fill_null("").alias(f"key {name}") for name in _KEY)
    places = body.select("row", *marked).unique(marked, keep="first", maintain_order=True)
    placed = new.join(places, on=marked, how="left", maintain_order="left")
    known = placed.filter(pl.col("row").is_not_null())
    changed = body.join(known.select("row", *_VALUES, "reason"), on="row", how="left", maintain_order="left")
    stated = [name for name in (*_VALUES, "reason") if name in own]
    there = pl.col("row").is_in(known["row"].implode())
    kept = changed.select(
        *(
            pl.when(there).then(stated_at[column]).otherwise(column).alias(column)
            if column in stated_at
            else pl.col(column)
            for stated_at in ({own[name]: name for name in stated},)
            for column in cells.columns
        )
    )
    added = placed.filter(pl.col("row").is_null()).select(
        pl.col(name).alias(number) for name, number in own.items()
    )
    return pl.concat([cells.head(at + 1), kept, added], how="diagonal")


def _time_of(sheet: Sheet, register: Register) -> TableTime:
    """Return of when the table is, as its title, its sheet or its file tells wherever it is read."""
    collector = Collector()
    table = cut_table(sheet, (TARGETS,), collector=collector, reading=register.scheme.reading)
    time = None if table is None else settle_time(table, register.round, collector=collector)
    if time is None:
        raise FindingsError(collector.findings())
    return time


def _period_of_old(time: TableTime, register: Register) -> str | None:
    """Return the period that old rows are of by the title alone; None where a blank says the same."""
    return None if time.period == register.round else str(time.period)


def _keyed(body: pl.DataFrame, keys: Mapping[str, int], register: Register, time: TableTime) -> pl.DataFrame:
    """Return the rows of a table of targets with their keys beside them."""
    return body.with_columns(
        _codes(body, keys, "unit", register.unit_roster),
        _codes(body, keys, "indicator", register.indicator_roster),
        _periods(body, keys, time),
        _days(body, keys),
    )


def csv_of_targets(versions: Frame, rows: pl.DataFrame, scheme: Scheme) -> str:
    """Return the text of a csv of all `versions` of a book's targets, with `rows` in place of their like."""
    old = as_rows(versions, scheme)
    kept = old.join(rows.select(_KEY), on=_KEY, how="anti", nulls_equal=True, maintain_order="left")
    return _csv(_with_heading(pl.concat([kept, rows])))


def _with_dates(scheme: Scheme) -> list[str]:
    """Return the indicators whose measure is a date itself."""
    dates = {item.code for item in scheme.items if item.kind == "date"}
    return [
        one.code
        for one in scheme.indicators
        if isinstance(one.measure.tree, Name) and one.measure.tree.name in dates
    ]


def _text(name: str) -> pl.Expr:
    value = pl.col(name)
    whole = (value == value.round()) & (value.abs() < 10**15)
    text = pl.when(whole).then(value.cast(pl.Int64, strict=False).cast(pl.String))
    return text.otherwise(value.cast(pl.String))


def _with_heading(rows: pl.DataFrame) -> pl.DataFrame:
    """Return `rows` with their heading as the first, without optional columns that are empty."""
    optional = ("floor", "stretch", "set_on", "reason")
    kept = [name for name in rows.columns if name not in optional or rows[name].null_count() < rows.height]
    table = rows.select(kept)
    heading = pl.DataFrame({name: [name] for name in kept}, schema=dict.fromkeys(kept, pl.String))
    return pl.concat([heading, table])


def _heading_in(cells: pl.DataFrame) -> tuple[int, dict[str, int]] | None:
    for number, row in enumerate(cells.head(_TOP).rows()):
        keys = match(row, TARGETS)
        if keys.keys() >= _NEEDED:
            return number, keys
    return None


def _with_columns(
    cells: pl.DataFrame, at: int, keys: Mapping[str, int], rows: pl.DataFrame, *, of_old: str | None
) -> tuple[pl.DataFrame, dict[str, int]]:
    """Return `cells` with a column for each that the new rows need and the table does not have.

    A title no longer tells the period of a row beside a column of periods: the old rows get that `of_old`.
    """
    wider, known = cells, dict(keys)
    for name in COLUMNS:
        if name in known or rows[name].null_count() == rows.height:
            continue
        number = wider.width
        old = of_old if name == "period" else None
        named = [pl.col(str(keys[key])).str.strip_chars() != "" for key in ("unit", "indicator")]
        row = pl.int_range(pl.len())
        texts = (
            pl.when(row == at)
            .then(pl.lit(name))
            .when((row > at) & pl.all_horizontal(named))
            .then(pl.lit(old, dtype=pl.String))
        )
        wider = wider.with_columns(texts.alias(str(number)))
        known[name] = number
    return wider, known


def _codes(body: pl.DataFrame, keys: Mapping[str, int], key: str, roster: Roster) -> pl.Series:
    """Return the codes of what a column names, found as wherever it is read; else the texts as they are."""
    texts = texts_of(body[str(keys[key])]).alias("text")
    codes = roster.codes.gather(roster.find(texts).index).alias("code").to_frame().with_columns(texts)
    return codes.select(pl.coalesce("code", "text").fill_null("").alias(f"key {key}")).to_series()


def _periods(body: pl.DataFrame, keys: Mapping[str, int], time: TableTime) -> pl.Expr:
    blank = str(time.period)
    if "period" not in keys:
        return pl.lit(blank).alias("key period")
    column = str(keys["period"])
    known: dict[str, str] = {}
    for text in body[column].drop_nulls().unique():
        try:
            known[text] = str(parse_period(text, year=time.year))
        except DataError:
            continue
    return pl.col(column).replace(known).fill_null(blank).alias("key period")


def _days(body: pl.DataFrame, keys: Mapping[str, int]) -> pl.Expr:
    """Return the days in one spelling: `2023.7.1` is the day `2023-07-01`."""
    if "set_on" not in keys:
        return pl.lit("").alias("key set_on")
    column = str(keys["set_on"])
    days = {text: parse_date(text) for text in body[column].drop_nulls().unique()}
    known = {text: day.isoformat() for text, day in days.items() if day is not None}
    return pl.col(column).replace(known).str.strip_chars().fill_null("").alias("key set_on")


def _csv(rows: pl.DataFrame) -> str:
    return rows.write_csv(include_header=False)


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
