"""比值法: the measure by a reference."""

from __future__ import annotations

from dataclasses import dataclass

from quanheng.scheme.rules.anchors import Reference, Role, Statistic
from quanheng.scheme.rules.rule import Answers, Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio(Rule):
    """比值法: 100·x/ref (direction less: 100·ref/x), not over `cap`, not under 0."""

    ref: Reference
    cap: float | None = None

    def _answers(self) -> Answers:
        role = self.ref.name if isinstance(self.ref, Statistic) else "ref"
        return Answers(
            name="ratio",
            roles=(Role(role, self.ref, best=True),),
            formulas=(),
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
        capped = "" if self.cap is None else f"，不超过{self.cap:g}分"
        return f"比值法：与{self.ref.in_words('zh')}之比{capped}"
