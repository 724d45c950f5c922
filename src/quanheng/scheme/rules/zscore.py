"""标准化: standard scores."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import Literal

from quanheng.scheme.rules.anchors import Observed
from quanheng.scheme.rules.pool import EXTREMES, MEAN, Deviation
from quanheng.scheme.rules.rule import Answers, Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class ZScore(Rule):
    """标准化: center + spread·(x - mean)/sd, the sign by the direction; sd with n - ddof."""

    center: float = 50.0
    spread: float = 10.0
    ddof: Literal[0, 1] = 1

    def _answers(self) -> Answers:
        return Answers(
            name="zscore",
            roles=(),
            formulas=(),
            statistics=(MEAN, *EXTREMES, Deviation(self.ddof)),
            shown=(MEAN, Deviation(self.ddof)),
            completes=False,
            divides_by_target=False,
            base_points=0.0,
            fewest_points=-inf,
            thresholds=(),
            allowed=None,
            ends=(Observed(), Observed()),
        )

    def _in_chinese(self) -> str:
        below = "n−1" if self.ddof else "n"
        return f"标准化：{self.center:g}＋{self.spread:g}×标准分（标准差除以{below}）"
