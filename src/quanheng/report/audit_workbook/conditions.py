"""Conditions of the scheme as formulas: of the rule `met`, and wherever something holds or fails."""

from __future__ import annotations

import narwhals as nw

from quanheng.engine import columns as c
from quanheng.engine.operations import Compiled
from quanheng.report.audit_workbook.cells import MISSING, quoted
from quanheng.report.audit_workbook.data import target_key
from quanheng.report.audit_workbook.draft import Draft
from quanheng.report.audit_workbook.formulas import Vocabulary, unchecked
from quanheng.report.audit_workbook.parts import Strict, as_truth
from quanheng.report.audit_workbook.references import here
from quanheng.report.audit_workbook.vocabulary import Named, vocabulary
from quanheng.scheme.formula import Expression, Formula, names_in
from quanheng.scheme.model import Indicator


def met_formula(draft: Draft, condition: Formula, indicator: Indicator, value: str) -> str:
    """Return 100 where `condition` over `x`, `target` and items holds, 0 where it fails, else nothing."""
    names = {"x": Named(_cell(value), _value(draft, indicator))}
    if "target" in names_in(condition.tree):
        goal = target_key(draft, indicator.code)
        names["target"] = Named(_cell(here(goal)), _target(draft, indicator))
    words = vocabulary(draft, "rules", indicator=indicator, names=names, judging=True)
    part = unchecked(condition.tree, words)
    cells = dict.fromkeys([value, *part.cells])
    return f"IF(COUNT({','.join(cells)})={len(cells)},IF({as_truth(part)},100,0),{quoted(MISSING)})"


def verdict(tree: Expression, words: Vocabulary) -> str:
    """Return the formula that is 1 where the condition `tree` holds, 0 where it fails, else empty."""
    part = unchecked(tree, words)
    decided = f"IF({as_truth(part)},1,0)"
    if not part.cells:
        return decided
    return f"IF(COUNT({','.join(part.cells)})={len(part.cells)},{decided},{quoted(MISSING)})"


def _value(draft: Draft, indicator: Indicator) -> Compiled:
    """Return what the engine takes `x` for; only a measure itself shows that it is not applicable."""
    value = nw.col(c.treated(indicator.code))
    if draft.by_key[c.treated(indicator.code)].key != c.measure(indicator.code):
        return Compiled(value=value)
    reason = nw.col(c.absence(indicator.code))
    return Compiled(value=value, not_applicable=(reason == c.NOT_APPLICABLE).fill_null(value=False))


def _target(draft: Draft, indicator: Indicator) -> Compiled:
    column, flag = c.target(indicator.code), c.target_na(indicator.code)
    value = nw.col(column) if draft.facts.has(column) else nw.lit(None, dtype=nw.Float64())
    return Compiled(
        value=value,
        not_applicable=nw.col(flag).fill_null(value=False) if draft.facts.has(flag) else None,
    )


def _cell(reference: str) -> Strict:
    return Strict(text=reference, cells=(reference,))
