"""The statistics of other units that rules look at: observed bests, quantiles, means, places (observed §1).

They are aggregates over the pool, the units of the same group or (`within: all`) of every group that have a
value after treatment, joined back as `stat|…` columns, so that the trace can show them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, assert_never

import narwhals as nw

from quanheng.engine.formulas.conditions import holds
from quanheng.engine.formulas.measures import scope_of
from quanheng.engine.formulas.operations import Compiled
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.again.replays import Origin, made_once
from quanheng.engine.frame.comparing import ordering, settled, settled_mean
from quanheng.engine.frame.engines import Engine, PolarsEngine
from quanheng.engine.frame.pools import over_pool, pool_of
from quanheng.engine.frame.tables import names_in
from quanheng.engine.stages.points.anchored import ways_between
from quanheng.findings.value import Value
from quanheng.scheme.formulas.tree import Name
from quanheng.scheme.rules.pool import (
    COUNT,
    COUNT_BESIDE_ZERO,
    LEAST,
    MEAN,
    MEDIAN,
    MOST,
    Deviation,
    Plain,
    QuantileOf,
    Rank,
    ValueOf,
)
from quanheng.scheme.tree.pools import Alike, Inside, Over, in_one_round
from quanheng.scheme.tree.scheme import Indicator, Scheme

EVERYONE = "everyone"
"""A constant column: the pool of `within: all`."""


class Aggregate(Value, kw_only=False):
    """One aggregate of a pool: the column it becomes, and the expression over the pool's rows.

    Some follow from others: their expression is over the pool's aggregates.
    """

    column: str
    expression: nw.Expr
    follows: bool = False


def with_statistics(
    frame: nw.LazyFrame[Any],
    scheme: Scheme,
    engine: Engine,
    *,
    pool: Sequence[str] = (c.GROUP,),
    nodes: tuple[Indicator, ...] | None = None,
) -> nw.LazyFrame[Any]:
    """Add the `stat|…` columns that the rules of `scheme` need, from the `treated|…` columns.

    `pool` names the columns whose values the units of a pool share; `within: all` leaves out the group.
    `nodes` are what is rated, by default the indicators of the scheme.
    """
    rated = scheme.indicators if nodes is None else nodes
    codes = () if nodes is None else tuple(node.code for node in nodes)
    frame = _with_members(frame, scheme) if nodes is None else frame
    over = tuple(each for each in rated if isinstance(each.within, Over))
    if not over:
        return _compared(frame, rated, scheme, engine, pool=pool, codes=codes)
    frame = _compared(
        frame,
        tuple(each for each in rated if each not in over),
        scheme,
        engine,
        pool=pool,
        codes=(*codes, c.ROUND),
        named=rated,
    )
    if c.OVER_ROUNDS not in names_in(frame):
        from quanheng.engine.stages.points.over_rounds import with_found_over  # noqa: PLC0415  in few schemes

        return with_found_over(frame, over)
    # a round is nothing that tells pools apart here: which rounds count is said of each value
    return _compared(frame, over, scheme, engine, pool=(c.GROUP,), codes=(*codes, c.OVER_ROUNDS), named=())


def _compared(  # noqa: PLR0913  what is compared with what
    frame: nw.LazyFrame[Any],
    rated: Sequence[Indicator],
    scheme: Scheme,
    engine: Engine,
    *,
    pool: Sequence[str],
    codes: tuple[str, ...],
    named: Sequence[Indicator] | None = None,
) -> nw.LazyFrame[Any]:
    """Add what `rated` look at in the units that share the columns `pool`, and the units that `named` name.

    `codes` tell what is rated here from what else the scheme rates.
    """
    everyone = [key for key in pool if key != c.GROUP]
    grouped, overall = made_once(
        Origin("statistics", scheme, codes), lambda: _aggregates(rated, rated if named is None else named)
    )
    frame = with_aggregates(
        frame, grouped, engine, by=pool_of(scheme, pool), of=Origin("statistics of groups", scheme, codes)
    )
    of_all = Origin("statistics of all", scheme, codes)
    frame = with_aggregates(frame, overall, engine, by=everyone, of=of_all)
    for column, wanted in _of_those_alike(rated).items():
        keys = (c.attribute(column), *everyone)
        of_alike = Origin("statistics alike", scheme, (column, *codes))
        frame = with_aggregates(frame, wanted, engine, by=keys, of=of_alike)
    if any(isinstance(looked := in_one_round(each.within), Inside) or looked == "all" for each in rated):
        frame = frame.with_columns(nw.lit(EVERYONE).alias(EVERYONE))
    places = tuple(_places(rated, scheme, frame, pool))
    return frame.with_columns(*places) if places else frame


def _aggregates(
    indicators: Sequence[Indicator], naming: Sequence[Indicator]
) -> tuple[tuple[Aggregate, ...], tuple[Aggregate, ...]]:
    """Return what is asked of each group, and of everyone, the units that `naming` name among them."""
    looked = [(each, in_one_round(each.within)) for each in indicators]
    grouped = _wanted(each for each, within in looked if within == "group")
    overall = _wanted(each for each, within in looked if within == "all" or isinstance(within, Inside))
    named = (aggregate for indicator in naming for aggregate in _named_units(indicator))
    return grouped, (*overall, *named)


def _of_those_alike(rated: Sequence[Indicator]) -> dict[str, tuple[Aggregate, ...]]:
    """Return what is asked of the units that are alike in a column, by the column."""
    found: dict[str, list[Indicator]] = {}
    for indicator in rated:
        within = in_one_round(indicator.within)
        if isinstance(within, Alike):
            found.setdefault(within.column, []).append(indicator)
    return {column: _wanted(indicators) for column, indicators in found.items()}


def _with_members(frame: nw.LazyFrame[Any], scheme: Scheme) -> nw.LazyFrame[Any]:
    """Add whether each unit is in each pool; where figures are absent it is not."""
    if not scheme.pools:
        return frame
    scope = scope_of(frame, scheme)
    group = Compiled(value=nw.col(c.GROUP), number=False)
    scope = replace(scope, names={**scope.names, "group": group})
    return frame.with_columns(
        *[holds(pool.condition, scope).alias(c.member(pool.code)) for pool in scheme.pools]
    )


def counting(indicator: Indicator) -> nw.Expr | None:
    """Return whether a unit's own value is one of those its indicator looks at; None where each is."""
    match in_one_round(indicator.within):
        case Inside(code=code):
            there: nw.Expr | None = nw.col(c.member(code))
        case Alike(column=column):
            there = ~nw.col(c.attribute(column)).is_null()
        case _:
            there = None
    if not isinstance(indicator.within, Over):
        return there
    counts = nw.col(c.ROUND).is_in([str(each) for each in indicator.within.rounds])
    return counts if there is None else there & counts


def with_aggregates(
    frame: nw.LazyFrame[Any],
    aggregates: Sequence[Aggregate],
    engine: Engine,
    *,
    by: Sequence[str],
    of: Origin,
) -> nw.LazyFrame[Any]:
    """Set `aggregates` of `frame` beside it: over the rows that share the columns `by`, if any.

    `of` names them: those of one origin are the same.
    """
    if not aggregates:
        return frame

    def named(*, follows: bool) -> list[nw.Expr]:
        return [each.expression.alias(each.column) for each in aggregates if each.follows == follows]

    def following(table: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        return table.with_columns(*named(follows=True)) if any(each.follows for each in aggregates) else table

    if not by:
        return engine.with_totals(frame, lambda rows: following(rows.select(*named(follows=False))), of)
    pools = following(frame.group_by(list(by)).agg(*named(follows=False)))
    if isinstance(engine, PolarsEngine) and engine.streaming:
        return _beside(frame, engine.collect(pools), by)
    return frame.join(pools, on=list(by), how="left")


_FEW: Final = 100
"""So many pools are looked up in a list: a join carries every column of every row through it."""


def _beside(frame: nw.LazyFrame[Any], pools: nw.DataFrame[Any], by: Sequence[str]) -> nw.LazyFrame[Any]:
    """Set the columns of `pools`, a row for each, beside the rows of `frame` that share the columns `by`."""
    (key, *further) = by
    known = pools.filter(~nw.col(key).is_null())
    if further or not 0 < len(known) <= _FEW:
        return frame.join(pools.lazy(), on=list(by), how="left")
    keys = known[key].to_list()
    return frame.with_columns(
        *[
            nw.col(key)
            .replace_strict(keys, known[name].to_list(), default=None, return_dtype=dtype)
            .alias(name)
            for name, dtype in known.schema.items()
            if name != key
        ]
    )


def _wanted(indicators: Iterable[Indicator]) -> tuple[Aggregate, ...]:
    found: list[Aggregate] = []
    for indicator in indicators:
        for name, expression in _statistics(indicator):
            found.append(Aggregate(c.stat(indicator.code, name), expression))
        for name, expression in ways_between(indicator):
            found.append(Aggregate(c.stat(indicator.code, name), expression, follows=True))
    return tuple(found)


def _statistics(indicator: Indicator) -> Iterator[tuple[str, nw.Expr]]:
    """Yield what the rule asks of its own pool; named units and places are not computed pool by pool."""
    value, counts = nw.col(c.treated(indicator.code)), counting(indicator)
    if counts is not None:
        value = nw.when(counts).then(value)
    for statistic in indicator.rule.statistics():
        match statistic:
            case Plain(name):
                yield name, _PLAIN[name](value)
            case QuantileOf(share):
                yield statistic.name, settled(value.quantile(share, interpolation="linear"))
            case Deviation(ddof):
                yield statistic.name, settled(value.std(ddof=ddof))
            case ValueOf() | Rank():
                continue
            case _:
                assert_never(statistic)


_PLAIN: Final[Mapping[str, Callable[[nw.Expr], nw.Expr]]] = {
    LEAST.name: nw.Expr.min,
    MOST.name: nw.Expr.max,
    MEAN.name: settled_mean,
    MEDIAN.name: lambda values: settled(values.median()),
    COUNT.name: nw.Expr.count,
    COUNT_BESIDE_ZERO.name: lambda values: nw.when(values != 0.0).then(values).count(),
}


def _named_units(indicator: Indicator) -> Iterator[Aggregate]:
    """Yield the value of each unit that an anchor names, whatever group it is in."""
    for unit in sorted(set(indicator.rule.units())):
        value = nw.when(nw.col(c.UNIT) == unit).then(nw.col(c.treated(indicator.code)))
        yield Aggregate(c.stat(indicator.code, ValueOf(unit).name), value.max())


def _places(
    indicators: Sequence[Indicator], scheme: Scheme, frame: nw.LazyFrame[Any], pool: Sequence[str]
) -> Iterator[nw.Expr]:
    for indicator in indicators:
        for statistic in indicator.rule.statistics():
            if isinstance(statistic, Rank):
                rank = _rank(indicator, statistic)
                everyone = [key for key in pool if key != c.GROUP]
                within = in_one_round(indicator.within)
                if isinstance(within, Alike):
                    rank = rank.over(c.attribute(within.column), *everyone)
                elif within == "group" or (within == "all" and len(scheme.groups) == 1):
                    rank = over_pool(rank, pool, frame, scheme)
                else:
                    rank = rank.over(EVERYONE, *everyone)
                there = ~_ranked(indicator, statistic).is_null()
                place = nw.when(there).then(rank).cast(nw.Float64())
                place = place - 1.0 if statistic.of_beaten and not statistic.with_equals else place
                yield place.alias(c.stat(indicator.code, statistic.name))


def _rank(indicator: Indicator, statistic: Rank) -> nw.Expr:
    """Return the rank of the rated value; equal values share the least rank (1, 2, 2, 4).

    Where those that are equal are counted, they share the last (1, 3, 3, 4).
    """
    value = _ranked(indicator, statistic)
    if not (isinstance(indicator.measure.tree, Name) and indicator.treat is None):
        value = ordering(value)
    best_first = not statistic.of_beaten
    falling = best_first == (indicator.direction == "more")
    if statistic.with_equals:
        return value.rank("max", descending=falling)
    return value.rank("min", descending=falling)


def _ranked(indicator: Indicator, statistic: Rank) -> nw.Expr:
    value, counts = nw.col(c.treated(indicator.code)), counting(indicator)
    if counts is not None:
        value = nw.when(counts).then(value)
    return nw.when(value != 0.0).then(value) if statistic.beside_zero else value
