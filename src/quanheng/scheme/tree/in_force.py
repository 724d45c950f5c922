"""Nodes that count from some time on, or until some: the scheme of a day (units §3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import replace
from math import fsum
from typing import Final

from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.formulas.parse import parse_formula
from quanheng.scheme.formulas.tree import Formula, names_in
from quanheng.scheme.grades.tiers import Award, Tier
from quanheng.scheme.tree.scheme import Dimension, Indicator, Node, Scheme

_NEVER: Final = parse_formula("1 < 0")


def has_spans(scheme: Scheme) -> bool:
    """Return whether a node of `scheme` counts in some rounds only."""
    return any(node.since is not None or node.until is not None for node in scheme.nodes)


def scheme_on(scheme: Scheme, day: dt.date) -> Scheme:
    """Return `scheme` with the nodes that are in force on `day`, for all times; itself where all always are.

    Under `marks` a dimension is worth what its children of then are. Ties, computed marks, awards and
    conditions of tiers that look at a node which is not there are left out.
    """
    if not has_spans(scheme):
        return scheme
    root = _on(scheme.root, day)
    assert isinstance(root, Dimension)  # noqa: S101 - narrows the type: a root is a dimension
    root = replace(root, weights=scheme.root.weights)
    left = {node.code for node in _below(root)}
    lost = frozenset(node.code for node in scheme.nodes) - left - {item.code for item in scheme.items}
    rules = tuple(rule for rule in scheme.adjustments.rules if rule.kind == "veto" or rule.node in left)
    return replace(
        scheme,
        root=root,
        adjustments=replace(scheme.adjustments, rules=rules),
        **scheme.ties_among(left),
        tiers=tuple(_tier(tier, lost) for tier in scheme.tiers),
        lower=tuple(each for each in scheme.lower if not _names(each.condition, lost)),
        awards=tuple(award for award in scheme.awards if not _looks_at(award, lost)),
    )


def days_of_change(scheme: Scheme) -> tuple[dt.date, ...]:
    """Return a day of each time in which the same nodes are in force: the first of each but the earliest."""
    found: set[dt.date] = set()
    for node in scheme.nodes:
        if node.since is not None:
            found.update((node.since.start, node.since.start - dt.timedelta(days=1)))
        if node.until is not None:
            found.update((node.until.end, node.until.end + dt.timedelta(days=1)))
    return tuple(sorted(found))


def _on(node: Node, day: dt.date) -> Node | None:
    """Return `node` as it is on `day`, None if it is not in force or has nothing below it that is."""
    if node.since is not None and day < node.since.start:
        return None
    if node.until is not None and day > node.until.end:
        return None
    if isinstance(node, Indicator):
        return replace(node, since=None, until=None)
    children = tuple(child for each in node.children if (child := _on(each, day)) is not None)
    if not children and node.children and node.code != ROOT:
        return None
    return replace(node, children=children, weights=_weights(node, children), since=None, until=None)


def _weights(node: Dimension, children: Collection[Node]) -> dict[str, float]:
    inhabited = {group for child in children for group in child.weights}
    weights = {group: weight for group, weight in node.weights.items() if group in inhabited}
    before = {child.code: child.weights for child in node.children}
    alike = before == {child.code: child.weights for child in children}
    if node.method.basis != "marks" or alike:
        return weights
    return {
        group: fsum(child.weights[group] for child in children if group in child.weights) for group in weights
    }


def _below(node: Node) -> Iterator[Node]:
    yield node
    if isinstance(node, Dimension):
        for child in node.children:
            yield from _below(child)


def _tier(tier: Tier, lost: Collection[str]) -> Tier:
    if tier.condition is not None and _names(tier.condition, lost):
        tier = replace(tier, condition=_NEVER)
    return replace(tier, unless=None) if tier.unless is not None and _names(tier.unless, lost) else tier


def _looks_at(award: Award, lost: Collection[str]) -> bool:
    return any(formula is not None and _names(formula, lost) for formula in (award.condition, award.by))


def _names(formula: Formula, codes: Collection[str]) -> bool:
    return any(name in codes for name in names_in(formula.tree))
