"""Copeland's rule over arrays of replicates (points §1), as `stages/aggregation/copeland.py` has it."""

from __future__ import annotations

import functools
import operator
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from quanheng.engine.frame.rounding import comparable
from quanheng.engine.replicates.arrays import Array, elementwise, known

_MEETINGS: Final = 2**21
"""So many meetings are looked at together."""


def copeland_points(children: Sequence[tuple[Array, Array]], group: NDArray[np.int64]) -> Array:
    """Return 100·(wins - losses + n - 1)/(2(n - 1)) of each unit in its group; NaN where no child counts.

    `children` are points and weights, replicates × units or one row; `group` is the number of each unit's.

    Examples:
        >>> growth, safety = np.array([[80.0, 50.0, 20.0]]), np.array([[10.0, 90.0, np.nan]])
        >>> copeland_points([(growth, np.array([[3.0]])), (safety, np.array([[1.0]]))], np.zeros(3, np.int64))
        array([[100.,  50.,   0.]])
    """
    rows = max(points.shape[0] for points, _ in children) if children else 1
    rows = max(rows, *(weight.shape[0] for _, weight in children))
    units = len(group)
    sides = []
    for points, weight in children:
        counts = known(points) & (weight > 0.0)
        mine = np.where(counts, elementwise(points, comparable), np.nan)
        sides.append((np.broadcast_to(mine, (rows, units)), np.broadcast_to(weight, (rows, units))))
    result = np.full((rows, units), np.nan)
    for number in np.unique(group):
        here = np.flatnonzero(group == number)
        step = max(1, _MEETINGS // len(here) ** 2)
        for start in range(0, rows, step):
            part = slice(start, start + step)
            own = [(mine[part][:, here], weight[part][:, here]) for mine, weight in sides]
            result[part, here] = _points_of(own)
    return result


def _points_of(sides: Sequence[tuple[Array, Array]]) -> Array:
    """Return the points of the units of one group."""
    margin = functools.reduce(operator.add, (_margin(mine, weight) for mine, weight in sides))
    balance = np.sign(elementwise(margin, comparable)).sum(axis=2)
    takes_part = functools.reduce(operator.or_, (known(mine) for mine, _ in sides))
    met = takes_part * takes_part.sum(axis=1, keepdims=True).astype(np.float64)
    rivals = np.where(met > 1.0, met - 1.0, np.nan)
    points = 100.0 * (balance + rivals) / (2.0 * rivals)
    return np.where(met > 1.0, points, np.where(met > 0.0, 100.0, np.nan))


def _margin(mine: Array, weight: Array) -> Array:
    """Return what the meetings of a child weigh for the first of the two, replicates × units × units."""
    own, theirs = mine[:, :, None], mine[:, None, :]
    both = (weight[:, :, None] + weight[:, None, :]) / 2.0
    return np.where(own > theirs, both, np.where(own < theirs, 0.0 - both, 0.0))
