"""The cells of a book: what its observations and panels say of an item in a period."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import narwhals as nw

from quanheng.data.book import Book
from quanheng.data.panels import Panel
from quanheng.data.periods import Period, parse_period
from quanheng.engine.cells import Cells, with_long_cells, with_wide_cells
from quanheng.engine.lookups import Lookups
from quanheng.scheme.model import Scheme


def with_cells(frame: nw.LazyFrame[Any], book: Book, lookups: Lookups) -> tuple[nw.LazyFrame[Any], Cells]:
    """Join to `frame` the cells of observations and panels that `lookups` may use."""
    wanted = lookups.periods
    frame, cells = with_long_cells(frame, book.observations, wanted)
    for number, panel in enumerate(book.panels):
        of_panel = {code: periods for code, periods in wanted.items() if code in panel.items}
        if not of_panel:
            continue
        periods = periods_of_panel(panel, book.scheme)
        frame, more = with_wide_cells(frame, panel.frame, of_panel, periods=periods, named=str(number))
        cells = cells.beside(more)
    return frame, cells


def periods_of_panel(panel: Panel, scheme: Scheme) -> Mapping[Period, nw.Expr | None]:
    """Return the periods a panel has, and the condition that tells the rows of each."""
    if not panel.has_period:
        return {parse_period(scheme.round): None}
    texts = panel.frame.select("period").unique().collect()["period"].to_list()
    return {parse_period(text): nw.col("period") == text for text in sorted(texts)}
