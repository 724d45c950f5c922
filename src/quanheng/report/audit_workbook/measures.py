"""The sheet of measures: each indicator's formula, and before it the steps that need a cell of their own."""

from __future__ import annotations

from quanheng.engine import columns as c
from quanheng.engine.measures import needs_target
from quanheng.report.audit_workbook.cells import NOT_APPLICABLE, Column, quoted
from quanheng.report.audit_workbook.data import add_identity, target_key
from quanheng.report.audit_workbook.draft import Draft
from quanheng.report.audit_workbook.formulas import translated
from quanheng.report.audit_workbook.parts import in_a_cell
from quanheng.report.audit_workbook.references import here
from quanheng.report.audit_workbook.vocabulary import vocabulary
from quanheng.scheme.model import Indicator


def add_measures(draft: Draft) -> None:
    """Fill the sheet of measures, live over the sheet of reported values."""
    add_identity(draft, "measures")
    for indicator in draft.scheme.indicators:
        _add_measure(draft, indicator)


def _add_measure(draft: Draft, indicator: Indicator) -> None:
    words = vocabulary(draft, "measures", indicator=indicator)
    formula = in_a_cell(translated(indicator.measure.tree, words))
    if needs_target(indicator):
        # a target stated as not applicable makes the indicator so
        goal, none = here(target_key(draft, indicator.code)), quoted(NOT_APPLICABLE)
        formula = f"IF({goal}={none},{none},{formula})"
    draft.add(
        "measures",
        Column(
            key=c.measure(indicator.code),
            title=draft.name_of(indicator),
            role="live",
            values=draft.facts.measured(indicator.code),
            formula=formula,
            note=indicator.measure.text,
            code=indicator.code,
            groups=frozenset(indicator.groups),
        ),
    )
