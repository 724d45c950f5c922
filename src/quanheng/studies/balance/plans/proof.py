"""The proof of a plan: the book with the changed figures, scored by the engine as any book is."""

from __future__ import annotations

from collections.abc import Sequence

from quanheng.engine.frame import columns as c
from quanheng.engine.results.score import score
from quanheng.findings.value import Value
from quanheng.studies.balance.model.frozen import Pool
from quanheng.studies.balance.plans.plan import Ground
from quanheng.studies.variants.moved import is_reported, with_figures


class Proof(Value):
    """What the engine makes of a plan. `anew` says that the changed book was scored anew, reviews and all.

    Otherwise a figure is counted from records, which a plan does not write: then the round was scored with
    the figures changed, its reviews as they were held.
    """

    pool: Pool
    anew: bool


def proof_of(ground: Ground, amounts: Sequence[float]) -> Proof:
    """Return what the engine makes of a plan."""
    changes = ground.changes(amounts)
    if not all(is_reported(ground.book, item) for _, item in changes):
        (pool,) = ground.scored([amounts])
        return Proof(pool=pool, anew=False)
    result = score(with_figures(ground.book, ground.result, changes)) if changes else ground.result
    return Proof(pool=Pool(ground.today.scheme, result.wide), anew=True)


def moved_units(ground: Ground, before: Pool, after: Pool, amounts: Sequence[float]) -> list[str]:
    """Return the units whose figures were changed, then those whose place or tier is another one."""
    own = [lever.unit for lever, amount in zip(ground.levers, amounts, strict=True) if amount > 0.0]
    others = [
        unit
        for unit in before.units
        if (before.place(unit), before.text(unit, c.TIER)) != (after.place(unit), after.text(unit, c.TIER))
    ]
    return list(dict.fromkeys((*own, *others)))
