"""What the rule really rates: the measure, its gaps filled and its outliers treated (in this order)."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from quanheng.documents.workbook.draft.draft import Draft
from quanheng.documents.workbook.formulas.cells import MISSING, Column, Shown, quoted
from quanheng.documents.workbook.formulas.references import here
from quanheng.documents.workbook.sheets.rules.filled import Filling, filling
from quanheng.documents.workbook.sheets.statistics import add_limits, add_shape, frozen_statistic, statistic
from quanheng.engine.frame import columns as c
from quanheng.engine.stages.points.gaps import FILL
from quanheng.engine.stages.treatment.treat import LIMIT_HIGH, LIMIT_LOW, LOG_FROM, LOG_PLUS
from quanheng.scheme.gaps.treatment import AlwaysLog, QuantileLimits, Winsorise
from quanheng.scheme.tree.scheme import Indicator


def add_treated(draft: Draft, indicator: Indicator) -> None:
    """Add the column of the rated value of `indicator`: the measure, if nothing is done to it."""
    source, treated = c.measure(indicator.code), c.treated(indicator.code)
    stand_in = filling(draft, indicator, "value")
    if stand_in is not None:
        key = treated if indicator.treat is None else f"filled|{indicator.code}"
        _add_filled(draft, indicator, stand_in, key)
        source = key
    if indicator.treat is not None:
        _add_treatment(draft, indicator, source)
    elif source != treated:
        draft.same_as(treated, source)


def _add_filled(draft: Draft, indicator: Indicator, stand_in: Filling, key: str) -> None:
    measure = here(c.measure(indicator.code))
    # only what is missing is filled: what is not applicable or cannot be computed stays absent
    filled = f"IF({measure}={quoted(MISSING)},IFERROR({stand_in.formula},{_NOTHING}),{_NOTHING})"
    values = draft.facts.numbers(c.measure(indicator.code))
    fills = draft.facts.numbers(c.stat(indicator.code, FILL))
    reasons = draft.facts.raw(c.absence(indicator.code))
    shown: list[Shown] = [
        value if value is not None else fill if reason == c.MISSING and fill is not None else MISSING
        for value, fill, reason in zip(values, fills, reasons, strict=True)
    ]
    formula = f"IF(ISNUMBER({measure}),{measure},{filled})"
    title = draft.say("rules.filled", name=draft.name_of(indicator))
    array = stand_in.array
    column = Column(key=key, title=title, role="live", values=shown, formula=formula, array=array)
    _add(draft, indicator, column)


def _add_treatment(draft: Draft, indicator: Indicator, source: str) -> None:
    value = here(source)
    match indicator.treat:
        case None:
            return
        case AlwaysLog():
            treated = f"IF({value}>0,LN({value}),{_NOTHING})"
        case QuantileLimits(low=low, high=high):
            add_limits(draft, indicator, source, low=low, high=high)
            treated = (
                f"MAX(MIN({value},{statistic(indicator, LIMIT_HIGH)}),{statistic(indicator, LIMIT_LOW)})"
            )
        case Winsorise():
            # what to do was decided by the engine, from the shape of the values; doing it is live
            add_shape(draft, indicator, source)
            least, most, start, plus = (
                frozen_statistic(draft, indicator, name)
                for name in (LIMIT_LOW, LIMIT_HIGH, LOG_FROM, LOG_PLUS)
            )
            # an empty limit is passed over by MIN and MAX
            moved = f"MAX(MIN({value},{most}),{least})"
            treated = f"IF(ISNUMBER({start}),LN({value}-{start}+{plus}),{moved})"
        case _:
            assert_never(indicator.treat)
    key = c.treated(indicator.code)
    title = draft.say("rules.treated", name=draft.name_of(indicator))
    formula = f"IF(ISNUMBER({value}),{treated},{_NOTHING})"
    values = draft.facts.shown(key)
    _add(draft, indicator, Column(key=key, title=title, role="live", values=values, formula=formula))


def _add(draft: Draft, indicator: Indicator, column: Column) -> None:
    groups = frozenset(indicator.groups)
    draft.add("rules", replace(column, code=indicator.code, groups=groups))


_NOTHING = quoted(MISSING)
