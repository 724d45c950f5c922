"""Categories of marks given and taken: the caps of their own, which hold before the cap over all (§2 c).

Marks in none are a category here, which has no cap.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Collection, Sequence
from typing import Any, Final, Literal, NamedTuple, TypeAlias

import narwhals as nw

from quanheng.engine.frame import columns as c
from quanheng.scheme.grades.grades import Limit

AdjustmentKind: TypeAlias = Literal["bonus", "penalty"]
KINDS: Final[tuple[AdjustmentKind, ...]] = ("bonus", "penalty")
CATEGORY: Final = "category"
"""The column of rows that names their category."""
NO_CATEGORY: Final = ""
"""Of marks that only the cap over all holds for."""


class Claim(NamedTuple):
    """Marks of a kind that are asked for at a node, in a category of that kind."""

    node: str
    kind: AdjustmentKind
    category: str


def with_categories(frame: nw.LazyFrame[Any], claims: Sequence[Claim], limit: Limit) -> nw.LazyFrame[Any]:
    """Add what the caps of the categories leave of `claims`, all of one kind whose limit is `limit`.

    Where caps of nodes left something of a claim, it is that which counts.
    """
    names = set(frame.collect_schema().names())
    caps = {each.code: each.cap for each in limit.categories}
    of_category: dict[str, list[nw.Expr]] = {}
    by_node: dict[tuple[str, AdjustmentKind], list[Claim]] = {}
    for each in claims:
        of_category.setdefault(each.category, []).append(not_lost(each.node, _left(each, names), names))
        by_node.setdefault((each.node, each.kind), []).append(each)
    kind = claims[0].kind
    sums = [
        _sum(asked).alias(c.uncapped_in(kind, category))
        for category, asked in of_category.items()
        if category != NO_CATEGORY
    ]
    frame = frame.with_columns(*sums) if sums else frame
    return frame.with_columns(
        *[_sum([_asked(each) for each in here]).alias(c.claim(*pair)) for pair, here in by_node.items()],
        *[
            _sum([_kept(each, caps, names) for each in here]).alias(c.kept(*pair))
            for pair, here in by_node.items()
        ],
    )


def capped(asked: nw.Expr, every: nw.Expr, cap: float | None) -> nw.Expr:
    """Return what a cap on `every` mark leaves of those `asked`: what is over it comes off in proportion."""
    if cap is None:
        return asked
    # all marks at one node give the cap itself, not the cap less a rounding of the proportion
    reduced = nw.when(asked == every).then(nw.lit(cap)).otherwise(asked * cap / every)
    return nw.when(every > cap).then(reduced).otherwise(asked)


def not_lost(node: str, asked: nw.Expr, names: Collection[str]) -> nw.Expr:
    """Return what is asked for, 0 at a node worth nothing to the unit: what is lost uses up no cap (§2 b)."""
    marks = c.marks(node)
    return nw.when(nw.col(marks) > 0.0).then(asked).otherwise(0.0) if marks in names else asked


def _asked(claim: Claim) -> nw.Expr:
    return nw.col(c.claim_in(*claim))


def _left(claim: Claim, names: Collection[str]) -> nw.Expr:
    """Return what the caps of nodes leave of what is asked for."""
    return nw.col(c.left(*claim)) if c.left(*claim) in names else _asked(claim)


def _kept(claim: Claim, caps: dict[str, float | None], names: Collection[str]) -> nw.Expr:
    if claim.category == NO_CATEGORY:
        return _left(claim, names)
    return capped(
        _left(claim, names), nw.col(c.uncapped_in(claim.kind, claim.category)), caps[claim.category]
    )


def _sum(parts: Sequence[nw.Expr]) -> nw.Expr:
    return functools.reduce(operator.add, parts)
