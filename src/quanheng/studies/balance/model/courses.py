"""The points that a rule gives along a measure, everything else as it stands: exact, in pieces.

What a rule looks at in other units (extremes, quantiles, places) is frozen as it is in the pool; of observed
extremes and places the unit itself is left out, so that its own way past the others is exact.
"""

from __future__ import annotations

import bisect
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from math import inf
from typing import Final, assert_never

from quanheng.engine.frame import columns as c
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.scheme.formulas.tree import names_in
from quanheng.scheme.rules import pool
from quanheng.scheme.rules.anchors import Anchor, Constant, ItemAnchor, Observed, Reference, TargetAnchor
from quanheng.scheme.rules.bands import Bands
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
from quanheng.scheme.tree.scheme import Indicator
from quanheng.studies.balance.model.formulas import Unknown, holds, thresholds_of

FULL: Final = 100.0
_MOST_STEPS: Final = 1000


class NotStraightError(Exception):
    """Points do not follow a measure in straight pieces, or cannot be said; `why` says so."""

    def __init__(self, why: Text) -> None:
        """Keep why."""
        self.why = why
        super().__init__(why.en)


class Course(Value, kw_only=False):
    """Points as a function of a measure: straight between `knots`, at which it may jump."""

    points: Callable[[float], float]
    knots: tuple[float, ...] = ()


class Frozen(Value):
    """What a rule looks at beside the measure: the unit's row of the wide frame, and its `rivals`' values.

    `figures` are its items by their codes.
    """

    row: Mapping[str, float | None]
    figures: Mapping[str, float | None]
    rivals: tuple[float, ...]


def course_of(indicator: Indicator, frozen: Frozen) -> Course:
    """Return the points of `indicator`'s rule along its measure, before coefficient and rounding.

    Raises:
        NotStraightError: the rule's curve is no straight line, or an anchor is not known.
    """
    more = indicator.direction == "more"
    match indicator.rule:
        case Scale() as rule:
            return _scale(rule, indicator, frozen)
        case Target() as rule:
            return _target(rule, _known(frozen.row.get(c.target(indicator.code)), "target"), more=more)
        case Bands(points=pairs) as rule:
            return Course(lambda x: _between(pairs, x, more=more), rule.thresholds)
        case Steps() as rule:
            return Course(partial(_steps, rule, more=more), tuple(x for x, _ in rule.steps))
        case PlaceEvenly() | PlaceByStep() | PlaceTable() as rule:
            return _places(rule, frozen.rivals, more=more)
        case Percentile() as rule:
            return _percentile(rule, frozen.rivals, more=more)
        case Ratio() as rule:
            return _ratio(rule, indicator, frozen)
        case ZScore() as rule:
            return _zscore(rule, indicator, frozen)
        case Deduct() as rule:
            return _deduct(rule)
        case Ideal() as rule:
            return _ideal(rule, indicator, frozen)
        case Met() as rule:
            return _met(rule, indicator, frozen)
        case ByMarks():
            raise NotStraightError(Text(en="its marks come from a formula", zh="其得分由公式给出"))
        case Given():
            return Course(lambda x: x)
        case _:
            assert_never(indicator.rule)


def _known(value: float | None, what: str) -> float:
    if value is None:
        raise NotStraightError(Text(en=f"its {what} is not known", zh=f"{what}未知"))
    return float(value)


def _anchor(anchor: Anchor | Reference, indicator: Indicator, frozen: Frozen, *, best: bool) -> float:
    looked_up = anchor.looked_up(indicator.direction, best=best)
    match looked_up:
        case Constant(value):
            return value
        case TargetAnchor():
            return _known(frozen.row.get(c.target(indicator.code)), "target")
        case ItemAnchor(item):
            return _known(frozen.figures.get(item), item)
        case pool.LEAST if frozen.rivals:
            return min(frozen.rivals)
        case pool.MOST if frozen.rivals:
            return max(frozen.rivals)
        case _:
            return _known(frozen.row.get(c.stat(indicator.code, looked_up.name)), looked_up.name)


def _scale(rule: Scale, indicator: Indicator, frozen: Frozen) -> Course:
    observed = isinstance(rule.worst, Observed), isinstance(rule.best, Observed)
    if all(observed) and not frozen.rivals:
        return Course(lambda _: FULL)
    if rule.curve == "exponential":
        raise NotStraightError(Text(en="its scale is an exponential curve", zh="功效系数采用指数曲线"))
    worst = _anchor(rule.worst, indicator, frozen, best=False)
    best = _anchor(rule.best, indicator, frozen, best=True)
    # who goes beyond the observed end is the end
    low = 0.0 if rule.clamp in {"both", "below"} or observed[0] else -inf
    high = 1.0 if rule.clamp in {"both", "above"} or observed[1] else inf
    sign = -1.0 if worst > best or (worst == best and indicator.direction == "less") else 1.0

    def points(value: float) -> float:
        if worst == best:
            ratio = 1.0 if sign * (value - best) >= 0.0 or not all(observed) else 0.0
        else:
            ratio = min(max((value - worst) / (best - worst), low), high)
        return rule.base + (FULL - rule.base) * ratio

    return Course(points, (worst, best))


def _target(rule: Target, goal: float, *, more: bool) -> Course:
    sign = 1.0 if more else -1.0
    if rule.met_only:
        return Course(lambda x: FULL if sign * (x - goal) >= 0.0 else 0.0, (goal,))
    size = 1.0 if rule.compare == "difference" else abs(goal)
    if size == 0.0:
        raise NotStraightError(Text(en="its target is 0", zh="目标为0"))

    def distance(value: float) -> float:
        return sign * (value - goal) / size

    def value_at(apart: float) -> float:
        return goal + sign * size * apart

    base = rule.base
    if base is None:
        ends = (value_at(rule.floor / FULL - 1.0), value_at(rule.cap / FULL - 1.0))
        return Course(lambda x: min(max(FULL * (1.0 + distance(x)), rule.floor), rule.cap), ends)

    def points(value: float) -> float:
        apart = distance(value)
        slope, way = (rule.over, 1.0) if apart >= 0.0 else (rule.short, -1.0)
        return base if slope is None else _on_slope(slope, base, abs(apart), way)

    knots = [goal]
    for slope, way in ((rule.over, 1.0), (rule.short, -1.0)):
        if slope is not None:
            knots.extend(value_at(way * apart) for apart in _apart(slope, base))
    return Course(points, tuple(knots))


def _on_slope(slope: Slope, base: float, apart: float, way: float) -> float:
    steps = apart / slope.per
    if slope.whole:
        steps = float(int(steps * (1.0 + 2.0**-40) + 2.0**-40))
    points = base + way * slope.amount * steps
    return min(points, slope.limit) if way > 0 else max(points, slope.limit)


def _apart(slope: Slope, base: float) -> list[float]:
    """Return how far from the target points on a slope change their course."""
    steps = abs(slope.limit - base) / slope.amount
    if not slope.whole:
        return [steps * slope.per]
    count = int(steps) + 1
    if count > _MOST_STEPS:
        raise NotStraightError(Text(en=f"its target has {count} steps", zh=f"目标分档达{count}档"))
    return [slope.per * number for number in range(1, count + 1)]


def _between(pairs: Sequence[tuple[float, float]], value: float, *, more: bool) -> float:
    bisected = bisect.bisect_right if more else bisect.bisect_left
    at = bisected([x for x, _ in pairs], value)
    if at in {0, len(pairs)}:
        return pairs[min(at, len(pairs) - 1)][1]
    (left, low), (right, high) = pairs[at - 1], pairs[at]
    return low + (value - left) * (high - low) / (right - left)


def _steps(rule: Steps, value: float, *, more: bool) -> float:
    for threshold, points in reversed(rule.steps) if more else rule.steps:
        if (value > threshold if more else value < threshold) or (value == threshold and not rule.strict):
            return points
    return rule.otherwise


def _places(rule: PlaceEvenly | PlaceByStep | PlaceTable, rivals: tuple[float, ...], *, more: bool) -> Course:
    def points(value: float) -> float:
        place = 1 + sum(1 for rival in rivals if (rival > value if more else rival < value))
        match rule:
            case PlaceEvenly(first=first, last=last):
                return first - (first - last) * (place - 1.0) / max(1, len(rivals))
            case PlaceByStep(first=first, step=step, floor=floor):
                return max(first - step * (place - 1.0), floor)
            case PlaceTable(table=table, otherwise=otherwise):
                return next((given for top, end, given in table if top <= place <= end), otherwise)
            case _:
                assert_never(rule)

    return Course(points, rivals)


def _percentile(rule: Percentile, rivals: tuple[float, ...], *, more: bool) -> Course:
    apart = rule.zeros == "apart"
    known = tuple(rival for rival in rivals if rival != 0.0) if apart else rivals
    above, below = rule.shift
    of = len(known) + 1 + below

    def points(value: float) -> float:
        if apart and value == 0.0:
            return 0.0
        if of == 0:
            return FULL
        counted = sum(1 for rival in known if (rival < value if more else rival > value))
        if not rule.strict:
            counted += 1 + known.count(value)
        return FULL * (counted + above) / of

    return Course(points, (*known, 0.0) if apart else known)


def _ratio(rule: Ratio, indicator: Indicator, frozen: Frozen) -> Course:
    if indicator.direction == "less":
        raise NotStraightError(Text(en="it is a reference over the measure", zh="比值以指标值为分母"))
    reference = _anchor(rule.ref, indicator, frozen, best=True)
    if reference <= 0.0:
        raise NotStraightError(Text(en="its reference is not above 0", zh="参照值不大于0"))
    is_best = not isinstance(rule.ref, Constant | ItemAnchor) and rule.ref.name == "best"
    cap = min(inf if rule.cap is None else rule.cap, FULL if is_best else inf)
    knots = (0.0,) if cap == inf else (0.0, reference * cap / FULL)
    return Course(lambda x: min(max(FULL * x / reference, 0.0), cap), knots)


def _zscore(rule: ZScore, indicator: Indicator, frozen: Frozen) -> Course:
    def stat(statistic: pool.PoolStatistic) -> float:
        return _known(frozen.row.get(c.stat(indicator.code, statistic.name)), statistic.name)

    mean, deviation = stat(pool.MEAN), stat(pool.Deviation(rule.ddof))
    if deviation == 0.0:
        return Course(lambda _: FULL)
    spread = rule.spread if indicator.direction == "more" else -rule.spread
    cap = rule.cap if rule.cap is not None and _is_cut(rule, indicator, frozen) else inf
    ends = () if cap == inf else (mean - cap * deviation, mean + cap * deviation)
    return Course(lambda x: rule.center + spread * min(max((x - mean) / deviation, -cap), cap), ends)


def _is_cut(rule: ZScore, indicator: Indicator, frozen: Frozen) -> bool:
    """Return whether the standard score of the unit is cut, by the figures that it has."""
    if rule.where is None:
        return True
    if "x" in names_in(rule.where.tree):
        raise NotStraightError(
            Text(en="where it is cut depends on the measure itself", zh="标准分是否截断取决于指标值本身")
        )
    known = {**frozen.figures, "target": frozen.row.get(c.target(indicator.code))}
    if any(known.get(name) is None for name in names_in(rule.where.tree)):
        return False
    try:
        return holds(rule.where.tree, known)
    except Unknown as unknown:
        why = Text(en="its condition cannot be worked out", zh="其条件无法推算")
        raise NotStraightError(why) from unknown


def _deduct(rule: Deduct) -> Course:
    last = rule.free + max(0.0, (rule.start - rule.floor) / rule.each)

    def points(value: float) -> float:
        return max(rule.start - rule.each * max(0.0, value - rule.free), rule.floor)

    return Course(points, (rule.free, last))


def _ideal(rule: Ideal, indicator: Indicator, frozen: Frozen) -> Course:
    width = rule.width
    if width is None:
        least, most = (
            _known(frozen.row.get(c.stat(indicator.code, each.name)), each.name)
            for each in (pool.LEAST, pool.MOST)
        )
        width = max(rule.low - least, most - rule.high)
    span = width

    def points(value: float) -> float:
        apart = max(rule.low - value, value - rule.high, 0.0)
        if apart == 0.0:
            return FULL
        return 0.0 if apart >= span else FULL * (1.0 - apart / span)

    return Course(points, (rule.low - span, rule.low, rule.high, rule.high + span))


def _met(rule: Met, indicator: Indicator, frozen: Frozen) -> Course:
    known = {**frozen.figures, "target": frozen.row.get(c.target(indicator.code))}
    tree = rule.condition.tree
    try:
        knots = thresholds_of(tree, "x", known)
        holds(tree, {**known, "x": 0.0})
    except Unknown:
        why = Text(
            en=f"its condition {rule.condition.brief} compares more than x with what is known",
            zh=f"其条件 {rule.condition.brief} 不只是把 x 与已知数相比",
        )
        raise NotStraightError(why) from None
    return Course(lambda x: FULL if holds(tree, {**known, "x": x}) else 0.0, knots)
