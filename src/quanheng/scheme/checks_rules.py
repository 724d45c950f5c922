"""Laws of rules: numbers in order, in keeping with the direction, and with how points are joined above."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Final, TypeAlias

from quanheng.findings.finding import Finding
from quanheng.scheme import rule_kinds
from quanheng.scheme.document import NodeForm, nodes_of
from quanheng.scheme.formula import Call
from quanheng.scheme.gaps.treatment import QuantileLimits
from quanheng.scheme.model import Indicator
from quanheng.scheme.rules.anchors import Constant
from quanheng.scheme.rules.bands import Bands
from quanheng.scheme.rules.given import Given
from quanheng.scheme.rules.ideal import Ideal
from quanheng.scheme.rules.place import PlaceByStep, PlaceEvenly, PlaceTable
from quanheng.scheme.rules.scale import Scale
from quanheng.scheme.rules.steps import Steps
from quanheng.scheme.rules.target import Slope, Target
from quanheng.scheme.settle import Settled

Bounds: TypeAlias = tuple[str, float, float]


def check_anchor_order(settled: Settled) -> Iterator[Finding]:
    """Yield a QH232 for anchors that are equal, a QH233 for anchors that go against a written direction."""
    written = {code: form.direction for _, code, form in nodes_of(settled.document)}
    for indicator in settled.scheme.indicators:
        match indicator.rule:
            case Scale(worst=Constant(worst), best=Constant(best)):
                direction = written.get(indicator.code)
                values = {"worst": f"{worst:.12g}", "best": f"{best:.12g}"}
                if worst == best:
                    yield rule_kinds.ANCHORS_EQUAL.at(
                        indicator.where, code=indicator.code, value=values["worst"]
                    )
                elif direction is not None and (best > worst) != (direction == "more"):
                    yield rule_kinds.ANCHORS_AGAINST_DIRECTION.at(
                        indicator.where, code=indicator.code, direction=direction, **values
                    )


def check_thresholds_rise(settled: Settled) -> Iterator[Finding]:
    """Yield a QH234 where the thresholds of bands or steps do not rise."""
    for indicator in settled.scheme.indicators:
        for (first, _), (second, _) in pairwise(_table(indicator)):
            if second <= first:
                yield rule_kinds.NOT_RISING.at(
                    indicator.where, code=indicator.code, first=f"{first:.12g}", second=f"{second:.12g}"
                )
                break


def check_points_follow_direction(settled: Settled) -> Iterator[Finding]:
    """Yield a QH238 where the points of bands or steps run against a written direction."""
    forms = {code: form for _, code, form in nodes_of(settled.document)}
    for indicator in settled.scheme.indicators:
        direction = forms.get(indicator.code, NodeForm()).direction
        points = [points for _, points in _table(indicator)]
        if direction is None or len(points) < 2 or points[0] == points[-1]:  # noqa: PLR2004  # first and last
            continue
        monotone = points in (sorted(points), sorted(points, reverse=True))
        if monotone and (points[-1] > points[0]) != (direction == "more"):
            yield rule_kinds.POINTS_AGAINST_DIRECTION.at(
                indicator.where, code=indicator.code, direction=direction
            )


def check_exponential_base(settled: Settled) -> Iterator[Finding]:
    """Yield a QH235 for each exponential curve without a base."""
    for indicator in settled.scheme.indicators:
        rule = indicator.rule
        if isinstance(rule, Scale) and rule.curve == "exponential" and rule.base <= 0:
            yield rule_kinds.EXPONENTIAL_NEEDS_BASE.at(indicator.where, code=indicator.code)


def check_ranges(settled: Settled) -> Iterator[Finding]:
    """Yield a QH239 for each range whose lower bound is not under its upper one."""
    for indicator in settled.scheme.indicators:
        for key, low, high in _ranges(indicator):
            if low > high or (low == high and key != "ideal.between"):
                yield rule_kinds.RANGE_REVERSED.at(
                    indicator.where, key=key, code=indicator.code, low=f"{low:.12g}", high=f"{high:.12g}"
                )


def check_slopes(settled: Settled) -> Iterator[Finding]:
    """Yield a QH240 for each slope whose limit lies on the wrong side of the base."""
    for indicator in settled.scheme.indicators:
        rule = indicator.rule
        if not isinstance(rule, Target) or rule.base is None:
            continue
        for key, slope, sign in (("up_to", rule.over, 1.0), ("down_to", rule.short, -1.0)):
            if isinstance(slope, Slope) and (slope.limit - rule.base) * sign <= 0:
                yield rule_kinds.SLOPE_LIMIT.at(
                    indicator.where,
                    key=key,
                    limit=f"{slope.limit:.12g}",
                    code=indicator.code,
                    base=f"{rule.base:.12g}",
                )


def check_places(settled: Settled) -> Iterator[Finding]:
    """Yield a QH241 where rows of a place table overlap, a QH242 where the first place gets no more."""
    for indicator in settled.scheme.indicators:
        match indicator.rule:
            case PlaceTable(table=table):
                for (_, last, _), (first, _, _) in pairwise(table):
                    if first <= last:
                        yield rule_kinds.PLACES_OVERLAP.at(indicator.where, code=indicator.code, place=first)
                        break
            case PlaceEvenly(first=first, last=least) | PlaceByStep(first=first, floor=least) if (
                first <= least
            ):
                key = "last" if isinstance(indicator.rule, PlaceEvenly) else "floor"
                yield rule_kinds.PLACES_NOT_FALLING.at(
                    indicator.where,
                    code=indicator.code,
                    first=f"{first:.12g}",
                    last=f"{least:.12g}",
                    key=key,
                )


def check_neutral(settled: Settled) -> Iterator[Finding]:
    """Yield a QH243 where gaps are neutral but the rule has no base."""
    for indicator in settled.scheme.indicators:
        if indicator.gaps.missing.needs_base and not indicator.rule.base_points:
            yield rule_kinds.NEUTRAL_WITHOUT_BASE.at(indicator.where, code=indicator.code)


def check_completion(settled: Settled) -> Iterator[Finding]:
    """Yield a QH244 where the target rule rates a completion."""
    for indicator in settled.scheme.indicators:
        match indicator.rule, indicator.measure.tree:
            case Target(), Call("completion"):
                yield rule_kinds.COMPLETION_TWICE.at(indicator.where, code=indicator.code)


def check_means(settled: Settled) -> Iterator[Finding]:
    """Yield a QH236 or QH237 where a geometric or harmonic mean meets points of 0 or under (points §4)."""
    for dimension in settled.scheme.dimensions:
        aggregate = dimension.aggregate
        if not aggregate.zero_makes_zero:
            continue
        lowest = {child.code: _lowest(child) for child in dimension.children if isinstance(child, Indicator)}
        facts = {"code": dimension.code, "mean_en": aggregate.words.en, "mean_zh": aggregate.words.zh}
        negative = [code for code, points in lowest.items() if points < 0]
        if negative:
            yield rule_kinds.CAN_BE_NEGATIVE.at(dimension.where, **facts, children=", ".join(negative))
        zero = [code for code, points in lowest.items() if points == 0]
        if zero:
            yield rule_kinds.REACHES_ZERO.at(dimension.where, **facts, children=", ".join(zero))


RULE_LAWS: Final[tuple[Callable[[Settled], Iterator[Finding]], ...]] = (
    check_anchor_order,
    check_thresholds_rise,
    check_points_follow_direction,
    check_exponential_base,
    check_ranges,
    check_slopes,
    check_places,
    check_neutral,
    check_completion,
    check_means,
)


def _table(indicator: Indicator) -> tuple[tuple[float, float], ...]:
    match indicator.rule:
        case Bands(points=table) | Steps(steps=table):
            return table
        case _:
            return ()


def _ranges(indicator: Indicator) -> Iterator[Bounds]:
    match indicator.rule:
        case Ideal(low=low, high=high):
            yield "ideal.between", low, high
        case Given(low=low, high=high):
            yield "given.range", low, high
        case Target(base=None, met_only=False, floor=low, cap=high):
            yield "target.floor/cap", low, high
    if isinstance(indicator.treat, QuantileLimits):
        yield "treat.quantiles", indicator.treat.low, indicator.treat.high


def _lowest(indicator: Indicator) -> float:
    lowest = indicator.rule.fewest_points
    filled = indicator.gaps.missing.points
    return lowest if filled is None else min(lowest, filled)
