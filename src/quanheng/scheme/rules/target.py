"""目标完成法: the completion of a target."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from quanheng.scheme.rules.rule import Answers, Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Slope:
    """So many points (`amount`) for each `per` of distance from the target, not past `limit` points.

    `per` is in completion (0.01 is one per cent) or, where the target rule compares by difference, in
    the measure's own unit. `whole` counts only complete steps (不足一个步长不计).
    """

    per: float
    amount: float
    limit: float
    whole: bool = False

    def __str__(self) -> str:
        return f"({self.amount:g} per {self.per:g}{' whole' if self.whole else ''}, limit {self.limit:g})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target(Rule):
    """目标完成法: c = x/target (direction less: 2 - x/target).

    `met_only`: 100 if c >= 1 else 0. Without `base`: p = 100·c within [floor, cap]. With `base`: base at
    c = 1, more by the slope `over` (limit: `up_to`), less by the slope `short` (limit: `down_to`); a side
    without a slope stays at `base`. `compare="difference"` uses x - target (less: target - x) in place
    of c - 1, for rates in percentage points.
    """

    met_only: bool = False
    floor: float = 0.0
    cap: float = 100.0
    base: float | None = None
    over: Slope | None = None
    short: Slope | None = None
    compare: Literal["ratio", "difference"] = "ratio"

    def _answers(self) -> Answers:
        return Answers(
            name="target",
            roles=(),
            formulas=(),
            statistics=(),
            shown=(),
            completes=True,
            divides_by_target=self.compare == "ratio",
            base_points=0.0 if self.base is None else self.base,
            fewest_points=self._fewest(),
            thresholds=(),
            allowed=None,
            ends=None,
        )

    def _fewest(self) -> float:
        if self.met_only:
            return 0.0
        if self.base is None:
            return self.floor
        return self.base if self.short is None else self.short.limit

    def _in_chinese(self) -> str:
        compared = "，按与目标之差" if self.compare == "difference" else ""
        if self.met_only:
            return f"目标完成法：完成目标得100分，否则0分{compared}"
        if self.base is None:
            return f"目标完成法：按完成率计分，不低于{self.floor:g}分，不超过{self.cap:g}分{compared}"
        over = self._side(self.over, "超", "加", "最高")
        short = self._side(self.short, "差", "减", "最低")
        return f"目标完成法：完成目标得{self.base:g}分{over}{short}{compared}"

    def _side(self, slope: Slope | None, side: str, change: str, limit: str) -> str:
        if slope is None:
            return ""
        per = f"{slope.per * 100:g}%" if self.compare == "ratio" else f"{slope.per:g}"
        whole = "（不足一步不计）" if slope.whole else ""
        return f"，每{side}{per}{change}{slope.amount:g}分{whole}，{limit}{slope.limit:g}分"
