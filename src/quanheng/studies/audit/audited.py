"""All that an audit finds out about one group, before it is told: the table of contents of its figures."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.tree.scheme import Dimension, Indicator, Node
from quanheng.studies.audit.figures.components import Components, Reliability, components, reliability
from quanheng.studies.audit.figures.statistics import Column
from quanheng.studies.audit.incentives.bonuses import Bonus, bonuses_of
from quanheng.studies.audit.incentives.curves import Curve, curve_of
from quanheng.studies.audit.incentives.ends import Ends, ends_of
from quanheng.studies.audit.incentives.thresholds import Passed, passed_in
from quanheng.studies.audit.influences import Influence, complete_of, influences_of
from quanheng.studies.audit.pairs import Pairs, pairs_of
from quanheng.studies.audit.pool import FEWEST, Pool
from quanheng.studies.audit.settings import AuditForm


class Separation(Value):
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


class Belonging(Value):
    """Whether the varying children of a dimension belong together, over the `units` that have all of them."""

    dimension: Dimension
    children: tuple[Node, ...]
    same: tuple[Node, ...]
    units: int
    reliability: Reliability
    components: Components | None


class Audited(Value):
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
        influences=tuple(influences_of(pool, points, settings)),
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


def _belonging(pool: Pool, dimension: Dimension, points: Mapping[str, Column]) -> Belonging:
    children = pool.children(dimension)
    columns = complete_of([points[child.code] for child in children])
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
