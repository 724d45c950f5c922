"""PROMETHEE II: by how much more weight a unit is preferred to others than others to it.

φᵢ = Σ wᵢⱼ·φⱼ(i), φⱼ(i) = Σₖ [P(xᵢ - xₖ) - P(xₖ - xᵢ)] / (nⱼ - 1) over the nⱼ units that have the criterion.
The pairs are never formed: the values of a criterion are sorted once, and how many lie below, or how far they
do in all, is looked up. That takes n·log n steps and a few columns of memory for each criterion.
"""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from quanheng.findings.text import Text
from quanheng.scheme.rules.anchors import Direction
from quanheng.studies.opinions.decision import Decision
from quanheng.studies.opinions.form import Basis, MethodWord, Preference
from quanheng.studies.opinions.methods.method import Column, Method, filled

_SLACK = 1e-12
"""Parts of a range nearer to each other than this are equal."""


class Promethee(Method, kw_only=False):
    """PROMETHEE II with one preference function for all criteria.

    `usual`: any difference counts in full. `linear`: nothing up to `indifference`, all from `strict` on, both
    as parts of the criterion's observed range, and in proportion between.
    """

    preference: Preference = "usual"
    indifference: float = 0.0
    strict: float = 1.0

    name: ClassVar[MethodWord] = "promethee"
    title: ClassVar[Text] = Text(en="PROMETHEE II", zh="PROMETHEE II")
    looks_at: ClassVar[Basis] = "measures"
    more: ClassVar[str] = "P(xᵢ − xₖ)"
    less: ClassVar[str] = "P(xₖ − xᵢ)"
    better: ClassVar[Direction] = "more"
    source: ClassVar[str] = "Brans and Vincke, Management Science 31 (1985)"

    def scores(self, decision: Decision) -> Column:
        """Return the net flow, -1 to 1."""
        total = np.zeros(len(decision.units))
        for at, is_benefit in enumerate(decision.benefit):
            values = decision.values[:, at] if is_benefit else -decision.values[:, at]
            total += decision.weights[:, at] * filled(self.flow(values))
        return total

    def flow(self, values: Column) -> Column:
        """Return the net flow of one criterion, more being better; NaN where there is no value.

        Examples:
            >>> Promethee().flow(np.array([3.0, 1.0, 2.0, 2.0])).tolist()
            [1.0, -1.0, 0.0, 0.0]
        """
        flow = np.full_like(values, np.nan)
        there = ~np.isnan(values)
        own = values[there]
        if own.size == 0:
            return flow
        least, greatest = own.min(), own.max()
        if own.size == 1 or greatest == least:
            flow[there] = 0.0
            return flow
        share = (own - least) / (greatest - least)
        # how far others lie above is how far they lie below, of the same values turned round
        flow[there] = (self._preferred(share) - self._preferred(1.0 - share)) / (own.size - 1)
        return flow

    def _preferred(self, share: Column) -> Column:
        """Return the sum of the preferences of each value over all values; more is better."""
        ordered = np.sort(share)
        if self.preference == "usual":
            return np.searchsorted(ordered, share - _SLACK, side="left").astype(np.float64)
        low, high = self.indifference, self.strict
        beyond = np.searchsorted(ordered, share - low - _SLACK, side="left")
        if high - low <= _SLACK:
            return beyond.astype(np.float64)
        full = np.searchsorted(ordered, share - high, side="right")
        sums = np.concatenate([[0.0], np.cumsum(ordered)])
        partly = (beyond - full) * (share - low) - (sums[beyond] - sums[full])
        preferred: Column = full + partly / (high - low)
        return preferred
