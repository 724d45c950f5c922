"""百分位: the share of the others that a unit beats."""

from __future__ import annotations

from dataclasses import dataclass

from quanheng.scheme.rules.pool import COUNT, Rank
from quanheng.scheme.rules.rule import Answers, Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Percentile(Rule):
    """百分位: 100·(units strictly worse)/(n - 1); n = 1 gives 100."""

    def _answers(self) -> Answers:
        return Answers(
            name="percentile",
            roles=(),
            formulas=(),
            statistics=(COUNT, Rank(of_beaten=True)),
            shown=(Rank(of_beaten=True), COUNT),
            completes=False,
            divides_by_target=False,
            base_points=0.0,
            fewest_points=0.0,
            thresholds=(),
            allowed=None,
            ends=None,
        )

    def _in_chinese(self) -> str:
        return "百分位：所超过单位占其他单位的百分比"
