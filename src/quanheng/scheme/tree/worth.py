"""What nodes are worth in marks by the scheme, before any weight is shared out (points §1 h)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from quanheng.scheme.rules.marks import ByMarks
from quanheng.scheme.tree.scheme import Indicator, Scheme


def worth_of(scheme: Scheme, code: str) -> Mapping[str, float] | None:
    """Return what the node is worth in each of its groups; None where the scheme states no marks.

    Marks are stated where those of all nodes above are. What is added up is worth what the sum is; where the
    children of such a node have marks of their own, they have to come to as much.

    Examples:
        >>> from quanheng.scheme.files.read import scheme_from_mapping
        >>> leaf = {"measure": "x", "rule": "given"}
        >>> sums = {"weight": 60, "aggregate": "sum", "children": {"a": leaf, "b": leaf}}
        >>> tree = {"sums": sums, "rest": {"weight": 40, **leaf}}
        >>> scheme = scheme_from_mapping({"items": {"x": {}}, "indicators": tree})
        >>> [worth_of(scheme, code) for code in ("total", "sums", "a", "rest")]
        [{'all': 100.0}, {'all': 60.0}, {'all': 60.0}, {'all': 40.0}]
    """
    node, parent = scheme.node(code), scheme.parent_of(code)
    if parent is None:
        return {group.code: group.marks for group in scheme.groups}
    above = worth_of(scheme, parent.code)
    if above is None:
        return None
    if not parent.aggregate.shares_marks:
        return {group: above[group] for group in node.weights}
    if parent.method.basis != "marks" or any(
        abs(parent.weights[group] - above[group]) > _SLACK for group in node.weights
    ):
        return None
    return node.weights


_SLACK = 1e-9


def with_worth(indicator: Indicator, scheme: Scheme) -> Indicator:
    """Return an indicator, or a dimension as its rule sees it, with what it is worth as its weights.

    So it is only where a formula gives its marks.
    """
    if not isinstance(indicator.rule, ByMarks):
        return indicator
    worth = worth_of(scheme, indicator.code)
    return indicator if worth is None else replace(indicator, weights=worth)


def worth_stated_at(scheme: Scheme, code: str) -> str:
    """Return the node whose weight says what the node `code` is worth: itself, or the sum that it is in."""
    parent = scheme.parent_of(code)
    while parent is not None and not parent.aggregate.shares_marks:
        code, parent = parent.code, scheme.parent_of(parent.code)
    return code
