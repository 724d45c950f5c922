"""List targets: what was set for a unit, when and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import narwhals as nw

from quanheng.data.book.book import Book
from quanheng.data.book.called import indicator_called, unit_called
from quanheng.data.load import load_early
from quanheng.findings.value import Value
from quanheng.periods.period import parse_period


class Listed(Value):
    """The targets of a unit with all revisions: the columns of `Book.target_versions` and `counts`.

    `counts` says whether a row is the one that counts on the day that was asked for.
    """

    book: Book
    unit: str
    rows: Sequence[Mapping[str, Any]]


def listed(path: Path, unit: str, *, indicator: str | None = None, as_of: dt.date | None = None) -> Listed:
    """Return the targets of `unit` (a code or a name) in the order they were set, for each of its periods.

    Raises:
        FindingsError: the book has errors.
        UsageError: there is no such unit or indicator.
    """
    book = load_early(path, as_of=as_of)
    code = unit_called(book, unit)
    only = None if indicator is None else indicator_called(book.scheme, indicator)
    rows = book.target_versions.filter(nw.col("unit") == code)
    if only is not None:
        rows = rows.filter(nw.col("indicator") == only)
    order = {one.code: number for number, one in enumerate(book.scheme.indicators)}
    last: dict[tuple[str, str], int] = {}
    found = rows.rows(named=True)
    for number, row in enumerate(found):
        if row["set_on"] is None or as_of is None or row["set_on"] <= as_of:
            last[row["indicator"], row["period"]] = number
    marked = [
        {**row, "counts": last.get((row["indicator"], row["period"])) == number}
        for number, row in enumerate(found)
    ]
    marked.sort(key=lambda row: (order[row["indicator"]], _end(row["period"]), row["set_on"] or dt.date.min))
    return Listed(book=book, unit=code, rows=marked)


def _end(period: str) -> tuple[dt.date, int]:
    parsed = parse_period(period)
    return parsed.end, parsed.length_months
