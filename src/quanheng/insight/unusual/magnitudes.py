"""Figures a power of ten off those of the other units: a sign that needs no history."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import narwhals as nw
import numpy as np

from quanheng.data.figures.magnitudes import MYRIAD, OF_LEVELS, OF_RATES, POWER, off_columns
from quanheng.engine.frame.tables import small_table
from quanheng.insight.unusual.signs import Sign
from quanheng.insight.years.chain_ladder import Floats
from quanheng.insight.years.series import Series

_USUAL: Final = 5.0
"""Within this factor of the figure before, a figure is as the unit's are."""


def other_magnitudes(series: Series, groups: Sequence[str]) -> Sign:
    """Figures that lie a power of ten off those of the other units of their group in the period.

    Where the unit's figure before was of the same size, only a factor of 10,000 is one.
    """
    values = series.values
    rows, columns = np.nonzero(~np.isnan(values))
    table = small_table(
        {
            "row": rows.tolist(),
            "column": columns.tolist(),
            "group": [groups[row] for row in rows.tolist()],
            "value": values[rows, columns].tolist(),
        },
        {"row": nw.Int64(), "column": nw.Int64(), "group": nw.String(), "value": nw.Float64()},
    )
    factors = OF_RATES if series.item.kind == "rate" else OF_LEVELS
    column = ["column", "group"]
    off = off_columns(table.to_native(), column, "value", factors=factors, wider=["column"])
    at = off["row"].to_numpy(), off["column"].to_numpy()
    facts = {name: np.zeros_like(values) for name in (POWER, "least", "greatest")}
    for name, matrix in facts.items():
        matrix[at] = off[name].to_numpy()
    power = np.abs(facts[POWER])
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.abs(values / _last_before(values))
    usual = (ratio >= 1 / _USUAL) & (ratio <= _USUAL)
    seen = (power > 0) & (~usual | (power == MYRIAD))
    return Sign(name="magnitude", looked=~np.isnan(values), seen=seen, strength=power, back=0, facts=facts)


def _last_before(values: Floats) -> Floats:
    """Return the last figure of each row before each column."""
    before = np.full_like(values, np.nan)
    for column in range(1, values.shape[1]):
        last = values[:, column - 1]
        before[:, column] = np.where(np.isnan(last), before[:, column - 1], last)
    return before
