"""From a result to a workbook as values: the sheets in the order in which they are filled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanheng.findings.text import Language
from quanheng.report.audit_workbook.adjustments import add_adjustments
from quanheng.report.audit_workbook.availability import add_parts
from quanheng.report.audit_workbook.data import add_data
from quanheng.report.audit_workbook.draft import Draft
from quanheng.report.audit_workbook.entries import entries_of
from quanheng.report.audit_workbook.facts import Facts
from quanheng.report.audit_workbook.measures import add_measures
from quanheng.report.audit_workbook.ranking import add_ranking
from quanheng.report.audit_workbook.rating import add_rules
from quanheng.report.audit_workbook.references import Addresses
from quanheng.report.audit_workbook.rows import in_row_order, rows_of
from quanheng.report.audit_workbook.scores import add_points, add_scores
from quanheng.report.audit_workbook.weights import add_in_force, add_marks, add_weights

if TYPE_CHECKING:
    from quanheng.engine.result import Result


def composed(result: Result, language: Language) -> Draft:
    """Return the workbook of `result`: every sheet as columns and lines, and where everything stands."""
    wide = in_row_order(result.wide, result.scheme)
    rows = rows_of(wide)
    draft = Draft(
        result=result, language=language, rows=rows, facts=Facts(wide), addresses=Addresses(rows=rows)
    )
    draft.entries = entries_of(draft)
    add_data(draft)
    add_measures(draft)
    add_rules(draft)
    add_weights(draft)
    add_parts(draft)
    add_adjustments(draft)
    add_points(draft)
    add_in_force(draft)
    add_marks(draft)
    add_scores(draft)
    add_ranking(draft)
    return draft
