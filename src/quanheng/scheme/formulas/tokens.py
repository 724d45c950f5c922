"""Formula text → tokens. Full-width signs, as Chinese keyboards write them, count as their ASCII forms."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from decimal import Decimal
from typing import Final, Literal, TypeAlias

from quanheng.findings.errors import SchemeError
from quanheng.findings.finding import NOWHERE, Finding, Kind, Location
from quanheng.findings.patterns import bounded
from quanheng.findings.value import Value
from quanheng.periods.every import MONTHS_IN
from quanheng.scheme.formulas.numbers import in_range
from quanheng.scheme.formulas.tree import brief

TokenKind: TypeAlias = Literal["number", "span", "day", "name", "words", "sign", "end"]

_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    ord(wide): ord(narrow) for wide, narrow in zip("　、×÷−–≥≤≠", " ,*/--≥≤≠", strict=True)
}
_QUOTES = {"'": "'", '"': '"', "“": "”", "‘": "’"}
_SIGNS = ("**", "==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "(", ")", ",")
_SAME_SIGN = {"≥": ">=", "≤": "<=", "≠": "!="}
_OTHER_SIGNS = {"&&": "and", "||": "or", "&": "and", "|": "or", "<>": "!=", "=": "==", "!": "not", "^": "**"}

_BLANK = bounded(r"\s+", most=5_000)
_DAY = bounded(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?![\w.-])")
_SPAN = bounded(r"([0-9]{1,4})([ymq])(?!\w)")
_NUMBER = bounded(r"(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?")
_PERCENT = bounded(r"\s*%")
_NAME = bounded(r"[^\W\d]\w*")
_RUN = bounded(r"[\w.]+")
_MONTHS = {"y": MONTHS_IN["year"], "q": MONTHS_IN["quarter"], "m": MONTHS_IN["month"]}


class FormulaError(SchemeError):
    """A text is not a formula; `kind` and `facts` say why, as a finding would."""

    def __init__(self, kind: Kind, **facts: object) -> None:
        """Keep what is wrong."""
        self.kind = kind
        self.facts = {**facts, "text": brief(str(facts.get("text", "")))}
        super().__init__(self.finding().message("en"), self.finding().message("zh"))

    def finding(self, where: Location = NOWHERE) -> Finding:
        """Return the error as a finding at `where`."""
        return self.kind.at(where, **self.facts)


class Token(Value, kw_only=False):
    """A piece of a formula; `position` counts characters from 1.

    `value` is the number, the months of a span, or the day; 0 for the others.
    """

    kind: TokenKind
    text: str
    position: int
    value: float | int | dt.date = 0


def tokens_of(text: str) -> tuple[Token, ...]:
    """Return the tokens of `text`, closed by one of kind `end`; raise `FormulaError`.

    Examples:
        >>> [token.text for token in tokens_of("on_time／due ≥ 80%")]
        ['on_time', '/', 'due', '>=', '80%', '']
    """
    source = text.translate(_HALF_WIDTH)
    found: list[Token] = []
    at = 0
    while at < len(source):
        blank = _BLANK.match(source, at)
        if blank:
            at = blank.end()
            continue
        token, at = _token(text, source, at)
        found.append(token)
    return (*found, Token("end", "", len(text) + 1))


def _token(text: str, source: str, at: int) -> tuple[Token, int]:
    character = source[at]
    if character in _QUOTES:
        return _quoted(text, source, at)
    if character == "`":
        return _quoted_name(text, source, at)
    if character in "0123456789" or (character == "." and source[at + 1 : at + 2].isdigit()):
        return _number(text, source, at)
    name = _NAME.match(source, at)
    if name:
        return _name(text, name)
    return _sign(text, source, at)


FORMULA_OPEN_QUOTE: Final = Kind(
    code="QH166",
    severity="error",
    en="the quote at character {position} is not closed: {text}",
    zh="第{position}个字符处的引号没有闭合：{text}",
    hint_en="close it with the same quote",
    hint_zh="请补上对应的引号",
)


def _quoted(text: str, source: str, at: int) -> tuple[Token, int]:
    close = source.find(_QUOTES[source[at]], at + 1)
    if close < 0:
        raise FormulaError(FORMULA_OPEN_QUOTE, position=at + 1, text=text)
    return Token("words", text[at + 1 : close], at + 1), close + 1


FORMULA_CHARACTER: Final = Kind(
    code="QH163",
    severity="error",
    en="'{found}' (character {position}) has no meaning in a formula: {text}",
    zh="公式第{position}个字符“{found}”无法识别：{text}",
    hint_en="a formula has names, numbers, + - * / **, comparisons, and/or/not, brackets and functions; "
    "a name with other characters stands in `back quotes`",
    hint_zh="公式由名称、数字、+ - * / **、比较、且或非（and / or / not）、括号和函数组成；"
    "其他名称请用反引号`…`括起",
)


def _quoted_name(text: str, source: str, at: int) -> tuple[Token, int]:
    close = source.find("`", at + 1)
    if close < 0:
        raise FormulaError(FORMULA_OPEN_QUOTE, position=at + 1, text=text)
    if close == at + 1:
        raise FormulaError(FORMULA_CHARACTER, found="``", position=at + 1, text=text)
    return Token("name", text[at + 1 : close], at + 1), close + 1


FORMULA_BAD_NUMBER: Final = Kind(
    code="QH168",
    severity="error",
    en="'{found}' (character {position}) is neither a number, a date nor a span: {text}",
    zh="公式第{position}个字符处的“{found}”不是有效的数字、日期或时间跨度：{text}",
    hint_en="numbers are like 12.5 or 8%, dates like 2023-06-30, spans like 1y; names begin with a letter",
    hint_zh="数字如 12.5、8%，日期如 2023-06-30，时间跨度如 1y、3m；名称以字母或汉字开头",
)


FORMULA_BEYOND_RANGE: Final = Kind(
    code="QH174",
    severity="error",
    en="'{found}' (character {position}) is beyond the range of numbers: {text}",
    zh="公式第{position}个字符处的“{found}”超出数的范围：{text}",
    hint_en="write 0, or a number of a size from 1e-15 up to below 1e15",
    hint_zh="请写 0，或绝对值从 1e-15 到不足 1e15 的数",
)


def _number(text: str, source: str, at: int) -> tuple[Token, int]:
    day = _DAY.match(source, at)
    if day:
        try:
            return Token("day", day.group(), at + 1, dt.date.fromisoformat(day.group())), day.end()
        except ValueError:
            raise FormulaError(FORMULA_BAD_NUMBER, found=day.group(), position=at + 1, text=text) from None
    span = _SPAN.match(source, at)
    if span:
        return Token("span", span.group(), at + 1, int(span[1]) * _MONTHS[span[2]]), span.end()
    number = _NUMBER.match(source, at)
    end = number.end() if number else at
    if number is None or (end < len(source) and (source[end].isalnum() or source[end] in "._")):
        run = _RUN.match(source, at)
        found = run.group() if run else source[at]
        raise FormulaError(FORMULA_BAD_NUMBER, found=found, position=at + 1, text=text)
    percent = _PERCENT.match(source, end)
    exact = Decimal(number.group())
    value = float(exact / 100 if percent else exact)
    end = percent.end() if percent else end
    if not in_range(value) or (value == 0.0 and exact != 0):
        raise FormulaError(FORMULA_BEYOND_RANGE, found=number.group(), position=at + 1, text=text)
    return Token("number", source[at:end], at + 1, value), end


def _name(text: str, match: re.Match[str]) -> tuple[Token, int]:
    name = unicodedata.normalize("NFKC", match.group())
    if not name.isidentifier():
        raise FormulaError(FORMULA_CHARACTER, found=match.group(), position=match.start() + 1, text=text)
    return Token("name", name, match.start() + 1), match.end()


FORMULA_OTHER_SIGN: Final = Kind(
    code="QH167",
    severity="error",
    en="'{found}' (character {position}) is not a sign of this language: {text}",
    zh="公式第{position}个字符“{found}”不是本语言的符号：{text}",
    hint_en="write '{instead}'",
    hint_zh="请写“{instead}”",
)


def _sign(text: str, source: str, at: int) -> tuple[Token, int]:
    if source[at] in _SAME_SIGN:
        return Token("sign", _SAME_SIGN[source[at]], at + 1), at + 1
    for other in ("<>", "&&", "||"):
        if source.startswith(other, at):
            raise FormulaError(
                FORMULA_OTHER_SIGN, found=other, instead=_OTHER_SIGNS[other], position=at + 1, text=text
            )
    for sign in _SIGNS:
        if source.startswith(sign, at):
            return Token("sign", sign, at + 1), at + len(sign)
    if source[at] in _OTHER_SIGNS:
        found = source[at]
        raise FormulaError(
            FORMULA_OTHER_SIGN, found=found, instead=_OTHER_SIGNS[found], position=at + 1, text=text
        )
    raise FormulaError(FORMULA_CHARACTER, found=text[at], position=at + 1, text=text)
