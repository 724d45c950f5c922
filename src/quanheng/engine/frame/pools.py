"""Pools, the units that are compared with each other, and numbers known of each, such as its limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeAlias

import narwhals as nw

from quanheng.engine.frame import columns as c
from quanheng.engine.frame.engines import Engine
from quanheng.engine.frame.tables import small_table
from quanheng.scheme.tree.scheme import Scheme

EVERYONE: Final = "ranked_with_all"
"""A column that is the same for all units."""
Key: TypeAlias = tuple[object, ...]
"""The values of the key columns that the units of a pool share."""
Facts: TypeAlias = Mapping[Key, Mapping[str, float | None]]
"""By pool: the names of new columns and their numbers; a name that is not there is null."""


def pool_of(scheme: Scheme, pool: Sequence[str] = (c.GROUP,)) -> tuple[str, ...]:
    """Return the columns whose values the units of a pool share, without the group if there is but one."""
    return tuple(key for key in pool if key != c.GROUP or len(scheme.groups) > 1)


def ranking_pool(scheme: Scheme, pool: Sequence[str] = (c.GROUP,)) -> tuple[str, ...]:
    """Return the columns whose values the units of one ranking share: not the group, if all stand in one.

    `EVERYONE` is then a column that `with_everyone` adds.
    """
    if not scheme.ranks_all:
        return tuple(pool)
    return (EVERYONE, *(key for key in pool if key != c.GROUP))


def with_everyone(frame: nw.LazyFrame[Any], scheme: Scheme) -> nw.LazyFrame[Any]:
    """Add the column that all units share, where all stand in one ranking."""
    return frame.with_columns(nw.lit(1).alias(EVERYONE)) if scheme.ranks_all else frame


def over_pool(value: nw.Expr, pool: Sequence[str], frame: nw.LazyFrame[Any], scheme: Scheme) -> nw.Expr:
    """Return `value`, such as a rank, over the rows of `frame` that share the columns `pool`.

    Where all share them, Polars looks at all in two thirds of the time; Spark has to be told a pool.
    """
    keys = pool_of(scheme, pool) if frame.implementation.is_polars() else pool
    return value.over(*keys) if keys else value


def with_facts(
    frame: nw.LazyFrame[Any], facts: Facts, columns: Sequence[str], *, keys: Sequence[str], engine: Engine
) -> nw.LazyFrame[Any]:
    """Add `columns`, float64, to `frame`: the numbers of the pool that a row's `keys` say it is in.

    Examples:
        >>> import polars as pl
        >>> from quanheng.engine.frame.engines import polars_engine
        >>> frame = nw.from_native(pl.LazyFrame({"unit": ["A", "B"], "group": ["towns", "parks"]}))
        >>> facts = {("towns",): {"limit": 30.0}}
        >>> joined = with_facts(frame, facts, ["limit"], keys=["group"], engine=polars_engine())
        >>> sorted(joined.collect().rows())
        [('A', 'towns', 30.0), ('B', 'parks', None)]
    """
    if not columns:
        return frame
    types = frame.collect_schema()
    schema = {key: types[key] for key in keys} | dict.fromkeys(columns, nw.Float64())
    values: dict[str, list[object]] = {key: [pool[i] for pool in facts] for i, key in enumerate(keys)}
    values |= {column: [known.get(column) for known in facts.values()] for column in columns}
    return frame.join(engine.lift(small_table(values, schema)), on=list(keys), how="left")


def by_group(values: Mapping[str, float]) -> nw.Expr:
    """Return the value of the unit's group; null for a group that is not in `values`."""
    distinct = set(values.values())
    if len(values) == 1 or len(distinct) == 1:
        return nw.lit(float(next(iter(values.values()))))
    expression: nw.Expr | None = None
    for group, value in values.items():
        here = nw.when(nw.col(c.GROUP) == group).then(nw.lit(float(value)))
        expression = here if expression is None else here.otherwise(expression)
    assert expression is not None  # noqa: S101 - narrows the type: values has several entries here
    return expression
