"""Small tables made in the process, and the names of a frame's columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals as nw
import polars as pl


def small_table(
    columns: Mapping[str, Sequence[object]], schema: Mapping[str, nw.dtypes.DType]
) -> nw.DataFrame[pl.DataFrame]:
    """Return a table of facts found in the process, such as the limits of a pool, for an engine to lift.

    Examples:
        >>> small_table(
        ...     {"group": ["towns"], "limit": [30.0]}, {"group": nw.String(), "limit": nw.Float64()}
        ... ).rows()
        [('towns', 30.0)]
    """
    table: nw.DataFrame[pl.DataFrame] = nw.from_dict(columns, schema=schema, backend=pl)
    return table


def names_in(frame: nw.LazyFrame[Any]) -> list[str]:
    """Return the names of the columns of `frame`.

    Of Polars they are asked for without their types, which take longer to translate than a plan of a small
    book to run.

    Examples:
        >>> names_in(nw.from_native(pl.LazyFrame({"unit": ["A"], "item|gdp": [1.0]})))
        ['unit', 'item|gdp']
    """
    native = frame.to_native()
    if isinstance(native, pl.LazyFrame):
        return native.collect_schema().names()
    return frame.collect_schema().names()
