"""直接评分: the measure itself is the points."""

from __future__ import annotations

from dataclasses import dataclass

from quanheng.scheme.rules.rule import Answers, Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Given(Rule):
    """直接评分: x itself, checked to lie in [low, high]."""

    low: float = 0.0
    high: float = 100.0

    def _answers(self) -> Answers:
        return Answers(
            name="given",
            roles=(),
            formulas=(),
            statistics=(),
            shown=(),
            completes=False,
            divides_by_target=False,
            base_points=0.0,
            fewest_points=self.low,
            thresholds=(),
            allowed=(self.low, self.high),
            ends=None,
        )

    def _in_chinese(self) -> str:
        return f"直接评分：{self.low:g}至{self.high:g}"
