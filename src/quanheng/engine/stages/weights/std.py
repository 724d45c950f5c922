"""The standard deviation weights (标准离差法)."""

from __future__ import annotations

import math

from quanheng.engine.stages.weights.moments import Moments
from quanheng.engine.stages.weights.proportions import proportions


def std_weights(moments: Moments) -> tuple[float, ...]:
    """Return weights in proportion to the standard deviation of the children's points, in their order.

    A child whose points are all equal weighs nothing; if that holds for all, they weigh the same. Points are
    taken as they are: all are on the scale to 100 already.
    """
    varying = moments.varying
    raw = [math.sqrt(moments.products[i][i]) if i in varying else 0.0 for i in range(len(moments.children))]
    return proportions(raw, varying)
