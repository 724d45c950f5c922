"""The words of a scheme's sheets in a workbook: sheet names and headings, Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SCHEME: Final = "scheme"
RECORDS: Final = ("groups", "items", "indicators", "tiers", "awards")
"""The parts of a scheme that have a sheet of their own, a row each; the rest stands on the sheet `scheme`."""

SHEET_NAMES: Final[Mapping[str, str]] = {
    SCHEME: "方案",
    "groups": "分组",
    "items": "数据项",
    "indicators": "指标",
    "tiers": "等次",
    "awards": "奖项",
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
    "pace": "序时进度",
    "reviews": "季季评",
    "zh": "中文",
    "en": "英文",
}
"""The Chinese word for each key; a heading of several keys joins theirs: `name.en` is 名称.英文."""

_TEXTS: Final = frozenset(
    {
        CODE,
        PARENT,
        "name",
        "title",
        "note",
        "measured_in",
        "from",
        "count",
        "sum",
        "mean",
        "where",
        "by",
        "attribute",
        "measure",
        "coefficient",
        "unless",
        "to",
        "id",
        "round",
    }
)

BOTH_NAMES: Final[Mapping[str, str]] = {
    **{english: english for english in SHEET_NAMES},
    **{chinese: english for english, chinese in SHEET_NAMES.items()},
}
"""The English name of a sheet called either way."""

_ENGLISH: Final[Mapping[str, str]] = {chinese: english for english, chinese in HEADINGS.items()}


def heading(path: tuple[str, ...]) -> str:
    """Return the Chinese heading for a path of keys.

    Examples:
        >>> heading(("name", "en"))
        '名称.英文'
        >>> heading(("weight", "towns"))
        '权重.towns'
    """
    return ".".join(HEADINGS.get(key, key) for key in path)


def path_of(text: str) -> tuple[str, ...]:
    """Return the keys a heading means, written in either language.

    Examples:
        >>> path_of("名称.英文"), path_of("weight.towns")
        (('name', 'en'), ('weight', 'towns'))
    """
    first, *rest = (part.strip() for part in text.strip().split("."))
    return (_ENGLISH.get(first, first), *(_ENGLISH.get(part, part) for part in rest))


def is_text(part: str, key: str) -> bool:
    """Return whether the cells of `key` are taken as they stand; others are read as YAML, rules for example.

    An item comes `from` a department, but an award goes to units `from` several groups.
    """
    return key in _TEXTS and (part, key) != ("awards", "from")
