"""Formula text → the typed tree of `tree.py`, by precedence climbing (Pratt); nothing is ever `eval`ed.

From loose to tight: `or`, `and`, `not`, comparisons and `in`, `+ -`, `* /`, unary `-`, `**`.
"""

from __future__ import annotations

import datetime as dt
from typing import Final, TypeGuard, get_args

from quanheng.findings.nearest import suggestion
from quanheng.findings.text import Text
from quanheng.scheme.formulas.calls import called
from quanheng.scheme.formulas.cost import MOST, steps_of
from quanheng.scheme.formulas.findings import (
    FORMULA_ARGUMENTS,
    FORMULA_DECIMALS,
    FORMULA_EMPTY,
    FORMULA_OF_UNITS,
    FORMULA_SERIES_ALONE,
    FORMULA_SPAN,
    FORMULA_SPAN_LENGTH,
    FORMULA_TOO_DEEP,
    FORMULA_TOO_LONG,
    FORMULA_TOO_MANY_STEPS,
    FORMULA_UNEXPECTED,
    FORMULA_UNFINISHED,
    FORMULA_UNKNOWN_FUNCTION,
)
from quanheng.scheme.formulas.functions import FUNCTIONS, OF_UNITS
from quanheng.scheme.formulas.scopes import REVIEW_FUNCTIONS, SERIES_FUNCTIONS
from quanheng.scheme.formulas.tokens import FormulaError, Token, tokens_of
from quanheng.scheme.formulas.tree import (
    Arithmetic,
    ArithmeticSign,
    Call,
    Comparison,
    ComparisonSign,
    Day,
    Expression,
    Formula,
    Logic,
    Name,
    Negated,
    Not,
    Number,
    OfSeries,
    OneOf,
    Span,
    Words,
    children_of,
    parts_of,
)

__all__ = ["MAX_DEPTH", "MAX_HEIGHT", "MAX_LENGTH", "FormulaError", "parse_formula"]

MAX_LENGTH: Final = 5_000
"""Characters a formula may have."""
MAX_DEPTH: Final = 50
"""Levels of brackets, calls and signs in front that a formula may nest."""
OVER_SPANS: Final = frozenset({"min", "max", "mean", "sum"})
"""Functions of several values that take a span: `mean(x, 3y)` is of the round and the two years before."""
LONGEST_SPAN: Final = 50
"""Rounds that such a span may have."""
MOST_DECIMALS: Final = 12
"""Decimals that `round` may round to, or whole numbers of so many zeros."""
MAX_HEIGHT: Final = 250
"""Levels its tree may have: a long sum is a high tree, since `a + b + c` is `(a + b) + c`."""

_LOOK_AT_SERIES: Final = SERIES_FUNCTIONS | REVIEW_FUNCTIONS
_OR, _AND, _NOT, _COMPARE, _SUM, _PRODUCT, _SIGN, _POWER = range(1, 9)
_BINDING: Final = {
    "or": _OR,
    "and": _AND,
    "in": _COMPARE,
    "not": _COMPARE,
    **dict.fromkeys(get_args(ComparisonSign), _COMPARE),
    "+": _SUM,
    "-": _SUM,
    "*": _PRODUCT,
    "/": _PRODUCT,
    "**": _POWER,
}
_KEYWORDS = frozenset({"and", "or", "not", "in"})
_OPERAND = {"expected": Text(en="a name, a number or '('", zh="名称、数字或“(”")}
_OPERATOR = {
    "expected": Text(en="a sign such as + or <, or the end", zh="运算符（如 + 或 <）或公式结束"),
}


def parse_formula(text: str) -> Formula:
    """Return the formula `text` means; raise `FormulaError` with the first thing that is wrong in it.

    Examples:
        >>> parse_formula("8%").tree
        Number(value=0.08)
        >>> parse_formula("on_time / due").tree
        Arithmetic(sign='/', left=Name(name='on_time'), right=Name(name='due'))
        >>> parse_formula("80 <= x < 90").tree == parse_formula("80 <= x and x < 90").tree
        True
    """
    if len(text) > MAX_LENGTH:
        raise FormulaError(FORMULA_TOO_LONG, length=len(text), limit=MAX_LENGTH)
    if not text.strip():
        raise FormulaError(FORMULA_EMPTY)
    tree = _Parser(text).tree()
    if steps_of(tree) > MOST:
        raise FormulaError(FORMULA_TOO_MANY_STEPS, limit=MOST, text=text)
    return Formula(text, tree)


class _Parser:
    """Reads the tokens of one formula once, from left to right."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = tokens_of(text)
        self._at = 0
        self._depth = 0

    def tree(self) -> Expression:
        tree = self._expression(0)
        if self._token.kind != "end":
            raise self._unexpected(_OPERATOR)
        if any(isinstance(part, OfSeries) and part.statistic == "alone" for part in parts_of(tree)):
            raise FormulaError(FORMULA_SERIES_ALONE, text=self._text)
        if _height(tree) > MAX_HEIGHT:
            raise FormulaError(FORMULA_TOO_DEEP, limit=MAX_HEIGHT, position=len(self._text))
        return tree

    @property
    def _token(self) -> Token:
        return self._tokens[self._at]

    def _take(self) -> Token:
        token = self._token
        self._at += 1
        return token

    def _is(self, text: str) -> bool:
        return self._token.kind in {"sign", "name"} and self._token.text == text

    def _require(self, sign: str) -> None:
        if not self._is(sign):
            raise self._unexpected({"expected": Text(en=f"'{sign}'", zh=f"“{sign}”")})
        self._at += 1

    def _unexpected(self, expected: dict[str, Text]) -> FormulaError:
        token = self._token
        if token.kind == "end":
            return FormulaError(FORMULA_UNFINISHED, text=self._text, **expected)
        if token.kind == "span":
            return FormulaError(FORMULA_SPAN, text=self._text, position=token.position)
        return FormulaError(
            FORMULA_UNEXPECTED, text=self._text, found=token.text, position=token.position, **expected
        )

    def _nested(self, binding: int) -> Expression:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise FormulaError(FORMULA_TOO_DEEP, limit=MAX_DEPTH, position=self._token.position)
        tree = self._expression(binding)
        self._depth -= 1
        return tree

    def _expression(self, least: int) -> Expression:
        left = self._operand()
        while True:
            token = self._token
            binding = _BINDING.get(token.text, 0) if token.kind in {"sign", "name"} else 0
            if binding <= least:
                return left
            left = self._joined(left, self._take().text, binding)

    def _joined(self, left: Expression, word: str, binding: int) -> Expression:
        if word == "in":
            return OneOf(left, self._choices())
        if word == "not":
            self._require("in")
            return Not(OneOf(left, self._choices()))
        if word == "**":
            return Arithmetic("**", left, self._nested(_SIGN - 1))
        if _is_comparison(word):
            return self._compared(left, word)
        right = self._expression(binding)
        if word in {"and", "or"}:
            return Logic("and" if word == "and" else "or", left, right)
        return Arithmetic(_arithmetic(word), left, right)

    def _compared(self, left: Expression, sign: ComparisonSign) -> Expression:
        """Return `left sign right`; `a < b < c` means `a < b and b < c`."""
        right = self._expression(_COMPARE)
        tree: Expression = Comparison(sign, left, right)
        while self._token.kind == "sign" and _is_comparison(self._token.text):
            following = self._take().text
            left, right = right, self._expression(_COMPARE)
            if _is_comparison(following):
                tree = Logic("and", tree, Comparison(following, left, right))
        return tree

    def _operand(self) -> Expression:
        token = self._token
        match token.kind:
            case "number":
                return Number(_number(self._take()))
            case "words":
                return Words(self._take().text)
            case "day" if isinstance(token.value, dt.date):
                self._at += 1
                return Day(token.value)
            case "name" if token.text not in _KEYWORDS:
                self._at += 1
                return self._call(token) if self._is("(") else Name(token.text)
        if self._is("-"):
            self._at += 1
            return Negated(self._nested(_SIGN - 1))
        if self._is("+"):
            self._at += 1
            return self._nested(_SIGN - 1)
        if self._is("not"):
            self._at += 1
            return Not(self._nested(_NOT - 1))
        if self._is("("):
            self._at += 1
            tree = self._nested(0)
            self._require(")")
            return tree
        raise self._unexpected(_OPERAND)

    def _choices(self) -> tuple[Expression, ...]:
        self._require("(")
        choices = [self._nested(0)]
        while self._is(","):
            self._at += 1
            if self._is(")"):
                break
            choices.append(self._nested(0))
        self._require(")")
        return tuple(choices)

    def _call(self, name: Token) -> Expression:
        function = FUNCTIONS.get(name.text)
        if function is None:
            raise FormulaError(
                FORMULA_UNKNOWN_FUNCTION,
                function=name.text,
                position=name.position,
                text=self._text,
                **suggestion(name.text, FUNCTIONS),
            )
        self._require("(")
        begin = end = self._token.position - 1
        arguments: list[Expression] = []
        while not self._is(")"):
            if arguments:
                self._require(",")
            if name.text in OVER_SPANS and len(arguments) == 1 and self._token.kind == "span":
                arguments.extend(self._before(arguments[0]))
                break
            arguments.append(self._argument(name.text, len(arguments)))
            end = self._token.position - 1 if len(arguments) == 1 else end
        self._require(")")
        if name.text in _LOOK_AT_SERIES or any(isinstance(each, OfSeries) for each in arguments):
            from quanheng.scheme.formulas.series import series_of  # noqa: PLC0415  few formulas have any

            first = self._text[begin:end]
            series = series_of(name.text, tuple(arguments), self._text, first=first)
            if series is not None:
                return series
        over = _over_units(name.text, arguments)
        if over is not None:
            return over
        if name.text in {"sd", "median"}:
            raise FormulaError(FORMULA_OF_UNITS, function=name.text, text=self._text, position=name.position)
        if not function.least <= len(arguments) <= function.most:
            raise FormulaError(
                FORMULA_ARGUMENTS,
                function=name.text,
                found=len(arguments),
                least=function.least,
                most=function.most,
                text=self._text,
                about=function.gives,
            )
        return called(name.text, tuple(arguments), self._text)

    def _argument(self, function: str, index: int) -> Expression:
        if function == "lag" and index == 1:
            token = self._take()
            if token.kind != "span" or not isinstance(token.value, int) or token.value == 0:
                raise FormulaError(FORMULA_SPAN, text=self._text, position=token.position)
            return Span(token.value)
        if function == "round" and index == 1:
            return self._decimals()
        return self._nested(0)

    def _before(self, tree: Expression) -> list[Expression]:
        """Return `tree` in the rounds before, as many as the span that is next has, less the round itself."""
        token = self._take()
        count = int(token.text[:-1])
        if not isinstance(token.value, int) or not 1 < count <= LONGEST_SPAN:
            raise FormulaError(
                FORMULA_SPAN_LENGTH, text=self._text, position=token.position, limit=LONGEST_SPAN
            )
        step = token.value // count
        return [Call("lag", (tree, Span(step * back))) for back in range(1, count)]

    def _decimals(self) -> Number:
        """Return the decimals to round to: a plain whole number, for the plan of a column is made with it."""
        sign = -1.0 if self._is("-") else 1.0
        if sign < 0.0:
            self._at += 1
        token = self._take()
        decimals = sign * _number(token)
        if token.kind != "number" or not decimals.is_integer() or abs(decimals) > MOST_DECIMALS:
            raise FormulaError(
                FORMULA_DECIMALS, text=self._text, position=token.position, limit=MOST_DECIMALS
            )
        return Number(decimals + 0.0)


def _over_units(function: str, arguments: list[Expression]) -> Call | None:
    """Return the one call that `mean(units(x))` is."""
    match arguments:
        case [Call("units", (inner,))] if function in OF_UNITS:
            return Call(OF_UNITS[function], (inner,))
        case _:
            return None


def _is_comparison(word: str) -> TypeGuard[ComparisonSign]:
    return word in get_args(ComparisonSign)


def _arithmetic(word: str) -> ArithmeticSign:
    signs: dict[str, ArithmeticSign] = {"+": "+", "-": "-", "*": "*", "/": "/"}
    return signs[word]


def _number(token: Token) -> float:
    return float(token.value) if not isinstance(token.value, dt.date) else 0.0


def _height(tree: Expression) -> int:
    height = 0
    level: tuple[Expression, ...] = (tree,)
    while level:
        height += 1
        level = tuple(child for part in level for child in children_of(part))
    return height
