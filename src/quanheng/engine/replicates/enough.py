"""Whether enough of a dimension's children have values of their own in a replicate (absence §8)."""

from __future__ import annotations

import functools
import operator
from collections.abc import Sequence

import numpy as np

from quanheng.engine.frame import columns as c
from quanheng.engine.frame.rounding import comparable
from quanheng.engine.replicates.arrays import Array, Flags, elementwise, filled, quotient
from quanheng.engine.replicates.base import Base
from quanheng.scheme.gaps.policies import Least
from quanheng.scheme.tree.scheme import Dimension, Indicator, Node


def counted_where_enough(
    counted: Array, dimension: Dimension, children: Sequence[tuple[Array, Flags]], base: Base
) -> Array:
    """Return the weight that is `counted`, 0 where too little of the dimension is there.

    `children` are the weight of each, and where it has points.
    """
    least = dimension.least
    if least is None:
        return counted
    there = _required_are_there(dimension, least, children, base)
    counted = counted if there is None else np.where(there, counted, 0.0)
    if not least.asks_for_some:
        return counted
    own = every = np.zeros((1, 1))
    for child, (stated, has_points) in zip(dimension.children, children, strict=True):
        weight = filled(stated)
        has, applies = has_points & (weight > 0.0), np.ones((1, 1), dtype=np.bool_)
        if isinstance(child, Indicator):
            absence = base.absence[child.code]
            has = has & (absence == c.PRESENT)
            applies = (absence >= 0) & (absence != c.NOT_APPLICABLE)
        own = own + np.where(has, weight if least.count is None else 1.0, 0.0)
        every = every + np.where(applies, weight, 0.0)
    if least.count is not None:
        return np.where(own >= least.count, counted, 0.0)
    share = np.where(every > 0.0, quotient(own, every), 0.0)
    return np.where(elementwise(share, comparable) >= (least.share or 0.0), counted, 0.0)


def _required_are_there(
    dimension: Dimension, least: Least, children: Sequence[tuple[Array, Flags]], base: Base
) -> Flags | None:
    """Return where a unit has all that is required; None where nothing is."""
    found = [
        _is_there(child, has_points, base)
        for child, (_, has_points) in zip(dimension.children, children, strict=True)
        if child.code in least.required
    ]
    if least.condition is not None:
        found.append(base.stands[dimension.code])
    return functools.reduce(operator.and_, found) if found else None


def _is_there(child: Node, has_points: Flags, base: Base) -> Flags:
    """Return where a unit has points of its own at `child`, or nothing that applies to it."""
    inside = [group.code in child.groups for group in base.scheme.groups]
    elsewhere = ~np.array(inside, dtype=np.bool_)[base.group][None, :]
    if not isinstance(child, Indicator):
        return has_points | elsewhere
    absence = base.absence[child.code]
    there = (has_points & (absence == c.PRESENT)) | (absence == c.NOT_APPLICABLE) | elsewhere
    return np.asarray(there, dtype=np.bool_)
