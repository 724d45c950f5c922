"""A rule in one line of Chinese, in the words that offices use; `rule_text` has the words of the language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, assert_never

from quanheng.scheme.rules import (
    Anchor,
    Bands,
    Constant,
    Deduct,
    Given,
    Ideal,
    ItemAnchor,
    Met,
    Observed,
    Percentile,
    PlaceByStep,
    PlaceEvenly,
    PlaceRule,
    PlaceTable,
    Quantile,
    Ratio,
    Reference,
    Rule,
    Scale,
    Slope,
    Statistic,
    Steps,
    Target,
    TargetAnchor,
    UnitAnchor,
    ZScore,
)

_CLAMPS: Final[Mapping[str, str]] = {
    "both": "比率限于0至1",
    "above": "比率不超过1",
    "below": "比率不低于0",
    "none": "比率不限",
}
_STATISTICS: Final[Mapping[str, str]] = {"best": "最优值", "mean": "平均值", "median": "中位数"}


def rule_in_chinese(rule: Rule) -> str:
    """Return the rule's name and its numbers in Chinese.

    Examples:
        >>> rule_in_chinese(Scale(worst=Constant(20.0, "20"), best=Constant(85.0, "85")))
        '功效系数法：最差值为20，最优值为85，基础分0，比率限于0至1，直线'
        >>> rule_in_chinese(Deduct(each=0.5, free=2.0))
        '扣分法：起点100分，超过2的部分每1扣0.5分，不低于0分'
    """
    match rule:
        case Scale():
            return f"功效系数法：{_scale(rule)}"
        case Target():
            return f"目标完成法：{_target(rule)}"
        case Bands(points=points):
            return f"区间插值：{_pairs(points)}，其间按直线，两端不变"
        case Steps(steps=steps, otherwise=otherwise):
            return f"分档赋分：{_pairs(steps)}，其余{otherwise:g}分"
        case PlaceEvenly() | PlaceByStep() | PlaceTable():
            return f"排序赋分：{_places(rule)}"
        case Percentile():
            return "百分位：所超过单位占其他单位的百分比"
        case Ratio(ref=ref, cap=cap):
            return f"比值法：与{_reference(ref)}之比" + ("" if cap is None else f"，不超过{cap:g}分")
        case ZScore(center=center, spread=spread, ddof=ddof):
            return f"标准化：{center:g}＋{spread:g}×标准分（标准差除以n{'−1' if ddof else ''}）"
        case Deduct(start=start, each=each, free=free, floor=floor):
            over = f"超过{free:g}的部分" if free else ""
            return f"扣分法：起点{start:g}分，{over}每1扣{each:g}分，不低于{floor:g}分"
        case Ideal(low=low, high=high, width=width):
            limit = "观测到的最大偏离" if width is None else f"偏离{width:g}"
            return f"适度指标：{low:g}至{high:g}得100分，{limit}时0分"
        case Met(condition=condition):
            return f"达标赋分：满足 {condition.text} 得100分，否则0分"
        case Given(low=low, high=high):
            return f"直接评分：{low:g}至{high:g}"
        case _:
            assert_never(rule)


def _scale(rule: Scale) -> str:
    curve = "直线" if rule.curve == "linear" else "指数曲线"
    rounded = "" if rule.round_ratio is None else f"，比率取{rule.round_ratio}位小数"
    return (
        f"最差值为{_anchor(rule.worst)}，最优值为{_anchor(rule.best)}，基础分{rule.base:g}，"
        f"{_CLAMPS[rule.clamp]}，{curve}{rounded}"
    )


def _target(rule: Target) -> str:
    compared = "，按与目标之差" if rule.compare == "difference" else ""
    if rule.met_only:
        return f"完成目标得100分，否则0分{compared}"
    if rule.base is None:
        return f"按完成率计分，不低于{rule.floor:g}分，不超过{rule.cap:g}分{compared}"
    over = _slope(rule.over, rule.compare, "超", "加", "最高")
    short = _slope(rule.short, rule.compare, "差", "减", "最低")
    return f"完成目标得{rule.base:g}分{over}{short}{compared}"


def _slope(
    slope: Slope | None, compare: Literal["ratio", "difference"], side: str, change: str, limit: str
) -> str:
    if slope is None:
        return ""
    per = f"{slope.per * 100:g}%" if compare == "ratio" else f"{slope.per:g}"
    whole = "（不足一步不计）" if slope.whole else ""
    return f"，每{side}{per}{change}{slope.amount:g}分{whole}，{limit}{slope.limit:g}分"


def _pairs(points: tuple[tuple[float, float], ...]) -> str:
    return "，".join(f"{x:g}→{earned:g}分" for x, earned in points)


def _places(rule: PlaceRule) -> str:
    match rule:
        case PlaceEvenly(first=first, last=last):
            return f"第1名{first:g}分，末名{last:g}分，其间等距"
        case PlaceByStep(first=first, step=step, floor=floor):
            return f"第1名{first:g}分，每退1名减{step:g}分，不低于{floor:g}分"
        case PlaceTable(table=table, otherwise=otherwise):
            rows = (
                f"第{top}{'' if top == bottom else f'至{bottom}'}名{earned:g}分"
                for top, bottom, earned in table
            )
            return f"{'，'.join(rows)}，其余{otherwise:g}分"
        case _:
            assert_never(rule)


def _reference(ref: Reference) -> str:
    return _STATISTICS[ref.name] if isinstance(ref, Statistic) else _anchor(ref)


def _anchor(anchor: Anchor) -> str:
    match anchor:
        case Constant(_, text):
            return text
        case Observed():
            return "实际值"
        case Quantile(share):
            return f"第{100 * share:g}百分位数"
        case TargetAnchor():
            return "目标值"
        case UnitAnchor(unit):
            return f"单位{unit}的值"
        case ItemAnchor(item):
            return f"数据项{item}"
        case _:
            assert_never(anchor)
