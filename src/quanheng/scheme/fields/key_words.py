"""The Chinese word for each key of a scheme: the heading of its column, and its name in messages.

A key may be called otherwise below some part: `from` is 责任部门 of an item and 授奖分组 of an award.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from quanheng.scheme.fields.lines import Path

_KEYS: Final[Mapping[str, str]] = {
    "code": "编码",
    "parent": "上级编码",
    "key": "项目",
    "value": "内容",
    "name": "名称",
    "marks": "满分",
    "measured_in": "计量单位",
    "kind": "数据类型",
    "every": "报送周期",
    "from": "责任部门",
    "scope": "口径",
    "count": "计数台账",
    "sum": "合计字段",
    "mean": "平均字段",
    "where": "条件",
    "by": "按字段",
    "attribute": "单位属性",
    "weight": "权重",
    "groups": "适用分组",
    "measure": "指标公式",
    "rule": "计分规则",
    "direction": "方向",
    "gaps": "缺项处理",
    "missing": "应报未报",
    "not_applicable": "不适用",
    "treat": "异常值处理",
    "within": "比较范围",
    "aggregate": "合成方法",
    "weights": "赋权方法",
    "coefficient": "难度系数",
    "note": "备注",
    "children": "下级",
    "top": "名次比例",
    "at_least": "最低得分",
    "unless": "除外条件",
    "take": "名额",
    "to": "授予对象字段",
    "veto": "否决处理",
    "tier": "等次",
    "quanheng": "语言版本",
    "id": "方案编号",
    "title": "方案名称",
    "round": "考核期",
    "items": "数据项",
    "defaults": "默认",
    "adjustments": "加减分",
    "bonus": "加分",
    "penalty": "扣分",
    "cap": "上限",
    "rules": "规则",
    "rounding": "修约",
    "ratio": "比率",
    "points": "得分率",
    "scores": "得分",
    "total": "总分",
    "ties": "同分处理",
    "break_by": "依次比较",
    "tiers": "等次设置",
    "awards": "奖项",
    "pace": "序时进度",
    "curve": "曲线",
    "at": "时点比例",
    "yellow": "黄灯线",
    "red": "红灯线",
    "green": "绿灯",
    "when": "亮灯条件",
    "repeat": "连续次数",
    "due_soon": "临期天数",
    "target": "目标性质",
    "seasonal": "参照往年年数",
    "reviews": "季季评",
    "nodes": "评议节点",
    "through": "逐级平均",
    "fold": "折算",
    "year": "全年",
    "node": "计入节点",
    "ledgers": "台账定义",
    "campaigns": "专项行动",
    "unit": "单位列",
    "owner": "责任人列",
    "evidence": "佐证列",
    "opened": "开始日期列",
    "due": "应办日期列",
    "closed": "办结日期列",
    "states": "状态",
    "column": "列",
    "moves": "流转",
    "state": "所处状态",
    "next": "可转为",
    "first": "初始状态",
    "done": "办结状态",
    "fields": "字段",
    "sort": "内容类型",
    "needed": "必填",
    "least": "最小值",
    "most": "最大值",
    "one_of": "可填内容",
    "ledger": "台账",
    "campaign": "所属行动",
    "milestones": "阶段目标",
    "indicators": "关联指标",
    "workbook": "审计工作簿",
    "zh": "中文",
    "en": "英文",
    # rules
    "scale": "功效系数法",
    "bands": "区间插值法",
    "steps": "分档赋分法",
    "place": "排序赋分法",
    "percentile": "百分位法",
    "zscore": "标准化法",
    "deduct": "扣分法",
    "ideal": "适度指标法",
    "met": "达标赋分法",
    "given": "直接评分法",
    "worst": "最差值",
    "best": "最好值",
    "base": "基础分",
    "clamp": "越界处理",
    "round_ratio": "比率小数位",
    "met_only": "只看是否完成",
    "floor": "最低分",
    "compare": "比较方式",
    "over": "超额",
    "short": "不足",
    "per": "每",
    "add": "加",
    "up_to": "加至",
    "down_to": "减至",
    "whole": "不足一步不计",
    "table": "对照表",
    "otherwise": "其余",
    "last": "末名得分",
    "step": "每退一名减",
    "ref": "参照值",
    "center": "均值得分",
    "spread": "每个标准差得分",
    "ddof": "自由度扣减",
    "each": "每单位扣",
    "free": "免扣",
    "between": "适度区间",
    "width": "区间外宽度",
    "range": "分值范围",
    "item": "数据项",
    # gaps, outliers, weights, aggregation
    "fill": "填补",
    "winsorise": "最多缩尾",
    "then": "仍不够时",
    "skewness": "偏度限",
    "kurtosis": "峰度限",
    "quantiles": "分位数",
    "power": "幂平均",
    "ahp": "层次分析法",
    "bod": "各取所长法",
    "order": "次序",
    "matrix": "判断矩阵",
}
_BELOW: Final[Mapping[tuple[str, str], str]] = {
    ("items", "groups"): "分组",
    ("groups", "groups"): "分组",
    ("ledgers", "key"): "编号列",
    ("campaigns", "from"): "开始日期",
    ("campaigns", "to"): "结束日期",
    ("awards", "from"): "授奖分组",
    ("awards", "by"): "排序依据",
    ("awards", "every"): "评选周期",
    ("awards", "veto"): "被否决单位",
    ("gaps", "at_least"): "最低可计权重",
    ("gaps", "moved_over"): "移转权重提示线",
    ("missing", "within"): "按单位属性",
    ("missing", "at"): "填补于",
    ("when", "red"): "红灯",
    ("when", "yellow"): "黄灯",
    ("adjustments", "kind"): "类型",
    ("adjustments", "marks"): "分值",
    ("adjustments", "when"): "生效条件",
    ("fold", "reviews"): "季季评平均",
    ("pace", "every"): "亮灯周期",
    ("reviews", "every"): "评议周期",
    ("milestones", "by"): "截止日期",
    ("milestones", "done"): "完成比例",
    ("rule", "target"): "目标完成法",
    ("rule", "ratio"): "比值法",
    ("rule", "unit"): "单位",
    ("short", "take"): "减",
    ("place", "first"): "第一名得分",
    ("ratio", "cap"): "最高分",
    ("target", "cap"): "最高分",
    ("deduct", "from"): "起始分",
    ("bod", "least"): "最小占比",
    ("bod", "most"): "最大占比",
}
"""Keys with a word of their own below some part; the nearest part above counts."""

SYNONYMS: Final[Mapping[str, tuple[str, ...]]] = {
    "scale": ("功效系数", "极差法", "极差标准化"),
    "target": ("目标完成", "目标完成率法", "完成率法"),
    "bands": ("区间插值", "分段插值法"),
    "steps": ("分档赋分", "分档计分法"),
    "place": ("排序赋分", "位次法", "排名赋分"),
    "percentile": ("百分位", "百分位数法"),
    "ratio": ("比值",),
    "zscore": ("标准化", "标准分法", "Z值法"),
    "deduct": ("扣分",),
    "ideal": ("适度指标", "适度法"),
    "met": ("达标赋分", "达标法"),
    "given": ("直接评分", "直接计分"),
    "ahp": ("层次分析",),
    "bod": ("BOD（各取所长）", "各取所长"),
    "worst": ("最差", "不允许值"),
    "best": ("最好", "满意值"),
    "from": ("由",),
    "parent": ("上级", "上级指标"),
    "code": ("代码",),
    "at_least": ("最低得分",),
    "every": ("报送周期", "周期"),
    "when": ("条件",),
    "kind": ("种类",),
    "name": ("规则名称",),
}
"""Other words that are read."""


def word_of(key: str, above: Path = ()) -> str:
    """Return the Chinese word for `key` below the path `above`; the key itself where it has none.

    Examples:
        >>> word_of("from"), word_of("from", ("awards",)), word_of("cap", ("rule", "ratio"))
        ('责任部门', '授奖分组', '最高分')
    """
    for part in reversed(above):
        if isinstance(part, str) and (part, key) in _BELOW:
            return _BELOW[part, key]
    return _KEYS.get(key, key)


def key_of(word: str, keys: Iterable[str], above: Path = ()) -> str | None:
    """Return the one of `keys` that `word` means below the path `above`, in either language; None if none.

    Examples:
        >>> key_of("极差法", ["scale", "given"], ("rule",)), key_of("cap", ["cap"]), key_of("不详", ["cap"])
        ('scale', 'cap', None)
    """
    known = tuple(keys)
    if word in known:
        return word
    for key in known:
        if word == word_of(key, above):
            return key
    return next((key for key in known if word == _KEYS.get(key) or word in SYNONYMS.get(key, ())), None)
