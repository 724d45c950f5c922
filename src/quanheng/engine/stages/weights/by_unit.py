"""The pools of a collected table, weighed unit by unit (benefit of the doubt)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals as nw
import numpy as np

from quanheng.engine.frame import columns as c
from quanheng.engine.stages.weights.bod import Matrix, bod_weights
from quanheng.scheme.tree.scheme import Dimension
from quanheng.scheme.weights.methods import BenefitOfTheDoubt


def weighed_units(
    table: nw.DataFrame[Any], dimension: Dimension, method: BenefitOfTheDoubt, pool: Sequence[str]
) -> list[list[float]]:
    """Return the weights of each child and the benchmark, as columns over the rows of `table`; NaN is none.

    A child that does not apply to a unit's group has no points there, and so no weight.
    """
    points = np.column_stack(
        [
            table[c.points(child.code)].cast(nw.Float64()).fill_null(float("nan")).to_numpy()
            for child in dimension.children
        ]
    )
    weights: Matrix = np.full(points.shape, np.nan)
    benchmark: Matrix = np.full(len(points), np.nan)
    for rows in _pools(table, pool):
        found = bod_weights(points[rows], method)
        weights[rows] = found.weights
        benchmark[rows] = found.benchmark
    return [*weights.T.tolist(), benchmark.tolist()]


def _pools(table: nw.DataFrame[Any], pool: Sequence[str]) -> list[Matrix]:
    """Return the positions of the rows of each pool."""
    numbered = table.select(*pool).with_row_index("row")
    return [np.sort(part["row"].to_numpy()) for _, part in numbered.group_by(list(pool))]
