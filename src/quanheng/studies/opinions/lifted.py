"""Data with 0 and less taken at 1 to 100, for methods that need more than 0."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from quanheng.studies.opinions.decision import Decision, Matrix

LOW: Final = 1.0
HIGH: Final = 100.0


def lifted(decision: Decision) -> tuple[Decision, int]:
    """Return `decision` with each column that has values of 0 or less at 1 to 100, and how many these are.

    The least value becomes 1 and the greatest 100, whichever is better; the other columns stay as they are.
    """
    values, criteria = _lifted(decision.values)
    points, indicators = _lifted(decision.points)
    return replace(decision, values=values, points=points), max(criteria, indicators)


def _lifted(columns: Matrix) -> tuple[Matrix, int]:
    with np.errstate(invalid="ignore"):
        wanting = (columns <= 0.0).any(axis=0)
    least, greatest = (end(columns[:, wanting], axis=0) for end in (np.nanmin, np.nanmax))
    range_ = np.where(greatest > least, greatest - least, 1.0)
    share = np.where(greatest > least, (columns[:, wanting] - least) / range_, 1.0)
    result = columns.copy()
    result[:, wanting] = np.where(np.isnan(columns[:, wanting]), np.nan, LOW + (HIGH - LOW) * share)
    return result, int(wanting.sum())
