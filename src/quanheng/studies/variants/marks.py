"""Marks in a changed scheme: what nodes are worth by it, where formulas give marks as a part of that."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from quanheng.scheme.rules.marks import ByMarks
from quanheng.scheme.rules.percentile import Percentile
from quanheng.scheme.tree.scheme import Dimension, Node, Scheme
from quanheng.scheme.tree.uses import marked_by_formulas
from quanheng.scheme.tree.worth import worth_of
from quanheng.scheme.weights.methods import Marks

_Worth = Mapping[str, float]
"""By group, what a node is worth."""


def in_marks(changed: Scheme, before: Scheme) -> Scheme:
    """Return `changed`, its weights written as marks again wherever `before` states marks.

    Only proportions among siblings count, but a formula that gives marks looks at what its node is worth: a
    node that weighs 50 beside one of 60 is worth 45.45 of 100 marks. Where weights are computed, and below,
    nothing says what a node is worth, and formulas look at what it is worth in `before`.

    Examples:
        >>> from quanheng.scheme.files.read import scheme_from_mapping
        >>> from quanheng.studies.variants.edits import with_weights
        >>> leaves = {
        ...     "a": {"measure": "x", "weight": 40, "rule": {"marks": "marks - x"}},
        ...     "b": {"measure": "x", "weight": 60, "rule": "given"},
        ... }
        >>> scheme = scheme_from_mapping({"items": {"x": {}}, "indicators": leaves})
        >>> heavier = with_weights(scheme, {"a": {"all": 90}})  # b keeps its 60
        >>> [node.weights["all"] for node in heavier.root.children]
        [60.0, 40.0]
    """
    if not marked_by_formulas(before):
        return changed
    worth = {group.code: group.marks for group in changed.groups}
    return replace(changed, root=_settled(changed.root, worth, before), hash="")


def with_worthless_rated(scheme: Scheme) -> Scheme:
    """Return `scheme`, nodes that are worth nothing in it rated otherwise than by a formula that gives marks.

    Of no marks nothing can be given; what points such a node has does not count, nor is it asked for.

    Examples:
        >>> from quanheng.scheme.files.read import scheme_from_mapping
        >>> from quanheng.studies.variants.edits import with_weights
        >>> leaves = {
        ...     "a": {"measure": "x", "weight": 40, "rule": {"marks": "marks - x"}},
        ...     "b": {"measure": "x", "weight": 60, "rule": "given"},
        ... }
        >>> scheme = scheme_from_mapping({"items": {"x": {}}, "indicators": leaves})
        >>> left_out = with_weights(scheme, {"a": {"all": 0}})
        >>> with_worthless_rated(left_out).root.children[0].rule.name
        'percentile'
    """
    worth = {node.code: worth_of(scheme, node.code) for node in marked_by_formulas(scheme)}
    worthless = {code for code, known in worth.items() if known is not None and max(known.values()) <= 0.0}
    return replace(scheme, root=_rated(scheme.root, worthless), hash="") if worthless else scheme


def _rated(dimension: Dimension, worthless: Collection[str]) -> Dimension:
    children = tuple(
        _rated(each, worthless)
        if isinstance(each, Dimension)
        else replace(each, rule=Percentile())
        if each.code in worthless
        else each
        for each in dimension.children
    )
    rule = Percentile() if dimension.code in worthless else dimension.rule
    return replace(dimension, children=children, rule=rule)


def _settled(dimension: Dimension, worth: _Worth | None, before: Scheme) -> Dimension:
    """Return a dimension that is worth so much, None where nothing says how much."""
    if not dimension.aggregate.shares_marks:
        children = tuple(_as_sum(child, worth, before) for child in dimension.children)
        return replace(dimension, children=children)
    if worth is None or not _states_marks(dimension, before):
        return replace(dimension, children=tuple(_below(each, None, before) for each in dimension.children))
    whole = {
        group: sum(child.weights.get(group, 0.0) for child in dimension.children)
        for group in dimension.groups
    }
    children = tuple(
        _below(replace(child, weights=own), own, before)
        for child in dimension.children
        for own in [
            {
                group: worth[group] * weight / whole[group] if whole[group] > 0.0 else weight
                for group, weight in child.weights.items()
            }
        ]
    )
    return replace(dimension, method=Marks(), children=children)


def _states_marks(dimension: Dimension, before: Scheme) -> bool:
    """Return whether the weights of its children are stated, and were so in marks."""
    known = next((each for each in before.dimensions if each.code == dimension.code), None)
    return dimension.method.is_stated and known is not None and known.method.basis == "marks"


def _as_sum(child: Node, worth: _Worth | None, before: Scheme) -> Node:
    """Return a child of a sum: its weight plays no part, but that it is none or some."""
    if worth is None and isinstance(child.rule, ByMarks):
        known = worth_of(before, child.code)
        if known is not None:
            child = replace(child, weights={group: known[group] for group in child.weights})
    return _below(child, worth, before)


def _below(child: Node, worth: _Worth | None, before: Scheme) -> Node:
    return _settled(child, worth, before) if isinstance(child, Dimension) else child
