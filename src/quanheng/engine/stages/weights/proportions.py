"""Raw importance as weights that add up to 1."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from typing import Final

DECIMALS: Final = 12
"""Decimals of a computed weight: engines that add in another order agree on them."""


def proportions(raw: Sequence[float], varying: Collection[int]) -> tuple[float, ...]:
    """Return `raw` as parts of its sum; if that is 0, equal parts for the `varying`, for all if none varies.

    Examples:
        >>> proportions([3.0, 1.0, 0.0], varying=[0, 1])
        (0.75, 0.25, 0.0)
        >>> proportions([0.0, 0.0, 0.0], varying=[0, 1])
        (0.5, 0.5, 0.0)
    """
    total = math.fsum(raw)
    if total > 0.0:
        return tuple(round(value / total, DECIMALS) for value in raw)
    sharing = set(varying) or set(range(len(raw)))
    return tuple(round(1.0 / len(sharing), DECIMALS) if i in sharing else 0.0 for i in range(len(raw)))
