"""Kendall's tau-b of every two columns of a table at once: the signs of all pairs of units, as a product.

tau-b = (concordant − discordant) / √(pairs that differ in one · pairs that differ in the other), over the
pairs of units that have both figures (M. G. Kendall, "The treatment of ties in ranking problems", Biometrika
33 (1945)). Written as signs of differences it is a correlation of pairs, so that one product of matrices has
the taus of all columns; it is exact, for all that is summed are whole numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from quanheng.studies.audit.pool import Floats

_PAIRS: Final = 100_000
"""Pairs of units looked at together; their counts stay whole numbers in single precision."""

Signs: TypeAlias = NDArray[np.float32]
"""For each column (row) and pair of units (column): -1, 0 or 1; 0 where a figure is not there."""


def taus(table: Floats) -> Floats:
    """Return tau-b between the columns of `table`; NaN where no pair of units differs in both.

    Examples:
        >>> taus(np.array([[1.0, 3.0], [2.0, 1.0], [3.0, 2.0]])).round(4).tolist()
        [[1.0, -0.3333], [-0.3333, 1.0]]
    """
    width = table.shape[1]
    counted, differing = np.zeros((width, width)), np.zeros((width, width))
    absent = np.isnan(table).any()
    for signs in _blocks(np.stack([_places(column) for column in table.T])):
        there = ~np.isnan(signs)
        known = np.where(there, signs, np.float32(0.0)) if absent else signs
        counted += known @ known.T
        # a pair counts where a unit has both figures of both
        differing += np.abs(known) @ there.T.astype(np.float32)
    spread = np.sqrt(differing * differing.T)
    return np.divide(counted, spread, out=np.full_like(counted, np.nan), where=spread > 0)


def _places(column: Floats) -> Signs:
    """Return whole numbers in the order of the values, which are exact in single precision."""
    there = ~np.isnan(column)
    places = np.full(len(column), np.nan, dtype=np.float32)
    places[there] = np.unique(column[there], return_inverse=True)[1]
    return places


def _blocks(places: Signs) -> Iterator[Signs]:
    """Yield the signs of the differences of every two units, some pairs after others."""
    width, n = places.shape
    step = max(1, _PAIRS // max(1, n))
    for start in range(0, n - 1, step):
        rows = range(start, min(start + step, n - 1))
        block = np.empty((width, sum(n - 1 - row for row in rows)), dtype=np.float32)
        at = 0
        for row in rows:
            end = at + n - 1 - row
            np.subtract(places[:, row + 1 :], places[:, row : row + 1], out=block[:, at:end])
            at = end
        yield np.sign(block, out=block)
