"""区间插值: straight lines through points."""

from __future__ import annotations

from dataclasses import dataclass

from quanheng.scheme.rules.pairs import pairs_in_chinese
from quanheng.scheme.rules.rule import Answers, Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Bands(Rule):
    """区间插值: straight lines through the (x, p) points in rising x, flat outside."""

    points: tuple[tuple[float, float], ...]

    def _answers(self) -> Answers:
        return Answers(
            name="bands",
            roles=(),
            formulas=(),
            statistics=(),
            shown=(),
            completes=False,
            divides_by_target=False,
            base_points=0.0,
            fewest_points=min(points for _, points in self.points),
            thresholds=tuple(x for x, _ in self.points),
            allowed=None,
            ends=None,
        )

    def _in_chinese(self) -> str:
        return f"区间插值：{pairs_in_chinese(self.points)}，其间按直线，两端不变"
