"""How much of a unit's weight has a value of its own, and if that is enough for a place (absence §7)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import narwhals as nw

from quanheng.engine.frame import columns as c
from quanheng.engine.frame.pools import by_group
from quanheng.engine.frame.rounding import comparable
from quanheng.engine.frame.sums import with_sums
from quanheng.engine.stages.aggregation.weights_in_force import Parts, Weighing
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.tree.scheme import Dimension, Indicator, Scheme


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
    frame = _with_available(frame, scheme, weighing)
    enough = comparable(nw.col(c.AVAILABLE)) >= scheme.at_least
    return frame.with_columns((enough & ~nw.col(c.score(ROOT)).is_null()).alias(c.RANKED))


def _with_available(frame: nw.LazyFrame[Any], scheme: Scheme, weighing: Weighing) -> nw.LazyFrame[Any]:
    frame = _with_sums_of_parts(frame, scheme, weighing)
    every, apart, own = (nw.col(name) for name in _SUMS)
    frame = frame.with_columns((every - apart).alias(_APPLICABLE))
    applicable = nw.col(_APPLICABLE)
    part = nw.when(applicable > 0.0).then(own / nw.when(applicable > 0.0).then(applicable))
    available = part.otherwise(nw.lit(0.0)).alias(c.AVAILABLE)
    return frame.with_columns(available).drop(*_SUMS, _APPLICABLE)


_SUMS: Final = ("parts|every", "parts|not applicable", "parts|own")
_APPLICABLE: Final = "parts|applicable"


def _with_sums_of_parts(frame: nw.LazyFrame[Any], scheme: Scheme, weighing: Weighing) -> nw.LazyFrame[Any]:
    """Add the weight of the indicators that stand for a unit, that do not apply to it, that it has itself.

    Where the weights of each round are its own, the sums of a round are taken in it.
    """
    if not weighing.rounds:
        return with_sums(frame, dict(zip(_SUMS, _terms(scheme, weighing.parts), strict=True)))
    of_rounds: list[tuple[str | None, Parts]] = [*weighing.rounds.items(), (None, weighing.parts)]
    named = {
        f"{name}|{index}": terms
        for index, (_, parts) in enumerate(of_rounds)
        for name, terms in zip(_SUMS, _terms(scheme, parts), strict=True)
    }
    here = [None if name is None else nw.col(c.ROUND) == name for name, _ in of_rounds]
    chosen = [
        nw.coalesce(
            *[
                nw.col(f"{name}|{index}")
                if round_ is None
                else nw.when(round_).then(nw.col(f"{name}|{index}"))
                for index, round_ in enumerate(here)
            ]
        ).alias(name)
        for name in _SUMS
    ]
    return with_sums(frame, named).with_columns(*chosen).drop(*named)


def _terms(scheme: Scheme, parts: Parts) -> tuple[list[nw.Expr], ...]:
    """Return the terms of the sums, in the order of `_SUMS`."""
    weighed = [(indicator, by_group(weights)) for indicator, weights in _leaves(scheme.root, parts, {})]
    return (
        [_stands(indicator, weight) for indicator, weight in weighed],
        [_where(indicator, weight, c.NOT_APPLICABLE) for indicator, weight in weighed],
        [_where(indicator, weight, c.PRESENT) for indicator, weight in weighed],
    )


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
