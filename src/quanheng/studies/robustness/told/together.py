"""Which places hold for all units together, and which units cannot be told apart.

An interval for each unit alone holds in nine of ten replicates; that all of them hold at once is rarer, the
more units there are. So the joint intervals are widened evenly until in nine of ten replicates every unit is
within its own.

Klein, M., Wright, T. & Wieczorek, J. (2020). A joint confidence region for an overall ranking of
populations. Journal of the Royal Statistical Society C 69, 589-606. Mogstad, M., Romano, J. P., Shaikh, A. M.
& Wilhelm, D. (2024). Inference for ranks with applications to mobility across neighbourhoods and academic
achievement across countries. Review of Economic Studies 91, 476-518. Their rankings are of estimates with an
error; here the replicates stand for what is not certain.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.int32]
Whole = NDArray[np.int64]


def joint_intervals(places: Places, level: float) -> tuple[Whole, Whole]:
    """Return for each unit the least and greatest place that hold for all together.

    `places` are replicates × units, 0 for none. How unusual a replicate is for a unit is the share of
    replicates that are as far out, on the nearer side; a replicate is as unusual as it is for its most
    unusual unit. The intervals span the replicates that are left without the most unusual ones: a share
    `level` of all.

    Examples:
        >>> places = np.array([[1, 2]] * 9 + [[2, 1]], dtype=np.int32)
        >>> joint_intervals(places, 0.9)
        (array([1, 2]), array([1, 2]))
    """
    rows = len(places)
    ordered = np.sort(places, axis=0)
    depth = np.full(rows, rows, dtype=np.int64)
    for unit in range(places.shape[1]):
        of_unit = places[:, unit]
        at_most = np.searchsorted(ordered[:, unit], of_unit, side="right")
        at_least = rows - np.searchsorted(ordered[:, unit], of_unit, side="left")
        depth = np.minimum(depth, np.minimum(at_most, at_least))
    kept = int(np.ceil(level * rows - 1e-9))
    inner = places[np.argsort(-depth, kind="stable")[:kept]]
    return inner.min(axis=0).astype(np.int64), inner.max(axis=0).astype(np.int64)


def told_apart(places: Places, order: Sequence[int], level: float) -> list[list[int]]:
    """Return groups of units, best first, none of which can be told apart from its first.

    Two units are told apart if one has the better place in at least (1 + `level`)/2 of the replicates, 95 %
    for 90 %. Down the ranking, `order`, a unit begins a group of its own as soon as it is told apart from
    the first of the group before it.

    Examples:
        >>> places = np.array([[1, 2, 3], [2, 1, 3]] * 50, dtype=np.int32)
        >>> told_apart(places, [0, 1, 2], 0.9)
        [[0, 1], [2]]
    """
    groups: list[list[int]] = []
    least = (1.0 + level) / 2.0
    for unit in order:
        if groups:
            first = groups[-1][0]
            if np.mean(_better(places[:, first], places[:, unit])) < least:
                groups[-1].append(unit)
                continue
        groups.append([unit])
    return groups


def _better(one: Places, other: Places) -> NDArray[np.bool_]:
    """Return where the first has the better place; whoever has none is behind all that have one."""
    return np.asarray((one > 0) & ((other == 0) | (one < other)))
