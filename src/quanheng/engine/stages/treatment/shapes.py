"""What treatment looks at: the moments, limits and tails of pools, collected as a few numbers a pool.

A pool is the units that share the values of some key columns and have a value. Nothing of the size of the
data is collected: moments and quantiles are aggregates, and tails are the outermost distinct values.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import narwhals as nw

from quanheng.engine.frame.engines import Engine
from quanheng.engine.frame.pools import Key, with_facts
from quanheng.engine.stages.treatment.winsorise import Core, Shape, Tails, adjusted
from quanheng.findings.value import Value

_VALUE: Final = "tail|value"
_COLUMN: Final = "tail|column"
_COUNT: Final = "tail|count"
_FROM_LOW: Final = "tail|from low"
_FROM_HIGH: Final = "tail|from high"


class Pool(Value):
    """The figures of one column in one pool; a number is None where it is not defined."""

    n: int
    mean: float | None
    sd: float | None
    skewness: float | None
    kurtosis: float | None
    least: float | None
    greatest: float | None
    quantiles: Mapping[float, float | None]

    @property
    def shape(self) -> Shape | None:
        """The sample-adjusted skewness and kurtosis."""
        if self.skewness is None or self.kurtosis is None:
            return None
        return adjusted(self.n, self.skewness, self.kurtosis)


def pools_of(
    frame: nw.LazyFrame[Any],
    columns: Mapping[str, Iterable[float]],
    keys: Sequence[str],
    engine: Engine,
) -> dict[tuple[str, Key], Pool]:
    """Return the figures of each of `columns` in each pool; a column is given with the quantiles wanted."""
    wanted = {column: tuple(quantiles) for column, quantiles in columns.items()}
    aggregates = [aggregate for column, shares in wanted.items() for aggregate in _aggregates(column, shares)]
    table = engine.collect(frame.group_by(list(keys)).agg(*aggregates))
    return {
        (column, tuple(row[key] for key in keys)): _pool(row, column, shares)
        for row in table.iter_rows(named=True)
        for column, shares in wanted.items()
    }


def tails_of(
    frame: nw.LazyFrame[Any],
    columns: Mapping[str, int],
    keys: Sequence[str],
    engine: Engine,
) -> dict[tuple[str, Key], Tails]:
    """Return the tails of each of `columns` in each pool.

    A column is given with the number of distinct values wanted at each end.
    """
    table = engine.collect(
        nw.concat([_outermost(frame, column, depth, keys) for column, depth in columns.items()])
    )
    counted: dict[tuple[str, Key], list[tuple[float, int]]] = {}
    for row in table.iter_rows(named=True):
        pool = (str(row[_COLUMN]), tuple(row[key] for key in keys))
        counted.setdefault(pool, []).append((float(row[_VALUE]), int(row[_COUNT])))
    found = {pool: tuple(sorted(values)) for pool, values in counted.items()}
    cut = {pool: values for pool, values in found.items() if len(values) == 2 * columns[pool[0]]}
    cores = _cores(frame, {pool: _inner(values) for pool, values in cut.items()}, keys, engine)
    return {pool: _tails(values, cores.get(pool)) for pool, values in found.items()}


def _aggregates(column: str, shares: Sequence[float]) -> list[nw.Expr]:
    value = nw.col(column)
    return [
        value.count().alias(f"{column}|n"),
        value.mean().alias(f"{column}|mean"),
        value.std(ddof=0).alias(f"{column}|sd"),
        value.skew().alias(f"{column}|skewness"),
        value.kurtosis().alias(f"{column}|kurtosis"),
        value.min().alias(f"{column}|least"),
        value.max().alias(f"{column}|greatest"),
        *[
            value.quantile(share, interpolation="linear").alias(_quantile(column, index))
            for index, share in enumerate(shares)
        ],
    ]


def _pool(row: Mapping[str, Any], column: str, shares: Sequence[float]) -> Pool:
    return Pool(
        n=int(row[f"{column}|n"]),
        mean=_number(row[f"{column}|mean"]),
        sd=_number(row[f"{column}|sd"]),
        skewness=_number(row[f"{column}|skewness"]),
        kurtosis=_number(row[f"{column}|kurtosis"]),
        least=_number(row[f"{column}|least"]),
        greatest=_number(row[f"{column}|greatest"]),
        quantiles={share: _number(row[_quantile(column, index)]) for index, share in enumerate(shares)},
    )


def _quantile(column: str, index: int) -> str:
    # not by its share: to Spark the point in 0.05 separates a struct from its field
    return f"{column}|quantile {index}"


def _outermost(frame: nw.LazyFrame[Any], column: str, depth: int, keys: Sequence[str]) -> nw.LazyFrame[Any]:
    distinct = (
        frame.filter(~nw.col(column).is_null())
        .select(*keys, nw.col(column).alias(_VALUE))
        .group_by([*keys, _VALUE])
        .agg(nw.len().cast(nw.Int64()).alias(_COUNT))
    )
    ranked = distinct.with_columns(
        nw.col(_VALUE).rank("min").over(*keys).alias(_FROM_LOW),
        nw.col(_VALUE).rank("min", descending=True).over(*keys).alias(_FROM_HIGH),
    )
    outermost = ranked.filter((nw.col(_FROM_LOW) <= depth) | (nw.col(_FROM_HIGH) <= depth))
    return outermost.select(*keys, nw.lit(column).alias(_COLUMN), _VALUE, _COUNT)


def _inner(values: Sequence[tuple[float, int]]) -> tuple[float, float]:
    """Return the innermost values of both tails: the core lies strictly between them."""
    half = len(values) // 2
    return values[half - 1][0], values[half][0]


def _cores(
    frame: nw.LazyFrame[Any],
    cuts: Mapping[tuple[str, Key], tuple[float, float]],
    keys: Sequence[str],
    engine: Engine,
) -> dict[tuple[str, Key], Core]:
    if not cuts:
        return {}
    facts: dict[Key, dict[str, float | None]] = {}
    for (column, key), (low, high) in cuts.items():
        facts.setdefault(key, {}).update({_cut(column, "low"): low, _cut(column, "high"): high})
    columns = tuple(dict.fromkeys(column for column, _ in cuts))
    edges = [_cut(column, end) for column in columns for end in ("low", "high")]
    inner = with_facts(frame, facts, edges, keys=keys, engine=engine).select(
        *keys, *[_between(column).alias(column) for column in columns]
    )
    pools = pools_of(inner, dict.fromkeys(columns, ()), keys, engine)
    return {pool: core for pool in cuts if (core := _core(pools[pool])) is not None}


def _cut(column: str, end: str) -> str:
    return f"{column}|cut {end}"


def _between(column: str) -> nw.Expr:
    value = nw.col(column)
    inside = (value > nw.col(_cut(column, "low"))) & (value < nw.col(_cut(column, "high")))
    return nw.when(inside).then(value)


def _core(pool: Pool) -> Core | None:
    if pool.n == 0 or pool.mean is None:
        return None
    # equal values have no third and fourth standardised moments, and need none
    return Core(pool.n, pool.mean, pool.sd or 0.0, pool.skewness or 0.0, pool.kurtosis or 0.0)


def _tails(values: tuple[tuple[float, int], ...], core: Core | None) -> Tails:
    if core is None:
        return Tails(low=values)
    half = len(values) // 2
    return Tails(low=values[:half], core=core, high=values[half:])


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and math.isfinite(value) else None
