"""Words of the scheme language that stand in an explanation, in Chinese."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

_STAGES: Final[Mapping[str, str]] = {
    "ratio": "比率",
    "points": "得分（百分制）",
    "scores": "得分",
    "total": "总分",
}
_REASONS: Final[Mapping[str, str]] = {
    "missing": "缺失",
    "not_applicable": "不适用",
    "undefined": "无法计算",
}
_POLICIES: Final[Mapping[str, str]] = {
    "error": "视为错误",
    "zero": "计0分",
    "worst": "按最低分",
    "redistribute": "权重移给同级",
    "neutral": "按基础分",
    "full": "计满分",
}
_FILL: Final = re.compile(r"fill (?P<statistic>mean|median) within (?P<within>.+) at (?P<at>value|points)")
_STATISTICS: Final[Mapping[str, str]] = {"mean": "平均值", "median": "中位数"}
_FILLED: Final[Mapping[str, str]] = {"value": "指标值", "points": "得分"}
_TREATMENTS: Final[Mapping[str, str]] = {"log": "取对数", "winsorised": "缩尾", "limited": "限于分位数之内"}


def rounding_in_chinese(text: str) -> str:
    """Return a stage and its decimals.

    Examples:
        >>> rounding_in_chinese("points: 2")
        '得分（百分制）: 2'
    """
    stage, sign, decimals = text.partition(": ")
    return f"{_STAGES.get(stage, stage)}{sign}{decimals}"


def policy_in_chinese(text: str) -> str:
    """Return why a value is absent and what is done about it.

    Examples:
        >>> policy_in_chinese("missing: fill mean within group at points")
        '缺失，以本组的平均值填补得分'
        >>> policy_in_chinese("not_applicable: redistribute")
        '不适用，权重移给同级'
    """
    reason, _, policy = text.partition(": ")
    fill = _FILL.fullmatch(policy)
    if fill is not None:
        within = "本组" if fill["within"] == "group" else f"“{fill['within']}”相同的单位"
        done = f"以{within}的{_STATISTICS[fill['statistic']]}填补{_FILLED[fill['at']]}"
    else:
        done = _POLICIES.get(policy, policy)
    return f"{_REASONS.get(reason, reason)}，{done}"


def treatment_in_chinese(text: str) -> str:
    """Return what was done to an outlier.

    Examples:
        >>> treatment_in_chinese("winsorised")
        '缩尾'
    """
    return _TREATMENTS.get(text, text)
