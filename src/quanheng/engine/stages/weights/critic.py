"""CRITIC: criteria importance through intercriteria correlation."""

from __future__ import annotations

import math
from typing import Final

from quanheng.engine.stages.weights.moments import Moments
from quanheng.engine.stages.weights.proportions import proportions

_NOISE: Final = 1e-12


def critic_weights(moments: Moments) -> tuple[float, ...]:
    """Return the CRITIC weights, in the order of the children.

    With points scaled to [0, 1] by their least and greatest value, s their standard deviation and r Pearson's
    correlation,

        C_j = s_j · (sum over k of (1 - r_jk)),   weight = C_j / sum of C:

    a child weighs more the more its points differ and the less the others say the same. A child whose points
    are all equal has no correlation: it weighs nothing and is left out of the others' sums. If nothing is
    left, as for two children that always agree, those that vary weigh the same.

    Source: D. Diakoulaki, G. Mavrotas and L. Papayannakis, "Determining objective weights in multiple
    criteria problems: the CRITIC method", Computers & Operations Research 22 (1995).
    """
    varying = moments.varying
    raw = [0.0] * len(moments.children)
    for j in varying:
        contrast = math.sqrt(moments.products[j][j]) / (moments.greatest[j] - moments.least[j])
        raw[j] = contrast * math.fsum(_conflict(moments.correlation(j, k)) for k in varying)
    return proportions(raw, varying)


def _conflict(correlation: float) -> float:
    """Return 1 - r; children that agree are not set apart by noise."""
    return 1.0 - correlation if 1.0 - correlation > _NOISE else 0.0
