"""What is worth knowing before progress is read: no pace, no targets of the year, no figures of the month."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import narwhals as nw

from quanheng.findings.finding import Finding
from quanheng.insight import progress_kinds
from quanheng.insight.watches import month_name
from quanheng.periods.period import Period, parse_period

if TYPE_CHECKING:
    from quanheng.data.book import Book


def progress_findings(book: Book, at: Period) -> tuple[Finding, ...]:
    """Return the notes and warnings about asking `book` for its progress by the end of `at`."""
    return tuple(_findings(book, at))


def _findings(book: Book, at: Period) -> Iterator[Finding]:
    scheme = book.scheme
    if scheme.pace is None and all(indicator.pace is None for indicator in scheme.indicators):
        yield progress_kinds.NO_PACE.at()
    years = {parse_period(text).year for text in book.targets["period"].unique().to_list()}
    if years and at.year not in years:
        others = ", ".join(str(year) for year in sorted(years))
        yield progress_kinds.NO_TARGETS.at(year=at.year, others=others)
    months = {period.last_month for period in _periods(book) if period.year == at.year}
    last = max((month for month in months if month <= at.last_month), default=None)
    if last is not None and last < at.last_month:
        month, known = month_name(at.year, at.last_month), month_name(at.year, last)
        yield progress_kinds.NOTHING_YET.at(month=month, last=known)


def _periods(book: Book) -> Iterator[Period]:
    """Yield every period for which somebody reports something."""
    reported = book.observations.filter(~nw.col("value").is_null())
    texts = set(reported["period"].unique().to_list())
    for panel in book.panels:
        if panel.has_period:
            texts.update(panel.frame.select("period").unique().collect()["period"].to_list())
    yield from (parse_period(text) for text in texts)
