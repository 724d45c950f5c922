"""COPRAS: what is gained by benefits, and what is saved on costs, in proportion to all units.

With vᵢⱼ = wᵢⱼ·xᵢⱼ/Σxⱼ, S⁺ᵢ and S⁻ᵢ the sums of v over benefits and costs,
Qᵢ = S⁺ᵢ + ΣS⁻ / (S⁻ᵢ·Σ(1/S⁻)), and the utility is Qᵢ / max Q. Without costs Qᵢ = S⁺ᵢ.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import numpy as np

from quanheng.findings.finding import Finding
from quanheng.findings.text import Text
from quanheng.scheme.rules.anchors import Direction
from quanheng.studies.opinions.decision import Decision
from quanheng.studies.opinions.form import Basis, MethodWord
from quanheng.studies.opinions.methods.method import (
    NO_COSTS,
    Column,
    Matrix,
    Method,
    filled,
    outside,
)


class Copras(Method):
    """COPRAS."""

    name: ClassVar[MethodWord] = "copras"
    title: ClassVar[Text] = Text(en="COPRAS", zh="COPRAS")
    looks_at: ClassVar[Basis] = "measures"
    more: ClassVar[str] = "x / Σx, in S⁺"
    less: ClassVar[str] = "x / Σx, in S⁻"
    better: ClassVar[Direction] = "more"
    source: ClassVar[str] = "Zavadskas, Kaklauskas and Sarka (1994)"

    def refusals(self, decision: Decision) -> Iterator[Finding]:
        """Yield that values are below 0, or that a unit has no costs to divide by."""
        names = tuple(each.indicator.name for each in decision.criteria)
        below = tuple(outside(self, decision, decision.values, names, zero_is_legal=True))
        yield from below
        if not below and not decision.benefit.all():
            without = int(np.sum(_weighed(decision)[:, ~decision.benefit].sum(axis=1) <= 0.0))
            if without:
                yield NO_COSTS.at(method=self.title, group=decision.group.name, count=without)

    def scores(self, decision: Decision) -> Column:
        """Return the utility, above 0 to 1."""
        weighed = _weighed(decision)
        gained = weighed[:, decision.benefit].sum(axis=1)
        if not decision.benefit.all():
            costs = weighed[:, ~decision.benefit].sum(axis=1)
            gained = gained + costs.sum() / (costs * np.sum(1.0 / costs))
        utility: Column = gained / gained.max()
        return utility


def _weighed(decision: Decision) -> Matrix:
    return decision.weights * filled(decision.values / np.nansum(decision.values, axis=0))
