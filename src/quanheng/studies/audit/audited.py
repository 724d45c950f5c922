"""All that an audit finds out about one group, before it is told: the table of contents of its figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from quanheng.findings.errors import UsageError
from quanheng.findings.text import Text
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.tree.scheme import Dimension, Indicator, Node
from quanheng.studies.audit.figures.components import Components, Reliability, components, reliability
from quanheng.studies.audit.figures.correlations import Table
from quanheng.studies.audit.figures.influence import Ratio, ratios, shares
from quanheng.studies.audit.figures.intended import Weights, influence_of, weights_for
from quanheng.studies.audit.figures.statistics import Column
from quanheng.studies.audit.incentives.bonuses import Bonus, bonuses_of
from quanheng.studies.audit.incentives.curves import Curve, curve_of
from quanheng.studies.audit.incentives.ends import Ends, ends_of
from quanheng.studies.audit.incentives.thresholds import Passed, passed_in
from quanheng.studies.audit.pairs import Pairs, pairs_of
from quanheng.studies.audit.pool import Floats, Pool
from quanheng.studies.audit.settings import AuditForm

FEWEST: int = 3
"""What compares units needs so many of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Separation:
    """How an indicator tells units apart.

    `measures` and `points` are the share of pairs whose measures and points differ, `sd` the standard
    deviation of the points, `moves` and `range` that of the marks earned and their range. `places`: how
    many places units move on average if all have the same marks in it, NaN where marks are not simply added
    up.
    """

    measures: float
    points: float
    sd: float
    moves: float
    range: float
    places: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Belonging:
    """Whether the varying children of a dimension belong together, over the `units` that have all of them."""

    dimension: Dimension
    children: tuple[Node, ...]
    same: tuple[Node, ...]
    units: int
    reliability: Reliability
    components: Components | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Influence:
    """The parts of a whole: what each is meant to weigh, and what it decides.

    `weights` are the shares of the scheme, `linear` and `shares` the influence by lines and by curves, both
    as parts of their sum. `intended` is the influence meant; `found` the weights that give it or come
    nearest, None where none are looked for; `then` the influence by curves with them.
    """

    whole: Dimension
    parts: tuple[Node, ...]
    weights: Floats
    ratios: tuple[Ratio, ...]
    intended: Floats
    units: int
    now: Floats | None
    found: Weights | None
    then: Floats | None

    @property
    def linear(self) -> Floats:
        """The influence of each part by a straight line."""
        return shares(np.array([ratio.linear for ratio in self.ratios]))

    @property
    def shares(self) -> Floats:
        """The influence of each part by a curve."""
        return shares(np.array([ratio.ratio for ratio in self.ratios]))

    @property
    def is_of_children(self) -> bool:
        """Whether the parts are the children of the whole; else they are all indicators of the total."""
        return self.parts == tuple(child for child in self.whole.children if child in self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Audited:
    """What was found out about a group."""

    pool: Pool
    measures: Mapping[str, Column]
    separations: Mapping[str, Separation]
    pairs: Pairs
    belongings: tuple[Belonging, ...]
    influences: tuple[Influence, ...]
    passed: tuple[Passed, ...]
    ends: Mapping[str, Ends]
    curves: Mapping[str, Curve | Text]
    bonuses: tuple[Bonus, ...]

    @property
    def is_small(self) -> bool:
        """Whether there are too few units to compare them."""
        return len(self.pool) < FEWEST


def audited(pool: Pool, settings: AuditForm, *, random: np.random.Generator) -> Audited:
    """Return what can be found out about a group.

    Raises:
        UsageError: the settings name a level that the scheme does not have, or influence that is over the
        whole.
    """
    indicators = pool.indicators
    measures = {each.code: Column(pool.measure(each.code)) for each in indicators}
    points = {node.code: Column(pool.points(node.code)) for node in pool.nodes if node.code != ROOT}
    points[ROOT] = Column(pool.score(ROOT))
    return Audited(
        pool=pool,
        measures=measures,
        separations={each.code: _separation(pool, each, measures[each.code], points) for each in indicators},
        pairs=pairs_of(pool, points, settings, random=random),
        belongings=tuple(_belonging(pool, each, points) for each in pool.dimensions),
        influences=tuple(_influences(pool, points, settings)),
        passed=passed_in(pool),
        ends={each.code: ends_of(pool, each, points[each.code]) for each in indicators},
        curves={each.code: curve_of(pool, each, settings.curve) for each in indicators},
        bonuses=tuple(bonuses_of(pool)),
    )


def _separation(
    pool: Pool, indicator: Indicator, measure: Column, points: Mapping[str, Column]
) -> Separation:
    own, marks = points[indicator.code], Column(pool.score(indicator.code))
    return Separation(
        measures=measure.separated,
        points=own.separated,
        sd=own.sd,
        moves=marks.sd,
        range=marks.greatest - marks.least,
        places=_places_moved(pool, indicator, points[ROOT], marks),
    )


def _places_moved(pool: Pool, indicator: Indicator, total: Column, marks: Column) -> float:
    if not pool.adds_up(indicator.code) or total.n < FEWEST:
        return np.nan
    without = Column(np.round(total.values - np.nan_to_num(marks.values - marks.mean), 9))
    return float(np.nanmean(np.abs(total.ranks - without.ranks)))


def _complete(points: Mapping[str, Column], nodes: Sequence[Node]) -> Floats:
    """Return the points of the units that have them for all of `nodes` (units, nodes).

    A node that nobody has points for makes no unit incomplete: it is the same for all.
    """
    columns = np.column_stack([points[node.code].values for node in nodes])
    columns[:, np.isnan(columns).all(axis=0)] = 0.0
    return columns[~np.isnan(columns).any(axis=1)]


def _belonging(pool: Pool, dimension: Dimension, points: Mapping[str, Column]) -> Belonging:
    children = pool.children(dimension)
    columns = _complete(points, children)
    varies = np.array([len(columns) > 1 and bool(np.ptp(column) > 0) for column in columns.T])
    kept = tuple(child for child, does in zip(children, varies, strict=True) if does)
    inner = columns[:, varies]
    enough = len(kept) > 1 and len(columns) >= FEWEST
    return Belonging(
        dimension=dimension,
        children=kept,
        same=tuple(child for child in children if child not in kept),
        units=len(columns),
        reliability=reliability(inner) if enough else Reliability(alpha=np.nan, standardised=np.nan),
        components=components(inner) if enough else None,
    )


def _influences(pool: Pool, points: Mapping[str, Column], settings: AuditForm) -> Iterator[Influence]:
    """Yield the influence of the children of each dimension, and of all indicators on the total."""
    intended = _intended(pool, settings.intended)
    for dimension in pool.dimensions:
        yield _influence(pool, dimension, pool.children(dimension), points, intended, settings.bins)
    if len(pool.dimensions) > 1:
        yield _influence(pool, pool.dimensions[0], pool.indicators, points, intended, settings.bins)


def _influence(
    pool: Pool,
    whole: Dimension,
    parts: Sequence[Node],
    points: Mapping[str, Column],
    intended: Mapping[str, float],
    bins: int,
) -> Influence:
    def down(shares_of: Mapping[str, float]) -> Floats:
        above = set(pool.line(whole.code))
        lines = [[each for each in pool.line(part.code) if each not in above] for part in parts]
        return np.array([float(np.prod([shares_of[each] for each in line])) for line in lines])

    columns = [points[part.code] for part in parts]
    weights, aim = down(pool.shares), down(intended)
    complete = _complete(points, parts)
    found, now, then = None, None, None
    if len(complete) >= FEWEST and _is_a_sum(pool, whole, parts) and weights.sum() > 0:
        covariances = np.cov(complete, rowvar=False).reshape(len(parts), len(parts))
        now = influence_of(weights, covariances)
        if not np.isnan(now).all():
            found = weights_for(aim, covariances, weights / weights.sum())
            known = columns if len(complete) == len(pool) else Table.of(complete).columns
            curves = ratios(known, Column(complete @ found.weights), bins=bins)
            then = shares(np.array([each.ratio for each in curves]))
    return Influence(
        whole=whole,
        parts=tuple(parts),
        weights=weights,
        ratios=ratios(columns, points[whole.code], bins=bins),
        intended=aim,
        units=len(complete),
        now=now,
        found=found,
        then=then,
    )


def _is_a_sum(pool: Pool, whole: Dimension, parts: Sequence[Node]) -> bool:
    """Return whether the whole is a weighted sum of the parts."""
    if tuple(parts) == pool.children(whole):
        return whole.adds_up
    return all(each.adds_up for each in pool.dimensions)


def _intended(pool: Pool, given: Mapping[str, float]) -> Mapping[str, float]:
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


_NOISE = 1e-9
