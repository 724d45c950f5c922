"""A formula with its numbers put in, as a person would check it on paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from quanheng.engine.formulas.expressions import shift_of
from quanheng.periods.every import MONTHS_A_YEAR
from quanheng.scheme.formulas.functions import OVER_UNITS
from quanheng.scheme.formulas.tree import (
    Arithmetic,
    Call,
    Comparison,
    Day,
    Expression,
    Logic,
    Name,
    Negated,
    Not,
    Number,
    OfNode,
    OfSeries,
    OfText,
    OneOf,
    Span,
    Words,
)

_BINDING = {"or": 1, "and": 2, "not": 3, "compare": 4, "+": 5, "-": 5, "*": 6, "/": 6, "neg": 7, "**": 8}
_ATOM = 9
_SMALL, _LARGE = 1e-6, 1e15


Told: TypeAlias = Callable[[str | Call, int], str]
"""What an item was so many months before the round; or what a call over the units of a group gave."""


def in_numbers(tree: Expression, value_of: Told, months: int = 0) -> str:
    """Return `tree` as text with `value_of(item, months before)` in place of every name.

    Examples:
        >>> tree = Arithmetic("/", Name("on_time"), Arithmetic("+", Name("due"), Number(1)))
        >>> in_numbers(tree, lambda name, months: {"on_time": "38", "due": "39"}[name])
        '38 / (39 + 1)'
    """
    return _text(tree, value_of, months)[0]


def number_text(value: float | None) -> str:
    """Return a number as a person writes it: nine decimals at most, small ones with their leading digits.

    Examples:
        >>> number_text(0.1 + 0.2), number_text(85.0), number_text(None), number_text(2.5e-7)
        ('0.3', '85', '—', '2.5e-07')
    """
    if value is None:
        return "—"
    if 0.0 < abs(value) < _SMALL or abs(value) >= _LARGE:
        return f"{value:.12g}"
    text = f"{value:.9f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _text(tree: Expression, value_of: Told, months: int) -> tuple[str, int]:
    """Return the text and how tightly its outermost sign binds."""
    match tree:
        case Number(value):
            return number_text(value), _ATOM
        case Words(value):
            return f"'{value}'", _ATOM
        case Day(value):
            return value.isoformat(), _ATOM
        case Span(span):
            return (f"{span // MONTHS_A_YEAR}y" if span % MONTHS_A_YEAR == 0 else f"{span}m"), _ATOM
        case Name(name):
            return value_of(name, months), _ATOM
        case Negated(operand):
            return f"-{_inside(operand, 'neg', value_of, months)}", _BINDING["neg"]
        case Not(operand):
            return f"not {_inside(operand, 'not', value_of, months)}", _BINDING["not"]
        case Arithmetic(sign, left, right):
            return _pair(sign, sign, left, right, value_of, months)
        case Comparison(sign, left, right):
            return _pair("compare", sign, left, right, value_of, months)
        case Logic(word, left, right):
            return _pair(word, word, left, right, value_of, months)
        case OneOf(operand, choices):
            listed = ", ".join(_text(choice, value_of, months)[0] for choice in choices)
            return f"{_inside(operand, 'compare', value_of, months)} in ({listed})", _BINDING["compare"]
        case OfNode():
            return value_of(tree.text, months), _ATOM
        case OfText():
            return value_of(tree.code, months), _ATOM
        case OfSeries():
            return tree.told_with(value_of(tree.code, months)), _ATOM
        case Call(function, arguments):
            return _call(tree, function, arguments, value_of, months), _ATOM


def _call(
    call: Call,
    function: str,
    arguments: tuple[Expression, ...],
    value_of: Told,
    months: int,
) -> str:
    if function in ("growth", "change"):
        now = _text(arguments[0], value_of, months)[0]
        before = _text(arguments[0], value_of, months + shift_of(call))[0]
        return f"{function}({before} → {now})"
    if function == "lag":
        return f"({_text(arguments[0], value_of, months + shift_of(call))[0]})"
    if function in OVER_UNITS:
        return _written_with(function, value_of(call, months))
    if function == "own":
        return f"own({_text(arguments[-1], value_of, months)[0]})"
    return f"{function}({', '.join(_text(argument, value_of, months)[0] for argument in arguments)})"


def _written_with(function: str, given: str) -> str:
    name = function.removesuffix(" of units")
    return f"units({given})" if name == function else f"{name}(units({given}))"


def _pair(
    binding: str,
    sign: str,
    left: Expression,
    right: Expression,
    value_of: Told,
    months: int,
) -> tuple[str, int]:
    own = _BINDING[binding]
    first, first_binds = _text(left, value_of, months)
    second, second_binds = _text(right, value_of, months)
    # a - (b - c) and a / (b / c) need their brackets; (a - b) - c does not
    if first_binds < own or (sign == "**" and first_binds == own):
        first = f"({first})"
    if second_binds < own or (second_binds == own and sign in ("-", "/", "**")) or second.startswith("-"):
        second = f"({second})"
    return f"{first} {sign} {second}", own


def _inside(operand: Expression, binding: str, value_of: Told, months: int) -> str:
    text, binds = _text(operand, value_of, months)
    return f"({text})" if binds < _BINDING[binding] else text
