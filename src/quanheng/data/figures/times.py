"""Of which period the figures of a row are, by what kind of item they are of (time §1-§2).

What counts from January, `1-9月`, is a cumulative figure known by its last month; a rate of it is that of the
item's own period then; a flow of nine months is none of the third quarter.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import polars as pl

from quanheng.data.figures.figures import SINCE
from quanheng.data.tables.around.time import TableTime
from quanheng.data.tables.register import Register
from quanheng.data.tables.table import ROW, Table
from quanheng.data.telling.names import shown
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Kind
from quanheng.findings.text import Text
from quanheng.periods.every import EVERY_IN_CHINESE, MONTHS_A_YEAR, MONTHS_IN
from quanheng.periods.period import YEAR_OF_NUMBERS, Period
from quanheng.periods.spellings import spelled

_SLOTS: Final = YEAR_OF_NUMBERS // MONTHS_A_YEAR
_FEBRUARY: Final = 2
_SHOWN: Final = 5


def since_january(table: Table, time: TableTime) -> pl.Series:
    """Return for each row of `table` whether its period counts the months from January."""
    if not table.has("period"):
        return pl.Series(SINCE, [time.since_january]).new_from_index(0, table.body.height)
    texts = table.texts("period")
    counting = [
        text for text in texts.drop_nulls().unique() if (found := spelled(text)) and found.since_january
    ]
    return texts.is_in(counting).fill_null(value=False).alias(SINCE)


FLOW_SINCE_JANUARY: Final = Kind(
    code="QH388",
    severity="error",
    en="{written!r} counts from January, but {item} is a flow: this is no figure of {period} alone",
    zh="“{written}”是从 1 月起的累计，而 {item} 是当期数，不能作为 {period} 的数据",
    hint_en="write the figure of the period alone, or make the item 'kind: cumulative'",
    hint_zh="请填当期数；若填的是累计数，请把该数据项的口径改为“累计”（kind: cumulative）",
)


def with_own_periods(
    part: pl.DataFrame, table: Table, register: Register, collector: Collector
) -> pl.DataFrame:
    """Return `part` (row, item, period, since_january) with the periods that its items are of.

    A flow since January that is no flow of its period is told once for an item, and has no period.
    """
    if not part[SINCE].any():
        return part
    items = register.scheme.items
    own = _of_item([MONTHS_IN[item.every] for item in items], pl.UInt32)
    is_flow = _of_item([item.kind == "flow" for item in items], pl.Boolean)
    is_cumulative = _of_item([item.kind == "cumulative" for item in items], pl.Boolean)
    period, since = pl.col("period"), pl.col(SINCE)
    last, length = period // _SLOTS % MONTHS_A_YEAR + 1, period % _SLOTS
    wrong = since & is_flow & (last != length) & (last != _FEBRUARY)
    _tell_flows(part.filter(wrong), table, register, collector)
    shorter = since & ~is_flow & ~is_cumulative & (length > own) & (last % own == 0)
    settled = pl.when(shorter).then(period - length + own).otherwise(period)
    return part.with_columns(pl.when(~wrong).then(settled).cast(pl.UInt32).alias("period"))


def tell_flows_of_rows(
    table: Table,
    periods: pl.Series,
    time: TableTime,
    items: Iterable[int],
    register: Register,
    collector: Collector,
) -> None:
    """Add an error for each flow among `items` of which a row that counts from January is no figure.

    January and February together stand for February only where no row of the table is of that January.
    """
    flows = [item for item in items if register.item(item).kind == "flow"]
    since = since_january(table, time)
    if not flows or not since.any():
        return
    year, part = pl.col("period") // YEAR_OF_NUMBERS, pl.col("period") % YEAR_OF_NUMBERS
    last, length = part // _SLOTS + 1, part % _SLOTS
    rows = table.body.select(ROW).with_columns(periods.alias("period"), since).drop_nulls("period")
    januaries = rows.filter((last == 1) & (length == 1)).select(year.unique()).to_series()
    beside = (last == _FEBRUARY) & year.is_in(januaries.implode())
    wrong = rows.filter(pl.col(SINCE) & (last != length) & ((last != _FEBRUARY) | beside)).head(1)
    for item in flows:
        _tell_flows(wrong.with_columns(item=pl.lit(item)), table, register, collector)


def _tell_flows(wrong: pl.DataFrame, table: Table, register: Register, collector: Collector) -> None:
    for row in wrong.unique("item", keep="first", maintain_order=True).iter_rows(named=True):
        period = Period.numbered(row["period"])
        written = f"1-{period.last_month}"
        if table.has("period"):
            written = table.texts("period").filter(table.body[ROW] == row[ROW])[0]
        facts = {"written": shown(written), "item": register.item(row["item"]).code, "period": period}
        collector.add(FLOW_SINCE_JANUARY.at(table.location_of(row[ROW], "period"), **facts))


def _of_item(values: list[int] | list[bool], kind: type[pl.DataType]) -> pl.Expr:
    return pl.lit(pl.Series(values, dtype=kind)).gather(pl.col("item"))


NO_PERIOD: Final = Kind(
    code="QH387",
    severity="warning",
    en="nothing says of which period this table is, and it has items of each {every}: {items}; "
    "its figures are taken as those of the round {round}",
    zh="该表没有写明期间，而其中有按{every}填报的数据项：{items}；已按考核期 {round} 的数据读取",
    hint_en="add a column 'period', or write the period above the table or into the name of the file",
    hint_zh="请增加“期间”列，或在表格标题、文件名中写明期间",
)


def tell_no_period(
    table: Table, time: TableTime, items: Iterable[int], register: Register, collector: Collector
) -> None:
    """Add a warning if items that come more often than the round are taken as of it for want of better."""
    if time.is_told:
        return
    often = [
        item
        for item in (register.item(index) for index in items)
        if MONTHS_IN[item.every] < register.round.length_months and item.kind != "date"
    ]
    if often:
        every = often[0].every
        names = ", ".join(item.code for item in often[:_SHOWN]) + (" …" if len(often) > _SHOWN else "")
        facts = {"every": Text(en=every, zh=EVERY_IN_CHINESE[every]), "items": names}
        where = table.heading_place(table.known["unit"]) if table.has("unit") else table.location(1)
        collector.add(NO_PERIOD.at(where, round=register.round, **facts))
