"""分档赋分: the points of the threshold reached."""

from __future__ import annotations

from typing import Annotated, Final

from quanheng.findings.text import Text
from quanheng.scheme.fields.lines import Path
from quanheng.scheme.rules.entry import Written
from quanheng.scheme.rules.pairs import pairs_in_chinese
from quanheng.scheme.rules.rule import Answers, Rule
from quanheng.scheme.tools.examples import rated
from quanheng.scheme.tools.tool import Option, Tool


class Steps(Rule):
    """分档赋分: points of the highest threshold reached (direction less: x <= threshold), else `otherwise`.

    `steps` stand in rising order of threshold. Under `strict` a threshold has to be passed: x > threshold.
    """

    steps: tuple[tuple[float, float], ...]
    otherwise: float = 0.0
    strict: bool = False

    def _answers(self) -> Answers:
        return Answers(
            name="steps",
            roles=(),
            formulas=(),
            statistics=(),
            shown=(),
            completes=False,
            divides_by_target=False,
            compares_values=True,
            base_points=0.0,
            fewest_points=min(self.otherwise, *(points for _, points in self.steps)),
            thresholds=tuple(x for x, _ in self.steps),
            allowed=None,
            ranges=(),
            pairs=self.steps,
            ends=None,
        )

    def _in_chinese(self) -> str:
        passed = "（须超过界限）" if self.strict else ""
        return f"分档赋分{passed}：{pairs_in_chinese(self.steps)}，其余{self.otherwise:g}分"


def written() -> Written:
    """Return how the rule is written: `{steps: [[90, 80], [95, 100]]}`, or with what is `otherwise` given."""
    from pydantic import Field

    from quanheng.scheme.fields.fields import Form, Number
    from quanheng.scheme.fields.margin import Margin
    from quanheng.scheme.rules.anchor_forms import Pair

    class StepsForm(Form, zh="分档赋分：所达到最高一档的得分。"):
        """分档赋分: the points of the highest threshold reached."""

        table: Annotated[
            tuple[Pair, ...],
            Field(min_length=1),
            Text(en="`[threshold, points]`, thresholds rising.", zh="`[界限, 得分]`，界限递增。"),
        ]
        otherwise: Annotated[
            Number, Text(en="Points where no threshold is reached.", zh="哪一档都未达到时的得分。")
        ] = 0.0
        strict: Annotated[
            bool,
            Text(
                en="Whether a threshold has to be passed: who is just at it has not.",
                zh="是否须超过界限：刚好等于界限的不算。",
            ),
        ] = False

        @classmethod
        def written_out(cls, value: object) -> object:
            """Read a bare list as the table."""
            return {"table": value} if isinstance(value, list | tuple) else value

    def settled(form: StepsForm, _path: Path, _margin: Margin) -> Steps:
        return Steps(steps=form.table, otherwise=form.otherwise, strict=form.strict)

    return Written(form=StepsForm, settled=settled)


TOOL: Final = Tool(
    name="steps",
    family="rules",
    title=Text(zh="分档赋分", en="Points by the highest threshold reached"),
    written="rule: {steps: [[60, 60], [80, 80], [90, 100]]}",
    formula=Text(
        en="p = the p of the highest threshold t with x ≥ t  (direction less: the lowest t with x ≤ t);  "
        "else otherwise",
        zh="p = 满足 x ≥ t 的最高一档的分（越小越好：满足 x ≤ t 的最低一档）；  都不满足得 otherwise",
    ),
    use=Text(
        zh="方案按档给分、档内不再区分时使用，例如“90 以上得 100，80 以上得 80，60 以上得 60，其余不得"
        "分”。刚好压线和差一点相差一整档，易引起争议：需要平滑时改用 bands。",
        en="Where a scheme gives whole steps and makes no difference inside one: “90 and more gets "
        "100, 80 gets 80, 60 gets 60, the rest nothing”. Just under a line costs a whole step, "
        "which invites dispute: use `bands` where it should be smooth.",
    ),
    options=(
        Option(
            name="table",
            default="—",
            meaning=Text(
                zh="[阈值, 得分]，阈值递增；只写各档时可省去 table",
                en="`[threshold, points]` in rising order; a bare list is the table",
            ),
        ),
        Option(
            name="otherwise",
            default="0",
            meaning=Text(zh="一档也未达到时的得分", en="the points of who reaches none"),
        ),
        Option(
            name="strict",
            default="false",
            meaning=Text(
                zh="true：须超过界限，刚好等于的不算（x > t）",
                en="true: a threshold has to be passed, x > t; who is just at it has not",
            ),
        ),
    ),
    examples=(
        rated(
            "{steps: [[60, 60], [80, 80], [90, 100]]}",
            {"A": "95", "B": "90", "C": "89.9", "D": "59"},
            {"A": 100, "B": 100, "C": 80, "D": 0},
            shows=Text(
                zh="B 正好达到 90 这一档；C 差 0.1，落到 80 这一档。",
                en="B reaches the step of 90 exactly; C misses it by 0.1 and gets the step below.",
            ),
        ),
        rated(
            "{steps: {table: [[335, 1], [670, 2]], strict: true}}",
            {"A": "335", "B": "335.1", "C": "670", "D": "671"},
            {"A": 0, "B": 1, "C": 1, "D": 2},
            shows=Text(
                zh="“大于 335”：A 刚好 335，不算；C 刚好 670，仍在前一档。",
                en="“More than 335”: A has just 335, which is not more; C with 670 is on the step below.",
            ),
        ),
    ),
)
