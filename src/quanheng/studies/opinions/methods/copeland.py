"""Copeland: in each pair of units, who is better on more weight wins (points §1 f, here over all criteria).

100·(wins - losses + n - 1) / (2·(n - 1)). Where weights differ by unit, a pair is weighed with the mean of
the two; a criterion that one of them lacks does not count.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Final

import numpy as np

from quanheng.findings.finding import Finding
from quanheng.findings.text import Text
from quanheng.scheme.rules.anchors import Direction
from quanheng.studies.opinions.decision import Decision
from quanheng.studies.opinions.form import Basis, MethodWord
from quanheng.studies.opinions.methods.method import TOO_MANY, Column, Matrix, Method

MOST_UNITS: Final = 5_000
"""Units of a group: their pairs are n², 25 million."""
_AT_ONCE: Final = 2_000_000
"""Pairs that stand in memory together."""


class Copeland(Method):
    """Copeland's rule over all criteria at once."""

    name: ClassVar[MethodWord] = "copeland"
    title: ClassVar[Text] = Text(en="Copeland", zh="Copeland（两两比较）")
    looks_at: ClassVar[Basis] = "measures"
    more: ClassVar[str] = "xᵢ > xₖ"
    less: ClassVar[str] = "xᵢ < xₖ"
    better: ClassVar[Direction] = "more"
    source: ClassVar[str] = "Copeland (1951); Munda and Nardo, Applied Economics 41 (2009)"

    def refusals(self, decision: Decision) -> Iterator[Finding]:
        """Yield that there are too many pairs."""
        if len(decision.units) > MOST_UNITS:
            yield TOO_MANY.at(
                method=self.title,
                group=decision.group.name,
                count=len(decision.units),
                most=MOST_UNITS,
            )

    def scores(self, decision: Decision) -> Column:
        """Return the points, 0 to 100."""
        values = np.where(decision.benefit, decision.values, -decision.values)
        count = len(values)
        balance = np.zeros(count)
        rows = max(1, _AT_ONCE // count)
        for start in range(0, count, rows):
            stop = min(start + rows, count)
            balance[start:stop] = _balance(values, decision.weights, start, stop)
        points: Column = 100.0 * (balance + count - 1.0) / (2.0 * (count - 1.0))
        return points


def _balance(values: Matrix, weights: Matrix, start: int, stop: int) -> Column:
    """Return wins less losses of the units from `start` to `stop`, against all."""
    margin = np.zeros((stop - start, len(values)))
    for mine, theirs, own, other in zip(
        values[start:stop].T, values.T, weights[start:stop].T, weights.T, strict=True
    ):
        apart = mine[:, None] - theirs[None, :]
        # NaN, where one of the two lacks the criterion, is neither above nor below
        sign = (apart > 0.0).astype(np.float64) - (apart < 0.0)
        margin += sign * ((own[:, None] + other[None, :]) / 2.0)
    balance: Column = np.sign(np.round(margin, 9)).sum(axis=1)
    return balance
