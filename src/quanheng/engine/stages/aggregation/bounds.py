"""Scores of nodes kept between a floor and a cap in marks; their points then follow (points §8)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals as nw

from quanheng.engine.formulas.conditions import holds
from quanheng.engine.formulas.expressions import Scope
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.comparing import POINTS_NOISE
from quanheng.engine.frame.pools import by_group
from quanheng.engine.frame.rounding import comparable
from quanheng.engine.stages.points.anchored import FULL
from quanheng.scheme.tree.scheme import Node


def with_ceilings(frame: nw.LazyFrame[Any], nodes: Sequence[Node], scope: Scope) -> nw.LazyFrame[Any]:
    """Add whether each cap that has a condition holds; one that figures leave open does not."""
    made = [
        holds(ceiling.condition, scope).alias(c.ceiling(node.code, index))
        for node in nodes
        for index, ceiling in enumerate(node.bounds.ceilings)
    ]
    return frame.with_columns(*made) if made else frame


def with_bounds(frame: nw.LazyFrame[Any], nodes: Sequence[Node]) -> nw.LazyFrame[Any]:
    """Cut the scores of `nodes` that have a floor or a cap; `cut|…` says what that changed, null if nothing.

    A node that is worth no marks to the unit has nothing to cut.
    """
    made = [each for node in nodes if node.bounds for each in _bounded(node)]
    return frame.with_columns(*made) if made else frame


def _bounded(node: Node) -> list[nw.Expr]:
    score, marks = nw.col(c.score(node.code)), nw.col(c.marks(node.code))
    low, high = _end(node.bounds.floor), _end(node.bounds.cap)
    worth = (marks != 0.0).fill_null(value=False)
    kept = score
    if low is not None:
        kept = nw.when((score < low).fill_null(value=False) & worth).then(low).otherwise(kept)
    if high is not None:
        kept = nw.when((score > high).fill_null(value=False) & worth).then(high).otherwise(kept)
    for index, ceiling in enumerate(node.bounds.ceilings):
        most = _end(ceiling.marks) if ceiling.share is None else marks * ceiling.share
        if most is not None:
            over = nw.col(c.ceiling(node.code, index)) & (kept > most).fill_null(value=False)
            kept = nw.when(over & worth).then(most).otherwise(kept)
    moved = ((kept - score).abs() > POINTS_NOISE).fill_null(value=False)
    follows = FULL * kept / nw.when(worth).then(marks)
    return [
        nw.when(moved).then(comparable(kept - score)).alias(c.cut(node.code)),
        nw.when(moved).then(kept).otherwise(score).alias(c.score(node.code)),
        nw.when(moved).then(follows).otherwise(nw.col(c.points(node.code))).alias(c.points(node.code)),
    ]


def _end(by_groups: Mapping[str, float]) -> nw.Expr | None:
    """Return the end of the unit's group; null where its group has none."""
    if not by_groups:
        return None
    # `by_group` takes one number for all, whatever group a unit is in
    here = nw.col(c.GROUP).is_in(list(by_groups))
    return nw.when(here).then(by_group(by_groups))
