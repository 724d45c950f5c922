"""Formula trees as column expressions, with the two ways of being absent kept apart (absence §1).

A compiled formula has a value, null where it is absent, and two flags that say why: not applicable, or
undefined (a division by zero that absence §5 makes a finding, the logarithm of a number not above 0). What
is null without a flag is missing. If any operand is not applicable the result is not applicable, else if
any is missing it is missing.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import assert_never

import narwhals as nw

from quanheng.engine import columns as c
from quanheng.errors import EngineError
from quanheng.scheme.formula import (
    Arithmetic,
    Call,
    Comparison,
    ComparisonSign,
    Day,
    Expression,
    Logic,
    Name,
    Negated,
    Not,
    Number,
    OneOf,
    Span,
    Words,
)
from quanheng.scheme.model import Direction

_MONTHS_A_YEAR = 12
_SLACK = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """A value and why it may be absent; a flag that is None never holds, and no flag is ever null."""

    value: nw.Expr
    not_applicable: nw.Expr | None = None
    undefined: nw.Expr | None = None
    counts: bool = False
    """Whether the value counts records, so that 0 means there is nothing to divide by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What the names and pooled functions of a formula mean.

    `columns` are the frame's columns; `items` the names that are items; `names` other names and what they
    stand for; `counted` the items that count records; `pooled` the columns of `share` and `place` calls,
    by the call and the months it is shifted back.
    """

    columns: frozenset[str]
    items: frozenset[str]
    counted: frozenset[str] = frozenset()
    names: Mapping[str, Compiled] = field(default_factory=dict)
    pooled: Mapping[tuple[Call, int], str] = field(default_factory=dict)
    indicator: str | None = None
    direction: Direction = "more"


def compiled(tree: Expression, scope: Scope, *, months: int = 0) -> Compiled:
    """Return `tree` as a column expression, every item taken `months` before the round.

    Raises:
        EngineError: a name means nothing in `scope`; the checks of a scheme find this earlier.
    """
    match tree:
        case Number(value):
            return Compiled(value=nw.lit(float(value)))
        case Words(text):
            return Compiled(value=nw.lit(text))
        case Day(date):
            return Compiled(value=nw.lit(date))
        case Name(name):
            return _name(name, scope, months)
        case Negated(operand):
            return _mapped(compiled(operand, scope, months=months), lambda value: -value)
        case Not(operand):
            return _mapped(compiled(operand, scope, months=months), lambda value: ~value)
        case Arithmetic(sign, left, right):
            return _arithmetic(
                sign, compiled(left, scope, months=months), compiled(right, scope, months=months)
            )
        case Comparison(sign, left, right):
            sides = [compiled(left, scope, months=months), compiled(right, scope, months=months)]
            if _is_computed(left) or _is_computed(right):
                return _joined(sides, lambda values: _compared(sign, values[0], values[1]))
            compare = _COMPARISONS[sign]
            return _joined(sides, lambda values: compare(values[0], values[1]))
        case Logic(word, left, right):
            return _logic(word, compiled(left, scope, months=months), compiled(right, scope, months=months))
        case OneOf(operand, choices):
            return _joined(
                [compiled(part, scope, months=months) for part in (operand, *choices)],
                lambda values: functools.reduce(operator.or_, [values[0] == choice for choice in values[1:]]),
            )
        case Call():
            return _call(tree, scope, months)
        case Span():
            message = "a span of time stands only as the second argument of lag"
            raise EngineError(message)
        case _:
            assert_never(tree)


def shift_of(call: Call) -> int:
    """Return how many months `call` (growth, change or lag) looks back."""
    if call.function == "lag":
        match call.arguments[1]:
            case Span(months):
                return months
            case _:
                message = "the second argument of lag is a span such as 1y or 3m"
                raise EngineError(message)
    return _MONTHS_A_YEAR


def any_of(flags: Sequence[nw.Expr | None]) -> nw.Expr | None:
    """Return the flag that holds where one of `flags` holds; None if none ever does."""
    real = [flag for flag in flags if flag is not None]
    return functools.reduce(operator.or_, real) if real else None


def _is_computed(tree: Expression) -> bool:
    return isinstance(tree, Negated | Arithmetic | Call)


def _compared(sign: ComparisonSign, left: nw.Expr, right: nw.Expr) -> nw.Expr:
    """Compare computed numbers with a slack of 1e-12: 106.3 - 106 reaches 0.3, as it does on paper."""
    slack = _SLACK * (left.abs() + right.abs())
    distance = left - right
    match sign:
        case "==":
            return distance.abs() <= slack
        case "!=":
            return distance.abs() > slack
        case "<":
            return distance < -slack
        case "<=":
            return distance <= slack
        case ">":
            return distance > slack
        case ">=":
            return distance >= -slack
        case _:
            assert_never(sign)


def _name(name: str, scope: Scope, months: int) -> Compiled:
    if name in scope.names:
        return scope.names[name]
    column = c.item(name, months)
    if name not in scope.items or column not in scope.columns:
        message = f"{name!r} has no column {column!r} here"
        raise EngineError(message)
    flag_column = c.item_na(name, months)
    flag = nw.col(flag_column).fill_null(value=False) if flag_column in scope.columns else None
    return Compiled(value=nw.col(column), not_applicable=flag, counts=name in scope.counted)


def _call(call: Call, scope: Scope, months: int) -> Compiled:
    arguments = call.arguments
    match call.function:
        case "growth" | "change" | "lag":
            before = compiled(arguments[0], scope, months=months + shift_of(call))
            if call.function == "lag":
                return before
            now = compiled(arguments[0], scope, months=months)
            difference = _arithmetic("-", now, before)
            if call.function == "change":
                return difference
            return _arithmetic("/", difference, _mapped(before, lambda value: value.abs()))
        case "share" | "place":
            inner = compiled(arguments[0], scope, months=months)
            # flags stay the inner ones: whoever has no value has no share and no place
            return Compiled(
                value=nw.col(scope.pooled[call, months]),
                not_applicable=inner.not_applicable,
                undefined=inner.undefined,
            )
        case "completion":
            return _completion(compiled(arguments[0], scope, months=months), scope)
        case "log":
            return _logarithm(compiled(arguments[0], scope, months=months))
        case "min" | "max" | "mean" | "sum":
            parts = [compiled(argument, scope, months=months) for argument in arguments]
            return _joined(parts, _HORIZONTAL[call.function])
        case "coalesce":
            return _first([compiled(argument, scope, months=months) for argument in arguments])
        case "where":
            condition, then, otherwise = (compiled(argument, scope, months=months) for argument in arguments)
            return _choice(condition, then, otherwise)
        case _:
            message = f"the function {call.function!r} does not exist"
            raise EngineError(message)


def _arithmetic(sign: str, left: Compiled, right: Compiled) -> Compiled:
    if sign == "/":
        return _division(left, right)
    if sign == "**":
        return _power(left, right)
    compute = _ARITHMETIC[sign]
    return _joined([left, right], lambda values: compute(values[0], values[1]))


def _division(top: Compiled, bottom: Compiled) -> Compiled:
    """Divide by absence §5: 0/0 and a denominator that counts nothing are not applicable."""
    zero = (bottom.value == 0.0).fill_null(value=False)
    empty = zero if bottom.counts else zero & (top.value == 0.0).fill_null(value=False)
    if bottom.counts:
        empty = empty & ~top.value.is_null()
    impossible = zero & ~empty & ~top.value.is_null()
    return Compiled(
        value=nw.when(~zero).then(top.value / bottom.value),
        not_applicable=any_of([top.not_applicable, bottom.not_applicable, empty]),
        undefined=any_of([top.undefined, bottom.undefined, impossible]),
    )


def _power(base: Compiled, exponent: Compiled) -> Compiled:
    """Raise to a power; what is not a finite real number (0 ** -1, (-8) ** 0.5) is undefined."""
    raised = base.value**exponent.value
    finite = raised.is_finite().fill_null(value=False)
    bad = ~finite & ~base.value.is_null() & ~exponent.value.is_null()
    return Compiled(
        value=nw.when(finite).then(raised),
        not_applicable=any_of([base.not_applicable, exponent.not_applicable]),
        undefined=any_of([base.undefined, exponent.undefined, bad]),
    )


def _logarithm(operand: Compiled) -> Compiled:
    positive = (operand.value > 0.0).fill_null(value=False)
    bad = ~positive & ~operand.value.is_null()
    return Compiled(
        value=nw.when(positive).then(nw.when(positive).then(operand.value).otherwise(nw.lit(1.0)).log()),
        not_applicable=operand.not_applicable,
        undefined=any_of([operand.undefined, bad]),
    )


def _completion(value: Compiled, scope: Scope) -> Compiled:
    """Return x/target, or 2 - x/target where less is better (the target rule's c)."""
    goal = target_of(scope)
    part = _division(value, goal)
    if scope.direction == "less":
        return _mapped(part, lambda ratio: 2.0 - ratio)
    return part


def target_of(scope: Scope) -> Compiled:
    """Return the target of the scope's indicator; missing everywhere if no target was ever stated."""
    if scope.indicator is None:
        message = "completion() stands only in the measure of an indicator"
        raise EngineError(message)
    column, flag = c.target(scope.indicator), c.target_na(scope.indicator)
    value = nw.col(column) if column in scope.columns else nw.lit(None, dtype=nw.Float64())
    not_applicable = nw.col(flag).fill_null(value=False) if flag in scope.columns else None
    return Compiled(value=value, not_applicable=not_applicable)


def _logic(word: str, left: Compiled, right: Compiled) -> Compiled:
    value = (left.value & right.value) if word == "and" else (left.value | right.value)
    return Compiled(
        value=value,
        not_applicable=any_of([left.not_applicable, right.not_applicable]),
        undefined=any_of([left.undefined, right.undefined]),
    )


def _first(parts: Sequence[Compiled]) -> Compiled:
    """Take the first value; with none, not applicable only if every part is, else undefined or missing."""
    value = nw.coalesce(*[part.value for part in parts])
    nothing = value.is_null()
    flags = [part.not_applicable for part in parts]
    not_applicable = None
    if all(flag is not None for flag in flags):
        not_applicable = nothing & functools.reduce(
            operator.and_, [flag for flag in flags if flag is not None]
        )
    undefined = any_of([part.undefined for part in parts])
    return Compiled(
        value=value,
        not_applicable=not_applicable,
        undefined=None if undefined is None else nothing & undefined,
        counts=all(part.counts for part in parts),
    )


def _choice(condition: Compiled, then: Compiled, otherwise: Compiled) -> Compiled:
    """Look only at the condition and at the branch it chooses."""
    holds = condition.value.fill_null(value=False)
    fails = (~condition.value).fill_null(value=False)
    return Compiled(
        value=nw.when(holds).then(then.value).otherwise(nw.when(fails).then(otherwise.value)),
        not_applicable=any_of(
            [
                condition.not_applicable,
                None if then.not_applicable is None else holds & then.not_applicable,
                None if otherwise.not_applicable is None else fails & otherwise.not_applicable,
            ]
        ),
        undefined=any_of(
            [
                condition.undefined,
                None if then.undefined is None else holds & then.undefined,
                None if otherwise.undefined is None else fails & otherwise.undefined,
            ]
        ),
    )


def _mapped(operand: Compiled, compute: Callable[[nw.Expr], nw.Expr]) -> Compiled:
    return Compiled(
        value=compute(operand.value),
        not_applicable=operand.not_applicable,
        undefined=operand.undefined,
        counts=operand.counts,
    )


def _joined(parts: Sequence[Compiled], compute: Callable[[Sequence[nw.Expr]], nw.Expr]) -> Compiled:
    return Compiled(
        value=compute([part.value for part in parts]),
        not_applicable=any_of([part.not_applicable for part in parts]),
        undefined=any_of([part.undefined for part in parts]),
        counts=all(part.counts for part in parts),
    )


def _least(values: Sequence[nw.Expr]) -> nw.Expr:
    return nw.when(_all_present(values)).then(nw.min_horizontal(*values))


def _greatest(values: Sequence[nw.Expr]) -> nw.Expr:
    return nw.when(_all_present(values)).then(nw.max_horizontal(*values))


def _all_present(values: Sequence[nw.Expr]) -> nw.Expr:
    return functools.reduce(operator.and_, [~value.is_null() for value in values])


def _sum(values: Sequence[nw.Expr]) -> nw.Expr:
    return functools.reduce(operator.add, values)


def _mean(values: Sequence[nw.Expr]) -> nw.Expr:
    return _sum(values) / float(len(values))


_ARITHMETIC: Mapping[str, Callable[[nw.Expr, nw.Expr], nw.Expr]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
}
_COMPARISONS: Mapping[str, Callable[[nw.Expr, nw.Expr], nw.Expr]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_HORIZONTAL: Mapping[str, Callable[[Sequence[nw.Expr]], nw.Expr]] = {
    "min": _least,
    "max": _greatest,
    "mean": _mean,
    "sum": _sum,
}
