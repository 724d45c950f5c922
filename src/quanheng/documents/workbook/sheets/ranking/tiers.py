"""The tier of each unit, live where its conditions are about numbers (places §3, adjustments §4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from quanheng.documents.workbook.draft.draft import Draft
from quanheng.documents.workbook.formulas.cells import MISSING, Column, number, quoted
from quanheng.documents.workbook.formulas.parts import Strict
from quanheng.documents.workbook.formulas.references import group_span, here, ranking_span
from quanheng.documents.workbook.sheets.vocabulary import Named, verdict, vocabulary
from quanheng.engine.formulas.conditions import with_outcome
from quanheng.engine.formulas.measures import scope_of
from quanheng.engine.frame import columns as c
from quanheng.engine.stages.places.tiers import veto_tier
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.formulas.tree import Formula, Words, names_in, parts_of
from quanheng.scheme.grades.quotas import ByGroup, Quota
from quanheng.scheme.grades.tiers import Tier

_HISTORY = (
    c.LAST_PLACE,
    c.LAST_SCORE,
    c.PLACE_GAIN,
    c.SCORE_GAIN,
    c.FIRST_TIER_STREAK,
    c.FIRST_TIER_COUNT,
)


def tier_column(draft: Draft) -> Column:
    """Return the column of tiers: a formula, or the engine's word for it where a condition is about texts."""
    column = Column(
        key=c.TIER,
        title=draft.say("ranking.tier"),
        role="live",
        values=[MISSING if tier is None else str(tier) for tier in draft.facts.raw(c.TIER)],
        formula=_formula(draft, None) if _can_be_live(draft) else None,
        of_groups=_of_groups(draft),
        width=14.0,
    )
    if column.formula is None:
        return replace(column, role="frozen", note=draft.say("ranking.frozen"))
    return column


def _can_be_live(draft: Draft) -> bool:
    """Return whether every condition is about numbers and vetoes that stand in the workbook."""
    items = {item.code for item in draft.scheme.items}
    known = {
        *items,
        "score",
        "place",
        "veto",
        "vetoed",
        *_HISTORY,
        *(node.code for node in draft.scheme.nodes),
    }
    trees = [condition.tree for condition in draft.scheme.tier_conditions]
    return all(
        set(names_in(tree)) <= known and not any(isinstance(part, Words) for part in parts_of(tree))
        for tree in trees
    )


def _of_groups(draft: Draft) -> dict[str, str]:
    """Return the formulas of groups, where tiers differ from group to group."""
    if not any(tier.by_group for tier in draft.scheme.tiers) or not _can_be_live(draft):
        return {}
    return {group: _formula(draft, group) for group in draft.rows.groups}


def _formula(draft: Draft, group: str | None) -> str:
    place = here(c.PLACE)
    scheme = draft.scheme
    judged = [tier for _, tier in scheme.tiers_as_judged if group is None or tier.stands_in(group)]
    ordered = [tier for tier in scheme.tiers if tier in judged]
    formula = _NO_TIER if scheme.lower else _NOTHING
    for tier in reversed(judged):
        entered = number(1.0 + ordered.index(tier)) if scheme.lower else quoted(tier.name)
        formula = f"IF({_enters(draft, tier, group)},{entered},{formula})"
    if scheme.lower and ordered:
        formula = _lowered(draft, formula, [tier.name for tier in ordered])
    formula = f"IF(ISNUMBER({place}),{formula},{_NOTHING})"
    barred = veto_tier(scheme, group) or MISSING
    return f"IF({here(c.VETOED)}=1,{quoted(barred)},{formula})"


def _lowered(draft: Draft, earned: str, names: list[str]) -> str:
    """Return the name of the tier a unit ends in, whose number among `names` was `earned`."""
    steps, limits = [earned], []
    for lowering in draft.scheme.lower:
        holds = f"{_verdict(draft, lowering.condition)}=1"
        if lowering.by is not None:
            steps.append(f"IF({holds},{lowering.by},0)")
        elif lowering.to in names:
            limits.append(f"IF({holds},{1 + names.index(lowering.to)},1)")
    ended = f"MAX({','.join(['+'.join(steps), *limits])})"
    told = ",".join(quoted(name) for name in names)
    return f"IFERROR(CHOOSE(MIN({len(names)},{ended}),{told}),{_NOTHING})"


def _enters(draft: Draft, tier: Tier, group: str | None) -> str:
    demands = []
    asked = tier.demands_in(group or "")
    if asked.top is not None:
        place, placed, _ = _counted(draft, tier.top)
        demands.append(f"{place}<={_quota(asked.top, placed)}")
    if asked.last is not None:
        place, placed, behind = _counted(draft, tier.last)
        demands += [f"{place}>1", f"{behind}<{_quota(asked.last, placed)}"]
    if asked.at_least is not None:
        demands.append(f"ROUND({here(c.score(ROOT))},9)>={number(asked.at_least)}")
    if asked.at_most is not None:
        demands.append(f"ROUND({here(c.score(ROOT))},9)<={number(asked.at_most)}")
    if tier.condition is not None:
        demands.append(f"{_verdict(draft, tier.condition)}=1")
    if tier.unless is not None:
        demands.append(f"{_verdict(draft, tier.unless)}<>1")
    return f"AND({','.join(demands)})" if demands else "TRUE"


def _verdict(draft: Draft, condition: Formula) -> str:
    words = vocabulary(draft, "adjustments", names=_names(draft, condition), judging=True)
    return verdict(condition.tree, words)


def _counted(draft: Draft, quotas: ByGroup[Quota]) -> tuple[str, str, str]:
    """Return the place that `quotas` count, among how many it is, and how many stand behind it."""
    place = here(c.PLACE)
    if draft.scheme.ranks_all and isinstance(quotas, Mapping):
        span = group_span(c.PLACE)
        return f'(1+COUNTIFS({span},"<"&{place}))', f"COUNT({span})", f'COUNTIFS({span},">"&{place})'
    span = ranking_span(c.PLACE, draft.scheme)
    return place, here(c.PLACED), f'COUNTIFS({span},">"&{place})'


def _quota(of: Quota, placed: str) -> str:
    if of.share is None:
        return number(float(of.count or 0))
    share = f"{placed}*{number(of.share)}"
    match of.rounding:
        case "half":
            whole = f"ROUND({share},0)"
        case "down":
            whole = f"ROUNDDOWN(ROUND({share},9),0)"
        case "up":
            whole = f"ROUNDUP(ROUND({share},9),0)"
    return f"MAX(1,{whole})"


def _names(draft: Draft, condition: Formula) -> dict[str, Named]:
    """Return what the words of a result mean in `condition`; an item comes before a node of the same code."""
    meanings = with_outcome(
        scope_of(draft.facts.inputs, draft.scheme), draft.facts.inputs, draft.scheme
    ).names
    items = {item.code for item in draft.scheme.items}
    nodes = {node.code for node in draft.scheme.nodes}
    names: dict[str, Named] = {}
    for word in names_in(condition.tree):
        if word in items:
            continue
        if word in ("veto", "vetoed"):
            cell = here(c.VETOED)
            part = Strict(text=f"({cell}=1)", cells=(cell,), truth=True)
        elif word == "score" or word in nodes:
            cell = here(c.score(ROOT if word == "score" else word))
            part = Strict(text=f"ROUND({cell},9)", cells=(cell,))
        else:
            cell = here(c.PLACE if word == "place" else _history_key(draft, word))
            part = Strict(text=cell, cells=(cell,))
        names[word] = Named(part, meanings[word])
    return names


def _history_key(draft: Draft, word: str) -> str:
    """Return the key of a figure of earlier rounds, which is an input taken from the engine."""
    key = f"history|{word}"
    if not draft.has(key):
        title, note = draft.say("ranking.history", name=word), draft.say("ranking.frozen")
        values = draft.facts.numbers(word)
        draft.add("adjustments", Column(key=key, title=title, role="frozen", values=values, note=note))
    return key


_NOTHING = quoted(MISSING)
_NO_TIER = "NA()"
