"""Which children count where the best or the last of them do: each is compared with each (points §7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, TypeAlias

import narwhals as nw

from quanheng.engine.frame.rounding import comparable
from quanheng.engine.frame.sums import with_sums
from quanheng.scheme.weights.aggregation import Aggregation, Best, Last

Child: TypeAlias = tuple[nw.Expr, nw.Expr]
"""The points of a child and its weight."""


class Choice(Protocol):
    """A column of points to be made of those of some of its `children`."""

    @property
    def column(self) -> str:
        """The column."""

    @property
    def method(self) -> Aggregation:
        """Which children count, and how many."""

    @property
    def children(self) -> Sequence[Child]:
        """All of them."""


def with_chosen(
    frame: nw.LazyFrame[Any], nodes: Sequence[Choice], *, by_row: bool = False
) -> tuple[nw.LazyFrame[Any], Mapping[str, Sequence[Child]]]:
    """Return the frame, and of each of `nodes` the children with the weight 0 where they are not chosen.

    How many children stand before one is a column, to be left out afterwards.
    """
    frame = frame.with_columns(*[order for node in nodes for order in _orders(node)])
    ahead = {
        _ahead(node.column, own): [
            nw.when(_stands_before(node, other, own)).then(1.0)
            for other in range(len(node.children))
            if other != own
        ]
        for node in nodes
        for own in range(len(node.children))
        if len(node.children) > 1
    }
    frame = with_sums(frame, ahead, by_row=by_row) if ahead else frame
    return frame, {node.column: _chosen(node) for node in nodes if len(node.children) > 1}


def columns_of_choices(nodes: Sequence[Choice]) -> list[str]:
    """Return the names of what `with_chosen` adds."""
    return [
        made(node.column, own)
        for node in nodes
        for own in range(len(node.children))
        for made in (_order, _ahead)
    ]


def _order(column: str, child: int) -> str:
    return f"order {child}|{column}"


def _ahead(column: str, child: int) -> str:
    return f"ahead of {child}|{column}"


def _orders(node: Choice) -> list[nw.Expr]:
    """Return the points by which children are chosen, null where one does not count."""
    sign = 1.0 if isinstance(node.method, Best) else -1.0
    return [
        nw.when((weight > 0.0) & ~points.is_null())
        .then(sign * comparable(points))
        .alias(_order(node.column, own))
        for own, (points, weight) in enumerate(node.children)
    ]


def _stands_before(node: Choice, other: int, own: int) -> nw.Expr:
    """Return whether another child goes before: it has more, or as much and stands first in the scheme."""
    theirs, mine = nw.col(_order(node.column, other)), nw.col(_order(node.column, own))
    return theirs >= mine if other < own else theirs > mine


def _chosen(node: Choice) -> list[Child]:
    method = node.method
    count = method.count if isinstance(method, Best | Last) else 0
    return [
        (points, nw.when(nw.col(_ahead(node.column, own)) < count).then(weight).otherwise(0.0))
        for own, (points, weight) in enumerate(node.children)
    ]
