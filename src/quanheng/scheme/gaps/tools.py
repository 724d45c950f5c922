"""缺失处理: what happens where a measure has no value."""

from __future__ import annotations

from typing import Final

from quanheng.findings.text import Text
from quanheng.scheme.tools.examples import joined_files
from quanheng.scheme.tools.tool import Example, Option, Tool, in_symbols

_VALUES = {"A": ("80", "70"), "B": ("60", "90"), "C": ("", "50")}
_NOT_APPLICABLE = {"A": ("80", "70"), "B": ("60", "90"), "C": ("/", "50")}
_WEIGHTS = ("60", "40")


def _missing(policy: str) -> dict[str, str]:
    return dict(joined_files(_VALUES, weights=_WEIGHTS, child={"first": f"gaps: {{missing: {policy}}}"}))


ERROR = Tool(
    name="missing-error",
    family="gaps",
    title=Text(zh="缺失：报错（默认）", en="Missing: an error, the default"),
    written="gaps: {missing: error}",
    formula=Text(
        en="nothing is scored until the value is there",
        zh="补报之前不计分",
    ),
    use=Text(
        zh="默认做法：缺一个数就不出结果，并指出缺的是谁的哪一项。正式公布的考核应当如此。",
        en="The default: one missing figure stops the result, and the finding says whose and which. "
        "As it should be for anything that is published.",
    ),
    examples=(
        Example(
            shows=Text(
                zh="C 的第一项没有上报：不计分，只列出问题。",
                en="C's first figure was never reported: nothing is scored, the finding names it.",
            ),
            files=_missing("error"),
            findings=("QH541",),
        ),
    ),
)

ZERO = Tool(
    name="missing-zero",
    family="gaps",
    title=Text(zh="缺失：零分", en="Missing: no points"),
    written="gaps: {missing: zero}",
    formula=in_symbols("p = 0"),
    use=Text(
        zh="未按期上报即不得分，用来督促上报。方案里要事先写明。",
        en="Who does not report gets nothing: to make people report. The scheme has to say so beforehand.",
    ),
    examples=(
        Example(
            shows=Text(
                zh="C 第一项得 0，总分只有第二项的 40·50%。",
                en="C gets 0 for the first child; what is left is 40·50 %.",
            ),
            files=_missing("zero"),
            points={"A": 76, "B": 72, "C": 20},
        ),
    ),
)

WORST = Tool(
    name="missing-worst",
    family="gaps",
    title=Text(zh="缺失：按最低分", en="Missing: the lowest points of the group"),
    written="gaps: {missing: worst}",
    formula=Text(
        en="p = the lowest points that a unit of the group got from the rule",
        zh="p = 同组各单位按规则得分的最低者",
    ),
    use=Text(
        zh="不让缺报占便宜、又不至于一项为零时使用；2016 年生态文明建设年度评价对全国缺数的指标即保留"
        "权重、按最低分计。",
        en="So that not reporting never pays and yet does not ruin the total. The official ecology "
        "evaluation of 2016 kept the weight and gave the minimum where a figure was missing "
        "everywhere.",
    ),
    examples=(
        Example(
            shows=Text(
                zh="有值的最低分是 B 的 60，C 按 60 计：0.6·60 + 0.4·50 = 56。",
                en="The lowest that anybody got is B's 60, so C is given 60: 0.6·60 + 0.4·50 = 56.",
            ),
            files=_missing("worst"),
            points={"A": 76, "B": 72, "C": 56},
        ),
    ),
)

REDISTRIBUTE = Tool(
    name="missing-redistribute",
    family="gaps",
    title=Text(zh="缺失：权重转移", en="Missing: the weight goes to the siblings"),
    written="gaps: {missing: redistribute}",
    formula=Text(
        en="wⱼ' = wⱼ · Σ w / Σ w(present);  no sibling left: to the parent's siblings",
        zh="wⱼ' = wⱼ · Σ w / Σ w(有值的)；  同级都没有时移转给上级的同级指标",
    ),
    use=Text(
        zh="缺数不是单位的责任时使用：权重按比例分给有值的同级指标，一个都没有时分给上级的同级。配合 "
        "at_least 规定权重至少要有多少才参加排名。",
        en="Where the gap is not the unit's fault: the weight goes in proportion to the siblings that "
        "have points, and if none is left to the parent's siblings. Together with `at_least`, "
        "which says how much weight a unit must have to be ranked.",
    ),
    examples=(
        Example(
            shows=Text(
                zh="C 的 100 分全部落在第二项上。", en="All of C's hundred marks rest on the second child."
            ),
            files=_missing("redistribute"),
            points={"A": 76, "B": 72, "C": 50},
        ),
    ),
)

NEUTRAL = Tool(
    name="missing-neutral",
    family="gaps",
    title=Text(zh="缺失：基础分", en="Missing: the base of the rule"),
    written="gaps: {missing: neutral}",
    formula=Text(
        en="p = base of the rule, 0 for a rule without one",
        zh="p = 规则的 base，规则没有 base 的为 0",
    ),
    use=Text(
        zh="按规则的基础分计（功效系数法的 60 分）：不奖不罚。",
        en="The points of the rule's `base` (the 60 of a scale): neither reward nor punishment.",
    ),
    examples=(
        Example(
            shows=Text(zh="规则的基础分是 60。", en="The base of the rule is 60."),
            files={
                **joined_files(_VALUES, weights=_WEIGHTS, child={"first": "gaps: {missing: neutral}"}),
                "scheme.yaml": joined_files(
                    _VALUES, weights=_WEIGHTS, child={"first": "gaps: {missing: neutral}"}
                )["scheme.yaml"].replace(
                    "rule: given, gaps", "rule: {scale: {worst: 50, best: 100, base: 60}}, gaps"
                ),
            },
            node="first",
            points={"A": 84, "B": 68, "C": 60},
        ),
    ),
)

FILL = Tool(
    name="missing-fill",
    family="gaps",
    title=Text(zh="缺失：用均值或中位数填补", en="Missing: filled with a mean or median"),
    written="gaps: {missing: {fill: mean, within: region, at: value}}",
    formula=Text(
        en="x (or p) = mean or median of the units that have a value, of the group or of the same attribute",
        zh="x（或 p）= 有值单位的均值或中位数，在本组或属性相同的单位中计算",
    ),
    use=Text(
        zh="研究性指数常用：联合国可持续发展指数用区域平均填补。at: value 先填指标值再计分，at: "
        "points 填得分（某县对缺排放数据的企业取同规模组平均分）。填了谁、填了多少都写进计分依据。",
        en="Usual for indices of researchers: the UN SDG Index fills with the regional mean. `at: "
        "value` fills the measure before it is rated, `at: points` the points (a county gives "
        "enterprises without emission figures the mean of their size class). The trace says who "
        "was filled and with what.",
    ),
    options=(
        Option(
            name="fill", default="—", meaning=Text(zh="mean 均值或 median 中位数", en="`mean` or `median`")
        ),
        Option(
            name="within",
            default="—",
            meaning=Text(zh="单位的属性列；不写为组内", en="a column of the units; else the group"),
        ),
        Option(
            name="at",
            default="value",
            meaning=Text(zh="value 填指标值，points 填得分", en="`value` or `points`"),
        ),
    ),
    sources=("Sachs et al., Sustainable Development Report, methodology (regional means)",),
    examples=(
        Example(
            shows=Text(
                zh="A、B 的平均值 70 填给 C：0.6·70 + 0.4·50 = 62。",
                en="The mean of A and B, 70, is C's: 0.6·70 + 0.4·50 = 62.",
            ),
            files=_missing("{fill: mean}"),
            points={"A": 76, "B": 72, "C": 62},
        ),
    ),
)

NOT_APPLICABLE = Tool(
    name="not-applicable",
    family="gaps",
    title=Text(zh="不适用", en="Not applicable"),
    written="gaps: {not_applicable: redistribute}",
    formula=Text(
        en="redistribute: as for a missing value;  full: p = 100",
        zh="redistribute：与缺数相同；  full：p = 100",
    ),
    use=Text(
        zh="单元格写 /、n/a 或“不适用”的含义：该单位本来就没有这一项（没有港口就没有吞吐量）。默认把权"
        "重转给同级指标；full 则给满分，适用于“没有发生即为好”的指标。",
        en="What `/`, `n/a` and 不适用 in a cell mean: the unit cannot have this figure (no harbour, "
        "no cargo). By default the weight goes to the siblings; `full` gives 100, for indicators "
        "where having none is good.",
    ),
    options=(
        Option(
            name="not_applicable",
            default="redistribute",
            meaning=Text(zh="redistribute 或 full", en="`redistribute` or `full`"),
        ),
    ),
    examples=(
        Example(
            shows=Text(
                zh="C 的第一项不适用：只看第二项。",
                en="The first child does not apply to C: only the second counts.",
            ),
            files=joined_files(_NOT_APPLICABLE, weights=_WEIGHTS),
            points={"A": 76, "B": 72, "C": 50},
        ),
        Example(
            shows=Text(zh="给满分：0.6·100 + 0.4·50 = 80。", en="Full points: 0.6·100 + 0.4·50 = 80."),
            files=joined_files(
                _NOT_APPLICABLE, weights=_WEIGHTS, child={"first": "gaps: {not_applicable: full}"}
            ),
            points={"A": 76, "B": 72, "C": 80},
        ),
    ),
)

AT_LEAST = Tool(
    name="at-least",
    family="gaps",
    title=Text(zh="参加排名的最低权重", en="How much weight a unit must have to be ranked"),
    written="gaps: {at_least: 60%}",
    formula=Text(
        en="ranked if Σ w(has a measure of its own) / Σ w(applies to the unit) ≥ at_least",
        zh="Σ w(自身有指标值) / Σ w(适用于该单位) ≥ at_least 的参加排名",
    ),
    use=Text(
        zh="写在方案顶层：有数的权重不足的单位照常列出，但不排名、不评等次，也不占名额；不适用的指标两"
        "边都不计。",
        en="At the top level of a scheme: a unit with less weight of its own is listed, but has no "
        "place and no tier and takes nobody's quota. What does not apply counts on neither side.",
    ),
    options=(
        Option(name="at_least", default="0%", meaning=Text(zh="占总权重的份额", en="a share of all weight")),
    ),
    examples=(
        Example(
            shows=Text(
                zh="C 缺第一项，只有 40% 的权重有数：列出而不排名。",
                en="C lacks the first figure; only 40 % of its weight has one: listed, not ranked.",
            ),
            files=joined_files(
                _VALUES,
                weights=_WEIGHTS,
                root=("gaps: {missing: redistribute, at_least: 60%}",),
            ),
            points={"A": 76, "B": 72, "C": 50},
            unranked=("C",),
        ),
    ),
)

GAPS: Final = (ERROR, ZERO, WORST, REDISTRIBUTE, NEUTRAL, FILL, NOT_APPLICABLE, AT_LEAST)
"""In the order in which a person reads them."""
