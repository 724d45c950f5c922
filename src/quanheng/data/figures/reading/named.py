"""The items that the rows of a table name: by code or name, with or without words in brackets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import polars as pl

from quanheng.data.figures.reading.periods import HEADING, Saying, with_said
from quanheng.data.tables.around.time import CONTRADICTING, TableTime
from quanheng.data.tables.headings import MEASURE, match
from quanheng.data.tables.item_columns import Carried, carried_by, find_items, tell_computed, tell_measure
from quanheng.data.tables.register import Register
from quanheng.data.tables.rows import resolve
from quanheng.data.tables.strangers.columns import is_ignored, resembled
from quanheng.data.tables.table import ROW, Table, texts_of
from quanheng.data.telling.findings import UNKNOWN_ITEM
from quanheng.data.telling.names import Nearness, shown
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Kind
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.periods.spellings import Spelled

NAME: Final = Text(en="the name of the item", zh="数据项名称")
_MANY: Final = 10_000
"""So many different names of items in a column are looked at closely."""


class NamedItems(Value):
    """The item of each row by its index, null where there is none; and what else the names say."""

    items: pl.Series
    carried: tuple[Carried, ...]
    periods: Mapping[str, Spelled]
    texts: pl.Series


def items_of_rows(table: Table, register: Register, collector: Collector) -> NamedItems:
    """Return the items that the column `item` of `table` names; what is none, or another thing, is told."""
    texts = table.texts("item")
    known = register.item_roster.find(texts).index
    first = (
        pl.DataFrame({ROW: table.body[ROW], "text": texts, "known": known, "measured": _measured(table)})
        .drop_nulls("text")
        .unique(["text", "measured"], keep="first", maintain_order=True)
        .head(_MANY)
    )
    named = find_items(dict(enumerate(first["text"])), register)
    codes: dict[str, str | None] = {}
    periods: dict[str, Spelled] = {}
    carried: dict[Carried, None] = {}
    for number, (row, text, _, measured) in enumerate(first.iter_rows()):
        index = named.get(number)
        if not isinstance(index, int) or (text in codes and codes[text] is None):
            continue
        where = table.location_of(row, "item")
        own = carried_by(text, index, where, register, collector, measured=measured or "")
        if own is None or tell_computed(index, where, register, collector):
            codes[text] = None
            continue
        codes[text] = register.item(index).code
        carried[own] = None
        tell_measure(own, where, register, collector)
        if own.period is not None:
            periods[text] = own.period
    left_out = [text for text, code in codes.items() if code is None]
    named_so = {text: code for text, code in codes.items() if code is not None}
    column = str(table.known["item"])
    is_left = texts.is_in(left_out).fill_null(value=False)
    kept = table.with_body(table.body.with_columns(texts.replace(named_so).alias(column)).filter(~is_left))
    found = resolve(kept, "item", register.item_roster, unknown=UNKNOWN_ITEM, collector=collector)
    by_row = kept.body.select(ROW).with_columns(found.alias("item"))
    items = table.body.select(ROW).join(by_row, on=ROW, how="left", maintain_order="left")["item"]
    return NamedItems(items=items, carried=tuple(carried), periods=periods, texts=texts)


OTHER_ROWS: Final = Kind(
    code="QH381",
    severity="note",
    en="rows passed over, for they name no item of the scheme ({number}): {words}",
    zh="以下 {number} 行不是方案的数据项，未读取：{words}",
    hint_en="nothing; a list under ignore in the scheme makes this silent",
    hint_zh="无需处理；在方案的忽略的列（ignore）中列出后不再提示",
)


def without_other_rows(table: Table, register: Register, collector: Collector) -> Table:
    """Return `table`, with items down, without the rows that are none, as columns are passed over elsewhere.

    What resembles an item stays, to be told with it, and so do all rows if none names an item.
    """
    texts = table.texts("item")
    first = pl.DataFrame({ROW: table.body[ROW], "text": texts}).drop_nulls("text")
    first = first.unique("text", keep="first", maintain_order=True).head(_MANY)
    named = find_items(dict(enumerate(first["text"])), register)
    if not named:
        return table
    near = Nearness(register.item_roster.words())
    lacking = resembled(frozenset(index for index in named.values() if isinstance(index, int)), register)
    left_out: list[str] = []
    for number, (row, text) in enumerate(first.iter_rows()):
        where = table.location_of(row, "item")
        if number in named:
            continue
        if not is_ignored(text, where, register):
            if any(offer["near"].en for offer in (near.facts(text), lacking(text))):
                continue
            collector.gather(OTHER_ROWS, where, {shown(text): 1})
        left_out.append(text)
    return table.with_body(table.body.filter(~texts.is_in(left_out).fill_null(value=False)))


def of_names(
    keys: pl.DataFrame, table: Table, named: NamedItems, time: TableTime, collector: Collector
) -> pl.DataFrame:
    """Return `keys` with the periods that the names of the items say: `产值（2022年）`."""
    others = ~named.texts.is_in(list(named.periods)).fill_null(value=False)
    parts = [keys.filter(others)]
    for text, said in named.periods.items():
        own = (named.texts == text).fill_null(value=False)
        where = table.location_of(keys.filter(own)[ROW][0], "item")
        saying = Saying(said=said, words=text, where=where)
        part = with_said(keys.filter(own), table.with_body(table.body.filter(own)), saying, time, collector)
        parts.append(part.select(keys.columns))
    return pl.concat(parts).sort(ROW)


def items_without_periods(named: NamedItems, table: Table, collector: Collector) -> pl.Series:
    """Return the items of rows below headings that are periods; a name that says a period too is told."""
    for text in named.periods:
        row = table.body[ROW].filter((named.texts == text).fill_null(value=False))[0]
        facts = {"first": HEADING, "one": "…", "second": NAME, "other": shown(text)}
        collector.add(CONTRADICTING.at(table.location_of(row, "item"), **facts))
    odd = named.texts.is_in(list(named.periods)).fill_null(value=False)
    return named.items.to_frame("item").select(pl.when(~pl.lit(odd)).then("item").alias("item"))["item"]


def _measured(table: Table) -> pl.Series:
    """Return the measuring unit that a column of its own gives for each row."""
    if table.has("measured_in"):
        return table.texts("measured_in").alias("measured")
    column = match([table.headings[number] for number in table.others], (MEASURE,)).get("measured_in")
    if column is None:
        return pl.Series("measured", [None], dtype=pl.String).new_from_index(0, table.body.height)
    return texts_of(table.body[str(table.others[column])]).alias("measured")
