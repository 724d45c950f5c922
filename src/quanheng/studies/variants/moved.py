"""A book in which some figures of a round are other ones, as if they had been reported so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from quanheng.data.book import frames
from quanheng.scheme.items.item import Reported as FromReports
from quanheng.studies.variants.figures import Cell, Reported, with_reported

if TYPE_CHECKING:
    from quanheng.data.book.book import Book
    from quanheng.engine.results.result import Result
    from quanheng.studies.variants.trials import Changes


def is_reported(book: Book, item: str) -> bool:
    """Return whether the figures of `item` stand in the book's observations, so that they can be changed.

    Those of a ledger are counted anew each time, those of a panel are left in their file.
    """
    reported = any(each.code == item and isinstance(each.source, FromReports) for each in book.scheme.items)
    return reported and not any(item in panel.items for panel in book.panels)


def with_figures(book: Book, result: Result, changes: Changes) -> Book:
    """Return `book` with `changes` in its observations; `result` is what it was scored to before.

    What makes a figure of several periods is changed in the last of them: so the flow of a year rises by what
    its last month or quarter rises.

    Raises:
        KeyError: a figure that is to be changed was not reported.
    """
    used = result.sources.to_native().filter(
        (pl.col("months_before") == 0) & (pl.col("state") == frames.VALUE)
    )
    written = []
    for (unit, item), to in changes.items():
        own = used.filter((pl.col("unit") == unit) & (pl.col("item") == item)).sort("period")
        if own.height == 0:
            raise KeyError((unit, item))
        *others, _ = own["value"].to_list()
        cell = Cell(value=to - sum(others), state=frames.VALUE)
        written.append(Reported(item=item, unit=unit, period=own["period"].to_list()[-1], cell=cell))
    return with_reported(book, written)
