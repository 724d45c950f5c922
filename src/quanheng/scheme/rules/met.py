"""达标赋分: a condition that holds or not."""

from __future__ import annotations

from dataclasses import dataclass

from quanheng.scheme.formula import Formula
from quanheng.scheme.rules.rule import Answers, Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Met(Rule):
    """达标赋分: 100 if the condition over `x`, `target` and items holds, else 0."""

    condition: Formula

    def _answers(self) -> Answers:
        return Answers(
            name="met",
            roles=(),
            formulas=(self.condition,),
            statistics=(),
            shown=(),
            completes=False,
            divides_by_target=False,
            base_points=0.0,
            fewest_points=0.0,
            thresholds=(),
            allowed=None,
            ends=None,
        )

    def _in_chinese(self) -> str:
        return f"达标赋分：满足 {self.condition.text} 得100分，否则0分"
