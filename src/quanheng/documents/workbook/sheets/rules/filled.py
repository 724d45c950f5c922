"""What stands in for a missing measure, its value or its points: one formula a policy (absence §3)."""

from __future__ import annotations

from typing import assert_never

from quanheng.documents.workbook.draft.draft import Draft
from quanheng.documents.workbook.formulas.cells import MISSING, number, quoted
from quanheng.documents.workbook.formulas.parts import settled
from quanheng.documents.workbook.formulas.references import here, whole_span
from quanheng.documents.workbook.sheets.statistics import of_group
from quanheng.engine.frame import columns as c
from quanheng.engine.stages.points.gaps import FILL, WORST
from quanheng.findings.value import Value
from quanheng.scheme.gaps.policies import (
    Fill,
    Fills,
    MissingIsError,
    MissingIsNeutral,
    MissingIsWorst,
    MissingIsZero,
    MissingRedistributed,
)
from quanheng.scheme.rules.pool import LEAST, MEAN, MEDIAN
from quanheng.scheme.tree.scheme import Indicator


class Filling(Value, kw_only=False):
    """What fills a gap: a formula, and whether it has to be entered as an array formula."""

    formula: str
    array: bool = False


def filling(draft: Draft, indicator: Indicator, fills: Fills) -> Filling | None:
    """Return what fills the value, or the points, of a missing measure; None where nothing does."""
    policy = indicator.gaps.missing
    if policy.fills != fills:
        return None
    key = c.measure(indicator.code) if fills == "value" else c.rated(indicator.code)
    match policy:
        case MissingIsError() | MissingRedistributed():
            return None
        case MissingIsZero():
            return Filling("0")
        case MissingIsWorst():
            return Filling(of_group(draft, indicator, LEAST, called=WORST, key=key))
        case MissingIsNeutral():
            return Filling(number(indicator.rule.base_points))
        case Fill():
            return _of_others(draft, indicator, policy, key)
        case _:
            assert_never(policy)


def _of_others(draft: Draft, indicator: Indicator, policy: Fill, key: str) -> Filling:
    """Return the mean or median of the column `key` among the units the missing one is filled from."""
    if policy.within in (None, c.GROUP):
        asked = MEAN if policy.statistic == "mean" else MEDIAN
        return Filling(of_group(draft, indicator, asked, called=FILL, key=key))
    attribute = c.attribute(str(policy.within))
    own, alike, values = here(attribute), whole_span(attribute), whole_span(key)
    # EXACT tells capitals apart, as the engine does; "=" would not
    among = f"IF(EXACT({alike},{own}),IF(ISNUMBER({values}),{values}))"
    nothing = quoted(MISSING)
    found = f"MEDIAN({among})"
    if policy.statistic == "mean":
        found = settled(f"AVERAGE({among})", size=f"MAX({among}),-MIN({among})")
    return Filling(f"IF({own}={nothing},{nothing},{found})", array=True)
