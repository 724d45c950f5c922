"""What can be wrong with the figures of a round although the book itself is sound."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import narwhals as nw

from quanheng.data.book.book import Book
from quanheng.data.book.frames import RECORD_SOURCE, VALUE
from quanheng.engine.figures.cells import Cells, periods_of_panel, with_cells
from quanheng.engine.figures.figure import periods_used
from quanheng.engine.figures.looked_up.lookups import FromReports, Lookups, lookups_of
from quanheng.engine.figures.looked_up.record_conditions import Fields, condition_of, sorts_of
from quanheng.engine.figures.looked_up.record_terms import RecordConditionError
from quanheng.engine.figures.looked_up.records import FromRecords, amount_of, taken, undefined_of
from quanheng.engine.figures.looked_up.times import periods_for
from quanheng.engine.figures.reach import check_lags, check_months, check_reach
from quanheng.engine.figures.targets.laws import check_goals
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.findings import NO_FIGURES, first_units
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Finding, Kind, has_errors
from quanheng.findings.value import Value
from quanheng.periods.period import Period, parse_period
from quanheng.periods.stretch import Stretch, periods_text, stretch_of
from quanheng.scheme.formulas.tree import Call, Formula, parts_of


def check_grid(book: Book, *, round: str | Stretch) -> tuple[Finding, ...]:  # noqa: A002  the word of the language
    """Return what is wrong with the figures of `round`, and what a reader of its result should know.

    Errors: no figure at all, a condition that cannot be asked of a ledger, an attribute that is no number.
    Warnings: a figure that is of an earlier period than others', a record without the amount it should add.
    Notes: targets that are not stated for the round.

    Raises:
        DataError: `round` is no period, or the scheme looks back beyond the calendar.
    """
    lookups = lookups_of(book.scheme, stretch_of(round))
    return check_lookups(book, lookups, check_goals(book, lookups.stretch))


class HeldCells(Value):
    """The units with their cells of several rounds, and which these are."""

    frame: nw.LazyFrame[Any]
    cells: Cells


def check_lookups(
    book: Book, lookups: Lookups, further: Iterable[Finding] = (), *, held: HeldCells | None = None
) -> tuple[Finding, ...]:
    """Return what is wrong with the figures that are looked up, or else what a reader of them should know.

    `further` is told with the latter. `held` are the cells of several rounds, if they are known.
    """
    errors = (*check_figures(book, lookups), *check_sources(book, lookups))
    if has_errors(errors):
        return errors
    collector = Collector()
    collector.add_all(check_amounts(book, lookups))
    if held is None:
        frame, cells = with_cells(book.units.lazy().select(c.UNIT), book, lookups.periods)
    else:
        frame, cells = held.frame, held.cells.only(lookups.periods)
    collector.add_all(check_reach(book.scheme, lookups, cells))
    collector.add_all(check_months(lookups, cells))
    collector.add_all(check_same_period(frame, cells, lookups))
    if lookups.series:
        from quanheng.engine.figures.series_laws import check_series  # noqa: PLC0415  few schemes have any

        collector.add_all(check_series(book, lookups))
    if lookups.reviews:
        from quanheng.engine.figures.series_laws import check_reviews  # noqa: PLC0415  the same

        collector.add_all(check_reviews(book, lookups))
    if any(figure.source.readings is not None for figure in lookups.records):
        from quanheng.engine.figures.reading_laws import check_readings  # noqa: PLC0415  few schemes have any

        collector.add_all(check_readings(book, lookups))
    collector.add_all(further)
    return (*errors, *collector.findings())


def check_rounds(book: Book, rounds: Iterable[Lookups], *, lenient: bool) -> Iterator[Finding]:
    """Yield why figures of one of `rounds` cannot be had, each reason once.

    With `lenient` a round without any figure is none.
    """
    seen: set[str] = set()
    for lookups in rounds:
        found = check_lags(lookups.reports, lookups.stretch) if lenient else check_figures(book, lookups)
        for finding in (*found, *check_sources(book, lookups)):
            if str(finding) not in seen:
                seen.add(str(finding))
                yield finding


ATTRIBUTE_NOT_A_NUMBER: Final = Kind(
    code="QH503",
    severity="error",
    en="the item {item!r} is the units' column {column!r}, which holds {written!r} and not only numbers",
    zh="数据项“{item}”取自单位表的“{column}”列，但该列有非数字内容“{written}”",
    hint_en="write numbers, or leave the cell empty where there is none",
    hint_zh="请填写数字；没有数值的请留空",
)


def check_sources(book: Book, lookups: Lookups) -> Iterator[Finding]:
    """Yield a QH502 or QH503 for each figure that cannot be had from the book."""
    seen: set[str] = set()
    for figure in lookups.records:
        if figure.fetch.item not in seen:
            seen.add(figure.fetch.item)
            yield from _check_records(book, figure)
    for attribute in lookups.attributes:
        if attribute.words:
            continue
        column = book.units[attribute.column]
        if column.dtype == nw.String and column.null_count() < len(column):
            written = next(iter(sorted(filter(_is_no_number, column.drop_nulls().unique().to_list()))), "")
            item = attribute.fetch.item
            yield ATTRIBUTE_NOT_A_NUMBER.at(item=item, column=attribute.column, written=written)


EMPTY_AMOUNT: Final = Kind(
    code="QH505",
    severity="warning",
    en="{count} records that make up the item {item!r} have no {column!r}; they add nothing",
    zh="计入数据项“{item}”的事项中有{count}条缺少“{column}”，未计入",
    hint_en="fill in the amounts, or leave these records out by the item's condition",
    hint_zh="请补填；不应计入的，请在条件（where）中排除",
)


def check_amounts(book: Book, lookups: Lookups) -> Iterator[Finding]:
    """Yield a QH505 for each item that sums records without an amount; a mean is of those that have one."""
    seen: set[str] = set()
    for figure in lookups.records:
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


def check_same_period(frame: nw.LazyFrame[Any], cells: Cells, lookups: Lookups) -> Iterator[Finding]:
    """Yield a QH504 for each figure that is of an earlier period for some units than for others.

    `frame` has the units with their cells.
    """
    used = {
        str(number): column
        for number, figure in enumerate(lookups.reports)
        if not figure.fetch.exact and (column := periods_used(figure.item, figure.stretch, cells)) is not None
    }
    if not used:
        return
    found = frame.select(c.UNIT, *(column.alias(name) for name, column in used.items())).collect()
    for name in used:
        figure = lookups.reports[int(name)]
        periods = [parse_period(text) for text in found[name].drop_nulls().unique().to_list()]
        latest = max(periods, key=lambda period: (period.end, period.length_months), default=None)
        if latest is not None:
            for earlier in sorted(period for period in periods if period.end < latest.end):
                late = found.filter(nw.col(name) == str(earlier))[c.UNIT].sort().to_list()
                yield _earlier(figure, late, earlier, latest)


def check_figures(book: Book, lookups: Lookups) -> Iterator[Finding]:
    """Yield a QH501 if no figure of the round is reported at all, and a QH564 for unlike stretches."""
    yield from check_lags(lookups.reports, lookups.stretch)
    wanted = {
        period
        for figure in lookups.reports
        if not figure.fetch.months_before
        for period in periods_for(figure.item, figure.stretch)
        # what stocks reach back to is no figure of the round
        if figure.item.kind != "stock" or period.end >= figure.stretch.start
    }
    if not wanted:
        return
    texts = book.observations.filter(nw.col("state") == VALUE)["period"].unique().to_list()
    of_panels = (periods_of_panel(panel, book.scheme) for panel in book.panels)
    reported = {parse_period(text) for text in texts}.union(*of_panels)
    if not wanted & reported:
        latest_first = sorted(reported, key=lambda one: (one.end, one.length_months), reverse=True)
        yield NO_FIGURES.at(round=lookups.stretch, periods=periods_text(latest_first))


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


EARLIER_FIGURE: Final = Kind(
    code="QH504",
    severity="warning",
    en="{item} for {round} is of {period} for {unit}{more}, but others have reported up to {latest}",
    zh="{unit}{more}的“{item}”（{round}）采用的是{period}的数据，而其他单位已报至{latest}",
    hint_en="report the later figure; until then the earlier one counts",
    hint_zh="请补报最新数据；补报前按已有的较早数据计算",
)


def _earlier(figure: FromReports, units: Sequence[str], period: Period, latest: Period) -> Finding:
    facts = {"item": figure.item.code, "round": figure.stretch, "period": period, "latest": latest}
    return EARLIER_FIGURE.at(**facts, **first_units(units, len(units)))


def _is_no_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return True
    return False
