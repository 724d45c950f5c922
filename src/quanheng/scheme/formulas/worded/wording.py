"""Formulas as people say them, with names and words for codes and signs; to be read, not to be parsed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from quanheng.findings.patterns import bounded
from quanheng.findings.text import Language, Text
from quanheng.scheme.formulas.tokens import FormulaError, tokens_of
from quanheng.scheme.formulas.worded.chinese import FUNCTION_WORDS, in_chinese, with_codes

_COMPARED: Final[Mapping[str, Text]] = {
    "<": Text(zh="低于", en="less than"),
    ">": Text(zh="高于", en="more than"),
    "<=": Text(zh="不高于", en="at most"),
    ">=": Text(zh="不低于", en="at least"),
    "==": Text(zh="为", en="is"),
    "!=": Text(zh="不为", en="is not"),
}
_CALL: Final = bounded(r"\b([a-z]+)\(", most=5_000)
_NO_NAMES: Final[Mapping[str, str]] = {}


def formula_in_words(text: str, names: Mapping[str, str] = _NO_NAMES, *, scope: Collection[str] = ()) -> str:
    """Return a formula with Chinese words and, in the place of codes, `names`.

    Examples:
        >>> formula_in_words("change(share(gdp)) / people", {"gdp": "地区生产总值"})
        '变化(占比(地区生产总值)) / people'
    """
    return with_codes(in_chinese(text, scope=scope), names)


def with_chinese_functions(text: str) -> str:
    """Return a text that is no formula any more, such as one in numbers, with Chinese names of functions.

    Examples:
        >>> with_chinese_functions("change(share(2) → share(3))")
        '变化(占比(2) → 占比(3))'
    """
    return _CALL.sub(lambda found: f"{FUNCTION_WORDS.get(found[1], found[1])}(", text)


def condition_in_words(
    text: str, *, scope: Collection[str] = (), names: Mapping[str, str] = _NO_NAMES
) -> str:
    """Return a condition as people say it in Chinese; the comparisons are words and stand without blanks.

    Examples:
        >>> condition_in_words("value < average and growth >= 3%", scope=("value", "average", "growth"))
        '指标值低于平均值 且 增长率不低于3%'
        >>> condition_in_words("gdp >= 8", names={"gdp": "产值"})
        '产值不低于8'
    """
    return _compared(in_chinese(text, scope=scope), "zh", names)


def condition_in_english(text: str) -> str:
    """Return a condition with its comparisons as English words.

    Examples:
        >>> condition_in_english("place <= 3 and score >= 90")
        'place at most 3 and score at least 90'
    """
    return _compared(text, "en", _NO_NAMES)


def _compared(text: str, language: Language, names: Mapping[str, str]) -> str:
    try:
        tokens = tokens_of(text)
    except FormulaError:
        return text
    blank = " " if language == "en" else ""
    said: list[str] = []
    done = 0
    for token in tokens:
        begin = token.position - 1
        if token.kind == "name" and token.text in names and text.startswith(token.text, begin):
            said.append(text[done:begin] + names[token.text])
            done = begin + len(token.text)
        elif token.kind == "sign" and token.text in _COMPARED:
            end = begin + (1 if text[begin] in "≥≤≠" else len(token.text))
            word = _COMPARED[token.text].in_language(language)
            said.append(f"{text[done:begin].rstrip()}{blank}{word}{blank}")
            done = end + len(text[end:]) - len(text[end:].lstrip())
    return "".join(said) + text[done:]
