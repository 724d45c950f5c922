"""The Chinese words for what a key may say where it says one of a few words: 累计, 越大越好, 报错."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final

from quanheng.findings.patterns import bounded
from quanheng.periods.every import EVERY_IN_CHINESE, READINGS_IN_CHINESE

_WORDS: Final[Mapping[str, str]] = {
    "cumulative": "累计",
    "flow": "当期",
    "stock": "时点",
    "rate": "比率",
    "date": "日期",
    "year": EVERY_IN_CHINESE["year"],
    "half": EVERY_IN_CHINESE["half"],
    "quarter": EVERY_IN_CHINESE["quarter"],
    "month": EVERY_IN_CHINESE["month"],
    "day": READINGS_IN_CHINESE["day"],
    "hour": READINGS_IN_CHINESE["hour"],
    "more": "越大越好",
    "less": "越小越好",
    "both": "两端截断",
    "above": "只截上端",
    "below": "只截下端",
    "linear": "直线",
    "exponential": "指数",
    "ratio": "比例",
    "difference": "差值",
    "error": "报错",
    "zero": "计零分",
    "worst": "按最差",
    "redistribute": "权重移转",
    "neutral": "计基础分",
    "full": "计满分",
    "mean": "均值",
    "median": "中位数",
    "value": "指标值",
    "points": "得分",
    "log": "取对数",
    "none": "不处理",
    "group": "本组",
    "all": "全部单位",
    "others": "其他单位",
    "exclusive": "单位数加一",
    "counted": "计入",
    "apart": "另计",
    "arithmetic": "加权算术平均",
    "geometric": "加权几何平均",
    "harmonic": "加权调和平均",
    "min": "取最低",
    "max": "取最高",
    "product": "连乘",
    "sum": "求和",
    "copeland": "两两比较法",
    "marks": "分值",
    "relative": "相对权重",
    "equal": "等权",
    "entropy": "熵权法",
    "critic": "冲突相关法",
    "std": "标准离差法",
    "pca": "主成分法",
    "bod": "各取所长法",
    "even": "均匀",
    "seasonal": "参照往年",
    "accumulates": "逐期累积",
    "level": "随时达到",
    "from_start": "从年初水平起",
    "bonus": "加分",
    "penalty": "扣分",
    "veto": "一票否决",
    "allowed": "可参评",
    "barred": "不参评",
    "text": "文字",
    "number": "数字",
    "observed": "实际最值",
    "best": "最好单位",
    "target": "目标",
    "limit": "取限值",
    "missing": "作缺失",
}
_AT_KEY: Final[Mapping[tuple[str, str], str]] = {
    ("clamp", "none"): "不截断",
    ("then", "none"): "不再处理",
    ("pace", "none"): "年内不要求",
    ("then", "log"): "取对数",
    ("censored", "half"): "取一半",
    ("round", "half"): "四舍五入",
    ("round", "down"): "舍去小数",
    ("round", "up"): "有小数即进一",
    ("publish", "total"): "总分",
    ("publish", "place"): "位次",
    ("publish", "tier"): "等次",
    ("publish", "awards"): "奖项",
    ("publish", "moves"): "升降",
    ("publish", "intervals"): "位次区间",
    ("publish", "dimensions"): "各方面得分",
    ("publish", "indicators"): "各指标得分",
    ("publish", "adjustments"): "加减分",
}
"""Words that say something else at one key."""

SYNONYMS: Final[Mapping[str, tuple[str, ...]]] = {
    "cumulative": ("累计数", "累计值"),
    "flow": ("当期数", "流量"),
    "stock": ("时点数", "存量", "期末数"),
    "rate": ("率", "百分比", "增速"),
    "year": ("年度", "每年"),
    "half": ("半年度", "每半年"),
    "quarter": ("季度", "每季"),
    "month": ("月度", "每月"),
    "more": ("正向", "越高越好", "越多越好"),
    "less": ("逆向", "负向", "越低越好", "越少越好"),
    "error": ("错误",),
    "zero": ("零分", "计0分"),
    "redistribute": ("权重转移", "移转权重"),
    "full": ("满分",),
    "arithmetic": ("算术平均", "加权平均", "加权求和"),
    "geometric": ("几何平均",),
    "harmonic": ("调和平均",),
    "min": ("最小值", "取最低者"),
    "max": ("最大值", "取最高者", "择优"),
    "product": ("乘积", "相乘"),
    "sum": ("合计", "得分相加"),
    "copeland": ("Copeland 法", "Copeland法"),
    "critic": ("CRITIC 法", "CRITIC法"),
    "bod": ("BOD（各取所长）", "各取所长"),
    "veto": ("否决",),
    "penalty": ("减分",),
    "observed": ("实测", "观测值"),
    "best": ("最优",),
}
"""Other words that are read."""

ANCHORS: Final = ("observed", "best", "mean", "median", "target")
"""The words an anchor of a rule may say beside numbers, formulas and items."""
TRUE: Final = "是"
FALSE: Final = "否"
_QUANTILE: Final = bounded(r"q([0-9]{1,3}(?:\.[0-9]{1,6})?)")
_QUANTILE_IN_WORDS: Final = bounded(r"([0-9]{1,3}(?:\.[0-9]{1,6})?)%分位数?")


def word_of_value(key: str, value: str) -> str:
    """Return the Chinese word for what `key` says; `value` itself where it has none.

    Examples:
        >>> word_of_value("kind", "cumulative"), word_of_value("clamp", "none"), word_of_value("worst", "q10")
        ('累计', '不截断', '10%分位')
    """
    quantile = _QUANTILE.fullmatch(value)
    if quantile is not None:
        return f"{quantile[1]}%分位"
    return _AT_KEY.get((key, value)) or _WORDS.get(value, value)


def value_of(key: str, word: str, values: Iterable[str]) -> str | None:
    """Return the one of `values` that `word` means at `key`, in either language; None if none.

    Examples:
        >>> value_of("kind", "比率", ("stock", "rate")), value_of("kind", "ratio", ("stock", "rate"))
        ('rate', None)
    """
    plain = unicodedata.normalize("NFKC", word).strip()
    known = tuple(values)
    if plain in known:
        return plain
    for value in known:
        if plain in (word_of_value(key, value), *SYNONYMS.get(value, ())):
            return value
    return None


def quantile_of(word: str) -> str | None:
    """Return the quantile a Chinese word means, as a scheme writes it; None if it means none.

    Examples:
        >>> quantile_of("10%分位"), quantile_of("10%")
        ('q10', None)
    """
    match = _QUANTILE_IN_WORDS.fullmatch(unicodedata.normalize("NFKC", word).strip())
    return None if match is None else f"q{match[1]}"
