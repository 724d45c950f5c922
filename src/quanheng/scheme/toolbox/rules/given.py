"""直接评分."""

from __future__ import annotations

from quanheng.findings.text import Text
from quanheng.scheme.tools.examples import rated
from quanheng.scheme.tools.tool import Option, Tool

GIVEN = Tool(
    name="given",
    family="rules",
    title=Text(zh="直接评分", en="The measure is the points"),
    written="rule: given",
    formula="p = x,  checked to lie in [low, high]",
    use=Text(
        zh="满意度调查、专家打分、上级已经评好的分数直接作为得分时使用。超出范围的值会被指出，不会悄悄截断。",
        en="For surveys, panels of experts and scores that somebody else has given already. A value "
        "outside the range is a finding; nothing is cut off silently.",
    ),
    options=(
        Option(
            name="range",
            default="[0, 100]",
            meaning=Text(zh="允许的最低分和最高分", en="the least and the most that is allowed"),
        ),
    ),
    examples=(
        rated(
            "given",
            {"A": "92.5", "B": "88", "C": "0"},
            {"A": 92.5, "B": 88, "C": 0},
            shows=Text(zh="测评得分就是指标得分。", en="The survey's score is the indicator's."),
        ),
    ),
)
