"""The words of a scheme's sheets in a workbook: sheet names and headings, Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from quanheng.scheme.ledgers.statistics import STATISTICS

SCHEME: Final = "scheme"
RECORDS: Final = ("groups", "items", "indicators", "tiers", "awards", "ledgers", "campaigns")
"""The parts of a scheme that have a sheet of their own, a row each; the rest stands on the sheet `scheme`."""

SHEET_NAMES: Final[Mapping[str, str]] = {
    SCHEME: "方案",
    "groups": "分组",
    "items": "数据项",
    "indicators": "指标",
    "tiers": "等次",
    "awards": "奖项",
    "ledgers": "台账定义",
    "campaigns": "专项行动",
}
"""The Chinese name of each sheet; the key is the English one, and both are read."""

CODE: Final = "code"
PARENT: Final = "parent"

HEADINGS: Final[Mapping[str, str]] = {
    CODE: "编码",
    PARENT: "上级编码",
    "key": "项目",
    "value": "内容",
    "name": "名称",
    "marks": "满分",
    "measured_in": "计量单位",
    "kind": "数据类型",
    "every": "报送周期",
    "from": "责任部门",
    **{name: statistic.heading for name, statistic in STATISTICS.items()},
    "where": "条件",
    "by": "按字段",
    "attribute": "单位属性",
    "weight": "权重",
    "groups": "适用分组",
    "measure": "指标公式",
    "rule": "计分规则",
    "direction": "方向",
    "gaps": "缺项处理",
    "treat": "异常值处理",
    "within": "比较范围",
    "aggregate": "合成方法",
    "weights": "赋权方法",
    "coefficient": "难度系数",
    "note": "备注",
    "top": "名次比例",
    "at_least": "最低得分",
    "unless": "除外条件",
    "take": "名额",
    "to": "授予对象字段",
    "veto": "否决处理",
    "quanheng": "语言版本",
    "id": "方案编号",
    "title": "方案名称",
    "round": "考核期",
    "defaults": "默认",
    "adjustments": "加减分",
    "bonus": "加分",
    "penalty": "扣分",
    "rules": "规则",
    "rounding": "修约",
    "ratio": "比率",
    "points": "得分率",
    "scores": "得分",
    "total": "总分",
    "ties": "同分处理",
    "break_by": "依次比较",
    "scope": "口径",
    "pace": "序时进度",
    "curve": "曲线",
    "at": "时点比例",
    "yellow": "黄灯线",
    "red": "红灯线",
    "when": "亮灯条件",
    "repeat": "连续次数",
    "due_soon": "临期天数",
    "reviews": "季季评",
    "nodes": "评议节点",
    "through": "逐级平均",
    "fold": "折算",
    "unit": "单位列",
    "owner": "责任人列",
    "evidence": "佐证列",
    "opened": "开始日期列",
    "due": "应办日期列",
    "closed": "办结日期列",
    "states": "状态",
    "column": "列",
    "moves": "流转",
    "first": "初始状态",
    "done": "办结状态",
    "fields": "字段",
    "ledger": "台账",
    "milestones": "阶段目标",
    "indicators": "关联指标",
    "workbook": "审计工作簿",
    "zh": "中文",
    "en": "英文",
}
"""The Chinese word for each key; a heading of several keys joins theirs: `name.en` is 名称.英文."""

_HEADINGS_OF_PARTS: Final[Mapping[tuple[str, str], str]] = {
    ("ledgers", "key"): "编号列",
    ("campaigns", "from"): "开始日期",
    ("campaigns", "to"): "结束日期",
    ("awards", "from"): "授奖分组",
}
"""Keys that have a word of their own on one sheet; any sheet may use either word."""

_TEXTS: Final = frozenset(
    {
        CODE,
        PARENT,
        "name",
        "title",
        "note",
        "measured_in",
        "from",
        *STATISTICS,
        "where",
        "by",
        "attribute",
        "measure",
        "coefficient",
        "unless",
        "to",
        "id",
        "round",
        "scope",
        "ledger",
        "key",
        "unit",
        "owner",
        "evidence",
        "opened",
        "due",
        "closed",
    }
)

BOTH_NAMES: Final[Mapping[str, str]] = {
    **{english: english for english in SHEET_NAMES},
    **{chinese: english for english, chinese in SHEET_NAMES.items()},
}
"""The English name of a sheet called either way."""

_ENGLISH: Final[Mapping[str, str]] = {
    **{chinese: english for english, chinese in HEADINGS.items()},
    **{chinese: english for (_, english), chinese in _HEADINGS_OF_PARTS.items()},
}
_OF_GROUPS: Final = "weight"
"""Below this key stand codes of groups, which are not translated."""


def heading(path: tuple[str, ...], part: str = SCHEME) -> str:
    """Return the Chinese heading for a path of keys on the sheet of `part`.

    Examples:
        >>> heading(("name", "en"))
        '名称.英文'
        >>> heading(("weight", "towns"))
        '权重.towns'
    """
    first, *rest = path
    words = rest if first == _OF_GROUPS else [HEADINGS.get(key, key) for key in rest]
    return ".".join((_HEADINGS_OF_PARTS.get((part, first), HEADINGS.get(first, first)), *words))


def path_of(text: str) -> tuple[str, ...]:
    """Return the keys a heading means, written in either language.

    Examples:
        >>> path_of("名称.英文"), path_of("weight.towns")
        (('name', 'en'), ('weight', 'towns'))
    """
    first, *rest = (part.strip() for part in text.strip().split("."))
    key = _ENGLISH.get(first, first)
    return (key, *rest) if key == _OF_GROUPS else (key, *(_ENGLISH.get(part, part) for part in rest))


def is_text(part: str, key: str) -> bool:
    """Return whether the cells of `key` are taken as they stand; others are read as YAML, rules for example.

    An item comes `from` a department, but an award goes to units `from` several groups.
    """
    return key in _TEXTS and (part, key) != ("awards", "from")
