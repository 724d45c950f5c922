"""The weighted product: parts of the best, each to the power of its weight.

Pᵢ = Π (xᵢⱼ / best)^wᵢⱼ, for a cost (best / xᵢⱼ)^wᵢⱼ. It needs values above 0.
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
from quanheng.studies.opinions.methods.method import Column, Method, best_of, filled, outside


class Product(Method):
    """The weighted product."""

    name: ClassVar[MethodWord] = "product"
    title: ClassVar[Text] = Text(en="weighted product", zh="加权积法")
    looks_at: ClassVar[Basis] = "measures"
    more: ClassVar[str] = "(x / max)^w"
    less: ClassVar[str] = "(min / x)^w"
    better: ClassVar[Direction] = "more"
    source: ClassVar[str] = "Bridgman, Dimensional Analysis (1922); Miller and Starr (1969)"

    def refusals(self, decision: Decision) -> Iterator[Finding]:
        """Yield that values are not above 0."""
        names = tuple(each.indicator.name for each in decision.criteria)
        yield from outside(self, decision, decision.values, names, zero_is_legal=False)

    def scores(self, decision: Decision) -> Column:
        """Return the product, above 0 to 1."""
        logs = np.log(decision.values) - np.log(best_of(decision))
        signed = np.where(decision.benefit, logs, -logs)
        product: Column = np.exp(np.sum(decision.weights * filled(signed), axis=1))
        return product
