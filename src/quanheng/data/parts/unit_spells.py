"""When a unit exists: the columns `from`, `to` and `into` of the units (units §1-§3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

import polars as pl

from quanheng.data.book.panels import Panel
from quanheng.data.book.spells import FROM, INTO, TO
from quanheng.data.cells.dates import parse_date
from quanheng.data.tables.table import ROW, Table
from quanheng.data.telling.names import Nearness, shown
from quanheng.findings.collector import Collector, Row
from quanheng.findings.errors import DataError
from quanheng.findings.finding import Kind, Location
from quanheng.findings.text import Text
from quanheng.periods.period import parse_period
from quanheng.scheme.tree.scheme import Scheme

NO_DAY: Final = Kind(
    code="QH599",
    severity="error",
    en="{text!r} is neither a day nor a period: it says from when or to when a unit exists",
    zh="“{text}”不是日期，也不是期间：此处填写单位自何时起、至何时止",
    hint_en="write a day, 2023-06-30, or a period, 2023-06: its first day is meant, under 'to' its last",
    hint_zh="请写日期（2023-06-30）或期间（2023-06）：起始取其首日，截止取其末日",
)
ENDS_BEFORE_IT_BEGINS: Final = Kind(
    code="QH670",
    severity="error",
    en="{unit!r} ends on {last}, before it begins on {first}",
    zh="单位“{unit}”的截止（{last}）早于起始（{first}）",
    hint_en="correct one of the two days",
    hint_zh="请更正其中一个日期",
)
TWO_AT_ONCE: Final = Kind(
    code="QH671",
    severity="error",
    en="{unit!r} is two things at once: on {first} this row holds, and so does that at {other}",
    zh="单位“{unit}”同时有两种情况：{first} 既适用本行，又适用 {other} 处",
    hint_en="end one row with 'to' before the next begins with 'from'",
    hint_zh="请使前一行的截止早于后一行的起始",
)
NOTHING_GOES_ALONG: Final = Kind(
    code="QH678",
    severity="warning",
    en="{unit!r} went into {into!r}, and {item!r} has no 'merge': its figures stay out of those of {into!r}",
    zh="单位“{unit}”已并入“{into}”，而数据项{item!r}没有写合并方法（merge）：其数据不计入“{into}”",
    hint_en="write 'merge: sum', max, min or {{mean: …}} at the item, or report the whole under {into!r}",
    hint_zh="请为该数据项写明合并方法（merge）：合计（sum）、最大（max）、最小（min）或加权平均（mean），或在并入单位名下填报合并后的数据",
)
NOT_OF_A_LARGE_FILE: Final = Kind(
    code="QH865",
    severity="warning",
    en="figures of {file!r} are not merged: the file is read as a whole, and some units went into others",
    zh="文件{file!r}的数据不作合并：该文件整体读取，而本册有单位并入其他单位",
    hint_en="report the whole under what a unit went into, or give these figures as csv",
    hint_zh="请在并入单位名下填报合并后的数据，或把这些数据改为 csv",
)
NOWHERE_TO_GO: Final = Kind(
    code="QH672",
    severity="error",
    en="{unit!r} goes into {into!r}, {why}{near}",
    zh="单位“{unit}”并入“{into}”，{why}{near}",
    hint_en="name a unit of this table that exists on the day after, and write the last day under 'to'",
    hint_zh="请填写本表中次日仍存在的单位，并在截止列填写末日",
)


FIGURE_OF_NOBODY: Final = Kind(
    code="QH676",
    severity="warning",
    en="{unit!r} has figures of {period}, when it did not exist ({count} in all): they count nowhere",
    zh="单位“{unit}”在{period}尚未设立或已撤销，却有数据（共{count}个）：均不计入",
    hint_en="correct the period or when the unit exists, or report the figures of what it went into",
    hint_zh="请更正期间或单位的起止；已并入其他单位的，请在并入单位名下填报",
)


def tell_figures_of_nobody(observations: pl.DataFrame, spells: pl.DataFrame, collector: Collector) -> None:
    """Add a warning for each unit with figures of periods in which it did not exist on any day."""
    if observations.is_empty():
        return
    texts = observations.filter(pl.col("value").is_not_null())
    named = {text: parse_period(text) for text in texts["period"].unique().to_list()}
    days = pl.DataFrame(
        {
            "period": list(named),
            "start": [period.start for period in named.values()],
            "end": [period.end for period in named.values()],
        },
        schema={"period": pl.String, "start": pl.Date, "end": pl.Date},
    )
    keys = texts.select("unit", "period").unique().join(days, on="period")
    begun = pl.col(FROM).is_null() | (pl.col(FROM) <= pl.col("end"))
    alive = keys.join(spells.select("unit", FROM, TO), on="unit").filter(
        begun & (pl.col(TO).is_null() | (pl.col(TO) >= pl.col("start")))
    )
    lost = texts.join(alive.select("unit", "period").unique(), on=["unit", "period"], how="anti")
    counted = lost.with_columns(count=pl.len().over("unit")).unique("unit", keep="first", maintain_order=True)
    collector.tell(
        FIGURE_OF_NOBODY,
        counted,
        lambda row: Location(file=row["file"], sheet=row["sheet"], cell=row["cell"]),
        lambda row: {"unit": shown(row["unit"]), "period": row["period"], "count": row["count"]},
    )


def tell_not_merged(
    observations: pl.DataFrame,
    spells: pl.DataFrame,
    scheme: Scheme,
    panels: Sequence[Panel],
    collector: Collector,
) -> None:
    """Add a warning for each item that a unit which went into another has figures of, and has no `merge`.

    Another for each file whose figures are not merged.
    """
    gone = dict(spells.filter(pl.col(INTO).is_not_null()).select("unit", INTO).iter_rows())
    if not gone:
        return
    told = observations.filter(pl.col("unit").is_in(list(gone)) & pl.col("value").is_not_null())
    first = dict(told.sort("unit").unique("item", keep="first").select("item", "unit").iter_rows())
    for item in scheme.items:
        if item.merge is None and item.code in first:
            unit = first[item.code]
            facts = {"unit": shown(unit), "into": shown(gone[unit]), "item": item.code}
            collector.add(NOTHING_GOES_ALONG.at(item.where, **facts))
    for panel in panels:
        collector.add(NOT_OF_A_LARGE_FILE.at(Location(file=panel.file), file=panel.file))


def with_spells(units: pl.DataFrame, table: Table, collector: Collector) -> pl.DataFrame:
    """Return `units`, a row for each of `table`, with the days from which to which they hold.

    Told are days that are none, rows that end before they begin, two rows of a unit that hold at once, and
    units that go into what is not there.
    """
    spells = units.with_columns(
        _days(table, "from", collector).alias(FROM),
        _days(table, "to", collector).alias(TO),
        table.texts("into").alias(INTO),
        table.body[ROW].alias(ROW),
    )
    collector.tell(
        ENDS_BEFORE_IT_BEGINS,
        spells.filter(pl.col(TO) < pl.col(FROM)),
        lambda row: table.location_of(row[ROW], "to"),
        lambda row: {"unit": shown(row["unit"]), "first": row[FROM], "last": row[TO]},
    )
    _tell_two_at_once(spells, table, collector)
    spells = _with_codes_of(spells)
    _tell_nowhere(spells, table, collector)
    return spells.drop(ROW)


def day_written(text: str, *, last: bool) -> dt.date | None:
    """Return the day that is written, of a period its first or its `last`; None if it is neither.

    Examples:
        >>> day_written("2023", last=True), day_written("2023-06", last=False)
        (datetime.date(2023, 12, 31), datetime.date(2023, 6, 1))
        >>> day_written("2023年6月15日", last=True), day_written("soon", last=True)
        (datetime.date(2023, 6, 15), None)
    """
    day = parse_date(text, serial=True)
    if day is not None:
        return day
    try:
        period = parse_period(text)
    except DataError:
        return None
    return period.end if last else period.start


def _days(table: Table, key: str, collector: Collector) -> pl.Series:
    texts = table.texts(key)
    days = {text: day_written(text, last=key == "to") for text in texts.drop_nulls().unique().to_list()}
    none = [text for text, day in days.items() if day is None]
    collector.tell(
        NO_DAY,
        pl.DataFrame({ROW: table.body[ROW], "text": texts}).filter(pl.col("text").is_in(none)),
        lambda row: table.location_of(row[ROW], key),
        lambda row: {"text": shown(row["text"])},
    )
    return pl.Series(key, [None if text is None else days[text] for text in texts.to_list()], dtype=pl.Date)


def _tell_two_at_once(spells: pl.DataFrame, table: Table, collector: Collector) -> None:
    several = spells.filter(pl.col("unit").is_not_null() & pl.col("unit").is_duplicated()).with_columns(
        first=pl.col(FROM).fill_null(dt.date.min), last=pl.col(TO).fill_null(dt.date.max)
    )
    ordered = several.sort("unit", "first", ROW)
    before = ordered.with_columns(
        reach=pl.col("last").shift().over("unit"), other=pl.col(ROW).shift().over("unit")
    )
    collector.tell(
        TWO_AT_ONCE,
        before.filter(pl.col("reach") >= pl.col("first")),
        lambda row: table.location(row[ROW]),
        lambda row: {
            "unit": shown(row["unit"]),
            "first": row[FROM] or row[TO] or "—",
            "other": table.location(row["other"]),
        },
    )


def _with_codes_of(spells: pl.DataFrame) -> pl.DataFrame:
    """Return `spells` with the code of what a unit goes into, also where its name is written."""
    named = spells.group_by("name").agg(pl.col("unit").unique())
    codes = {name: found[0] for name, found in named.iter_rows() if name and len(found) == 1}
    known = set(spells["unit"].drop_nulls())
    into = [text if text in known else codes.get(text, text) for text in spells[INTO].to_list()]
    return spells.with_columns(pl.Series(INTO, into, dtype=pl.String))


def _tell_nowhere(spells: pl.DataFrame, table: Table, collector: Collector) -> None:
    going = spells.filter(pl.col(INTO).is_not_null())
    near = Nearness(spells["unit"].drop_nulls())
    for row in going.iter_rows(named=True):
        why = _why_not(row, spells)
        if why is not None:
            facts = near.facts(row[INTO]) if why is _NO_SUCH else {"near": ""}
            collector.add(
                NOWHERE_TO_GO.at(
                    table.location_of(row[ROW], "into"),
                    unit=shown(row["unit"]),
                    into=shown(row[INTO]),
                    why=why,
                    **facts,
                )
            )


_NO_SUCH: Final = Text(en="which is no unit here", zh="本表没有该单位")
_GONE: Final = Text(en="which is not there on the day after", zh="但该单位次日不存在")


def _why_not(row: Row, spells: pl.DataFrame) -> Text | None:
    """Return why a unit cannot go where it is said to go; None if it can."""
    if row[INTO] == row["unit"]:
        return Text(en="which is itself", zh="即其自身")
    own = spells.filter(pl.col("unit") == row[INTO])
    if own.is_empty():
        return _NO_SUCH
    if row[TO] is None:
        return Text(en="but has no last day", zh="但没有填写截止")
    after = row[TO] + dt.timedelta(days=1)
    there = own.filter(
        (pl.col(FROM).is_null() | (pl.col(FROM) <= after)) & (pl.col(TO).is_null() | (pl.col(TO) >= after))
    )
    return (
        Text(en="which is not there on the day after", zh="但该单位次日不存在") if there.is_empty() else None
    )
