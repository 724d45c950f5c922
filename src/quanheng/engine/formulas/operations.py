"""Operations on compiled formulas: what they give, and where they are absent (absence §1, §5)."""

from __future__ import annotations

import functools
import math
import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Final, assert_never

import narwhals as nw

from quanheng.engine.frame.comparing import compared, settled, settled_sum
from quanheng.engine.frame.sums import greatest, least
from quanheng.findings.value import Value
from quanheng.scheme.formulas.numbers import VAST
from quanheng.scheme.formulas.tree import ArithmeticSign, ComparisonSign, LogicWord

LARGEST_EXPONENT: Final = math.log(VAST)
"""From here on e to the power of a number is beyond the range of results (numbers §2)."""


class Compiled(Value):
    """A value and why it may be absent; a flag that is None never holds, and no flag is ever null."""

    value: nw.Expr
    not_applicable: nw.Expr | None = None
    undefined: nw.Expr | None = None
    counts: bool = False
    """Whether the value counts records, so that 0 means there is nothing to divide by."""
    number: bool = True
    """Whether the value is a number: texts, days and truths are compared as they are."""


def any_of(flags: Sequence[nw.Expr | None]) -> nw.Expr | None:
    """Return the flag that holds where one of `flags` holds; None if none ever does."""
    real = [flag for flag in flags if flag is not None]
    return functools.reduce(operator.or_, real) if real else None


def applicable_value(meaning: Compiled) -> nw.Expr:
    """Return the value where it applies: one half may decide `a or b` while the other does not apply."""
    if meaning.not_applicable is None:
        return meaning.value
    return nw.when(~meaning.not_applicable).then(meaning.value)


def comparison(sign: ComparisonSign, left: Compiled, right: Compiled, *, numbers: bool) -> Compiled:
    """Compare two values: `numbers` within their slack (comparing §2), texts and days as they are.

    106.3 - 106 reaches 0.3, as it does on paper.
    """
    if numbers:
        return joined([left, right], lambda values: compared(sign, values[0], values[1]))
    compare = _COMPARISONS[sign]
    return joined([left, right], lambda values: compare(values[0], values[1]))


def arithmetic(sign: ArithmeticSign, left: Compiled, right: Compiled) -> Compiled:
    """Add, subtract, multiply, divide or raise to a power."""
    match sign:
        case "+":
            return added([left, right])
        case "-":
            return added([left, mapped(right, operator.neg)])
        case "*":
            return joined([left, right], lambda values: values[0] * values[1])
        case "/":
            return division(left, right)
        case "**":
            return power(left, right)
        case _:
            assert_never(sign)


def added(terms: Sequence[Compiled]) -> Compiled:
    """Return the sum of `terms`, settled: the decimal that it is on paper (comparing §1)."""
    return joined(terms, settled_sum)


def division(top: Compiled, bottom: Compiled) -> Compiled:
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


def power(base: Compiled, exponent: Compiled) -> Compiled:
    """Raise to a power; what is not a finite real number (0 ** -1, (-8) ** 0.5) is undefined."""
    raised = base.value**exponent.value
    finite = raised.is_finite().fill_null(value=False)
    bad = ~finite & ~base.value.is_null() & ~exponent.value.is_null()
    return Compiled(
        value=nw.when(finite).then(raised),
        not_applicable=any_of([base.not_applicable, exponent.not_applicable]),
        undefined=any_of([base.undefined, exponent.undefined, bad]),
    )


def logarithm(operand: Compiled) -> Compiled:
    """Return the natural logarithm; of a number not above 0 it is undefined."""
    positive = (operand.value > 0.0).fill_null(value=False)
    bad = ~positive & ~operand.value.is_null()
    return Compiled(
        value=nw.when(positive).then(nw.when(positive).then(operand.value).otherwise(nw.lit(1.0)).log()),
        not_applicable=operand.not_applicable,
        undefined=any_of([operand.undefined, bad]),
    )


def square_root(operand: Compiled) -> Compiled:
    """Return the square root; of a number below 0 it is undefined."""
    sound = (operand.value >= 0.0).fill_null(value=False)
    return Compiled(
        value=nw.when(sound).then(nw.when(sound).then(operand.value).otherwise(nw.lit(0.0)).sqrt()),
        not_applicable=operand.not_applicable,
        undefined=any_of([operand.undefined, ~sound & ~operand.value.is_null()]),
    )


def exponential(operand: Compiled) -> Compiled:
    """Return e to the power of a number; what is beyond the range of results is undefined."""
    sound = (operand.value < LARGEST_EXPONENT).fill_null(value=False)
    return Compiled(
        value=nw.when(sound).then(operand.value.exp()),
        not_applicable=operand.not_applicable,
        undefined=any_of([operand.undefined, ~sound & ~operand.value.is_null()]),
    )


def sign_of(value: nw.Expr) -> nw.Expr:
    """Return 1 for a number above 0, -1 for one below, 0 for 0; null stays null."""
    below = nw.when(value < 0.0).then(nw.lit(-1.0)).otherwise(value * 0.0)
    return nw.when(value > 0.0).then(nw.lit(1.0)).otherwise(below)


def floor_of(value: nw.Expr) -> nw.Expr:
    """Return the greatest whole number not above the value as it is on paper: 0.29 * 100 is 29."""
    return settled(value).floor()


def ceiling_of(value: nw.Expr) -> nw.Expr:
    """Return the least whole number not below the value as it is on paper: 0.07 / 0.01 is 7. Never -0."""
    return 0.0 - settled(-value).floor()


def logic(word: LogicWord, left: Compiled, right: Compiled) -> Compiled:
    """Return `left and right` or `left or right`; one side may decide where the other is absent."""
    value = (left.value & right.value) if word == "and" else (left.value | right.value)
    away = any_of([left.not_applicable, right.not_applicable])
    bad = any_of([left.undefined, right.undefined])
    open_still = value.is_null()
    return Compiled(
        value=value,
        not_applicable=None if away is None else open_still & away,
        undefined=None if bad is None else open_still & bad,
    )


def first(parts: Sequence[Compiled]) -> Compiled:
    """Take the first value; with none, not applicable only if every part is, else undefined or missing."""
    value = nw.coalesce(*[applicable_value(part) for part in parts])
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


def choice(condition: Compiled, then: Compiled, otherwise: Compiled) -> Compiled:
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


def mapped(operand: Compiled, compute: Callable[[nw.Expr], nw.Expr]) -> Compiled:
    """Return what `compute` makes of the value; it is absent where the operand is."""
    return Compiled(
        value=compute(operand.value),
        not_applicable=operand.not_applicable,
        undefined=operand.undefined,
        counts=operand.counts,
    )


def joined(parts: Sequence[Compiled], compute: Callable[[Sequence[nw.Expr]], nw.Expr]) -> Compiled:
    """Return what `compute` makes of several values; it is absent where one of them is."""
    return Compiled(
        value=compute([part.value for part in parts]),
        not_applicable=any_of([part.not_applicable for part in parts]),
        undefined=any_of([part.undefined for part in parts]),
        counts=all(part.counts for part in parts),
    )


def one_of(operand: Compiled, choices: Sequence[Compiled], *, numbers: Sequence[bool]) -> Compiled:
    """Return whether the operand equals one of `choices`; `numbers` says which are compared as numbers."""

    def equal(values: Sequence[nw.Expr]) -> nw.Expr:
        return functools.reduce(
            operator.or_,
            [
                compared("==", values[0], choice) if as_numbers else values[0] == choice
                for choice, as_numbers in zip(values[1:], numbers, strict=True)
            ],
        )

    return joined([operand, *choices], equal)


def horizontal(function: str, parts: Sequence[Compiled]) -> Compiled:
    """Return the min, max, mean or sum of several values of one unit."""
    return joined(parts, _HORIZONTAL[function])


def _least(values: Sequence[nw.Expr]) -> nw.Expr:
    return nw.when(all_present(values)).then(least(values))


def _greatest(values: Sequence[nw.Expr]) -> nw.Expr:
    return nw.when(all_present(values)).then(greatest(values))


def all_present(values: Sequence[nw.Expr]) -> nw.Expr:
    """Return whether all of `values` are there."""
    return functools.reduce(operator.and_, [~value.is_null() for value in values])


def _mean(values: Sequence[nw.Expr]) -> nw.Expr:
    return settled_sum(values) / float(len(values))


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
    "sum": settled_sum,
}
