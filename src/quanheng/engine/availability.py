"""How much of a unit's weight has a value of its own, and if that is enough for a place (absence §7)."""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterator, Mapping
from typing import Any

import narwhals as nw

from quanheng.engine import columns as c
from quanheng.engine.rounding import comparable
from quanheng.engine.scores import by_group
from quanheng.engine.weighing import Parts, Weighing
from quanheng.scheme.model import ROOT, Dimension, Indicator, Scheme


def with_availability(
    frame: nw.LazyFrame[Any], scheme: Scheme, weighing: Weighing, *, always: bool = False
) -> nw.LazyFrame[Any]:
    """Add `available` and `ranked`.

    `available` is the weight of the indicators that have a measure of their own over the weight of those
    that apply to the unit: what is not applicable stands on neither side, what a policy filled in only on
    the lower one. `weighing` says, for each (dimension, child), what part of its parent the child is in each
    group before anything is redistributed. A unit is ranked if it has a total and enough weight available.
    Where the scheme asks for none, `available` is there only if it is wanted `always`.
    """
    if scheme.at_least <= 0.0 and not always:
        ranked = ~nw.col(c.score(ROOT)).is_null()
        return frame.with_columns(ranked.alias(c.RANKED))
    frame = frame.with_columns(_available(scheme, weighing).alias(c.AVAILABLE))
    enough = comparable(nw.col(c.AVAILABLE)) >= scheme.at_least
    return frame.with_columns((enough & ~nw.col(c.score(ROOT)).is_null()).alias(c.RANKED))


def _available(scheme: Scheme, weighing: Weighing) -> nw.Expr:
    if not weighing.rounds:
        return _by_parts(scheme, weighing.parts)
    rounds = weighing.rounds.items()
    return nw.coalesce(
        *[nw.when(nw.col(c.ROUND) == name).then(_by_parts(scheme, parts)) for name, parts in rounds],
        _by_parts(scheme, weighing.parts),
    )


def _by_parts(scheme: Scheme, parts: Parts) -> nw.Expr:
    weighed = [(indicator, by_group(weights)) for indicator, weights in _leaves(scheme.root, parts, {})]
    own = [_where(indicator, weight, c.PRESENT) for indicator, weight in weighed]
    apart = [_where(indicator, weight, c.NOT_APPLICABLE) for indicator, weight in weighed]
    every = [_stands(indicator, weight) for indicator, weight in weighed]
    applicable = _sum(every) - _sum(apart)
    available = nw.when(applicable > 0.0).then(_sum(own) / nw.when(applicable > 0.0).then(applicable))
    return available.otherwise(nw.lit(0.0))


def _leaves(
    dimension: Dimension,
    parts: Parts,
    above: Mapping[str, float],
) -> Iterator[tuple[Indicator, Mapping[str, float]]]:
    """Yield each indicator with its part of the whole in each of its groups."""
    for child in dimension.children:
        part = parts[dimension.code, child.code]
        whole = {group: above.get(group, 1.0) * value for group, value in part.items()}
        if isinstance(child, Indicator):
            yield child, whole
        else:
            yield from _leaves(child, parts, whole)


def _where(indicator: Indicator, weight: nw.Expr, state: int) -> nw.Expr:
    here = (nw.col(c.absence(indicator.code)) == state).fill_null(value=False)
    return nw.when(here).then(weight).otherwise(nw.lit(0.0))


def _stands(indicator: Indicator, weight: nw.Expr) -> nw.Expr:
    here = ~nw.col(c.absence(indicator.code)).is_null()
    return nw.when(here).then(weight).otherwise(nw.lit(0.0))


def _sum(terms: list[nw.Expr]) -> nw.Expr:
    return functools.reduce(operator.add, terms)
