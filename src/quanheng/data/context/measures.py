"""Measuring units: what they measure and by what factor, and the lines around a table that name one.

`单位：万元` names a measuring unit, `填报单位：统计局` does not: a line counts if what it names is known.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Final

from quanheng.findings.patterns import bounded
from quanheng.findings.value import Value
from quanheng.periods.widths import to_half_width

_LONGEST: Final = 200
_FEW: Final = 8
"""No line names more measuring units."""


class Measure(Value):
    """What a measuring unit measures (`money`), and how many of the smallest one it is."""

    of: str
    factor: float


_SCALES: Final[Mapping[str, float]] = {
    "": 1,
    "十": 10,
    "百": 100,
    "千": 1e3,
    "万": 1e4,
    "十万": 1e5,
    "百万": 1e6,
    "千万": 1e7,
    "亿": 1e8,
    "十亿": 1e9,
    "百亿": 1e10,
    "千亿": 1e11,
    "万亿": 1e12,
}
_ENGLISH_SCALES: Final[Mapping[str, float]] = {
    **dict.fromkeys(("hundred", "hundreds"), 100),
    **dict.fromkeys(("thousand", "thousands", "k", "000", "'000"), 1e3),
    **dict.fromkeys(("million", "millions", "mn", "m", "mio"), 1e6),
    **dict.fromkeys(("billion", "billions", "bn"), 1e9),
    **dict.fromkeys(("trillion", "trillions", "tn"), 1e12),
}
_BASES: Final[Mapping[str, tuple[str, float]]] = {
    **dict.fromkeys(("元", "人民币元", "元人民币", "cny", "rmb", "yuan"), ("yuan", 1)),
    **dict.fromkeys(("美元", "usd", "us$", "$", "dollars", "usdollars"), ("dollars", 1)),
    **dict.fromkeys(("欧元", "eur", "euro", "euros", "€"), ("euros", 1)),
    **dict.fromkeys(("港元", "港币", "hkd"), ("hkd", 1)),
    **dict.fromkeys(("日元", "jpy", "yen"), ("yen", 1)),
    **dict.fromkeys(("英镑", "gbp", "£"), ("pounds", 1)),
    **dict.fromkeys(("人", "名", "persons", "people", "inhabitants"), ("people", 1)),
    **dict.fromkeys(("户", "家庭", "households"), ("households", 1)),
    **dict.fromkeys(
        ("家", "个", "件", "起", "宗", "项", "例", "条", "套", "台", "辆", "张", "所"), ("pieces", 1)
    ),
    **dict.fromkeys(("次", "人次", "times"), ("times", 1)),
    **dict.fromkeys(("克", "g", "grams"), ("weight", 1)),
    **dict.fromkeys(("千克", "公斤", "kg"), ("weight", 1e3)),
    **dict.fromkeys(("吨", "t", "tons", "tonnes"), ("weight", 1e6)),
    **dict.fromkeys(("吨标准煤", "吨标煤", "tce"), ("coal", 1)),
    **dict.fromkeys(("米", "metres", "meters"), ("length", 1)),
    **dict.fromkeys(("千米", "公里", "km"), ("length", 1e3)),
    **dict.fromkeys(("平方米", "㎡", "m2", "m²"), ("area", 1)),
    **dict.fromkeys(("平方千米", "平方公里", "km2", "km²", "sqkm"), ("area", 1e6)),
    **dict.fromkeys(("公顷", "ha", "hectares"), ("area", 1e4)),
    "亩": ("area", 1e4 / 15),
    **dict.fromkeys(("立方米", "m3", "m³"), ("volume", 1)),
    **dict.fromkeys(("千瓦时", "度", "kwh"), ("power", 1)),
    **dict.fromkeys(("%", "百分比", "percent"), ("rate", 1)),
    "百分点": ("rate", 1),
    "‰": ("rate", 0.1),
    **dict.fromkeys(("天", "日", "days"), ("days", 1)),
    **dict.fromkeys(("分", "分值", "points"), ("points", 1)),
}
_SCALED: Final = bounded(f"({'|'.join(sorted(filter(None, _SCALES), key=len, reverse=True))})(.+)")
_SCALE_FIRST: Final = bounded(f"({'|'.join(sorted(_ENGLISH_SCALES, key=len, reverse=True))})(?:of)?(.+)")
_SCALE_LAST: Final = bounded(f"(.{{1,60}}?)({'|'.join(sorted(_ENGLISH_SCALES, key=len, reverse=True))})")


def measure_of(text: str) -> Measure | None:
    """Return what the measuring unit `text` measures, or None if it is not known.

    Examples:
        >>> measure_of("万元"), measure_of("US$ million"), measure_of("统计局")
        (Measure(of='yuan', factor=10000.0), Measure(of='dollars', factor=1000000.0), None)
    """
    tidy = "".join(to_half_width(text[:_LONGEST]).split()).lower()
    if tidy in _BASES:
        return Measure(of=_BASES[tidy][0], factor=_BASES[tidy][1])
    for pattern, scales, base_first in (
        (_SCALED, _SCALES, False),
        (_SCALE_FIRST, _ENGLISH_SCALES, False),
        (_SCALE_LAST, _ENGLISH_SCALES, True),
    ):
        found = pattern.fullmatch(tidy)
        scale, base = (
            (found[2], found[1]) if found and base_first else (found[1], found[2]) if found else ("", "")
        )
        if base in _BASES:
            return Measure(of=_BASES[base][0], factor=_BASES[base][1] * scales[scale])
    return None


_NAMED: Final = bounded(
    r"(?:计量|金额|货币|数据|数值)?单位\s*(?::|为|是)\s*((?:(?!单位)[^()\[\]]){1,60})"
    r"|(?i:\bunits?(?: of measure(?:ment)?)?\s*:|\b(?:measured|amounts?|figures|values|data) in\b)"
    r"\s*([^()\[\]]{1,60})"
)
_IN_BRACKETS: Final = bounded(r"[(\[](?i:单位\s*:|in\s)?\s*([^()\[\]]{1,60})[)\]]\s*$")
_BETWEEN: Final = bounded(r"[、,;\s]+|和|及")


def measures_in(text: str, known: Collection[str] = ()) -> tuple[str, ...]:
    """Return the measuring units that a line beside a table names; `known` are further units than the usual.

    Examples:
        >>> measures_in("各镇主要指标（单位：万元、人）"), measures_in("填报单位：统计局")
        (('万元', '人'), ())
    """
    tidy = to_half_width(text[:_LONGEST]).strip()
    parts = [part for named in _NAMED.finditer(tidy) for part in _units_in(named[1] or named[2], known)]
    if not parts and (found := _IN_BRACKETS.search(tidy)):
        parts = list(_units_in(found[1], known))
    return tuple(dict.fromkeys(parts[:_FEW]))


def _units_in(text: str, known: Collection[str]) -> Iterator[str]:
    """Yield the measuring units at the beginning of `text`."""
    if _is_unit(text.strip(), known):
        yield text.strip()
        return
    for part in _BETWEEN.split(text.strip()):
        if not _is_unit(part, known):
            return
        yield part


def _is_unit(text: str, known: Collection[str]) -> bool:
    return bool(text) and (text in known or measure_of(text) is not None)
