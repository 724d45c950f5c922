"""Whether enough of a dimension's children have values of their own in a replicate (absence §8)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from quanheng.engine.frame import columns as c
from quanheng.engine.frame.rounding import comparable
from quanheng.engine.replicates.arrays import Array, Flags, elementwise, filled, quotient
from quanheng.engine.replicates.base import Base
from quanheng.scheme.tree.scheme import Dimension, Indicator


def counted_where_enough(
    counted: Array, dimension: Dimension, children: Sequence[tuple[Array, Flags]], base: Base
) -> Array:
    """Return the weight that is `counted`, 0 where too little of the dimension is there.

    `children` are the weight of each, and where it has points.
    """
    least = dimension.least
    if least is None:
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
