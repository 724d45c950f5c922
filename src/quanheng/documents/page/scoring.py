"""What a page needs to score with other weights: points, tree, weights and rounding of a result, as JSON.

`assets/scoring` is to one set of weights what `engine/replicates` is to many; what it looks at is named here.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from quanheng.documents.page.embedding import Json
from quanheng.engine.replicates.base import Base
from quanheng.engine.replicates.prepared import Prepared, prepared_from
from quanheng.engine.results.result import Result
from quanheng.engine.stages.adjustments.adjust import limits_of
from quanheng.engine.stages.adjustments.nodes import node_caps
from quanheng.engine.stages.places.places import tie_steps
from quanheng.engine.stages.reviews.fold import HeldReviews
from quanheng.findings.finding import FindingsError
from quanheng.findings.text import Text
from quanheng.scheme.tree.named import follows_weights
from quanheng.scheme.tree.scheme import Dimension, Node, Scheme
from quanheng.scheme.tree.uses import marked_by_formulas
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

if TYPE_CHECKING:
    from quanheng.data.book.book import Book

_OWN_WEIGHTS: Final = Text(
    zh="“{name}”中每个单位各有一套权重，不能由一套权重试算",
    en="in {name!r} each unit has weights of its own, which no one set can stand for",
)
_IN_PAIRS: Final = Text(
    zh="“{name}”由单位两两比较得出，不能由一套权重逐个试算",
    en="{name!r} comes from comparing units in pairs, which this page does not do",
)
_RULED: Final = Text(
    zh="“{name}”的得分由规则与其他单位比较得出，本页不能试算",
    en="{name!r} has a rule of its own, which this page does not score by",
)
_NAMED: Final = Text(
    zh="指标公式用到其他节点的得分，权重一变这些得分也随之变化，本页不能试算",
    en="measures ask for what other nodes have, which changes with weights: this page does not score it",
)
_MARKED: Final = Text(
    zh="有指标按公式计分（marks），其百分制得分随权重变化，本页不能试算",
    en="formulas give the marks of indicators, whose points change with weights: this page does not score it",
)
_REVIEWS: Final = Text(
    zh="折入的季季评不能重新计分", en="the reviews that are folded in cannot be scored again"
)


def why_off(scheme: Scheme) -> Text | None:
    """Return why a page cannot score by `scheme` with other weights; None where it can."""
    for dimension in scheme.dimensions:
        said = _why_not(dimension)
        if said is not None:
            name = dimension.name
            return Text(
                zh=said.zh.format(name=name.in_language("zh") or dimension.code),
                en=said.en.format(name=name.in_language("en") or dimension.code),
            )
    if follows_weights(scheme):
        return _NAMED
    return _MARKED if marked_by_formulas(scheme) else None


def _why_not(dimension: Dimension) -> Text | None:
    if dimension.method.by_unit:
        return _OWN_WEIGHTS
    if isinstance(dimension.aggregate, Copeland):
        return _IN_PAIRS
    return None if dimension.rule is None else _RULED


def scoring_of(result: Result, book: Book | None) -> dict[str, Json] | Text:
    """Return what a page scores with, units sorted by code; or why there is nothing to score with.

    `book` is the one that `result` was scored of.
    """
    off = why_off(result.scheme)
    if off is not None:
        return off
    try:
        prepared = prepared_from(result, book)
    except FindingsError:
        return _REVIEWS
    return model_of(prepared)


def _ties(scheme: Scheme) -> list[Json]:
    """Return what tells equal totals apart, in order: a node, or one for the number of each group."""
    numbers = {group.code: number for number, group in enumerate(scheme.groups)}
    return [
        step if isinstance(step, str) else {str(numbers[group]): node for group, node in step.items()}
        for step in tie_steps(scheme)
    ]


def model_of(prepared: Prepared) -> dict[str, Json]:
    """Return what `scored` of `assets/scoring/places.js` takes: the year, its ties, its reviews."""
    scheme = prepared.base.scheme
    return {
        "year": _base(prepared.base),
        "ties": _ties(scheme),
        "ranksAll": scheme.ranks_all,
        "atLeast": scheme.at_least,
        "lowestFirst": scheme.lowest_first,
        "fold": None if prepared.held is None else _fold(prepared, prepared.held),
    }


def _fold(prepared: Prepared, held: HeldReviews) -> dict[str, Json]:
    return {
        "rounds": list(held.rounds),
        "steps": [list(rounds) for _, rounds in held.steps],
        "weights": [held.fold.weight_of(each) for each in held.rounds],
        "share": held.fold.reviews,
        "year": held.fold.year,
        "published": {name: numbers_of(totals[0]) for name, totals in prepared.published.items()},
        "reviews": {name: _base(base) for name, base in prepared.reviews.items()},
    }


def _base(base: Base) -> dict[str, Json]:
    scheme = base.scheme
    asks = scheme.at_least > 0.0 or any(each.least is not None for each in scheme.dimensions)
    absence = base.absence if asks else {}
    return {
        "group": base.group.tolist(),
        "full": [group.marks for group in scheme.groups],
        "nodes": list(_nodes(base)),
        "points": {code: numbers_of(points[0]) for code, points in base.points.items()},
        "absence": {code: states[0].tolist() for code, states in absence.items()},
        "claims": [
            {"node": node, "kind": kind, "marks": numbers_of(marks[0])}
            for (node, kind), marks in base.claims.items()
        ],
        "claimsIn": [
            {"node": each.node, "kind": each.kind, "category": each.category, "marks": numbers_of(marks[0])}
            for each, marks in base.claims_in.items()
        ],
        "caps": {kind: limit.cap for kind, limit in limits_of(scheme).items()},
        "capsIn": {
            kind: {each.code: each.cap for each in limit.categories}
            for kind, limit in limits_of(scheme).items()
            if limit.is_divided
        },
        "capsAt": {
            kind: [
                {"nodes": sorted(each.codes), "category": each.category, "cap": each.cap}
                for each in node_caps(scheme, kind)
            ]
            for kind in limits_of(scheme)
        },
        "gates": {kind: gate[0].tolist() for kind, gate in base.gates.items()},
        "coefficients": {code: numbers_of(values[0]) for code, values in base.coefficients.items()},
        "rounding": {"total": scheme.rounding.total},
    }


def _nodes(base: Base) -> Iterator[dict[str, Json]]:
    parents = {child.code: parent for parent in base.scheme.dimensions for child in parent.children}
    for node in base.scheme.nodes:
        ends = {name: _ends(base, ends) for name, ends in _bounds(node)}
        if node.bounds.ceilings:
            ends["ceilings"] = [
                {
                    "marks": _ends(base, ceiling.marks),
                    "share": ceiling.share,
                    "holds": base.ceilings[node.code, index][0].astype(int).tolist(),
                }
                for index, ceiling in enumerate(node.bounds.ceilings)
            ]
        rounding = {"points": node.rounding.points, "scores": node.rounding.scores}
        weights, joined = _weights(node, parents, base), _joined(node)
        stands = base.stands.get(node.code)
        if stands is not None:
            ends["stands"] = stands[0].astype(int).tolist()
        yield {"code": node.code, "rounding": rounding, **weights, **ends, **joined}


def _bounds(node: Node) -> Iterator[tuple[str, Mapping[str, float]]]:
    yield from (pair for pair in (("floor", node.bounds.floor), ("cap", node.bounds.cap)) if pair[1])


def _ends(base: Base, by_group: Mapping[str, float]) -> list[Json]:
    return [by_group.get(group.code) for group in base.scheme.groups]


def _weights(node: Node, parents: Mapping[str, Dimension], base: Base) -> dict[str, Json]:
    parent = parents.get(node.code)
    return {} if parent is None else {"weights": numbers_of(base.weights[parent.code, node.code][0])}


def _joined(node: Node) -> dict[str, Json]:
    if not isinstance(node, Dimension):
        return {}
    method = node.aggregate
    number = method.exponent if isinstance(method, Power) else None
    number = method.count if isinstance(method, Best | Last) else number
    return {
        "children": [child.code for child in node.children],
        "join": _MEANS[type(node.aggregate)],
        "number": number,
        "shares": node.aggregate.shares_marks,
        "mean": node.rounding.aggregate,
        "sums": node.sums_scores,
        "least": _least(node),
    }


def _least(node: Dimension) -> Json:
    """Return how much of a dimension has to be there."""
    least = node.least
    if least is None:
        return None
    return {"count": least.count, "share": least.share, "required": list(least.required)}


_MEANS: Final[Mapping[type[Aggregation], str]] = {
    Arithmetic: "arithmetic",
    Geometric: "geometric",
    Harmonic: "harmonic",
    Power: "power",
    Minimum: "min",
    Maximum: "max",
    Best: "best",
    Last: "last",
    Product: "product",
    Sum: "sum",
}
"""The means by the names that `assets/scoring/means.js` has for them."""


def numbers_of(values: Sequence[float] | NDArray[np.float64]) -> list[Json]:
    """Return numbers as JSON has them: what is absent is null, a whole one has no point.

    Examples:
        >>> numbers_of([85.0, 0.1, math.nan])
        [85, 0.1, None]
    """
    return [_number(float(value)) for value in values]


def _number(value: float) -> Json:
    if not math.isfinite(value):
        return None
    return int(value) if value.is_integer() and abs(value) < _EXACT else value


_EXACT: Final = 2.0**53
