"""百分位: the share of the others that a unit beats."""

from __future__ import annotations

from typing import Final

from quanheng.findings.text import Text
from quanheng.scheme.fields.lines import Path
from quanheng.scheme.rules.entry import Written
from quanheng.scheme.rules.pool import COUNT, Rank
from quanheng.scheme.rules.rule import Answers, Rule
from quanheng.scheme.tools.examples import rated
from quanheng.scheme.tools.tool import Tool


class Percentile(Rule):
    """百分位: 100·(units strictly worse)/(n - 1); n = 1 gives 100."""

    def _answers(self) -> Answers:
        return Answers(
            name="percentile",
            roles=(),
            formulas=(),
            statistics=(COUNT, Rank(of_beaten=True)),
            shown=(Rank(of_beaten=True), COUNT),
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
        return "百分位：所超过单位占其他单位的百分比"


def written() -> Written:
    """Return how the rule is written: `percentile`."""
    from quanheng.scheme.fields.fields import Form
    from quanheng.scheme.fields.margin import Margin

    class PercentileForm(Form, zh="百分位：所超过的其他单位的比例，100·(更差的单位数)/(n − 1)。"):
        """百分位: the share of the other units it beats, 100·(strictly worse)/(n - 1)."""

    def settled(_form: PercentileForm, _path: Path, _margin: Margin) -> Percentile:
        return Percentile()

    return Written(form=PercentileForm, settled=settled)


TOOL: Final = Tool(
    name="percentile",
    family="rules",
    title=Text(zh="百分位", en="The share of the others it beats"),
    written="rule: percentile",
    formula=Text(
        en="p = 100·(units strictly worse) / (n − 1);  n = 1 gives 100",
        zh="p = 100·(严格差于它的单位数) / (n − 1)；  n = 1 得 100",
    ),
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
