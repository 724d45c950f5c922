"""达标赋分: a condition that holds or not."""

from __future__ import annotations

from typing import Final

from quanheng.findings.text import Text
from quanheng.scheme.fields.lines import Path
from quanheng.scheme.formulas.tree import Formula
from quanheng.scheme.rules.entry import Written
from quanheng.scheme.rules.rule import Answers, Rule
from quanheng.scheme.tools.examples import rated
from quanheng.scheme.tools.tool import Option, Tool


class Met(Rule):
    """达标赋分: 100 if the condition over `x`, `target` and items holds, else 0."""

    condition: Formula

    def _answers(self) -> Answers:
        return Answers(
            name="met",
            roles=(),
            formulas=(self.condition,),
            statistics=(),
            shown=(),
            completes=False,
            divides_by_target=False,
            compares_values=True,
            base_points=0.0,
            fewest_points=0.0,
            thresholds=(),
            allowed=None,
            ranges=(),
            pairs=(),
            ends=None,
        )

    def _in_chinese(self) -> str:
        return f"达标赋分：满足 {self.condition.text} 得100分，否则0分"


def written() -> Written:
    """Return how the rule is written: `{met: x >= target}`."""
    from quanheng.scheme.fields.fields import FormulaText
    from quanheng.scheme.fields.margin import Margin

    def settled(form: FormulaText, path: Path, margin: Margin) -> Met:
        return Met(condition=margin.formula(form, path))

    return Written(
        form=FormulaText,
        settled=settled,
        about=Text(
            en="达标赋分: 100 if the condition over `x`, `target` and items holds, else 0.",
            zh="达标赋分：关于 `x`、`target` 和数据项的条件成立得 100 分，否则 0 分。",
        ),
    )


TOOL: Final = Tool(
    name="met",
    family="rules",
    title=Text(zh="达标赋分", en="All or nothing"),
    written="rule: {met: x >= 8}",
    formula=Text(
        en="p = 100 if the condition holds, else 0",
        zh="条件成立 p = 100，否则 0",
    ),
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
