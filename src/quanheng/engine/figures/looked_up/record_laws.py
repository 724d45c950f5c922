"""What can be wrong with figures that are made of the records of ledgers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import narwhals as nw

from quanheng.data.book.book import Book
from quanheng.data.book.frames import RECORD_SOURCE
from quanheng.engine.figures.looked_up.record_conditions import Fields, condition_of, sorts_of
from quanheng.engine.figures.looked_up.record_terms import RecordConditionError
from quanheng.engine.figures.looked_up.records import FromRecords, amount_of, taken, undefined_of
from quanheng.findings.finding import Finding, Kind
from quanheng.scheme.formulas.tree import Call, Formula, parts_of

RECORD_CONDITION: Final = Kind(
    code="QH502",
    severity="error",
    en="the item {item!r} cannot be taken from the ledger {ledger!r}: {why}",
    zh="无法从台账“{ledger}”得出数据项“{item}”：{why}",
    hint_en="compare dates with dates and numbers with numbers, and look for cells that spoil the column",
    hint_zh="日期只能与日期比较、数字只能与数字比较；请检查该列中是否混入其他内容",
)


UNDEFINED_AMOUNT: Final = Kind(
    code="QH691",
    severity="error",
    en="{amount!r} has no value for {count} records that make up the item {item!r}, such as {example}",
    zh="数据项“{item}”的公式“{amount}”对{count}条事项无法计算，例如{example}",
    hint_en="a number is divided by 0, has no logarithm or is too large: say what counts there with where(…)",
    hint_zh="除数为 0、对数无意义或数值过大：请用“若”写明此时按什么计",
)


OUTSIDE_CALENDAR: Final = Kind(
    code="QH692",
    severity="error",
    en="{amount!r} has no value for {count} records that make up the item {item!r}, such as {example}: "
    "the calendar covers {years}",
    zh="数据项“{item}”的公式“{amount}”对{count}条事项无法计算，例如{example}：日历只有{years}年",
    hint_en="add the days off and made up of the other years to calendar.csv, or leave these records out",
    hint_zh="请在日历中补充其他年份的放假和调休上班，或排除这些事项",
)


def check_records(book: Book, records: Iterable[FromRecords]) -> Iterator[Finding]:
    """Yield a QH502, QH691 or QH692 for each item that cannot be had from its ledger."""
    seen: set[str] = set()
    for figure in records:
        if figure.fetch.item not in seen:
            seen.add(figure.fetch.item)
            yield from _check_records(book, figure)


EMPTY_AMOUNT: Final = Kind(
    code="QH505",
    severity="warning",
    en="{count} records that make up the item {item!r} have no {column!r}; they add nothing",
    zh="计入数据项“{item}”的事项中有{count}条缺少“{column}”，未计入",
    hint_en="fill in the amounts, or leave these records out by the item's condition",
    hint_zh="请补填；不应计入的，请在条件（where）中排除",
)


def check_amounts(book: Book, records: Iterable[FromRecords]) -> Iterator[Finding]:
    """Yield a QH505 for each item that sums records without an amount; a mean is of those that have one."""
    seen: set[str] = set()
    for figure in records:
        misses = figure.source.statistic.misses_amounts and figure.source.readings is None
        if not misses or figure.fetch.item in seen:
            continue
        seen.add(figure.fetch.item)
        ledger = book.ledgers[figure.source.ledger]
        fields = Fields(sorts_of(ledger), figure.stretch, book.calendar)
        empty = taken(figure.source, fields) & amount_of(figure.source, fields).is_null()
        count = ledger.select(empty.sum().alias("count")).item()
        if count:
            yield EMPTY_AMOUNT.at(item=figure.fetch.item, column=figure.source.column, count=count)


def _check_records(book: Book, figure: FromRecords) -> Iterator[Finding]:
    source = figure.source
    ledger = book.ledgers[source.ledger]
    fields = Fields(sorts_of(ledger), figure.stretch, book.calendar)
    try:
        counts = taken(source, fields)
        amount_of(source, fields)
        undefined = undefined_of(source, fields)
    except RecordConditionError as error:
        yield RECORD_CONDITION.at(item=figure.fetch.item, ledger=source.ledger, why=error.why)
        return
    if source.amount is not None and undefined is not None:
        facts = {"item": figure.fetch.item, "amount": source.amount.brief}
        kind = OUTSIDE_CALENDAR if _counts_workdays(source.amount) else UNDEFINED_AMOUNT
        yield from _of_records(kind, source.amount, ledger.filter(counts & undefined), facts, book)
    if source.condition is not None and _counts_workdays(source.condition):
        unknown = condition_of(source.condition.tree, fields).undefined
        facts = {"item": figure.fetch.item, "amount": source.condition.brief}
        if unknown is not None:
            of_units = ~nw.col(source.unit_column).is_null()
            yield from _of_records(
                OUTSIDE_CALENDAR, source.condition, ledger.filter(of_units & unknown), facts, book
            )


def _counts_workdays(formula: Formula) -> bool:
    return any(isinstance(part, Call) and part.function == "workdays" for part in parts_of(formula.tree))


def _of_records(
    kind: Kind, formula: Formula, found: nw.DataFrame[Any], facts: Mapping[str, str], book: Book
) -> Iterator[Finding]:
    """Yield that `formula` has no value for the records `found`, if there are any."""
    if not len(found):
        return
    place = next(found.head(1).select(*RECORD_SOURCE).iter_rows())
    example = "!".join(str(part) for part in place if part is not None)
    more = {}
    if kind is OUTSIDE_CALENDAR and book.calendar is not None:
        years = book.calendar.years
        more = {"years": f"{years[0]}–{years[-1]}" if len(years) > 1 else str(years[0])}
    yield kind.at(formula.where, example=example, count=len(found), **facts, **more)
