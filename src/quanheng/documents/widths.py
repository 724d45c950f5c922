"""How wide texts are, counted in characters, and where a title is best broken into lines."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from typing import Final

_NARROW: Final = 0.5
"""How wide a letter of the alphabet is, beside a Chinese character."""
_NEVER_FIRST: Final = frozenset("，。、；：？！）》〉」』】〕”’％%)]},.;:!?")
_NEVER_LAST: Final = frozenset("（《〈「『【〔“‘([{")
_BOUND: Final = frozenset("的和与及或之等")
"""Words that lean on what stands before them: a line does not begin with one."""
_WHOLE: Final = (
    *(
        "高质量",
        "发展",
        "综合",
        "考核",
        "年度",
        "季度",
        "上半年",
        "下半年",
        "结果",
        "通报",
        "通知",
        "评价",
        "绩效",
    ),
    *(
        "经济",
        "社会",
        "目标",
        "责任",
        "管理",
        "工作",
        "实施",
        "办法",
        "方案",
        "情况",
        "指标",
        "指数",
        "单位",
        "部门",
    ),
    *(
        "街道",
        "园区",
        "先进",
        "集体",
        "个人",
        "表彰",
        "奖励",
        "决定",
        "关于",
        "印发",
        "公布",
        "全部",
        "内容",
        "有关",
    ),
)
"""Words of titles that are not broken; where else a title breaks well only a person can tell."""
_FEWEST: Final = 3.0
"""A last line is not shorter than so many characters."""
_COST: Final = 6.0
"""What a break at a bad place costs, in squares of characters of unevenness."""
_SHORT: Final = 400.0
"""What so short a last line costs."""


def width(text: str) -> float:
    """Return about how many Chinese characters `text` is wide.

    Examples:
        >>> width("2023年度考核"), width("")
        (6.0, 0)
    """
    return sum(1.0 if is_wide(letter) else _NARROW for letter in text)


def is_wide(letter: str) -> bool:
    """Return whether a character is as wide as a Chinese one, in Chinese fonts.

    Examples:
        >>> [is_wide(letter) for letter in "度A—"]
        [True, False, True]
    """
    return unicodedata.east_asian_width(letter) in "WFA"


def cut_apart(names: Sequence[str], most: float) -> list[str]:
    """Return `names`, those wider than `most` characters without their middle; no two are cut to the same.

    Examples:
        >>> cut_apart(["示例市经济技术开发区管理委员会", "甲镇"], 10)
        ['示例市经济技…委员会', '甲镇']
        >>> cut_apart(["示例市经济技术开发区一科", "示例市经济技术新开发区一科"], 10)
        ['示例市经济技术开发区一科', '示例市经济技术新开发区一科']
    """
    short = [name if width(name) <= most else _without_middle(name, most - 1) for name in names]
    counts = Counter(short)
    return [cut if counts[cut] == 1 else name for cut, name in zip(short, names, strict=True)]


def _without_middle(name: str, room: float) -> str:
    last = _within(name[::-1], room / 3)[::-1]
    return f"{_within(name, room - width(last))}…{last}"


def _within(text: str, room: float) -> str:
    """Return as much of the beginning of `text` as there is room for."""
    kept = 0
    while kept < len(text) and width(text[: kept + 1]) <= room:
        kept += 1
    return text[:kept]


def balanced(text: str, most: float) -> tuple[str, ...]:
    """Return `text` in as few lines as it takes, of about the same width, none wider than `most` characters.

    A line never begins with a closing mark nor ends with an opening one, and numbers and words of letters
    stay whole where they can; no last line is of one or two characters.

    Examples:
        >>> balanced("关于示例区2023年度高质量发展综合考核结果的通报", 20)
        ('关于示例区2023年度高质量', '发展综合考核结果的通报')
        >>> balanced("关于考核结果的通报", 20)
        ('关于考核结果的通报',)
    """
    if width(text) <= most:
        return (text,)
    lines = -(-width(text) // most)
    while True:
        found = _broken(text, most, width(text) / lines)
        if found is not None:
            return found
        lines += 1


def _broken(text: str, most: float, ideal: float) -> tuple[str, ...] | None:
    """Return the lines that differ least from the `ideal` width; None if it takes more of them."""
    ends = len(text)
    least = [float("inf")] * ends + [0.0]
    following = [ends] * (ends + 1)
    for start in reversed(range(ends)):
        for end in range(start + 1, ends + 1):
            wide = width(text[start:end].strip())
            if wide > most and end > start + 1:
                break
            cost = (wide - ideal) ** 2 + least[end] + (0.0 if end == ends else _cost(text, end))
            cost += _SHORT if end == ends and wide < _FEWEST and start else 0.0
            if cost < least[start]:
                least[start], following[start] = cost, end
    lines = []
    start = 0
    while start < ends:
        lines.append(text[start : following[start]].strip())
        start = following[start]
    return tuple(lines) if len(lines) <= round(width(text) / ideal) else None


def _cost(text: str, at: int) -> float:
    """Return what it costs to break before the character `at`."""
    before, after = text[at - 1], text[at]
    if after in _NEVER_FIRST or before in _NEVER_LAST:
        return 100.0 * _COST
    if _is_word(before) and _is_word(after):
        return 10.0 * _COST
    if any(word in text[max(0, at - len(word) + 1) : at + len(word) - 1] for word in _WHOLE):
        return 2.0 * _COST
    leans = after in _BOUND or (_is_word(before) and after in "年月日季度个名％%")
    return _COST if leans else 0.0


def _is_word(letter: str) -> bool:
    return letter.isascii() and letter.isalnum()
