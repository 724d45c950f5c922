"""标准化: standard scores."""

from __future__ import annotations

from collections.abc import Mapping
from math import inf
from typing import Annotated, Final, Literal

from quanheng.findings.text import Text
from quanheng.scheme.fields.lines import Path
from quanheng.scheme.formulas.tree import Formula
from quanheng.scheme.rules.anchors import Observed
from quanheng.scheme.rules.entry import Written
from quanheng.scheme.rules.pool import EXTREMES, MEAN, Deviation
from quanheng.scheme.rules.rule import Answers, Rule
from quanheng.scheme.tools.examples import rated
from quanheng.scheme.tools.tool import Option, Tool


class ZScore(Rule):
    """标准化: center + spread·z, z = (x - mean)/sd, the sign by the direction; sd with n - ddof.

    z is cut at -`cap` and `cap`; with `where`, for those units only of which the condition holds.
    """

    center: float = 50.0
    spread: float = 10.0
    ddof: Literal[0, 1] = 1
    cap: float | None = None
    where: Formula | None = None

    def _answers(self) -> Answers:
        return Answers(
            name="zscore",
            roles=(),
            formulas=() if self.where is None else (self.where,),
            statistics=(MEAN, *EXTREMES, Deviation(self.ddof)),
            shown=(MEAN, Deviation(self.ddof)),
            completes=False,
            divides_by_target=False,
            compares_values=True,
            base_points=0.0,
            fewest_points=-inf if self.cap is None or self.where else self.center - self.spread * self.cap,
            thresholds=(),
            allowed=None,
            ranges=(),
            pairs=(),
            ends=(Observed(), Observed()),
        )

    def _in_chinese(self) -> str:
        below = "n−1" if self.ddof else "n"
        cut = "" if self.cap is None else f"，标准分限于±{self.cap:g}"
        whom = "" if self.where is None else f"（{self.where.text} 的单位）"
        return f"标准化：{self.center:g}＋{self.spread:g}×标准分（标准差除以{below}）{cut}{whom}"


def written() -> Written:
    """Return how the rule is written: `{zscore: {center: 50, spread: 10}}`."""
    from pydantic import Field

    from quanheng.scheme.fields.fields import Form, FormulaText, Number
    from quanheng.scheme.fields.margin import Margin

    class CapForm(Form, zh="标准分的上下限，`{at: 3, where: 人口 < 20000}`。"):
        """Where standard scores are cut, and for whom, `{at: 3, where: population < 20000}`."""

        at: Annotated[
            Number,
            Field(gt=0),
            Text(en="Standard scores are cut at -at and at.", zh="标准分限于 −at 至 at。"),
        ]
        where: Annotated[
            FormulaText | None,
            Text(
                en="For those units only of which this condition over `x`, `target` and items holds.",
                zh="只限满足此条件（关于 `x`、`target` 和数据项）的单位。",
            ),
        ] = None

        @classmethod
        def written_out(cls, value: object) -> object:
            """Read a bare number as where they are cut."""
            return value if isinstance(value, Mapping | Form) else {"at": value}

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
        cap: Annotated[
            CapForm | None,
            Text(
                en="Standard scores are cut at -cap and cap; `{at: 3, where: …}` cuts those of some units.",
                zh="标准分限于 −cap 至 cap；`{at: 3, where: …}` 只限部分单位。",
            ),
        ] = None

    def settled(form: ZScoreForm, path: Path, margin: Margin) -> ZScore:
        cap = form.cap
        where = (
            None if cap is None or cap.where is None else margin.formula(cap.where, (*path, "cap", "where"))
        )
        at = None if cap is None else cap.at
        return ZScore(center=form.center, spread=form.spread, ddof=form.ddof, cap=at, where=where)

    return Written(form=ZScoreForm, settled=settled)


TOOL: Final = Tool(
    name="zscore",
    family="rules",
    title=Text(zh="标准化（Z 分数）", en="Standard scores"),
    written="rule: {zscore: {center: 50, spread: 10}}",
    formula=Text(
        en="p = center + spread·z,  z = (x − mean) / sd  (direction less: −), within −cap and cap;  "
        "sd with n − ddof",
        zh="p = center + spread·z，  z = (x − 均值) / sd（越小越好取负号），限于 −cap 至 cap；  "
        "sd 的分母为 n − ddof",
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
        Option(
            name="cap",
            default="—",
            meaning=Text(
                zh="标准分限于 −cap 至 cap；{at: 3, where: 人口 < 20000} 只限部分单位",
                en="standard scores are cut at −cap and cap; `{at: 3, where: population < 20000}` cuts "
                "those of some units only",
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
        rated(
            "{zscore: {center: 0, spread: 1, cap: 1}}",
            {"A": "1", "B": "3", "C": "3", "D": "3", "E": "5"},
            {"A": -1, "B": 0, "C": 0, "D": 0, "E": 1},
            shows=Text(
                zh="平均值 3，样本标准差 √2：A 的标准分 −1.41 截为 −1，E 的 1.41 截为 1。",
                en="The mean is 3, the deviation √2: A's −1.41 is cut at −1, E's 1.41 at 1.",
            ),
        ),
    ),
)
