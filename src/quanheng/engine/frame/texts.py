"""Texts looked for in a column."""

from __future__ import annotations

import functools
import operator
from collections.abc import Collection
from typing import Final

import narwhals as nw


def is_one_of(column: nw.Expr, texts: Collection[str]) -> nw.Expr:
    """Return whether the text in `column` is one of `texts`; null where there is none.

    Examples:
        >>> import polars as pl
        >>> frame = nw.from_native(pl.DataFrame({"group": ["towns", "parks", None]}))
        >>> frame.select(is_one_of(nw.col("group"), ["towns"]))["group"].to_list()
        [True, False, None]
    """
    if not 0 < len(texts) <= _FEW:
        return column.is_in(list(texts))
    return functools.reduce(operator.or_, [column == text for text in texts])


_FEW: Final = 3
"""So many are compared one by one: Polars looks a text up five times as long as it compares two."""
