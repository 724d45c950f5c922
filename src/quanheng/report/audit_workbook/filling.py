"""What a gap is filled with: the mean or median of the units that have a value (absence §3)."""

from __future__ import annotations

from dataclasses import dataclass

from quanheng.engine import columns as c
from quanheng.report.audit_workbook.cells import MISSING, quoted
from quanheng.report.audit_workbook.draft import Draft
from quanheng.report.audit_workbook.references import here, whole_span
from quanheng.report.audit_workbook.statistics import group_fill
from quanheng.scheme.gaps.policies import Fill
from quanheng.scheme.model import Indicator


@dataclass(frozen=True, slots=True)
class Filling:
    """What fills a gap: a formula, and whether it has to be entered as an array formula."""

    formula: str
    array: bool = False


def filling(draft: Draft, indicator: Indicator, policy: Fill, key: str) -> Filling:
    """Return the mean or median of the column `key` among the units the missing one is filled from."""
    if policy.within in (None, c.GROUP):
        return Filling(group_fill(draft, indicator, policy, key))
    attribute = c.attribute(str(policy.within))
    own, alike, values = here(attribute), whole_span(attribute), whole_span(key)
    function = "AVERAGE" if policy.statistic == "mean" else "MEDIAN"
    # EXACT tells capitals apart, as the engine does; "=" would not
    among = f"IF(EXACT({alike},{own}),IF(ISNUMBER({values}),{values}))"
    nothing = quoted(MISSING)
    return Filling(f"IF({own}={nothing},{nothing},{function}({among}))", array=True)
