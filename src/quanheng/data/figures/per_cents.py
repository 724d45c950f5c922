"""Per cent beside plain numbers in what should be alike: `6.1` and `5.8%` in one column.

Where an item is measured in %, both mean the same. Elsewhere 5.8% is 0.058, and beside 6.1 it cannot be known
which of the two was meant; beside 0.061 it is clear.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import polars as pl

PER_CENT: Final = "per_cent"
"""The column that says whether a number was written with %."""
_NEAR: Final = 0.5
"""Plain numbers about threefold the fractions at most (half a power of ten) are fractions, too."""


def mixed(values: pl.DataFrame, same: str, value: str) -> pl.DataFrame:
    """Return for each of what is the `same` with numbers of both kinds its first row of either, and counts.

    `values` have a row for each number: `value` with per cent as fractions, and whether it was written so. A
    row of the answer has `same`, the row numbers `with` and `without` (indices into `values`), and `count`
    and `others`, how many there are of either.

    Examples:
        >>> rates = pl.DataFrame(
        ...     {"item": [0, 0, 0], "value": [6.1, 0.058, 6.3], "per_cent": [False, True, False]}
        ... )
        >>> mixed(rates, "item", "value").rows()
        [(0, 1, 0, 1, 2)]
        >>> mixed(rates.with_columns(value=pl.Series([0.061, 0.058, 0.063])), "item", "value").rows()
        []
    """
    size = pl.col(value).abs().log10()
    written = pl.col(PER_CENT)
    numbered = values.with_row_index(_ROW).filter(pl.col(value) != 0)
    both = numbered.group_by(same, maintain_order=True).agg(
        pl.col(_ROW).filter(written).first().alias("with"),
        pl.col(_ROW).filter(~written).first().alias("without"),
        written.sum().alias("count"),
        (~written).sum().alias("others"),
        (size.filter(written).median() - size.filter(~written).median()).abs().alias(_APART),
    )
    apart = both.filter((pl.col("count") > 0) & (pl.col("others") > 0) & (pl.col(_APART) > _NEAR))
    return apart.drop(_APART)


_ROW, _APART = "number of the row", "apart"


def some_with_per_cent(
    parts: Sequence[pl.DataFrame], same: str, columns: Sequence[str]
) -> pl.DataFrame | None:
    """Return the rows of `parts` of what has numbers written with %, their `columns`; None if nothing has."""
    having = {key for part in parts for key in part.filter(pl.col(PER_CENT))[same].unique()}
    if not having:
        return None
    rows = [part.filter(pl.col(same).is_in(having)).select(same, PER_CENT, *columns) for part in parts]
    return pl.concat(rows, how="vertical_relaxed")
