"""扣分法: points taken off for each unit of the measure."""

from __future__ import annotations

from dataclasses import dataclass

from quanheng.scheme.rules.rule import Answers, Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Deduct(Rule):
    """扣分法: start - each·max(0, x - free), not under `floor`. In the file `start` is called `from`.

    Examples:
        >>> Deduct(each=0.5, free=2.0).in_words("en")
        'deduct: start 100, each 0.5, free 2, floor 0'
        >>> Deduct(each=0.5, free=2.0).in_words("zh")
        '扣分法：起点100分，超过2的部分每1扣0.5分，不低于0分'
    """

    start: float = 100.0
    each: float
    free: float = 0.0
    floor: float = 0.0

    def _answers(self) -> Answers:
        return Answers(
            name="deduct",
            roles=(),
            formulas=(),
            statistics=(),
            shown=(),
            completes=False,
            divides_by_target=False,
            base_points=0.0,
            fewest_points=min(self.start, self.floor),
            thresholds=(self.free,),
            allowed=None,
            ends=None,
        )

    def _in_chinese(self) -> str:
        over = f"超过{self.free:g}的部分" if self.free else ""
        return f"扣分法：起点{self.start:g}分，{over}每1扣{self.each:g}分，不低于{self.floor:g}分"
