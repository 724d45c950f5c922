"""Thousands of perturbed copies of a book in one pass.

What changes decides what is computed again. Points are those of a scoring (`prepared.py`) and shared by all
replicates that use it; weights and aggregations are joined over arrays (`trees.py`), block by block, so that
memory stays bounded, on as many threads as there are cores.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from quanheng.engine.replicates.arrays import Array, Flags
from quanheng.engine.replicates.base import Edge
from quanheng.engine.replicates.joined import grown, joined_with
from quanheng.engine.replicates.places import Places
from quanheng.engine.replicates.prepared import Prepared
from quanheng.engine.replicates.stacked import tiers_in
from quanheng.engine.stages.places.awards import awards_of
from quanheng.findings.errors import UsageError
from quanheng.findings.value import Value
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.tree.named import follows_weights
from quanheng.scheme.tree.scheme import Dimension, Node, Scheme
from quanheng.scheme.weights.aggregation import Aggregation

AT_ONCE: Final = 2**17
"""So many numbers of a node are in one block: a megabyte, which a core keeps near."""
_NOISY: Final = 32
"""So many columns of a scoring of noisy copies are taken for one number of a node."""


class Way(Value):
    """One way to score a book but for its weights: the points of a scoring, and how they are joined.

    `aggregates` are those of dimensions that join their children otherwise than the scoring did. `noisy`
    gives the scoring of copies with errors in their figures, for replicates by their numbers; without it the
    points are the same in all. `entire` scores a replicate by its number with its own weights, `(groups,)`:
    of a scheme whose points follow from these there is no other way.
    """

    points: Prepared
    aggregates: Mapping[str, Aggregation]
    noisy: Callable[[NDArray[np.int64]], Prepared] | None = None
    entire: Callable[[int, Mapping[Edge, Array]], Prepared] | None = None


class Replicates(Value):
    """What to compute: for each replicate one of the `ways`, and weights.

    `way`, `(replicates,)`, is its number. `weights`, `(replicates, groups)`, are those of children that do
    not weigh what they do in its way; only proportions among siblings count. NaN: as in the way.
    """

    ways: Sequence[Way]
    way: NDArray[np.int64]
    weights: Mapping[Edge, Array]


class Outcomes(Value):
    """What became of each unit in each replicate: arrays of replicates × units, units in order of `codes`.

    `scores` are NaN and `places` 0 where a unit has none; `tiers` are numbers of `tier_names`, -1 for none.
    """

    codes: tuple[str, ...]
    scores: Array
    places: Places
    tiers: NDArray[np.int8]
    tier_names: tuple[str, ...]
    awards: Mapping[str, Flags]


def replicated(replicates: Replicates, *, tell: Callable[[int], None] = lambda _: None) -> Outcomes:
    """Return the outcomes of all replicates; `tell` is told after each block how many are done by now.

    Each is what `score` gives of the book by the scheme of its way with its weights written as relative ones:
    the same places, tiers and awards, and the same scores at the nine decimals that are written.

    Raises:
        FindingsError: a dimension is joined by Copeland's rule and a group has too many units for it.
        UsageError: formulas ask for what follows from weights or aggregations that are other ones here.
    """
    _require_fixed_points(replicates)
    first = replicates.ways[0].points
    count, units = len(replicates.way), first.base.units
    given = awards_of(first.base.scheme, first.result.round)
    made = Outcomes(
        codes=first.base.codes,
        scores=np.full((count, units), np.nan),
        places=np.zeros((count, units), dtype=np.int32),
        tiers=np.full((count, units), -1, dtype=np.int8),
        tier_names=tiers_in(first.base.scheme),
        awards={award.name: np.zeros((count, units), dtype=np.bool_) for _, award in given},
    )
    done = 0
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as threads:
        blocks = list(_blocks(replicates, units))
        for size in threads.map(lambda block: _fill(replicates, block, made), blocks):
            done += size
            tell(done)
    return made


def _blocks(replicates: Replicates, units: int) -> Iterator[tuple[Way, NDArray[np.int64]]]:
    """Yield the ways, each with some of the replicates that go it."""
    for number, way in enumerate(replicates.ways):
        rows = np.flatnonzero(replicates.way == number)
        alone = np.zeros(len(rows), dtype=np.bool_)
        if way.entire is not None:
            alone = _weighed_otherwise(replicates, rows)
            yield from ((way, rows[at : at + 1]) for at in np.flatnonzero(alone))
        together, rows = replace(way, entire=None), rows[~alone]
        columns = 1 if way.noisy is None else max(1, len(way.points.base.wide.columns) // _NOISY)
        step = max(1, AT_ONCE // (units * columns))
        for start in range(0, len(rows), step):
            yield together, rows[start : start + step]


def _weighed_otherwise(replicates: Replicates, rows: NDArray[np.int64]) -> Flags:
    """Return of which replicates anything does not weigh what it does in its way."""
    found = np.zeros(len(rows), dtype=np.bool_)
    for values in replicates.weights.values():
        found |= ~np.isnan(values[rows]).all(axis=1)
    return found


def _require_fixed_points(replicates: Replicates) -> None:
    """Refuse to join points otherwise that would be other ones then."""
    for number, way in enumerate(replicates.ways):
        if not follows_weights(way.points.base.scheme):
            continue
        rows = np.flatnonzero(replicates.way == number)
        if way.aggregates or (way.entire is None and _weighed_otherwise(replicates, rows).any()):
            raise UsageError(
                "formulas of the scheme ask for points of dimensions or scores of nodes, which change with"
                " weights: this cannot be done with weights alone",
                "方案的公式用到维度的百分制得分或节点的得分，它们随权重变化，因此不能只按权重重新计分",
            )


def _fill(replicates: Replicates, block: tuple[Way, NDArray[np.int64]], made: Outcomes) -> int:
    """Compute a block and put it into its place; return how many replicates it has."""
    way, rows = block
    weights = {key: values[rows] for key, values in replicates.weights.items()}
    if way.entire is not None:
        points = way.entire(int(rows[0]), {key: values[0] for key, values in weights.items()})
        weights = {}
    else:
        points = way.points if way.noisy is None else way.noisy(rows)
    base = points.base
    totals: Mapping[str, Array] = {}
    if points.held is not None:
        totals = _reviews(points, way.aggregates, weights)
    joined = joined_with(
        base,
        _joined_by(base.scheme, way.aggregates),
        weights,
        rows=len(rows),
        round=way.points.result.round,
        folded_in=None if points.held is None else (points.held, totals),
    )
    made.scores[rows] = joined.scores
    outcome = joined.outcome
    made.places[rows] = outcome.places
    made.tiers[rows] = outcome.tiers
    for award, flags in outcome.awards.items():
        made.awards[award][rows] = flags
    return len(rows)


def _reviews(
    points: Prepared, aggregates: Mapping[str, Aggregation], weights: Mapping[Edge, Array]
) -> dict[str, Array]:
    """Return the totals of the reviews, those that stand as published and those that go the same way."""
    totals = dict(points.published)
    for name, base in points.reviews.items():
        scheme = _joined_by(base.scheme, aggregates)
        totals[name] = grown(base, scheme, weights).scores[ROOT]
    return totals


def _joined_by(scheme: Scheme, aggregates: Mapping[str, Aggregation]) -> Scheme:
    """Return `scheme` with dimensions that join their children otherwise."""
    return replace(scheme, root=_dimension(scheme.root, aggregates)) if aggregates else scheme


def _dimension(node: Dimension, aggregates: Mapping[str, Aggregation]) -> Dimension:
    children: tuple[Node, ...] = tuple(
        _dimension(child, aggregates) if isinstance(child, Dimension) else child for child in node.children
    )
    return replace(node, children=children, aggregate=aggregates.get(node.code, node.aggregate))
