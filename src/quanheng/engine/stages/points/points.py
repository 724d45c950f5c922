"""Rules as expressions: from the rated value to points (0-100 before weighting).

A value that is absent has no points here; the scheme's policies settle that later (gaps.py), never a rule.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Any, assert_never

import narwhals as nw

from quanheng.engine.formulas.expressions import Scope, compiled, completed, target_of
from quanheng.engine.formulas.operations import Compiled, any_of
from quanheng.engine.formulas.pooled import Wanted
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.comparing import Sign, compared
from quanheng.engine.frame.rounding import half_up
from quanheng.engine.frame.tables import names_in
from quanheng.engine.stages.points.anchored import (
    FULL,
    Rated,
    anchor_of,
    at_least,
    at_most,
    difference,
    of_each_row,
    ratio_to,
    said,
    scaled,
)
from quanheng.scheme.formulas.numbers import VAST
from quanheng.scheme.formulas.tree import Formula
from quanheng.scheme.rounding.rounding import NodeRounding
from quanheng.scheme.rules import pool
from quanheng.scheme.rules.bands import Bands
from quanheng.scheme.rules.catalogue import AnyRule
from quanheng.scheme.rules.deduct import Deduct
from quanheng.scheme.rules.given import Given
from quanheng.scheme.rules.ideal import Ideal
from quanheng.scheme.rules.marks import ByMarks
from quanheng.scheme.rules.met import Met
from quanheng.scheme.rules.percentile import Percentile
from quanheng.scheme.rules.place import PlaceByStep, PlaceEvenly, PlaceTable
from quanheng.scheme.rules.ratio import Ratio
from quanheng.scheme.rules.scale import Scale
from quanheng.scheme.rules.steps import Steps
from quanheng.scheme.rules.target import Slope, Target
from quanheng.scheme.rules.zscore import ZScore
from quanheng.scheme.tree.scheme import Indicator, Scheme
from quanheng.scheme.tree.worth import with_worth

_NOISE = 2.0**-40
"""Whole steps and thresholds are counted with this much relative slack, so that 0.07/0.01 is 7 steps."""


def rated(indicator: Indicator, scope: Scope, *, rounding: NodeRounding) -> Rated:
    """Return what `indicator`'s rule gives for the column `treated|…`.

    `scope` is where the target, anchor items and the names of a `met` condition are found; `rounding`
    says if the ratio of scale and target rules is rounded half-up first (rounding §1), or anything after it.
    """
    value = nw.col(c.treated(indicator.code))
    scope = replace(scope, indicator=indicator.code, direction=indicator.direction)
    more, exact = indicator.direction == "more", rounding.is_anywhere
    match indicator.rule:
        case Scale() as rule:
            return scaled(rule, indicator, scope, rounding)
        case Target() as rule:
            return _target(rule, indicator, target_of(scope).value, more=more, rounding=rounding)
        case Bands() as rule:
            return Rated(points=_bands(rule, value, more=more, exact=exact))
        case Steps() as rule:
            return Rated(points=_steps(rule, value, more=more))
        case PlaceEvenly() | PlaceByStep() | PlaceTable() as rule:
            return Rated(points=_place(rule, indicator.code))
        case Percentile() as rule:
            return Rated(points=_percentile(rule, value, indicator.code))
        case Ratio() as rule:
            return ratio_to(rule, value, anchor_of(rule.ref, indicator, scope, best=True), more=more)
        case ZScore() as rule:
            return Rated(points=_zscore(rule, value, indicator, scope, exact=exact))
        case Deduct() as rule:
            excess = at_least(difference(value, nw.lit(float(rule.free)), exact=exact), 0.0)
            return Rated(points=at_least(rule.start - rule.each * excess, rule.floor))
        case Ideal() as rule:
            return Rated(points=_ideal(rule, value, indicator.code, exact=exact))
        case Met() as rule:
            return _met(rule, value, scope)
        case ByMarks() as rule:
            return _by_marks(rule, value, indicator, scope)
        case Given(low=low, high=high):
            inside = compared(">=", value, nw.lit(low)) & compared("<=", value, nw.lit(high))
            return Rated(points=nw.when(inside).then(value))
        case _:
            assert_never(indicator.rule)


def is_bounded(rule: AnyRule) -> bool:
    """Return whether the numbers of `rule` itself bound the points that it can give."""
    match rule:
        case Scale(clamp=clamp):
            return clamp == "both"
        case Ratio(cap=cap):
            return cap is not None
        case ByMarks():
            return False
        case ZScore(cap=cap, where=where):
            return cap is not None and where is None
        case _:
            return True


def _target(
    rule: Target, indicator: Indicator, goal: nw.Expr, *, more: bool, rounding: NodeRounding
) -> Rated:
    value, known = nw.col(c.treated(indicator.code)), nw.col(c.ratio(indicator.code))
    decimals = rounding.ratio
    counts = any(slope is not None and slope.whole for slope in (rule.over, rule.short))
    apart = partial(difference, exact=rounding.is_anywhere or counts)
    if rule.compare == "difference":
        distance = apart(value, goal) if more else apart(goal, value)
        ratio = None
    else:
        ratio = completed(value / nw.when(goal != 0.0).then(goal), goal, more=more)
        if decimals is not None:
            ratio = half_up(ratio, decimals)
        distance = apart(known, nw.lit(1.0))
    if rule.met_only:
        # asked of the value itself: of a target of 0 there is no part, but it is met or not
        met = compared(">=" if more else "<=", value, goal)
        if ratio is not None and decimals is not None:
            met = nw.when(goal != 0.0).then(distance >= -_NOISE).otherwise(met)
        there = ~value.is_null() & ~goal.is_null()
        return Rated(points=nw.when(there).then(_choose(met, FULL, 0.0)), ratio=ratio)
    undefined = None if ratio is None else said((goal == 0.0) & ~value.is_null())
    if rule.base is None:
        completion = FULL * (distance + 1.0) if ratio is None else FULL * known
        points = completion.clip(rule.floor, rule.cap)
        return Rated(points=points, ratio=ratio, undefined=undefined)
    above = _slope(rule.over, distance, rule.base, sign=1.0)
    below = _slope(rule.short, -distance, rule.base, sign=-1.0)
    points = nw.when(distance >= 0.0).then(above).otherwise(below)
    return Rated(points=points, ratio=ratio, undefined=undefined)


def _slope(slope: Slope | None, distance: nw.Expr, base: float, *, sign: float) -> nw.Expr:
    if slope is None:
        return distance * 0.0 + base
    steps = distance / slope.per
    if slope.whole:
        steps = (steps * (1.0 + _NOISE) + _NOISE).floor()
    points = base + sign * slope.amount * steps
    return at_most(points, slope.limit) if sign > 0 else at_least(points, slope.limit)


def _bands(rule: Bands, value: nw.Expr, *, more: bool, exact: bool) -> nw.Expr:
    """Interpolate between neighbours; the last branch written is the leftmost stretch."""
    points = rule.points
    jumps = {left for (left, _), (right, _) in itertools.pairwise(points) if left == right}

    def is_left_of(x: float) -> nw.Expr:
        if x in jumps:  # who reaches a jump is on its better side
            return compared("<" if more else "<=", value, nw.lit(float(x)))
        return value < x

    expression: nw.Expr = nw.when(~value.is_null()).then(nw.lit(float(points[-1][1])))
    for (left, low), (right, high) in reversed(list(itertools.pairwise(points))):
        if left == right:
            continue
        rise, run = (Decimal(repr(end)) - Decimal(repr(start)) for start, end in ((low, high), (left, right)))
        line = low + difference(value, nw.lit(float(left)), exact=exact) * float(rise / run)
        expression = nw.when(is_left_of(right)).then(line).otherwise(expression)
    first, least = points[0]
    before = is_left_of(first) if first in jumps else value <= first
    return nw.when(before).then(nw.lit(float(least))).otherwise(expression)


def _steps(rule: Steps, value: nw.Expr, *, more: bool) -> nw.Expr:
    expression: nw.Expr = nw.when(~value.is_null()).then(nw.lit(float(rule.otherwise)))
    # the highest threshold reached decides: written last, it is asked first
    for threshold, points in rule.steps if more else reversed(rule.steps):
        sign: Sign = (">" if more else "<") if rule.strict else (">=" if more else "<=")
        reached = compared(sign, value, nw.lit(float(threshold)))
        expression = nw.when(reached).then(nw.lit(float(points))).otherwise(expression)
    return expression


def _place(rule: PlaceEvenly | PlaceByStep | PlaceTable, code: str) -> nw.Expr:
    place = nw.col(c.stat(code, pool.Rank().name))
    match rule:
        case PlaceEvenly(first=first, last=last):
            count = nw.col(c.stat(code, pool.COUNT.name))
            others = nw.when(count > 1).then(count - 1).otherwise(nw.lit(1))
            return first - (first - last) * (place - 1.0) / others
        case PlaceByStep(first=first, step=step, floor=floor):
            return at_least(first - step * (place - 1.0), floor)
        case PlaceTable(table=table, otherwise=otherwise):
            expression: nw.Expr = nw.when(~place.is_null()).then(nw.lit(float(otherwise)))
            for start, end, points in table:
                inside = (place >= float(start)) & (place <= float(end))
                expression = nw.when(inside).then(nw.lit(float(points))).otherwise(expression)
            return expression
        case _:
            assert_never(rule)


def _percentile(rule: Percentile, value: nw.Expr, code: str) -> nw.Expr:
    counted, count = nw.col(c.stat(code, rule.rank.name)), nw.col(c.stat(code, rule.count.name))
    above, below = rule.shift
    of = count + below
    # among no others there is nobody to be behind of
    alone = (of == 0) & ~counted.is_null()
    part = FULL * (counted + above) / nw.when(of > 0).then(of)
    points = nw.when(alone).then(nw.lit(FULL)).otherwise(part)
    return points if rule.zeros == "counted" else nw.when(value == 0.0).then(nw.lit(0.0)).otherwise(points)


def _zscore(rule: ZScore, value: nw.Expr, indicator: Indicator, scope: Scope, *, exact: bool) -> nw.Expr:
    code = indicator.code
    mean, sd = nw.col(c.stat(code, pool.MEAN.name)), nw.col(c.stat(code, pool.Deviation(rule.ddof).name))
    least, most = nw.col(c.stat(code, pool.LEAST.name)), nw.col(c.stat(code, pool.MOST.name))
    spread = rule.spread if indicator.direction == "more" else -rule.spread
    same = compared("==", least, most)
    away = difference(value, mean, exact=exact)
    deviation = nw.when(~same).then(of_each_row(sd, value))
    score = rule.center + spread * away / deviation
    if rule.cap is not None:
        cut = rule.center + spread * (away / deviation).clip(-rule.cap, rule.cap)
        score = (
            cut
            if rule.where is None
            else nw.when(_holds(rule.where, value, scope)).then(cut).otherwise(score)
        )
    alike = same & ~value.is_null()
    return nw.when(alike).then(nw.lit(FULL)).otherwise(score)


def _holds(condition: Formula, value: nw.Expr, scope: Scope) -> nw.Expr:
    """Return whether a condition of the rule holds; one that absent figures leave open does not."""
    names = {**scope.names, **_words_of(value, scope)}
    return compiled(condition.tree, replace(scope, names=names)).value.fill_null(value=False)


def _ideal(rule: Ideal, value: nw.Expr, code: str, *, exact: bool) -> nw.Expr:
    apart = partial(difference, exact=exact)
    low, high = nw.lit(float(rule.low)), nw.lit(float(rule.high))
    if rule.width is not None:
        width = nw.lit(float(rule.width))
    else:
        least, most = nw.col(c.stat(code, pool.LEAST.name)), nw.col(c.stat(code, pool.MOST.name))
        below, above = apart(low, least), apart(most, high)
        width = nw.when(below >= above).then(below).otherwise(above)
    inside = compared(">=", value, low) & compared("<=", value, high)
    distance = _greater(apart(low, value), apart(value, high))
    outside = FULL * (1.0 - distance / nw.when(width > 0.0).then(width))
    # as far out as the width, or farther, is 0 on paper, too
    far = compared(">=", distance, width)
    outside = nw.when(far & (width > 0.0)).then(nw.lit(0.0)).otherwise(outside)
    return nw.when(inside).then(nw.lit(FULL)).otherwise(outside)


def formulas_of_rules(
    frame: nw.LazyFrame[Any], indicators: Sequence[Indicator], scheme: Scheme
) -> Iterator[Wanted]:
    """Yield the formulas of the rules of `indicators`, with what their words mean."""
    having = [each for each in indicators if each.rule.formulas()]
    columns = frozenset(names_in(frame)) if having else frozenset()
    for indicator in having:
        for formula in indicator.rule.formulas():
            scope = Scope(columns=columns, items=frozenset(), indicator=indicator.code)
            words = {
                **_words_of(nw.col(c.treated(indicator.code)), scope),
                **_worth(with_worth(indicator, scheme)),
            }
            yield Wanted(formula.tree, "more", indicator.code, own=indicator.direction, names=words)


def _words_of(value: nw.Expr, scope: Scope) -> Mapping[str, Compiled]:
    return {"x": Compiled(value=value), "target": target_of(scope)}


def _met(rule: Met, value: nw.Expr, scope: Scope) -> Rated:
    names = {**scope.names, **_words_of(value, scope)}
    condition = compiled(rule.condition.tree, replace(scope, names=names))
    holds = nw.when(condition.value).then(nw.lit(FULL)).otherwise(nw.lit(0.0))
    there = ~value.is_null()
    return Rated(
        points=nw.when(there & ~condition.value.is_null()).then(holds),
        undefined=None if condition.undefined is None else there & condition.undefined,
        not_applicable=None if condition.not_applicable is None else there & condition.not_applicable,
    )


def _worth(indicator: Indicator) -> Mapping[str, Compiled]:
    return {"marks": Compiled(value=marks_of(indicator))} if isinstance(indicator.rule, ByMarks) else {}


def marks_of(indicator: Indicator) -> nw.Expr:
    """Return what the indicator is worth by the scheme in the unit's group."""
    worth = nw.lit(None, dtype=nw.Float64())
    for group, marks in indicator.weights.items():
        worth = nw.when(nw.col(c.GROUP) == group).then(nw.lit(float(marks))).otherwise(worth)
    return worth


def _by_marks(rule: ByMarks, value: nw.Expr, indicator: Indicator, scope: Scope) -> Rated:
    names = {**scope.names, **_words_of(value, scope), **_worth(indicator)}
    given = compiled(rule.formula.tree, replace(scope, names=names))
    there = ~value.is_null()
    marks = given.value.cast(nw.Float64())
    sound = marks.abs() < VAST
    undefined = any_of([given.undefined, (~sound).fill_null(value=False)])
    return Rated(
        points=nw.when(there & sound).then(FULL * marks / marks_of(indicator)),
        undefined=None if undefined is None else there & undefined,
        not_applicable=None if given.not_applicable is None else there & given.not_applicable,
    )


def _choose(condition: nw.Expr, then: float, otherwise: float) -> nw.Expr:
    return nw.when(condition).then(nw.lit(then)).otherwise(nw.lit(otherwise))


def _greater(left: nw.Expr, right: nw.Expr) -> nw.Expr:
    return nw.when(left >= right).then(left).otherwise(right)
