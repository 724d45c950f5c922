"""异常值处理: what is done to outliers before rating."""

from __future__ import annotations

from typing import Final

from quanheng.findings.text import Text
from quanheng.scheme.tools.examples import rated
from quanheng.scheme.tools.tool import Option, Tool

_TEN = "ABCDEFGHIJ"
_SCALE = "{scale: {worst: observed, best: observed}}"

WINSORISE = Tool(
    name="winsorise",
    family="treatment",
    title=Text(zh="缩尾（JRC/COINr 步骤）", en="Winsorise, as JRC and COINr do"),
    written="treat: {winsorise: 5, then: log, skewness: 2, kurtosis: 3.5}",
    formula=Text(
        en="if |G1| ≥ skewness and G2 ≥ kurtosis: set the farthest value to the next, up to `winsorise` "
        "times;  if that is not enough: ln(x − min + 0.01·(max − min)) of the original",
        zh="|G1| ≥ skewness 且 G2 ≥ kurtosis 时：把最远的值改为次远的值，"
        "至多 `winsorise` 次；  仍不行：取原值的 ln(x − min + 0.01·(max − min))",
    ),
    use=Text(
        zh="极端值把其他单位挤成一团时使用。只动偏度和峰度都达到界限的指标，先逐个缩尾，不行再取对数；动了"
        "哪个单位、原值多少都写进计分依据。G1、G2 为样本修正的偏度和超额峰度。",
        en="Where extremes crowd all others together. Only an indicator whose skewness and kurtosis "
        "both reach their limits is touched; values are pulled in one by one, and if that does not help "
        "the logarithm is taken. The trace says whose value was changed and what it was. G1 and G2 "
        "are the sample-adjusted skewness and excess kurtosis.",
    ),
    options=(
        Option(
            name="winsorise",
            default="—",
            meaning=Text(
                zh="最多缩尾几个值；与最后一步并列的值一并缩尾",
                en="the most values that are pulled in; those tied with the last come along",
            ),
        ),
        Option(
            name="then",
            default="log",
            meaning=Text(
                zh="仍达到界限时：log 取对数，none 停在缩尾", en="if still at the limits: `log`, or `none`"
            ),
        ),
        Option(
            name="skewness", default="2", meaning=Text(zh="偏度绝对值的界限", en="the limit of |skewness|")
        ),
        Option(name="kurtosis", default="3.5", meaning=Text(zh="峰度的界限", en="the limit of kurtosis")),
    ),
    sources=(
        "Becker, Caperna, Del Sorbo, et al., COINr: an R package for developing composite indicators (2022)",
    ),
    examples=(
        rated(
            _SCALE,
            {code: str(value) for code, value in zip(_TEN, (1, 2, 3, 4, 5, 6, 7, 8, 9, 100), strict=True)},
            dict(zip(_TEN, (0, 12.5, 25, 37.5, 50, 62.5, 75, 87.5, 100, 100), strict=True)),
            more=("treat: {winsorise: 2, then: log}",),
            shows=Text(
                zh="100 使偏度、峰度都达到界限，缩到次大值 9 后即合格：极差法在 1 到 9 之间展开。",
                en="The 100 puts both over their limits; set to the next value, 9, they are inside: "
                "the scale runs from 1 to 9.",
            ),
        ),
    ),
)

QUANTILES = Tool(
    name="quantiles",
    family="treatment",
    title=Text(zh="分位数截尾", en="Limits at quantiles"),
    written="treat: {quantiles: [5%, 95%]}",
    formula=Text(
        en="x → min(max(x, q_low), q_high),  linear quantiles of the pool",
        zh="x → min(max(x, q_low), q_high)，  分位数按组内各值线性插值",
    ),
    use=Text(
        zh="规则简单、人人看得懂：两端各百分之几的值拉到分位数上。不管有没有异常值都会动到两端的单位，"
        "单位少时慎用。",
        en="Simple and easy to explain: values beyond the quantiles are set to them. The ends are "
        "always touched, outliers or not, so beware with few units.",
    ),
    options=(
        Option(
            name="quantiles",
            default="—",
            meaning=Text(zh="下限与上限分位数", en="the lower and the upper quantile"),
        ),
    ),
    examples=(
        rated(
            _SCALE,
            {code: str(value) for code, value in zip("ABCDEF", (0, 20, 40, 60, 80, 100), strict=True)},
            dict(zip("ABCDEF", (0, 0, 100 / 3, 200 / 3, 100, 100), strict=True)),
            more=("treat: {quantiles: [20%, 80%]}",),
            shows=Text(
                zh="下限 20，上限 80：A 按 20、F 按 80 计分。",
                en="The limits are 20 and 80: A is rated as 20, F as 80.",
            ),
        ),
    ),
)

LOG = Tool(
    name="log",
    family="treatment",
    title=Text(zh="取对数", en="Always the logarithm"),
    written="treat: log",
    formula=Text(
        en="x → ln x,  x > 0",
        zh="x → ln x，  x > 0",
    ),
    use=Text(
        zh="量级相差很大、倍数比差额更有意义的指标使用：人口、GDP、企业产值、人均收入。0 和负数不能取"
        "对数，会被指出。写明的标准值同样取对数后再用。",
        en="For measures that span orders of magnitude, where ratios mean more than differences: "
        "population, output, income. Zero and negative values cannot be logged and are findings. "
        "Stated anchors are compared with the logarithm: write `log(100)`.",
    ),
    examples=(
        rated(
            _SCALE,
            {"A": "1", "B": "10", "C": "100"},
            {"A": 0, "B": 50, "C": 100},
            more=("treat: log",),
            shows=Text(zh="10 在对数上正好居中。", en="On the logarithm 10 lies exactly in the middle."),
        ),
    ),
)

TREATMENT: Final = (WINSORISE, QUANTILES, LOG)
"""In the order in which a person reads them."""
