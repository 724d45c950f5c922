"""Replicates that are scored from their figures on, where the points of indicators follow from weights."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeAlias

from quanheng.engine.replicates.anew.entire import Entire
from quanheng.engine.replicates.base import has_fixed_points
from quanheng.studies.variants.edits import with_weights
from quanheng.studies.variants.marks import with_worthless_rated

if TYPE_CHECKING:
    from quanheng.engine.replicates.anew.copies import Figures
    from quanheng.engine.replicates.arrays import Array
    from quanheng.engine.replicates.base import Edge
    from quanheng.engine.replicates.prepared import Prepared

Scored: TypeAlias = "Callable[[int, Mapping[Edge, Array]], Prepared]"
"""Takes the number of a replicate and its weights."""


def scored_anew(points: Prepared, figures_of: Callable[[int], Figures]) -> Scored | None:
    """Return what scores replicates of what was prepared, each with figures of its own.

    None where the points of indicators stay as they are, whatever the weights.
    """
    if has_fixed_points(points.base.scheme):
        return None
    scorings = Entire(points, lambda scheme, weights: with_worthless_rated(with_weights(scheme, weights)))
    return lambda number, weights: scorings.scored(weights, figures_of(number))
