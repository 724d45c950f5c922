"""The entropy weights (熵权法): a child whose points differ more between the units weighs more."""

from __future__ import annotations

import math

from quanheng.engine.stages.weights.moments import Moments
from quanheng.engine.stages.weights.proportions import proportions


def entropy_weights(moments: Moments) -> tuple[float, ...]:
    """Return the weights by Shannon's entropy, in the order of the children.

    With p_i = x_i / sum of x, the part unit i has of a child's points among n units,

        e = -(sum of p·ln p)/ln n,   d = 1 - e,   weight = d / sum of d.

    A child whose points are all equal has e = 1 and weighs nothing; if that holds for all, they weigh the
    same. Points must be 0 or more, and p·ln p is 0 at 0. Points are taken as they are: no further scaling and
    no shift away from 0, which would change the weights.

    Sources: C. E. Shannon, "A mathematical theory of communication", Bell System Technical Journal 27 (1948);
    C.-L. Hwang and K. Yoon, Multiple Attribute Decision Making (1981), section on the entropy method.
    """
    # d·ln n is the Kullback-Leibler distance from equal parts, the sum of p·ln(n·p)
    scale = moments.units * math.log(moments.units) if moments.units > 1 else math.inf
    varying = moments.varying
    raw = [moments.divergence[i] / scale if i in varying else 0.0 for i in range(len(moments.children))]
    return proportions(raw, varying)
