"""The caps of nodes on the sheet of adjustments: what each holds for, and what all of them leave."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from quanheng.documents.workbook.draft.draft import Draft
from quanheng.documents.workbook.formulas.cells import Column, number
from quanheng.documents.workbook.formulas.references import here
from quanheng.engine.frame import columns as c
from quanheng.engine.stages.adjustments.categories import NO_CATEGORY, AdjustmentKind, Claim
from quanheng.engine.stages.adjustments.nodes import NodeCap, node_caps
from quanheng.scheme.tree.scheme import Node

Left: TypeAlias = dict[tuple[str, str], str]
"""For each node and category the formula of what the caps of nodes leave of what is asked for."""


def add_node_caps(draft: Draft, nodes: Sequence[Node], kind: AdjustmentKind) -> Left:
    """Add the sum that each cap of a node holds for, and what all of them leave of each claim at `nodes`."""
    by_code = {node.code: node for node in nodes}
    categories = [each.code for each in draft.scheme.adjustments.categories_of(kind)]
    claims = [
        Claim(node.code, kind, category)
        for node in nodes
        for category in (NO_CATEGORY, *categories)
        if draft.facts.has(c.claim_in(node.code, kind, category))
    ]
    left = {claim: here(c.claim_in(*claim)) for claim in claims}
    caps = node_caps(draft.scheme, kind)
    for cap in caps:
        under = [claim for claim in claims if cap.holds_for(claim)]
        if under:
            _add_sum(draft, cap, "+".join(not_lost(by_code[claim.node], left[claim]) for claim in under))
        for claim in under:
            # a factor, so that caps above each other do not write what is below them twice
            every, most = here(cap.column), number(cap.cap)
            left[claim] = f"{left[claim]}*IF({every}>{most},{most}/{every},1)"
    for claim in claims if caps else ():
        _add_left(draft, by_code[claim.node], claim, left[claim])
        left[claim] = here(c.left(*claim))
    return {(claim.node, claim.category): formula for claim, formula in left.items()}


def not_lost(node: Node, asked: str) -> str:
    """Return the formula of what is asked for, 0 at a node worth nothing: what is lost uses up no cap."""
    return f"IF(N({here(c.marks(node.code))})>0,{asked},0)"


def _add_sum(draft: Draft, cap: NodeCap, formula: str) -> None:
    node = draft.scheme.node(cap.node)
    text = f"adjustments.{cap.kind}_below" if cap.category is None else f"adjustments.{cap.kind}_below_in"
    draft.add(
        "adjustments",
        Column(
            key=cap.column,
            title=draft.say(text, name=draft.name_of(node), category=_name(draft, cap.kind, cap.category)),
            role="live",
            values=draft.facts.shown(cap.column),
            formula=formula,
            note=draft.say("adjustments.cap", cap=number(cap.cap)),
        ),
    )


def _add_left(draft: Draft, node: Node, claim: Claim, formula: str) -> None:
    name = draft.name_of(node)
    if draft.scheme.adjustments.categories_of(claim.kind):
        name = f"{name} · {_name(draft, claim.kind, claim.category)}"
    draft.add(
        "adjustments",
        Column(
            key=c.left(*claim),
            title=draft.say(f"adjustments.{claim.kind}_left", name=name),
            role="live",
            values=draft.facts.shown(c.left(*claim)),
            formula=formula,
            code=node.code,
            groups=frozenset(node.groups),
        ),
    )


def _name(draft: Draft, kind: AdjustmentKind, category: str | None) -> str:
    names = {each.code: each.name for each in draft.scheme.adjustments.categories_of(kind)}
    return draft.say("adjustments.no_category") if category == NO_CATEGORY else names.get(category or "", "")
