"""百分位."""

from __future__ import annotations

from quanheng.findings.text import Text
from quanheng.scheme.tools.examples import rated
from quanheng.scheme.tools.tool import Tool

PERCENTILE = Tool(
    name="percentile",
    family="rules",
    title=Text(zh="百分位", en="The share of the others it beats"),
    written="rule: percentile",
    formula="p = 100·(units strictly worse) / (n − 1);  n = 1 gives 100",
    use=Text(
        zh="说明“优于百分之几的单位”时使用，适合单位很多、要跨地区跨年度比较名次的场合。并列者只算严格"
        "差于自己的单位，因此并列越多，大家得分越低。",
        en="To say “better than so many per cent of the others”: good for many units, and for "
        "comparing standings across regions and years. Only units strictly worse are counted, so "
        "the more units are tied, the lower all of them stand.",
    ),
    examples=(
        rated(
            "percentile",
            {"A": "9", "B": "7", "C": "7", "D": "3", "E": "1"},
            {"A": 100, "B": 50, "C": 50, "D": 25, "E": 0},
            shows=Text(
                zh="B、C 各优于 4 个单位中的 2 个，得 50。",
                en="B and C beat two of the four others each: 50.",
            ),
        ),
    ),
)
