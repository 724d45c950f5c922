"""Weighted means of the points of all indicators at once, without the tree between."""

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

_HANDBOOK = "OECD/JRC, Handbook on Constructing Composite Indicators (2008)"


class _Mean(Method):
    looks_at: ClassVar[Basis] = "points"
    more: ClassVar[str] = "p"
    less: ClassVar[str] = "p"
    better: ClassVar[Direction] = "more"
    source: ClassVar[str] = _HANDBOOK


class ArithmeticMean(_Mean):
    """Σ wp."""

    name: ClassVar[MethodWord] = "arithmetic"
    title: ClassVar[Text] = Text(en="arithmetic mean", zh="算术平均")

    def scores(self, decision: Decision) -> Column:
        """Return the mean of the points."""
        mean: Column = np.sum(decision.point_weights * filled(decision.points), axis=1)
        return mean


class _OfPositive(_Mean):
    def refusals(self, decision: Decision) -> Iterator[Finding]:
        """Yield that points are not above 0."""
        names = tuple(each.indicator.name for each in decision.all_criteria)
        yield from outside(self, decision, decision.points, names, zero_is_legal=False)


class GeometricMean(_OfPositive):
    """Π p^w."""

    name: ClassVar[MethodWord] = "geometric"
    title: ClassVar[Text] = Text(en="geometric mean", zh="几何平均")

    def scores(self, decision: Decision) -> Column:
        """Return the mean of the points."""
        logs = np.log(filled(decision.points, 1.0))
        mean: Column = np.exp(np.sum(decision.point_weights * logs, axis=1))
        return mean


class HarmonicMean(_OfPositive):
    """1 / Σ w/p."""

    name: ClassVar[MethodWord] = "harmonic"
    title: ClassVar[Text] = Text(en="harmonic mean", zh="调和平均")

    def scores(self, decision: Decision) -> Column:
        """Return the mean of the points."""
        mean: Column = 1.0 / np.sum(decision.point_weights / filled(decision.points, 1.0), axis=1)
        return mean
