"""What an audit can be told: what is compared with what, and from where on something is conspicuous."""

from collections.abc import Mapping
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, Strict

from quanheng.findings.text import Text
from quanheng.scheme.fields.fields import Code, Number, Share
from quanheng.studies.form import StudyForm

Level: TypeAlias = Literal["indicators"] | Annotated[int, Strict(), Field(ge=0)]
"""The leaves of the tree, or so many steps below its root."""
Limit: TypeAlias = Annotated[Share, Field(gt=0)]
"""A share above 0."""


class AuditForm(StudyForm, zh="方案审视的设置。"):
    """The settings of an audit."""

    study: Annotated[Literal["audit"], Text(en="Which study it is.", zh="哪一项研究。")] = "audit"
    correlate: Annotated[
        Literal["points", "treated", "measures"],
        Text(
            en="What of an indicator is correlated: its points, or its measure after treatment or as "
            "reported.",
            zh="指标以什么计算相关：得分（points）、处理后的指标值（treated）或上报的指标值（measures）。",
        ),
    ] = "points"
    levels: Annotated[
        tuple[tuple[Level, Level], ...],
        Text(
            en="Levels whose nodes are correlated, two by two: `indicators`, or a number; the root is 0.",
            zh="相关分析的层级，两两一对：`indicators` 为指标，数字为层级，0 为总分。",
        ),
    ] = (("indicators", "indicators"), ("indicators", 1), (1, 1), (1, 0))
    redundant: Annotated[
        Limit,
        Text(
            en="Two indicators say the same from this correlation on.",
            zh="相关系数达到此值，视为两个指标重复。",
        ),
    ] = 0.9
    intended: Annotated[
        Mapping[Code, Share],
        Text(
            en="By node, the influence it is meant to have among its siblings; others keep their weight.",
            zh="各节点在同级中应有的影响，按节点代码写；未写的沿用其权重。",
        ),
    ] = Field(default_factory=dict)
    apart: Annotated[
        Limit,
        Text(
            en="Influence and weight that differ by so much of the whole are far apart.",
            zh="影响与权重相差达到整体的此比例，视为不符。",
        ),
    ] = 0.1
    against: Annotated[
        Limit,
        Text(
            en="A node pulls against its parent from this correlation below 0 on.",
            zh="与上级的相关系数低于负的此值，视为与上级反向。",
        ),
    ] = 0.1
    bins: Annotated[
        Annotated[int, Strict(), Field(ge=10, le=1000)],
        Text(
            en="So many groups of neighbours a smoothing spline looks at where there are more values.",
            zh="取值多于此数时，平滑样条先把相邻的值合为这么多组。",
        ),
    ] = 100
    kendall_units: Annotated[
        Annotated[int, Strict(), Field(ge=10, le=20_000)],
        Text(
            en="Of more units than that, Kendall's tau is of a sample of so many.",
            zh="单位多于此数时，肯德尔系数取这么多单位的样本计算。",
        ),
    ] = 2000
    significance: Annotated[
        Limit,
        Text(
            en="A threshold is passed by suspiciously many where chance would do so less often than that.",
            zh="偶然发生的概率低于此值时，视为刚好过线的单位多得可疑。",
        ),
    ] = 0.05
    capped: Annotated[
        Limit,
        Text(
            en="A cap no longer tells units apart where such a share of them has reached it.",
            zh="达到封顶的单位占此比例，视为封顶已失去区分作用。",
        ),
    ] = 0.5
    decides: Annotated[
        Limit,
        Text(
            en="One unit decides an indicator where such a share of its range lies between it and the next.",
            zh="一个单位与次一位之间占全距的此比例，视为该指标由一个单位决定。",
        ),
    ] = 0.5
    little: Annotated[
        Limit,
        Text(
            en="So much of the range of a measure is a little of it.", zh="指标值变动全距的此比例，视为很小。"
        ),
    ] = 0.01
    much: Annotated[
        Annotated[Number, Field(gt=0)],
        Text(
            en="So many points, of 100, are much for a little.",
            zh="很小的变动带来这么多分（百分制），视为悬殊。",
        ),
    ] = 10.0
    safe: Annotated[
        Annotated[Number, Field(ge=0)],
        Text(
            en="Nobody can lose where the rule gives no fewer points than that.",
            zh="规则给出的最低分不低于此值，视为不会失分。",
        ),
    ] = 90.0
    curve: Annotated[
        Annotated[int, Strict(), Field(ge=11, le=1001)],
        Text(en="How many values of the measure a curve has.", zh="每条曲线取多少个指标值。"),
    ] = 41
