"""What the engine finds out about the data while it computes: conditions per row, gathered into findings.

Each condition is a column expression; one pass counts them all, and only those that hold somewhere are
looked at again to name their units.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import narwhals as nw

from quanheng.engine.formulas.expressions import Scope
from quanheng.engine.formulas.measures import needs_target, shares_in
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.comparing import compared
from quanheng.engine.frame.engines import Engine
from quanheng.engine.frame.findings import first_units
from quanheng.engine.stages.condition import Condition
from quanheng.engine.stages.points.anchored import separates_nobody
from quanheng.engine.stages.points.gaps import before_coefficient
from quanheng.engine.stages.points.points import is_bounded
from quanheng.engine.stages.points.undefined import ANCHORS_TURNED, undefined_points
from quanheng.findings.finding import Finding, Kind
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.formulas.numbers import MOST
from quanheng.scheme.tree.scheme import Indicator, Scheme
from quanheng.scheme.tree.worth import with_worth

NAMED = 20
"""How many units an error of one kind names; how many more there are is said in one finding."""
_EXAMPLES = 3
"""The same of a warning or a note."""


def conditions(scheme: Scheme, scope: Scope) -> tuple[Condition, ...]:
    """Return all that may be wrong with a row, over the columns up to `points|…` of the indicators."""
    return tuple(
        condition
        for indicator in scheme.indicators
        for condition in _of_indicator(with_worth(indicator, scheme), scope)
    )


NOT_RANKED: Final = Kind(
    code="QH551",
    severity="note",
    en="{unit!r} is listed but not ranked: too little of its weight has a value",
    zh="{unit!r}可用权重不足，列出但不参加排名",
    hint_en="report the missing figures, or lower 'gaps: {{at_least: …}}'",
    hint_zh="请补报缺失数据，或调低缺项处理的最低可计权重（gaps.at_least）",
)


def unranked(scheme: Scheme) -> tuple[Condition, ...]:
    """Return where a unit is listed but not ranked (absence §7), over the column `ranked`."""
    if scheme.at_least <= 0.0:
        return ()
    return (Condition(kind=NOT_RANKED, node=ROOT, holds=~nw.col(c.RANKED)),)


def findings_of(frame: nw.LazyFrame[Any], found: Sequence[Condition], engine: Engine) -> tuple[Finding, ...]:
    """Return a finding for each condition that holds somewhere in `frame`, with its units."""
    return findings_counted(frame, found, counts_of(frame, found, engine), engine)


def counts_of(frame: nw.LazyFrame[Any], found: Sequence[Condition], engine: Engine) -> tuple[int, ...]:
    """Return in how many rows of `frame` each condition holds."""
    if not found:
        return ()
    return tuple(int(count) for count in engine.collect(frame.select(*_sums(found))).rows()[0])


def counts_by_round(
    frame: nw.LazyFrame[Any], found: Sequence[Condition], engine: Engine
) -> Mapping[str, tuple[int, ...]]:
    """Return in how many rows of each round each condition holds; a round without rows is left out."""
    counted = engine.collect(frame.group_by(c.ROUND).agg(*_sums(found)))
    return {str(name): tuple(map(int, counts)) for name, *counts in counted.rows()}


def _sums(found: Sequence[Condition]) -> Iterator[nw.Expr]:
    for index, condition in enumerate(found):
        holds = condition.holds.fill_null(value=False).cast(nw.Int64())
        yield holds.sum().alias(f"condition|{index}")


def findings_counted(
    frame: nw.LazyFrame[Any], found: Sequence[Condition], counts: Sequence[int], engine: Engine
) -> tuple[Finding, ...]:
    """Return a finding for each condition that holds in some rows of `frame`: in so many as `counts` says."""
    return tuple(
        finding
        for condition, count in zip(found, counts, strict=True)
        if count
        for finding in _findings(frame, condition, count, engine)
    )


MORE_OF_THE_SAME: Final = Kind(
    code="QH550",
    severity="note",
    en="{count} more units have the finding {code} at {node!r}",
    zh="另有{count}个单位在{node!r}上有同样的问题（{code}）",
    hint_en="mend the first ones and check again",
    hint_zh="请先处理已列出的单位，再次检查",
)


def _findings(
    frame: nw.LazyFrame[Any], condition: Condition, count: int, engine: Engine
) -> Iterator[Finding]:
    if condition.kind in _OF_A_POOL:  # told once, and not for each of its units
        yield condition.kind.at(node=condition.node, count=count)
        return
    named = NAMED if condition.kind.severity == "error" else _EXAMPLES
    rows = frame.filter(condition.holds.fill_null(value=False)).select(c.UNIT).sort(c.UNIT).head(named)
    units = [str(row[0]) for row in engine.collect(rows).rows()]
    if condition.kind in _OF_ONE_CAUSE:
        yield condition.kind.at(node=condition.node, **first_units(units, count))
        return
    for unit in units:
        yield condition.kind.at(node=condition.node, unit=unit)
    if count > len(units):
        yield MORE_OF_THE_SAME.at(code=condition.kind.code, node=condition.node, count=count - len(units))


MISSING_MEASURE: Final = Kind(
    code="QH541",
    severity="error",
    en="the indicator {node!r}, whose gaps policy is 'error', has no value for {unit}{more}",
    zh="指标{node!r}缺数时按“报错”处理，而{unit}{more}缺少数据",
    hint_en="report the figure, or state another policy under 'gaps: {{missing: …}}'",
    hint_zh="请补报数据，或在缺项处理的应报未报（gaps.missing）中写明其他处理办法",
)
GIVEN_OUT_OF_RANGE: Final = Kind(
    code="QH543",
    severity="error",
    en="the points given to {unit!r} for {node!r} lie outside the rule's range",
    zh="{unit!r}的{node!r}直接评分超出规定范围",
    hint_en="correct the points, or widen 'given: {{range: …}}'",
    hint_zh="请更正评分，或放宽直接评分法的分值范围（given.range）",
)
MISSING_TARGET: Final = Kind(
    code="QH544",
    severity="error",
    en="the indicator {node!r} has a value but no target to rate it by for {unit}{more}",
    zh="指标{node!r}有数据而无目标，无法计分：{unit}{more}",
    hint_en="state the targets in targets.csv, or '/' where none is set for a unit",
    hint_zh="请在目标表中填写目标；确无目标的填“/”",
)
NO_POINTS: Final = Kind(
    code="QH545",
    severity="error",
    en="the indicator {node!r} has a value but its rule's anchor or reference has none for {unit}{more}",
    zh="指标{node!r}有数据，但计分所用的标准值缺失：{unit}{more}",
    hint_en="report the item that the rule refers to, or name a unit that has a value",
    hint_zh="请补报计分规则引用的数据，或改用有数据的参照单位",
)
NO_COEFFICIENT: Final = Kind(
    code="QH546",
    severity="error",
    en="the coefficient of {node!r} has no value for {unit}{more}",
    zh="{node!r}缺少难度系数：{unit}{more}",
    hint_en="report the items of the coefficient, or give a default with coalesce(…, 1)",
    hint_zh="请补报系数所用数据，或用“首个有值”（coalesce）给出缺省值",
)
SEPARATES_NOBODY: Final = Kind(
    code="QH547",
    severity="warning",
    en="the indicator {node!r} separates nobody: worst and best are equal for {count} units, who all get 100",
    zh="指标{node!r}没有区分度：{count}个单位的最优值与最劣值相同，均得100分",
    hint_en="state anchors, or give the weight to an indicator that tells units apart",
    hint_zh="请改用明确的标准值，或把权重调给有区分度的指标",
)
NOBODY_TO_TAKE_FROM: Final = Kind(
    code="QH553",
    severity="warning",
    en="{unit!r} has no value for {node!r}, or nothing to rate it by, and nobody in its pool has what would"
    " settle the gap: its weight is shared out",
    zh="{unit!r}缺少{node!r}的数据或计分标准，且同组（同类）单位均无可供填补的数值，其权重由同级指标分担",
    hint_en="report a figure, let the gap be 'redistribute', or write '/' where it does not apply",
    hint_zh="请补报数据，或改用权重移转（redistribute）、计基础分（neutral）；指标不适用的填“/”",
)


NOTHING_TO_RATE_BY: Final = Kind(
    code="QH558",
    severity="warning",
    en="{unit!r} has a value for {node!r}, but no target or anchor to rate it by; values are filled, these"
    " are not: its weight is shared out",
    zh="{unit!r}的指标{node!r}有数据（或已填补），但没有目标或标准值，填补只补指标值：其权重由同级指标分担",
    hint_en="state the target or report the anchor, or write '/' where it does not apply",
    hint_zh="请填写目标或补报标准值；不适用的填“/”",
)
SHARE_OF_LOSSES: Final = Kind(
    code="QH557",
    severity="warning",
    en="{node!r} takes shares of a sum in which {count} units have less than 0: shares of a sum with losses"
    " may be over 100 % or below 0",
    zh="指标{node!r}计算占比，但合计中有{count}个单位为负数：含负数的合计，其占比可能超过100%或小于0",
    hint_en="compare the amounts themselves, or count what is below 0 as 0: share(max(x, 0))",
    hint_zh="请直接比较数额，或把负数按0计入：“占比(最大(x, 0))”（share(max(x, 0))）",
)


_OF_ONE_CAUSE: Final = (MISSING_MEASURE, MISSING_TARGET, NO_POINTS, NO_COEFFICIENT)
"""Told once for all their units: they have most often one cause."""
_OF_A_POOL: Final = (SEPARATES_NOBODY, SHARE_OF_LOSSES, ANCHORS_TURNED)


def _of_indicator(indicator: Indicator, scope: Scope) -> Iterator[Condition]:
    code = indicator.code
    absence = nw.col(c.absence(code))
    rated, points = nw.col(c.rated(code)), nw.col(c.points(code))
    policy = indicator.gaps.missing
    if policy.is_error:
        yield Condition(kind=MISSING_MEASURE, node=code, holds=absence == c.MISSING)
    yield from undefined_points(indicator, scope)
    present = (absence == c.PRESENT) & rated.is_null()
    if policy.takes_from_others:
        of_points = policy.fills == "points"
        filled = before_coefficient(indicator) if of_points else nw.col(c.treated(code))
        # a value without a target or an anchor is such a gap too (absence §3 d)
        gap = (absence == c.MISSING) | present if of_points else absence == c.MISSING
        yield Condition(kind=NOBODY_TO_TAKE_FROM, node=code, holds=gap & filled.is_null())
    if indicator.rule.allowed is not None:
        low, high = indicator.rule.allowed
        value = nw.col(c.treated(code))
        outside = compared("<", value, nw.lit(low)) | compared(">", value, nw.lit(high))
        yield Condition(kind=GIVEN_OUT_OF_RANGE, node=code, holds=outside)
    elif policy.is_error:
        kind = MISSING_TARGET if needs_target(indicator) else NO_POINTS
        yield Condition(kind=kind, node=code, holds=present)
    elif policy.fills == "value":
        # a value without points, for want of a target or an anchor, stays without any (absence §3 e)
        there = ((absence == c.PRESENT) | (absence == c.MISSING)) & ~nw.col(c.treated(code)).is_null()
        yield Condition(kind=NOTHING_TO_RATE_BY, node=code, holds=there & rated.is_null())
    if indicator.coefficient is not None:
        before = ~before_coefficient(indicator).is_null()
        yield Condition(kind=NO_COEFFICIENT, node=code, holds=before & points.is_null())
    if indicator.coefficient is not None or not is_bounded(indicator.rule):
        yield Condition(kind=BEYOND_RANGE, node=code, holds=is_beyond(points))
    shares = shares_in(indicator.measure.tree)
    if shares:
        yield Condition(kind=SHARE_OF_LOSSES, node=code, holds=nw.col(c.losses(code)))
    alike = separates_nobody(indicator, scope)
    if alike is not None:
        yield Condition(kind=SEPARATES_NOBODY, node=code, holds=alike)


BEYOND_RANGE: Final = Kind(
    code="QH563",
    severity="error",
    en="what {unit!r} has at {node!r} is beyond the numbers that are counted with: 1e15 or more",
    zh="{unit!r}在{node!r}上的得分超出可计算的范围（1e15）",
    hint_en="correct the figure or the target, or bound the points (clamp, cap, range)",
    hint_zh="请更正数据或目标，或为得分设上下限（clamp, cap, range）",
)


def is_beyond(number: nw.Expr) -> nw.Expr:
    """Return where a number is beyond the range of numbers."""
    return number.abs() >= MOST
