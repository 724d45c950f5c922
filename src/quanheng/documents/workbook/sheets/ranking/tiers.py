"""The tier of each unit, live where its conditions are about numbers (places §3, adjustments §4)."""

from __future__ import annotations

from dataclasses import replace

from quanheng.documents.workbook.draft.draft import Draft
from quanheng.documents.workbook.formulas.cells import MISSING, Column, number, quoted
from quanheng.documents.workbook.formulas.parts import Strict
from quanheng.documents.workbook.formulas.references import here
from quanheng.documents.workbook.sheets.vocabulary import Named, verdict, vocabulary
from quanheng.engine.formulas.conditions import with_outcome
from quanheng.engine.formulas.measures import scope_of
from quanheng.engine.frame import columns as c
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.formulas.tree import Formula, Words, names_in, parts_of
from quanheng.scheme.grades.grades import Quota, Tier

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
        formula=_formula(draft) if _can_be_live(draft) else None,
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
    trees = [tier.unless.tree for tier in draft.scheme.tiers if tier.unless is not None]
    return all(
        set(names_in(tree)) <= known and not any(isinstance(part, Words) for part in parts_of(tree))
        for tree in trees
    )


def _formula(draft: Draft) -> str:
    place = here(c.PLACE)
    formula = _NOTHING
    for tier in reversed(draft.scheme.tiers):
        formula = f"IF({_enters(draft, tier)},{quoted(tier.name)},{formula})"
    formula = f"IF(ISNUMBER({place}),{formula},{_NOTHING})"
    tiers = draft.scheme.tiers
    barred = draft.scheme.adjustments.veto_tier or (tiers[-1].name if tiers else MISSING)
    return f"IF({here(c.VETOED)}=1,{quoted(barred)},{formula})"


def _enters(draft: Draft, tier: Tier) -> str:
    demands = []
    if tier.top is not None:
        demands.append(f"{here(c.PLACE)}<={_quota(tier.top)}")
    if tier.at_least is not None:
        demands.append(f"ROUND({here(c.score(ROOT))},9)>={number(tier.at_least)}")
    if tier.unless is not None:
        names = _names(draft, tier.unless)
        words = vocabulary(draft, "adjustments", names=names, judging=True)
        demands.append(f"{verdict(tier.unless.tree, words)}<>1")
    return f"AND({','.join(demands)})" if demands else "TRUE"


def _quota(of: Quota) -> str:
    if of.share is None:
        return number(float(of.count or 0))
    return f"MAX(1,ROUND({here(c.PLACED)}*{number(of.share)},0))"


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
