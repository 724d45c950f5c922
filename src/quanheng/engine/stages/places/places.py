"""Places inside the group (places §1-§3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import narwhals as nw

from quanheng.engine.frame import columns as c
from quanheng.engine.frame.pools import EVERYONE, by_group, over_pool, pool_of, ranking_pool, with_everyone
from quanheng.engine.frame.ranks import with_rank
from quanheng.engine.frame.rounding import comparable, half_up
from quanheng.engine.frame.tables import different, rows_ascending
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.grades.quotas import Quota
from quanheng.scheme.tree.scheme import Scheme

_TIED_ON = "tied_on"
"""What units of one place are told apart by, while places are made."""


def with_places(
    frame: nw.LazyFrame[Any], scheme: Scheme, *, pool: Sequence[str] = (c.GROUP,)
) -> nw.LazyFrame[Any]:
    """Add `place` and `placed`: competition ranking, 1 2 2 4, descending, inside the group.

    Where the scheme has the lowest first, totals and what tells equal ones apart are ascending.

    `frame` has `ranked` and the `score|…` columns. Totals are compared rounded to nine decimals where the
    scheme does not round them (rounding §3). Units equal on the total are told apart by the scores of the
    scheme's `ties`, in order; a unit without a score there comes after those that have one; what is still
    equal shares the place. Units that are not ranked, or have no total, have no place. `placed` is the
    number of units of the group that have one. In one ranking both are of all units. `pool` names the
    columns whose values the units of a ranking share.
    """
    pool = ranking_pool(scheme, pool)
    frame = with_everyone(frame, scheme)
    total = nw.when(nw.col(c.RANKED)).then(comparable(nw.col(c.score(ROOT))))
    place, placed = _rank(scheme), nw.col(_TIED_ON).count().cast(nw.Int64())
    frame = frame.with_columns(total.alias(_TIED_ON))
    if frame.implementation.is_polars() and not pool_of(scheme, pool):
        frame = with_rank(frame, c.PLACE, _TIED_ON, descending=not scheme.lowest_first)
        frame = frame.with_columns(placed.alias(c.PLACED))
    else:
        # at once, so that the units are parted into pools once
        frame = frame.with_columns(
            over_pool(place, pool, frame, scheme).alias(c.PLACE),
            over_pool(placed, pool, frame, scheme).alias(c.PLACED),
        )
    for nodes in tie_steps(scheme):
        after_all = float("inf") if scheme.lowest_first else -float("inf")
        tied_on = comparable(_score_at(nodes)).fill_null(after_all)
        behind = _rank(scheme).over(*pool, c.PLACE) - 1
        frame = frame.with_columns(tied_on.alias(_TIED_ON)).with_columns(
            (nw.col(c.PLACE) + behind).alias(c.PLACE)
        )
    return frame.drop(_TIED_ON, EVERYONE, strict=False)


def tie_steps(scheme: Scheme) -> Iterator[Mapping[str, str] | str]:
    """Yield what tells equal totals apart first, second and so on: a node, or one for each group."""
    yield from scheme.ties
    steps = max((len(nodes) for nodes in scheme.ties_by_group.values()), default=0)
    for step in range(steps):
        yield {group: nodes[step] for group, nodes in scheme.ties_by_group.items() if step < len(nodes)}


def _score_at(nodes: Mapping[str, str] | str) -> nw.Expr:
    """Return the score at a node, or at that of the unit's group; null in a group without one."""
    if isinstance(nodes, str):
        return nw.col(c.score(nodes))
    expression = nw.lit(None, dtype=nw.Float64())
    for group, node in nodes.items():
        expression = nw.when(nw.col(c.GROUP) == group).then(nw.col(c.score(node))).otherwise(expression)
    return expression


def quota(of: Quota | Mapping[str, Quota], units: nw.Expr) -> nw.Expr:
    """Return how many of `units` units a quota admits: floor(share·n + 0.5), at least 1; or its count.

    Half-up on the decimal number: 0.29 of 50 is 14.5 and gives 15, although 0.29 * 50 is less in binary.
    A share that is cut or raised is so on the decimal number, too. Of quotas by group that of the unit's
    counts; null in a group without one.

    Examples:
        >>> import polars as pl
        >>> frame = nw.from_native(pl.DataFrame({"n": [1, 5, 50]}))
        >>> frame.select(quota(Quota(share=0.29), nw.col("n")).alias("k"))["k"].to_list()
        [1, 1, 15]
    """
    if isinstance(of, Mapping):
        expression = nw.lit(None, dtype=nw.Int64())
        for group, own in of.items():
            expression = nw.when(nw.col(c.GROUP) == group).then(quota(own, units)).otherwise(expression)
        return expression
    if of.share is None:
        return nw.lit(of.count)
    wanted = units.cast(nw.Float64()) * of.share
    match of.rounding:
        case "half":
            admitted = half_up(wanted, 0)
        case "down":
            admitted = comparable(wanted).floor()
        case "up":
            admitted = comparable(wanted).ceil()
    return admitted.clip(lower_bound=1.0).cast(nw.Int64())


def _rank(scheme: Scheme) -> nw.Expr:
    return nw.col(_TIED_ON).rank("min", descending=not scheme.lowest_first).cast(nw.Int64())


_ORDER: Final = "order"


def sorted_plan(ranked: nw.LazyFrame[Any], scheme: Scheme, *further: str) -> nw.LazyFrame[Any]:
    """Return the rows of a ranking in its order, lazily; rows of one unit by the columns `further`."""
    ordered = ranked.with_columns(_group(scheme).alias(_ORDER))
    return ordered.sort(_ORDER, c.PLACE, c.UNIT, *further, nulls_last=True).drop(_ORDER)


def in_order(ranked: nw.DataFrame[Any], scheme: Scheme) -> nw.DataFrame[Any]:
    """Return the rows of a ranking in its order: by group as the scheme has them, place, and unit.

    Who has no place comes last in the group. The rows are sorted by one whole number made of the three: a
    sort by several columns takes ten times as long. Up to a billion units it fits into 64 bits. The names of
    units are compared only where some share a place, and the rows do not stand in the names' order already.
    """
    numbers = _numbers(ranked, scheme)
    if not ranked[c.UNIT].is_sorted() and different(numbers.to_native()) < len(ranked):
        ranked = ranked.sort(c.UNIT)
        numbers = _numbers(ranked, scheme)
    ordered: nw.DataFrame[Any] = ranked[rows_ascending(numbers)]
    return ordered


def _numbers(ranked: nw.DataFrame[Any], scheme: Scheme) -> nw.Series[Any]:
    """Return for each row a whole number that grows by group and place; that of who has none is last."""
    place = nw.col(c.PLACE).fill_null(len(ranked) + 1)
    return ranked.select((_group(scheme) * (len(ranked) + 2) + place).alias(_ORDER))[_ORDER]


def _group(scheme: Scheme) -> nw.Expr:
    """Return the number of the unit's group in the scheme; the same for all of one ranking."""
    if scheme.ranks_all:
        return nw.lit(0).cast(nw.Int64())
    return by_group({group.code: float(index) for index, group in enumerate(scheme.groups)}).cast(nw.Int64())
