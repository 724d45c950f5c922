"""Readings of days and hours in tables of figures: a row for each unit and moment, long or wide.

They are taken out of a table before anything else is read of it: what stands as its period is a day, or an
hour of a day, and what is left are figures of months and years.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import polars as pl

from quanheng.data.cells.numbers import IS_UNREADABLE
from quanheng.data.cells.times import times_in
from quanheng.data.figures.reading.values import units_in, values_in
from quanheng.data.figures.reading.wide import headings_of
from quanheng.data.tables.headings import plain
from quanheng.data.tables.item_columns import carried_by, find_items, tell_measure
from quanheng.data.tables.marks import tell_sentinels
from quanheng.data.tables.register import Register, group_names, in_per_cent
from quanheng.data.tables.rows import dates_in
from quanheng.data.tables.strangers.columns import tell_not_used
from quanheng.data.tables.strangers.rows import without_strange_rows
from quanheng.data.tables.table import ROW, Table, texts_of
from quanheng.data.telling.findings import EMPTY_KEY
from quanheng.data.telling.names import shown
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Kind
from quanheng.findings.text import Text
from quanheng.periods.every import EveryReading
from quanheng.scheme.items.item import readings_of
from quanheng.scheme.laws.readings import EVERY_READING

_AN_HOUR: Final = 3_600
_MOMENTS: Final = frozenset({"date", "day", "日期", "监测日期", "监测时间", "datetime"})
"""Headings of moments beside those of periods."""

READINGS_ELSEWHERE: Final = Kind(
    code="QH885",
    severity="error",
    en="the readings of {items} cannot be read here: {why}",
    zh="无法在此读取 {items} 的读数：{why}",
    hint_en="write item,unit,period,value with a row for each reading, or unit,period,<item>,… with a row "
    "for each day or hour, in a table of their own",
    hint_zh="请另列一表：每次读数一行（数据项、单位、期间、数值），或每日、每小时一行（单位、期间、各数据项）",
)
NO_MOMENT: Final = Kind(
    code="QH884",
    severity="error",
    en="{items} are read every {every}, and {text!r} is {what}",
    zh="{items} 按{every}报送，而“{text}”{what}",
    hint_en="write a day as 2023-05-01, an hour as 2023-05-01 13:00; 24:00 is the last hour of its day",
    hint_zh="日写作 2023-05-01，小时写作 2023-05-01 13:00；24:00 属于当日",
)
_TIME_OF_DAY: Final = Text(en="an hour of a day", zh="是一日中的时刻")
_NO_HOUR: Final = Text(en="no whole hour", zh="不是整点")
_NO_DAY: Final = Text(en="no column says the day", zh="没有日期一列")
_TURNED: Final = Text(
    en="items stand below each other and units or days across", zh="数据项排在纵向，单位或日期排在横向"
)
_BOTH: Final = Text(en="days and hours stand in the same rows", zh="同一行中既有按日的又有按小时的")
_ODD: Final[Mapping[EveryReading, Text]] = {"day": _TIME_OF_DAY, "hour": _NO_HOUR}


def without_readings(
    table: Table, register: Register, collector: Collector
) -> tuple[Table | None, list[pl.DataFrame]]:
    """Return `table` without its readings, None if nothing else is in it, and these.

    What cannot be understood is told and left out.
    """
    items = enumerate(register.scheme.items)
    own = {index: read.every for index, item in items if (read := readings_of(item)) is not None}
    if not own:
        return table, []
    if table.has("unit") and table.has("value"):
        return _of_long(table, own, register, collector)
    if table.has("item"):
        return _of_turned(table, own, register, collector), []
    headings = {column: table.headings[column] for column in table.others}
    found = {
        column: index for column, index in find_items(headings, register).items() if isinstance(index, int)
    }
    if own.keys().isdisjoint(found.values()):
        return table, []
    return None, _of_wide(table, found, own, register, collector)


def _of_turned(
    table: Table, own: Mapping[int, EveryReading], register: Register, collector: Collector
) -> Table:
    """Return `table`, whose items stand below each other, without those that are read, which are told."""
    texts, named = _named(table, own, register)
    is_own = texts.is_in(list(named)).fill_null(value=False)
    if is_own.any():
        codes = ", ".join(dict.fromkeys(register.item(index).code for index in named.values()))
        where = table.location_of(table.body[ROW].filter(is_own)[0], "item")
        collector.add(READINGS_ELSEWHERE.at(where, items=codes, why=_TURNED))
    return table.with_body(table.body.filter(~is_own))


def _of_long(
    table: Table, own: Mapping[int, EveryReading], register: Register, collector: Collector
) -> tuple[Table | None, list[pl.DataFrame]]:
    texts, named = _named(table, own, register)
    is_own = texts.is_in(list(named)).fill_null(value=False)
    if not is_own.any():
        return table, []
    rest = table.with_body(table.body.filter(~is_own))
    known: dict[str, int] = {}
    for text, index in named.items():
        first = table.body.filter(texts == text)[ROW][0]
        where = table.location_of(first, "item")
        measured = table.texts("measured_in").filter(texts == text)[0] or ""
        carried = carried_by(text, index, where, register, collector, measured=measured)
        if carried is not None:
            tell_measure(carried, where, register, collector)
            known[text] = index
    read = []
    for every in dict.fromkeys(own[index] for index in known.values()):
        of_it = {text: index for text, index in known.items() if own[index] == every}
        part = table.with_body(table.body.filter(texts.is_in(list(of_it))))
        part = without_strange_rows(
            part, register.unit_roster, groups=group_names(register), collector=collector
        )
        items = part.texts("item").replace_strict(of_it, default=None, return_dtype=pl.UInt32)
        read += _read(part, {part.known["value"]: items}, every, register, collector)
    return (rest if rest.body.height else None), read


def _named(
    table: Table, own: Mapping[int, EveryReading], register: Register
) -> tuple[pl.Series, dict[str, int]]:
    """Return what the rows call their items, and which of these texts name what is read."""
    texts = table.texts("item")
    different = texts.drop_nulls().unique(maintain_order=True).to_list()
    found = find_items(dict(enumerate(different)), register)
    return texts, {
        different[number]: index for number, index in found.items() if isinstance(index, int) and index in own
    }


def _of_wide(
    table: Table,
    found: Mapping[int, int],
    own: Mapping[int, EveryReading],
    register: Register,
    collector: Collector,
) -> list[pl.DataFrame]:
    read = {column: index for column, index in found.items() if index in own}
    codes = ", ".join(register.item(index).code for index in read.values())
    where = table.heading_place(next(iter(read)))
    others = ", ".join(register.item(index).code for index in found.values() if index not in own)
    if others:
        why = Text(
            en=f"{others} of longer periods stand in the same rows", zh=f"同一行中还有按月、按年的 {others}"
        )
        collector.add(READINGS_ELSEWHERE.at(where, items=codes, why=why))
        return []
    if len({own[index] for index in read.values()}) > 1:
        collector.add(READINGS_ELSEWHERE.at(where, items=codes, why=_BOTH))
        return []
    table = without_strange_rows(
        table, register.unit_roster, groups=group_names(register), collector=collector
    )
    headings = headings_of(table)
    columns: dict[int, pl.Series] = {}
    for column, index in read.items():
        heading = headings[column]
        measured = heading.measured
        carried = carried_by(heading.text, index, heading.where, register, collector, measured=measured)
        if carried is not None:
            tell_measure(carried, heading.where, register, collector)
            columns[column] = pl.Series([index], dtype=pl.UInt32).new_from_index(0, table.body.height)
    moment = _moment_of(table)
    tell_not_used(table, [each for each in table.others if each not in {*read, moment}], [], collector)
    return _read(table, columns, own[next(iter(read.values()))], register, collector)


def _moment_of(table: Table) -> int | None:
    """Return the column of moments: that of periods, or else one called date."""
    dated = (column for column in table.others if plain(table.headings[column]) in _MOMENTS)
    return table.known.get("period", next(dated, None))


def _read(
    table: Table,
    columns: Mapping[int, pl.Series],
    every: EveryReading,
    register: Register,
    collector: Collector,
) -> list[pl.DataFrame]:
    """Return the readings of `table`, which by column has the item of each row."""
    items = [index for each in columns.values() for index in each.drop_nulls().unique(maintain_order=True)]
    codes = ", ".join(register.item(index).code for index in items)
    moment = _moment_of(table)
    if moment is None:
        where = table.heading_place(next(iter(columns), table.known["unit"]))
        collector.add(READINGS_ELSEWHERE.at(where, items=codes, why=_NO_DAY))
        return []
    keys = table.body.select(ROW).with_columns(
        units_in(table, register, collector).alias("unit"),
        *_moments(table, moment, every, codes, collector),
        _days_known(table, collector),
    )
    parts = []
    for column, of_rows in columns.items():
        for index in of_rows.drop_nulls().unique(maintain_order=True):
            own = (of_rows == index).fill_null(value=False)
            part = table.with_body(table.body.filter(own))
            in_hundredths = in_per_cent(register.item(index))
            values = values_in(part, column, in_hundredths=in_hundredths, collector=collector)
            tell_sentinels(values[0], part, column, collector)
            parts.append(
                keys.filter(own).with_columns(
                    *values, column=pl.lit(column, dtype=pl.UInt32), item=pl.lit(index, dtype=pl.UInt32)
                )
            )
    return parts


def _moments(
    table: Table, column: int, every: EveryReading, codes: str, collector: Collector
) -> tuple[pl.Series, pl.Series]:
    """Return the day and the hour of each row; null and a finding where they are not understood.

    24:00 is the hour 24 of the day that it is written with; a day without a time of day is its hour 0.
    """
    texts = texts_of(table.body[str(column)])
    days = dates_in(table, column, collector=collector)
    heading = {"heading": shown(table.headings[column])}
    empty = table.body.filter(texts.is_null())
    collector.tell(EMPTY_KEY, empty, lambda row: table.location(row[ROW], column), lambda _: heading)
    seconds = times_in(texts)
    odd = seconds.is_not_null() if every == "day" else (seconds % _AN_HOUR != 0).fill_null(value=False)
    facts = {"items": codes, "every": EVERY_READING[every], "what": _ODD[every]}
    collector.tell(
        NO_MOMENT,
        pl.DataFrame({ROW: table.body[ROW], "text": texts}).filter(odd),
        lambda row: table.location(row[ROW], column),
        lambda row: {**facts, "text": shown(row["text"])},
    )
    understood = (days["state"] != IS_UNREADABLE) & ~odd
    return (
        days.select(date=pl.when(pl.lit(understood)).then("date"))["date"],
        (seconds.fill_null(0) // _AN_HOUR).cast(pl.UInt8).alias("hour"),
    )


def _days_known(table: Table, collector: Collector) -> pl.Series:
    """Return from which day each row was known, null: from the beginning."""
    if not table.has("known_on"):
        return pl.Series("known_on", [None], dtype=pl.Date).new_from_index(0, table.body.height)
    return dates_in(table, table.known["known_on"], collector=collector)["date"].alias("known_on")
