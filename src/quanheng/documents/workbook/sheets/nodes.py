"""The nodes of the tree as columns: how they stand side by side, and which column says what of a node."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import assert_never

from quanheng.documents.workbook.draft.draft import Draft
from quanheng.documents.workbook.formulas.cells import Column, Shown
from quanheng.documents.workbook.formulas.references import across, here
from quanheng.engine.frame import columns as c
from quanheng.scheme.tree.scheme import Dimension, Indicator, Node


def side_by_side(root: Dimension) -> tuple[Node, ...]:
    """Return the nodes level by level, so that the children of a dimension stand beside each other.

    Then a range names them, and a mean over them is one SUMPRODUCT however many there are.
    """
    nodes: list[Node] = [root]
    for node in nodes:
        if isinstance(node, Dimension):
            nodes.extend(node.children)
    return tuple(nodes)


def ends(dimension: Dimension) -> tuple[str, str]:
    """Return the codes of the first and the last child of `dimension`."""
    return dimension.children[0].code, dimension.children[-1].code


def ends_of(node: Node) -> Iterator[tuple[str, Mapping[str, float]]]:
    """Yield the floor, the cap and the caps under conditions of a node, in marks by group."""
    yield "floor", node.bounds.floor
    yield "cap", node.bounds.cap
    for index, ceiling in enumerate(node.bounds.ceilings):
        yield f"ceiling {index}", ceiling.marks


def weight_key(code: str) -> str:
    """Return the key of the line of the weight of the node `code`."""
    return f"weight|{code}"


def in_force_key(code: str) -> str:
    """Return the key of the column of the weight of the node `code` that is in force for a unit."""
    return f"in_force|{code}"


def in_force_of(dimension: Dimension) -> str:
    """Return the reference to the weights in force of the children of `dimension`."""
    first, last = ends(dimension)
    return across(in_force_key(first), in_force_key(last))


def points_of(dimension: Dimension) -> str:
    """Return the reference to the points of the children of `dimension`."""
    first, last = ends(dimension)
    return across(c.points(first), c.points(last))


def is_adjusted(draft: Draft, node: Node) -> bool:
    """Return whether marks are given or taken at `node`."""
    return any(draft.facts.has(c.adjust(node.code, kind)) for kind in ("bonus", "penalty"))


def is_changed(draft: Draft, node: Node) -> bool:
    """Return whether the score of `node` is something else than what it earns: adjusted, or cut."""
    return bool(node.bounds) or is_adjusted(draft, node)


def end_key(code: str, end: str) -> str:
    """Return the key of the line of the `floor` or the `cap` of the node `code`."""
    return f"{end}|{code}"


def sums_scores(node: Node) -> bool:
    """Return whether the score of `node` is the sum of its children's rounded scores (points §3)."""
    return isinstance(node, Dimension) and node.sums_scores


def printed_points(draft: Draft, node: Node) -> int | None:
    """Return with how many decimals the points of `node` are shown; None as they come."""
    printed = draft.scheme.rounding.printed.points
    return node.rounding.points if printed is None else printed


def printed_score(draft: Draft, node: Node) -> int | None:
    """Return with how many decimals the score of `node`, before a total is rounded, is shown."""
    printed = draft.scheme.rounding.printed.scores
    return node.rounding.scores if printed is None else printed


def printed_total(draft: Draft) -> int | None:
    """Return with how many decimals the total is shown; None as it comes."""
    printed = draft.scheme.rounding.shown_total
    return printed_score(draft, draft.scheme.root) if printed is None else printed


def own_points_key(draft: Draft, node: Node) -> str:
    """Return the key of the points of `node` before anything is given or taken at it."""
    apart = is_changed(draft, node) and not sums_scores(node)
    return f"own|{node.code}" if apart else c.points(node.code)


def has_points(draft: Draft, node: Node) -> str:
    """Return the condition that `node` has points for the unit: an indicator its own, a dimension a child's.

    It must not look at points that follow from a score, or the formulas would go in a circle.
    """
    match node:
        case Indicator():
            return f"ISNUMBER({here(own_points_key(draft, node))})"
        case Dimension():
            return f"SUM({in_force_of(node)})>0"
        case _:
            assert_never(node)


def node_column(
    draft: Draft,
    node: Node,
    key: str,
    formula: str,
    *,
    values: Sequence[Shown] | None = None,
    decimals: int | None = None,
) -> Column:
    """Return the live column `key` of `node`, which shows `values` (by default the engine's column `key`)."""
    return Column(
        key=key,
        title=draft.name_of(node),
        role="live",
        values=draft.facts.shown(key) if values is None else values,
        formula=formula,
        code=node.code,
        groups=frozenset(node.groups),
        decimals=decimals,
    )
