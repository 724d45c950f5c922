"""区间插值: straight lines through points."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Final

from quanheng.findings.text import Text
from quanheng.scheme.fields.lines import Path
from quanheng.scheme.rules.entry import Written
from quanheng.scheme.rules.pairs import Pairs, pairs_in_chinese
from quanheng.scheme.rules.rule import Answers, Rule
from quanheng.scheme.tools.examples import rated
from quanheng.scheme.tools.tool import Option, Tool


class Bands(Rule):
    """区间插值: straight lines through the (x, p) points in rising x, flat outside.

    An x that stands twice is a jump: who reaches it (direction less: x <= it) is on its better side.
    """

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
            compares_values=self.jumps,
            base_points=0.0,
            fewest_points=min(points for _, points in self.points),
            thresholds=tuple(dict.fromkeys(x for x, _ in self.points)),
            allowed=None,
            ranges=(),
            pairs=self.points,
            ends=None,
        )

    @property
    def jumps(self) -> bool:
        """Whether an x stands twice."""
        return any(left == right for (left, _), (right, _) in pairwise(self.points))

    def _in_chinese(self) -> str:
        jumps = "，重复处跳档" if self.jumps else ""
        return f"区间插值：{pairs_in_chinese(self.points)}，其间按直线，两端不变{jumps}"


def written() -> Written:
    """Return how the rule is written: `{bands: [[0, 0], [5, 100]]}`."""
    from pydantic import Field

    from quanheng.scheme.fields.margin import Margin
    from quanheng.scheme.rules.anchor_forms import Pair

    def settled(form: Pairs, _path: Path, _margin: Margin) -> Bands:
        return Bands(points=form)

    return Written(
        form=Annotated[tuple[Pair, ...], Field(min_length=2)],
        settled=settled,
        about=Text(
            en="区间插值: straight lines through `[x, points]`, x rising, flat outside; an x that stands "
            "twice is a jump.",
            zh="区间插值：过各点 `[x, 得分]` 的折线，x 递增，两端水平；同一 x 写两次即跳档。",
        ),
    )


TOOL: Final = Tool(
    name="bands",
    family="rules",
    title=Text(zh="区间插值", en="Straight lines between points"),
    written="rule: {bands: [[0.8, 0], [0.95, 80], [1, 100]]}",
    formula=Text(
        en="p = pᵢ + (pᵢ₊₁ − pᵢ)·(x − xᵢ)/(xᵢ₊₁ − xᵢ)  for xᵢ ≤ x ≤ xᵢ₊₁;  flat outside",
        zh="xᵢ ≤ x ≤ xᵢ₊₁ 时 p = pᵢ + (pᵢ₊₁ − pᵢ)·(x − xᵢ)/(xᵢ₊₁ − xᵢ)；  两端之外不变",
    ),
    note=Text(
        zh="同一 x 写两次即在该处跳档：达到 x 的（direction: more 为 x ≥ 该值，less 为 x ≤ 该值）"
        "在较优一侧。",
        en="An x that stands twice is a jump. Who reaches it is on its better side: x ≥ it with "
        "`direction: more`, x ≤ it with `less`.",
    ),
    use=Text(
        zh="方案用“达到多少得多少分、中间按插值”描述时使用，例如按期办结率 80% 得 0 分、95% 得 80 分、"
        "100% 得满分。各段斜率可以不同；点的横坐标必须递增，得分可升可降，因此也能表达先升后降。",
        en="Where a scheme says “so much gets so many points, in between in proportion”: on-time "
        "closing of 80 % gets nothing, 95 % gets 80, all of it gets 100. Each stretch has its own "
        "slope. The x of the points must rise; the points may rise or fall, so a curve that rises "
        "and falls again can be said too.",
    ),
    options=(
        Option(
            name="[x, p], …",
            default="—",
            meaning=Text(zh="横坐标递增的折点，至少两个", en="the corners in rising x, at least two"),
        ),
    ),
    examples=(
        rated(
            "{bands: [[0.8, 0], [0.95, 80], [1, 100]]}",
            {"A": "1", "B": "0.98", "C": "0.875", "D": "0.6"},
            {"A": 100, "B": 92, "C": 40, "D": 0},
            shows=Text(
                zh="B：80 + 20·(0.98 − 0.95)/0.05 = 92；C 在第一段正中，得 40。",
                en="B: 80 + 20·(0.98 − 0.95)/0.05 = 92; C lies in the middle of the first stretch and "
                "gets 40.",
            ),
        ),
        rated(
            "{bands: [[0, 0], [60, 60], [60, 80], [100, 100]]}",
            {"A": "80", "B": "60", "C": "59", "D": "0"},
            {"A": 90, "B": 80, "C": 59, "D": 0},
            shows=Text(
                zh="60 处跳档：B 达到 60，得 80；C 差 1，得 59。",
                en="At 60 the line jumps: B reaches it and gets 80; C misses it by 1 and gets 59.",
            ),
        ),
    ),
)
