"""How many times in a row: the same light, a report that did not come. One row each, moments in columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import narwhals as nw

TIMES: Final = "times"


def same_in_a_row(columns: Sequence[str]) -> nw.Expr:
    """Return how many of `columns`, the latest last, up to the last one hold what the last one holds.

    A null is a moment at which nothing was looked at; it neither counts nor breaks the run. Where the last
    column is null, it is 0.

    Examples:
        >>> import polars as pl
        >>> frame = pl.DataFrame({"m1": ["red", "red"], "m2": [None, "green"], "m3": ["red", "red"]})
        >>> nw.from_native(frame).select(same_in_a_row(["m1", "m2", "m3"]))[TIMES].to_list()
        [2, 1]
    """
    now = nw.col(columns[-1])
    times = nw.lit(0, dtype=nw.Int64())
    for column in columns:
        then = nw.col(column)
        times = (
            nw.when(then.is_null()).then(times).otherwise(nw.when(then == now).then(times + 1).otherwise(0))
        )
    return nw.when(~now.is_null()).then(times).otherwise(0).alias(TIMES)


def missing_in_a_row(seen: str, months: Sequence[int]) -> nw.Expr:
    """Return how many of the last `months` in a row are not among those seen.

    `seen` is a column of months as a sum of powers of 2: month m is 2 ** m.

    Examples:
        >>> import polars as pl
        >>> frame = nw.from_native(pl.DataFrame({"seen": [2**3, 2**3 + 2**6, 0, 2**6]}))
        >>> frame.select(missing_in_a_row("seen", [3, 6]))[TIMES].to_list()
        [1, 0, 2, 0]
    """
    times = nw.lit(0, dtype=nw.Int64())
    for month in months:
        is_seen = (nw.col(seen) // 2**month) % 2 == 1
        times = nw.when(is_seen).then(nw.lit(0, dtype=nw.Int64())).otherwise(times + 1)
    return times.alias(TIMES)
