"""Copies of a book with errors in their figures, scored in one pass: rows are units × copies.

A figure is off by a normal error of its own in each copy, as far as its item says; a figure that is not
negative does not become so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from quanheng.engine.figures.for_round import scheme_for
from quanheng.engine.figures.grid import lay_out_grid
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.engines import polars_engine
from quanheng.engine.frame.holding import run_once
from quanheng.engine.frame.tables import table_of
from quanheng.engine.replicates.base import Base, base_of
from quanheng.engine.replicates.prepared import Prepared
from quanheng.engine.results.rounds import POOL
from quanheng.engine.results.score import taking_part
from quanheng.engine.stages.places.history import with_history
from quanheng.engine.stages.run import staged
from quanheng.findings.errors import UsageError
from quanheng.findings.value import Value
from quanheng.periods.stretch import stretch_of

if TYPE_CHECKING:
    from quanheng.data.book.book import Book


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
    year = _copies(book, points.result.round, errors, keys, seed)
    reviews = {each: _copies(book, each, errors, keys, seed) for each in points.reviews}
    return replace(points, base=year, reviews=reviews)


def _copies(
    book: Book,
    round: str,  # noqa: A002 - the word of the language
    errors: Mapping[str, Error],
    keys: NDArray[np.int64],
    seed: int,
) -> Base:
    part, _ = taking_part(book, round)
    scheme = scheme_for(part.scheme, stretch_of(round))
    # what formulas look at of reviews stays as it is (reviews §4)
    part = replace(part, scheme=scheme, reviewed=book.reviewed)
    engine = polars_engine(streaming=False)
    grid = engine.collect(engine.lift(run_once(lay_out_grid(part, round=round), rows=len(part.units)))).sort(
        c.UNIT
    )
    copies = len(keys)
    numbers = table_of({c.ROUND: np.arange(copies)})
    rows = numbers.join(grid, how="cross")
    columns = [name for name in grid.columns if _item_of(name) in errors]
    drawn = _drawn(columns, keys, len(grid), seed)
    moved = {
        name: _moved(
            rows[name].cast(nw.Float64()).to_numpy(), drawn[:, index].reshape(-1), errors[_item_of(name)]
        )
        for index, name in enumerate(columns)
    }
    if moved:
        values = table_of(moved)
        rows = rows.with_columns(*[values[name] for name in columns])
    adjustments = numbers.join(part.adjustments, how="cross")
    scored = staged(engine.lift(rows), scheme, engine, rows=adjustments, pool=POOL)
    plan = with_history(scored.plan, scheme, book.history, round=round, engine=engine)
    wide = engine.collect(plan).sort(c.ROUND, c.UNIT)
    wrong = int(wide.filter(nw.col(c.PROBLEM).fill_null(value=False))[c.ROUND].n_unique())
    if wrong:
        raise UsageError(
            f"with such errors of figures {wrong} of {copies} copies of {round} cannot be scored: a figure "
            "comes where a formula or rule takes none; give smaller errors",
            f"按所给误差，{round}的{copies}份副本中有{wrong}份无法计分：数值落在公式或规则不能接受之处；请减小误差",
        )
    return base_of(wide, scored.weighing.table, scheme, copies=copies)


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
