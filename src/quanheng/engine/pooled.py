"""The functions that look at other units, `share` and `place`: their columns are made before the measures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import narwhals as nw

from quanheng.engine import columns as c
from quanheng.engine.expressions import Scope, compiled, shift_of
from quanheng.scheme.formula import Call, Expression, children_of
from quanheng.scheme.model import Direction

_SIGNIFICANT = 11
"""Places of computed values are taken on 12 significant digits, so that binary noise makes no order."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A formula and the direction of the indicator it belongs to."""

    tree: Expression
    direction: Direction


@dataclass(frozen=True, slots=True)
class _Pooled:
    call: Call
    months: int
    direction: Direction


def with_pooled(
    frame: nw.LazyFrame[Any], formulas: Iterable[Wanted], scope: Scope
) -> tuple[nw.LazyFrame[Any], dict[Direction, Scope]]:
    """Add a column for each `share` and `place` in `formulas`, innermost first.

    Returns the frame and, for each direction, the scope that knows these columns.
    """
    pooled: dict[Direction, dict[tuple[Call, int], str]] = {"more": {}, "less": {}}
    # formulas beside the measures come later: their columns are numbered on
    taken = sum(name.startswith("pooled|") for name in scope.columns)
    for wanted in formulas:
        for found in _inside_out(wanted.tree, 0, wanted.direction):
            known = pooled[found.direction]
            if (found.call, found.months) not in known:
                column = f"pooled|{found.direction}|{taken + len(known)}"
                inner = replace(scope, pooled=known, direction=found.direction)
                frame = _with_column(frame, found, inner, column)
                known[found.call, found.months] = column
    return frame, {
        direction: replace(scope, pooled=columns, direction=direction)
        for direction, columns in pooled.items()
    }


def ordering(value: nw.Expr) -> nw.Expr:
    """Return `value` at 12 significant digits, for comparing computed values as a person would.

    Two quotients that are equal on paper (0.3/0.1 and 3/1) differ in the last bit of a float; an order
    made of such noise could not be defended.
    """
    size = nw.when(value != 0.0).then(value.abs()).otherwise(nw.lit(1.0))
    exponent = _SIGNIFICANT - (size.log() / _LOG_10).floor()
    factor = nw.lit(10.0) ** exponent
    return nw.when(value == 0.0).then(nw.lit(0.0)).otherwise((value * factor).round(0) / factor)


_LOG_10 = 2.302585092994046


def _inside_out(tree: Expression, months: int, direction: Direction) -> Iterator[_Pooled]:
    """Yield the pooled calls below `tree`, each with the months it is shifted back, inner before outer."""
    match tree:
        case Call("growth" | "change", (inner,)):
            yield from _inside_out(inner, months, direction)
            yield from _inside_out(inner, months + shift_of(tree), direction)
        case Call("lag", (inner, _)):
            yield from _inside_out(inner, months + shift_of(tree), direction)
        case Call("share" | "place", (inner,)):
            yield from _inside_out(inner, months, direction)
            yield _Pooled(tree, months, direction)
        case _:
            for part in children_of(tree):
                yield from _inside_out(part, months, direction)


def _with_column(frame: nw.LazyFrame[Any], found: _Pooled, scope: Scope, column: str) -> nw.LazyFrame[Any]:
    value = compiled(found.call.arguments[0], scope, months=found.months).value
    inner, total = f"{column}|inner", f"{column}|sum"
    if found.call.function == "share":
        frame = frame.with_columns(value.alias(inner))
        sums = frame.select(nw.col(inner).sum().alias(total))
        joined = frame.join(sums, how="cross")
        part = (
            nw.when(nw.col(total) != 0.0)
            .then(nw.col(inner) / nw.col(total))
            .otherwise(nw.lit(0.0) * nw.col(inner))
        )
        return joined.with_columns(part.alias(column)).drop(inner, total)
    frame = frame.with_columns(ordering(value).alias(inner))
    place = nw.col(inner).rank("min", descending=found.direction == "more").over(c.GROUP)
    return frame.with_columns(
        nw.when(~nw.col(inner).is_null()).then(place).cast(nw.Float64()).alias(column)
    ).drop(inner)
