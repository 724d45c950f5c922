"""标准化."""

from __future__ import annotations

from quanheng.findings.text import Text
from quanheng.scheme.tools.examples import rated
from quanheng.scheme.tools.tool import Option, Tool

ZSCORE = Tool(
    name="zscore",
    family="rules",
    title=Text(zh="标准化（Z 分数）", en="Standard scores"),
    written="rule: {zscore: {center: 50, spread: 10}}",
    formula="p = center + spread·(x − mean) / sd  (direction less: −);  sd with n − ddof",
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
