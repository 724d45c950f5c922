"""What formulas ask of nodes, as columns beside the measures: `points(bad)` looks at the points of `bad`."""

from __future__ import annotations

from quanheng.documents.workbook.draft.draft import Draft
from quanheng.documents.workbook.formulas.cells import MISSING, NOT_APPLICABLE, Column, quoted
from quanheng.documents.workbook.formulas.references import here
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.rounding import COMPARED_DECIMALS
from quanheng.scheme.formulas.tree import OfNode
from quanheng.scheme.tree.named import asked_in, below
from quanheng.scheme.tree.scheme import Dimension, Indicator, Node


def add_named_nodes(draft: Draft) -> None:
    """Add to the sheet of measures what formulas ask of nodes (points §10), live where that is shown."""
    for part in asked_in(draft.scheme):
        _add(draft, part, draft.scheme.node(part.node))


def _add(draft: Draft, part: OfNode, node: Node) -> None:
    key = c.of_node(part.node, part.function, part.by)
    live = _live(draft, node) if part.function == "points" and part.by is None else None
    draft.add(
        "measures",
        Column(
            key=key,
            title=draft.say(f"measures.node_{part.function}", name=_called(draft, part, node)),
            role="frozen" if live is None else "live",
            values=draft.facts.reported(key, c.of_node_na(part.node, part.by)),
            formula=live,
            note=part.text if live else draft.say("measures.node_frozen"),
            code=node.code,
        ),
    )


def _called(draft: Draft, part: OfNode, node: Node) -> str:
    return draft.name_of(node) if part.by is None else f"{draft.name_of(node)}, {part.by}"


def _live(draft: Draft, node: Node) -> str | None:
    """Return the formula of the points of a node; None where they are not those that the workbook shows.

    Those of a node whose scores add up rounded follow from these. Where an indicator is not of all groups,
    some rows have no measure to tell by what does not apply.
    """
    leaves = [each for each in below(node) if isinstance(each, Indicator)]
    everyone = {group.code for group in draft.scheme.groups}
    summed = isinstance(node, Dimension) and node.sums_scores
    if summed or len(leaves) > _MOST or any(set(leaf.groups) != everyone for leaf in leaves):
        return None
    points, none = here(c.points(node.code)), quoted(NOT_APPLICABLE)
    away = ",".join(f"{here(c.measure(leaf.code))}={none}" for leaf in leaves)
    state = f"IF(AND({away}),{none},{quoted(MISSING)})"
    return f"IF(ISNUMBER({points}),ROUND({points},{COMPARED_DECIMALS}),{state})"


_MOST = 50
"""Of so many indicators a formula asks whether they apply."""
