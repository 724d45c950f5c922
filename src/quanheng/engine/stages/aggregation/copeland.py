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
from quanheng.engine.frame.again.replays import Origin, replayed
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
_MARGIN: Final = "copeland|margin|"
_BALANCE: Final = "copeland|balance|"
_UNITS: Final = "copeland|units|"
_BLOCK: Final = "copeland|block"
_ROWS: Final = "copeland|rows"


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

    The pairs are formed once for all of the level, of a small frame, settled first: a plan joined to itself
    doubles with each level.

    Raises:
        FindingsError: a pool has more than 5,000 units.
    """
    engine = engine_behind(frame)
    frame = engine_for(frame).settle(frame)
    keys = [c.UNIT, *pool]
    children = [(dimension.code, child.code) for dimension in level for child in dimension.children]
    stated = [weights[key].alias(_weight(key[1])) for key in children]
    rows = frame.select(nw.col(*keys, *[c.points(child) for _, child in children]), *stated)
    sides = replayed(rows, lambda rows: _with_sides(rows, level), _origin("sides", level, pool))
    parts = [nw.col(_part(dimension)) > 0.0 for dimension in level]
    sides = engine.settle(sides.filter(nw.any_horizontal(*parts, ignore_nulls=False)))
    totals = _totals(sides, level, pool, engine)
    points = replayed(
        totals,
        lambda rows: rows.select(*keys, *[_points_of(dimension) for dimension in level]),
        _origin("points", level, pool),
    )
    names = [c.points(dimension.code) for dimension in level]
    return frame.drop(*names, strict=False).join(engine.settle(points), on=keys, how="left")


def _origin(stage: str, level: Sequence[Dimension], pool: Sequence[str]) -> Origin:
    """Return what a stage of pairs is compiled from: these very dimensions."""
    beside = tuple(Origin("beside", dimension) for dimension in level[1:])
    return Origin(f"copeland {stage}", level[0], (beside, tuple(pool)))


def _with_sides(rows: nw.LazyFrame[Any], level: Sequence[Dimension]) -> nw.LazyFrame[Any]:
    """Add 1 where a unit takes part in the meetings of a dimension, 0 where not, and what it meets with.

    These are the points and weights of the children, both null where a child does not count.
    """
    rows = rows.with_columns(*[column for dimension in level for column in _own(dimension)])
    return rows.with_columns(*[_takes_part(dimension).alias(_part(dimension)) for dimension in level])


def _own(dimension: Dimension) -> Iterator[nw.Expr]:
    for child in dimension.children:
        points, weight = nw.col(c.points(child.code)), nw.col(_weight(child.code))
        counts = (~points.is_null() & (weight > 0.0)).fill_null(value=False)
        yield nw.when(counts).then(comparable(points)).alias(_points(child.code))
        yield nw.when(counts).then(weight).alias(_weight(child.code))


def _takes_part(dimension: Dimension) -> nw.Expr:
    counted = [~nw.col(_points(child.code)).is_null() for child in dimension.children]
    return nw.when(nw.any_horizontal(*counted, ignore_nulls=False)).then(nw.lit(1.0)).otherwise(nw.lit(0.0))


def _points_of(dimension: Dimension) -> nw.Expr:
    # each unit also meets itself, which is a draw: the number of its meetings is the number of units
    balance, units = nw.col(_BALANCE + dimension.code), nw.col(_UNITS + dimension.code)
    rivals = nw.when(units > 1.0).then(units - 1.0)
    alone = nw.when(units > 0.0).then(nw.lit(100.0))
    points = nw.when(units > 1.0).then(100.0 * (balance + rivals) / (2.0 * rivals)).otherwise(alone)
    return points.alias(c.points(dimension.code))


def _totals(
    sides: nw.LazyFrame[Any], level: Sequence[Dimension], pool: Sequence[str], engine: Engine
) -> nw.LazyFrame[Any]:
    """Return what each unit won less what it lost, and how many units it met, itself included.

    The pairs of a large pool are formed block by block, so that they never stand in memory together.
    """
    units = [nw.col(_part(dimension)).sum() for dimension in level]
    sizes = engine.collect(sides.group_by(list(pool)).agg(nw.len().alias(_ROWS), *units))
    _require_few_units(sizes, level, pool)
    children = sum(len(dimension.children) for dimension in level)
    values = sum(int(rows) ** 2 for rows in sizes[_ROWS].to_list()) * 2 * children
    blocks = 1 + values // VALUES_AT_ONCE
    if blocks == 1:
        return _met(sides, sides, level, pool)
    settled = engine.settle(sides.with_columns(nw.col(c.UNIT).rank("dense").over(*pool).alias(_BLOCK)))
    return engine.lift(
        nw.concat(
            [
                engine.collect(_met(settled.filter(nw.col(_BLOCK) % blocks == block), settled, level, pool))
                for block in range(blocks)
            ]
        )
    )


def _met(
    some: nw.LazyFrame[Any], everyone: nw.LazyFrame[Any], level: Sequence[Dimension], pool: Sequence[str]
) -> nw.LazyFrame[Any]:
    """Let each of `some` units meet everyone in its pool; return its balance and how many it met."""
    others = replayed(everyone, lambda rows: _as_others(rows, level, pool), _origin("others", level, pool))
    pairs = some.join(others, on=list(pool), how="inner")
    meetings = replayed(pairs, lambda rows: _meetings(rows, level, pool), _origin("meetings", level, pool))
    names = [start + dimension.code for dimension in level for start in (_BALANCE, _UNITS)]
    return meetings.group_by([c.UNIT, *pool]).agg(nw.col(*names).sum())


def _as_others(rows: nw.LazyFrame[Any], level: Sequence[Dimension], pool: Sequence[str]) -> nw.LazyFrame[Any]:
    """Return what units meet with under the names it has when they are the others."""
    children = [child.code for dimension in level for child in dimension.children]
    theirs = [column(child) for child in children for column in (_points, _weight)]
    theirs += [_part(dimension) for dimension in level]
    return rows.select(*pool, *[nw.col(column).alias(_OTHER + column) for column in theirs])


def _meetings(pairs: nw.LazyFrame[Any], level: Sequence[Dimension], pool: Sequence[str]) -> nw.LazyFrame[Any]:
    """Return how each pair ends in each dimension, and 1 where both take part in it."""
    margins = {_MARGIN + each.code: [_margin(child.code) for child in each.children] for each in level}
    pairs = with_sums(pairs, margins)
    pairs = pairs.with_columns(*[comparable(nw.col(margin)).alias(margin) for margin in margins])
    ends = [_outcome(nw.col(_MARGIN + each.code)).alias(_BALANCE + each.code) for each in level]
    both = [(nw.col(_part(each)) * nw.col(_OTHER + _part(each))).alias(_UNITS + each.code) for each in level]
    return pairs.select(c.UNIT, *pool, *ends, *both)


def _outcome(margin: nw.Expr) -> nw.Expr:
    """Return 1 where the unit wins its meeting, -1 where it loses, 0 for a draw."""
    return (
        nw.when(margin > 0.0).then(nw.lit(1.0)).when(margin < 0.0).then(nw.lit(-1.0)).otherwise(nw.lit(0.0))
    )


def _margin(child: str) -> nw.Expr:
    mine, theirs = nw.col(_points(child)), nw.col(_OTHER + _points(child))
    weight = (nw.col(_weight(child)) + nw.col(_OTHER + _weight(child))) / 2.0
    # where one of the two has no points neither comparison holds: the child is left out, and a unit that
    # takes no part draws with everyone
    return nw.when(mine > theirs).then(weight).when(mine < theirs).then(0.0 - weight).otherwise(nw.lit(0.0))


TOO_MANY_PAIRS: Final = Kind(
    code="QH521",
    severity="error",
    en="{node!r} is aggregated by Copeland, in pairs of units, and {group!r} has {count} units",
    zh="{node!r}采用 Copeland 法（两两比较），而分组{group!r}有{count}个单位",
    hint_en="choose another aggregation, or split the group: up to {most} units can be compared",
    hint_zh="请改用其他合成方法，或拆分该组；两两比较最多支持{most}个单位",
)


def _require_few_units(sizes: nw.DataFrame[Any], level: Sequence[Dimension], pool: Sequence[str]) -> None:
    require_no_errors(
        TOO_MANY_PAIRS.at(
            dimension.where,
            node=dimension.code,
            group=", ".join(str(value) for value in row[:-1]),
            count=int(row[-1]),
            most=MOST_UNITS,
        )
        for dimension in level
        for row in sizes.sort(*pool).select(*pool, _part(dimension)).rows()
        if row[-1] > MOST_UNITS
    )


def _points(child: str) -> str:
    return f"copeland|points|{child}"


def _weight(child: str) -> str:
    return f"copeland|weight|{child}"


def _part(dimension: Dimension) -> str:
    return f"copeland|part|{dimension.code}"
