"""Rules of dimensions as formulas: the joined points, and what the rule makes of them."""

from __future__ import annotations

from dataclasses import replace

from quanheng.documents.workbook.draft.draft import Draft
from quanheng.documents.workbook.formulas.cells import MISSING, quoted
from quanheng.documents.workbook.formulas.references import here
from quanheng.documents.workbook.sheets.nodes import node_column
from quanheng.documents.workbook.sheets.points.aggregates import joined
from quanheng.documents.workbook.sheets.rules.sheet import add_rule
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.rounding import COMPARED_DECIMALS
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.tree.scheme import Dimension


def add_node_rules(draft: Draft) -> None:
    """Add to the sheet of rules what the rules of dimensions look at, and the points that they give."""
    for dimension in draft.scheme.dimensions:
        node = dimension.as_rated
        if node is not None:
            _add_joined(draft, dimension)
            add_rule(draft, node)


def _add_joined(draft: Draft, dimension: Dimension) -> None:
    """Add the joined points that the rule of a dimension rates, at nine decimals (points §9)."""
    mean = joined(draft, dimension, lambda points: f"ROUND({points},{COMPARED_DECIMALS})")
    formula = mean.formula
    if dimension.code == ROOT and draft.scheme.rates_ranked_only:
        enough = f"ROUND({here(c.AVAILABLE)},9)>={draft.scheme.at_least!r}"
        formula = f"IF({enough},{formula},{quoted(MISSING)})"
    title = draft.say("rules.joined", name=draft.name_of(dimension))
    column = node_column(draft, dimension, c.treated(dimension.code), formula)
    draft.add("rules", replace(column, title=title, array=mean.array, note=dimension.aggregate.name))
