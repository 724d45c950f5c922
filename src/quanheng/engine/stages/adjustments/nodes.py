"""Caps on marks given and taken at a node and below it, which hold before all others (§2 f)."""

from __future__ import annotations

import functools
import itertools
import operator
from collections.abc import Sequence
from typing import Any, NamedTuple

import narwhals as nw

from quanheng.engine.frame import columns as c
from quanheng.engine.stages.adjustments.categories import AdjustmentKind, Claim, capped, not_lost
from quanheng.scheme.tree.scheme import Dimension, Node, Scheme


class NodeCap(NamedTuple):
    """A cap on the marks of a kind at the nodes `codes`: `node` and all below it.

    With a `category` it holds for the marks of that alone.
    """

    node: str
    kind: AdjustmentKind
    category: str | None
    cap: float
    codes: frozenset[str]
    level: int

    @property
    def column(self) -> str:
        """The column of the sum it holds for."""
        return c.below(self.node, self.kind, self.category)

    def holds_for(self, claim: Claim) -> bool:
        """Return whether marks of its kind are under it."""
        return claim.node in self.codes and self.category in {None, claim.category}


def node_caps(scheme: Scheme, kind: AdjustmentKind) -> tuple[NodeCap, ...]:
    """Return the caps of nodes in the order in which they hold: from the deepest up, categories first.

    Nodes that the scheme has not, in a review or at another time, have none.
    """
    found = []
    limits = {each.node: each for each in scheme.adjustments.limit_of(kind).nodes}
    for node in scheme.nodes if limits else ():
        limit = limits.get(node.code)
        if limit is None:
            continue
        codes, level = frozenset(_codes(node)), scheme.level_of(node.code)
        of_node = [] if limit.cap is None else [(None, limit.cap)]
        for category, cap in [*limit.categories.items(), *of_node]:
            found.append(NodeCap(node.code, kind, category, cap, codes, level))
    return tuple(sorted(found, key=_turn))


def with_node_caps(
    frame: nw.LazyFrame[Any], claims: Sequence[Claim], caps: Sequence[NodeCap]
) -> nw.LazyFrame[Any]:
    """Add what `caps`, all those of one kind in their order, leave of `claims` of that kind."""
    if not caps:
        return frame
    names = set(frame.collect_schema().names())
    left = {claim: c.left(*claim) for claim in claims}
    frame = frame.with_columns(*[nw.col(c.claim_in(*claim)).alias(name) for claim, name in left.items()])
    # caps of one turn share no marks
    for _, turn in itertools.groupby(caps, key=_turn):
        under = [(cap, claim) for cap in turn for claim in claims if cap.holds_for(claim)]
        sums: dict[str, list[nw.Expr]] = {}
        for cap, claim in under:
            sums.setdefault(cap.column, []).append(not_lost(claim.node, nw.col(left[claim]), names))
        if not under:
            continue
        frame = frame.with_columns(
            *[functools.reduce(operator.add, parts).alias(name) for name, parts in sums.items()]
        )
        frame = frame.with_columns(
            *[
                capped(nw.col(left[claim]), nw.col(cap.column), cap.cap).alias(left[claim])
                for cap, claim in under
            ]
        )
    return frame


def _turn(cap: NodeCap) -> tuple[int, bool]:
    return -cap.level, cap.category is None


def _codes(node: Node) -> list[str]:
    below = [code for child in node.children for code in _codes(child)] if isinstance(node, Dimension) else []
    return [node.code, *below]
