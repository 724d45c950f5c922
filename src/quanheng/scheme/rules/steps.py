"""分档赋分: the points of the threshold reached."""

from __future__ import annotations

from dataclasses import dataclass

from quanheng.scheme.rules.pairs import pairs_in_chinese
from quanheng.scheme.rules.rule import Answers, Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps(Rule):
    """分档赋分: points of the highest threshold reached (direction less: x <= threshold), else `otherwise`.

    `steps` stand in rising order of threshold.
    """

    steps: tuple[tuple[float, float], ...]
    otherwise: float = 0.0

    def _answers(self) -> Answers:
        return Answers(
            name="steps",
            roles=(),
            formulas=(),
            statistics=(),
            shown=(),
            completes=False,
            divides_by_target=False,
            base_points=0.0,
            fewest_points=min(self.otherwise, *(points for _, points in self.steps)),
            thresholds=tuple(x for x, _ in self.steps),
            allowed=None,
            ends=None,
        )

    def _in_chinese(self) -> str:
        return f"分档赋分：{pairs_in_chinese(self.steps)}，其余{self.otherwise:g}分"
