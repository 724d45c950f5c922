"""TOPSIS: how near a unit is to the best of everything, and how far from the worst.

D⁺ᵢ = √Σ wᵢⱼ²(rᵢⱼ - r⁺ⱼ)², D⁻ᵢ the same to the worst, Cᵢ = D⁻ᵢ / (D⁺ᵢ + D⁻ᵢ).
"""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

import numpy as np

from quanheng.findings.text import Text
from quanheng.scheme.rules.anchors import Direction
from quanheng.studies.opinions.decision import Decision
from quanheng.studies.opinions.form import Basis, MethodWord
from quanheng.studies.opinions.methods.method import Column, Matrix, Method, filled, unit_range


class _Topsis(Method):
    looks_at: ClassVar[Basis] = "measures"
    better: ClassVar[Direction] = "more"
    source: ClassVar[str] = "Hwang and Yoon, Multiple Attribute Decision Making (1981)"

    @abstractmethod
    def _normalised(self, decision: Decision) -> Matrix:
        """Return the values in a form in which they can be added; more is better."""

    def scores(self, decision: Decision) -> Column:
        """Return the closeness to the ideal, 0 to 1."""
        values = self._normalised(decision)
        to_best, to_worst = (
            np.sqrt(np.sum((decision.weights * filled(values - end)) ** 2, axis=1))
            for end in (np.nanmax(values, axis=0), np.nanmin(values, axis=0))
        )
        whole = to_best + to_worst
        near: Column = to_worst / whole
        return near


class TopsisVector(_Topsis):
    """TOPSIS as it was published, with vector normalisation."""

    name: ClassVar[MethodWord] = "topsis_vector"
    title: ClassVar[Text] = Text(en="TOPSIS (vector)", zh="TOPSIS（向量规范化）")
    more: ClassVar[str] = "x / √Σx²"
    less: ClassVar[str] = "−x / √Σx²"

    def _normalised(self, decision: Decision) -> Matrix:
        size = np.sqrt(np.nansum(decision.values**2, axis=0))
        turned: Matrix = np.where(decision.benefit, 1.0, -1.0) * decision.values / size
        return turned


class TopsisMinMax(_Topsis):
    """TOPSIS on values between the worst and the best that are observed."""

    name: ClassVar[MethodWord] = "topsis_minmax"
    title: ClassVar[Text] = Text(en="TOPSIS (min–max)", zh="TOPSIS（极差规范化）")
    more: ClassVar[str] = "(x − min) / (max − min)"
    less: ClassVar[str] = "(max − x) / (max − min)"

    def _normalised(self, decision: Decision) -> Matrix:
        return unit_range(decision)
