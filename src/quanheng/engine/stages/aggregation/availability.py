"""How much of a unit's weight has a value of its own, and if that is enough for a place (absence §7)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import narwhals as nw

from quanheng.engine.frame import columns as c
from quanheng.engine.frame.again.replays import Origin, replayed
from quanheng.engine.frame.engines import Engine
from quanheng.engine.frame.pools import Facts, by_group, with_facts
from quanheng.engine.frame.rounding import comparable
from quanheng.engine.frame.sums import sum_of, with_sums
from quanheng.engine.stages.aggregation.weights_in_force import Parts, Weighing
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.tree.scheme import Dimension, Indicator, Scheme
from quanheng.scheme.weights.methods import ByAttribute


def with_availability(
    frame: nw.LazyFrame[Any], scheme: Scheme, weighing: Weighing, engine: Engine, *, always: bool = False
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
    if not scheme.rates_ranked_only:
        frame = with_available(frame, scheme, weighing, engine)
    enough = comparable(nw.col(c.AVAILABLE)) >= scheme.at_least
    return frame.with_columns((enough & ~nw.col(c.score(ROOT)).is_null()).alias(c.RANKED))


def with_available(
    frame: nw.LazyFrame[Any], scheme: Scheme, weighing: Weighing, engine: Engine
) -> nw.LazyFrame[Any]:
    """Add `available` alone."""
    if weighing.rounds:
        return _with_quotient(_with_sums_of_parts(frame, scheme, weighing, engine))
    weights = tuple(weighing.table.rows())
    return replayed(
        frame,
        lambda rows: _with_quotient(_with_sums_of_parts(rows, scheme, weighing, engine)),
        Origin("available", scheme, weights),
    )


def _with_quotient(frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    every, apart, own = (nw.col(name) for name in _SUMS)
    frame = frame.with_columns((every - apart).alias(_APPLICABLE))
    applicable = nw.col(_APPLICABLE)
    part = nw.when(applicable > 0.0).then(own / nw.when(applicable > 0.0).then(applicable))
    available = part.otherwise(nw.lit(0.0)).alias(c.AVAILABLE)
    return frame.with_columns(available).drop(*_SUMS, _APPLICABLE)


_SUMS: Final = ("parts|every", "parts|not applicable", "parts|own")
_APPLICABLE: Final = "parts|applicable"


def _with_sums_of_parts(
    frame: nw.LazyFrame[Any], scheme: Scheme, weighing: Weighing, engine: Engine
) -> nw.LazyFrame[Any]:
    """Add the weight of the indicators that stand for a unit, that do not apply to it, that it has itself.

    Where the weights of each round are its own, the parts of indicators are looked up by group and round.
    """
    weights = {each.code: by_group(parts) for each, parts in _leaves(scheme.root, weighing.parts, {})}
    facts = _facts_of_rounds(scheme, weighing)
    if any(isinstance(each.method, ByAttribute) for each in scheme.dimensions):
        weights |= dict(_own_parts(scheme.root, weighing, nw.lit(1.0)))
    columns = sorted({name for known in facts.values() for name in known})
    frame = with_facts(frame, facts, columns, keys=(c.GROUP, c.ROUND), engine=engine)
    weights |= {name.removeprefix(_PART): nw.col(name) for name in columns}
    terms = _terms([(each, weights[each.code]) for each in scheme.indicators])
    frame = with_sums(frame, dict(zip(_SUMS, terms, strict=True)))
    return frame.drop(*columns) if columns else frame


_PART: Final = "part|"


def _own_parts(dimension: Dimension, weighing: Weighing, above: nw.Expr) -> Iterator[tuple[str, nw.Expr]]:
    """Yield the part of each indicator where weights go by an attribute of the unit."""
    for child in dimension.children:
        key = (dimension.code, child.code)
        if isinstance(dimension.method, ByAttribute):
            every = [
                nw.when(nw.col(c.GROUP).is_in(list(each.groups))).then(
                    weighing.weights[dimension.code, each.code]
                )
                for each in dimension.children
            ]
            part = weighing.weights[key] / sum_of(every)
        else:
            part = by_group(weighing.parts[key])
        if isinstance(child, Indicator):
            yield child.code, above * part
        else:
            yield from _own_parts(child, weighing, above * part)


def _facts_of_rounds(scheme: Scheme, weighing: Weighing) -> Facts:
    """Return by group and round the part of each indicator of which some round has one of its own."""
    if not weighing.rounds:
        return {}
    of_rounds = {
        name: {each.code: parts for each, parts in _leaves(scheme.root, parts_, {})}
        for name, parts_ in weighing.rounds.items()
    }
    usual = {each.code: parts for each, parts in _leaves(scheme.root, weighing.parts, {})}
    own = [code for code, parts in usual.items() if any(known[code] != parts for known in of_rounds.values())]
    return {
        (group.code, name): {
            f"{_PART}{code}": parts[code][group.code] for code in own if group.code in parts[code]
        }
        for name, parts in of_rounds.items()
        for group in scheme.groups
    }


def _terms(weighed: Sequence[tuple[Indicator, nw.Expr]]) -> tuple[list[nw.Expr], ...]:
    """Return the terms of the sums, in the order of `_SUMS`."""
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
