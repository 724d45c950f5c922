"""达标赋分."""

from __future__ import annotations

from quanheng.findings.text import Text
from quanheng.scheme.tools.examples import rated
from quanheng.scheme.tools.tool import Option, Tool

MET = Tool(
    name="met",
    family="rules",
    title=Text(zh="达标赋分", en="All or nothing"),
    written="rule: {met: x >= 8}",
    formula="p = 100 if the condition holds, else 0",
    use=Text(
        zh="达标得满分、不达标不得分时使用。条件里可以用 x（指标值）、target（目标值）和数据项，可用 "
        "and、or、not 组合，例如 x >= 8 and accidents == 0。与按位次的指标并列，就是“达标得 4 分，"
        "再按位次得 6 分”。",
        en="Where meeting the standard gets everything and missing it nothing. The condition may use "
        "`x` (the measure), `target` and items, joined by `and`, `or`, `not`: `x >= 8 and "
        "accidents == 0`. Beside an indicator rated by place it says “four marks for reaching it, "
        "six more by place”.",
    ),
    options=(Option(name="…", default="—", meaning=Text(zh="条件", en="the condition")),),
    examples=(
        rated(
            "{met: x >= 8}",
            {"A": "9.2", "B": "8", "C": "7.9"},
            {"A": 100, "B": 100, "C": 0},
            shows=Text(zh="B 正好达标。", en="B meets it exactly."),
        ),
    ),
)
