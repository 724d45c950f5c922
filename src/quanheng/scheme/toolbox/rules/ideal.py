"""适度指标."""

from __future__ import annotations

from quanheng.findings.text import Text
from quanheng.scheme.tools.examples import rated
from quanheng.scheme.tools.tool import Option, Tool

IDEAL = Tool(
    name="ideal",
    family="rules",
    title=Text(zh="适度指标", en="Best inside an interval"),
    written="rule: {ideal: {between: [40, 60]}}",
    formula="p = 100 in [a, b];  below 100·(1 − (a − x)/c);  above 100·(1 − (x − b)/c);  not under 0;  c = "
    "max(a − min, max − b)",
    use=Text(
        zh="过高过低都不好的指标使用：资产负债率、机关运行经费占比、库存天数。不写 width 时 c 由组内最"
        "偏离的单位决定，它得 0 分；写了 width，得分就与其他单位无关。",
        en="Where too much is as bad as too little: debt ratio, days of stock. Without `width` the "
        "unit of the group that is farthest off sets the scale and gets 0; with it nobody's points "
        "depend on the others.",
    ),
    options=(
        Option(
            name="between", default="—", meaning=Text(zh="适度区间 [a, b]", en="`[a, b]`, the ideal interval")
        ),
        Option(
            name="width",
            default="—",
            meaning=Text(zh="c：偏离多少时得 0 分", en="c: how far outside points reach 0"),
        ),
    ),
    examples=(
        rated(
            "{ideal: {between: [40, 60]}}",
            {"A": "25", "B": "40", "C": "60", "D": "75", "E": "90"},
            {"A": 50, "B": 100, "C": 100, "D": 50, "E": 0},
            shows=Text(
                zh="最偏离的是 E：c = max(40 − 25, 90 − 60) = 30；A 低 15，得 50。",
                en="E is farthest off: c = max(40 − 25, 90 − 60) = 30; A is 15 below and gets 50.",
            ),
        ),
        rated(
            "{ideal: {between: [40, 60], width: 20}}",
            {"A": "30", "B": "50", "C": "100"},
            {"A": 50, "B": 100, "C": 0},
            shows=Text(zh="偏离 20 即为 0 分。", en="Twenty outside is 0, whatever the others do."),
        ),
    ),
)
