"""VIKOR: the compromise between the regret of all criteria together and that of the worst single one.

Sᵢ = Σ wᵢⱼ·(best - x)/(best - worst), Rᵢ = max of the same parts, and with S⁻, S⁺ their least and greatest,
Qᵢ = v·(Sᵢ - S⁻)/(S⁺ - S⁻) + (1 - v)·(Rᵢ - R⁻)/(R⁺ - R⁻). Less is better.
"""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.scheme.rules.anchors import Direction
from quanheng.studies.opinions.decision import Decision
from quanheng.studies.opinions.form import Basis, MethodWord
from quanheng.studies.opinions.methods.method import Column, Method, filled, unit_range
from quanheng.studies.statistics.ranks import places_of


class Compromise(Value):
    """The regrets of each unit, and whom VIKOR proposes.

    `advantage` is how far the second lies behind the first in Q, to be at least `needed`, 1/(n - 1).
    `is_stable` says that the first is also best by S or by R. If both hold, `members` (positions) is the
    first alone; if only the advantage does, the second as well; else all whose Q lies less than `needed`
    behind.
    """

    regret: Column
    worst: Column
    q: Column
    advantage: float
    needed: float
    is_stable: bool
    members: NDArray[np.int64]

    @property
    def has_advantage(self) -> bool:
        """Whether the first lies far enough in front of the second."""
        return self.advantage >= self.needed - _NOISE


_NOISE = 0.5e-9


class Vikor(Method, kw_only=False):
    """VIKOR with the weight `v` for the regret of all criteria together."""

    v: float = 0.5

    name: ClassVar[MethodWord] = "vikor"
    title: ClassVar[Text] = Text(en="VIKOR", zh="VIKOR")
    looks_at: ClassVar[Basis] = "measures"
    more: ClassVar[str] = "(max − x) / (max − min)"
    less: ClassVar[str] = "(x − min) / (max − min)"
    better: ClassVar[Direction] = "less"
    source: ClassVar[str] = "Opricovic and Tzeng, European Journal of Operational Research 156 (2004)"

    def scores(self, decision: Decision) -> Column:
        """Return Q, 0 to 1; less is better."""
        return self.compromise(decision).q

    def compromise(self, decision: Decision) -> Compromise:
        """Return the regrets and the compromise set."""
        parts = decision.weights * filled(1.0 - unit_range(decision))
        regret, worst = parts.sum(axis=1), parts.max(axis=1)
        q = self.v * _spread(regret) + (1.0 - self.v) * _spread(worst)
        order = np.lexsort((np.arange(q.size), regret, np.round(q, 9)))
        first = order[0]
        needed = 1.0 / (q.size - 1)
        advantage = float(q[order[1]] - q[first])
        is_stable = bool(places_of(-regret)[first] == 1 or places_of(-worst)[first] == 1)
        if advantage < needed - _NOISE:
            members = order[q[order] - q[first] < needed - _NOISE]
        else:
            members = order[:1] if is_stable else order[:2]
        return Compromise(
            regret=regret,
            worst=worst,
            q=q,
            advantage=advantage,
            needed=needed,
            is_stable=is_stable,
            members=members,
        )


def _spread(values: Column) -> Column:
    """Return values from 0 to 1; where they are all equal this part tells nobody apart: 0."""
    least, greatest = values.min(), values.max()
    if greatest - least <= _NOISE:
        return np.zeros_like(values)
    spread: Column = (values - least) / (greatest - least)
    return spread
