"""The functions that look at other units, `share` and `place`: their columns are made before the measures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import narwhals as nw

from quanheng.engine import columns as c
from quanheng.engine.expressions import Scope, compiled, shift_of
from quanheng.engine.operations import applicable_value
from quanheng.scheme.formula import Call, Expression, children_of
from quanheng.scheme.rules.anchors import Direction

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


@dataclass(frozen=True, slots=True)
class _Column:
    found: _Pooled
    name: str
    value: nw.Expr

    @property
    def is_share(self) -> bool:
        return self.found.call.function == "share"

    @property
    def inner(self) -> str:
        return f"{self.name}|inner"

    @property
    def total(self) -> str:
        return f"{self.name}|sum"


def with_pooled(
    frame: nw.LazyFrame[Any],
    formulas: Iterable[Wanted],
    scope: Scope,
    *,
    pool: Sequence[str] = (c.GROUP,),
) -> tuple[nw.LazyFrame[Any], dict[Direction, Scope]]:
    """Add a column for each `share` and `place` in `formulas`, innermost first.

    `pool` names the columns whose values the units of a pool share: places are taken in it, shares are of
    all units that differ from each other only in their group.

    Returns the frame and, for each direction, the scope that knows these columns.
    """
    pooled: dict[Direction, dict[tuple[Call, int], str]] = {"more": {}, "less": {}}
    # formulas beside the measures come later: their columns are numbered on
    taken = sum(name.startswith("pooled|") for name in scope.columns)
    for level in _levels(formulas):
        columns: list[_Column] = []
        for found in level:
            known = pooled[found.direction]
            inner = replace(scope, pooled=known, direction=found.direction)
            value = applicable_value(compiled(found.call.arguments[0], inner, months=found.months))
            name = f"pooled|{found.direction}|{taken + len(known)}"
            columns.append(_Column(found, name, value))
            known[found.call, found.months] = name
        frame = _with_columns(frame, columns, pool)
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


def _levels(formulas: Iterable[Wanted]) -> list[list[_Pooled]]:
    """Return the pooled calls, each once, by how deep they nest: a level needs only those before it."""
    levels: dict[int, dict[_Pooled, None]] = {}
    for wanted in formulas:
        for found in _inside_out(wanted.tree, 0, wanted.direction):
            levels.setdefault(_depth(found.call), {})[found] = None
    return [list(levels[depth]) for depth in sorted(levels)]


def _depth(tree: Expression) -> int:
    """Return how many pooled calls stand inside each other in `tree`."""
    inside = max((_depth(part) for part in children_of(tree)), default=0)
    match tree:
        case Call("share" | "place"):
            return inside + 1
        case _:
            return inside


def _with_columns(frame: nw.LazyFrame[Any], columns: list[_Column], pool: Sequence[str]) -> nw.LazyFrame[Any]:
    """Add the columns of one level, with one join for all its sums: each join doubles the plan."""
    shares = [column for column in columns if column.is_share]
    frame = frame.with_columns(
        *[
            (column.value if column.is_share else ordering(column.value)).alias(column.inner)
            for column in columns
        ]
    )
    if shares:
        sums = [nw.col(column.inner).sum().alias(column.total) for column in shares]
        everyone = [key for key in pool if key != c.GROUP]
        if everyone:
            frame = frame.join(frame.group_by(everyone).agg(*sums), on=everyone, how="left")
        else:
            frame = frame.join(frame.select(*sums), how="cross")
    made = [_part(column) if column.is_share else _place(column, pool) for column in columns]
    inner = [name for column in columns for name in (column.inner, column.total)]
    return frame.with_columns(*made).drop(*inner, strict=False)


def _part(column: _Column) -> nw.Expr:
    inner, total = nw.col(column.inner), nw.col(column.total)
    part = nw.when(total != 0.0).then(inner / total).otherwise(nw.lit(0.0) * inner)
    return part.alias(column.name)


def _place(column: _Column, pool: Sequence[str]) -> nw.Expr:
    inner = nw.col(column.inner)
    place = inner.rank("min", descending=column.found.direction == "more").over(*pool)
    return nw.when(~inner.is_null()).then(place).cast(nw.Float64()).alias(column.name)
