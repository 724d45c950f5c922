"""A book in which some figures of a round are other ones, as if they had been reported so."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import narwhals as nw
import polars as pl

from quanheng.data.book import frames
from quanheng.scheme.tree.scheme import Reported

if TYPE_CHECKING:
    from quanheng.data.book.book import Book
    from quanheng.engine.results.result import Result
    from quanheng.studies.variants.trials import Changes


def is_reported(book: Book, item: str) -> bool:
    """Return whether the figures of `item` stand in the book's observations, so that they can be changed.

    Those of a ledger are counted anew each time, those of a panel are left in their file.
    """
    reported = any(each.code == item and isinstance(each.source, Reported) for each in book.scheme.items)
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
    rows = book.observations.to_native().with_row_index("row_number")
    values = rows["value"].to_list()
    numbers = {
        key: number for number, key in enumerate(zip(rows["item"], rows["unit"], rows["period"], strict=True))
    }
    for (unit, item), to in changes.items():
        own = used.filter((pl.col("unit") == unit) & (pl.col("item") == item))
        if own.height == 0:
            raise KeyError((unit, item))
        last = own.sort("period")["period"].to_list()[-1]
        at = numbers[item, unit, last]
        others = sum(own["value"].to_list()) - values[at]
        values[at] = to - others if own.height > 1 else to
    changed = rows.drop("row_number").with_columns(pl.Series("value", values, dtype=pl.Float64))
    return replace(book, observations=nw.from_native(changed, eager_only=True), hash="")
