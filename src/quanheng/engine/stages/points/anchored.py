"""Rules that compare a value with anchors: what a scale and a ratio make of it (observed §1 f, §2)."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import narwhals as nw

from quanheng.engine.formulas.expressions import Scope, target_of
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.comparing import compared, settled, settled_difference
from quanheng.engine.frame.rounding import half_up
from quanheng.engine.frame.sums import greatest
from quanheng.findings.value import Value
from quanheng.scheme.rounding.rounding import NodeRounding
from quanheng.scheme.rules.anchors import (
    Anchor,
    Constant,
    ItemAnchor,
    Observed,
    Quantile,
    Reference,
    TargetAnchor,
)
from quanheng.scheme.rules.ratio import Ratio
from quanheng.scheme.rules.scale import Scale
from quanheng.scheme.tree.pools import Over
from quanheng.scheme.tree.scheme import Indicator

FULL: Final = 100.0


class Rated(Value):
    """Points and, where the rule has one, the inner ratio they come from; both null where absent.

    The points look at the ratio in its column `ratio|…`, so that it is computed once.
    `undefined` says where a value has no points because the rule would divide by 0, or by less than 0
    where that says nothing; `not_applicable` where nothing stands beside nothing (absence §5).
    """

    points: nw.Expr
    ratio: nw.Expr | None = None
    undefined: nw.Expr | None = None
    not_applicable: nw.Expr | None = None


def separates_nobody(indicator: Indicator, scope: Scope) -> nw.Expr | None:
    """Return where the ends between which the rule tells units apart coincide (observed §2)."""
    if indicator.rule.ends is None:
        return None
    worst, best = ends_of(indicator.rule.ends, indicator, scope)
    return compared("==", worst, best) & ~nw.col(c.treated(indicator.code)).is_null()


def difference(left: nw.Expr, right: nw.Expr, *, exact: bool) -> nw.Expr:
    """Return `left` less `right`: where something is rounded later on, exactly as on paper (comparing §1 a).

    106.345 − 106 is a little less than 0.345 in binary, and 34.5 points would be rounded down. Where nothing
    is rounded, points are compared at nine decimals; to settle them would only take time.
    """
    return settled_difference(left, right) if exact else left - right


def scaled(rule: Scale, indicator: Indicator, scope: Scope, rounding: NodeRounding) -> Rated:
    """Return what a scale gives: its ratio, and the points that look at it."""
    if lies_between_statistics(indicator):
        return Rated(points=_curved(rule, indicator), ratio=_part_of_way(indicator))
    worst, best = ends_of((rule.worst, rule.best), indicator, scope)
    value = nw.col(c.treated(indicator.code))
    same = compared("==", worst, best)
    # from worst to best, or the other way: 0 over a number below 0 would be a 0 with a sign
    falls = _falls(rule, indicator)
    spread, way = (worst - best, worst - value) if falls else (best - worst, value - worst)
    if rounding.is_anywhere or rule.round_ratio is not None:
        # at the digits of the ends, found once for both: a value far beyond them loses none in a difference
        size = greatest([worst.abs(), best.abs()])
        spread, way = settled(spread, size=size), settled(way, size=size)
    ratio = way / of_each_row(nw.when(~same).then(spread), value)
    decimals = rule.round_ratio if rule.round_ratio is not None else rounding.ratio
    if decimals is not None:
        ratio = half_up(ratio, decimals)
    if rule.clamp != "none":
        ratio = ratio.clip(
            lower_bound=0.0 if rule.clamp in ("both", "below") else None,
            upper_bound=1.0 if rule.clamp in ("both", "above") else None,
        )
    # everyone gets 100 where worst = best (observed §2): the ratio 1 says so
    nobody = same & ~value.is_null()
    ratio = nw.when(nobody).then(nw.lit(1.0)).otherwise(ratio)
    turned = None
    if rule.is_bound:
        # the direction says which end is best: the other one cannot lie beyond it (observed §2 b)
        beyond = compared("<" if indicator.direction == "more" else ">", best, worst)
        turned = said(beyond & ~value.is_null())
    return Rated(points=_curved(rule, indicator), ratio=ratio, undefined=turned)


def _curved(rule: Scale, indicator: Indicator) -> nw.Expr:
    """Return the points of a scale from its ratio."""
    known = nw.col(c.ratio(indicator.code))
    if rule.curve == "exponential":
        return rule.base * nw.lit(FULL / rule.base) ** known
    return rule.base + (FULL - rule.base) * known


START: Final = "start"
"""The statistic from which the way of a value is counted: the worst."""
SPREAD: Final = "spread"
"""How far it is from there to the best."""


def lies_between_statistics(indicator: Indicator) -> bool:
    """Return whether a scale's ends are statistics of the units, the same for all of a pool, and cut it off.

    From where and how far to count is then found once for the pool and not for each of its units, if nothing
    is rounded on the way.
    """
    rule = indicator.rule
    if not isinstance(rule, Scale) or rule.clamp != "both" or isinstance(indicator.within, Over):
        return False
    of_units = all(isinstance(end, (Observed, Quantile)) for end in (rule.worst, rule.best))
    return of_units and rule.round_ratio is None and not indicator.rounding.is_anywhere


def ways_between(indicator: Indicator) -> Iterator[tuple[str, nw.Expr]]:
    """Yield the statistics `start` and `spread` of a scale that lies between statistics, made from those.

    Where its ends coincide every value is at the best end, however far from both (observed §2): it has come
    from the farthest number there is: no table holds an infinite one (numbers §3).
    """
    if isinstance(indicator.rule, Scale) and lies_between_statistics(indicator):
        nothing = Scope(columns=frozenset(), items=frozenset())
        worst, best = ends_of((indicator.rule.worst, indicator.rule.best), indicator, nothing)
        same = compared("==", worst, best)
        falls = _falls(indicator.rule, indicator)
        farthest = nw.lit(sys.float_info.max if falls else -sys.float_info.max)
        yield START, nw.when(same).then(farthest).otherwise(worst)
        yield SPREAD, nw.when(same).then(nw.lit(1.0)).otherwise(worst - best if falls else best - worst)


def _part_of_way(indicator: Indicator) -> nw.Expr:
    assert isinstance(indicator.rule, Scale)  # noqa: S101  narrows the type
    value = nw.col(c.treated(indicator.code))
    start, spread = (nw.col(c.stat(indicator.code, name)) for name in (START, SPREAD))
    way = start - value if _falls(indicator.rule, indicator) else value - start
    return (way / of_each_row(spread, value)).clip(lower_bound=0.0, upper_bound=1.0)


def _falls(rule: Scale, indicator: Indicator) -> bool:
    """Return whether the worst lies above the best."""
    match (rule.worst, rule.best):
        case (Constant(worst), Constant(best)):
            return worst > best
        case _:
            return indicator.direction == "less"


def ends_of(ends: tuple[Anchor, Anchor], indicator: Indicator, scope: Scope) -> tuple[nw.Expr, nw.Expr]:
    """Return the worst and the best as columns or constants."""
    worst, best = ends
    return (
        anchor_of(worst, indicator, scope, best=False),
        anchor_of(best, indicator, scope, best=True),
    )


def anchor_of(anchor: Anchor | Reference, indicator: Indicator, scope: Scope, *, best: bool) -> nw.Expr:
    """Return what an anchor stands for; `best` says which end of what is observed."""
    match looked_up := anchor.looked_up(indicator.direction, best=best):
        case Constant(value):
            return nw.lit(float(value))
        case TargetAnchor():
            return target_of(replace(scope, indicator=indicator.code)).value
        case ItemAnchor(item):
            return nw.col(c.item(item))
        case _:
            return nw.col(c.stat(indicator.code, looked_up.name))


def ratio_to(rule: Ratio, value: nw.Expr, reference: nw.Expr, *, more: bool) -> Rated:
    """Return the points by observed §1 f: nothing is compared with a reference that is not above 0."""
    usable = nw.when(reference > 0.0).then(reference)
    undefined = reference <= 0.0
    if more:
        points = FULL * value / usable
    else:
        points = FULL * usable / nw.when(value > 0.0).then(value)
        undefined = undefined | (value < 0.0)
        if rule.cap is None:
            undefined = undefined | (value == 0.0)
        else:
            # nothing of what should be little is the best there is
            best = nw.when(~usable.is_null()).then(nw.lit(float(rule.cap)))
            points = nw.when(value == 0.0).then(best).otherwise(points)
    points = points.clip(0.0, rule.cap)
    undefined = undefined & ~value.is_null() & ~reference.is_null()
    if not isinstance(rule.ref, ItemAnchor):
        return Rated(points=points, undefined=said(undefined))
    # the unit has nothing, and nothing stands beside it
    nothing = said((value == 0.0) & (reference == 0.0))
    return Rated(points=points, undefined=said(undefined), not_applicable=nothing)


def needs_cap(indicator: Indicator, scope: Scope) -> nw.Expr | None:
    """Return where a ratio needs a cap to say how good it is to have nothing of it (observed §1 f)."""
    rule = indicator.rule
    if not isinstance(rule, Ratio) or rule.cap is not None or indicator.direction == "more":
        return None
    reference = anchor_of(rule.ref, indicator, scope, best=True)
    return said((nw.col(c.treated(indicator.code)) == 0.0) & (reference > 0.0))


def said(condition: nw.Expr) -> nw.Expr:
    """Return a condition that is false where it is open."""
    return condition.fill_null(value=False)


def of_each_row(divisor: nw.Expr, value: nw.Expr) -> nw.Expr:
    """Return `divisor` as a column of its own: by a constant Polars multiplies with its reciprocal.

    That is another last digit, and less than 1 for what is the best.
    """
    return divisor + 0.0 * value


def at_least(value: nw.Expr, floor: float) -> nw.Expr:
    """Return `value`, or the floor where it lies below."""
    return value.clip(lower_bound=floor)


def at_most(value: nw.Expr, ceiling: float) -> nw.Expr:
    """Return `value`, or the ceiling where it lies above."""
    return value.clip(upper_bound=ceiling)
