"""Totals, places and tiers of copies of one scoring that are joined by other weights or aggregations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from quanheng.engine.frame.rounding import comparable
from quanheng.engine.replicates.arrays import Array, Flags, elementwise
from quanheng.engine.replicates.available import ranked
from quanheng.engine.replicates.base import Base, Edge
from quanheng.engine.replicates.places import Places, admitted, from_below, placed_in, places_of
from quanheng.engine.replicates.prepared import folded
from quanheng.engine.replicates.stacked import Outcome, outcome_of, tiers_in
from quanheng.engine.replicates.trees import Trees
from quanheng.engine.stages.places.awards import awards_of
from quanheng.engine.stages.places.places import tie_steps
from quanheng.engine.stages.places.tiers import veto_tier
from quanheng.engine.stages.reviews.fold import HeldReviews
from quanheng.findings.value import Value
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.formulas.tree import Formula, names_in
from quanheng.scheme.grades.tiers import Demands
from quanheng.scheme.tree.scheme import Scheme

_VETO_WORDS: Final = frozenset({"veto", "vetoed"})


class Joined(Value):
    """What became of copies: totals, `(copies, units)`, NaN where a unit has none; places, tiers, awards.

    `trees` has the points and scores of the nodes.
    """

    scores: Array
    outcome: Outcome
    trees: Trees


def joined_with(
    base: Base,
    scheme: Scheme,
    weights: Mapping[Edge, Array],
    *,
    rows: int,
    round: str | None,  # noqa: A002 - the word of the language
    folded_in: tuple[HeldReviews, Mapping[str, Array]] | None = None,
) -> Joined:
    """Return what becomes of `rows` copies of a scoring, joined as `scheme` says, with other `weights`.

    `folded_in` are the reviews of a year and their totals. Awards are those of `round`; without one none are
    given.
    """
    looked_at = _looked_at(scheme, round)
    trees = grown(base, scheme, weights, wanted=(ROOT, *scheme.tie_nodes, *looked_at))
    is_ranked = _full(ranked(trees), rows, base.units)
    scores = {code: trees.scores[code] for code in (ROOT, *scheme.tie_nodes, *looked_at)}
    if folded_in is not None:
        held, totals = folded_in
        scores[ROOT] = folded(scores[ROOT], totals, held, scheme.rounding.total)
    scores[ROOT] = _full(scores[ROOT], rows, base.units)
    if _is_plain(scheme, round):
        ties = [_full(each, rows, base.units) for each in _ties(scheme, scores, base)]
        sign = -1.0 if scheme.lowest_first else 1.0
        ties = [sign * tie for tie in ties]
        places = places_of(sign * scores[ROOT], is_ranked, _ranked_with(scheme, base), ties)
        outcome = Outcome(places=places, tiers=_tiers(scheme, scores[ROOT], places, base), awards={})
    else:
        outcome = outcome_of(scores, is_ranked, base, scheme, round=round)
    return Joined(scores=scores[ROOT], outcome=outcome, trees=trees)


def grown(
    base: Base, scheme: Scheme, weights: Mapping[Edge, Array], wanted: Sequence[str] = (ROOT,)
) -> Trees:
    """Return the tree of copies of a scoring whose `weights` are other ones; NaN: as in the scoring."""
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


def _looked_at(scheme: Scheme, round: str | None) -> tuple[str, ...]:  # noqa: A002 - the word of the language
    """Return the nodes whose scores a condition of a tier or an award looks at."""
    formulas: list[Formula | None] = [*scheme.tier_conditions]
    for _, award in () if round is None else awards_of(scheme, round):
        formulas += [award.condition, award.by]
    named = {name for formula in formulas if formula is not None for name in names_in(formula.tree)}
    return tuple(node.code for node in scheme.nodes if node.code in named and node.code != ROOT)


def _is_plain(scheme: Scheme, round: str | None) -> bool:  # noqa: A002 - the word of the language
    """Return whether places and tiers need nothing but totals, and whether a unit is barred."""
    if round is not None and awards_of(scheme, round):
        return False
    if scheme.lower or any(tier.condition is not None for tier in scheme.tiers):
        return False
    quotas = (quotas for tier in scheme.tiers for quotas in (tier.top, tier.last))
    if scheme.ranks_all and any(isinstance(each, Mapping) for each in quotas):
        return False
    barred = (tier.unless for tier in scheme.tiers if tier.unless is not None)
    return all(tuple(names_in(formula.tree)) and formula.text in _VETO_WORDS for formula in barred)


def _tiers(scheme: Scheme, total: Array, places: Places, base: Base) -> NDArray[np.int8]:
    tiers = np.full(places.shape, -1, dtype=np.int8)
    names = tiers_in(scheme)
    if not names:
        return tiers
    whole = _ranked_with(scheme, base)
    placed = placed_in(places, whole)
    compared = elementwise(total, comparable)
    below = from_below(places, whole) if any(tier.from_below for tier in scheme.tiers) else places
    for number, group in enumerate(scheme.groups):
        here = np.flatnonzero(base.group == number)
        standing = _Standing(places[:, here], placed[:, here], below[:, here], compared[:, here])
        of_group = tiers[:, here]
        vetoed = np.broadcast_to(base.vetoed, places.shape)[:, here]
        for _, tier in reversed(scheme.tiers_as_judged):
            if tier.stands_in(group.code):
                enters = _enters(tier.demands_in(group.code), standing)
                if tier.unless is not None:
                    enters &= ~vetoed
                of_group[enters] = names.index(tier.name)
        veto = veto_tier(scheme, group.code)
        of_group[vetoed] = -1 if veto is None else names.index(veto)
        tiers[:, here] = of_group
    return tiers


def _ranked_with(scheme: Scheme, base: Base) -> NDArray[np.int64]:
    """Return a number for each unit, the same for those that stand in one ranking."""
    return np.zeros_like(base.group) if scheme.ranks_all else base.group


class _Standing(Value, kw_only=False):
    """How the units of a group stand in each copy, `(copies, units)`: from above and from below."""

    places: Places
    placed: Array
    below: Places
    compared: Array


def _enters(asked: Demands, standing: _Standing) -> Flags:
    """Return who meets what a tier asks of a group, whatever its conditions."""
    enters: Flags = standing.places > 0
    if asked.top is not None:
        enters = enters & (standing.places <= admitted(asked.top, standing.placed))
    if asked.last is not None:
        enters = enters & (standing.below <= admitted(asked.last, standing.placed)) & (standing.places > 1)
    if asked.at_least is not None:
        enters = enters & (standing.compared >= asked.at_least)
    if asked.at_most is not None:
        enters = enters & (standing.compared <= asked.at_most)
    return enters


def _ties(scheme: Scheme, scores: Mapping[str, Array], base: Base) -> Iterator[Array]:
    """Yield what tells equal totals apart, in order; NaN where a group has nothing more."""
    for nodes in tie_steps(scheme):
        if isinstance(nodes, str):
            yield scores[nodes]
            continue
        rows = max(scores[node].shape[0] for node in nodes.values())
        values = np.full((rows, base.units), np.nan)
        for number, group in enumerate(scheme.groups):
            here = np.flatnonzero(base.group == number)
            if group.code in nodes:
                values[:, here] = np.broadcast_to(scores[nodes[group.code]], values.shape)[:, here]
        yield values


def _full(values: NDArray[Any], rows: int, units: int) -> NDArray[Any]:
    return np.ascontiguousarray(np.broadcast_to(values, (rows, units)))
