"""Whether a formula depends on some figures in a straight line, and what it gives where they are known."""

from __future__ import annotations

import operator
from collections.abc import Callable, Collection, Mapping
from typing import Final

from quanheng.scheme.formulas.tree import (
    Arithmetic,
    Call,
    Comparison,
    Expression,
    Logic,
    Name,
    Negated,
    Not,
    Number,
    children_of,
    names_in,
    nodes_in,
)

_OF_THE_ROUND: Final = frozenset({"growth", "change", "own", "completion"})
"""Functions that are straight in the figure of the round: what it is compared with stays as it is."""
_SUMS: Final = frozenset({"sum", "mean"})


def is_straight(tree: Expression, moved: Collection[str]) -> bool:
    """Return whether `tree` is a straight line in the items `moved` together.

    Examples:
        >>> from quanheng.scheme.formulas.parse import parse_formula
        >>> def asked(text):
        ...     return is_straight(parse_formula(text).tree, {"a"})
        >>> asked("100 * a / b"), asked("growth(a / b)"), asked("b / a"), asked("log(a)")
        (True, True, False, False)
    """
    return _degree(tree, frozenset(moved)) is not None


def uses(tree: Expression, moved: Collection[str]) -> bool:
    """Return whether items `moved` stand in `tree`, or what nodes have, which may move with them."""
    return bool(nodes_in(tree)) or not set(moved).isdisjoint(names_in(tree))


def _degree(tree: Expression, moved: frozenset[str]) -> int | None:
    """Return 0 for what does not move, 1 for what moves in a straight line, None for what does otherwise."""
    if not uses(tree, moved):
        return 0
    match tree:
        case Name():
            return 1
        case Negated(operand):
            return _degree(operand, moved)
        case Arithmetic(sign, left, right):
            return _of_two(sign, _degree(left, moved), _degree(right, moved))
        case Call("lag", _):
            return 0
        case Call(function, (argument,)) if function in _OF_THE_ROUND:
            return _degree(argument, moved)
        case Call(function, arguments) if function in _SUMS:
            degrees = [_degree(argument, moved) for argument in arguments]
            return None if None in degrees else 1
        case _:
            return None


def _of_two(sign: str, left: int | None, right: int | None) -> int | None:
    if left is None or right is None:
        return None
    match sign:
        case "+" | "-":
            return max(left, right)
        case "*":
            return left + right if left + right <= 1 else None
        case "/":
            return left if right == 0 else None
        case _:
            return None


class Unknown(Exception):  # noqa: N818 - no error: whoever asks goes another way
    """What a formula gives cannot be said from the figures at hand."""


_SIGNS: Final[Mapping[str, Callable[[float, float], float]]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
}
_COMPARISONS: Final[Mapping[str, Callable[[float, float], bool]]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
    "==": operator.eq,
    "!=": operator.ne,
}
_DECIMALS: Final = 12


def amount_of(tree: Expression, figures: Mapping[str, float | None]) -> float:
    """Return the number that `tree` gives of the figures of a round.

    Raises:
        Unknown: a figure is not there, or the formula asks for more than figures of this round.
    """
    match tree:
        case Number(value):
            return value
        case Name(name):
            figure = figures.get(name)
            if figure is None:
                raise Unknown
            return figure
        case Negated(operand):
            return -amount_of(operand, figures)
        case Arithmetic("/", left, right):
            divisor = amount_of(right, figures)
            if divisor == 0.0:
                raise Unknown
            return amount_of(left, figures) / divisor
        case Arithmetic(sign, left, right) if sign in _SIGNS:
            return _SIGNS[sign](amount_of(left, figures), amount_of(right, figures))
        case Call("coalesce", arguments):
            return _first(arguments, figures)
        case _:
            raise Unknown


def _first(arguments: tuple[Expression, ...], figures: Mapping[str, float | None]) -> float:
    for argument in arguments:
        if all(figures.get(name) is not None for name in names_in(argument)):
            return amount_of(argument, figures)
    raise Unknown


def holds(tree: Expression, figures: Mapping[str, float | None]) -> bool:
    """Return whether the condition `tree` holds of the figures of a round.

    Raises:
        Unknown: as `amount_of`.
    """
    match tree:
        case Comparison(sign, left, right):
            one, other = amount_of(left, figures), amount_of(right, figures)
            return _COMPARISONS[sign](round(one, _DECIMALS), round(other, _DECIMALS))
        case Logic("and", left, right):
            return holds(left, figures) and holds(right, figures)
        case Logic("or", left, right):
            return holds(left, figures) or holds(right, figures)
        case Not(operand):
            return not holds(operand, figures)
        case _:
            raise Unknown


def thresholds_of(tree: Expression, name: str, figures: Mapping[str, float | None]) -> tuple[float, ...]:
    """Return the values of `name` at which the condition `tree` may change, rising.

    Raises:
        Unknown: `name` is compared otherwise than by itself with what is known.
    """
    return tuple(sorted(set(_thresholds(tree, name, figures))))


def _thresholds(tree: Expression, name: str, figures: Mapping[str, float | None]) -> list[float]:
    if name not in names_in(tree):
        return []
    match tree:
        case Comparison(_, Name(left), right) if left == name and name not in names_in(right):
            return [amount_of(right, figures)]
        case Comparison(_, left, Name(right)) if right == name and name not in names_in(left):
            return [amount_of(left, figures)]
        case Logic() | Not():
            return [each for child in children_of(tree) for each in _thresholds(child, name, figures)]
        case _:
            raise Unknown
