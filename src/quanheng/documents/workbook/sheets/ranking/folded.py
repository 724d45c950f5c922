"""Reviews folded into the year's total, on the sheet of scores: what was folded, and the total before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from quanheng.documents.workbook.draft.draft import Draft
from quanheng.documents.workbook.formulas.cells import MISSING, Column, number, quoted
from quanheng.documents.workbook.formulas.references import across, here
from quanheng.engine.frame import columns as c
from quanheng.engine.stages.reviews.fold import HeldReviews
from quanheng.scheme.fields.codes import ROOT

OWN = "folded|own"
"""The key of the column of the total before the reviews are folded into it."""


def root_score_key(draft: Draft) -> str:
    """Return the key of the root's own score, which its points follow from."""
    return c.score(ROOT) if draft.result.held is None else OWN


def folded_column(draft: Draft, held: HeldReviews, own: Column) -> Column:
    """Return the column of the folded total (reviews §2); `own` is the one of the total before."""
    if not held.rounds:
        formula = here(OWN)
    else:
        mean, total = here(c.REVIEWS_MEAN), here(OWN)
        if held.fold.year == 0.0:
            known, both = f"ISNUMBER({mean})", mean
        else:
            known = f"COUNT({mean},{total})=2"
            both = f"{number(held.fold.year)}*{total}+{number(held.fold.reviews)}*{mean}"
        decimals = draft.scheme.rounding.total
        rounded = both if decimals is None else f"ROUND({both},{decimals})"
        formula = f"IF({known},{rounded},{total})"
    note = draft.say("scores.folded", own=_share(held.fold.year), reviews=_share(held.fold.reviews))
    return replace(
        own, key=c.score(ROOT), values=draft.facts.shown(c.score(ROOT)), formula=formula, note=note
    )


def add_folded(draft: Draft, held: HeldReviews, own: Column) -> None:
    """Add what the folded total is made of: the total before, the reviews, and their means."""
    title = draft.say("scores.own_total")
    draft.add("scores", replace(own, key=OWN, title=title, values=draft.facts.shown(c.OWN_TOTAL), code=""))
    if not held.rounds:
        return
    for round_ in held.rounds:
        draft.add(
            "scores",
            Column(
                key=c.review(round_),
                title=draft.say("scores.review", round=round_),
                role="frozen",
                values=draft.facts.numbers(c.review(round_)),
                note=draft.say("ranking.frozen"),
                decimals=draft.scheme.rounding.shown_total,
            ),
        )
    for step, rounds in held.steps:
        keys = [c.review(round_) for round_ in rounds]
        _add_mean(draft, c.mean_of_reviews(step), keys, draft.say("scores.step_mean", step=step))
    means = [c.mean_of_reviews(step) for step, _ in held.steps] or [c.review(each) for each in held.rounds]
    weights = [held.fold.weight_of(each) for each in held.rounds] if held.fold.each else None
    _add_mean(draft, c.REVIEWS_MEAN, means, draft.say("scores.reviews_mean"), weights)


def _add_mean(
    draft: Draft, key: str, of: Sequence[str], title: str, weights: Sequence[float] | None = None
) -> None:
    span = across(of[0], of[-1])
    mean = f"AVERAGE({span})"
    if weights is not None:
        parts = [(number(weight), here(each)) for weight, each in zip(weights, of, strict=True)]
        total = "+".join(f"{weight}*N({cell})" for weight, cell in parts)
        known = "+".join(f"{weight}*ISNUMBER({cell})" for weight, cell in parts)
        mean = f"({total})/({known})"
    formula = f"IF(COUNT({span})>0,{mean},{quoted(MISSING)})"
    values = draft.facts.shown(key)
    draft.add("scores", Column(key=key, title=title, role="live", values=values, formula=formula))


def _share(part: float) -> str:
    return f"{100.0 * part:.12g}%"
