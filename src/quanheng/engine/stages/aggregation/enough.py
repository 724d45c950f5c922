"""Whether enough of a dimension's children have values of their own for it to have points (absence §8)."""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import narwhals as nw

from quanheng.engine.formulas.measures import applies
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.rounding import comparable
from quanheng.scheme.gaps.policies import Least
from quanheng.scheme.tree.scheme import Dimension, Indicator, Node

Weights = Mapping[tuple[str, str], nw.Expr]


def kept_where_enough(
    frame: nw.LazyFrame[Any],
    level: Sequence[Dimension],
    weights: Weights,
    has_points: Callable[[Node], nw.Expr],
    column_of: Callable[[str], str],
    *,
    otherwise: float | None,
) -> nw.LazyFrame[Any]:
    """Keep a column of each dimension that asks for something where there is enough of it."""
    kept = [
        nw.when(_enough(each, each.least, weights, has_points))
        .then(nw.col(column_of(each.code)))
        .otherwise(nw.lit(otherwise, dtype=nw.Float64()))
        .alias(column_of(each.code))
        for each in level
        if each.least is not None
    ]
    return frame.with_columns(*kept) if kept else frame


def _enough(
    dimension: Dimension, least: Least, weights: Weights, has_points: Callable[[Node], nw.Expr]
) -> nw.Expr:
    """Return whether so many of the children as the dimension asks for have points of the unit's own.

    What a policy filled is not the unit's own. Of a share, what is not applicable stands on neither side.
    """
    required = [_is_there(child, has_points) for child in dimension.children if child.code in least.required]
    if least.condition is not None:
        required.append(nw.col(c.stands(dimension.code)))
    if not least.asks_for_some:
        return functools.reduce(operator.and_, required, nw.lit(True))  # noqa: FBT003 - a value, not a switch
    return functools.reduce(operator.and_, required, _is_much(dimension, least, weights, has_points))


def _is_there(child: Node, has_points: Callable[[Node], nw.Expr]) -> nw.Expr:
    """Return whether the unit has what is required: points of its own, or nothing that applies to it."""
    elsewhere = ~nw.col(c.GROUP).is_in(list(child.groups))
    if not isinstance(child, Indicator):
        return has_points(child).fill_null(value=False) | elsewhere
    absence = nw.col(c.absence(child.code))
    own = (absence == c.PRESENT).fill_null(value=False) & has_points(child)
    return own | (absence == c.NOT_APPLICABLE).fill_null(value=False) | elsewhere


def _is_much(
    dimension: Dimension, least: Least, weights: Weights, has_points: Callable[[Node], nw.Expr]
) -> nw.Expr:
    """Return whether the children that are the unit's own are as many, or weigh as much, as is asked for."""
    own, every = [], []
    for child in dimension.children:
        # a weight that is the same wherever it stands is a number, also for groups that the child is not for
        everyone = set(dimension.groups) <= set(child.groups)
        stated = applies(child.groups, weights[dimension.code, child.code], everyone=everyone)
        weight = stated.fill_null(0.0)
        has = has_points(child) & (weight > 0.0)
        amount = weight if least.count is None else nw.lit(1.0)
        if isinstance(child, Indicator):
            absence = nw.col(c.absence(child.code))
            has = has & (absence == c.PRESENT).fill_null(value=False)
            weight = nw.when((absence != c.NOT_APPLICABLE).fill_null(value=False)).then(weight).otherwise(0.0)
        own.append(nw.when(has).then(amount).otherwise(0.0))
        every.append(weight)
    there = functools.reduce(operator.add, own)
    if least.count is not None:
        return there >= float(least.count)
    whole = functools.reduce(operator.add, every)
    share = nw.when(whole > 0.0).then(there / nw.when(whole > 0.0).then(whole)).otherwise(0.0)
    return comparable(share) >= (least.share or 0.0)
