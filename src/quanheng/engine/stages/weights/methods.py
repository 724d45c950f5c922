"""Weights computed from the points of the units, pool by pool: the figures a method needs are collected.

Each method has a file in `weighting/`; all but benefit of the doubt give a child one weight in each group.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias, assert_never

import narwhals as nw

from quanheng.engine.frame import columns as c
from quanheng.engine.frame.comparing import POINTS_NOISE
from quanheng.engine.frame.engines import Engine
from quanheng.engine.frame.pools import Key
from quanheng.engine.frame.tables import small_table
from quanheng.engine.stages.weights.critic import critic_weights
from quanheng.engine.stages.weights.entropy import entropy_weights
from quanheng.engine.stages.weights.moments import Moments, moments_of
from quanheng.engine.stages.weights.proportions import proportions
from quanheng.engine.stages.weights.std import std_weights
from quanheng.findings.finding import Finding, Kind, require_no_errors
from quanheng.findings.value import Value
from quanheng.scheme.tree.scheme import Dimension
from quanheng.scheme.weights.methods import (
    Ahp,
    BenefitOfTheDoubt,
    ByAttribute,
    Critic,
    Entropy,
    Equal,
    Marks,
    PrincipalComponents,
    Relative,
    StandardDeviation,
)

BENCHMARK: Final = "benchmark"
"""The statistic of a dimension weighed by benefit of the doubt: the best any unit gets with the weights."""
MOST_UNITS: Final = 10_000
"""Units of a pool that benefit of the doubt weighs: it solves a program for each."""

_FEWEST: Final = 2
"""Units that a method needs to see a difference."""

_Rule: TypeAlias = Callable[[Moments], tuple[float, ...]]
"""How a method makes weights of a few figures of a pool."""


class PoolWeights(Value):
    """The weights of a dimension's children in one pool; they add up to 1 within 12 decimals.

    They rest on `units` units with points for every child, 0 where none was looked at. `ratio` is the
    consistency ratio of judgements (AHP).
    """

    dimension: str
    pool: Key
    weights: Mapping[str, float]
    units: int = 0
    ratio: float | None = None
    told_apart: bool = True
    """Whether the units differ, so that the method had something to go by; if not, weights are equal."""
    refused: tuple[str, ...] = ()
    """The children with points that the method cannot take, which is an error; weights are equal."""


def by_child(dimension: Dimension, pools: Sequence[PoolWeights]) -> dict[str, dict[str, float]]:
    """Return the weights of `pools` by child and group; without units, a group weighs its children alike."""
    found: dict[str, dict[str, float]] = {child.code: {} for child in dimension.children}
    for weights in pools:
        for child, weight in weights.weights.items():
            found[child][str(weights.pool[0])] = weight
    for group in dimension.groups:
        # a group without units is in no frame; its weights have to stand all the same
        children = [child.code for child in dimension.children if group in child.groups]
        for child, weight in zip(children, proportions([0.0] * len(children), ()), strict=True):
            found[child].setdefault(group, weight)
    return found


def pools_in(frame: nw.LazyFrame[Any], pool: Sequence[str], engine: Engine) -> tuple[Key, ...]:
    """Return the pools that the units of `frame` are in."""
    return tuple(tuple(row) for row in engine.collect(frame.select(*pool).unique()).iter_rows())


def pool_weights(
    frame: nw.LazyFrame[Any],
    dimension: Dimension,
    engine: Engine,
    *,
    pool: Sequence[str] = (c.GROUP,),
    pools: Sequence[Key] | None = None,
) -> tuple[PoolWeights, ...]:
    """Return the weights of the children of `dimension` in each pool, in the order of the pools' values.

    `pool` names the columns whose values the units of a pool share; the group is one of them. `pools` are
    those that `frame` has, if they are known. A method that goes by points looks at the units that have
    points for every child; with fewer than two of them, or if they do not differ, the children weigh the
    same. So they do where entropy is asked of negative points, which `weight_findings` tells as an error.
    """
    method = dimension.method
    correlated = False
    match method:
        case Ahp():
            return tuple(_judged(method, dimension, group) for group in dimension.groups)
        case Entropy():
            rule: _Rule = entropy_weights
        case Critic():
            rule, correlated = critic_weights, True
        case StandardDeviation():
            rule = std_weights
        case PrincipalComponents():
            from quanheng.engine.stages.weights.pca import pca_weights  # noqa: PLC0415 - numpy, where it is used

            rule, correlated = pca_weights, True
        case Marks() | Relative() | Equal() | ByAttribute() | BenefitOfTheDoubt():
            raise TypeError(f"the method {method.name!r} computes no weights for a pool")
        case _:
            assert_never(method)
    moments = moments_of(frame, dimension, engine, pool=pool, correlated=correlated)
    found = [_weighed(rule, dimension, key, moments[key]) for key in moments]
    present = pools_in(frame, pool, engine) if pools is None else pools
    found += [_unweighed(dimension, key) for key in present if key not in moments]
    return tuple(sorted(found, key=lambda weights: str(weights.pool)))


def with_unit_weights(
    frame: nw.LazyFrame[Any], dimension: Dimension, engine: Engine, *, pool: Sequence[str] = (c.GROUP,)
) -> tuple[nw.LazyFrame[Any], tuple[Finding, ...]]:
    """Add each unit's own weights by benefit of the doubt, and its benchmark, `stat|<dimension>|benchmark`.

    A unit's weights add up to 1 over the children it has points for; others are null. The points of the
    dimension are 100·(weighted mean)/benchmark (`bod.py` has the program). Points below 0 are taken as 0,
    and told as an error.

    Raises:
        FindingsError: a pool has more than 10,000 units.
    """
    from quanheng.engine.stages.weights.by_unit import weighed_units  # noqa: PLC0415 - numpy, where it is used

    if not isinstance(dimension.method, BenefitOfTheDoubt):
        raise TypeError(f"the method {dimension.method.name!r} gives no unit weights of its own")
    codes = [child.code for child in dimension.children]
    keys = [c.UNIT, *pool]
    table = engine.collect(frame.select(*keys, *[c.points(code) for code in codes])).sort(*keys)
    require_no_errors(_too_many_units(table, dimension, pool))
    negative = tuple(_negative_units(table, dimension))
    types = frame.collect_schema()
    counted = table.with_columns(nw.col(*map(c.points, codes)).clip(lower_bound=0.0))
    weighed = weighed_units(counted, dimension, dimension.method, pool)
    names = [*[c.unit_weight(dimension.code, code) for code in codes], c.stat(dimension.code, BENCHMARK)]
    schema = {key: types[key] for key in keys} | dict.fromkeys(names, nw.Float64())
    known = {key: table[key].to_list() for key in keys} | dict(zip(names, weighed, strict=True))
    own = small_table(known, schema).with_columns(nw.col(*names).fill_nan(None))
    joined = engine.lift(own)
    return frame.drop(*names, strict=False).join(joined, on=keys, how="left"), negative


INCONSISTENT_JUDGEMENTS: Final = Kind(
    code="QH527",
    severity="warning",
    en="the judgements about {node!r} contradict each other in {pool!r}: consistency ratio {ratio}",
    zh="{node!r}的判断矩阵在{pool!r}一致性不足：一致性比率为{ratio}",
    hint_en="look at the comparisons again until the ratio is at most 0.10",
    hint_zh="请调整判断矩阵，使一致性比率不大于0.10",
)
EQUAL_FOR_WANT_OF_UNITS: Final = Kind(
    code="QH528",
    severity="warning",
    en="the children of {node!r} weigh the same in {pool!r}: {method!r} sees no difference in {count} units",
    zh="{node!r}在{pool!r}按等权处理：指标齐全的单位有{count}个，{method!r}法无从区分",
    hint_en="state the weights, or report what is missing",
    hint_zh="请直接写明权重，或补报缺失数据",
)


def weight_findings(dimension: Dimension, weights: Sequence[PoolWeights]) -> Iterator[Finding]:
    """Yield what judgements contradict each other, what weights rest on nothing, what cannot be weighed."""
    from quanheng.engine.stages.weights.ahp import TOLERATED  # noqa: PLC0415 - numpy, where it is used

    for found in weights:
        pool = ", ".join(str(value) for value in found.pool)
        if found.ratio is not None and found.ratio > TOLERATED:
            yield INCONSISTENT_JUDGEMENTS.at(
                dimension.where, node=dimension.code, pool=pool, ratio=f"{found.ratio:.2f}"
            )
        if not found.told_apart:
            yield EQUAL_FOR_WANT_OF_UNITS.at(
                dimension.where,
                node=dimension.code,
                pool=pool,
                method=dimension.method.name,
                count=found.units,
            )
    for child in dict.fromkeys(child for found in weights for child in found.refused):
        yield NEGATIVE_TO_WEIGH.at(
            dimension.where, node=dimension.code, child=child, method=dimension.method.name
        )


def _weighed(rule: _Rule, dimension: Dimension, key: Key, moments: Moments) -> PoolWeights:
    told_apart = moments.units >= _FEWEST and bool(moments.varying)
    refused = _negative(moments) if isinstance(dimension.method, Entropy) else ()
    rests_on_points = told_apart and not refused
    weights = rule(moments) if rests_on_points else proportions([0.0] * len(moments.children), ())
    return PoolWeights(
        dimension=dimension.code,
        pool=key,
        weights=dict(zip(moments.children, weights, strict=True)),
        units=moments.units,
        told_apart=told_apart,
        refused=refused,
    )


def _unweighed(dimension: Dimension, key: Key) -> PoolWeights:
    """Return equal weights for a pool in which no unit has points for every child."""
    children = [child.code for child in dimension.children if str(key[0]) in child.groups]
    weights = proportions([0.0] * len(children), ())
    return PoolWeights(
        dimension=dimension.code,
        pool=key,
        weights=dict(zip(children, weights, strict=True)),
        told_apart=not children,
    )


def _judged(method: Ahp, dimension: Dimension, group: str) -> PoolWeights:
    from quanheng.engine.stages.weights.ahp import ahp_weights  # noqa: PLC0415 - numpy, where it is used

    children = [child.code for child in dimension.children if group in child.groups]
    judged = ahp_weights(method, children)
    return PoolWeights(
        dimension=dimension.code,
        pool=(group,),
        weights=dict(zip(children, judged.weights, strict=True)),
        ratio=judged.ratio,
    )


NEGATIVE_TO_WEIGH: Final = Kind(
    code="QH526",
    severity="error",
    en="{child!r} has negative points, which {method!r} weights of {node!r} cannot take",
    zh="指标{child!r}有负分，{node!r}无法用{method!r}法求权",
    hint_en="give its rule a floor of 0, or choose another method",
    hint_zh="请为其计分规则设0分下限，或改用其他赋权方法",
)


def _negative(moments: Moments) -> tuple[str, ...]:
    """Return the children with points below 0; what is 0 on paper is none (comparing §4)."""
    found = zip(moments.children, moments.least, strict=True)
    return tuple(child for child, least in found if least < -POINTS_NOISE)


def _negative_units(table: nw.DataFrame[Any], dimension: Dimension) -> Iterator[Finding]:
    for child in dimension.children:
        least = table[c.points(child.code)].min()
        if least is not None and least < -POINTS_NOISE:
            yield NEGATIVE_TO_WEIGH.at(dimension.where, node=dimension.code, child=child.code, method="bod")


TOO_MANY_PROGRAMS: Final = Kind(
    code="QH525",
    severity="error",
    en="{node!r} is weighed by benefit of the doubt, unit by unit, and {group!r} has {count} units",
    zh="{node!r}采用 BOD 法逐单位求权，而分组{group!r}有{count}个单位",
    hint_en="choose another method, or split the group: up to {most} units can be weighed",
    hint_zh="请改用其他赋权方法，或拆分该组；最多支持{most}个单位",
)


def _too_many_units(table: nw.DataFrame[Any], dimension: Dimension, pool: Sequence[str]) -> Iterator[Finding]:
    sizes = table.group_by(list(pool)).agg(nw.len().alias("units")).sort(*pool)
    for row in sizes.filter(nw.col("units") > MOST_UNITS).rows():
        group = ", ".join(str(value) for value in row[:-1])
        yield TOO_MANY_PROGRAMS.at(
            dimension.where, node=dimension.code, group=group, count=row[-1], most=MOST_UNITS
        )
