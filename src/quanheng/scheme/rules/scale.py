"""功效系数法、极差法: between a worst and a best value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from typing import Final, Literal

from quanheng.scheme.rules.anchors import Anchor, Constant, Observed, Role
from quanheng.scheme.rules.rule import Answers, Rule

_CLAMPS: Final[Mapping[str, str]] = {
    "both": "比率限于0至1",
    "above": "比率不超过1",
    "below": "比率不低于0",
    "none": "比率不限",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale(Rule):
    """功效系数法、极差法: r = (x - worst)/(best - worst); p = base + (100 - base)·f(r).

    f(r) = r for `linear`; ((100/base)^r - 1)/(100/base - 1), that is p = base·(100/base)^r, for
    `exponential` (which needs base > 0). `clamp` bounds r to [0, 1] on `both` sides, only `above`,
    only `below`, or `none`. `round_ratio` rounds r half-up to so many decimals first.

    Examples:
        >>> rule = Scale(worst=Constant(20.0, "20"), best=Constant(85.0, "85"))
        >>> rule.in_words("en")
        'scale: worst 20, best 85, base 0, clamp both, curve linear'
        >>> rule.in_words("zh")
        '功效系数法：最差值为20，最优值为85，基础分0，比率限于0至1，直线'
        >>> Scale(base=60.0).fewest_points
        60.0
    """

    worst: Anchor = Observed()
    best: Anchor = Observed()
    base: float = 0.0
    clamp: Literal["both", "above", "below", "none"] = "both"
    curve: Literal["linear", "exponential"] = "linear"
    round_ratio: int | None = None

    def _answers(self) -> Answers:
        bounded = self.clamp in {"both", "below"} or self.curve == "exponential"
        return Answers(
            name="scale",
            roles=(Role("worst", self.worst, best=False), Role("best", self.best, best=True)),
            formulas=(),
            statistics=(),
            shown=(),
            completes=False,
            divides_by_target=False,
            base_points=self.base,
            fewest_points=self.base if bounded else -inf,
            thresholds=tuple(end.value for end in (self.worst, self.best) if isinstance(end, Constant)),
            allowed=None,
            ends=(self.worst, self.best),
        )

    def _in_chinese(self) -> str:
        curve = "直线" if self.curve == "linear" else "指数曲线"
        rounded = "" if self.round_ratio is None else f"，比率取{self.round_ratio}位小数"
        return (
            f"功效系数法：最差值为{self.worst.in_words('zh')}，最优值为{self.best.in_words('zh')}，"
            f"基础分{self.base:g}，{_CLAMPS[self.clamp]}，{curve}{rounded}"
        )
