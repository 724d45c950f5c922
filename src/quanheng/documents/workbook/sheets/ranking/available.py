"""How much of a unit's weight has a value of its own, where the scheme asks for it (absence §7)."""

from __future__ import annotations

from dataclasses import replace

from quanheng.documents.workbook.draft.draft import Draft, Line
from quanheng.documents.workbook.formulas.cells import Column, Shown
from quanheng.documents.workbook.formulas.references import across, by_group, here
from quanheng.documents.workbook.sheets.nodes import node_column, weight_key
from quanheng.documents.workbook.sheets.points.finished import stated_away
from quanheng.engine.frame import columns as c
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.tree.scheme import Indicator


def add_parts(draft: Draft) -> None:
    """Add, below the weights, the part of the whole that each node is before anything is redistributed."""
    if draft.scheme.at_least <= 0:
        return
    shares = {
        (str(row["group"]), str(row["node"])): float(row["share"] or 0.0)
        for row in draft.result.weights.iter_rows(named=True)
    }
    wholes: dict[tuple[str, str], float] = {}
    for node in draft.scheme.nodes:
        parent = draft.scheme.parent_of(node.code)
        values: dict[str, Shown] = {}
        for group in (group for group in draft.rows.groups if group in node.groups):
            above = 1.0 if parent is None else wholes[group, parent.code]
            wholes[group, node.code] = above * (1.0 if parent is None else shares[group, node.code])
            values[group] = wholes[group, node.code]
        formula = "1"
        if parent is not None:
            siblings = "+".join(by_group(weight_key(child.code)) for child in parent.children)
            formula = f"{by_group(_part(parent.code))}*{by_group(weight_key(node.code))}/({siblings})"
        texts = (node.code, draft.name_of(node), "", draft.say("weights.part"))
        draft.add_line(
            "weights", Line(key=_part(node.code), texts=texts, role="live", values=values, formula=formula)
        )


def add_availability(draft: Draft) -> str:
    """Add what a unit's available weight is made of; return the condition that the unit is ranked."""
    total = f"ISNUMBER({here(c.score(ROOT))})"
    if draft.scheme.at_least <= 0:
        return total
    indicators = draft.scheme.indicators
    for indicator in indicators:
        draft.add("in_force", _own(draft, indicator))
    for indicator in indicators:
        draft.add("in_force", _applicable(draft, indicator))
    first, last = indicators[0].code, indicators[-1].code
    own, applicable = across(_OWN + first, _OWN + last), across(_APPLIES + first, _APPLIES + last)
    draft.add(
        "ranking",
        Column(
            key=c.AVAILABLE,
            title=draft.say("ranking.available"),
            role="live",
            values=draft.facts.numbers(c.AVAILABLE),
            formula=f"IF(SUM({applicable})>0,SUM({own})/SUM({applicable}),0)",
            note=draft.say("ranking.available_note"),
        ),
    )
    return f"AND({total},ROUND({here(c.AVAILABLE)},9)>={draft.scheme.at_least!r})"


def _own(draft: Draft, indicator: Indicator) -> Column:
    measure, part = here(c.measure(indicator.code)), by_group(_part(indicator.code))
    away = stated_away(indicator)
    has = f"ISNUMBER({measure})"
    has = f"AND({has},NOT({away}))" if away.startswith("OR(") else has
    formula = f"IF({has},{part},0)"
    values = [part if own else 0.0 for part, own, _ in _states(draft, indicator)]
    title = draft.say("in_force.available", name=draft.name_of(indicator))
    column = node_column(draft, indicator, _OWN + indicator.code, formula, values=values)
    return replace(column, title=title, code="")


def _applicable(draft: Draft, indicator: Indicator) -> Column:
    part = by_group(_part(indicator.code))
    formula = f"IF({stated_away(indicator)},0,{part})"
    values = [part if applies else 0.0 for part, _, applies in _states(draft, indicator)]
    title = draft.say("in_force.applicable", name=draft.name_of(indicator))
    column = node_column(draft, indicator, _APPLIES + indicator.code, formula, values=values)
    return replace(column, title=title, code="")


def _states(draft: Draft, indicator: Indicator) -> list[tuple[float, bool, bool]]:
    """Return the indicator's part of the whole, whether it has a value and whether it applies, by row."""
    line = next(line for line in draft.lines["weights"] if line.key == _part(indicator.code))
    reasons = draft.facts.raw(c.absence(indicator.code))
    parts = (line.values.get(group) for group in draft.rows.group_of)
    return [
        (part if isinstance(part, float) else 0.0, reason == c.PRESENT, reason != c.NOT_APPLICABLE)
        for part, reason in zip(parts, reasons, strict=True)
    ]


def _part(code: str) -> str:
    return f"part|{code}"


_OWN = "available|"
_APPLIES = "applicable|"
