"""Tables of adjustments as a book holds them, of rows that are in no category."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import polars as pl

from quanheng.data.book import frames


def adjustments_table(rows: Iterable[Sequence[object]]) -> pl.DataFrame:
    """Return the table of `rows`, which have all columns but `category`, in their order."""
    schema = {name: kind for name, kind in frames.ADJUSTMENTS.items() if name != "category"}
    table = pl.DataFrame(list(rows), schema=schema, orient="row")
    return table.with_columns(category=pl.lit(None, pl.String)).select(list(frames.ADJUSTMENTS))
