"""Headline figures of a place among its peers: read a book or a table, compare, put into words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import narwhals as nw

from quanheng.data.book.book import Book
from quanheng.data.book.called import unit_called
from quanheng.data.book.mergers import book_as_on
from quanheng.data.files.magic import WORKBOOKS
from quanheng.data.files.workbook import open_workbook
from quanheng.data.load import load
from quanheng.data.parts.peers import load_peers
from quanheng.data.writing.writing import Writing
from quanheng.documents.charts.headline import headline_bars
from quanheng.documents.charts.vega import svg_of
from quanheng.findings.collector import Collector
from quanheng.findings.errors import UsageError
from quanheng.findings.text import Language, Text
from quanheng.findings.value import Value
from quanheng.insight.headline.figures import Headline, headlines_of_book, headlines_of_table
from quanheng.insight.headline.sentences import sentences
from quanheng.periods.period import parse_period
from quanheng.usecase.output import COLUMNS, write_csv_output


class Told(Value):
    """One headline, and what it says of the place that was asked for, if one was."""

    headline: Headline
    unit: str | None
    sentences: tuple[Text, ...]

    def title(self, language: Language) -> str:
        """Return what is compared, of when, among whom."""
        one = self.headline
        peers = one.peers.in_language(language)
        parts = [one.name.in_language(language), one.period, peers]
        return "  ".join(part for part in parts if part)

    def records(self, language: Language) -> list[dict[str, Any]]:
        """Return a record for each peer, with the columns of `COLUMNS`."""
        one = self.headline
        about = {
            "item": one.item,
            "period": one.period,
            "peers": one.peers.in_language(language),
        }
        return [
            {name: about.get(name, row.get(name)) for name in COLUMNS} for row in one.rows.rows(named=True)
        ]

    def chart(self, language: Language) -> dict[str, object]:
        """Return the chart as a Vega-Lite definition."""
        chart = headline_bars(
            self.records(language),
            title=Text(zh=self.title("zh"), en=self.title("en")),
            measured_in=self.headline.measured_in,
            unit=self.unit,
            sentence=self.sentences[0] if self.sentences else None,
        )
        return chart.in_language(language)

    def picture(self, language: Language) -> str:
        """Return the chart as an SVG picture.

        Raises:
            UsageError: the library that draws is not installed.
        """
        return svg_of(self.chart(language))


class Asked(Value):
    """Which headlines are wanted: everything the book or table has where nothing is named."""

    items: Sequence[str] = ()
    unit: str | None = None
    round: str | None = None
    group: str | None = None
    within: str | None = None
    whole: str | None = None


def headlines(path: Path, asked: Asked) -> tuple[Told, ...]:
    """Return the headlines of the book (a folder, a workbook of a book) or the table of figures at `path`.

    In a book the peers are the units of `asked.group`, else those of the group of `asked.unit`, else of each
    group in turn; with `asked.within`, an attribute, only those that have the unit's value of it. In a table
    all places are peers.

    Raises:
        FindingsError: the book or the table has errors.
        UsageError: there is no such unit, item or group, or the place is not in the table.
    """
    every = _of_book(path, asked) if _is_book(path) else _of_table(path, asked)
    found = tuple(told for told in every if len(told.headline.rows)) or every
    if asked.unit is not None and not any(told.sentences for told in found):
        raise UsageError(
            f"no figure is known of {asked.unit!r} in this round", f"“{asked.unit}”在该期没有数据"
        )
    return found


def _is_book(path: Path) -> bool:
    if path.is_dir() or not path.is_file():
        return True  # what is not there is told by the reading of books
    if path.suffix.lower() not in WORKBOOKS:
        return False

    return open_workbook(path, collector=Collector()).scheme is not None


def _of_book(path: Path, asked: Asked) -> tuple[Told, ...]:
    book = load(path)
    unit = None if asked.unit is None else unit_called(book, asked.unit)
    own = parse_period(book.scheme.round)
    period = own if asked.round is None else parse_period(asked.round, year=own.year)
    book = book_as_on(book, period.end)
    within = None if asked.within is None else _within(book, asked.within, unit)
    return tuple(
        _told(one, unit)
        for group in _groups(book, asked.group, unit)
        for one in headlines_of_book(
            book, asked.items, period=period, group=group, whole=asked.whole, within=within
        )
    )


def _of_table(path: Path, asked: Asked) -> tuple[Told, ...]:
    if asked.group is not None or asked.within is not None:
        raise UsageError("a table of figures has no groups or attributes", "数据表没有分组和属性")
    table = load_peers(path)
    period = None if asked.round is None else parse_period(asked.round)
    found = headlines_of_table(table, asked.items, period=period, whole=asked.whole)
    return tuple(_told(one, asked.unit) for one in found)


def _within(book: Book, column: str, unit: str | None) -> tuple[str, object]:
    """Return the attribute and the value of it that `unit` has."""
    if unit is None:
        raise UsageError("--within needs a --unit to be alike with", "--within 须与 --unit 同用")
    attributes = [name for name in book.units.columns if name not in ("unit", "name", "group")]
    if column not in attributes:
        known = ", ".join(attributes) or "∅"
        raise UsageError(
            f"the units have no attribute {column!r}; there are: {known}",
            f"单位表没有“{column}”列；有：{known}",
        )
    return column, book.units.filter(nw.col("unit") == unit)[column].item()


def _told(one: Headline, unit: str | None) -> Told:
    return Told(headline=one, unit=unit, sentences=() if unit is None else sentences(one, unit))


def _groups(book: Book, group: str | None, unit: str | None) -> tuple[str, ...]:
    codes = tuple(one.code for one in book.scheme.groups)
    if group is not None:
        for one in book.scheme.groups:
            if group in (one.code, one.name.zh, one.name.en):
                return (one.code,)
        raise UsageError(f"there is no group {group!r}", f"没有分组“{group}”")
    if unit is None:
        return codes
    own = dict(book.units.select("unit", "group").rows())
    return (own[unit],)


def write_headlines(found: Sequence[Told], file: Path, language: Language, writing: Writing) -> None:
    """Write the table of all headlines as csv."""
    records = [record for told in found for record in told.records(language)]
    columns = {name: [record[name] for record in records] for name in COLUMNS}
    write_csv_output(nw.from_dict(columns, backend=nw.Implementation.POLARS), file, writing)
