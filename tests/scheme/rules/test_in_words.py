"""Every rule has its line in Chinese."""

from __future__ import annotations

import pytest
from tests.scheme.written import indicator


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("scale", "功效系数法：最差值为实际值，最优值为实际值，基础分0，比率限于0至1，直线"),
        (
            "{scale: {worst: q5, best: target, base: 60, clamp: above, curve: exponential, round_ratio: 4}}",
            "功效系数法：最差值为第5百分位数，最优值为目标值，基础分60，比率不超过1，指数曲线，比率取4位小数",
        ),
        (
            "{scale: {worst: {unit: DEU}, best: {item: b}, clamp: below}}",
            "功效系数法：最差值为单位DEU的值，最优值为数据项b，基础分0，比率不低于0，直线",
        ),
        (
            "{scale: {worst: log(100), best: 9.5, clamp: none}}",
            "功效系数法：最差值为log(100)，最优值为9.5，基础分0，比率不限，直线",
        ),
        ("target", "目标完成法：按完成率计分，不低于0分，不超过100分"),
        (
            "{target: {met_only: true, compare: difference}}",
            "目标完成法：完成目标得100分，否则0分，按与目标之差",
        ),
        (
            "{target: {base: 80, over: {per: 1%, add: 1, up_to: 110, whole: true}}}",
            "目标完成法：完成目标得80分，每超1%加1分（不足一步不计），最高110分",
        ),
        (
            "{target: {base: 80, over: {per: 0.1, add: 1, up_to: 100}, compare: difference}}",
            "目标完成法：完成目标得80分，每超0.1加1分，最高100分，按与目标之差",
        ),
        (
            "{target: {base: 80, short: {per: 1%, take: 2, down_to: 20}}}",
            "目标完成法：完成目标得80分，每差1%减2分，最低20分",
        ),
        ("{bands: [[0.8, 0], [1, 100]]}", "区间插值：0.8→0分，1→100分，其间按直线，两端不变"),
        ("{steps: {table: [[60, 50], [80, 100]], otherwise: 20}}", "分档赋分：60→50分，80→100分，其余20分"),
        ("{place: {first: 100, last: 60}}", "排序赋分：第1名100分，末名60分，其间等距"),
        ("{place: {step: 5, floor: 30}}", "排序赋分：第1名100分，每退1名减5分，不低于30分"),
        (
            "{place: {table: {1-3: 100, 4: 70}, otherwise: 10}}",
            "排序赋分：第1至3名100分，第4名70分，其余10分",
        ),
        ("percentile", "百分位：所超过单位占其他单位的百分比"),
        ("{ratio: {ref: best, cap: 100}}", "比值法：与最优值之比，不超过100分"),
        ("{ratio: {ref: 24}}", "比值法：与24之比"),
        ("{ratio: {ref: b}}", "比值法：与数据项b之比"),
        ("zscore", "标准化：50＋10×标准分（标准差除以n−1）"),
        ("{zscore: {center: 80, spread: 8, ddof: 0}}", "标准化：80＋8×标准分（标准差除以n）"),
        ("{deduct: {each: 5}}", "扣分法：起点100分，每1扣5分，不低于0分"),
        ("{ideal: {between: [95, 100], width: 20}}", "适度指标：95至100得100分，偏离20时0分"),
        ("{ideal: {between: [95, 100]}}", "适度指标：95至100得100分，观测到的最大偏离时0分"),
        ("{met: x >= 80 and b > 0}", "达标赋分：满足 x >= 80 and b > 0 得100分，否则0分"),
        ("{given: {range: [0, 120]}}", "直接评分：0至120"),
    ],
)
def test_rule_has_its_line(rule: str, text: str) -> None:
    assert indicator(f"measure: a\nrule: {rule}").rule.in_words("zh") == text
