"""The ledgers of readings: a record for each unit and day, or hour, with the items that are read so often."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

import polars as pl

from quanheng.data.book import frames
from quanheng.data.cells.numbers import IS_MISSING, IS_VALUE
from quanheng.data.figures.figures import Figures
from quanheng.data.figures.laws import SAID_TWICE, has_errors_in_data, more_of_two_tables, shown_value
from quanheng.data.tables.table import Raw
from quanheng.data.telling.findings import NEVER_REPORTED, TWO_VALUES
from quanheng.data.telling.names import shown
from quanheng.findings.collector import Collector, Row
from quanheng.findings.finding import NOWHERE, Kind, Location
from quanheng.scheme.items.item import DATE, HOUR, LEDGERS_OF_READINGS, readings_of
from quanheng.scheme.laws.readings import EVERY_READING, LEDGER_OF_READINGS

_KEY: Final = ["item", "unit", "date", "hour"]
_MIDNIGHT: Final = 24

MIDNIGHT_TWICE: Final = Kind(
    code="QH868",
    severity="warning",
    en="{item} of {unit} has a reading at 24:00 on {date} and one at 00:00 on the day after, {count} times",
    zh="{unit} 的 {item} 在 {date} 24:00 和次日 00:00 各有读数，共{count}处",
    hint_en="these are one moment: 24:00 counts for its own day, 00:00 for the next; keep one of the two",
    hint_zh="二者为同一时刻：24:00 计入当日，00:00 计入次日；请只保留一个",
)


def ledgers_of_readings(
    figures: Figures,
    as_of: dt.date | None,
    *,
    files: Mapping[str, Sequence[Raw]],
    collector: Collector,
) -> dict[str, pl.DataFrame]:
    """Return the ledgers of what the scheme has read by day or hour, as known on the day `as_of`.

    Two different readings of one moment are an error, and so are `files` of ledgers under their names. An
    item that is never read is told.
    """
    by_ledger: dict[str, dict[int, str]] = {}
    for index, item in enumerate(figures.register.scheme.items):
        read = readings_of(item)
        if read is not None:
            name = next(each for each, every in LEDGERS_OF_READINGS.items() if every == read.every)
            by_ledger.setdefault(name, {})[index] = item.code
    if not by_ledger:
        return {}
    for name in by_ledger.keys() & files.keys():
        where = Location(file=files[name][0].file) if files[name] else NOWHERE
        every = EVERY_READING[LEDGERS_OF_READINGS[name]]
        collector.add(LEDGER_OF_READINGS.at(where, ledger=name, every=every))
    readings = _as_known(figures.readings, as_of)
    _tell_twice(readings, figures, collector)
    _tell_midnights(readings, figures, collector)
    _tell_never(readings, by_ledger, figures, collector)
    return {name: _ledger(readings, name, codes, figures) for name, codes in by_ledger.items()}


def _as_known(readings: pl.DataFrame, as_of: dt.date | None) -> pl.DataFrame:
    """Return what is said on the latest day of each reading; an empty cell takes back nothing."""
    said = readings.filter(pl.col("state") != IS_MISSING)
    if said["known_on"].null_count() == said.height:
        return said
    if as_of is not None:
        said = said.filter(pl.col("known_on").is_null() | (pl.col("known_on") <= as_of))
    day = pl.col("known_on").fill_null(dt.date.min)
    return said.filter(day == day.max().over(_KEY))


def _tell_twice(readings: pl.DataFrame, figures: Figures, collector: Collector) -> None:
    again = readings.filter(~pl.struct(_KEY).is_first_distinct()) if _has_twice(readings) else None
    if again is None:
        return
    first = readings.join(again.select(_KEY).unique(), on=_KEY, how="semi").unique(
        _KEY, keep="first", maintain_order=True
    )
    pairs = again.join(first, on=_KEY, suffix="_first", maintain_order="left")
    alike = pl.col("value").eq_missing(pl.col("value_first"))

    def facts(row: Row) -> Mapping[str, object]:
        other = figures.location(row["table_first"], row["row_first"], row["column_first"])
        return {
            **_names(row, figures),
            "first": shown_value(row["value"]),
            "second": shown_value(row["value_first"]),
            "other": other,
            "more": more_of_two_tables(0),
        }

    for kind, rows in ((TWO_VALUES, pairs.filter(~alike)), (SAID_TWICE, pairs.filter(alike))):
        collector.tell(
            kind, rows, lambda row: figures.location(row["table"], row["row"], row["column"]), facts
        )


def _has_twice(readings: pl.DataFrame) -> bool:
    return readings.select(_KEY).n_unique() < readings.height


def _names(row: Row, figures: Figures) -> dict[str, str]:
    item = figures.register.item(row["item"])
    read = readings_of(item)
    hour = f" {row['hour']:02}:00" if read is not None and read.every == "hour" else ""
    return {
        "item": item.code,
        "unit": figures.register.units["unit"][row["unit"]],
        "period": f"{row['date']}{hour}",
    }


def _tell_midnights(readings: pl.DataFrame, figures: Figures, collector: Collector) -> None:
    """Add a warning for each unit and item with readings at 24:00 and at 00:00 of the day after."""
    late = readings.filter((pl.col("hour") == _MIDNIGHT) & (pl.col("state") == IS_VALUE))
    if late.is_empty():
        return
    early = readings.filter(pl.col("hour") == 0).select(
        "item", "unit", date=pl.col("date").dt.offset_by("-1d")
    )
    both = late.join(early, on=["item", "unit", "date"], how="semi", maintain_order="left")
    of_one = both.with_columns(count=pl.len().over("item", "unit")).unique(
        ["item", "unit"], keep="first", maintain_order=True
    )
    collector.tell(
        MIDNIGHT_TWICE,
        of_one,
        lambda row: figures.location(row["table"], row["row"], row["column"]),
        lambda row: {**_names(row, figures), "date": row["date"], "count": row["count"]},
    )


def _tell_never(
    readings: pl.DataFrame,
    by_ledger: Mapping[str, Mapping[int, str]],
    figures: Figures,
    collector: Collector,
) -> None:
    """Add an error for each item that nobody has a reading of, unless it follows from other errors."""
    if has_errors_in_data(collector):
        return
    there = set(readings.filter(pl.col("state") == IS_VALUE)["item"].unique())
    for codes in by_ledger.values():
        for index in codes:
            item = figures.register.item(index)
            if index not in there:
                name = item.name.zh or item.name.en
                collector.add(NEVER_REPORTED.at(item.where, item=shown(item.code), name=name))


def _ledger(readings: pl.DataFrame, name: str, codes: Mapping[int, str], figures: Figures) -> pl.DataFrame:
    """Return the ledger `name`: unit, date, the hour of readings by hour, a column an item, and sources."""
    own = readings.filter(pl.col("item").is_in(list(codes)) & (pl.col("state") == IS_VALUE))
    key = ["unit", "date", "hour"]
    columns = [
        pl.col("value").filter(pl.col("item") == index).first().alias(code) for index, code in codes.items()
    ]
    records = own.group_by(key, maintain_order=True).agg(
        *columns, pl.col("table").first(), pl.col("row").first().alias("source_row")
    )
    files = pl.Series([table.file for table in figures.tables], dtype=pl.String)
    sheets = pl.Series([table.sheet for table in figures.tables], dtype=pl.String)
    return records.select(
        pl.lit(figures.register.units["unit"]).gather(pl.col("unit")).alias("unit"),
        pl.col("date").alias(DATE),
        *([pl.col("hour").cast(pl.Float64).alias(HOUR)] if LEDGERS_OF_READINGS[name] == "hour" else []),
        *codes.values(),
        source_file=pl.lit(files).gather(pl.col("table")),
        source_sheet=pl.lit(sheets).gather(pl.col("table")),
        source_row=pl.col("source_row").cast(frames.RECORD_SOURCE["source_row"]),
    )
