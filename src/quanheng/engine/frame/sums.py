"""What several values of one unit come to in every engine: least, greatest, sum and product.

Sums are added from left to right. An engine plans a chain of n additions in n² steps, and what it plans
grows as fast. So a long sum is a column that is added to piece by piece.
"""

from __future__ import annotations

import functools
import math
import operator
from collections.abc import Mapping, Sequence
from typing import Any, Final

import narwhals as nw

from quanheng.engine.frame.again.makings import with_pieces

PIECE: Final = 32
"""How many terms of a sum are added at once, at least: of a very long one more, so that pieces are few."""


def sum_of(terms: Sequence[nw.Expr]) -> nw.Expr:
    """Return the sum of a few `terms`, a null one being 0."""
    return functools.reduce(operator.add, [term.fill_null(0.0) for term in terms])


def with_sums(
    frame: nw.LazyFrame[Any], sums: Mapping[str, Sequence[nw.Expr]], *, by_row: bool = False
) -> nw.LazyFrame[Any]:
    """Add the columns `sums`: of each the terms, a null one being 0; none of them looks at another.

    `by_row` says that a stage of the engine's `by_row` does so: of a very wide frame each piece is then
    computed by itself.

    Examples:
        >>> import polars as pl
        >>> frame = nw.from_native(pl.LazyFrame({"a": [1.0, None], "b": [2.0, 4.0]}))
        >>> with_sums(frame, {"both": [nw.col("a"), nw.col("b")]}).collect()["both"].to_list()
        [3.0, 4.0]
    """
    longest = max(map(len, sums.values()), default=0)
    piece = max(PIECE, math.isqrt(4 * longest))
    pieces = [
        {
            name: sum_of([*([nw.col(name)] if start else []), *terms[start : start + piece]])
            for name, terms in sums.items()
            if start < len(terms)
        }
        for start in range(0, longest, piece)
    ]
    if by_row:
        return with_pieces(frame, pieces)
    for added in pieces:
        frame = frame.with_columns(*[total.alias(name) for name, total in added.items()])
    return frame


def least(values: Sequence[nw.Expr]) -> nw.Expr:
    """Return the least of `values`, null ones left out; of one value itself, for Spark takes no single one.

    Examples:
        >>> import polars as pl
        >>> frame = nw.from_native(pl.DataFrame({"a": [1.0, None], "b": [2.0, 4.0]}))
        >>> frame.select(least([nw.col("a"), nw.col("b")]))["a"].to_list()
        [1.0, 4.0]
    """
    return values[0] if len(values) == 1 else nw.min_horizontal(*values)


def greatest(values: Sequence[nw.Expr]) -> nw.Expr:
    """Return the greatest of `values`, null ones left out; of one value itself."""
    return values[0] if len(values) == 1 else nw.max_horizontal(*values)


def product_of(values: Sequence[nw.Expr], one: float) -> nw.Expr:
    """Return the product of `values`, each as a share of `one`, times `one`; a null one takes no part.

    By halves, so that it is not deep: 90 and 40 of 100 are 90·40/100.

    Examples:
        >>> import polars as pl
        >>> frame = nw.from_native(pl.DataFrame({"a": [90.0, None], "b": [40.0, 40.0]}))
        >>> frame.select(product_of([nw.col("a"), nw.col("b")], 100.0))["a"].to_list()
        [36.0, 40.0]
    """
    if len(values) == 1:
        return values[0].fill_null(one)
    half = len(values) // 2
    return product_of(values[:half], one) * product_of(values[half:], one) / one
