"""直接评分: the measure itself is the points."""

from __future__ import annotations

from typing import Annotated, Final

from quanheng.findings.text import Text
from quanheng.scheme.fields.lines import Path
from quanheng.scheme.rules.entry import Written
from quanheng.scheme.rules.rule import Answers, Rule, Stated
from quanheng.scheme.tools.examples import rated
from quanheng.scheme.tools.tool import Option, Tool


class Given(Rule):
    """直接评分: x itself, checked to lie in [low, high]."""

    low: float = 0.0
    high: float = 100.0

    def _answers(self) -> Answers:
        return Answers(
            name="given",
            roles=(),
            formulas=(),
            statistics=(),
            shown=(),
            completes=False,
            divides_by_target=False,
            compares_values=False,
            base_points=0.0,
            fewest_points=self.low,
            thresholds=(),
            allowed=(self.low, self.high),
            ranges=(Stated("given.range", self.low, self.high),),
            pairs=(),
            ends=None,
        )

    def _in_chinese(self) -> str:
        return f"直接评分：{self.low:g}至{self.high:g}"


def written() -> Written:
    """Return how the rule is written: `given`, `{given: {range: [0, 120]}}`."""
    from quanheng.scheme.fields.fields import Form, Number
    from quanheng.scheme.fields.margin import Margin

    class GivenForm(Form, zh="直接评分：x 就是得分，须在所写范围内。"):
        """直接评分: x itself is the points, checked to lie in its range."""

        range: Annotated[tuple[Number, Number], Text(en="`[least, most]`.", zh="`[最低, 最高]`。")] = (
            0.0,
            100.0,
        )

    def settled(form: GivenForm, _path: Path, _margin: Margin) -> Given:
        low, high = form.range
        return Given(low=low, high=high)

    return Written(form=GivenForm, settled=settled)


TOOL: Final = Tool(
    name="given",
    family="rules",
    title=Text(zh="直接评分", en="The measure is the points"),
    written="rule: given",
    formula=Text(
        en="p = x,  checked to lie in [low, high]",
        zh="p = x，  核对是否在 [low, high] 内",
    ),
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
