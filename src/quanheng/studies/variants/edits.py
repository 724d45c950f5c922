"""A scheme with something changed: what studies and `whatif` ask of a book that is otherwise the same.

Each function takes a scheme and returns another one; the one given stays as it is. What a changed scheme
means is what it would mean if somebody had written it so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from quanheng.findings.errors import UsageError
from quanheng.findings.nearest import no_such
from quanheng.findings.text import Text
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.tree.scheme import Dimension, Indicator, Node, Scheme
from quanheng.scheme.weights.methods import Relative


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
    its other children keep what they have, or weigh 1 where their method stated nothing.

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

    return with_dimensions(scheme, weighed)


def _weighed(child: Node, parent: Dimension, weights: Weights) -> Node:
    own = child.weights if parent.method.is_stated else dict.fromkeys(child.groups, 1.0)
    given = weights.get(child.code, {})
    return replace(child, weights={group: given.get(group, own[group]) for group in child.groups})


def without(scheme: Scheme, code: str) -> Scheme:
    """Return `scheme` without a node and what is below it: its weight goes to its siblings in proportion.

    Raises:
        UsageError: there is no such node, it is the root, or nothing would be left.
    """
    node_called(scheme, code)
    left = with_nodes(scheme, lambda node: None if node.code == code else node)
    if not left.root.children:
        raise UsageError(f"without {code!r} nothing is left to score", f"去掉“{code}”后没有可计分的指标")
    gone = {node.code for node in scheme.nodes} - {node.code for node in left.nodes}
    return _relative_where_changed(
        replace(left, ties=tuple(tie for tie in left.ties if tie not in gone)), scheme
    )


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
