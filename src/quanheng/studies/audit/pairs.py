"""Which nodes are correlated with which, and how."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from quanheng.findings.errors import UsageError
from quanheng.findings.value import Value
from quanheng.scheme.tree.scheme import Indicator, Node
from quanheng.studies.audit.figures.correlations import Table
from quanheng.studies.audit.figures.kendall import taus
from quanheng.studies.audit.figures.statistics import Column
from quanheng.studies.audit.pool import Pool
from quanheng.studies.audit.settings import AuditForm, Level

MOST_PAIRS: Final = 50_000
"""A table has no more pairs; of more the strongest are kept."""


class Pair(Value):
    """Two nodes and their correlations over the `n` units that have both; NaN where one does not vary."""

    one: Node
    other: Node
    n: int
    pearson: float
    spearman: float
    kendall: float

    @property
    def strongest(self) -> float:
        """The greater of Pearson's and Spearman's, without its sign; 0 where there is none."""
        return max((abs(each) for each in (self.pearson, self.spearman) if not np.isnan(each)), default=0.0)


class Pairs(Value):
    """The pairs of a group: of how many they are kept, and the units that Kendall's tau is of.

    `exact_ranks` says whether Spearman's ranks are those among the units that have both figures.
    """

    pairs: tuple[Pair, ...]
    all: int
    sample: int
    exact_ranks: bool


def pairs_of(
    pool: Pool, points: Mapping[str, Column], settings: AuditForm, *, random: np.random.Generator
) -> Pairs:
    """Return the pairs of nodes at the levels of the settings, each once.

    Raises:
        UsageError: the scheme has no nodes at one of the levels.
    """
    levels = {level: _at(pool, level) for both in settings.levels for level in both}
    place_of = {node.code: place for place, node in enumerate(pool.nodes)}
    wanted = list(
        dict.fromkeys(
            tuple(sorted((place_of[one.code], place_of[other.code])))
            for first, second in settings.levels
            for one in levels[first]
            for other in levels[second]
            if one is not other
        )
    )
    used = sorted({place for pair in wanted for place in pair})
    if not used:
        return Pairs(pairs=(), all=0, sample=len(pool), exact_ranks=True)
    at = {place: column for column, place in enumerate(used)}
    columns = [_values(pool, pool.nodes[place], points, settings) for place in used]
    table = Table(columns)
    first, second = np.array([[at[one], at[other]] for one, other in wanted]).T
    pearson = table.pearson[first, second]
    kept = np.arange(len(wanted))
    if len(wanted) > MOST_PAIRS:
        strongest = np.argsort(-np.abs(np.nan_to_num(pearson)), kind="stable")[:MOST_PAIRS]
        kept = np.sort(strongest)
    sample = min(len(pool), settings.kendall_units)
    rows = np.sort(random.choice(len(pool), sample, replace=False)) if sample < len(pool) else slice(None)
    kendall = taus(table.values[rows])
    found = tuple(
        Pair(
            one=pool.nodes[wanted[place][0]],
            other=pool.nodes[wanted[place][1]],
            n=int(table.counts[first[place], second[place]]),
            pearson=float(pearson[place]),
            spearman=float(table.spearman[first[place], second[place]]),
            kendall=float(kendall[first[place], second[place]]),
        )
        for place in kept.tolist()
    )
    return Pairs(pairs=found, all=len(wanted), sample=sample, exact_ranks=table.ranks_are_exact)


def _at(pool: Pool, level: Level) -> tuple[Node, ...]:
    if level == "indicators":
        return pool.indicators
    deepest = max(pool.level_of(node.code) for node in pool.scheme.nodes)
    if level > deepest:
        raise UsageError(
            f"the scheme has no level {level}: the root is 0, the deepest {deepest}",
            f"方案没有第{level}层：总分为0，最深为{deepest}",
        )
    return tuple(node for node in pool.nodes if pool.level_of(node.code) == level)


def _values(pool: Pool, node: Node, points: Mapping[str, Column], settings: AuditForm) -> Column:
    if isinstance(node, Indicator):
        if settings.correlate == "measures":
            return Column(pool.measure(node.code))
        if settings.correlate == "treated":
            return Column(pool.treated(node.code))
    return points[node.code]
