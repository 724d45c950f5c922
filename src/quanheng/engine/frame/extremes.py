"""The least and the greatest of several values of one unit, in every engine."""

from __future__ import annotations

from collections.abc import Sequence

import narwhals as nw


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
