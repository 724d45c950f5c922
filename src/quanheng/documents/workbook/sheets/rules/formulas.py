"""Each rule as a formula: from the rated value of the row's unit to its points (the rules' reference)."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import assert_never

from quanheng.documents.workbook.draft.draft import Draft
from quanheng.documents.workbook.formulas.cells import (
    MISSING,
    NOT_APPLICABLE,
    UNDEFINED,
    number,
    quoted,
)
from quanheng.documents.workbook.formulas.parts import compared, settled_sum
from quanheng.documents.workbook.formulas.references import here, in_row
from quanheng.documents.workbook.sheets.data import item_key, target_key
from quanheng.documents.workbook.sheets.rules.places import place_key
from quanheng.documents.workbook.sheets.statistics import statistic
from quanheng.documents.workbook.sheets.vocabulary import marks_formula, met_formula, met_truth
from quanheng.engine.frame import columns as c
from quanheng.findings.value import Value
from quanheng.scheme.formulas.tree import ComparisonSign
from quanheng.scheme.rules.anchors import (
    Anchor,
    Constant,
    ItemAnchor,
    Reference,
    TargetAnchor,
)
from quanheng.scheme.rules.bands import Bands
from quanheng.scheme.rules.deduct import Deduct
from quanheng.scheme.rules.given import Given
from quanheng.scheme.rules.ideal import Ideal
from quanheng.scheme.rules.marks import ByMarks
from quanheng.scheme.rules.met import Met
from quanheng.scheme.rules.percentile import Percentile
from quanheng.scheme.rules.place import PlaceByStep, PlaceEvenly, PlaceTable
from quanheng.scheme.rules.pool import COUNT, LEAST, MEAN, MOST, Deviation, ValueOf
from quanheng.scheme.rules.ratio import Ratio
from quanheng.scheme.rules.scale import Scale
from quanheng.scheme.rules.steps import Steps
from quanheng.scheme.rules.target import Slope, Target
from quanheng.scheme.rules.zscore import ZScore
from quanheng.scheme.tree.scheme import Indicator


class RuleFormula(Value):
    """The points of a rule and, where it has one, the ratio they come from (`ratio` is the key they cite).

    Both give an empty text where the value, or the target or anchor it is compared with, is absent.
    """

    points: str
    ratio: str | None = None


def rule_formula(draft: Draft, indicator: Indicator) -> RuleFormula:
    """Return the rule of `indicator` as formulas for its columns on the sheet of rules."""
    value = here(c.treated(indicator.code))
    more = indicator.direction == "more"
    match indicator.rule:
        case Scale() as rule:
            return _scale(draft, rule, indicator, value)
        case Target() as rule:
            return _target(rule, indicator, value, here(target_key(draft, indicator.code)), draft)
        case Bands(points=points):
            return RuleFormula(points=_with(_bands(points, value, draft, more=more), value))
        case Steps() as rule:
            return RuleFormula(points=_with(_steps(rule, value, more=more), value))
        case PlaceEvenly() | PlaceByStep() | PlaceTable() as rule:
            place = here(place_key(draft, indicator))
            return RuleFormula(points=_with(_place(rule, place, statistic(indicator, COUNT.name)), place))
        case Percentile() as rule:
            return RuleFormula(points=_percentile(draft, rule, indicator, value))
        case Ratio() as rule:
            return RuleFormula(points=_ratio(draft, rule, indicator, value))
        case ZScore() as rule:
            return RuleFormula(points=_with(_zscore(rule, indicator, value, draft), value))
        case Deduct() as rule:
            over = f"MAX({_less(value, number(rule.free), draft)},0)"
            lost = f"{number(rule.start)}-{number(rule.each)}*{over}"
            return RuleFormula(points=_with(f"MAX({lost},{number(rule.floor)})", value))
        case Ideal() as rule:
            return RuleFormula(points=_with(_ideal(rule, indicator, value, draft), value))
        case Met() as rule:
            return RuleFormula(points=met_formula(draft, rule.condition, indicator, value))
        case ByMarks() as rule:
            return RuleFormula(points=marks_formula(draft, rule.formula, indicator, value))
        case Given(low=low, high=high):
            inside = f"AND({compared('>=', value, _signed(low))},{compared('<=', value, _signed(high))})"
            return RuleFormula(points=_with(f"IF({inside},{value},{_NOTHING})", value))
        case _:
            assert_never(indicator.rule)


def _scale(draft: Draft, rule: Scale, indicator: Indicator, value: str) -> RuleFormula:
    worst, best = (
        _anchor(draft, rule.worst, indicator, best=False),
        _anchor(draft, rule.best, indicator, best=True),
    )
    exact = rule.round_ratio is not None
    ratio = f"({_less(value, worst, draft, exact=exact)})/({_less(best, worst, draft, exact=exact)})"
    decimals = rule.round_ratio if rule.round_ratio is not None else indicator.rounding.ratio
    if decimals is not None:
        ratio = f"ROUND({ratio},{decimals})"
    if rule.clamp in ("both", "below"):
        ratio = f"MAX({ratio},0)"
    if rule.clamp in ("both", "above"):
        ratio = f"MIN({ratio},1)"
    stated = isinstance(rule.worst, Constant) and isinstance(rule.best, Constant)
    if not stated:
        # everyone gets 100 where worst and best are equal (observed §2)
        ratio = f"IF({compared('==', best, worst)},1,{ratio})"
    if rule.is_bound:
        turned = compared("<" if indicator.direction == "more" else ">", best, worst)
        ratio = f"IF({turned},{_NOTHING},{ratio})"
    cells = [
        end for end, anchor in ((worst, rule.worst), (best, rule.best)) if not isinstance(anchor, Constant)
    ]
    cited = here(c.ratio(indicator.code))
    base = number(rule.base)
    if rule.curve == "exponential":
        points = f"{base}*(100/{base})^{cited}"
    else:
        points = f"100*{cited}" if rule.base == 0 else f"{base}+(100-{base})*{cited}"
    return RuleFormula(points=_with(points, cited), ratio=_with(ratio, value, *cells))


def _anchor(draft: Draft, anchor: Anchor | Reference, indicator: Indicator, *, best: bool) -> str:
    match looked_up := anchor.looked_up(indicator.direction, best=best):
        case Constant(value):
            return number(value) if value >= 0 else f"({number(value)})"
        case TargetAnchor():
            return here(target_key(draft, indicator.code))
        case ItemAnchor(item):
            return here(item_key(draft, item))
        case ValueOf(unit):
            known = unit in draft.rows.units
            return in_row(c.treated(indicator.code), draft.rows.row_of(unit)) if known else _NOTHING
        case _:
            return statistic(indicator, looked_up.name)


def _target(rule: Target, indicator: Indicator, value: str, goal: str, draft: Draft) -> RuleFormula:
    more = indicator.direction == "more"
    met = f"IF({compared('>=' if more else '<=', value, goal)},100,0)"
    if rule.compare == "difference":
        ends = (value, goal) if more else (goal, value)
        away = f"({_less(*ends, draft, exact=_counts_steps(rule))})"
        points = met if rule.met_only else _by_target(rule, away, f"({away}+1)")
        return RuleFormula(points=_with(points, value, goal))
    part, other = f"{value}/{goal}", f"2-{value}/{goal}"
    above, below = (part, other) if more else (other, part)
    ratio = f"IF({goal}<0,{below},{above})"
    decimals = indicator.rounding.ratio
    if decimals is not None:
        ratio = f"ROUND({ratio},{decimals})"
    cited = here(c.ratio(indicator.code))
    if rule.met_only:
        # asked of the value itself: of a target of 0 there is no part, but it is met or not
        rounded = f"IF({goal}=0,{met},IF(ROUND({cited}-1,12)>=0,100,0))"
        points = _with(met if decimals is None else rounded, value, goal)
    else:
        away = f"({_less(cited, '1', draft, exact=_counts_steps(rule))})"
        points = _with(_by_target(rule, away, cited), cited)
    return RuleFormula(points=points, ratio=_with(f"IF({goal}=0,{_NOTHING},{ratio})", value, goal))


def _by_target(rule: Target, distance: str, completion: str) -> str:
    if rule.base is None:
        return f"MIN(MAX(100*{completion},{number(rule.floor)}),{number(rule.cap)})"
    above = _slope(rule.over, distance, rule.base, sign="+")
    below = _slope(rule.short, f"(-{distance})", rule.base, sign="-")
    return f"IF({distance}>=0,{above},{below})"


def _slope(slope: Slope | None, distance: str, base: float, *, sign: str) -> str:
    if slope is None:
        return number(base)
    steps = f"{distance}/{number(slope.per)}"
    if slope.whole:
        # whole steps only, and 0.07/0.01 is 7 of them
        steps = f"INT(ROUND({steps},11))"
    bound = "MIN" if sign == "+" else "MAX"
    return f"{bound}({number(base)}{sign}{number(slope.amount)}*{steps},{number(slope.limit)})"


def _counts_steps(rule: Target) -> bool:
    return any(slope is not None and slope.whole for slope in (rule.over, rule.short))


def _percentile(draft: Draft, rule: Percentile, indicator: Indicator, value: str) -> str:
    counted, count = here(place_key(draft, indicator)), statistic(indicator, rule.count.name)
    above, below = (f"{shift:+d}" if shift else "" for shift in rule.shift)
    part = f"100*({counted}{above})/({count}{below})" if above else f"100*{counted}/({count}{below})"
    points = f"IF({count}>1,{part},100)" if rule.among == "others" else part
    if rule.zeros == "counted":
        return _with(points, counted)
    return _with(f"IF({value}=0,0,{points})", value)


def _bands(points: Sequence[tuple[float, float]], value: str, draft: Draft, *, more: bool) -> str:
    """Add up what each stretch gives: flat outside, and no nesting however many stretches there are."""
    parts = [number(points[0][1])]
    for (left, low), (right, high) in itertools.pairwise(points):
        if left == right:  # a jump: who reaches it is on its better side
            reached = compared(">=" if more else ">", value, _signed(left))
            parts.append(f"{_signed(high - low)}*({reached})")
            continue
        run = f"({_less(number(right), _signed(left), draft)})"
        inside = f"MAX({_less(f'MIN({value},{number(right)})', _signed(left), draft)},0)"
        parts.append(f"{_signed(high - low)}*{inside}/{run}")
    return "+".join(parts)


def _steps(rule: Steps, value: str, *, more: bool) -> str:
    """Ask for the highest threshold first; a long table adds up the differences instead of nesting."""

    def reached(threshold: float) -> str:
        sign: ComparisonSign = (">" if more else "<") if rule.strict else (">=" if more else "<=")
        return compared(sign, value, _signed(threshold))

    upwards = list(rule.steps if more else reversed(rule.steps))
    if len(upwards) > _DEEPEST:
        before = [rule.otherwise, *(points for _, points in upwards)]
        added = [
            f"{_signed(points - last)}*({reached(threshold)})"
            for (threshold, points), last in zip(upwards, before, strict=False)
        ]
        return "+".join([number(rule.otherwise), *added])
    text = number(rule.otherwise)
    for threshold, points in upwards:
        text = f"IF({reached(threshold)},{number(points)},{text})"
    return text


def _place(rule: PlaceEvenly | PlaceByStep | PlaceTable, place: str, count: str) -> str:
    match rule:
        case PlaceEvenly(first=first, last=last):
            return f"{number(first)}-{_signed(first - last)}*({place}-1)/MAX({count}-1,1)"
        case PlaceByStep(first=first, step=step, floor=floor):
            return f"MAX({number(first)}-{_signed(step)}*({place}-1),{number(floor)})"
        case PlaceTable(table=table):
            starts = sorted({1, *(edge for start, end, _ in table for edge in (start, end + 1))})
            points = [_points_at(rule, start) for start in starts]
            edges = ",".join(str(start) for start in starts)
            return f"LOOKUP({place},{{{edges}}},{{{','.join(number(p) for p in points)}}})"
        case _:
            assert_never(rule)


def _points_at(rule: PlaceTable, place: int) -> float:
    points = rule.otherwise
    for start, end, given in rule.table:
        if start <= place <= end:
            points = given
    return points


def _ratio(draft: Draft, rule: Ratio, indicator: Indicator, value: str) -> str:
    reference = _anchor(draft, rule.ref, indicator, best=True)
    cells = [value] if isinstance(rule.ref, Constant) else [value, reference]
    if indicator.direction == "more":
        points = _capped(f"MAX(100*{value}/{reference},0)", rule.cap)
    else:
        # nothing of what should be little is the best there is: that takes a cap
        best = _NOTHING if rule.cap is None else number(rule.cap)
        points = _capped(f"100*{reference}/{value}", rule.cap)
        points = f"IF({value}>0,{points},IF({value}=0,{best},{_NOTHING}))"
    # what is not above 0 is no measure of anything (observed §1 f)
    no_ratio = f"IF({reference}>0,{points},{quoted(UNDEFINED)})"
    if isinstance(rule.ref, ItemAnchor):
        no_ratio = f"IF(AND({value}=0,{reference}=0),{quoted(NOT_APPLICABLE)},{no_ratio})"
    return _with(no_ratio, *cells)


def _capped(points: str, cap: float | None) -> str:
    return points if cap is None else f"MIN({points},{number(cap)})"


def _zscore(rule: ZScore, indicator: Indicator, value: str, draft: Draft) -> str:
    mean, sd = statistic(indicator, MEAN.name), statistic(indicator, Deviation(rule.ddof).name)
    least, most = statistic(indicator, LEAST.name), statistic(indicator, MOST.name)
    sign = "+" if indicator.direction == "more" else "-"
    away = f"({_less(value, mean, draft)})/{sd}"
    if rule.cap is not None:
        cut = f"MAX(MIN({away},{number(rule.cap)}),-{number(rule.cap)})"
        away = (
            cut
            if rule.where is None
            else f"IF({met_truth(draft, rule.where, indicator, value)},{cut},{away})"
        )
    score = f"{number(rule.center)}{sign}{_signed(rule.spread)}*{away}"
    return f"IF({compared('==', least, most)},100,{score})"


def _ideal(rule: Ideal, indicator: Indicator, value: str, draft: Draft) -> str:
    low, high = _signed(rule.low), _signed(rule.high)
    if rule.width is not None:
        width = number(rule.width)
    else:
        least, most = statistic(indicator, LEAST.name), statistic(indicator, MOST.name)
        width = f"MAX({_less(low, least, draft)},{_less(most, high, draft)})"
    distance = f"MAX({_less(low, value, draft)},{_less(value, high, draft)})"
    inside = f"AND({compared('>=', value, low)},{compared('<=', value, high)})"
    outside = f"IF({compared('>=', distance, width)},0,100*(1-{distance}/{width}))"
    return f"IF({inside},100,IF({width}>0,{outside},{_NOTHING}))"


def _less(left: str, right: str, draft: Draft, *, exact: bool = False) -> str:
    """Return `left` less `right`: as on paper where something is rounded later on, as in the engine."""
    if exact or draft.scheme.root.rounding.is_anywhere:
        return settled_sum([left, f"-{right}"])
    return f"{left}-{right}"


def _with(formula: str, *cells: str) -> str:
    """Return `formula` where all `cells` hold numbers, else nothing: the policies settle it later."""
    present = f"ISNUMBER({cells[0]})" if len(cells) == 1 else f"COUNT({','.join(cells)})={len(cells)}"
    return f"IF({present},{formula},{_NOTHING})"


def _signed(value: float) -> str:
    return number(value) if value >= 0 else f"({number(value)})"


_NOTHING = quoted(MISSING)
_DEEPEST = 40
"""Excel nests functions 64 deep at most."""
