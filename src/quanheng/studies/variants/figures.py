"""A book with some figures and targets changed: what would be read if somebody had written them so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import narwhals as nw
import polars as pl

from quanheng.data.book import frames
from quanheng.findings.value import Value

if TYPE_CHECKING:
    from quanheng.data.book.book import Book

_FROM: Final = "changed"
"""What stands for the file of a figure that nobody reported."""


class Cell(Value):
    """What a cell says: a number, or its state where it has none (`missing`, `not_applicable`)."""

    value: float | None
    state: str


class Reported(Value):
    """A figure as it would be reported: an item of a unit for a period (canonical text)."""

    item: str
    unit: str
    period: str
    cell: Cell


def with_reported(book: Book, figures: Sequence[Reported]) -> Book:
    """Return `book` with `figures` in place of what it has of these units, items and periods."""
    keys = pl.DataFrame(
        [(each.item, each.unit, each.period) for each in figures],
        schema={"item": pl.String, "unit": pl.String, "period": pl.String},
        orient="row",
    )
    rows = pl.DataFrame(
        [
            (each.item, each.unit, each.period, each.cell.value, each.cell.state, _FROM, None, each.item)
            for each in figures
        ],
        schema=dict(frames.OBSERVATIONS),
        orient="row",
    )
    known = book.observations.to_native().join(keys, on=["item", "unit", "period"], how="anti")
    return replace(book, observations=nw.from_native(pl.concat([known, rows]), eager_only=True), hash="")
