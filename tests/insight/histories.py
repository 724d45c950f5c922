"""Small books with years of history, for tests of what looks back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import polars as pl
from tests.engine.books import Written, book_of
from tests.engine.schemes import TOWNS, scheme_of

from quanheng.data.book.book import Book
from quanheng.scheme.items.item import Item
from quanheng.scheme.tree.scheme import Indicator

Months = Mapping[int, float]
"""Figure by month (1 to 12)."""


def told(item: str, unit: str, years: Mapping[int, Months]) -> Iterator[tuple[str, str, str, Written]]:
    """The figures of an item of a unit, month by month, by year."""
    for year, months in years.items():
        for month, value in months.items():
            yield item, unit, f"{year}-{month:02}", value


def history_book(
    items: Iterable[Item],
    measures: Iterable[str | Indicator],
    *,
    units: Sequence[str] = ("A",),
    figures: Iterable[tuple[str, str, str, Written]] = (),
    targets: Iterable[tuple[str, str, str, Written]] = (),
) -> Book:
    """A book of towns with indicators `i1`, `i2`, … for the measures."""
    scheme = scheme_of(items, measures, groups=(TOWNS,))
    rows = pl.DataFrame({"unit": list(units), "name": list(units), "group": ["towns"] * len(units)})
    return book_of(scheme, units=rows, figures=figures, targets=targets)
