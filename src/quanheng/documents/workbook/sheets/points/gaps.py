"""What stands in for an absent measure: absence §3 and §4 as formulas, before and after rating."""

from __future__ import annotations

from typing import assert_never

from quanheng.documents.workbook.draft.draft import Draft
from quanheng.documents.workbook.formulas.cells import MISSING, UNDEFINED, Column, quoted
from quanheng.documents.workbook.formulas.references import here
from quanheng.documents.workbook.sheets.nodes import printed_points
from quanheng.documents.workbook.sheets.points.finished import finishing, if_coefficient, stated_away
from quanheng.documents.workbook.sheets.rules.filled import filling
from quanheng.engine.frame import columns as c
from quanheng.engine.stages.points.policies import gap_of
from quanheng.scheme.gaps.policies import FullPoints, MissingRedistributed, NotApplicablePolicy
from quanheng.scheme.tree.scheme import Indicator


def settled_column(draft: Draft, indicator: Indicator) -> Column:
    """Return the column of an indicator's points: the rule's, or what its policies put in their place."""
    rated, measure = here(c.rated(indicator.code)), here(c.measure(indicator.code))
    finish = finishing(draft, indicator)
    missing = filling(draft, indicator, "points")
    in_place = _for_not_applicable(indicator.gaps.not_applicable)
    other = _NOTHING
    if missing is not None:
        # a rule without its target or anchor has no points either: the same gap, the same policy
        stand_in = f"IFERROR({finish(missing.formula)},{_NOTHING})"
        other = f"IF({measure}={quoted(UNDEFINED)},{_NOTHING},{stand_in})"
    if in_place is not None or missing is not None:
        not_applicable = _NOTHING if in_place is None else finish(in_place)
        other = f"IF({stated_away(indicator)},{not_applicable},{other})"
    formula = f"IF(ISNUMBER({rated}),{finish(rated)},{other})"
    return Column(
        key=c.points(indicator.code),
        title=draft.name_of(indicator),
        role="live",
        values=draft.facts.shown(c.points(indicator.code)),
        formula=if_coefficient(draft, indicator, formula),
        array=missing is not None and missing.array,
        note=_policies(indicator),
        code=indicator.code,
        groups=frozenset(indicator.groups),
        decimals=printed_points(draft, indicator),
    )


def _for_not_applicable(policy: NotApplicablePolicy) -> str | None:
    """Return the points of an indicator that does not apply to a unit; None where there are none."""
    match policy:
        case FullPoints():
            return "100"
        case MissingRedistributed():
            return None
        case _:
            assert_never(policy)


def _policies(indicator: Indicator) -> str:
    return f"{gap_of(indicator, c.MISSING).name}; {gap_of(indicator, c.NOT_APPLICABLE).name}"


_NOTHING = quoted(MISSING)
