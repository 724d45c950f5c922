"""What of a node counts for a unit: its weight by an attribute of the unit, the children that are chosen."""

from __future__ import annotations

from quanheng.engine.frame import columns as c
from quanheng.engine.results.explanation.explanation import Explanation
from quanheng.engine.results.explanation.reader import Reader
from quanheng.scheme.tree.scheme import Dimension, Node
from quanheng.scheme.weights.aggregation import Best, Last, chosen
from quanheng.scheme.weights.methods import ByAttribute


def weighed_by(reader: Reader, node: Node) -> tuple[str, str, float] | None:
    """Return the attribute, the unit's value of it and the weight, where weights go by an attribute."""
    parent = reader.scheme.parent_of(node.code)
    if parent is None or not isinstance(parent.method, ByAttribute):
        return None
    attribute = parent.method.attribute
    weight = reader.number(c.unit_weight(parent.code, node.code))
    return None if weight is None else (attribute, str(reader.row.get(c.attribute(attribute))), weight)


def chosen_of(node: Node, children: tuple[Explanation, ...]) -> tuple[str, ...]:
    """Return the children that count where only some of them do, by their points."""
    if not isinstance(node, Dimension) or not isinstance(node.aggregate, Best | Last):
        return ()
    may = {child.node: child.points for child in children if child.share and child.points is not None}
    return chosen(node.aggregate, may)
