"""The tier each unit ends in (places §3, adjustments §4)."""

from __future__ import annotations

import functools
import operator
from collections.abc import Sequence
from typing import Any

import narwhals as nw

from quanheng.engine.formulas.conditions import holds, with_outcome
from quanheng.engine.formulas.expressions import Scope
from quanheng.engine.formulas.measures import scope_of
from quanheng.engine.formulas.pooled import Wanted, with_pooled
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.rounding import comparable
from quanheng.engine.stages.places.places import quota
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.grades.grades import Tier
from quanheng.scheme.tree.scheme import Scheme


def with_tiers(
    frame: nw.LazyFrame[Any],
    scheme: Scheme,
    scope: Scope | None = None,
    *,
    pool: Sequence[str] = (c.GROUP,),
) -> nw.LazyFrame[Any]:
    """Add `tier`: the first of the scheme's tiers whose demands a placed unit meets, null if it meets none.

    `frame` has `place`, `placed` and `vetoed`. A tier is entered by the places up to its quota (cumulative:
    `top: 80%` counts from place 1) with a total of `at_least` so much, unless its condition holds; nobody
    moves up for a unit that is barred. A vetoed unit, placed or not, gets the tier of the veto, which
    need not be one of the list; where none is named, the last tier. `scope` says what items mean in
    conditions; by default every item column of the frame. `pool` names the columns whose values
    the units of a ranking share.
    """
    meaning = scope_of(frame, scheme) if scope is None else scope
    barred = [tier.unless for tier in scheme.tiers if tier.unless is not None]
    if barred:
        meaning = with_outcome(meaning, frame, scheme)
        frame, scopes = with_pooled(frame, [Wanted(each.tree, "more") for each in barred], meaning, pool=pool)
        meaning = scopes["more"]
    earned = nw.lit(None, dtype=nw.String())
    for tier in reversed(scheme.tiers):
        earned = nw.when(_enters(tier, meaning)).then(nw.lit(tier.name)).otherwise(earned)
    earned = nw.when(~nw.col(c.PLACE).is_null()).then(earned)
    return frame.with_columns(
        nw.when(nw.col(c.VETOED))
        .then(nw.lit(veto_tier(scheme), dtype=nw.String()))
        .otherwise(earned)
        .alias(c.TIER)
    )


def _enters(tier: Tier, scope: Scope) -> nw.Expr:
    demands = [nw.lit(True)]  # noqa: FBT003 - a value, not a switch
    if tier.top is not None:
        demands.append(nw.col(c.PLACE) <= quota(tier.top, nw.col(c.PLACED)))
    if tier.at_least is not None:
        demands.append(comparable(nw.col(c.score(ROOT))) >= tier.at_least)
    if tier.unless is not None:
        demands.append(~holds(tier.unless, scope))
    return functools.reduce(operator.and_, demands)


def veto_tier(scheme: Scheme) -> str | None:
    """Return the tier of a vetoed unit; None where the scheme has no tiers."""
    if scheme.adjustments.veto_tier is not None:
        return scheme.adjustments.veto_tier
    return scheme.tiers[-1].name if scheme.tiers else None
