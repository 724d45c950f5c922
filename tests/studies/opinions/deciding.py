"""Data of one group, for the tests of methods."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from quanheng.findings.text import Text
from quanheng.scheme.files.read import scheme_from_mapping
from quanheng.scheme.tree.scheme import Group
from quanheng.studies.opinions.decision import Criterion, Decision


def decision(
    values: Sequence[Sequence[float]],
    directions: Sequence[str],
    weights: Sequence[float] | None = None,
    points: Sequence[Sequence[float]] | None = None,
) -> Decision:
    """Return what methods decide on: NaN is a gap, whose weight goes to the unit's other criteria."""
    matrix = np.array(values, dtype=np.float64)
    count = matrix.shape[1]
    stated = np.full(count, 1.0 / count) if weights is None else np.array(weights, dtype=np.float64)
    own = np.where(np.isnan(matrix), 0.0, stated)
    own = own / own.sum(axis=1, keepdims=True)
    rated = {f"c{at}": {"measure": "x", "weight": 1, "rule": "given"} for at in range(count)}
    scheme = scheme_from_mapping({"weights": "relative", "items": {"x": {}}, "indicators": rated})
    criteria = tuple(
        Criterion(
            indicator=indicator,
            direction="more" if direction == "more" else "less",
            why="direction",
            weight=float(weight),
            gaps=0,
            least=0.0,
            greatest=1.0,
        )
        for indicator, direction, weight in zip(scheme.indicators, directions, stated, strict=True)
    )
    given = matrix if points is None else np.array(points, dtype=np.float64)
    return Decision(
        group=Group(code="all", name=Text(en="all units", zh="全部单位"), marks=100.0),
        units=tuple(f"U{at}" for at in range(len(matrix))),
        names=tuple(f"unit {at}" for at in range(len(matrix))),
        scheme_places=np.arange(1, len(matrix) + 1),
        all_criteria=criteria,
        values=matrix,
        weights=own,
        points=given,
        point_weights=own,
    )
