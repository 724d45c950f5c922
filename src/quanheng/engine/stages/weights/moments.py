"""What the weight methods look at: a few figures of the children's points in a pool, never the points.

Only units that have points for every child count: a correlation over other units than a deviation would mix
two pictures of the pool, and nobody could say of which units the weights speak.
"""

from __future__ import annotations

import functools
import math
import operator
from collections.abc import Mapping, Sequence
from typing import Any, Final

import narwhals as nw

from quanheng.engine.frame import columns as c
from quanheng.engine.frame.comparing import same_points
from quanheng.engine.frame.engines import Engine
from quanheng.engine.frame.pools import Facts, Key, with_facts
from quanheng.findings.value import Value
from quanheng.scheme.tree.scheme import Dimension

_UNITS: Final = "weigh|units"


class Moments(Value):
    """The figures of one pool, each tuple in the order of `children`, over its `units` with all children.

    `products[i][j]` is the sum of d_i·d_j, d the distance from the mean; of different children it is NaN
    where correlations were not asked for. `divergence` is the sum of
    q·ln q - q + 1, q the points over their mean: n times the Kullback-Leibler distance of the units' shares
    from equal shares.
    """

    children: tuple[str, ...]
    units: int
    least: tuple[float, ...]
    greatest: tuple[float, ...]
    products: tuple[tuple[float, ...], ...]
    divergence: tuple[float, ...]

    @property
    def varying(self) -> tuple[int, ...]:
        """The positions of the children whose points differ between units."""
        return tuple(i for i in range(len(self.children)) if not same_points(self.least[i], self.greatest[i]))

    def correlation(self, i: int, j: int) -> float:
        """Return Pearson's correlation of two varying children."""
        if i == j:
            return 1.0
        spread = math.sqrt(self.products[i][i] * self.products[j][j])
        return max(-1.0, min(1.0, self.products[i][j] / spread))


def moments_of(
    frame: nw.LazyFrame[Any],
    dimension: Dimension,
    engine: Engine,
    *,
    pool: Sequence[str] = (c.GROUP,),
    correlated: bool = True,
) -> dict[Key, Moments]:
    """Return the figures of each pool of units, from the `points|…` of the dimension's children.

    `pool` names the columns whose values the units of a pool share; the group is one of them, for it says
    which children apply. Points are looked at in two passes, means first, so that little is lost where they
    lie close together.
    """
    codes = [child.code for child in dimension.children]
    complete = frame.filter(_is_complete(dimension)).select(
        *pool, *[nw.col(c.points(code)) for code in codes]
    )
    first = _collected(complete, pool, [e for code in codes for e in _extremes(code)], engine)
    if not first:
        return {}
    means: Facts = {
        key: {_name("mean", code): row[_name("mean", code)] for code in codes} for key, row in first.items()
    }
    columns = [_name("mean", code) for code in codes]
    centred = with_facts(complete, means, columns, keys=pool, engine=engine)
    second = _collected(
        centred, pool, [*_products(codes, correlated=correlated), *map(_divergence, codes)], engine
    )
    group = list(pool).index(c.GROUP)
    return {key: _moments(_applicable(dimension, str(key[group])), first[key], second[key]) for key in first}


def _is_complete(dimension: Dimension) -> nw.Expr:
    return functools.reduce(
        operator.and_,
        [
            ~nw.col(c.points(child.code)).is_null() | ~nw.col(c.GROUP).is_in(list(child.groups))
            for child in dimension.children
        ],
    )


def _applicable(dimension: Dimension, group: str) -> tuple[str, ...]:
    return tuple(child.code for child in dimension.children if group in child.groups)


def _collected(
    frame: nw.LazyFrame[Any], pool: Sequence[str], aggregates: Sequence[nw.Expr], engine: Engine
) -> dict[Key, Mapping[str, Any]]:
    table = engine.collect(frame.group_by(list(pool)).agg(nw.len().alias(_UNITS), *aggregates))
    return {tuple(row[key] for key in pool): row for row in table.iter_rows(named=True)}


def _extremes(code: str) -> tuple[nw.Expr, ...]:
    points = nw.col(c.points(code))
    return (
        points.mean().alias(_name("mean", code)),
        points.min().alias(_name("least", code)),
        points.max().alias(_name("greatest", code)),
    )


def _products(codes: Sequence[str], *, correlated: bool) -> list[nw.Expr]:
    distance = {code: nw.col(c.points(code)) - nw.col(_name("mean", code)) for code in codes}
    return [
        (distance[one] * distance[other]).sum().alias(_name("product", one, other))
        for index, one in enumerate(codes)
        for other in (codes[index:] if correlated else [one])
    ]


def _divergence(code: str) -> nw.Expr:
    part = nw.when(nw.col(_name("mean", code)) > 0.0).then(
        nw.col(c.points(code)) / nw.col(_name("mean", code))
    )
    positive = nw.when(part > 0.0).then(part)
    # q·ln q is 0 at 0; each term is 0 or more, so that none of a small sum is lost to large ones
    return ((positive * positive.log()).fill_null(0.0) - part + 1.0).sum().alias(_name("divergence", code))


def _moments(codes: tuple[str, ...], first: Mapping[str, Any], second: Mapping[str, Any]) -> Moments:
    def product(one: str, other: str) -> float:
        names = (_name("product", one, other), _name("product", other, one))
        return next((float(second[name]) for name in names if name in second), math.nan)

    return Moments(
        children=codes,
        units=int(first[_UNITS]),
        least=tuple(float(first[_name("least", code)]) for code in codes),
        greatest=tuple(float(first[_name("greatest", code)]) for code in codes),
        products=tuple(tuple(product(one, other) for other in codes) for one in codes),
        divergence=tuple(float(second[_name("divergence", code)] or 0.0) for code in codes),
    )


def _name(figure: str, *codes: str) -> str:
    return "|".join(("weigh", figure, *codes))
