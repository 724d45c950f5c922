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
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from quanheng.engine.frame.rounding import comparable
from quanheng.engine.replicates.arrays import Array, Flags, elementwise
from quanheng.engine.replicates.available import ranked
from quanheng.engine.replicates.base import Base, Edge
from quanheng.engine.replicates.places import Places, admitted, placed_in, places_of
from quanheng.engine.replicates.prepared import Prepared, folded
from quanheng.engine.replicates.stacked import Outcome, outcome_of, tiers_in
from quanheng.engine.replicates.trees import Trees
from quanheng.engine.stages.places.awards import awards_of
from quanheng.engine.stages.places.tiers import veto_tier
from quanheng.findings.value import Value
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.formulas.tree import names_in
from quanheng.scheme.tree.scheme import Dimension, Node, Scheme
from quanheng.scheme.weights.aggregation import Aggregation

AT_ONCE: Final = 2**17
"""So many numbers of a node are in one block: a megabyte, which a core keeps near."""
_NOISY: Final = 32
"""So many columns of a scoring of noisy copies are taken for one number of a node."""
_VETO_WORDS: Final = frozenset({"veto", "vetoed"})


class Way(Value):
    """One way to score a book but for its weights: the points of a scoring, and how they are joined.

    `aggregates` are those of dimensions that join their children otherwise than the scoring did. `noisy`
    gives the scoring of copies with errors in their figures, for replicates by their numbers; without it the
    points are the same in all.
    """

    points: Prepared
    aggregates: Mapping[str, Aggregation]
    noisy: Callable[[NDArray[np.int64]], Prepared] | None = None


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
    """
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
        columns = 1 if way.noisy is None else max(1, len(way.points.base.wide.columns) // _NOISY)
        step = max(1, AT_ONCE // (units * columns))
        for start in range(0, len(rows), step):
            yield way, rows[start : start + step]


def _fill(replicates: Replicates, block: tuple[Way, NDArray[np.int64]], made: Outcomes) -> int:
    """Compute a block and put it into its place; return how many replicates it has."""
    way, rows = block
    weights = {key: values[rows] for key, values in replicates.weights.items()}
    points = way.points if way.noisy is None else way.noisy(rows)
    base = points.base
    scheme = _joined_by(base.scheme, way.aggregates)
    looked_at = _looked_at(scheme, way.points.result.round)
    trees = _grown(base, scheme, weights, wanted=(ROOT, *scheme.ties, *looked_at))
    is_ranked = _full(ranked(trees), len(rows), base.units)
    scores = {code: trees.scores[code] for code in (ROOT, *scheme.ties, *looked_at)}
    if points.held is not None:
        totals = _reviews(points, way.aggregates, weights)
        scores[ROOT] = folded(scores[ROOT], totals, points.held, scheme.rounding.total)
    scores[ROOT] = _full(scores[ROOT], len(rows), base.units)
    made.scores[rows] = scores[ROOT]
    if _is_plain(scheme, made):
        ties = [_full(scores[code], len(rows), base.units) for code in scheme.ties]
        places = places_of(scores[ROOT], is_ranked, base.group, ties)
        outcome = Outcome(places=places, tiers=_tiers(scheme, scores[ROOT], places, base), awards={})
    else:
        outcome = outcome_of(scores, is_ranked, base, scheme, round=way.points.result.round)
    made.places[rows] = outcome.places
    made.tiers[rows] = outcome.tiers
    for award, flags in outcome.awards.items():
        made.awards[award][rows] = flags
    return len(rows)


def _grown(
    base: Base, scheme: Scheme, weights: Mapping[Edge, Array], wanted: Sequence[str] = (ROOT,)
) -> Trees:
    of_scheme = {
        key: _settled(values, base.weights[key])
        for key, values in weights.items()
        if key in base.weights and key not in base.by_unit
    }
    return Trees(base=base, scheme=scheme, weights=of_scheme, wanted=wanted).grown()


def _settled(given: Array, own: Array) -> Array:
    """Return the weights that are given, the own ones where none are, none where the child does not apply."""
    weights = np.where(np.isnan(given), own, given)
    return np.where(np.isnan(own), np.nan, weights)


def _reviews(
    points: Prepared, aggregates: Mapping[str, Aggregation], weights: Mapping[Edge, Array]
) -> dict[str, Array]:
    """Return the totals of the reviews, those that stand as published and those that go the same way."""
    totals = dict(points.published)
    for name, base in points.reviews.items():
        scheme = _joined_by(base.scheme, aggregates)
        totals[name] = _grown(base, scheme, weights).scores[ROOT]
    return totals


def _joined_by(scheme: Scheme, aggregates: Mapping[str, Aggregation]) -> Scheme:
    """Return `scheme` with dimensions that join their children otherwise."""
    return replace(scheme, root=_dimension(scheme.root, aggregates)) if aggregates else scheme


def _dimension(node: Dimension, aggregates: Mapping[str, Aggregation]) -> Dimension:
    children: tuple[Node, ...] = tuple(
        _dimension(child, aggregates) if isinstance(child, Dimension) else child for child in node.children
    )
    return replace(node, children=children, aggregate=aggregates.get(node.code, node.aggregate))


def _looked_at(scheme: Scheme, round: str) -> tuple[str, ...]:  # noqa: A002 - the word of the language
    """Return the nodes whose scores a condition of a tier or an award looks at."""
    formulas = [tier.unless for tier in scheme.tiers]
    for _, award in awards_of(scheme, round):
        formulas += [award.condition, award.by]
    named = {name for formula in formulas if formula is not None for name in names_in(formula.tree)}
    return tuple(node.code for node in scheme.nodes if node.code in named and node.code != ROOT)


def _is_plain(scheme: Scheme, made: Outcomes) -> bool:
    """Return whether places and tiers need nothing but totals, and whether a unit is barred."""
    if made.awards:
        return False
    barred = (tier.unless for tier in scheme.tiers if tier.unless is not None)
    return all(tuple(names_in(formula.tree)) and formula.text in _VETO_WORDS for formula in barred)


def _tiers(scheme: Scheme, total: Array, places: Places, base: Base) -> NDArray[np.int8]:
    tiers = np.full(places.shape, -1, dtype=np.int8)
    names = tiers_in(scheme)
    if not names:
        return tiers
    placed = placed_in(places, base.group)
    compared = elementwise(total, comparable)
    for tier in reversed(scheme.tiers):
        enters = places > 0
        if tier.top is not None:
            enters &= places <= admitted(tier.top, placed)
        if tier.at_least is not None:
            enters &= compared >= tier.at_least
        if tier.unless is not None:
            enters &= ~base.vetoed
        tiers[enters] = names.index(tier.name)
    veto = veto_tier(scheme)
    tiers[np.broadcast_to(base.vetoed, places.shape)] = -1 if veto is None else names.index(veto)
    return tiers


def _full(values: NDArray[Any], rows: int, units: int) -> NDArray[Any]:
    return np.ascontiguousarray(np.broadcast_to(values, (rows, units)))
