"""Places and tiers of many replicates over arrays (places §1-§3): where no condition looks at the outcome."""

from __future__ import annotations

import functools
from collections.abc import Sequence

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from quanheng.engine.frame.ranks import ranks_by
from quanheng.engine.frame.rounding import comparable
from quanheng.engine.replicates.arrays import Array, Elementwise, Flags, elementwise
from quanheng.engine.stages.places.places import quota
from quanheng.scheme.grades.quotas import Quota

Places = NDArray[np.int32]
"""Places, 0 where a unit has none."""


def places_of(total: Array, is_ranked: Flags, group: NDArray[np.int64], ties: Sequence[Array] = ()) -> Places:
    """Return the place of each unit in its group, 1 2 2 4; `ties` tell apart who is equal, in order.

    `total` and `ties` are replicates × units.

    Examples:
        >>> total = np.array([[80.0, 90.0, 80.0, np.nan]])
        >>> places_of(total, ~np.isnan(total), np.zeros(4, np.int64)).tolist()
        [[2, 1, 2, 0]]
    """
    keys = [_descending(elementwise(total, comparable), is_ranked)]
    keys += [_descending(elementwise(tie, comparable), is_ranked) for tie in ties]
    places = np.zeros(total.shape, dtype=np.int32)
    for number in np.unique(group):
        here = np.flatnonzero(group == number)
        of_group = [key[:, here] for key in keys]
        found = ranks_by(of_group)
        places[:, here] = np.where(is_ranked[:, here], found, 0)
    return places


def _descending(values: Array, is_ranked: Flags) -> Array:
    """Return what sorts the greatest first, what has none after all that have, who is not ranked last."""
    return np.where(is_ranked, np.where(np.isnan(values), np.finfo(np.float64).max, -values), np.inf)


def placed_in(places: Places, group: NDArray[np.int64]) -> Array:
    """Return how many units of each unit's group have a place, replicates × units."""
    counts = np.zeros(places.shape)
    for number in np.unique(group):
        here = np.flatnonzero(group == number)
        counts[:, here] = (places[:, here] > 0).sum(axis=1, keepdims=True)
    return counts


def from_below(places: Places, group: NDArray[np.int64]) -> Places:
    """Return the places of each unit's group counted from below, replicates × units; 0 where there is none.

    Examples:
        >>> from_below(np.array([[1, 2, 2, 4, 0]], dtype=np.int32), np.zeros(5, np.int64)).tolist()
        [[4, 2, 2, 1, 0]]
    """
    counted = np.zeros(places.shape, dtype=np.int32)
    for number in np.unique(group):
        here = np.flatnonzero(group == number)
        of_group = places[:, here]
        found = ranks_by([np.where(of_group > 0, -of_group.astype(np.float64), np.inf)])
        counted[:, here] = np.where(of_group > 0, found, 0)
    return counted


def admitted(of: Quota, placed: Array) -> Array:
    """Return how many places a quota admits of so many."""
    if of.share is None:
        return np.full((1, 1), float(of.count or 0))
    distinct, where = np.unique(placed, return_inverse=True)
    counts = elementwise(distinct, _quota(of))
    return counts[where].reshape(placed.shape)


@functools.cache
def _quota(of: Quota) -> Elementwise:
    return lambda units: quota(of, units).cast(nw.Float64())
