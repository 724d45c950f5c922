"""Weight against influence, whole by whole, and the weights that would give the influence intended."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, Literal, assert_never

import numpy as np

from quanheng.findings.errors import UsageError
from quanheng.findings.value import Value
from quanheng.scheme.tree.scheme import Dimension, Node
from quanheng.scheme.weights.aggregation import (
    Aggregation,
    Arithmetic,
    Best,
    Copeland,
    Geometric,
    Harmonic,
    Last,
    Maximum,
    Minimum,
    Power,
    Product,
    Sum,
)
from quanheng.studies.audit.figures.correlations import Table
from quanheng.studies.audit.figures.influence import Ratio, ratios, shares
from quanheng.studies.audit.figures.intended import Weights, influence_of, weights_for
from quanheng.studies.audit.figures.statistics import Column
from quanheng.studies.audit.pool import FEWEST, Floats, Pool
from quanheng.studies.audit.settings import AuditForm

_NOISE: Final = 1e-9


class Intended(Value):
    """The weights that give the `influence` meant, or come nearest, over the `units` with all parts.

    `now` is the influence of today's weights by straight lines, on the scale on which the parts are added;
    `then` that of the weights found by curves, as it is measured.
    """

    units: int
    influence: Floats
    now: Floats
    found: Weights
    then: Floats


class Influence(Value):
    """The parts of a whole: what each is meant to weigh, and what it decides.

    `weights` are their shares of the whole. `intended` is None where no weights can be looked for.
    """

    whole: Dimension
    parts: tuple[Node, ...]
    among: Literal["children", "indicators"]
    weights: Floats
    ratios: tuple[Ratio, ...]
    intended: Intended | None

    @property
    def linear(self) -> Floats:
        """The influence of each part by a straight line."""
        return shares(np.array([ratio.linear for ratio in self.ratios]))

    @property
    def shares(self) -> Floats:
        """The influence of each part by a curve."""
        return shares(np.array([ratio.ratio for ratio in self.ratios]))


def influences_of(pool: Pool, points: Mapping[str, Column], settings: AuditForm) -> Iterator[Influence]:
    """Yield the influence of the children of each dimension, and of all indicators on the total.

    Raises:
        UsageError: the influence intended under a dimension is not the whole of it.
    """
    meant = _meant(pool, settings.intended)
    for dimension in pool.dimensions:
        children = pool.children(dimension)
        not_joined = dimension.method.by_unit or dimension.rule is not None
        scale = None if not_joined else _scale_of(dimension.aggregate)
        weights, aim = _shares(children, pool.shares), _shares(children, meant)
        yield _influence(dimension, children, "children", weights, aim, scale, points, settings.bins)
    if len(pool.dimensions) > 1:
        root, parts = pool.dimensions[0], pool.indicators
        scale = _SUM if all(each.adds_up for each in pool.dimensions) else None
        weights, aim = _down(pool, parts, pool.shares), _down(pool, parts, meant)
        yield _influence(root, parts, "indicators", weights, aim, scale, points, settings.bins)


class _Scale(Value, kw_only=False):
    """On which scale the parts of a mean are added, and the way back; whether it needs points above 0."""

    to: Callable[[Floats], Floats]
    back: Callable[[Floats], Floats]
    above_0: bool


_SUM: Final = _Scale(lambda points: points, lambda sums: sums, above_0=False)


def _scale_of(aggregate: Aggregation) -> _Scale | None:
    match aggregate:
        case Arithmetic():
            return _SUM
        case Geometric():
            return _Scale(np.log, np.exp, above_0=True)
        case Harmonic():
            return _Scale(np.reciprocal, np.reciprocal, above_0=True)
        case Power(exponent):
            return _Scale(
                lambda points: points**exponent, lambda sums: sums ** (1.0 / exponent), above_0=exponent < 0
            )
        case Minimum() | Maximum() | Best() | Last() | Product() | Sum() | Copeland():
            return None
        case _:
            assert_never(aggregate)


def _influence(  # noqa: PLR0913, PLR0917  a whole, its parts, and all that is known of them
    whole: Dimension,
    parts: Sequence[Node],
    among: Literal["children", "indicators"],
    weights: Floats,
    aim: Floats,
    scale: _Scale | None,
    points: Mapping[str, Column],
    bins: int,
) -> Influence:
    columns = [points[part.code] for part in parts]
    return Influence(
        whole=whole,
        parts=tuple(parts),
        among=among,
        weights=weights,
        ratios=ratios(columns, points[whole.code], bins=bins),
        intended=None if scale is None else _intended(columns, weights, aim, scale, bins),
    )


def _intended(
    columns: Sequence[Column], weights: Floats, aim: Floats, scale: _Scale, bins: int
) -> Intended | None:
    complete = complete_of(columns)
    if len(complete) < FEWEST or not weights.sum() > 0 or (scale.above_0 and not (complete > 0).all()):
        return None
    added = scale.to(complete)
    covariances = np.cov(added, rowvar=False).reshape(len(columns), len(columns))
    now = influence_of(weights, covariances)
    if np.isnan(now).any():
        return None
    found = weights_for(aim, covariances, weights / weights.sum())
    known = columns if len(complete) == len(columns[0].values) else Table.of(complete).columns
    curves = ratios(known, Column(scale.back(added @ found.weights)), bins=bins)
    then = shares(np.array([each.ratio for each in curves]))
    return Intended(units=len(complete), influence=aim, now=now, found=found, then=then)


def complete_of(columns: Sequence[Column]) -> Floats:
    """Return the rows of the units that have all of `columns` (units, columns).

    A column that nobody has makes no unit incomplete: it is the same for all.
    """
    values = np.column_stack([column.values for column in columns])
    values[:, np.isnan(values).all(axis=0)] = 0.0
    return values[~np.isnan(values).any(axis=1)]


def _shares(nodes: Sequence[Node], of: Mapping[str, float]) -> Floats:
    return np.array([of[node.code] for node in nodes])


def _down(pool: Pool, nodes: Sequence[Node], of: Mapping[str, float]) -> Floats:
    return np.array([float(np.prod([of[each] for each in pool.line(node.code)])) for node in nodes])


def _meant(pool: Pool, given: Mapping[str, float]) -> Mapping[str, float]:
    """Return the part of its parent's differences that each node is meant to decide: its share, or as given.

    What is left by those that are given goes to their siblings in proportion to their shares.
    """
    found = dict(pool.shares)
    for dimension in pool.dimensions:
        children = [child.code for child in pool.children(dimension)]
        named = [code for code in children if code in given]
        if not named:
            continue
        others = [code for code in children if code not in given]
        said, rest = sum(given[code] for code in named), sum(pool.shares[code] for code in others)
        if said > 1.0 + _NOISE or (abs(said - 1.0) > _NOISE and not rest > 0):
            raise UsageError(
                f"the influence intended under {dimension.code!r} adds up to {said:g}, not to 1",
                f"“{dimension.code}”之下应有的影响合计为{said:g}，而不是1",
            )
        found |= {code: given[code] for code in named}
        found |= {code: (1.0 - said) * pool.shares[code] / rest for code in others if rest > 0}
    return found
