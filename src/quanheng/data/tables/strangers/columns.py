"""Columns that a table need not have: passed over in one line a file; a warning where one may be misspelt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from quanheng.data.tables.headings import PASSED_OVER, UNIT, plain, without_measure
from quanheng.data.tables.register import Register
from quanheng.data.tables.table import Table
from quanheng.data.telling.names import Nearness, shown
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Kind, Location
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.scheme.items.item import Reported

NO_ITEM: Final = Kind(
    code="QH367",
    severity="note",
    en="columns passed over, for they are none that is asked for ({number}): {words}",
    zh="以下 {number} 列不在所需之列，未读取：{words}",
    hint_en="nothing; a list under ignore in the scheme makes this silent",
    hint_zh="无需处理；在方案的忽略的列（ignore）中列出后不再提示",
)
MAY_BE_ITEM: Final = Kind(
    code="QH368",
    severity="warning",
    en="the column {name!r} is no item of the scheme and was not read{near}",
    zh="“{name}”列不是方案的数据项，未读取{near}",
    hint_en="correct the heading, or list it under ignore in the scheme",
    hint_zh="请更正表头；若确不需要，请在方案的忽略的列（ignore）中列出",
)
NOTHING_ASKED_FOR: Final = Kind(
    code="QH377",
    severity="warning",
    en="no column is an item of the scheme, so nothing was read: {words}",
    zh="没有一列是方案的数据项，未读取任何数据：{words}",
    hint_en="nothing if it only explains; else check its headings",
    hint_zh="若只是说明可忽略；否则请核对表头",
)
COLUMN_NOT_USED: Final = Kind(
    code="QH323",
    severity="warning",
    en="the column {heading!r} is not one that this table has, and was not read{near}",
    zh="该表没有“{heading}”这一列，未读取{near}",
    hint_en="correct the heading, or list it under ignore in the scheme",
    hint_zh="请更正表头；若确不需要，请在方案的忽略的列（ignore）中列出",
)
_LEAST_WITHIN: Final = 4
"""So long a name of an item must be to be recognised inside a heading."""


class Heading(Value):
    """A heading over a column that may carry an item: its text, a measuring unit below it, its place."""

    text: str
    measured: str
    where: Location


def tell_strangers(
    headings: Sequence[Heading], carried: frozenset[int] | None, register: Register, collector: Collector
) -> None:
    """Tell of `headings` that name no item: a warning where one may mean an item the table does not carry.

    `carried` are the indices of the items it carries; None where no column names any, which is a warning.
    Columns with remarks, names, attributes of units, and what the scheme ignores are passed over silently.
    """
    silent = {*PASSED_OVER, *UNIT.spellings, *(plain(column) for column in register.units.columns)}
    offers = resembled(carried or frozenset(), register)
    for heading in headings:
        if plain(heading.text) in silent or is_ignored(heading.text, heading.where, register):
            continue
        offer = offers(heading.text)
        if offer["near"].en:
            collector.add(MAY_BE_ITEM.at(heading.where, name=shown(heading.text), **offer))
        else:
            kind = NOTHING_ASKED_FOR if carried is None else NO_ITEM
            collector.gather(kind, heading.where, {shown(heading.text): 1})


def resembled(carried: frozenset[int], register: Register) -> Callable[[str], dict[str, Text]]:
    """Return what gives, as facts, the item that a text resembles; `carried` are those that are there."""
    words = [
        word
        for index, item in enumerate(register.scheme.items)
        if index not in carried and isinstance(item.source, Reported)
        for word in (item.code, item.name.zh, item.name.en)
        if word
    ]
    near = Nearness(words)
    return lambda text: near.facts(_named_within(text, words) or text)


def tell_not_used(table: Table, columns: Iterable[int], keys: Sequence[str], collector: Collector) -> None:
    """Tell of `columns` that this kind of table does not have: a warning where one may mean one of `keys`."""
    near = Nearness(key for key in keys if not table.has(key))
    ignored = {plain(heading) for heading in (*table.reading.ignore, *table.reading.asked)}
    for column in columns:
        heading = table.headings[column]
        if plain(heading) in {*PASSED_OVER, *UNIT.spellings, *ignored}:
            continue
        where, offer = table.heading_place(column), near.facts(heading)
        if offer["near"].en:
            collector.add(COLUMN_NOT_USED.at(where, heading=shown(heading), **offer))
        else:
            collector.gather(NO_ITEM, where, {shown(heading): 1})


def is_ignored(text: str, where: Location, register: Register) -> bool:
    """Return whether the scheme says to pass over a column or row called `text` silently."""
    own = register.scheme.reading.of(where.file, where.sheet)
    ignored = {plain(heading) for heading in (*own.ignore, *own.asked)}
    return bool(ignored) and (plain(text) in ignored or plain(without_measure(text)[0]) in ignored)


def _named_within(heading: str, words: Sequence[str]) -> str | None:
    """Return the longest of `words` that stands inside `heading`, if it is long enough to be no chance."""
    text = plain(heading)
    within = [word for word in words if len(word) >= _LEAST_WITHIN and plain(word) in text]
    return max(within, key=len, default=None)
