"""What a scheme does where a measure has no value: absence §3 and §4, before and after rating."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import partial
from typing import Any, assert_never

import narwhals as nw

from quanheng.engine.formulas.conditions import amount
from quanheng.engine.formulas.expressions import Scope
from quanheng.engine.formulas.measures import applies, needs_target
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.again.makings import Making, with_made
from quanheng.engine.frame.again.replays import Origin, replayed
from quanheng.engine.frame.comparing import settled, settled_mean
from quanheng.engine.frame.engines import Engine
from quanheng.engine.frame.pools import pool_of
from quanheng.engine.frame.rounding import half_up
from quanheng.engine.stages.points.anchored import FULL
from quanheng.engine.stages.points.points import is_bounded, rated
from quanheng.engine.stages.points.statistics import Aggregate, with_aggregates
from quanheng.scheme.formulas.numbers import MOST
from quanheng.scheme.gaps.policies import (
    Fill,
    Fills,
    FillStatistic,
    FullPoints,
    MissingIsError,
    MissingIsNeutral,
    MissingIsWorst,
    MissingIsZero,
    MissingPolicy,
    MissingRedistributed,
    NotApplicablePolicy,
)
from quanheng.scheme.tree.scheme import Indicator, Scheme
from quanheng.scheme.tree.worth import with_worth

FILL, WORST = "fill", "worst"
"""The statistics that fill a gap."""


def with_filled_values(
    frame: nw.LazyFrame[Any], scheme: Scheme, engine: Engine, *, pool: Sequence[str] = (c.GROUP,)
) -> nw.LazyFrame[Any]:
    """Add `treated|…`: the measure, filled where the policy fills values and the measure is missing.

    Only what is missing is filled; not applicable and undefined stay absent. Where nobody in the pool has
    a value there is nothing to fill with, and the gap stays for a finding to tell. `pool` names the columns
    whose values the units of a pool share.
    """
    frame = _with_taken(frame, scheme, "value", c.measure, engine, pool)
    return replayed(
        frame,
        lambda rows: rows.with_columns(
            *[_filled(indicator).alias(c.treated(indicator.code)) for indicator in scheme.indicators]
        ),
        Origin("filled", scheme),
    )


def with_points(
    frame: nw.LazyFrame[Any],
    scheme: Scheme,
    scope: Scope,
    engine: Engine,
    *,
    pool: Sequence[str] = (c.GROUP,),
) -> nw.LazyFrame[Any]:
    """Add `ratio|…`, `rated|…` and `points|…` for every indicator.

    Where the rule itself says that a value has no points, `absence|…` says so from now on (absence §5 c).

    `rated|…` is what the rule gives, null where absent; `points|…` is settled by the policies, multiplied by
    the indicator's coefficient and rounded. Null points mean that the weight goes to the siblings, or that a
    finding of error level stops the result.
    """
    frame = engine.by_row(
        frame, lambda rows: with_rated(rows, scheme.indicators, scheme, scope), Origin("rated", scheme)
    )
    frame = _with_taken(frame, scheme, "points", c.rated, engine, pool)
    settling = partial(_makings, settled_points, scheme.indicators, scheme, scope)
    return engine.by_row(frame, lambda rows: with_made(rows, settling()), Origin("points", scheme))


def with_rated(
    rows: nw.LazyFrame[Any], indicators: Sequence[Indicator], scheme: Scheme, scope: Scope
) -> nw.LazyFrame[Any]:
    """Add `ratio|…` and `rated|…`, what the rules of `indicators` give for their `treated|…`."""
    rated = [with_worth(each, scheme) for each in indicators]
    ratios = with_made(rows, _makings(_ratio, rated, scheme, scope))
    return with_made(ratios, _makings(_rated, rated, scheme, scope))


def _makings(
    made: Callable[[Indicator, Scheme, Scope], list[nw.Expr]],
    indicators: Sequence[Indicator],
    scheme: Scheme,
    scope: Scope,
) -> list[Making]:
    return [
        Making(code=each.code, kind=kind_of(each), made=partial(made, each, scheme, scope))
        for each in indicators
    ]


def kind_of(indicator: Indicator) -> Hashable | None:
    """Return what indicators have in common that are rated alike; None if it looks at items or a target."""
    rule = indicator.rule
    if rule.items() or rule.formulas() or indicator.coefficient is not None or needs_target(indicator):
        return None
    return (rule, indicator.direction, indicator.gaps, indicator.groups, indicator.rounding)


def _ratio(indicator: Indicator, _scheme: Scheme, scope: Scope) -> list[nw.Expr]:
    ratio = rated(indicator, scope, rounding=indicator.rounding).ratio
    return [] if ratio is None else [ratio.alias(c.ratio(indicator.code))]


def _rated(indicator: Indicator, _scheme: Scheme, scope: Scope) -> list[nw.Expr]:
    result = rated(indicator, scope, rounding=indicator.rounding)
    absence = nw.col(c.absence(indicator.code))
    points, reason = result.points, absence
    for holds, state in ((result.undefined, c.UNDEFINED), (result.not_applicable, c.NOT_APPLICABLE)):
        if holds is not None:
            points = nw.when(~holds).then(points)
            reason = nw.when(holds & ~absence.is_null()).then(nw.lit(state)).otherwise(reason)
    points = points if is_bounded(indicator.rule) else _counted(points)
    columns = [points.alias(c.rated(indicator.code))]
    if reason is not absence:
        columns.append(reason.alias(c.absence(indicator.code)))
    return columns


def _counted(points: nw.Expr) -> nw.Expr:
    """Return points at the end of what is counted with where they are beyond it, for a finding to tell."""
    return points.clip(lower_bound=-MOST, upper_bound=MOST)


def settled_points(indicator: Indicator, scheme: Scheme, scope: Scope) -> list[nw.Expr]:
    """Return the points of an indicator from those its rule gives, `rated|…`, before any marks beside it."""
    everyone = {group.code for group in scheme.groups}
    points = applies(
        indicator.groups,
        _settled(indicator, scope),
        everyone=set(indicator.groups) >= everyone,
    )
    return [points.alias(c.points(indicator.code))]


def _with_taken(
    frame: nw.LazyFrame[Any],
    scheme: Scheme,
    fills: Fills,
    column_of: Callable[[str], str],
    engine: Engine,
    pool: Sequence[str],
) -> nw.LazyFrame[Any]:
    """Add what the policies that fill the values, or the points, take from the units that have any."""
    by_pool: dict[tuple[str, ...], list[Aggregate]] = {}
    for indicator in scheme.indicators:
        policy = indicator.gaps.missing
        taken = _taken(policy, nw.col(column_of(indicator.code)))
        if taken is not None and policy.fills == fills:
            name, statistic = taken
            by_group = policy.attribute in (None, c.GROUP)
            alike = c.attribute(str(policy.attribute))
            keys = pool_of(scheme, pool) if by_group else (alike, *(key for key in pool if key != c.GROUP))
            by_pool.setdefault(keys, []).append(Aggregate(c.stat(indicator.code, name), statistic))
    for keys, aggregates in by_pool.items():
        frame = with_aggregates(frame, aggregates, engine, by=keys, of=Origin(fills, scheme, keys))
    return frame


def _taken(policy: MissingPolicy, values: nw.Expr) -> tuple[str, nw.Expr] | None:
    """Return what a policy takes from others, and what that is called; None where it looks at nobody."""
    match policy:
        case MissingIsWorst():
            return WORST, values.min()
        case Fill(statistic=statistic):
            return FILL, _joined(statistic, values)
        case MissingIsError() | MissingIsZero() | MissingRedistributed() | MissingIsNeutral():
            return None
        case _:
            assert_never(policy)


def _joined(statistic: FillStatistic, values: nw.Expr) -> nw.Expr:
    match statistic:
        case "mean":
            return settled_mean(values)
        case "median":
            return settled(values.median())


def _filled(indicator: Indicator) -> nw.Expr:
    value = nw.col(c.measure(indicator.code))
    if indicator.gaps.missing.fills != "value":
        return value
    missing = nw.col(c.absence(indicator.code)) == c.MISSING
    return nw.when(missing).then(nw.col(c.stat(indicator.code, FILL))).otherwise(value)


def before_coefficient(indicator: Indicator) -> nw.Expr:
    """Return the points of an indicator after its policies: the rule's, or what they put in their place."""
    points = nw.col(c.rated(indicator.code))
    absence = nw.col(c.absence(indicator.code))
    replacement = _for_missing(indicator)
    if replacement is not None:
        # a rule without its target or anchor has no points either: the same gap, the same policy
        gap = points.is_null() & ((absence == c.MISSING) | (absence == c.PRESENT))
        points = nw.when(gap).then(replacement).otherwise(points)
    in_place = _for_not_applicable(indicator.gaps.not_applicable)
    if in_place is not None:
        points = nw.when(absence == c.NOT_APPLICABLE).then(in_place).otherwise(points)
    return points


def _settled(indicator: Indicator, scope: Scope) -> nw.Expr:
    points = before_coefficient(indicator)
    if indicator.coefficient is not None:
        points = _counted(points * amount(indicator.coefficient, scope))
    if indicator.rounding.points is not None:
        points = half_up(points, indicator.rounding.points)
    return points


def _for_missing(indicator: Indicator) -> nw.Expr | None:
    """Return the points that stand in for a missing measure; None where there are none."""
    policy = indicator.gaps.missing
    if policy.fills != "points":
        return None
    match policy:
        case MissingIsError() | MissingRedistributed():
            return None
        case MissingIsZero():
            return nw.lit(0.0)
        case MissingIsWorst():
            return nw.col(c.stat(indicator.code, WORST))
        case MissingIsNeutral():
            return nw.lit(float(indicator.rule.base_points))
        case Fill():
            return nw.col(c.stat(indicator.code, FILL))
        case _:
            assert_never(policy)


def _for_not_applicable(policy: NotApplicablePolicy) -> nw.Expr | None:
    """Return the points of an indicator that does not apply to a unit; None where there are none."""
    match policy:
        case FullPoints():
            return nw.lit(FULL)
        case MissingRedistributed():
            return None
        case _:
            assert_never(policy)
