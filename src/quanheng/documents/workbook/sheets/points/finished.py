"""How points are finished: times the node's coefficient (难度系数), then rounded half-up (rounding §1)."""

from __future__ import annotations

from collections.abc import Callable

from quanheng.documents.workbook.draft.draft import Draft
from quanheng.documents.workbook.formulas.cells import MISSING, NOT_APPLICABLE, Column, quoted
from quanheng.documents.workbook.formulas.formulas import translated
from quanheng.documents.workbook.formulas.parts import in_a_cell
from quanheng.documents.workbook.formulas.references import here
from quanheng.documents.workbook.sheets.vocabulary import values_of, vocabulary
from quanheng.engine.frame import columns as c
from quanheng.scheme.formulas.tree import Formula, names_in
from quanheng.scheme.tree.scheme import Indicator, Node


def finishing(draft: Draft, node: Node) -> Callable[[str], str]:
    """Return how a formula of the points of `node`, wherever it gives a number, is finished."""
    decimals = node.rounding.points
    times = factor_of(draft, node)

    def finish(points: str) -> str:
        return f"{points}{times}" if decimals is None else f"ROUND({points}{times},{decimals})"

    return finish


def stated_away(indicator: Indicator) -> str:
    """Return the condition that the indicator does not apply: its measure says so, or its rule of a value."""
    none = quoted(NOT_APPLICABLE)
    measure, rated = f"{here(c.measure(indicator.code))}={none}", f"{here(c.rated(indicator.code))}={none}"
    by_rule = bool(indicator.rule.items()) or any(
        set(names_in(formula.tree)) - {"x", "target"} for formula in indicator.rule.formulas()
    )
    return f"OR({measure},{rated})" if by_rule else measure


def factor_of(draft: Draft, node: Node) -> str:
    """Return `*` and the coefficient of `node`, nothing if it has none."""
    return "" if node.coefficient is None else f"*{here(_coefficient(draft, node, node.coefficient))}"


def if_coefficient(draft: Draft, node: Node, formula: str) -> str:
    """Return `formula` where the coefficient of `node` has a value; without one there are no points."""
    if node.coefficient is None:
        return formula
    return f"IF(ISNUMBER({here(_coefficient(draft, node, node.coefficient))}),{formula},{quoted(MISSING)})"


def _coefficient(draft: Draft, node: Node, coefficient: Formula) -> str:
    """Return the key of the column of a coefficient, adding it to the sheet of rules if needed."""
    key = f"coefficient|{node.code}"
    if not draft.has(key):
        formula = in_a_cell(translated(coefficient.tree, vocabulary(draft, "rules")))
        draft.add(
            "rules",
            Column(
                key=key,
                title=draft.say("rules.coefficient", name=draft.name_of(node)),
                role="live",
                values=values_of(draft, coefficient.tree),
                formula=formula,
                note=coefficient.text,
                code=node.code,
                groups=frozenset(node.groups),
            ),
        )
    return key
