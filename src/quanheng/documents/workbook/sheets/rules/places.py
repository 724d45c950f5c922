"""The place of a rated value in its pool, for the rules that award points by place."""

from __future__ import annotations

from quanheng.documents.workbook.draft.draft import Draft
from quanheng.documents.workbook.formulas.cells import MISSING, Column, Shown, quoted
from quanheng.documents.workbook.formulas.parts import ordering
from quanheng.documents.workbook.formulas.references import group_span, here, whole_span
from quanheng.engine.frame import columns as c
from quanheng.scheme.formulas.tree import Name
from quanheng.scheme.rules.pool import Rank
from quanheng.scheme.tree.scheme import Indicator


def place_key(draft: Draft, indicator: Indicator) -> str:
    """Return the key of the column of places; for a percentile, of how many are worse."""
    key = c.stat(indicator.code, Rank().name)
    if not draft.has(key):
        _add_place(draft, indicator, key)
    return key


def _add_place(draft: Draft, indicator: Indicator, key: str) -> None:
    compared = _compared_key(draft, indicator)
    span = whole_span(compared) if indicator.within == "all" else group_span(compared)
    asked = next(each for each in indicator.rule.statistics() if isinstance(each, Rank))
    from_worst = asked.of_beaten and not asked.with_equals
    # RANK counts from the greatest (0) or from the least (1); who is beaten is counted from the worst
    order = 1 if from_worst == (indicator.direction == "more") else 0
    rank = f"RANK({here(compared)},{span},{order})" + ("-1" if from_worst else "")
    if asked.with_equals:  # no better are all but those that stand before it
        rank = f"COUNT({span})-{rank}+1"
    title = "rules.reached" if asked.with_equals else "rules.beaten" if asked.of_beaten else "rules.place"
    draft.add(
        "rules",
        Column(
            key=key,
            title=draft.say(title, name=draft.name_of(indicator)),
            role="live",
            values=draft.facts.shown(key),
            formula=f"IF(ISNUMBER({here(compared)}),{rank},{quoted(MISSING)})",
            code=indicator.code,
            groups=frozenset(indicator.groups),
            decimals=0,
        ),
    )


def _compared_key(draft: Draft, indicator: Indicator) -> str:
    """Return the key of what is compared: reported values as they are, computed ones at 12 digits."""
    rated = c.treated(indicator.code)
    beside_zero = any(isinstance(each, Rank) and each.beside_zero for each in indicator.rule.statistics())
    reported = isinstance(indicator.measure.tree, Name) and indicator.treat is None
    if reported and not beside_zero:
        return rated
    value = here(rated)
    key = f"compared|{indicator.code}"
    values: list[Shown] = [
        MISSING
        if number is None or (beside_zero and number == 0.0)
        else number
        if reported
        else float(f"{number:.12g}")
        for number in draft.facts.numbers(rated)
    ]
    placed = value if reported else ordering(value)
    placed = f"IF({value}=0,{quoted(MISSING)},{placed})" if beside_zero else placed
    return draft.add(
        "rules",
        Column(
            key=key,
            title=draft.say("measures.ordering"),
            role="live",
            values=values,
            formula=f"IF(ISNUMBER({value}),{placed},{quoted(MISSING)})",
            code=indicator.code,
            groups=frozenset(indicator.groups),
        ),
    )
