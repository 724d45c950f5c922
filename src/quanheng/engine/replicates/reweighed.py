"""A scoring with other weights: its points are known, and what is made of them is joined over arrays.

That needs no plan of its own, which takes longer to make than to run. It is possible where the weights are
stated, and no others are computed from what they make.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import narwhals as nw
import numpy as np

from quanheng.engine.frame import columns as c
from quanheng.engine.frame.pools import by_group
from quanheng.engine.frame.tables import table_of
from quanheng.engine.replicates.arrays import Array
from quanheng.engine.replicates.base import Base, Edge, has_fixed_points
from quanheng.engine.replicates.joined import Joined, joined_with
from quanheng.engine.replicates.prepared import total_of
from quanheng.engine.stages.above import found_above
from quanheng.engine.stages.aggregation.scores import Weights
from quanheng.engine.stages.condition import Condition
from quanheng.engine.stages.reviews.fold import HeldReviews
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.tree.scheme import Dimension, Indicator, Node, Scheme
from quanheng.scheme.weights.methods import Marks

Stated = Mapping[Edge, Mapping[str, float]]
"""The weights of children that weigh otherwise, by group."""


def stated_otherwise(scheme: Scheme, than: Scheme) -> Stated | None:
    """Return the weights that `scheme` states otherwise `than` another one that gives the same points.

    None if that is not all in which they differ, or if more follows from these weights than totals: where
    they were computed, or others above them are computed from the points that they make.

    Examples:
        >>> from quanheng.scheme.files.read import scheme_from_mapping
        >>> def weighing(weight):
        ...     rated = {"measure": "x", "rule": "percentile"}
        ...     leaves = {"a": {**rated, "weight": weight}, "b": {**rated, "weight": 1}}
        ...     return scheme_from_mapping({"weights": "relative", "items": {"x": {}}, "indicators": leaves})
        >>> stated_otherwise(weighing(3), weighing(1))
        {('total', 'a'): {'all': 3.0}}
    """
    if not has_fixed_points(scheme):
        return None
    # whatever a node has beside weights is compared, so that what is new in the language is, too
    if _beside_weights(scheme.root) != _beside_weights(than.root) or replace(scheme, root=than.root) != than:
        return None
    found: dict[Edge, Mapping[str, float]] = {}
    for own, other in zip(than.dimensions, scheme.dimensions, strict=True):
        changed = {
            (other.code, child.code): _weights(child, other)
            for known, child in zip(own.children, other.children, strict=True)
            if _weights(child, other) != _weights(known, own)
        }
        if not changed and own.method == other.method:
            continue
        if own.method.by_unit or other.method.by_unit:
            return None
        if own.method.is_computed or other.method.is_computed or _decides_weights(own, than):
            return None
        found |= changed
    return found


def _weights(child: Node, parent: Dimension) -> Mapping[str, float]:
    """Return what a child weighs where nothing is computed: what is stated, or as much as its siblings."""
    return child.weights if parent.method.is_stated else dict.fromkeys(child.groups, 1.0)


def _beside_weights(node: Node) -> Node:
    """Return a node without weights and how these are told, all else as it is, down to the indicators."""
    weights = dict.fromkeys(node.weights, 1.0)
    if isinstance(node, Indicator):
        return replace(node, weights=weights)
    children = tuple(map(_beside_weights, node.children))
    return replace(node, weights=weights, method=Marks(), children=children)


def _decides_weights(dimension: Dimension, scheme: Scheme) -> bool:
    """Return whether a dimension above computes its weights from points, and so from those of this one."""
    parent = scheme.parent_of(dimension.code)
    while parent is not None:
        if parent.method.basis in {"points", "own points"}:
            return True
        parent = scheme.parent_of(parent.code)
    return False


def reweighed(base: Base, weights: Sequence[Stated], reviews: HeldReviews | None) -> Joined:
    """Return what becomes of copies of a scoring, each with its `weights`; `reviews` stay as they were held.

    `base` is of one scoring, or has as many copies as there are `weights`. No awards are given.
    """
    groups = [group.code for group in base.scheme.groups]
    edges = {edge: None for each in weights for edge in each}
    arrays = {edge: np.array([_row(each.get(edge), groups) for each in weights]) for edge in edges}
    folded_in = None
    if reviews is not None:
        totals = {each: total_of(reviews, each, base.codes) for each in reviews.rounds}
        folded_in = reviews, totals
    return joined_with(base, base.scheme, arrays, rows=len(weights), round=None, folded_in=folded_in)


def _row(weights: Mapping[str, float] | None, groups: Sequence[str]) -> list[float]:
    return [np.nan if weights is None else weights.get(group, np.nan) for group in groups]


def found_with(
    scheme: Scheme, weights: Weights, stated: Stated, names: Sequence[str]
) -> tuple[Condition, ...]:
    """Return what may be wrong above the points, as `found_above` has it, where `stated` weigh otherwise."""
    return found_above(scheme, {**weights, **{edge: by_group(own) for edge, own in stated.items()}}, names)


def rows_of(joined: Joined, number: int, wide: nw.DataFrame[Any]) -> nw.LazyFrame[Any]:
    """Return a copy as rows: those of `wide`, one a unit, with what the nodes have in the copy."""
    made = table_of(dict(_columns_of(joined, number)))
    return wide.with_columns(*[made[name] for name in made.columns]).lazy()


def _columns_of(joined: Joined, number: int) -> Iterator[tuple[str, Array]]:
    trees = joined.trees
    shape = joined.scores.shape
    kinds = ((c.points, trees.points), (c.marks, trees.marks), (c.score, trees.scores))
    for name_of, arrays in kinds:
        for code, values in arrays.items():
            yield name_of(code), np.broadcast_to(values, shape)[number]
    yield c.score(ROOT), joined.scores[number]
    for dimension in trees.scheme.dimensions:
        has = trees.has_points(dimension)
        parent = trees.scheme.parent_of(dimension.code)
        stands = has if parent is None else has & (trees.counted[parent.code] > 0.0)
        # that it has a part is looked at, not how large it is
        yield c.share(dimension.code), np.broadcast_to(np.where(stands, 1.0, np.nan), shape)[number]
