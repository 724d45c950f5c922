"""The cells of a book: what its observations and panels say of an item in a period."""

from __future__ import annotations

from typing import Any

import narwhals as nw

from quanheng.data.book import Book
from quanheng.data.panels import Panel
from quanheng.engine.cells import Cells, Wanted, settled_in, with_long_cells, with_wide_cells
from quanheng.periods.period import Period, parse_period
from quanheng.scheme.model import Scheme


def with_cells(frame: nw.LazyFrame[Any], book: Book, wanted: Wanted) -> tuple[nw.LazyFrame[Any], Cells]:
    """Join to `frame` the cells of observations and panels that are `wanted`."""
    frame, cells = with_long_cells(frame, book.observations, wanted)
    for number, panel in enumerate(book.panels):
        of_panel = {code: periods for code, periods in wanted.items() if code in panel.items}
        if of_panel:
            frame, more = _with_panel(frame, panel, of_panel, book.scheme, named=str(number))
            cells = cells.beside(more)
    return frame, cells


def periods_of_panel(panel: Panel, scheme: Scheme) -> frozenset[Period]:
    """Return the periods a panel has rows of; reads no other column of the file."""
    if not panel.has_period:
        return frozenset({parse_period(scheme.round)})
    return frozenset(map(parse_period, panel.frame.select("period").unique().collect()["period"].to_list()))


def _with_panel(
    frame: nw.LazyFrame[Any], panel: Panel, wanted: Wanted, scheme: Scheme, *, named: str
) -> tuple[nw.LazyFrame[Any], Cells]:
    if panel.has_period:
        summed = [item.code for item in scheme.items if item.kind == "flow"]
        settled = settled_in(panel.frame, wanted, summed=summed)
        return with_wide_cells(frame, panel.frame, settled, only=None, named=named)
    only = parse_period(scheme.round)
    settled = {item: {only} & {*periods} for item, periods in wanted.items()}
    return with_wide_cells(frame, panel.frame, settled, only=only, named=named)
