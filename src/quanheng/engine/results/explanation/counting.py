"""What of a node counts for a unit: its weight by an attribute of the unit, the children that are chosen."""

from __future__ import annotations

from collections.abc import Iterator

from quanheng.engine.frame import columns as c
from quanheng.engine.results.explanation.explanation import Explanation
from quanheng.engine.results.explanation.reader import Reader
from quanheng.findings.text import Text
from quanheng.scheme.formulas.tree import Formula
from quanheng.scheme.gaps.policies import Least
from quanheng.scheme.tree.scheme import Dimension, Indicator, Node
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


def lacking(reader: Reader, node: Node) -> Least | None:
    """Return how much of a dimension would have to be there, where it has no points for want of it."""
    has_points = reader.number(c.points(node.code)) is not None
    if has_points or isinstance(node, Indicator) or node.least is None:
        return None
    return node.least if node.least.asks_for_some else None


def wanting(reader: Reader, node: Node) -> Iterator[Text]:
    """Yield what is required below a dimension and not there (absence §9)."""
    if isinstance(node, Indicator) or node.least is None:
        return
    for child in node.children:
        if child.code in node.least.required and reader.group in child.groups:
            absence = reader.row.get(c.absence(child.code)) if isinstance(child, Indicator) else c.PRESENT
            has_points = reader.number(c.points(child.code)) is not None
            if absence != c.NOT_APPLICABLE and not (has_points and absence == c.PRESENT):
                yield child.name


def unmet(reader: Reader, node: Node) -> Formula | None:
    """Return the condition of a dimension that does not hold for the unit."""
    if isinstance(node, Indicator) or node.condition is None or reader.row.get(c.stands(node.code)):
        return None
    return node.condition
