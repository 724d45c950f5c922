"""Nodes that formulas name, `points(bad)`: in which order they are known, and what they are worth."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from quanheng.findings.value import Value
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.formulas.tree import Formula, NodeFunction, OfNode, nodes_in
from quanheng.scheme.grades.grades import Adjustments
from quanheng.scheme.tree.scheme import Dimension, Indicator, Node, Scheme

_WHOLE: Final = 100.0


class NamedNode(Value):
    """A node that formulas name, and the part of the scheme that says what it has by itself (points §10)."""

    node: Node
    part: Scheme
    functions: frozenset[NodeFunction]
    """Whether its points are asked for, its score, or both."""
    related: tuple[OfNode, ...] = ()
    """What is asked for of other units: those whose column names the unit."""


def below(node: Node) -> Iterator[Node]:
    """Yield `node` and all nodes below it, parents first."""
    yield node
    if isinstance(node, Dimension):
        for child in node.children:
            yield from below(child)


def asked_by(node: Node) -> tuple[OfNode, ...]:
    """Return what the points of `node` ask of other nodes, each once: measures, coefficients, conditions."""
    return _asked(formula for each in below(node) for formula in _own_formulas(each))


def asked_in(scheme: Scheme) -> tuple[OfNode, ...]:
    """Return what formulas of `scheme` ask of nodes, each once."""
    return _asked(formulas_over_nodes(scheme))


def formulas_over_nodes(scheme: Scheme) -> Iterator[Formula]:
    """Yield the formulas that may ask for nodes: those of points, then those of caps and adjustments."""
    for node in scheme.nodes:
        yield from _own_formulas(node)
    for node in scheme.nodes:
        yield from (ceiling.condition for ceiling in node.bounds.ceilings)
    adjustments = scheme.adjustments
    asked = [adjustments.bonus.when, adjustments.penalty.when]
    asked += [formula for rule in adjustments.rules for formula in (rule.when, rule.marks)]
    yield from (formula for formula in asked if formula is not None)


def formulas_beside_points(scheme: Scheme, node: Node) -> Iterator[Formula]:
    """Yield the formulas at `node` beside a measure; at the root the gates, too."""
    yield from (formula for formula in _own_formulas(node) if not _is_measure(formula, node))
    yield from (ceiling.condition for ceiling in node.bounds.ceilings)
    adjustments = scheme.adjustments
    asked = [each for rule in adjustments.rules if rule.node == node.code for each in (rule.when, rule.marks)]
    if node.code == ROOT:
        asked += [adjustments.bonus.when, adjustments.penalty.when]
    yield from (formula for formula in asked if formula is not None)


def _is_measure(formula: Formula, node: Node) -> bool:
    return isinstance(node, Indicator) and formula is node.measure


def _own_formulas(node: Node) -> Iterator[Formula]:
    """Yield the formulas that the points of a node by itself are made with."""
    if isinstance(node, Indicator):
        yield node.measure
    if node.coefficient is not None:
        yield node.coefficient
    if isinstance(node, Dimension) and node.condition is not None:
        yield node.condition


def _asked(formulas: Iterable[Formula]) -> tuple[OfNode, ...]:
    return tuple(dict.fromkeys(part for formula in formulas for part in nodes_in(formula.tree)))


def names_nodes(scheme: Scheme) -> bool:
    """Return whether any formula of `scheme` names a node."""
    return any(nodes_in(formula.tree) for formula in formulas_over_nodes(scheme))


def follows_weights(scheme: Scheme) -> bool:
    """Return whether what formulas ask of nodes may change with weights: of an indicator points do not.

    They do not, if what that indicator asks for does not, which is among what the scheme asks for.
    """
    return any(
        part.function == "score" or isinstance(scheme.node(part.node), Dimension) for part in asked_in(scheme)
    )


def circles_of(scheme: Scheme) -> Iterator[tuple[str, ...]]:
    """Yield each way along which a named node asks for itself: its code, first and last, between others."""
    known = {node.code: node for node in scheme.nodes}
    asks = {
        part.node: tuple(
            dict.fromkeys(each.node for each in asked_by(known[part.node]) if each.node in known)
        )
        for part in asked_in(scheme)
        if part.node in known
    }
    done: set[str] = set()
    for first, first_asks in asks.items():
        if first in done:
            continue
        # without recursion: chains may be long
        way, open_nodes = [first], [iter(first_asks)]
        while way:
            following = next(open_nodes[-1], None)
            if following is None:
                open_nodes.pop()
                done.add(way.pop())
            elif following in way:
                yield (*way[way.index(following) :], following)
            elif following not in done:
                way.append(following)
                open_nodes.append(iter(asks[following]))


def named_nodes(scheme: Scheme) -> tuple[NamedNode, ...]:
    """Return the nodes that formulas name, each after those that its own points ask for.

    Raises:
        KeyError: a node is not in the scheme.
    """
    asked = asked_in(scheme)
    found: dict[str, None] = {}
    open_codes = [part.node for part in reversed(asked)]
    while open_codes:
        code = open_codes[-1]
        before = [part.node for part in asked_by(scheme.node(code)) if part.node not in found]
        if code in found or not before:
            open_codes.pop()
            found[code] = None
        else:
            open_codes.extend(before)
    return tuple(
        NamedNode(
            node=scheme.node(code),
            part=_alone(scheme, scheme.node(code)),
            functions=frozenset(part.function for part in asked if part.node == code),
            related=tuple(part for part in asked if part.node == code and part.by is not None),
        )
        for code in found
    )


def marks_by_group(scheme: Scheme, code: str) -> Mapping[str, float] | None:
    """Return what a node is worth by the scheme in each of its groups; None where weights above it differ.

    They do where they are computed, from points or by attributes of the units.
    """
    node, marks = scheme.node(code), {group.code: group.marks for group in scheme.groups}
    parent = scheme.parent_of(code)
    parts = dict.fromkeys(node.weights, 1.0)
    while parent is not None:
        if parent.method.is_computed or parent.method.by_unit:
            return None
        parts = {group: part * _part(parent, node, group) for group, part in parts.items()}
        node, parent = parent, scheme.parent_of(parent.code)
    return {group: marks[group] * part for group, part in parts.items()}


def _part(parent: Dimension, node: Node, group: str) -> float:
    weights = [_weight(parent, child, group) for child in parent.children if group in child.weights]
    own, whole = _weight(parent, node, group), sum(weights)
    if not parent.aggregate.shares_marks:
        return 1.0 if own > 0.0 else 0.0
    return own / whole if whole > 0.0 else 0.0


def _weight(parent: Dimension, child: Node, group: str) -> float:
    return child.weights[group] if parent.method.is_stated else 1.0


def _alone(scheme: Scheme, node: Node) -> Scheme:
    """Return the scheme of one node: nothing given or taken, nothing shared out from elsewhere."""
    marks = marks_by_group(scheme, node.code) or {}
    # with its marks as its weight, so that marks given by a formula are a part of these
    alone = replace(_unrounded(node), weights={each: marks.get(each) or _WHOLE for each in node.weights})
    root = Dimension(code=ROOT, name=scheme.root.name, weights=alone.weights, children=(alone,))
    return replace(
        scheme,
        root=root,
        groups=tuple(replace(group, marks=marks.get(group.code, _WHOLE)) for group in scheme.groups),
        adjustments=Adjustments(),
        rounding=replace(scheme.rounding, total=None),
        ties=(),
        ties_by_group={},
        tiers=(),
        lower=(),
        awards=(),
        reviews=None,
    )


def _unrounded(node: Node) -> Node:
    """Return `node` with all below it, no scores rounded: that would depend on what is shared out above."""
    rounding = replace(node.rounding, scores=None)
    if isinstance(node, Indicator):
        return replace(node, rounding=rounding)
    return replace(node, rounding=rounding, children=tuple(map(_unrounded, node.children)))
