"""From an indicator of a unit down to the records and cells behind it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from quanheng.data.book.called import indicator_called, unit_called
from quanheng.data.load import load_early
from quanheng.insight.records_behind import Behind, records_behind
from quanheng.scheme.tree.rounds import round_named


def records(
    path: Path,
    unit: str,
    indicator: str,
    *,
    round: str | None = None,  # noqa: A002 - the word of the language
    as_of: dt.date | None = None,
) -> Behind:
    """Return what stands behind `indicator` of `unit` (codes or names) in the book at `path`.

    Raises:
        FindingsError: the book has errors.
        UsageError: there is no such unit or indicator.
        DataError: `round` is no period.
    """
    book = load_early(path, as_of=as_of)
    code = indicator_called(book.scheme, indicator)
    (found,) = (own for own in book.scheme.indicators if own.code == code)
    return records_behind(book, unit_called(book, unit), found, round=round_named(book.scheme, round))
