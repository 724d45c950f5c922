"""Two schemes mixed: the tree with its weights from one, the rules from another, adjustments from a third."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from quanheng.engine.figures.for_round import scheme_for
from quanheng.findings.text import Text
from quanheng.findings.value import Value, field
from quanheng.periods.stretch import Stretch
from quanheng.scheme.formulas.own import with_own_parts
from quanheng.scheme.formulas.tree import Call, parts_of
from quanheng.scheme.tree.scheme import Dimension, Indicator, Node, Scheme
from quanheng.scheme.tree.uses import uses_of
from quanheng.studies.compare.causes import Cause


class Schemes(Value):
    """The schemes of both sides, and the months each is asked of; mixtures are made once and kept."""

    pair: tuple[Scheme, Scheme]
    """Both, their formulas written out for the months of the later side: so they can be compared."""
    stretches: tuple[Stretch, Stretch]
    depends_on_round: bool
    """Whether a formula asks something else of the one round than of the other (`own`)."""
    made: dict[tuple[int, int, int, int], Scheme] = field(default_factory=dict)

    def differing(self) -> Iterator[Cause]:
        """Yield in what the schemes differ, as far as a score or a place can depend on it."""
        before, after = self.pair
        if before is after:
            return
        if _tree(before) != _tree(after):
            yield "weights"
        if _rules(before, after) != _rules(after, before):
            yield "rules"
        if before.adjustments != after.adjustments:
            yield "adjustments"

    def mixed(self, *, weights: int, rules: int, adjustments: int, data: int) -> Scheme:
        """Return the scheme of which each part is from the side 0 or 1, asked of the months of `data`."""
        key = (weights, rules, adjustments, data if self.depends_on_round else 1)
        if key not in self.made:
            sides = self.pair
            scheme = _mixed(sides[weights], sides[rules], sides[adjustments])
            self.made[key] = scheme_for(scheme, self.stretches[data]) if self.depends_on_round else scheme
        return self.made[key]


def schemes_of(before: Scheme, after: Scheme, stretches: tuple[Stretch, Stretch]) -> Schemes:
    """Return the schemes of two sides, each asked of its months."""
    earlier = with_own_parts(before, stretches[1])
    # the very same object where they are alike, so that its stages are compiled once
    pair = (after if earlier == after else earlier, after)
    depends = any(scheme_for(each, stretches[0]) != each for each in pair)
    return Schemes(pair=pair, stretches=stretches, depends_on_round=depends)


def _mixed(tree: Scheme, rules: Scheme, adjustments: Scheme) -> Scheme:
    """Return the tree and marks of `tree`, with each indicator rated as `rules` says, if that knows it."""
    if tree is rules is adjustments:
        return tree
    own = {node.code: node for node in rules.nodes}
    root = _node(tree.root, own)
    assert isinstance(root, Dimension)  # noqa: S101 - narrows the type: a root is a dimension
    codes = {node.code for node in tree.nodes}
    items = {item.code: item for item in (*adjustments.items, *tree.items, *rules.items)}
    computed = tuple(each for each in adjustments.adjustments.rules if each.node in codes)
    return replace(
        rules,
        groups=tree.groups,
        root=root,
        items=tuple(items.values()),
        **rules.ties_among(codes),
        adjustments=replace(adjustments.adjustments, rules=computed),
        hash="",
    )


def _node(node: Node, rules: dict[str, Node]) -> Node:
    """Return a node of the tree as the rules have it; one that they do not know stays as it is."""
    own = rules.get(node.code)
    if isinstance(node, Indicator):
        return replace(own, weights=node.weights) if isinstance(own, Indicator) else node
    children = tuple(_node(child, rules) for child in node.children)
    if isinstance(own, Dimension):
        return replace(
            node,
            children=children,
            aggregate=own.aggregate,
            rule=own.rule,
            direction=own.direction,
            within=own.within,
            coefficient=own.coefficient,
            bounds=own.bounds,
            least=own.least,
            rounding=own.rounding,
        )
    return replace(node, children=children)


def _tree(scheme: Scheme) -> object:
    """Return what the cause `weights` is: who is whose child, how much each weighs, what a group is worth."""
    marks = tuple((group.code, group.marks) for group in scheme.groups)
    nodes = tuple(_of_node(node) for node in scheme.nodes)
    return marks, nodes


def _of_node(node: Node) -> object:
    below = () if isinstance(node, Indicator) else tuple(child.code for child in node.children)
    method = None if isinstance(node, Indicator) else node.method
    return node.code, tuple(sorted(node.weights.items())), below, method


def _rules(scheme: Scheme, other: Scheme) -> object:
    """Return what the cause `rules` is, of the nodes that both schemes have."""
    codes = {node.code for node in other.nodes}
    nodes = {node.code: _rated(node) for node in scheme.nodes if node.code in codes}
    return nodes, scheme.rounding, scheme.ties, scheme.ties_by_group, scheme.at_least


def _rated(node: Node) -> object:
    if isinstance(node, Indicator):
        return replace(node, weights={}, name=Text(), note=Text(), pace=None)
    ruled = node.rule, node.direction, node.within
    return node.aggregate, ruled, node.coefficient, node.bounds, node.least, node.rounding


def looks_across_groups(scheme: Scheme) -> bool:
    """Return whether the score of a unit may depend on units of another group."""
    for indicator in scheme.all_rated:
        attribute = indicator.gaps.missing.attribute
        if indicator.within != "group" or set(indicator.rule.units()) or attribute not in {None, "group"}:
            return True
    return any(
        isinstance(part, Call) and part.function == "share"
        for use in uses_of(scheme)
        for part in parts_of(use.formula.tree)
    )
