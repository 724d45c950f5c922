"""The sheet of weights, and which of them count for each unit (absence §3, §4)."""

from __future__ import annotations

from typing import Any, assert_never

from quanheng.documents.workbook.draft.draft import Draft, Line
from quanheng.documents.workbook.formulas.cells import Column, Role, Shown
from quanheng.documents.workbook.formulas.references import by_group, here
from quanheng.documents.workbook.sheets.data import add_identity
from quanheng.documents.workbook.sheets.nodes import (
    end_key,
    ends_of,
    has_points,
    in_force_key,
    in_force_of,
    node_column,
    side_by_side,
    weight_key,
)
from quanheng.documents.workbook.sheets.points.enough import enough_column, enough_key
from quanheng.engine.frame import columns as c
from quanheng.engine.stages.weights.methods import BENCHMARK
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.tree.scheme import Dimension, Node


def add_weights(draft: Draft) -> None:
    """Fill the sheet of weights: a line for each node, a column for each group."""
    found = {(str(row["group"]), str(row["node"])): row["weight"] for row in _rows(draft)}
    full = {group.code: group.marks for group in draft.scheme.groups}
    for node in draft.scheme.nodes:
        values: dict[str, Shown] = {}
        for group in draft.rows.groups:
            if group in node.groups:
                values[group] = full[group] if node.code == ROOT else found.get((group, node.code))
        role, how = _origin(draft, node)
        if _is_by_attribute(draft, node):
            values = {}
        parent = draft.scheme.parent_of(node.code)
        name = _INDENT * draft.scheme.level_of(node.code) + draft.name_of(node)
        texts = (node.code, name, parent.code if parent else "", how)
        draft.add_line("weights", Line(key=weight_key(node.code), texts=texts, role=role, values=values))
        for end, ends in ends_of(node):
            if ends:
                told = (*texts[:3], draft.say(f"weights.{end.partition(' ')[0]}"))
                of_groups: dict[str, Shown] = {
                    group: ends[group] for group in draft.rows.groups if group in ends
                }
                key = end_key(node.code, end)
                draft.add_line("weights", Line(key=key, texts=told, role="reported", values=of_groups))


def add_in_force(draft: Draft) -> None:
    """Fill the sheet of weights in force: a node's weight where it has points, 0 where it has none."""
    add_identity(draft, "in_force")
    for node in side_by_side(draft.scheme.root):
        weight = by_group(weight_key(node.code))
        if (own := _own_weight_key(draft, node)) is not None:
            weight = f"N({here(own)})"
        parent = draft.scheme.parent_of(node.code)
        counts = has_points(draft, node)
        if parent is not None and parent.least is not None:
            counts = f"AND({counts},{here(enough_key(parent))})"
        formula = f"IF({counts},{weight},0)"
        values = _in_force(draft, node)
        draft.add("in_force", node_column(draft, node, in_force_key(node.code), formula, values=values))
    for dimension in draft.scheme.dimensions:
        for child in dimension.children:
            if _own_weight_key(draft, child) is not None:
                draft.add("in_force", _own_weight(draft, dimension, child))
        if dimension.least is not None:
            draft.add("in_force", enough_column(draft, dimension, dimension.least))
        if dimension.method.against_best:
            draft.add("in_force", _benchmark(draft, dimension))


def add_marks(draft: Draft) -> None:
    """Fill the sheet of the marks each node is worth to the unit, after redistribution."""
    add_identity(draft, "marks")
    for node in side_by_side(draft.scheme.root):
        parent = draft.scheme.parent_of(node.code)
        if parent is None:
            formula = f'IF({has_points(draft, node)},{by_group(weight_key(node.code))},"")'
        else:
            above = here(c.marks(parent.code))
            part = f"{above}*{here(in_force_key(node.code))}/SUM({in_force_of(parent)})"
            if not parent.aggregate.shares_marks:
                part = f"{above}*({here(in_force_key(node.code))}>0)"
            formula = f'IF(AND({has_points(draft, node)},ISNUMBER({above})),{part},"")'
        draft.add("marks", node_column(draft, node, c.marks(node.code), formula))


def _rows(draft: Draft) -> list[dict[str, Any]]:
    return [dict(row) for row in draft.result.weights.iter_rows(named=True)]


def _own_weight_key(draft: Draft, node: Node) -> str | None:
    """Return the key of the weights of `node` where they differ by unit; None where they do not."""
    parent = draft.scheme.parent_of(node.code)
    if parent is None or not draft.facts.has(c.unit_weight(parent.code, node.code)):
        return None
    return c.unit_weight(parent.code, node.code)


def _own_weight(draft: Draft, dimension: Dimension, child: Node) -> Column:
    """Return the weight a method gave to each unit for itself: an input taken from the engine."""
    key = c.unit_weight(dimension.code, child.code)
    return Column(
        key=key,
        title=draft.say("in_force.own", name=draft.name_of(child)),
        role="frozen",
        values=draft.facts.numbers(key),
        note=draft.say("weights.frozen", method=dimension.method.name),
        code=child.code,
        groups=frozenset(child.groups),
    )


def _benchmark(draft: Draft, dimension: Dimension) -> Column:
    """Return the best that a unit of the group gets with the unit's own weights: an input, too."""
    key = c.stat(dimension.code, BENCHMARK)
    return Column(
        key=key,
        title=draft.say("in_force.benchmark", name=draft.name_of(dimension)),
        role="frozen",
        values=draft.facts.numbers(key),
        note=draft.say("weights.frozen", method=dimension.method.name),
        code=dimension.code,
        groups=frozenset(dimension.groups),
    )


def _in_force(draft: Draft, node: Node) -> list[Shown]:
    """Return the weights in force as the engine has them: 0 where the node is no part of its dimension."""
    own = _own_weight_key(draft, node)
    if own is not None:
        weights: list[Shown] = list(draft.facts.numbers(own))
    else:
        line = next(line for line in draft.lines["weights"] if line.key == weight_key(node.code))
        weights = [line.values.get(group) for group in draft.rows.group_of]
    shares = draft.facts.numbers(c.share(node.code))
    return [0.0 if share is None else weight for share, weight in zip(shares, weights, strict=True)]


def _is_by_attribute(draft: Draft, node: Node) -> bool:
    parent = draft.scheme.parent_of(node.code)
    return parent is not None and parent.method.basis == "attribute"


def _origin(draft: Draft, node: Node) -> tuple[Role, str]:
    """Return whether the weight of `node` is stated or frozen, and how that is said."""
    parent = draft.scheme.parent_of(node.code)
    if parent is None:
        return "reported", draft.say("weights.full_marks")
    match parent.method.basis:
        case "marks":
            return "reported", draft.say("weights.marks")
        case "proportions":
            return "reported", draft.say("weights.relative")
        case "attribute":
            return "reported", draft.say("weights.by_attribute")
        case "own points":
            return "frozen", draft.say("weights.by_unit")
        case "nothing" | "judgements" | "points":
            return "frozen", draft.say("weights.frozen", method=parent.method.name)
        case _:
            assert_never(parent.method.basis)


_INDENT = "　"
