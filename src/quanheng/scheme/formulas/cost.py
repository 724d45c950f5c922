"""How large a formula is when it is computed: its steps, and how often one looks at another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from quanheng.scheme.formulas.tree import (
    Arithmetic,
    Call,
    Comparison,
    Expression,
    Logic,
    OfSeries,
    OfText,
    Span,
    children_of,
)

MOST: Final = 5_000
"""Steps a formula may take for one unit."""
MONTHS_A_YEAR: Final = 12
_TIMES: Final = {
    "growth": 20,
    "change": 3,
    "abs": 1,
    "ceil": 4,
    "completion": 5,
    "exp": 3,
    "floor": 4,
    "log": 4,
    "mean": 3,
    "own": 1,
    "place": 3,
    "round": 6,
    "share": 3,
    "sign": 4,
    "sqrt": 4,
    "sum": 3,
    "where": 3,
}
"""How often a function looks at what is in it: growth at two periods, in a difference and a quotient."""


def steps_of(tree: Expression) -> int:
    """Return how many steps it takes to compute `tree` for one unit: each part once for each time it is of.

    Counting stops soon after `MOST`.

    Examples:
        >>> from quanheng.scheme.formulas.tree import Name
        >>> growth = Call("growth", (Name("gdp"),))
        >>> steps_of(growth)
        3
        >>> for _ in range(4):
        ...     growth = Call("growth", (growth,))
        >>> steps_of(growth)
        21
    """
    seen: set[tuple[int, int]] = set()
    open_parts = [(tree, 0)]
    while open_parts and len(seen) <= MOST:
        part, months = open_parts.pop()
        if (id(part), months) not in seen:
            seen.add((id(part), months))
            open_parts.extend(looked_at(part, months))
    return len(seen)


def looked_at(tree: Expression, months: int) -> Iterator[tuple[Expression, int]]:
    """Yield what `tree`, taken `months` before the round, looks at, and of how many months before.

    Examples:
        >>> from quanheng.scheme.formulas.tree import Name
        >>> list(looked_at(Call("growth", (Name("gdp"),)), 0))
        [(Name(name='gdp'), 0), (Name(name='gdp'), 12)]
    """
    match tree:
        case Call("growth" | "change", (inner,)):
            yield inner, months
            yield inner, months + MONTHS_A_YEAR
        case Call("lag", (inner, Span(back))):
            yield inner, months + back
        case Call("own", (_, written_out)):
            yield written_out, months
        case OfSeries() | OfText():
            return  # a figure of its own, made before the formula is computed
        case Arithmetic("+" | "-"):
            for _, term in terms_of(tree):
                yield term, months
        case _:
            for child in children_of(tree):
                yield child, months


def terms_of(tree: Expression) -> Iterator[tuple[bool, Expression]]:
    """Yield what a sum adds up, in its order, and whether it is taken off.

    Examples:
        >>> from quanheng.scheme.formulas.tree import Name
        >>> inner = Arithmetic("-", Name("a"), Name("b"))
        >>> [(negative, term.name) for negative, term in terms_of(Arithmetic("-", Name("c"), inner))]
        [(False, 'c'), (True, 'a'), (False, 'b')]
    """
    open_parts: list[tuple[bool, Expression]] = [(False, tree)]
    while open_parts:
        negative, part = open_parts.pop()
        match part:
            case Arithmetic("+" | "-" as sign, left, right):
                open_parts += [(negative != (sign == "-"), right), (negative, left)]
            case _:
                yield negative, part


def times_of(tree: Expression) -> int:
    """Return about how often `tree` looks at what is directly in it.

    Examples:
        >>> from quanheng.scheme.formulas.tree import Name
        >>> times_of(Arithmetic("/", Name("gdp"), Name("people")))
        5
    """
    match tree:
        case Arithmetic("/" | "**", _, _):
            return 5
        case Arithmetic("+" | "-", _, _):
            return 3
        case Comparison():
            return 4
        case Logic():
            return 2
        case Call(function, _):
            return _TIMES.get(function, 2)
        case _:
            return 1
