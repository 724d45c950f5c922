"""What can be wrong with the figures of a round although the book itself is sound."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import narwhals as nw

from quanheng.data.book.book import Book
from quanheng.data.book.frames import VALUE
from quanheng.engine.figures.cells import Cells, periods_of_panel, with_cells
from quanheng.engine.figures.figure import periods_used
from quanheng.engine.figures.looked_up.lookups import FromReports, Lookups, lookups_of
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
    if lookups.records:
        from quanheng.engine.figures.looked_up.record_laws import check_amounts  # noqa: PLC0415  many books have none

        collector.add_all(check_amounts(book, lookups.records))
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
    """Yield what is wrong with records, and a QH503 for each attribute that is no number."""
    if lookups.records:
        from quanheng.engine.figures.looked_up.record_laws import check_records  # noqa: PLC0415  many books have none

        yield from check_records(book, lookups.records)
    for attribute in lookups.attributes:
        if attribute.words:
            continue
        column = book.units[attribute.column]
        if column.dtype == nw.String and column.null_count() < len(column):
            written = next(iter(sorted(filter(_is_no_number, column.drop_nulls().unique().to_list()))), "")
            item = attribute.fetch.item
            yield ATTRIBUTE_NOT_A_NUMBER.at(item=item, column=attribute.column, written=written)


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
