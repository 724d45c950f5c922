"""The tier each unit ends in (places §3, adjustments §4)."""

from __future__ import annotations

import functools
import operator
from collections.abc import Mapping, Sequence
from typing import Any, Final

import narwhals as nw

from quanheng.engine.formulas.conditions import holds, with_outcome
from quanheng.engine.formulas.expressions import Scope
from quanheng.engine.formulas.measures import scope_of
from quanheng.engine.formulas.pooled import Wanted, with_pooled
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.pools import EVERYONE, over_pool, ranking_pool, with_everyone
from quanheng.engine.frame.rounding import comparable
from quanheng.engine.stages.places.places import quota
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.grades.tiers import Demands, Tier
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
    `top: 80%` counts from place 1), or from below (`last`, never the first place), with a total of
    `at_least` so much, if its condition holds and that of `unless` does not; nobody moves up for a unit that
    is barred. Then what lowers a tier does so, among those of the unit's group. A vetoed unit, placed or
    not, gets the tier of the veto, which
    need not be one of the list; where none is named, the last tier. `scope` says what items mean in
    conditions; by default every item column of the frame. `pool` names the columns whose values
    the units of a ranking share.
    """
    meaning = scope_of(frame, scheme) if scope is None else scope
    conditions = scheme.tier_conditions
    if conditions:
        meaning = with_outcome(meaning, frame, scheme)
        wanted = [Wanted(each.tree, "more") for each in conditions]
        frame, scopes = with_pooled(frame, wanted, meaning, pool=pool)
        meaning = scopes["more"]
    if any(tier.from_below for tier in scheme.tiers):
        # the greatest place is the first from below; who has no place has none from there
        below = nw.col(c.PLACE).rank("min", descending=True).cast(nw.Int64())
        frame, whole = with_everyone(frame, scheme), ranking_pool(scheme, pool)
        frame = frame.with_columns(over_pool(below, whole, frame, scheme).alias(_FROM_BELOW))
    if scheme.ranks_all:
        frame = _with_places_in_groups(frame, scheme, pool)
    earned = nw.lit(None, dtype=nw.Int64() if scheme.lower else nw.String())
    for number, tier in reversed(scheme.tiers_as_judged):
        entered = nw.lit(number) if scheme.lower else nw.lit(tier.name)
        earned = nw.when(_enters(tier, scheme, meaning)).then(entered).otherwise(earned)
    earned = nw.when(~nw.col(c.PLACE).is_null()).then(earned)
    if scheme.lower:
        frame = frame.with_columns(earned.alias(_EARNED))
        frame = frame.with_columns(_lowered(scheme, meaning).alias(_EARNED))
        earned = _named(scheme)
    frame = frame.with_columns(
        nw.when(nw.col(c.VETOED)).then(_of_veto(scheme)).otherwise(earned).alias(c.TIER)
    )
    return frame.drop(_EARNED, _FROM_BELOW, EVERYONE, *_IN_GROUP.values(), strict=False)


def _with_places_in_groups(
    frame: nw.LazyFrame[Any], scheme: Scheme, pool: Sequence[str]
) -> nw.LazyFrame[Any]:
    """Add the places inside each group of units that stand in one ranking, for quotas stated by group."""
    tiers = scheme.tiers
    if not any(isinstance(quotas, Mapping) for tier in tiers for quotas in (tier.top, tier.last)):
        return frame
    place = nw.col(c.PLACE)
    made = {
        c.PLACE: place.rank("min").cast(nw.Int64()),
        c.PLACED: place.count().cast(nw.Int64()),
        _FROM_BELOW: place.rank("min", descending=True).cast(nw.Int64()),
    }
    return frame.with_columns(*[made[key].over(*pool).alias(name) for key, name in _IN_GROUP.items()])


def _named(scheme: Scheme) -> nw.Expr:
    """Return the name of the tier whose number a unit has earned."""
    name = nw.lit(None, dtype=nw.String())
    for number, tier in enumerate(scheme.tiers):
        name = nw.when(nw.col(_EARNED) == number).then(nw.lit(tier.name)).otherwise(name)
    return name


def _enters(tier: Tier, scheme: Scheme, scope: Scope) -> nw.Expr:
    """Return whether a unit meets what `tier` demands of its group."""
    alike: dict[Demands, list[str]] = {}
    for group in scheme.groups:
        if tier.stands_in(group.code):
            alike.setdefault(tier.demands_in(group.code), []).append(group.code)
    if tier.by_group:
        inside = scheme.ranks_all
        tops, lasts = (inside and isinstance(quotas, Mapping) for quotas in (tier.top, tier.last))
        here = [
            nw.col(c.GROUP).is_in(groups) & _meets(asked, top_inside=tops, last_inside=lasts)
            for asked, groups in alike.items()
        ]
        entering = functools.reduce(operator.or_, here, nw.lit(False))  # noqa: FBT003 - a value, not a switch
    else:
        entering = _meets(tier.demands_in(""))
    if tier.condition is not None:
        entering = entering & holds(tier.condition, scope)
    if tier.unless is not None:
        entering = entering & ~holds(tier.unless, scope)
    return entering


def _meets(asked: Demands, *, top_inside: bool = False, last_inside: bool = False) -> nw.Expr:
    """Return whether a unit meets what is asked; quotas count in the ranking, or inside the group."""
    demands = [nw.lit(True)]  # noqa: FBT003 - a value, not a switch
    if asked.top is not None:
        place, placed = _counted(c.PLACE, inside=top_inside), _counted(c.PLACED, inside=top_inside)
        demands.append(place <= quota(asked.top, placed))
    if asked.last is not None:
        placed = _counted(c.PLACED, inside=last_inside)
        below = _counted(_FROM_BELOW, inside=last_inside) <= quota(asked.last, placed)
        demands.append(below & (_counted(c.PLACE, inside=last_inside) > 1))
    if asked.at_least is not None:
        demands.append(comparable(nw.col(c.score(ROOT))) >= asked.at_least)
    if asked.at_most is not None:
        demands.append(comparable(nw.col(c.score(ROOT))) <= asked.at_most)
    return functools.reduce(operator.and_, demands)


def _counted(key: str, *, inside: bool) -> nw.Expr:
    return nw.col(_IN_GROUP[key] if inside else key)


def _lowered(scheme: Scheme, scope: Scope) -> nw.Expr:
    """Return the number of the tier a unit ends in: so many of its group's lower, none past the last."""
    steps = nw.lit(0)
    for lowering in scheme.lower:
        if lowering.by is not None:
            steps = steps + nw.when(holds(lowering.condition, scope)).then(nw.lit(lowering.by)).otherwise(0)
    ended = nw.col(_EARNED)
    for groups, numbers in tiers_of_groups(scheme):
        order = {number: at for at, number in enumerate(numbers)}
        at = nw.lit(None, dtype=nw.Int64())
        for number, position in order.items():
            at = nw.when(nw.col(_EARNED) == number).then(nw.lit(position)).otherwise(at)
        at = at + steps
        for lowering in scheme.lower:
            if lowering.to is not None:
                limit = next((order[n] for n in numbers if scheme.tiers[n].name == lowering.to), None)
                if limit is not None:
                    here = holds(lowering.condition, scope) & (at < limit)
                    at = nw.when(here).then(nw.lit(limit)).otherwise(at)
        below = nw.lit(None, dtype=nw.Int64())
        for number, position in reversed(order.items()):
            reached = at >= position if number == numbers[-1] else at == position
            below = nw.when(reached).then(nw.lit(number)).otherwise(below)
        ended = nw.when(nw.col(c.GROUP).is_in(list(groups))).then(below).otherwise(ended)
    return ended


def tiers_of_groups(scheme: Scheme) -> list[tuple[tuple[str, ...], tuple[int, ...]]]:
    """Return groups that have the same tiers, and the numbers of these among the scheme's, best first."""
    alike: dict[tuple[int, ...], list[str]] = {}
    for group in scheme.groups:
        numbers = tuple(at for at, tier in enumerate(scheme.tiers) if tier.stands_in(group.code))
        if numbers:
            alike.setdefault(numbers, []).append(group.code)
    return [(tuple(groups), numbers) for numbers, groups in alike.items()]


def _of_veto(scheme: Scheme) -> nw.Expr:
    """Return the tier of a vetoed unit: the one that is named, else the last of its group."""
    if scheme.adjustments.veto_tier is not None or not any(tier.by_group for tier in scheme.tiers):
        return nw.lit(veto_tier(scheme), dtype=nw.String())
    name = nw.lit(None, dtype=nw.String())
    for groups, numbers in tiers_of_groups(scheme):
        last = nw.lit(scheme.tiers[numbers[-1]].name)
        name = nw.when(nw.col(c.GROUP).is_in(list(groups))).then(last).otherwise(name)
    return name


def veto_tier(scheme: Scheme, group: str | None = None) -> str | None:
    """Return the tier of a vetoed unit (of `group`); None where the scheme has no tiers."""
    if scheme.adjustments.veto_tier is not None:
        return scheme.adjustments.veto_tier
    tiers = scheme.tiers if group is None else scheme.tiers_in(group)
    return tiers[-1].name if tiers else None


_FROM_BELOW: Final = "from_below"
_EARNED: Final = "earned"
_IN_GROUP: Final[Mapping[str, str]] = {key: f"{key}_in_group" for key in (c.PLACE, c.PLACED, _FROM_BELOW)}
"""What a quota by group counts, where all units stand in one ranking."""
