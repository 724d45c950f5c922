"""The scheme and the table that several cases share."""

from __future__ import annotations

import numpy as np
import polars as pl

from quanheng.scheme.files.read import scheme_from_mapping
from quanheng.scheme.tree.scheme import Scheme

INDICATORS = 20
_CHILDREN, _TOPS = 7, 3
_RULE = {"scale": {"worst": "observed", "best": "observed"}}


def min_max_scheme(indicators: int = INDICATORS) -> Scheme:
    """Return 20 indicators of equal weight, each scaled between the least and the greatest value."""
    codes = [f"x{index}" for index in range(indicators)]
    return scheme_from_mapping(
        {
            "items": {code: {} for code in codes},
            "weights": "equal",
            "indicators": {f"i_{code}": {"measure": code, "rule": _RULE} for code in codes},
        }
    )


def tree_scheme(indicators: int, aggregate: str) -> Scheme:
    """Return so many indicators in dimensions of seven, and these below three, all joined by `aggregate`."""
    items: dict[str, dict[str, object]] = {f"x{index}": {} for index in range(indicators)}
    leaves = [(f"i_{code}", {"measure": code, "rule": _RULE}) for code in items]
    dimensions = {
        f"d{start}": {"children": dict(leaves[start : start + _CHILDREN])}
        for start in range(0, indicators, _CHILDREN)
    }
    tops: dict[str, dict[str, object]] = {f"t{index}": {} for index in range(min(_TOPS, len(dimensions)))}
    for index, (code, dimension) in enumerate(dimensions.items()):
        tops[f"t{index % len(tops)}"][code] = dimension | {"aggregate": aggregate}
    tree = {code: {"children": children, "aggregate": aggregate} for code, children in tops.items()}
    return scheme_from_mapping(
        {"items": items, "weights": "equal", "aggregate": aggregate, "indicators": tree}
    )


def random_table(size: int, indicators: int = INDICATORS) -> pl.DataFrame:
    """Return `size` units with random figures, the same each time."""
    generator = np.random.default_rng(20231231)
    figures = {f"x{index}": generator.random(size) for index in range(indicators)}
    return pl.DataFrame({"unit": [f"U{index:08d}" for index in range(size)], **figures})
