"""ARAS: a unit's weighted parts of the sum over all, against those of the best of everything.

The best row joins the sum: rᵢⱼ = xᵢⱼ / (x₀ⱼ + Σxⱼ), of a cost 1/x is taken first; Kᵢ = Σ wᵢⱼrᵢⱼ / Σ wᵢⱼr₀ⱼ.
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
from quanheng.studies.opinions.methods.method import Column, Method, filled, outside


class Aras(Method):
    """ARAS with the best observed values as its ideal."""

    name: ClassVar[MethodWord] = "aras"
    title: ClassVar[Text] = Text(en="ARAS", zh="ARAS")
    looks_at: ClassVar[Basis] = "measures"
    more: ClassVar[str] = "x / (max + Σx)"
    less: ClassVar[str] = "(1/x) / (1/min + Σ1/x)"
    better: ClassVar[Direction] = "more"
    source: ClassVar[str] = "Zavadskas and Turskis (2010)"

    def refusals(self, decision: Decision) -> Iterator[Finding]:
        """Yield that benefits are below 0, or costs not above it."""
        benefit = decision.benefit
        names = tuple(each.indicator.name for each in decision.criteria)
        gains = tuple(name for name, more in zip(names, benefit, strict=True) if more)
        costs = tuple(name for name, more in zip(names, benefit, strict=True) if not more)
        yield from outside(self, decision, decision.values[:, benefit], gains, zero_is_legal=True)
        yield from outside(self, decision, decision.values[:, ~benefit], costs, zero_is_legal=False)

    def scores(self, decision: Decision) -> Column:
        """Return the utility, 0 to 1."""
        with np.errstate(divide="ignore"):
            more = np.where(decision.benefit, decision.values, 1.0 / decision.values)
        best = np.nanmax(more, axis=0)
        whole = best + np.nansum(more, axis=0)
        own = np.sum(decision.weights * filled(more / whole), axis=1)
        ideal = np.sum(decision.weights * (best / whole), axis=1)
        utility: Column = own / ideal
        return utility
