"""What is worth knowing before progress is read: no pace, no targets of the year, no figures of the month."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import narwhals as nw

from quanheng.data.book.mergers import book_as_on
from quanheng.findings.finding import Finding, Kind
from quanheng.insight.progress.watches import month_name
from quanheng.periods.period import Period, parse_period

if TYPE_CHECKING:
    from quanheng.data.book.book import Book


def progress_findings(book: Book, at: Period) -> tuple[Finding, ...]:
    """Return the notes and warnings about asking `book` for its progress by the end of `at`."""
    return tuple(_findings(book_as_on(book, at.end), at))


NO_PACE: Final = Kind(
    code="QH580",
    severity="note",
    en="the scheme does not say by when how much of a target is due; an even pace is taken",
    zh="方案没有写明目标何时应达多少，按均匀进度计算",
    hint_en="write 'pace: {{curve: even}}' or another curve into the scheme",
    hint_zh="请在方案中写明序时进度，如曲线写“均匀”（pace: curve: even）",
)
NO_TARGETS: Final = Kind(
    code="QH581",
    severity="warning",
    en="there is no target of the year {year}, so nothing is due of any",
    zh="没有 {year} 年的目标，无法计算应达进度",
    hint_en="add the targets of {year} to targets.csv, or ask for a period of {others}",
    hint_zh="请在目标表中补充 {year} 年的目标，或查看 {others} 的进度",
)
NOTHING_YET: Final = Kind(
    code="QH582",
    severity="warning",
    en="no figure ends in {month}; the last ones of the year are of {last}",
    zh="{month} 还没有任何数据，当年最新的数据截至 {last}",
    hint_en="ask for --at {last}, or hand in the figures of {month}",
    hint_zh="请用 --at {last} 查看，或补报 {month} 的数据",
)


def _findings(book: Book, at: Period) -> Iterator[Finding]:
    scheme = book.scheme
    if scheme.pace is None and all(indicator.pace is None for indicator in scheme.indicators):
        yield NO_PACE.at()
    years = {parse_period(text).year for text in book.targets["period"].unique().to_list()}
    if years and at.year not in years:
        others = ", ".join(str(year) for year in sorted(years))
        yield NO_TARGETS.at(year=at.year, others=others)
    months = {period.last_month for period in _periods(book) if period.year == at.year}
    last = max((month for month in months if month <= at.last_month), default=None)
    if last is not None and last < at.last_month:
        month, known = month_name(at.year, at.last_month), month_name(at.year, last)
        yield NOTHING_YET.at(month=month, last=known)


def _periods(book: Book) -> Iterator[Period]:
    """Yield every period for which somebody reports something."""
    reported = book.observations.filter(~nw.col("value").is_null())
    texts = set(reported["period"].unique().to_list())
    for panel in book.panels:
        if panel.has_period:
            texts.update(panel.frame.select("period").unique().collect()["period"].to_list())
    yield from (parse_period(text) for text in texts)
