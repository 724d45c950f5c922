"""Where an indicator ends: caps that many have reached, points nobody can lose, one unit that decides."""

from __future__ import annotations

import math
from typing import Literal

import numpy as np

from quanheng.findings.value import Value
from quanheng.scheme.rules.pool import LEAST, MEAN, MOST, Deviation
from quanheng.scheme.tree.scheme import Indicator
from quanheng.studies.audit.figures.statistics import Column
from quanheng.studies.audit.pool import Pool


class Ends(Value):
    """The ends of an indicator in a group, of which `n` units have points; NaN where there is none.

    `possible` is the fewest points the rule can give, None where nothing bounds them. `at_most` is the
    share of units that have the most points anyone has; `hidden`, how many different measures they have:
    more than one where a cap no longer tells them apart. `alone` is the part of the range of the measure
    that lies between the unit in `row` and the next; `moves_others`, whether the rule looks at the extremes
    or the mean of the pool, so that this unit's value decides the others' points.
    """

    indicator: str
    n: int
    possible: float | None
    least: float
    greatest: float
    at_most: float
    hidden: int
    alone: float
    row: int | None
    end: Literal["low", "high"] | None
    moves_others: bool


def ends_of(pool: Pool, indicator: Indicator, column: Column) -> Ends:
    """Return where `indicator` ends; `column` are its points."""
    points, treated = column.values, pool.treated(indicator.code)
    top = points >= column.greatest if column.n else np.zeros(len(points), dtype=bool)
    hidden = Column(treated[top]).unique
    low, high = Column(treated).gaps
    alone, end, row = math.nan, None, None
    if not math.isnan(low):
        alone, end = max((high, "high"), (low, "low"))
        row = int(np.nanargmax(treated) if end == "high" else np.nanargmin(treated))
    fewest = indicator.rule.fewest_points
    return Ends(
        indicator=indicator.code,
        n=column.n,
        possible=fewest if math.isfinite(fewest) else None,
        least=column.least,
        greatest=column.greatest,
        at_most=float(top.sum() / column.n) if column.n else math.nan,
        hidden=hidden,
        alone=alone,
        row=row,
        end="high" if end == "high" else None if end is None else "low",
        moves_others=any(
            each in (LEAST, MOST, MEAN) or isinstance(each, Deviation) for each in indicator.rule.statistics()
        ),
    )
