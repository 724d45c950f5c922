"""区间插值."""

from __future__ import annotations

from quanheng.findings.text import Text
from quanheng.scheme.tools.examples import rated
from quanheng.scheme.tools.tool import Option, Tool

BANDS = Tool(
    name="bands",
    family="rules",
    title=Text(zh="区间插值", en="Straight lines between points"),
    written="rule: {bands: [[0.8, 0], [0.95, 80], [1, 100]]}",
    formula="p = pᵢ + (pᵢ₊₁ − pᵢ)·(x − xᵢ)/(xᵢ₊₁ − xᵢ)  for xᵢ ≤ x ≤ xᵢ₊₁;  flat outside",
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
    ),
)
