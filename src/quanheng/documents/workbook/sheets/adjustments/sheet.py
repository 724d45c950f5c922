"""The sheet of adjustments: what is given and taken beside the indicators, with gates, caps and vetoes."""

from __future__ import annotations

from quanheng.documents.workbook.draft.draft import Draft
from quanheng.documents.workbook.formulas.cells import Column, Shown, number
from quanheng.documents.workbook.formulas.formulas import translated
from quanheng.documents.workbook.formulas.parts import in_a_cell
from quanheng.documents.workbook.formulas.references import here
from quanheng.documents.workbook.sheets.adjustments.entries import (
    asked_key,
    marks_in_entries,
    vetoes_in_entries,
)
from quanheng.documents.workbook.sheets.adjustments.node_caps import Left, add_node_caps, not_lost
from quanheng.documents.workbook.sheets.data import add_identity
from quanheng.documents.workbook.sheets.vocabulary import values_of, verdict, vocabulary
from quanheng.engine.frame import columns as c
from quanheng.engine.stages.adjustments.categories import KINDS, NO_CATEGORY, AdjustmentKind
from quanheng.scheme.formulas.tree import Call, Formula, Number
from quanheng.scheme.grades.grades import ComputedAdjustment, Limit
from quanheng.scheme.tree.scheme import Node


def add_adjustments(draft: Draft) -> None:
    """Fill the sheet of adjustments: entries, computed adjustments, what is asked for, and what counts."""
    add_identity(draft, "adjustments")
    for index, rule in enumerate(draft.scheme.adjustments.rules):
        _add_rule(draft, index, rule)
    for kind in KINDS:
        nodes = [node for node in draft.scheme.nodes if draft.facts.has(c.claim(node.code, kind))]
        for node in nodes:
            _add_claim(draft, node, kind)
        if nodes and draft.scheme.adjustments.limit_of(kind).is_divided:
            _add_categories(draft, nodes, kind, add_node_caps(draft, nodes, kind))
        if nodes:
            _add_limited(draft, nodes, kind)
    _add_veto(draft)


def adjustment_terms(draft: Draft, node: Node) -> str:
    """Return what is added to the score of `node`: `+` what is given, `-` what is taken."""
    signs = {"bonus": "+", "penalty": "-"}
    keys = {sign: c.adjust(node.code, kind) for kind, sign in signs.items()}
    return "".join(f"{sign}{here(key)}" for sign, key in keys.items() if draft.facts.has(key))


def is_given(draft: Draft, node: Node) -> str:
    """Return the condition that something that counts is given or taken at `node`."""
    keys = [c.adjust(node.code, kind) for kind in KINDS]
    return f"OR({','.join(f'N({here(key)})>0' for key in keys if draft.facts.has(key))})"


def _add_rule(draft: Draft, index: int, rule: ComputedAdjustment) -> None:
    key = c.adjustment_rule(index)
    if rule.kind == "veto":
        if rule.when is not None:
            _add_verdict(draft, key, rule.when, title=rule.name, role_text="adjustments.veto_rule")
        return
    if rule.marks is not None:
        # what a formula gives below 0 counts as 0
        tree = Call("max", (rule.marks.tree, Number(0.0)))
        formula = in_a_cell(translated(tree, vocabulary(draft, "adjustments")))
        note = draft.say(f"adjustments.{rule.kind}_rule", formula=rule.marks.text)
        draft.add(
            "adjustments",
            Column(
                key=key,
                title=rule.name,
                role="live",
                values=values_of(draft, tree),
                formula=formula,
                note=note,
                code=rule.node,
            ),
        )
    if rule.when is not None:
        title = draft.say("adjustments.gate_of", name=rule.name)
        _add_verdict(draft, c.adjustment_gate(index), rule.when, title=title, role_text="adjustments.gate")


def _add_verdict(draft: Draft, key: str, condition: Formula, *, title: str, role_text: str) -> None:
    """Add a column that is 1 where `condition` holds, 0 where it fails, empty where figures are absent."""
    draft.add(
        "adjustments",
        Column(
            key=key,
            title=title,
            role="live",
            values=draft.facts.verdicts(key),
            formula=verdict(condition.tree, vocabulary(draft, "adjustments", judging=True)),
            note=draft.say(role_text, formula=condition.text),
            decimals=0,
        ),
    )


def _add_claim(draft: Draft, node: Node, kind: str) -> None:
    key = c.claim(node.code, kind)
    title = draft.say(f"adjustments.{kind}_asked", name=draft.name_of(node))
    if not draft.scheme.adjustments.limit_of(kind).is_divided:
        _add_node(draft, node, key, title, _asked(draft, node, kind, NO_CATEGORY))
        return
    claims = _claims_in(draft, node, kind)
    for category, name in claims:
        own = draft.say(f"adjustments.{kind}_asked_in", name=draft.name_of(node), category=name)
        formula = _asked(draft, node, kind, category)
        _add_node(draft, node, asked_key(draft, node, kind, category), own, formula)
    total = "+".join(here(asked_key(draft, node, kind, category)) for category, _ in claims)
    _add_node(draft, node, key, title, total)


def _claims_in(draft: Draft, node: Node, kind: str) -> list[tuple[str, str]]:
    """Return the categories in which something is asked for at `node`, with their names."""
    categories = [(each.code, each.name) for each in draft.scheme.adjustments.categories_of(kind)]
    every = [(NO_CATEGORY, draft.say("adjustments.no_category")), *categories]
    return [pair for pair in every if draft.facts.has(c.claim_in(node.code, kind, pair[0]))]


def _add_categories(draft: Draft, nodes: list[Node], kind: AdjustmentKind, left: Left) -> None:
    """Add what is asked for in each category, and what their caps leave of it at each node.

    `left` is what the caps of nodes leave of each claim.
    """
    kept: dict[str, list[str]] = {node.code: [] for node in nodes}
    for category in (None, *draft.scheme.adjustments.categories_of(kind)):
        code = NO_CATEGORY if category is None else category.code
        there = [node for node in nodes if draft.facts.has(c.claim_in(node.code, kind, code))]
        cap = None if category is None else category.cap
        if category is not None and there:
            every = [not_lost(node, left[node.code, code]) for node in there]
            draft.add(
                "adjustments",
                Column(
                    key=c.uncapped_in(kind, code),
                    title=draft.say(f"adjustments.{kind}_all_in", category=category.name),
                    role="live",
                    values=draft.facts.shown(c.uncapped_in(kind, code)),
                    formula="+".join(every),
                    note="" if cap is None else draft.say("adjustments.cap", cap=number(cap)),
                ),
            )
        for node in there:
            asked = left[node.code, code]
            kept[node.code].append(_capped(asked, here(c.uncapped_in(kind, code)), cap))
    for node in nodes:
        title = draft.say(f"adjustments.{kind}_kept", name=draft.name_of(node))
        _add_node(draft, node, c.kept(node.code, kind), title, "+".join(kept[node.code]))


def _asked(draft: Draft, node: Node, kind: str, category: str) -> str:
    parts = [marks_in_entries(draft, node, kind, category)]
    for index, rule in enumerate(draft.scheme.adjustments.rules):
        is_here = rule.kind == kind and rule.node == node.code and (rule.category or NO_CATEGORY) == category
        if is_here and rule.marks is not None:
            marks = f"N({here(c.adjustment_rule(index))})"
            gate = here(c.adjustment_gate(index))
            parts.append(marks if rule.when is None else f"IF({gate}=1,{marks},0)")
    return "+".join(part for part in parts if part)


def _add_limited(draft: Draft, nodes: list[Node], kind: str) -> None:
    limit: Limit = draft.scheme.adjustments.bonus if kind == "bonus" else draft.scheme.adjustments.penalty
    if limit.when is not None:
        title = draft.say(f"adjustments.{kind}_gate")
        _add_verdict(draft, c.gate(kind), limit.when, title=title, role_text="adjustments.gate")
    claims = "+".join(not_lost(node, here(_before_the_cap(node, kind, limit))) for node in nodes)
    draft.add(
        "adjustments",
        Column(
            key=c.uncapped(kind),
            title=draft.say(f"adjustments.{kind}_all"),
            role="live",
            values=draft.facts.shown(c.uncapped(kind)),
            formula=claims,
            note="" if limit.cap is None else draft.say("adjustments.cap", cap=number(limit.cap)),
        ),
    )
    for node in nodes:
        title = draft.say(f"adjustments.{kind}_counts", name=draft.name_of(node))
        _add_node(draft, node, c.adjust(node.code, kind), title, _counted(node, kind, limit))


def _counted(node: Node, kind: str, limit: Limit) -> str:
    """Reduce by the cap in proportion to what is asked for over all nodes; a gate that fails voids it."""
    counted = _capped(here(_before_the_cap(node, kind, limit)), here(c.uncapped(kind)), limit.cap)
    if limit.when is not None:
        counted = f"IF({here(c.gate(kind))}=1,{counted},0)"
    # at a node worth no marks there is no score to change
    return f"IF(N({here(c.marks(node.code))})<>0,{counted},0)"


def _before_the_cap(node: Node, kind: str, limit: Limit) -> str:
    return c.kept(node.code, kind) if limit.is_divided else c.claim(node.code, kind)


def _capped(asked: str, every: str, cap: float | None) -> str:
    if cap is None:
        return asked
    return f"IF({every}>{number(cap)},{asked}*{number(cap)}/{every},{asked})"


def _add_veto(draft: Draft) -> None:
    rules = [
        f"{here(c.adjustment_rule(index))}=1"
        for index, rule in enumerate(draft.scheme.adjustments.rules)
        if rule.kind == "veto" and rule.when is not None
    ]
    written = vetoes_in_entries(draft)
    terms = [*([f"{written}>0"] if written else []), *rules]
    values: list[Shown] = [1.0 if vetoed else 0.0 for vetoed in draft.facts.raw(c.VETOED)]
    formula = f"IF(OR({','.join(terms)}),1,0)" if terms else None
    draft.add(
        "adjustments",
        Column(
            key=c.VETOED,
            title=draft.say("adjustments.vetoed"),
            role="live" if terms else "reported",
            values=values,
            formula=formula,
            note=draft.say("adjustments.vetoed_note"),
            decimals=0,
        ),
    )


def _add_node(draft: Draft, node: Node, key: str, title: str, formula: str) -> None:
    draft.add(
        "adjustments",
        Column(
            key=key,
            title=title,
            role="live",
            values=draft.facts.shown(key),
            formula=formula,
            code=node.code,
            groups=frozenset(node.groups),
        ),
    )
