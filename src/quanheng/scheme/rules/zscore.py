"""标准化: standard scores."""

from __future__ import annotations

from math import inf
from typing import Annotated, Final, Literal

from quanheng.findings.text import Text
from quanheng.scheme.fields.lines import Path
from quanheng.scheme.rules.anchors import Observed
from quanheng.scheme.rules.entry import Written
from quanheng.scheme.rules.pool import EXTREMES, MEAN, Deviation
from quanheng.scheme.rules.rule import Answers, Rule
from quanheng.scheme.tools.examples import rated
from quanheng.scheme.tools.tool import Option, Tool


class ZScore(Rule):
    """标准化: center + spread·(x - mean)/sd, the sign by the direction; sd with n - ddof."""

    center: float = 50.0
    spread: float = 10.0
    ddof: Literal[0, 1] = 1

    def _answers(self) -> Answers:
        return Answers(
            name="zscore",
            roles=(),
            formulas=(),
            statistics=(MEAN, *EXTREMES, Deviation(self.ddof)),
            shown=(MEAN, Deviation(self.ddof)),
            completes=False,
            divides_by_target=False,
            compares_values=True,
            base_points=0.0,
            fewest_points=-inf,
            thresholds=(),
            allowed=None,
            ranges=(),
            pairs=(),
            ends=(Observed(), Observed()),
        )

    def _in_chinese(self) -> str:
        below = "n−1" if self.ddof else "n"
        return f"标准化：{self.center:g}＋{self.spread:g}×标准分（标准差除以{below}）"


def written() -> Written:
    """Return how the rule is written: `{zscore: {center: 50, spread: 10}}`."""
    from pydantic import Field

    from quanheng.scheme.fields.fields import Form, Number
    from quanheng.scheme.fields.margin import Margin

    class ZScoreForm(Form, zh="标准化：center + spread·(x − 平均值)/标准差。"):
        """标准化: center + spread·(x - mean)/sd."""

        center: Annotated[Number, Text(en="Points at the mean.", zh="平均值处的得分。")] = 50.0
        spread: Annotated[
            Number, Field(gt=0), Text(en="Points for each standard deviation.", zh="每个标准差几分。")
        ] = 10.0
        ddof: Annotated[
            Literal[0, 1],
            Text(
                en="1: the standard deviation of a sample (n - 1); 0: of all (n).",
                zh="1：样本标准差（n − 1）；0：总体标准差（n）。",
            ),
        ] = 1

    def settled(form: ZScoreForm, _path: Path, _margin: Margin) -> ZScore:
        return ZScore(center=form.center, spread=form.spread, ddof=form.ddof)

    return Written(form=ZScoreForm, settled=settled)


TOOL: Final = Tool(
    name="zscore",
    family="rules",
    title=Text(zh="标准化（Z 分数）", en="Standard scores"),
    written="rule: {zscore: {center: 50, spread: 10}}",
    formula=Text(
        en="p = center + spread·(x − mean) / sd  (direction less: −);  sd with n − ddof",
        zh="p = center + spread·(x − 均值) / sd（越小越好取负号）；  sd 的分母为 n − ddof",
    ),
    use=Text(
        zh="要把离散程度不同的指标放到同一尺度、又要保留差距时使用，是综合指数的常见做法。得分没有上下"
        "限，几何、调和合成前要确认都大于 0。所有单位相同则无法区分，各得 center。",
        en="To bring indicators of different spread to one scale and keep distances: common for "
        "composite indices. Points have no bounds; before geometric or harmonic aggregation make "
        "sure that they stay above 0. If all units are equal nobody is told apart.",
    ),
    options=(
        Option(name="center", default="50", meaning=Text(zh="平均水平的得分", en="the points of the mean")),
        Option(
            name="spread",
            default="10",
            meaning=Text(zh="一个标准差对应的分值", en="the points of one standard deviation"),
        ),
        Option(
            name="ddof",
            default="1",
            meaning=Text(
                zh="标准差的除数为 n − ddof：1 样本，0 总体",
                en="the divisor of the variance is n − ddof: 1 sample, 0 population",
            ),
        ),
    ),
    sources=("OECD/JRC, Handbook on Constructing Composite Indicators (2008), §5 (z-scores)",),
    examples=(
        rated(
            "{zscore: {center: 50, spread: 10}}",
            {"A": "1", "B": "2", "C": "3"},
            {"A": 40, "B": 50, "C": 60},
            shows=Text(
                zh="平均值 2，样本标准差 1：相差一个标准差就是 10 分。",
                en="The mean is 2, the sample standard deviation 1: one standard deviation is ten points.",
            ),
        ),
    ),
)
