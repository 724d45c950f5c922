"""The sheets of points and scores: one column a node, the children of a dimension side by side.

A node's score is its marks times its points over 100 (points §2). Where scores are rounded and the mean is
arithmetic it is the sum of its children's rounded scores, and its points follow from it (points §3); so they
do where marks are given or taken at the node (adjustments §1). What stands before such a step has a
column of its own to the right of the nodes.
"""

from __future__ import annotations

from dataclasses import replace

from quanheng.documents.workbook.draft.draft import Draft
from quanheng.documents.workbook.formulas.cells import MISSING, Column, Shown, number, quoted
from quanheng.documents.workbook.formulas.references import across, by_group, here
from quanheng.documents.workbook.sheets.adjustments.sheet import adjustment_terms, is_given
from quanheng.documents.workbook.sheets.data import add_identity
from quanheng.documents.workbook.sheets.nodes import (
    end_key,
    ends,
    is_adjusted,
    is_changed,
    node_column,
    own_points_key,
    printed_points,
    printed_score,
    printed_total,
    side_by_side,
    sums_scores,
)
from quanheng.documents.workbook.sheets.points.aggregates import joined
from quanheng.documents.workbook.sheets.points.finished import factor_of, finishing, if_coefficient
from quanheng.documents.workbook.sheets.points.gaps import settled_column
from quanheng.documents.workbook.sheets.ranking.folded import add_folded, folded_column, root_score_key
from quanheng.documents.workbook.sheets.vocabulary import verdict, vocabulary
from quanheng.engine.frame import columns as c
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.tree.scheme import Dimension, Indicator, Node


def add_points(draft: Draft) -> None:
    """Fill the sheet of points (0-100) of every node."""
    add_identity(draft, "points")
    nodes = side_by_side(draft.scheme.root)
    for node in nodes:
        if sums_scores(node) or is_changed(draft, node):
            column = _following(draft, node)
        else:
            column = _own_points(draft, node)
        draft.add("points", column)
    for node in nodes:
        if own_points_key(draft, node) != c.points(node.code):
            title = draft.say("points.own", name=draft.name_of(node))
            column = _own_points(draft, node)
            # the engine keeps the points after adjustment only
            key = own_points_key(draft, node)
            draft.add("points", replace(column, key=key, title=title, code="", values=None))


def add_scores(draft: Draft) -> None:
    """Fill the sheet of scores: the marks each node earned."""
    add_identity(draft, "scores")
    nodes = side_by_side(draft.scheme.root)
    total = draft.scheme.rounding.total
    held, own = draft.result.held, None
    for node in nodes:
        decimals = printed_total(draft) if node.code == ROOT else printed_score(draft, node)
        if node.code == ROOT and total is not None:
            formula = _where_number(f"ROUND({here(_EXACT)},{total})", here(_EXACT))
            column = node_column(draft, node, c.score(node.code), formula, decimals=decimals)
        else:
            column = node_column(draft, node, c.score(node.code), _score(draft, node), decimals=decimals)
        if node.code == ROOT and held is not None:
            own, column = column, folded_column(draft, held, column)
        draft.add("scores", column)
    for node in nodes:
        if is_changed(draft, node):
            # the engine keeps the score after adjustment only
            column = node_column(draft, node, _earned(node), _before(draft, node))
            title = draft.say("scores.earned", name=draft.name_of(node))
            column = replace(column, title=title, code="", values=None, decimals=node.rounding.scores)
            draft.add("scores", column)
    if total is not None:
        root = draft.scheme.root
        column = node_column(draft, root, _EXACT, _score(draft, root), values=_exact_total(draft))
        draft.add(
            "scores", replace(column, title=draft.say("scores.exact"), code="", decimals=root.rounding.scores)
        )
    if held is not None and own is not None:
        add_folded(draft, held, own)


def _own_points(draft: Draft, node: Node) -> Column:
    """Return the points of `node` before adjustment: an indicator's rule, or the mean of the children."""
    if isinstance(node, Indicator):
        return settled_column(draft, node)
    decimals = printed_points(draft, node)
    if node.rule is not None:
        rated = here(c.rated(node.code))
        formula = _where_number(finishing(draft, node)(rated), rated)
        formula = if_coefficient(draft, node, formula)
        column = node_column(draft, node, c.points(node.code), formula, decimals=decimals)
        return replace(column, note=node.rule.name)
    mean = joined(draft, node, finishing(draft, node))
    formula = if_coefficient(draft, node, mean.formula)
    column = node_column(draft, node, c.points(node.code), formula, decimals=decimals)
    return replace(column, array=mean.array, note=node.aggregate.name)


def _following(draft: Draft, node: Node) -> Column:
    """Return the points of `node` as they follow from its score; worth no marks, it keeps its own."""
    score = here(c.score(node.code))
    if node.code == ROOT:
        score = here(root_score_key(draft) if draft.scheme.rounding.total is None else _EXACT)
    marks = here(c.marks(node.code))
    array = False
    if isinstance(node, Dimension) and sums_scores(node):
        mean = joined(draft, node, finishing(draft, node))
        own, array = if_coefficient(draft, node, mean.formula), mean.array
    else:
        own = here(own_points_key(draft, node))
    follows = f"N({marks})<>0"
    if not sums_scores(node):
        # of a unit that was given and taken nothing, the points stay as they came
        changed = [is_given(draft, node)] if is_adjusted(draft, node) else []
        if node.bounds:
            changed.append(f"ABS(N({score})-N({here(_earned(node))}))>0.0000000005")
        follows = f"AND({follows},OR({','.join(changed)}))"
    formula = f"IF({follows},100*{score}/{marks},{own})"
    decimals = draft.scheme.rounding.printed.points
    column = node_column(draft, node, c.points(node.code), formula, decimals=decimals)
    return replace(column, array=array, note=draft.say("points.following"))


def _score(draft: Draft, node: Node) -> str:
    """Return the score of `node` before the total is rounded, with what was given and taken at it."""
    if not is_changed(draft, node):
        return _before(draft, node)
    adjusted = f"{here(_earned(node))}{adjustment_terms(draft, node)}"
    decimals = node.rounding.scores
    if decimals is not None:
        adjusted = f"ROUND({adjusted},{decimals})"
    if node.bounds:
        between = _below_ceilings(draft, node, _between(node, adjusted))
        adjusted = f"IF(N({here(c.marks(node.code))})<>0,{between},{adjusted})"
    return _where_number(adjusted, here(_earned(node)))


def _between(node: Node, score: str) -> str:
    """Return `score` between the floor and the cap of the unit's group, where it has them."""
    for end, by_groups, kept in (("floor", node.bounds.floor, "MAX"), ("cap", node.bounds.cap, "MIN")):
        if by_groups:
            bound = by_group(end_key(node.code, end))
            score = f"IF(ISNUMBER({bound}),{kept}({score},{bound}),{score})"
    return score


def _below_ceilings(draft: Draft, node: Node, score: str) -> str:
    """Return `score` below the caps whose conditions hold; each has a column on the sheet of rules."""
    for index, ceiling in enumerate(node.bounds.ceilings):
        key = c.ceiling(node.code, index)
        if not draft.has(key):
            draft.add(
                "rules",
                Column(
                    key=key,
                    title=draft.say("rules.ceiling", name=draft.name_of(node)),
                    role="live",
                    values=[1.0 if held else 0.0 for held in draft.facts.raw(key)],
                    formula=f"N({verdict(ceiling.condition.tree, vocabulary(draft, 'rules', judging=True))})",
                    note=ceiling.condition.text,
                    code=node.code,
                    decimals=0,
                ),
            )
        if ceiling.share is None:
            bound = by_group(end_key(node.code, f"ceiling {index}"))
            there = f"ISNUMBER({bound})"
        else:
            bound, there = f"{here(c.marks(node.code))}*{number(ceiling.share)}", "TRUE"
        score = f"IF(AND({here(key)}=1,{there}),MIN({score},{bound}),{score})"
    return score


def _before(draft: Draft, node: Node) -> str:
    """Return the score of `node` as it is earned, before anything is given or taken."""
    decimals, marks = node.rounding.scores, here(c.marks(node.code))
    if isinstance(node, Dimension) and sums_scores(node):
        first, last = ends(node)
        total = f"SUM({across(c.score(first), c.score(last))}){factor_of(draft, node)}"
        if decimals is not None:
            # rounded again: what is beyond the decimals of the summands is binary noise
            total = f"ROUND({total},{decimals})"
        return _where_number(if_coefficient(draft, node, total), marks)
    points = here(own_points_key(draft, node))
    score = f"{marks}*{points}/100"
    if decimals is not None:
        score = f"ROUND({score},{decimals})"
    return f"IF(COUNT({marks},{points})=2,{score},{_NOTHING})"


def _where_number(formula: str, cell: str) -> str:
    return f"IF(ISNUMBER({cell}),{formula},{_NOTHING})"


def _earned(node: Node) -> str:
    return f"earned|{node.code}"


def _exact_total(draft: Draft) -> list[Shown]:
    """Return the total before its rounding, which the root's points are made of or make."""
    marks, points = draft.facts.numbers(c.marks(ROOT)), draft.facts.numbers(c.points(ROOT))
    return [
        MISSING if mark is None or point is None else round(mark * point / 100.0, _NOISE)
        for mark, point in zip(marks, points, strict=True)
    ]


_EXACT = "exact|total"
_NOISE = 12
"""Decimals kept in what is computed back from the engine's numbers, only to be shown."""
_NOTHING = quoted(MISSING)
