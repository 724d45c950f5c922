"""The words of an explanation: its lines, the amounts a score is made of, what a rule compared with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from quanheng.engine.results.explanation.explanation import Step
from quanheng.findings.text import Text
from quanheng.scheme.grades.grades import ADJUSTMENTS

WORDS: Final[Mapping[str, Text]] = {
    "marks": Text(zh="分值", en="marks"),
    "points": Text(zh="得分（百分制）", en="points"),
    "score": Text(zh="得分", en="score"),
    "measure": Text(zh="指标值", en="measure"),
    "rule": Text(zh="计分规则", en="rule"),
    "within": Text(zh="比较范围", en="compared with"),
    "target": Text(zh="目标", en="target"),
    "ratio": Text(zh="比率", en="ratio"),
    "treated": Text(zh="处理后的值", en="value after treatment"),
    "rated": Text(zh="规则得分", en="points by the rule"),
    "coefficient": Text(zh="难度系数", en="coefficient"),
    "unknown": Text(zh="不详", en="not known"),
    "gap": Text(zh="缺项处理", en="policy for the gap"),
    "joined": Text(zh="下级合成得分", en="joined points of its children"),
    "aggregate": Text(zh="合成方法", en="aggregation"),
    "weight": Text(zh="权重", en="weight"),
    "rounding": Text(zh="修约（小数位）", en="rounding (decimals)"),
    "adds_up": Text(zh="合计", en="adds up"),
    "place": Text(zh="位次", en="place"),
    "of": Text(zh="共", en="of"),
    "tier": Text(zh="等次", en="tier"),
    "next": Text(zh="上升到", en="next place"),
    "needs": Text(zh="还需", en="needs"),
    "more": Text(zh="分，超过", en="more marks than now, to reach"),
    "fewer": Text(zh="分（减少），优于", en="fewer marks than now, to reach"),
    "not_ranked": Text(zh="不参加排名", en="not ranked"),
    "no_score": Text(zh="无得分（权重由同级指标分担）", en="no score (its weight goes to its siblings)"),
    "asked": Text(zh="申报", en="asked"),
    "counted": Text(zh="计入", en="counted"),
    "lacking": Text(
        zh="有数据的下级不足，没有得分；至少要有",
        en="too few of its children have a value of their own, so it has no points; at least",
    ),
    "wanting": Text(zh="缺少必备数据，没有得分；缺", en="it has no points for want of what is required"),
    "unmet": Text(
        zh="不符合计分条件，没有得分；须",
        en="it has no points, since this does not hold",
    ),
    "ceiling": Text(zh="符合上限条件，最多", en="at most"),
    "whose": Text(zh="取自", en="from"),
    "before": Text(zh="个月前", en="months before"),
    "fold": Text(zh="折入季季评", en="reviews folded in"),
    "mean of reviews": Text(zh="季季评平均", en="mean of the reviews"),
    "no reviews": Text(zh="无季季评得分，按全年自身得分计", en="no review: its own total alone"),
}
"""What stands before or beside a number."""

STEPS: Final[Mapping[Step, Text]] = {
    "marks × points ÷ 100": Text(zh="分值 × 得分 ÷ 100", en="marks × points ÷ 100"),
    "bonus": ADJUSTMENTS["bonus"],
    "penalty": ADJUSTMENTS["penalty"],
    "cut": Text(zh="最低分或上限", en="floor or cap"),
    "aggregation": Text(zh="合成方法的影响", en="effect of the aggregation"),
    "rule": Text(zh="规则的影响", en="effect of the rule"),
    "coefficient": WORDS["coefficient"],
    "rounding": WORDS["rounding"],
    "fold": WORDS["fold"],
    "own total": Text(zh="全年自身得分", en="own total"),
}
"""The amounts of a score that are no child's and no review's."""

ROLES: Final[Mapping[str, Text]] = {
    "best": Text(zh="最优", en="best"),
    "worst": Text(zh="最差", en="worst"),
    "ref": Text(zh="参照值", en="reference"),
    "place": WORDS["place"],
    "mean": Text(zh="平均值", en="mean"),
    "median": Text(zh="中位数", en="median"),
    "sd": Text(zh="标准差", en="standard deviation"),
    "beaten": Text(zh="超过的单位数", en="units that are worse"),
    "reached": Text(zh="不优于它的单位数（含自身）", en="units no better, itself with them"),
    "n": Text(zh="单位数", en="units"),
    "n_beside_zero": Text(zh="单位数（0值除外）", en="units that have not 0"),
    "min": Text(zh="最小值", en="least"),
    "max": Text(zh="最大值", en="greatest"),
}
"""What a number was to the rule that compared a value with it."""

STAGES: Final[Mapping[str, Text]] = {
    "ratio": Text(zh="比率", en="ratio"),
    "aggregate": Text(zh="合成值", en="aggregate"),
    "points": Text(zh="得分（百分制）", en="points"),
    "scores": Text(zh="得分", en="scores"),
    "total": Text(zh="总分", en="total"),
}
"""The stages that are rounded."""

TREATMENTS: Final[Mapping[str, Text]] = {
    "log": Text(zh="取对数", en="log"),
    "winsorised": Text(zh="缩尾", en="winsorised"),
    "limited": Text(zh="限于分位数之内", en="limited"),
}
"""What is done to an outlier."""
