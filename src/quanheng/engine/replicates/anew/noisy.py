"""Copies of a book with errors in their figures, scored in one pass: rows are units × copies.

A figure is off by a normal error of its own in each copy, as far as its item says; a figure that is not
negative does not become so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from quanheng.engine.frame.tables import table_of
from quanheng.engine.replicates.anew.copies import Figures, copies_of, laid_out
from quanheng.engine.replicates.base import Base
from quanheng.engine.replicates.prepared import Prepared
from quanheng.findings.value import Value


class Error(Value):
    """The standard deviation of a figure's error: in the item's unit, or as a share of the figure."""

    size: float
    is_relative: bool


def noisy(points: Prepared, errors: Mapping[str, Error], keys: NDArray[np.int64], seed: int) -> Prepared:
    """Return copies of what was prepared, one for each of `keys`, with errors in their figures.

    The same key and seed give the same errors; a key below 0 gives none. What was published stays.

    Raises:
        UsageError: with such errors a copy cannot be scored.
    """
    book = points.result.book
    assert book is not None  # noqa: S101 - what is prepared comes from a book
    figures = with_errors(errors, keys, seed)

    def copies(name: str) -> Base:
        return copies_of(laid_out(book, name), book.scheme, len(keys), figures)

    return replace(
        points, base=copies(points.result.round), reviews={each: copies(each) for each in points.reviews}
    )


def with_errors(errors: Mapping[str, Error], keys: NDArray[np.int64], seed: int) -> Figures:
    """Return what gives copies, one for each of `keys`, errors in their figures."""

    def figures(rows: nw.DataFrame[Any], grid: nw.DataFrame[Any]) -> nw.DataFrame[Any]:
        columns = [name for name in grid.columns if _item_of(name) in errors]
        drawn = _drawn(columns, keys, len(grid), seed)
        moved = {
            name: _moved(
                rows[name].cast(nw.Float64()).to_numpy(), drawn[:, index].reshape(-1), errors[_item_of(name)]
            )
            for index, name in enumerate(columns)
        }
        if not moved:
            return rows
        values = table_of(moved)
        return rows.with_columns(*[values[name] for name in columns])

    return figures


def _item_of(column: str) -> str:
    """Return the item of a column of figures, of the round or of months before; '' for another column."""
    kind, _, rest = column.partition("|")
    return rest.partition("@")[0] if kind == "item" else ""


def _drawn(columns: Sequence[str], keys: NDArray[np.int64], units: int, seed: int) -> NDArray[np.float64]:
    """Return standard normal numbers, copies × columns × units; 0 where a key is below 0."""
    drawn = np.zeros((len(keys), len(columns), units))
    for number, key in enumerate(keys.tolist()):
        if key >= 0:
            drawn[number] = np.random.default_rng([seed, key]).standard_normal((len(columns), units))
    return drawn


def _moved(values: NDArray[Any], drawn: NDArray[np.float64], error: Error) -> NDArray[np.float64]:
    size = np.abs(values) * error.size if error.is_relative else np.full(len(values), error.size)
    moved = values + size * drawn
    return np.where(values >= 0.0, np.maximum(moved, 0.0), moved)
