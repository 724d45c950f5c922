"""What a reader should know of figures made of readings: of how many units too many of them are missing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import narwhals as nw

from quanheng.data.book.book import Book
from quanheng.engine.figures.looked_up.lookups import Lookups
from quanheng.engine.figures.looked_up.readings import due_in, is_known, wanted_in
from quanheng.engine.figures.looked_up.record_conditions import Fields, sorts_of
from quanheng.engine.figures.looked_up.records import FromRecords
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.findings import first_units
from quanheng.findings.finding import Finding, Kind
from quanheng.findings.text import Text
from quanheng.scheme.items.item import Item, Readings
from quanheng.scheme.laws.readings import EVERY_READING

READINGS_MISSING: Final = Kind(
    code="QH886",
    severity="warning",
    en="no figure of {item} where too many readings are missing: {unit}{more}; {unit1} has {there} of {due} "
    "by {every}, {wanted} are asked for",
    zh="“{item}”缺少的读数过多，没有结果：{unit}{more}；其中{unit1}按{every}有{there}次，应有{due}次，至少须有{wanted}次",
    hint_en="report them, or say which part is enough, as in 'at_least: 90%'",
    hint_zh="请补报；或写明至少须有的比例（at_least），如 90%",
)
READINGS_FEWER: Final = Kind(
    code="QH669",
    severity="note",
    en="the figure of {item} is not of all readings: {unit}{more}; {unit1} has {there} of {due} by {every}",
    zh="“{item}”的结果不足全部读数：{unit}{more}；其中{unit1}按{every}有{there}次，应有{due}次",
    hint_en="nothing, if so many are enough",
    hint_zh="如按方案已足够，无需处理",
)


def check_readings(book: Book, lookups: Lookups) -> Iterator[Finding]:
    """Yield what is missing of the figures of a round that are made of readings, each item once."""
    items = {item.code: item for item in book.scheme.items}
    for figure in lookups.records:
        readings = figure.source.readings
        if readings is not None and not figure.fetch.months_before:
            yield from _missing_of(book, figure, readings, items[figure.fetch.item])


def _missing_of(book: Book, figure: FromRecords, readings: Readings, item: Item) -> Iterator[Finding]:
    source = figure.source
    ledger = book.ledgers[source.ledger]
    known = is_known(source, Fields(sorts_of(ledger), figure.stretch, book.calendar))
    counted = (
        ledger.filter(known).group_by(nw.col(source.unit_column).alias(c.UNIT)).agg(nw.len().alias("there"))
    )
    units = book.units.select(c.UNIT).join(counted, on=c.UNIT, how="left").sort(c.UNIT)
    there = dict(units.with_columns(nw.col("there").fill_null(0)).iter_rows())
    due, wanted = due_in(source, figure.stretch), wanted_in(source, figure.stretch)
    for kind, short in (
        (READINGS_MISSING, [unit for unit, count in there.items() if count < wanted]),
        (READINGS_FEWER, [unit for unit, count in there.items() if wanted <= count < due]),
    ):
        if short:
            facts = {"unit1": short[0], "there": there[short[0]], "due": due, "wanted": wanted}
            yield kind.at(
                item.where,
                item=Text(en=item.code, zh=item.name.in_language("zh")),
                every=EVERY_READING[readings.every],
                **facts,
                **first_units(short, len(short)),
            )
