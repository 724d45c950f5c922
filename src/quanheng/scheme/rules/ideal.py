"""适度指标: best inside an interval."""

from __future__ import annotations

from dataclasses import dataclass

from quanheng.scheme.rules.pool import EXTREMES
from quanheng.scheme.rules.rule import Answers, Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Ideal(Rule):
    """适度指标: 100 inside [low, high]; outside falling by the distance over c, not under 0.

    Below: 100·(1 - (low - x)/c); above: 100·(1 - (x - high)/c), with c = `width`, or if that is None
    c = max(low - min, max - high) of the observed values.
    """

    low: float
    high: float
    width: float | None = None

    def _answers(self) -> Answers:
        looked_at = EXTREMES if self.width is None else ()
        return Answers(
            name="ideal",
            roles=(),
            formulas=(),
            statistics=looked_at,
            shown=looked_at,
            completes=False,
            divides_by_target=False,
            base_points=0.0,
            fewest_points=0.0,
            thresholds=(self.low, self.high),
            allowed=None,
            ends=None,
        )

    def _in_chinese(self) -> str:
        limit = "观测到的最大偏离" if self.width is None else f"偏离{self.width:g}"
        return f"适度指标：{self.low:g}至{self.high:g}得100分，{limit}时0分"
