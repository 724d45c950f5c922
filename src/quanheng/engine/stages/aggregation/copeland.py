"""Copeland's rule: units meet in pairs, and a unit's points say how many of its meetings it wins (points §1).

In each pair of units of a pool, the children that both have points for are compared; the unit that is better
on more weight wins, equal weight is a draw. With n units in the pool,

    points = 100·(wins - losses + n - 1) / (2·(n - 1)),

so that who beats all has 100, who loses to all 0, and who is level with the field 50; alone in its pool a
unit has 100. How much better a unit is does not count, so a weakness is not paid for by a strength
elsewhere: the aggregation does not compensate.

Sources: A. H. Copeland, "A reasonable social welfare function", University of Michigan (1951); G. Munda and
M. Nardo, "Noncompensatory/nonlinear composite indicators for ranking countries", Applied Economics 41 (2009);
OECD/JRC, Handbook on Constructing Composite Indicators (2008), on non-compensatory aggregation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import narwhals as nw

from quanheng.engine.frame import columns as c
from quanheng.engine.frame.engines import Engine, engine_behind
from quanheng.engine.frame.holding import engine_for
from quanheng.engine.frame.rounding import comparable
from quanheng.engine.frame.sums import with_sums
from quanheng.findings.finding import Kind, require_no_errors
from quanheng.scheme.tree.scheme import Dimension

MOST_UNITS: Final = 5000
"""Units of one pool: their pairs are n², 25 million."""

VALUES_AT_ONCE: Final = 20_000_000
"""Points and weights of the pairs that may stand in memory together: 160 MB."""

_OTHER: Final = "other|"
_BALANCE: Final = "copeland|balance"
_UNITS: Final = "copeland|units"
_BLOCK: Final = "copeland|block"
_MARGIN: Final = "copeland|margin"


def with_copeland(
    frame: nw.LazyFrame[Any],
    level: Sequence[Dimension],
    weights: Mapping[tuple[str, str], nw.Expr],
    *,
    pool: Sequence[str] = (c.GROUP,),
) -> nw.LazyFrame[Any]:
    """Add the points of the dimensions in `level`, from the `points|…` of their children and their `weights`.

    `pool` names the columns whose values a unit's rivals share with it. Points are compared as places are, at
    nine decimals. Where weights differ by unit, a pair is weighed with the mean of the two. A unit for which
    no child has points and a weight above 0 has no points and meets nobody.

    The pairs are formed of a small frame, settled first: a plan joined to itself doubles with each level.

    Raises:
        FindingsError: a pool has more than 5,000 units.
    """
    engine = engine_behind(frame)
    frame = engine_for(frame).settle(frame)
    keys = [c.UNIT, *pool]
    own = [column for dimension in level for column in _own(dimension, weights)]
    sides = engine.settle(frame.select(*keys, *own))
    scored = sides.select(*keys)
    for dimension in level:
        totals = _totals(_taking_part(sides, dimension, keys), dimension, pool, engine)
        scored = scored.join(totals.select(*keys, _points_of(dimension)), on=keys, how="left")
    names = [c.points(dimension.code) for dimension in level]
    return frame.drop(*names, strict=False).join(engine.settle(scored), on=keys, how="left")


def _points_of(dimension: Dimension) -> nw.Expr:
    # each unit also meets itself, which is a draw: the number of its meetings is the number of units
    balance, units = nw.col(_BALANCE), nw.col(_UNITS)
    rivals = nw.when(units > 1.0).then(units - 1.0)
    points = nw.when(units > 1.0).then(100.0 * (balance + rivals) / (2.0 * rivals)).otherwise(nw.lit(100.0))
    return points.alias(c.points(dimension.code))


def _totals(
    sides: nw.LazyFrame[Any], dimension: Dimension, pool: Sequence[str], engine: Engine
) -> nw.LazyFrame[Any]:
    """Return what each unit won less what it lost, and how many units it met, itself included.

    The pairs of a large pool are formed block by block, so that they never stand in memory together.
    """
    sizes = engine.collect(sides.group_by(list(pool)).agg(nw.len().alias(_UNITS)))
    _require_few_units(sizes, dimension, pool)
    values = sum(int(units) ** 2 for units in sizes[_UNITS].to_list()) * 2 * len(dimension.children)
    blocks = 1 + values // VALUES_AT_ONCE
    if blocks == 1:
        return _met(sides, sides, dimension, pool)
    settled = engine.settle(sides.with_columns(nw.col(c.UNIT).rank("dense").over(*pool).alias(_BLOCK)))
    return engine.lift(
        nw.concat(
            [
                engine.collect(
                    _met(settled.filter(nw.col(_BLOCK) % blocks == block), settled, dimension, pool)
                )
                for block in range(blocks)
            ]
        )
    )


def _met(
    some: nw.LazyFrame[Any], everyone: nw.LazyFrame[Any], dimension: Dimension, pool: Sequence[str]
) -> nw.LazyFrame[Any]:
    """Let each of `some` units meet everyone in its pool; return its balance and how many it met."""
    theirs = [column(child.code) for child in dimension.children for column in (_points, _weight)]
    others = everyone.select(*pool, *[nw.col(column).alias(_OTHER + column) for column in theirs])
    pairs = some.join(others, on=list(pool), how="inner")
    pairs = with_sums(pairs, {_MARGIN: [_margin(child.code) for child in dimension.children]})
    pairs = pairs.with_columns(comparable(nw.col(_MARGIN)).alias(_MARGIN))
    meetings = pairs.select(c.UNIT, *pool, _outcome().alias(_BALANCE), nw.lit(1.0).alias(_UNITS))
    return meetings.group_by([c.UNIT, *pool]).agg(nw.col(_BALANCE).sum(), nw.col(_UNITS).sum())


def _own(dimension: Dimension, weights: Mapping[tuple[str, str], nw.Expr]) -> Iterator[nw.Expr]:
    """Yield the points and weights of the children, both null where a child does not count."""
    for child in dimension.children:
        points, weight = nw.col(c.points(child.code)), weights[dimension.code, child.code]
        counts = (~points.is_null() & (weight > 0.0)).fill_null(value=False)
        yield nw.when(counts).then(comparable(points)).alias(_points(child.code))
        yield nw.when(counts).then(weight).alias(_weight(child.code))


def _taking_part(sides: nw.LazyFrame[Any], dimension: Dimension, keys: Sequence[str]) -> nw.LazyFrame[Any]:
    """Return the units that some child of the dimension counts for, with what their children have."""
    own = [column(child.code) for child in dimension.children for column in (_points, _weight)]
    counted = [~nw.col(_points(child.code)).is_null() for child in dimension.children]
    return sides.filter(nw.any_horizontal(*counted, ignore_nulls=False)).select(*keys, *own)


def _outcome() -> nw.Expr:
    """Return 1 where the unit wins its meeting, -1 where it loses, 0 for a draw."""
    margin = nw.col(_MARGIN)
    return (
        nw.when(margin > 0.0).then(nw.lit(1.0)).when(margin < 0.0).then(nw.lit(-1.0)).otherwise(nw.lit(0.0))
    )


def _margin(child: str) -> nw.Expr:
    mine, theirs = nw.col(_points(child)), nw.col(_OTHER + _points(child))
    weight = (nw.col(_weight(child)) + nw.col(_OTHER + _weight(child))) / 2.0
    # where one of the two has no points neither comparison holds, and the child is left out
    return nw.when(mine > theirs).then(weight).when(mine < theirs).then(0.0 - weight).otherwise(nw.lit(0.0))


TOO_MANY_PAIRS: Final = Kind(
    code="QH521",
    severity="error",
    en="{node!r} is aggregated by Copeland, in pairs of units, and {group!r} has {count} units",
    zh="{node!r}采用 Copeland 法（两两比较），而分组{group!r}有{count}个单位",
    hint_en="choose another aggregation, or split the group: up to {most} units can be compared",
    hint_zh="请改用其他合成方法，或拆分该组；两两比较最多支持{most}个单位",
)


def _require_few_units(sizes: nw.DataFrame[Any], dimension: Dimension, pool: Sequence[str]) -> None:
    crowded = sizes.filter(nw.col(_UNITS) > MOST_UNITS).sort(*pool)
    require_no_errors(
        TOO_MANY_PAIRS.at(
            dimension.where,
            node=dimension.code,
            group=", ".join(str(value) for value in row[:-1]),
            count=row[-1],
            most=MOST_UNITS,
        )
        for row in crowded.rows()
    )


def _points(child: str) -> str:
    return f"copeland|points|{child}"


def _weight(child: str) -> str:
    return f"copeland|weight|{child}"
