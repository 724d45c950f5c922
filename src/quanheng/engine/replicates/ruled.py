"""Rules on dimensions over arrays of replicates (points §9): rated by the stages that rate a scoring."""

from __future__ import annotations

from typing import Any, Final

import narwhals as nw
import numpy as np

from quanheng.engine.frame import columns as c
from quanheng.engine.frame.engines import polars_engine
from quanheng.engine.frame.tables import table_of
from quanheng.engine.replicates.arrays import Array
from quanheng.engine.replicates.base import Base
from quanheng.engine.stages.aggregation.ruled import with_node_rules
from quanheng.scheme.tree.scheme import Dimension

_POSITION: Final = "position"
_OF_UNITS: Final = frozenset({"attribute", "member"})
_LOOKED_AT: Final = frozenset({"attribute", "member", "item", "item_na"})
"""What may be looked at beside the points, by the first part of the column's name."""


def ruled_points(points: Array, dimension: Dimension, base: Base) -> Array:
    """Return what the rule of `dimension` makes of its joined points, replicates × units; NaN where nothing.

    The units of a pool are those of one replicate.
    """
    if dimension.rule is None:
        return points
    rows, units = points.shape[0], base.units
    wide = _rows_of(dimension, base)
    again = rows // (len(wide) // units)
    laid = nw.concat([wide] * again) if again > 1 else wide
    joined = table_of(
        {
            _POSITION: np.arange(rows * units),
            c.ROUND: np.repeat(np.arange(rows), units),
            c.points(dimension.code): np.broadcast_to(points, (rows, units)).reshape(-1),
        }
    )
    frame = nw.concat([laid, joined], how="horizontal").lazy()
    rated = with_node_rules(
        frame, (dimension,), base.scheme, polars_engine(), pool=(c.GROUP, c.ROUND)
    ).select(_POSITION, c.points(dimension.code))
    made = rated.collect().sort(_POSITION)[c.points(dimension.code)]
    return np.asarray(made.cast(nw.Float64()).to_numpy(), dtype=np.float64).reshape(rows, units)


def _rows_of(dimension: Dimension, base: Base) -> nw.DataFrame[Any]:
    """Return the units of each copy, with what a rule may look at beside the points."""
    rule = dimension.rule
    looks = rule is not None and bool(rule.items() or rule.formulas())
    kinds = _LOOKED_AT if looks else _OF_UNITS
    names = [name for name in base.wide.columns if name.partition("|")[0] in kinds]
    return base.wide.select(c.UNIT, c.GROUP, *names)
