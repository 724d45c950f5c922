"""Formulas with Chinese words: `变化(占比(产值))` for `change(share(产值))`, on the sheets of a workbook.

Only the words of the language are put into the other language; the rest of the text stays as it was written.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import pairwise
from typing import Final

from quanheng.findings.patterns import bounded
from quanheng.scheme.formulas.scopes import REVIEW_WORDS
from quanheng.scheme.formulas.tokens import FormulaError, Token, tokens_of

FUNCTION_WORDS: Final[Mapping[str, str]] = {
    "growth": "增长率",
    "change": "变化",
    "lag": "往期",
    "own": "当期",
    "share": "占比",
    "place": "位次",
    "units": "各单位",
    "sd": "标准差",
    "median": "中位数",
    "months": "各月",
    "quarters": "各季",
    "reviews": "各次评议",
    "best": "最好",
    "worst": "最差",
    "last": "最后",
    "percentile": "百分位数",
    "completion": "完成率",
    "log": "对数",
    "abs": "绝对值",
    "sign": "正负号",
    "floor": "向下取整",
    "ceil": "向上取整",
    "round": "四舍五入",
    "sqrt": "平方根",
    "exp": "自然指数",
    "min": "最小",
    "max": "最大",
    "mean": "平均",
    "sum": "合计",
    "coalesce": "首个有值",
    "where": "若",
    "workdays": "工作日数",
    "points": "百分制得分",
    "score": "得分",
}
"""The Chinese word for each function; a test holds them against the functions there are."""
JOINING_WORDS: Final[Mapping[str, str]] = {"and": "且", "or": "或", "not": "非", "in": "属于"}
WORDS: Final[Mapping[str, str]] = {
    "x": "指标值",
    "target": "目标",
    "marks": "分值",
    "period_start": "期初日",
    "period_end": "期末日",
    "veto": "一票否决",
    "vetoed": "被否决",
    "score": "得分",
    "place": "位次",
    "group": "分组",
    "tier": "等次",
    "award": "奖项",
    "place_from_below": "倒数位次",
    "last_place": "上期位次",
    "last_score": "上期得分",
    "last_tier": "上期等次",
    "place_gain": "进位",
    "score_gain": "增分",
    "first_tier_streak": "连续第一等次期数",
    "first_tier_count": "第一等次期数",
    "value": "指标值",
    "due": "应完成",
    "completion": "完成率",
    "growth": "增长率",
    "average": "平均值",
}
"""The Chinese word for what a formula may speak of beside items; `scopes` says where which is known."""

_SPANS: Final[Mapping[str, str]] = {"y": "年", "q": "季", "m": "个月"}
_SPAN_IN_WORDS: Final = bounded(r"(?<![\w.])([0-9]{1,4})(年|季度?|个?月)(?!\w)", most=5_000)
_OF_WORD: Final = {"年": "y", "季": "q", "季度": "q", "月": "m", "个月": "m"}
_JOINED: Final = {chinese: english for english, chinese in JOINING_WORDS.items()} | {
    "并且": "and",
    "或者": "or",
    "不": "not",
}
_QUOTED: Final = bounded(r"('[^']*'|\"[^\"]*\"|“[^“”]*”|‘[^‘’]*’|`[^`]*`)", most=5_000)
_RUN: Final = bounded(r"\w+", most=5_000)
_OF_REVIEWS: Final = {WORDS[word]: word for word in REVIEW_WORDS}
_LOOKS_AT_REVIEWS: Final = frozenset({"reviews", FUNCTION_WORDS["reviews"]})
_FUNCTIONS: Final = {chinese: english for english, chinese in FUNCTION_WORDS.items()}


def in_chinese(text: str, *, scope: Collection[str] = (), taken: Collection[str] = ()) -> str:
    """Return `text` with Chinese words; `scope` are those known there, `taken` the names that are codes.

    A text that is no formula, or would not read back as it is, is returned as it is.

    Examples:
        >>> in_chinese("change(share(gdp)) > 0 and not lag(gdp, 3m)")
        '变化(占比(gdp)) > 0 且 非 往期(gdp, 3个月)'
    """

    def word(token: Token, follows: str, inside: str) -> str | None:
        if token.kind == "span":
            return f"{token.text[:-1]}{_SPANS[token.text[-1]]}"
        if follows == "(" and token.text in FUNCTION_WORDS:
            return FUNCTION_WORDS[token.text]
        if token.text in JOINING_WORDS:
            return JOINING_WORDS[token.text]
        told = WORDS[token.text] if token.text in (REVIEW_WORDS if inside else scope) else None
        return None if told in taken and not inside else told

    try:
        written = _replaced(text, text, word)
        if in_english(written, scope=scope, taken=taken) == text:
            return written
    except FormulaError:
        pass
    return text


def in_english(text: str, *, scope: Collection[str] = (), taken: Collection[str] = ()) -> str:
    """Return `text` with the words of the scheme language in the place of Chinese ones.

    A name that is `taken` stays one, and so does what stands in back quotes. A text that is no formula is
    returned as it is.

    Examples:
        >>> in_english("变化(占比(地区生产总值)) ≥ 0 且 往期(甲, 1年) > 2")
        'change(share(地区生产总值)) ≥ 0 and lag(甲, 1y) > 2'
    """
    of_place = {WORDS[word]: word for word in scope if word in WORDS}
    spans = _with_spans(text)

    def word(token: Token, follows: str, inside: str) -> str | None:
        known = _OF_REVIEWS if inside else of_place
        if token.text in taken and not inside:
            return None
        if follows == "(" and token.text in _FUNCTIONS:
            return _FUNCTIONS[token.text]
        if token.text[:1] == "非" and token.text[1:] in known:
            return f"not {known[token.text[1:]]}"
        return _JOINED.get(token.text) or known.get(token.text)

    try:
        return _replaced(spans, spans, word)
    except FormulaError:
        return text


def with_codes(text: str, codes: Mapping[str, str]) -> str:
    """Return `text` with codes in the place of the names that are keys of `codes`, back quotes and all.

    Examples:
        >>> with_codes("地区生产总值 / `人口（万人）`", {"地区生产总值": "gdp", "人口（万人）": "people"})
        'gdp / people'
    """
    try:
        return _replaced(
            text, text, lambda token, _, inside: None if inside else codes.get(token.text), quoted=True
        )
    except FormulaError:
        return text


def names_written(text: str) -> Iterator[str]:
    """Yield the names a formula uses as they are written, those of functions left out."""
    try:
        tokens = tokens_of(text)
    except FormulaError:
        return
    for token, after in pairwise(tokens):
        if token.kind == "name" and not (after.kind == "sign" and after.text == "("):
            yield token.text


def _with_spans(text: str) -> str:
    """Return `text` with the spans `1年`, `3个月` as `1y`, `3m`, outside quotes."""
    parts = _QUOTED.split(text)
    return "".join(
        part if at % 2 else _SPAN_IN_WORDS.sub(lambda found: found[1] + _OF_WORD[found[2]], part)
        for at, part in enumerate(parts)
    )


def _replaced(
    text: str, source: str, word: Callable[[Token, str, str], str | None], *, quoted: bool = False
) -> str:
    """Return `text` with what `word` gives for a name or span.

    It is given the token, the sign that follows it, and `reviews` where it stands inside `reviews(…)`.
    """
    tokens = tokens_of(source)
    told: list[str] = []
    done = level = begun = 0
    for token, after in pairwise(tokens):
        level += {"(": 1, ")": -1}.get(token.text, 0) if token.kind == "sign" else 0
        begun = 0 if level < begun else begun
        if token.kind not in {"name", "span"}:
            continue
        begin = token.position - 1
        in_quotes = text[begin : begin + 1] == "`"
        if in_quotes and not quoted:
            continue
        follows = after.text if after.kind == "sign" else ""
        instead = word(token, follows, "reviews" if begun else "")
        if not begun and follows == "(" and token.text in _LOOKS_AT_REVIEWS:
            begun = level + 1
        if instead is None:
            continue
        run = _RUN.match(text, begin)
        end = text.index("`", begin + 1) + 1 if in_quotes or run is None else run.end()
        told.append(text[done:begin] + instead)
        done = end
    return "".join(told) + text[done:]
