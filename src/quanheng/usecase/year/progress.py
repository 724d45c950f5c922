"""Watch the year: what is due by now, who is behind and why, and whom to tell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from quanheng.data.book.book import Book
from quanheng.data.book.called import indicator_called, unit_called
from quanheng.data.book.frames import Frame
from quanheng.data.load import load_early
from quanheng.data.telling.in_names import in_names
from quanheng.data.writing.writing import Writing
from quanheng.documents.charts.vega import svg_of
from quanheng.documents.compose.charts.lights import lights_chart
from quanheng.findings.finding import Finding
from quanheng.findings.text import Language
from quanheng.findings.value import Value
from quanheng.insight.forecast.backtest import backtest
from quanheng.insight.forecast.forecast import forecast
from quanheng.insight.progress.alerts import Tally, alerts_of
from quanheng.insight.progress.laws import progress_findings
from quanheng.insight.progress.progress import Progress, progress_of, with_forecast
from quanheng.periods.period import parse_period
from quanheng.process.deadlines import tallies
from quanheng.scheme.tree.scheme import Scheme
from quanheng.usecase.output import write_csv_output, write_picture


@dataclass(frozen=True, kw_only=True)
class Watched:
    """The progress that was asked for, what records are late, and where the year is going if that was asked.

    `forecast` and `backtest` are the tables of `insight/forecast/`.
    """

    progress: Progress
    tallies: tuple[Tally, ...]
    findings: tuple[Finding, ...]
    as_of: dt.date | None = None
    forecast: Frame | None = None
    backtest: Frame | None = None

    def alerts(self, language: Language) -> Frame:
        """Return the list of alerts, by unit, the gravest first."""
        return alerts_of(self.progress, language, self.tallies)

    def table(self, language: Language, *, lights: Sequence[str] | None = None) -> Frame:
        """Return the table of progress, with the forecast beside it if that was asked for.

        Only rows with one of `lights`, if some are named.
        """
        table = (self.progress if lights is None else self.progress.with_lights(lights)).table(language)
        return table if self.forecast is None else with_forecast(table, self.forecast)


class Wanted(Value):
    """What is asked of the progress: units and indicators by code or name; all where none is named."""

    units: Sequence[str] = ()
    indicators: Sequence[str] = ()
    forecast: bool = False
    backtest: bool = False


def watch(
    path: Path,
    *,
    at: str,
    as_of: dt.date | None = None,
    wanted: Wanted | None = None,
    language: Language = "zh",
) -> Watched:
    """Return the progress of the book at `path` from January to the end of the period `at`.

    Raises:
        FindingsError: the book has errors; all of them at once.
        DataError: `at` is no period.
        UsageError: there is no such unit or indicator.
    """
    wanted = wanted or Wanted()
    book = load_early(path, as_of=as_of)
    period = parse_period(at, year=parse_period(book.scheme.round).year)
    units = [unit_called(book, name) for name in wanted.units]
    indicators = [indicator_called(book.scheme, name) for name in wanted.indicators]
    progress = progress_of(book, period).only(units=units, indicators=indicators)
    return Watched(
        progress=progress,
        tallies=() if indicators else tallies_of(book, period.end, language),
        as_of=as_of,
        findings=(
            *book.findings,
            *in_names(progress_findings(book, period), book.scheme, book.units.to_native()),
        ),
        forecast=_forecast(book, str(period)) if wanted.forecast else None,
        backtest=_backtest(book) if wanted.backtest else None,
    )


def look_back(path: Path, *, as_of: dt.date | None = None) -> tuple[Scheme, Frame]:
    """Return how good forecasts of earlier years would have been in the book at `path`, and its scheme.

    Raises:
        FindingsError: the book has errors; all of them at once.
    """
    book = load_early(path, as_of=as_of)
    return book.scheme, _backtest(book)


def tallies_of(book: Book, on: dt.date, language: Language) -> tuple[Tally, ...]:
    """Return how many records of each declared ledger are overdue and due soon on the day `on`, by unit."""
    found = []
    for ledger in book.scheme.ledgers:
        if ledger.due is None or ledger.code not in book.ledgers:
            continue
        rows = tallies(book.ledgers[ledger.code], ledger, on, soon=book.scheme.due_soon)
        found.append(
            Tally(ledger=ledger.code, name=ledger.name.in_language(language) or ledger.code, rows=rows)
        )
    return tuple(found)


def write_table(
    watched: Watched, file: Path, *, alerts: bool, language: Language, writing: Writing | None = None
) -> None:
    """Write the table of progress, or the list of alerts, as csv."""
    write_csv_output(watched.alerts(language) if alerts else watched.table(language), file, writing)


def draw(watched: Watched, file: Path, *, language: Language, writing: Writing | None = None) -> None:
    """Draw the lights of units × indicators as SVG.

    Raises:
        UsageError: the library that draws is not installed.
    """
    write_picture(svg_of(lights_chart(watched.progress).in_language(language)), file, writing)


def _forecast(book: Book, at: str) -> Frame:
    return forecast(book, at)


def _backtest(book: Book) -> Frame:
    return backtest(book)
