"""A scheme with something changed: what studies and `whatif` ask of a book that is otherwise the same.

Each function takes a scheme and returns another one; the one given stays as it is. What a changed scheme
means is what it would mean if somebody had written it so.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace

from quanheng.findings.errors import UsageError
from quanheng.findings.nearest import no_such
from quanheng.findings.text import Text
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.tree.scheme import Dimension, Indicator, Node, Scheme
from quanheng.scheme.weights.methods import Relative, WeightMethod
from quanheng.studies.variants.marks import in_marks


def with_nodes(scheme: Scheme, changed: Callable[[Node], Node | None]) -> Scheme:
    """Return `scheme` with each node below the root as `changed` returns it; None takes it out.

    Children come before their parents. A dimension that loses all its children goes, too.

    Examples:
        >>> from quanheng.scheme.files.read import scheme_from_mapping
        >>> rated = {"measure": "x", "weight": 1, "rule": "percentile"}
        >>> rows = {"a": rated, "b": rated}
        >>> scheme = scheme_from_mapping({"weights": "relative", "items": {"x": {}}, "indicators": rows})
        >>> [node.code for node in with_nodes(scheme, lambda node: None if node.code == "a" else node).nodes]
        ['total', 'b']
    """
    root = replace(scheme.root, children=tuple(_changed(scheme.root, changed)))
    return replace(scheme, root=root, hash="")


def _changed(parent: Dimension, changed: Callable[[Node], Node | None]) -> Iterator[Node]:
    for child in parent.children:
        node: Node = child
        if isinstance(child, Dimension):
            below = tuple(_changed(child, changed))
            if not below:
                continue
            node = replace(child, children=below)
        new = changed(node)
        if new is not None:
            yield new


def with_dimensions(scheme: Scheme, changed: Callable[[Dimension], Dimension]) -> Scheme:
    """Return `scheme` with each dimension, and the root, as `changed` returns it; children come first."""
    below = with_nodes(scheme, lambda node: changed(node) if isinstance(node, Dimension) else node)
    return replace(below, root=changed(below.root))


def with_indicators(scheme: Scheme, changed: Callable[[Indicator], Indicator]) -> Scheme:
    """Return `scheme` with each indicator as `changed` returns it."""
    return with_nodes(scheme, lambda node: changed(node) if isinstance(node, Indicator) else node)


Weights = Mapping[str, Mapping[str, float]]
"""By node, its weight in each group; only proportions among siblings count."""


def with_weights(scheme: Scheme, weights: Weights) -> Scheme:
    """Return `scheme` with stated weights in place of its own.

    Each dimension of which a child is in `weights` takes them as relative weights, whatever its method was;
    its other children keep what they have, or weigh 1 where their method stated nothing. What formulas ask
    for as `marks` follows (`marks.py`).

    Raises:
        UsageError: a node is not in the scheme, or is the root.
    """
    for code in weights:
        node_called(scheme, code)

    def weighed(dimension: Dimension) -> Dimension:
        if not any(child.code in weights for child in dimension.children):
            return dimension
        children = tuple(_weighed(child, dimension, weights) for child in dimension.children)
        return replace(dimension, method=Relative(), children=children)

    return in_marks(with_dimensions(scheme, weighed), scheme)


def _weighed(child: Node, parent: Dimension, weights: Weights) -> Node:
    own = child.weights if parent.method.is_stated else dict.fromkeys(child.groups, 1.0)
    given = weights.get(child.code, {})
    return replace(child, weights={group: given.get(group, own[group]) for group in child.groups})


def with_method(scheme: Scheme, codes: Collection[str], method: WeightMethod) -> Scheme:
    """Return `scheme` with `method` weighing the children of the dimensions that are named.

    A child whose stated weight is 0 in a group is watched and counts for nothing there; it does not begin to
    count, but is left out for the group.

    Examples:
        >>> from quanheng.scheme.files.read import scheme_from_mapping
        >>> from quanheng.scheme.weights.methods import Equal
        >>> leaves = {
        ...     code: {"measure": "x", "weight": weight, "rule": "given"}
        ...     for code, weight in [("a", 3), ("b", 0)]
        ... }
        >>> scheme = scheme_from_mapping({"weights": "relative", "items": {"x": {}}, "indicators": leaves})
        >>> [node.code for node in with_method(scheme, ["total"], Equal()).nodes]
        ['total', 'a']
    """

    def weighed(dimension: Dimension) -> Dimension:
        if dimension.code not in codes:
            return dimension
        children = [_in_groups(child, counting_in(child, dimension)) for child in dimension.children]
        left = tuple(child for child in children if child is not None)
        fewest = min(sum(group in child.groups for child in left) for group in dimension.groups)
        return replace(dimension, method=method.with_children(max(1, fewest)), children=left)

    changed = with_dimensions(scheme, weighed)
    left = {node.code for node in changed.nodes}
    return in_marks(replace(changed, **changed.ties_among(left)), scheme)


def counting_in(child: Node, parent: Dimension) -> tuple[str, ...]:
    """Return the groups in which `child` counts in its `parent`: not those where its stated weight is 0."""
    if not parent.method.is_stated:
        return child.groups
    return tuple(group for group in child.groups if child.weights[group] > 0.0)


def _in_groups(node: Node, groups: Collection[str]) -> Node | None:
    """Return `node` and what is below it for some of its groups; None where none is left."""
    weights = {group: weight for group, weight in node.weights.items() if group in groups}
    if not weights:
        return None
    if len(weights) == len(node.weights):
        return node
    if not isinstance(node, Dimension):
        return replace(node, weights=weights)
    children = [_in_groups(child, weights) for child in node.children]
    return replace(node, weights=weights, children=tuple(child for child in children if child is not None))


def without(scheme: Scheme, code: str) -> Scheme:
    """Return `scheme` without a node and what is below it: its weight goes to its siblings in proportion.

    Raises:
        UsageError: there is no such node, it is the root, or nothing would be left.
    """
    node_called(scheme, code)
    left = with_nodes(scheme, lambda node: None if node.code == code else node)
    if not left.root.children:
        raise UsageError(f"without {code!r} nothing is left to score", f"去掉“{code}”后没有可计分的指标")
    kept = {node.code for node in left.nodes}
    return in_marks(_relative_where_changed(replace(left, **left.ties_among(kept)), scheme), scheme)


def _relative_where_changed(left: Scheme, before: Scheme) -> Scheme:
    """Take stated marks as relative weights where they no longer add up."""
    children = {each.code: len(each.children) for each in before.dimensions}

    def settled(dimension: Dimension) -> Dimension:
        if len(dimension.children) == children[dimension.code] or not dimension.method.is_stated:
            return replace(dimension, method=dimension.method.with_children(len(dimension.children)))
        return replace(dimension, method=Relative())

    return with_dimensions(left, settled)


def node_called(scheme: Scheme, code: str) -> Node:
    """Return the node below the root with this code or name.

    Raises:
        UsageError: there is none; the message offers the nearest.
    """
    below = [node for node in scheme.nodes if node.code != ROOT]
    for node in below:
        if code in (node.code, node.name.zh, node.name.en):
            return node
    raise no_such(Text(en="node", zh="节点"), code, [node.code for node in below])
