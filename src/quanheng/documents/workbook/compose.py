"""From a result to a workbook as values: the sheets in the order in which they are filled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanheng.documents.workbook.draft.draft import Draft
from quanheng.documents.workbook.draft.numbers import Facts
from quanheng.documents.workbook.formulas.references import Addresses
from quanheng.documents.workbook.formulas.rows import in_row_order, rows_of
from quanheng.documents.workbook.sheets.adjustments.entries import entries_of
from quanheng.documents.workbook.sheets.adjustments.sheet import add_adjustments
from quanheng.documents.workbook.sheets.data import add_data
from quanheng.documents.workbook.sheets.measures import add_measures
from quanheng.documents.workbook.sheets.periods.sheet import live_figure
from quanheng.documents.workbook.sheets.points.ruled import add_node_rules
from quanheng.documents.workbook.sheets.ranking.available import add_parts
from quanheng.documents.workbook.sheets.ranking.sheet import add_ranking
from quanheng.documents.workbook.sheets.rules.sheet import add_rules
from quanheng.documents.workbook.sheets.scores import add_points, add_scores
from quanheng.documents.workbook.sheets.weights import add_in_force, add_marks, add_weights
from quanheng.findings.text import Language

if TYPE_CHECKING:
    from quanheng.engine.results.result import Result


def composed(result: Result, language: Language) -> Draft:
    """Return the workbook of `result`: every sheet as columns and lines, and where everything stands."""
    wide = in_row_order(result.wide, result.scheme)
    rows = rows_of(wide)
    draft = Draft(
        result=result,
        language=language,
        rows=rows,
        facts=Facts(wide),
        addresses=Addresses(rows=rows),
        over_periods=live_figure,
    )
    draft.entries = entries_of(draft)
    add_data(draft)
    add_measures(draft)
    add_rules(draft)
    add_node_rules(draft)
    add_weights(draft)
    add_parts(draft)
    add_adjustments(draft)
    add_points(draft)
    add_in_force(draft)
    add_marks(draft)
    add_scores(draft)
    add_ranking(draft)
    return draft
