"""Correlations between the columns of a table over the rows that have both: Pearson, Spearman, Kendall."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from quanheng.studies.audit.figures.statistics import Column
from quanheng.studies.audit.pool import Floats

_ROWS: Final = 65_536
"""Rows multiplied together, so that a table of a million units needs no second one."""
EXACT_UNITS: Final = 20_000
"""Up to so many units Spearman's ranks are those among the units that have both figures, whoever they are."""
_SAME: Final = 1e-12
"""A column whose sum of squares is less than that part of what rounding leaves of it does not vary."""


@dataclass(frozen=True)
class Table:
    """Columns of the same units."""

    columns: Sequence[Column]

    @classmethod
    def of(cls, values: Floats) -> Table:
        """Return the table of an array (units, columns)."""
        return cls([Column(np.ascontiguousarray(column)) for column in values.T])

    @cached_property
    def values(self) -> Floats:
        """The numbers (units, columns), NaN where there is none."""
        return np.column_stack([column.values for column in self.columns])

    @cached_property
    def complete(self) -> bool:
        """Whether nothing is absent."""
        return not np.isnan(self.values).any()

    @cached_property
    def counts(self) -> NDArray[np.int64]:
        """How many units have both figures."""
        if self.complete:
            return np.full((self.values.shape[1],) * 2, len(self.values), dtype=np.int64)
        there = (~np.isnan(self.values)).astype(np.float32)
        found = np.zeros((self.values.shape[1],) * 2)
        for start in range(0, len(there), _ROWS):
            block = there[start : start + _ROWS]
            found += block.T @ block
        return found.astype(np.int64)

    @cached_property
    def pearson(self) -> Floats:
        """Pearson's correlations; NaN where one of the two does not vary over the units that have both."""
        return _pearson(self.values)

    @property
    def ranks_are_exact(self) -> bool:
        """Whether Spearman's ranks are those among the units that have both figures."""
        return self.complete or len(self.values) <= EXACT_UNITS

    @cached_property
    def spearman(self) -> Floats:
        """Spearman's correlations; of very many units with gaps, of the ranks inside each column."""
        found = _pearson(np.column_stack([column.ranks for column in self.columns]))
        if self.complete or not self.ranks_are_exact:
            return found
        there = ~np.isnan(self.values)
        width = self.values.shape[1]
        for one in range(width):
            for other in range(one + 1, width):
                if not (there[:, one] == there[:, other]).all():
                    both = there[:, one] & there[:, other]
                    pair = Table.of(self.values[both][:, (one, other)])
                    found[one, other] = found[other, one] = pair.spearman[0, 1] if both.any() else np.nan
        return found


def _pearson(values: Floats) -> Floats:
    """Return correlations over pairwise complete rows, from sums over blocks of centred rows."""
    width = values.shape[1]
    there = ~np.isnan(values)
    complete = bool(there.all())
    known = there.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        means = np.where(known > 0, np.nansum(values, axis=0) / known, 0.0)
    n, sums, squares, products = (np.zeros((width, width)) for _ in range(4))
    for start in range(0, len(values), _ROWS):
        away = values[start : start + _ROWS] - means
        if complete:
            products += away.T @ away
            continue
        has = there[start : start + _ROWS]
        away = np.where(has, away, 0.0)
        counted = has.astype(np.float64)
        n += counted.T @ counted
        sums += away.T @ counted
        squares += (away * away).T @ counted
        products += away.T @ away
    if complete:
        spread = np.repeat(products.diagonal()[:, None], width, axis=1)
        top = products
    else:
        safe = np.where(n > 0, n, 1.0)
        spread = squares - sums * sums / safe
        top = products - sums * sums.T / safe
    scale = np.abs(means)[:, None] ** 2 * np.maximum(known, 1)[:, None] * _SAME**2
    varies = (spread > scale) & (spread > _SAME * squares if not complete else spread > 0)
    both = varies & varies.T
    found = np.divide(
        top, np.sqrt(np.abs(spread * spread.T)), out=np.full((width, width), np.nan), where=both
    )
    return np.asarray(np.clip(found, -1.0, 1.0), dtype=np.float64)
