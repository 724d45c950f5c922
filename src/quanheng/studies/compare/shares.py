"""What each cause brings to a move: its Shapley value, computed with whole numbers.

A move has k causes. For every set S of them let v(S) be what is reached when the causes in S are as after and
all others as before. The Shapley value of a cause is the mean of what it adds, v(S with it) - v(S), over all
k! orders in which the causes can come in (Shapley 1953): no order is preferred, causes that do the same get
the same, one that never changes anything gets 0, and all of them add up to the move.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Steps: TypeAlias = npt.NDArray[np.object_]
"""Whole numbers of steps of the last decimal, of any size."""


def shapley(values: Steps, causes: int) -> Steps:
    """Return what each of the causes brings: causes × units, in the steps of `values`, adding up exactly.

    `values` are v(S), sets × units; the set number s holds cause i if bit i of s is set. Shares are closed by
    the largest remainder: each is rounded down, and the steps that are left over go one by one to the causes
    with the largest remainders, of equal ones to the first.

    Examples:
        >>> v = np.array([[0], [1], [2], [10]], dtype=object)
        >>> shapley(v, 2).tolist()
        [[5], [5]]
        >>> shapley(np.array([[0], [1], [2], [8]], dtype=object), 2).tolist()
        [[4], [4]]
    """
    if causes == 0:
        return values[:0]
    whole = math.factorial(causes)
    sums = np.stack([_weighted(values, cause, causes) for cause in range(causes)])
    return _closed(sums, whole)


def in_order(values: Steps, order: Sequence[int]) -> Steps:
    """Return what each cause adds where they come in one after the other: causes × units.

    Examples:
        >>> v = np.array([[0], [1], [2], [10]], dtype=object)
        >>> in_order(v, [0, 1]).tolist(), in_order(v, [1, 0]).tolist()
        ([[1], [9]], [[8], [2]])
    """
    found = [np.zeros(values.shape[1], dtype=object)] * len(order)
    here = 0
    for cause in order:
        there = here | (1 << cause)
        found[cause] = values[there] - values[here]
        here = there
    return np.stack(found) if found else values[:0]


def _weighted(values: Steps, cause: int, causes: int) -> Steps:
    """Return k! times the Shapley value of one cause."""
    bit = 1 << cause
    total = np.zeros(values.shape[1], dtype=object)
    for subset in range(len(values)):
        if subset & bit:
            continue
        size = subset.bit_count()
        orders = math.factorial(size) * math.factorial(causes - size - 1)
        total = total + orders * (values[subset | bit] - values[subset])
    return total


def _closed(sums: Steps, whole: int) -> Steps:
    """Return `sums` divided by `whole`, rounded so that they add up to the whole of them."""
    low: Steps = sums // whole
    rest: Steps = sums % whole
    left = rest.sum(axis=0) // whole
    # the first cause wins among equals: a stable sort by the remainder, largest first
    ranks = np.argsort(np.argsort(-rest.astype(np.int64), axis=0, kind="stable"), axis=0, kind="stable")
    closed: Steps = low + (ranks < left[None, :].astype(np.int64)).astype(object)
    return closed
