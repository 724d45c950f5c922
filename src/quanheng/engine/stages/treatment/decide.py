"""What is to be done about outliers: decided for each indicator in each of its pools, from a few figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, Literal, TypeAlias, assert_never

import narwhals as nw

from quanheng.engine.frame import columns as c
from quanheng.engine.frame.engines import Engine
from quanheng.engine.frame.pools import Key
from quanheng.engine.stages.treatment.shapes import Pool, pools_of, tails_of
from quanheng.engine.stages.treatment.winsorise import Shape, is_outlying, winsorised
from quanheng.findings.value import Value
from quanheng.scheme.gaps.treatment import AlwaysLog, QuantileLimits, Treatment, Winsorise
from quanheng.scheme.tree.scheme import Indicator, Scheme

How: TypeAlias = Literal["winsorised", "log", "limited"]
Keys: TypeAlias = tuple[str, ...]
"""The columns whose values the units of a pool share."""

_EVERYONE: Final = "treat|everyone"
_PART_OF_RANGE: Final = 0.01


class TreatedPool(Value):
    """What is done to an indicator in one pool, and why; `how` is None where nothing is.

    Values under `low` become `low`, values over `high` become `high`; with `log_from` a value x becomes
    ln(x - log_from + log_plus). `moved` counts the values that are winsorised. `before` and `after` are the
    shapes of the values as they come and as they are then.
    """

    indicator: str
    pool: Key
    how: How | None
    low: float | None = None
    high: float | None = None
    log_from: float | None = None
    log_plus: float | None = None
    moved: int = 0
    before: Shape | None = None
    after: Shape | None = None


def treated_pools(
    frame: nw.LazyFrame[Any], scheme: Scheme, engine: Engine, *, pool: Sequence[str] = (c.GROUP,)
) -> tuple[TreatedPool, ...]:
    """Return what is to be done to the indicators that are winsorised or limited, in each of their pools.

    Looks at their `treated|…`. `pool` names the columns whose values the units of a pool share; an indicator
    with `within: all` leaves out the group.
    """
    found = [
        treated
        for keys, indicators in by_keys(scheme, pool)
        for treated in _decided(with_everyone(frame, keys), indicators, keys, engine)
    ]
    return tuple(
        sorted(found, key=lambda treated: (treated.indicator, [str(value) for value in treated.pool]))
    )


def by_keys(scheme: Scheme, pool: Sequence[str]) -> Iterator[tuple[Keys, tuple[Indicator, ...]]]:
    """Yield the indicators treated by pools, together with those that share their key columns."""
    by_pool = [i for i in scheme.indicators if i.treat is not None and i.treat.by_pool]
    inside = tuple(indicator for indicator in by_pool if indicator.within == "group")
    across = tuple(indicator for indicator in by_pool if indicator.within == "all")
    if inside:
        yield tuple(pool), inside
    if across:
        yield (_EVERYONE, *(key for key in pool if key != c.GROUP)), across


def with_everyone(frame: nw.LazyFrame[Any], keys: Keys) -> nw.LazyFrame[Any]:
    """Add the column that is the same for everyone, if it is one of `keys`."""
    return frame.with_columns(nw.lit("everyone").alias(_EVERYONE)) if _EVERYONE in keys else frame


def without_everyone(frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Return `frame` without the column that is the same for everyone."""
    return frame.drop(_EVERYONE, strict=False)


def _decided(
    frame: nw.LazyFrame[Any], indicators: Sequence[Indicator], keys: Keys, engine: Engine
) -> Iterator[TreatedPool]:
    treatments = {indicator.code: indicator.treat for indicator in indicators}
    wanted = {
        c.treated(code): () if treatment is None else treatment.quantiles
        for code, treatment in treatments.items()
    }
    pools = {key: figures for key, figures in pools_of(frame, wanted, keys, engine).items() if figures.n}
    outlying = _outlying(frame, treatments, pools, keys, engine)
    for (column, key), figures in pools.items():
        code = _code(column)
        treatment = treatments[code]
        match treatment:
            case QuantileLimits():
                low, high = figures.quantiles[treatment.low], figures.quantiles[treatment.high]
                yield TreatedPool(
                    indicator=code, pool=key, how="limited", low=low, high=high, before=figures.shape
                )
            case Winsorise():
                untouched = TreatedPool(
                    indicator=code, pool=key, how=None, before=figures.shape, after=figures.shape
                )
                yield outlying.get((column, key), untouched)
            case AlwaysLog() | None:
                continue
            case _:
                assert_never(treatment)


def _outlying(
    frame: nw.LazyFrame[Any],
    treatments: Mapping[str, Treatment | None],
    pools: Mapping[tuple[str, Key], Pool],
    keys: Keys,
    engine: Engine,
) -> dict[tuple[str, Key], TreatedPool]:
    """Return what is done to the pools whose shape is over the limits of their rule."""
    rules = {c.treated(code): rule for code, rule in treatments.items() if isinstance(rule, Winsorise)}
    outlying = [
        (column, key)
        for (column, key), figures in pools.items()
        if column in rules and is_outlying(figures.shape, rules[column])
    ]
    if not outlying:
        return {}
    depths = {column: rules[column].points + 1 for column in sorted({column for column, _ in outlying})}
    tails = tails_of(frame, depths, keys, engine)
    found: dict[tuple[str, Key], TreatedPool] = {}
    for column, key in outlying:
        rule, figures = rules[column], pools[column, key]
        outcome = winsorised(tails[column, key], rule)
        if rule.then == "log" and is_outlying(outcome.after, rule):
            found[column, key] = _logged(_code(column), key, figures)
        else:
            found[column, key] = TreatedPool(
                indicator=_code(column),
                pool=key,
                how="winsorised" if outcome.moved else None,
                low=outcome.low,
                high=outcome.high,
                moved=outcome.moved,
                before=figures.shape,
                after=outcome.after,
            )
    return _with_logged_shapes(frame, found, keys, engine)


def _logged(code: str, key: Key, figures: Pool) -> TreatedPool:
    least, greatest = figures.least or 0.0, figures.greatest or 0.0
    return TreatedPool(
        indicator=code,
        pool=key,
        how="log",
        log_from=least,
        log_plus=_PART_OF_RANGE * (greatest - least),
        before=figures.shape,
    )


def _with_logged_shapes(
    frame: nw.LazyFrame[Any], found: dict[tuple[str, Key], TreatedPool], keys: Keys, engine: Engine
) -> dict[tuple[str, Key], TreatedPool]:
    """Look at the logged values too: whether the logarithm was enough is for people to know."""
    logged = {pool: treated for pool, treated in found.items() if treated.how == "log"}
    if not logged:
        return found
    columns = sorted({column for column, _ in logged})
    values = frame.select(*keys, *[nw.col(column) for column in columns])
    extremes = values.group_by(list(keys)).agg(
        *[nw.col(column).min().alias(f"{column}|least") for column in columns],
        *[nw.col(column).max().alias(f"{column}|greatest") for column in columns],
    )
    transformed = values.join(extremes, on=list(keys), how="left").select(
        *keys, *[_logarithm(column).alias(column) for column in columns]
    )
    shapes = pools_of(transformed, dict.fromkeys(columns, ()), keys, engine)
    return found | {pool: replace(treated, after=shapes[pool].shape) for pool, treated in logged.items()}


def _logarithm(column: str) -> nw.Expr:
    value, least = nw.col(column), nw.col(f"{column}|least")
    return (value - least + _PART_OF_RANGE * (nw.col(f"{column}|greatest") - least)).log()


def _code(column: str) -> str:
    return column.removeprefix(c.treated(""))
