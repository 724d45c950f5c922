"""The scheme and the table that several cases share."""

from __future__ import annotations

import numpy as np
import polars as pl

from quanheng.scheme.model import Scheme
from quanheng.scheme.read import scheme_from_mapping

INDICATORS = 20


def min_max_scheme() -> Scheme:
    """Return 20 indicators of equal weight, each scaled between the least and the greatest value."""
    codes = [f"x{index}" for index in range(INDICATORS)]
    rule = {"scale": {"worst": "observed", "best": "observed"}}
    return scheme_from_mapping(
        {
            "items": {code: {} for code in codes},
            "weights": "equal",
            "indicators": {f"i_{code}": {"measure": code, "rule": rule} for code in codes},
        }
    )


def random_table(size: int) -> pl.DataFrame:
    """Return `size` units with random figures, the same each time."""
    generator = np.random.default_rng(20231231)
    figures = {f"x{index}": generator.random(size) for index in range(INDICATORS)}
    return pl.DataFrame({"unit": [f"U{index:08d}" for index in range(size)], **figures})
