"""适度指标: best inside an interval."""

from __future__ import annotations

from typing import Annotated, Final

from quanheng.findings.text import Text
from quanheng.scheme.fields.lines import Path
from quanheng.scheme.rules.entry import Written
from quanheng.scheme.rules.pool import EXTREMES
from quanheng.scheme.rules.rule import Answers, Rule, Stated
from quanheng.scheme.tools.examples import rated
from quanheng.scheme.tools.tool import Option, Tool


class Ideal(Rule):
    """适度指标: 100 inside [low, high]; outside falling by the distance over c, not under 0.

    Below: 100·(1 - (low - x)/c); above: 100·(1 - (x - high)/c), with c = `width`, or if that is None
    c = max(low - min, max - high) of the observed values.
    """

    low: float
    high: float
    width: float | None = None

    def _answers(self) -> Answers:
        looked_at = EXTREMES if self.width is None else ()
        return Answers(
            name="ideal",
            roles=(),
            formulas=(),
            statistics=looked_at,
            shown=looked_at,
            completes=False,
            divides_by_target=False,
            compares_values=True,
            base_points=0.0,
            fewest_points=0.0,
            thresholds=(self.low, self.high),
            allowed=None,
            ranges=(Stated("ideal.between", self.low, self.high, may_be_a_point=True),),
            pairs=(),
            ends=None,
        )

    def _in_chinese(self) -> str:
        limit = "观测到的最大偏离" if self.width is None else f"偏离{self.width:g}"
        return f"适度指标：{self.low:g}至{self.high:g}得100分，{limit}时0分"


def written() -> Written:
    """Return how the rule is written: `{ideal: {between: [95, 100], width: 20}}`."""
    from pydantic import Field

    from quanheng.scheme.fields.fields import Amount, Form
    from quanheng.scheme.fields.margin import Margin

    class IdealForm(Form, zh="适度指标：区间内 100 分，区间外随偏离递减。"):
        """适度指标: 100 inside the interval, falling with the distance outside."""

        between: Annotated[
            tuple[Amount, Amount], Text(en="`[a, b]`, the ideal interval.", zh="`[a, b]`，适度区间。")
        ]
        width: Annotated[
            Annotated[Amount, Field(gt=0)] | None,
            Text(
                en="The distance at which points reach 0; if not given, the greatest that is observed.",
                zh="偏离多少得 0 分；不写则取观测到的最大偏离。",
            ),
        ] = None

    def settled(form: IdealForm, _path: Path, _margin: Margin) -> Ideal:
        low, high = form.between
        return Ideal(low=low, high=high, width=form.width)

    return Written(form=IdealForm, settled=settled)


TOOL: Final = Tool(
    name="ideal",
    family="rules",
    title=Text(zh="适度指标", en="Best inside an interval"),
    written="rule: {ideal: {between: [40, 60]}}",
    formula=Text(
        en="p = 100 in [a, b];  below 100·(1 − (a − x)/c);  above 100·(1 − (x − b)/c);  not under 0;  c = "
        "max(a − min, max − b)",
        zh="x 在 [a, b] 内 p = 100；  低于时 100·(1 − (a − x)/c)；  "
        "高于时 100·(1 − (x − b)/c)；  不低于 0；  c = max(a − min, max − b)",
    ),
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
