"""The number a formula without names means: anchors such as `log(100)`, matrix cells such as `1/3`."""

from __future__ import annotations

import math

from quanheng.findings.text import Text
from quanheng.scheme.formulas.numbers import in_range
from quanheng.scheme.formulas.tree import Arithmetic, Call, Expression, Negated, Number


class NotConstantError(ValueError):
    """A formula is not a number; `why` says why."""

    def __init__(self, why: Text) -> None:
        """Keep why."""
        self.why = why
        super().__init__(why.en)


def constant_value(tree: Expression) -> float:
    """Return the number `tree` means; raise `NotConstantError` if it names anything or has no value.

    Examples:
        >>> from quanheng.scheme.formulas.parse import parse_formula
        >>> constant_value(parse_formula("2 * (3 - 1/4)").tree)
        5.5
    """
    try:
        value = _value(tree)
    except ZeroDivisionError:
        raise NotConstantError(Text(en="it divides by zero", zh="除数为零")) from None
    except OverflowError:
        raise NotConstantError(Text(en="it is too large", zh="数值过大")) from None
    if isinstance(value, complex) or not math.isfinite(value):
        raise NotConstantError(Text(en="it has no value", zh="没有数值结果"))
    if not in_range(value):
        raise NotConstantError(
            Text(
                en="it is neither 0 nor of a size from 1e-15 up to below 1e15",
                zh="既不是 0，绝对值也不在 1e-15 到 1e15 之间",
            )
        )
    return value + 0.0


def _value(tree: Expression) -> float:
    match tree:
        case Number(value):
            return value
        case Negated(operand):
            return -_value(operand)
        case Arithmetic(sign, left, right):
            return _joined(sign, _value(left), _value(right))
        case Call("log", (argument,)):
            number = _value(argument)
            if number <= 0:
                raise NotConstantError(
                    Text(en="the logarithm needs a number above 0", zh="对数的参数须大于0")
                )
            return math.log(number)
        case Call("min" | "max" | "sum" | "mean" as function, arguments):
            return _statistic(function, [_value(argument) for argument in arguments])
        case _:
            raise NotConstantError(
                Text(
                    en="only numbers, + - * / ** and log() can stand in it",
                    zh="其中只能有数字、四则运算、乘方和 log()",
                )
            )


def _joined(sign: str, left: float, right: float) -> float:
    match sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/":
            return left / right
        case _:
            power: float | complex = left**right
            if isinstance(power, complex):
                raise NotConstantError(Text(en="a root of a negative number has no value", zh="负数不能开方"))
            return power


def _statistic(function: str, values: list[float]) -> float:
    match function:
        case "min":
            return min(values)
        case "max":
            return max(values)
        case "sum":
            return math.fsum(values)
        case _:
            return math.fsum(values) / len(values)
