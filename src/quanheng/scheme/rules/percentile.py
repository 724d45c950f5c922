"""百分位: the share of the others that a unit beats."""

from __future__ import annotations

from typing import Annotated, Final, Literal, TypeAlias, assert_never

from quanheng.findings.text import Text
from quanheng.scheme.fields.lines import Path
from quanheng.scheme.rules.entry import Written
from quanheng.scheme.rules.pool import COUNT, COUNT_BESIDE_ZERO, Plain, Rank
from quanheng.scheme.rules.rule import Answers, Rule
from quanheng.scheme.tools.examples import rated
from quanheng.scheme.tools.tool import Option, Tool

Among: TypeAlias = Literal["others", "all", "exclusive"]
Zeros: TypeAlias = Literal["counted", "apart"]


class Percentile(Rule):
    """百分位: 100·(units strictly worse)/(n - 1); n = 1 gives 100.

    `strict` counts who is strictly worse, otherwise who is no better; `among` says what they are a part of:
    the n - 1 others, all n, or n + 1 (exclusive: none has 0, none 100). With `zeros` apart a value of 0 has 0
    points and is not counted.
    """

    strict: bool = True
    among: Among = "others"
    zeros: Zeros = "counted"

    def _answers(self) -> Answers:
        return Answers(
            name="percentile",
            roles=(),
            formulas=(),
            statistics=(self.count, self.rank),
            shown=(self.rank, self.count),
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

    @property
    def rank(self) -> Rank:
        """How many units the rule counts: strictly worse, or no better, the unit itself with them."""
        return Rank(of_beaten=True, with_equals=not self.strict, beside_zero=self.zeros == "apart")

    @property
    def count(self) -> Plain:
        """Of how many units there are."""
        return COUNT_BESIDE_ZERO if self.zeros == "apart" else COUNT

    @property
    def shift(self) -> tuple[int, int]:
        """What is added to both: points are 100·(counted + first)/(n + second)."""
        match self.among:
            case "others":
                return (0 if self.strict else -1), -1
            case "all":
                return 0, 0
            case "exclusive":
                return (1 if self.strict else 0), 1
            case _:
                assert_never(self.among)

    def _in_chinese(self) -> str:
        counted = "所超过" if self.strict else "不优于它的"
        of = {"others": "其他单位", "all": "全部单位（含自身）", "exclusive": "单位数加1"}[self.among]
        apart = "，0值另计（得0分，不计入）" if self.zeros == "apart" else ""
        return f"百分位：{counted}单位占{of}的百分比{apart}"

    def _as_written(self) -> str:
        return "percentile" if self == Percentile() else super()._as_written()


def written() -> Written:
    """Return how the rule is written: `percentile`, or `{percentile: {strict: false, among: all}}`."""
    from quanheng.scheme.fields.fields import Form
    from quanheng.scheme.fields.margin import Margin

    class PercentileForm(Form, zh="百分位：所超过的其他单位的比例，100·(更差的单位数)/(n − 1)。"):
        """百分位: the share of the other units it beats, 100·(strictly worse)/(n - 1)."""

        strict: Annotated[
            bool,
            Text(
                en="true: who is strictly worse is counted; false: who is equal, too.",
                zh="true：只数更差的单位；false：相等的也数。",
            ),
        ] = True
        among: Annotated[
            Among,
            Text(
                en="A part of the n - 1 `others`, of `all` n with the unit itself, or `exclusive`: of n + 1.",
                zh="占其他 n − 1 个单位（others）、全部 n 个单位含自身（all）或 n + 1（exclusive）的比例。",
            ),
        ] = "others"
        zeros: Annotated[
            Zeros,
            Text(
                en="`apart`: a value of 0 has 0 points and is not counted.",
                zh="`apart`：值为 0 的得 0 分，不计入单位数。",
            ),
        ] = "counted"

    def settled(form: PercentileForm, _path: Path, _margin: Margin) -> Percentile:
        return Percentile(strict=form.strict, among=form.among, zeros=form.zeros)

    return Written(form=PercentileForm, settled=settled)


TOOL: Final = Tool(
    name="percentile",
    family="rules",
    title=Text(zh="百分位", en="The share of the others it beats"),
    written="rule: percentile",
    formula=Text(
        en="p = 100·(units strictly worse) / (n − 1);  n = 1 gives 100.  "
        "Options: worse or equal; of n or n + 1",
        zh="p = 100·(严格差于它的单位数) / (n − 1)；  n = 1 得 100。  可选：含相等；除以 n 或 n + 1",
    ),
    use=Text(
        zh="说明“优于百分之几的单位”时使用，适合单位很多、要跨地区跨年度比较名次的场合。并列者只算严格"
        "差于自己的单位，因此并列越多，大家得分越低。",
        en="To say “better than so many per cent of the others”: good for many units, and for "
        "comparing standings across regions and years. Only units strictly worse are counted, so "
        "the more units are tied, the lower all of them stand.",
    ),
    note=Text(
        zh="W 为更差的单位数，E 为含自身在内不更好的单位数，n 为有值的单位数。strict 分别为 true、false 时："
        "among: others 为 W/(n − 1)、(E − 1)/(n − 1)；all 为 W/n、E/n；"
        "exclusive 为 (W + 1)/(n + 1)、E/(n + 1)。"
        "默认即 PERCENTRANK.INC；{among: exclusive} 即 PERCENTRANK.EXC；{strict: false, among: all} 为"
        "“不高于它的占百分之几”；越小越好的指标写 {strict: false}，等于 1 减百分位。",
        en="W units are worse, E no better (the unit itself with them), n have a value. With `strict` true "
        "and false: among `others`, W/(n − 1) and (E − 1)/(n − 1); among `all`, W/n and E/n; `exclusive`, "
        "(W + 1)/(n + 1) and E/(n + 1). The default is PERCENTRANK.INC, `{among: exclusive}` "
        "PERCENTRANK.EXC, "
        "`{strict: false, among: all}` “so many per cent are at or under it”. With `direction: less`, "
        "`{strict: false}` is 1 less the percent rank.",
    ),
    options=(
        Option(
            name="strict",
            default="true",
            meaning=Text(zh="false：相等的单位也数", en="false: units that are equal are counted, too"),
        ),
        Option(
            name="among",
            default="others",
            meaning=Text(
                zh="占其他单位（n − 1）、全部单位（all，n）或 n + 1（exclusive）",
                en="a part of the `others` (n − 1), of `all` (n), or of n + 1 (`exclusive`)",
            ),
        ),
        Option(
            name="zeros",
            default="counted",
            meaning=Text(
                zh="apart：值为 0 的得 0 分，不计入",
                en="`apart`: a value of 0 has 0 points and is not counted",
            ),
        ),
    ),
    sources=(
        "OECD/JRC, Handbook on Constructing Composite Indicators (2008), §5 (percentile ranks)",
        "Microsoft Excel, PERCENTRANK.INC and PERCENTRANK.EXC",
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
        rated(
            "{percentile: {strict: false, among: all, zeros: apart}}",
            {"A": "9", "B": "7", "C": "7", "D": "3", "E": "0"},
            {"A": 100, "B": 75, "C": 75, "D": 25, "E": 0},
            shows=Text(
                zh="E 为 0：得 0 分，不计入；其余 4 个单位中，不高于 B 的有 3 个。",
                en="E has 0: no points, and it is not counted. Of the other four, three are at or under B.",
            ),
        ),
    ),
)
