"""How large a formula becomes when it is computed: some functions compute what is in them several times."""

from __future__ import annotations

from typing import Final

from quanheng.scheme.formula import Arithmetic, Call, Comparison, Expression, children_of

MOST: Final = 20_000
"""Steps a formula may take for one unit; a quotient of two growths takes about a hundred."""
_TIMES: Final = {"growth": 11, "change": 2, "completion": 5, "log": 4, "place": 3, "share": 3, "where": 3}
"""How often a function looks at what is in it: growth at two periods, in a difference and a quotient."""


def steps_of(tree: Expression) -> int:
    """Return about how many steps it takes to compute `tree` for one unit; at most `MOST` + 1.

    Examples:
        >>> from quanheng.scheme.formula import Name
        >>> growth = Call("growth", (Name("gdp"),))
        >>> steps_of(growth)
        12
        >>> for _ in range(4):
        ...     growth = Call("growth", (growth,))
        >>> steps_of(growth) > MOST
        True
    """
    inside = 0
    for child in children_of(tree):
        inside += steps_of(child)
        if inside > MOST:
            return MOST + 1
    return min(1 + _times(tree) * inside, MOST + 1)


def _times(tree: Expression) -> int:
    match tree:
        case Arithmetic("/" | "**", _, _):
            return 5
        case Comparison():
            return 4
        case Call(function, _):
            return _TIMES.get(function, 2)
        case _:
            return 1
