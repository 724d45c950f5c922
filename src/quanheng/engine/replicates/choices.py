"""Which children count where the best or the last of them do, over arrays (points §7)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from quanheng.engine.frame.rounding import COMPARED_DECIMALS
from quanheng.engine.replicates.arrays import Array, known, rounded
from quanheng.scheme.weights.aggregation import Best, Choosing


def chosen_among(children: Sequence[tuple[Array, Array]], method: Choosing) -> list[tuple[Array, Array]]:
    """Return the points and weights of `children`, the weight being 0 where a child is not chosen.

    Examples:
        >>> children = [(np.array([[points]]), np.array([[1.0]])) for points in (50.0, 70.0, 50.0)]
        >>> [float(weight[0, 0]) for _, weight in chosen_among(children, Best(2))]
        [1.0, 1.0, 0.0]
    """
    sign = 1.0 if isinstance(method, Best) else -1.0
    orders = [
        np.where((weight > 0.0) & known(points), sign * rounded(points, COMPARED_DECIMALS), np.nan)
        for points, weight in children
    ]
    found = []
    for own, (points, weight) in enumerate(children):
        ahead = np.zeros(orders[own].shape)
        for other, order in enumerate(orders):
            before = order >= orders[own] if other < own else order > orders[own]
            ahead = ahead + (before & (other != own))
        found.append((points, np.where(ahead < method.count, weight, 0.0)))
    return found
