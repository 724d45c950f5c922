"""What formulas ask of nodes, as columns beside the measures: `points(bad)` looks at the points of `bad`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from quanheng.documents.workbook.draft.draft import Draft
from quanheng.documents.workbook.formulas.cells import MISSING, NOT_APPLICABLE, Column, quoted
from quanheng.documents.workbook.formulas.references import by_group, here, whole_span
from quanheng.documents.workbook.sheets.nodes import weight_key
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.rounding import COMPARED_DECIMALS
from quanheng.scheme.formulas.tree import NodeFunction, OfNode
from quanheng.scheme.tree.named import asked_in, below
from quanheng.scheme.tree.scheme import Dimension, Indicator, Node, Scheme


def add_named_nodes(draft: Draft) -> None:
    """Add to the sheet of measures what formulas ask of nodes (points §10), live where that is shown."""
    for part in asked_in(draft.scheme):
        _add(draft, part, draft.scheme.node(part.node))


def _add(draft: Draft, part: OfNode, node: Node) -> None:
    key = c.of_node(part.node, part.function, part.by)
    if draft.has(key):
        return
    if part.by is not None:
        _add(draft, replace(part, by=None), node)
        live = _mean_of_related(draft, part, part.by)
        formulas = None if live is None else dict.fromkeys(draft.rows.groups, live)
    else:
        formulas = _live(draft, node, part.function)
    draft.add(
        "measures",
        Column(
            key=key,
            title=draft.say(f"measures.node_{part.function}", name=_called(draft, part, node)),
            role="frozen" if formulas is None else "live",
            values=draft.facts.reported(key, c.of_node_na(part.node, part.by)),
            formula=None if formulas is None else next(iter(formulas.values())),
            of_groups=formulas or {},
            array=formulas is not None and part.by is not None,
            note=part.text if formulas else draft.say("measures.node_frozen"),
            code=node.code,
        ),
    )


def _called(draft: Draft, part: OfNode, node: Node) -> str:
    return draft.name_of(node) if part.by is None else f"{draft.name_of(node)}, {part.by}"


def _mean_of_related(draft: Draft, part: OfNode, by: str) -> str | None:
    """Return the mean over the units whose attribute `by` names the unit; None where it names nobody.

    EXACT, for `=` takes A for a; what has no points is no number and left out.
    """
    attribute = c.attribute(by)
    if not draft.has(attribute) or not any(isinstance(each, str) for each in draft.facts.raw(attribute)):
        return None
    points = whole_span(c.of_node(part.node, part.function))
    named = f"EXACT({whole_span(attribute)},{here('measures|unit')})"
    known = f"IF({named}*ISNUMBER({points}),{points},{quoted(MISSING)})"
    mean = f"IF(COUNT({known})=0,{quoted(MISSING)},ROUND(AVERAGE({known}),{COMPARED_DECIMALS}))"
    return f"IF(SUM(IF({named},1,0))=0,{quoted(NOT_APPLICABLE)},{mean})"


def _live(draft: Draft, node: Node, function: NodeFunction) -> dict[str, str] | None:
    """Return by group the formula of what a node has; None where the workbook does not show its points.

    Those of a node whose scores add up rounded follow from these.
    """
    leaves = [each for each in below(node) if isinstance(each, Indicator)]
    summed = isinstance(node, Dimension) and node.sums_scores
    if summed or len(leaves) > _MOST:
        return None
    return {
        group: _in_group(
            node,
            [leaf for leaf in leaves if group in leaf.groups],
            worth=_marks(draft.scheme, node, group) if function == "score" else None,
        )
        for group in draft.rows.groups
    }


def _marks(scheme: Scheme, node: Node, group: str) -> str:
    """Return what a node is worth by the sheet of weights, before the weight of what is absent is shared."""
    parts: list[str] = []
    parent = scheme.parent_of(node.code)
    while parent is not None:
        own = by_group(weight_key(node.code))
        weights = (by_group(weight_key(child.code)) for child in parent.children if group in child.weights)
        whole = f"SUM({','.join(weights)})"
        share = f"{own}/{whole}" if parent.aggregate.shares_marks else "1"
        parts.insert(0, f"IF(N({own})>0,{share},0)")
        node, parent = parent, scheme.parent_of(parent.code)
    return "*".join([by_group(weight_key(node.code)), *parts])


def _in_group(node: Node, leaves: Sequence[Indicator], *, worth: str | None) -> str:
    """Return the points of a node, or with what it is `worth` its score, else the state of what is absent."""
    points, none = here(c.points(node.code)), quoted(NOT_APPLICABLE)
    if not leaves:
        return none
    away = ",".join(f"{here(c.measure(leaf.code))}={none}" for leaf in leaves)
    state = f"IF(AND({away}),{none},{quoted(MISSING)})"
    value = points if worth is None else f"{worth}*{points}/100"
    return f"IF(ISNUMBER({points}),ROUND({value},{COMPARED_DECIMALS}),{state})"


_MOST = 50
"""Of so many indicators a formula asks whether they apply."""
