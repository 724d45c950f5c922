"""What the engine finds out about the data while it computes: conditions per row, gathered into findings.

Each condition is a column expression; one pass counts them all, and only those that hold somewhere are
looked at again to name their units.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw

from quanheng.engine import columns as c
from quanheng.engine import kinds, review_kinds
from quanheng.engine.adjust import KINDS
from quanheng.engine.aggregate import negative_child, zero_child
from quanheng.engine.engines import Engine
from quanheng.engine.expressions import Scope
from quanheng.engine.measures import needs_target
from quanheng.engine.points import separates_nobody
from quanheng.engine.scores import Weights
from quanheng.findings.finding import Finding, Kind
from quanheng.scheme.model import ROOT, Dimension, Indicator, Scheme

NAMED = 20
"""How many units an error of one kind names; how many more there are is said in one finding."""
_EXAMPLES = 3
"""The same of a warning or a note."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A kind of finding, the node it is about, and where it holds."""

    kind: Kind
    node: str
    holds: nw.Expr


def conditions(scheme: Scheme, scope: Scope) -> tuple[Condition, ...]:
    """Return all that may be wrong with a row, over the columns up to `points|…` of the indicators."""
    return tuple(
        condition for indicator in scheme.indicators for condition in _of_indicator(indicator, scope)
    )


def conditions_above(scheme: Scheme, weights: Weights) -> tuple[Condition, ...]:
    """Return all that may be wrong in the dimensions, over the final `points|…` columns."""
    return tuple(
        condition for dimension in scheme.dimensions for condition in _of_dimension(dimension, weights)
    )


def lost_adjustments(scheme: Scheme, names: Collection[str]) -> Iterator[Condition]:
    """Yield where marks count at a node that has no score to change; `names` are the columns there are."""
    for node in scheme.nodes:
        given = [c.adjust(node.code, kind) for kind in KINDS if c.adjust(node.code, kind) in names]
        for column in given:
            holds = (nw.col(column) > 0.0) & nw.col(c.score(node.code)).is_null()
            yield Condition(kind=review_kinds.ADJUSTMENT_LOST, node=node.code, holds=holds)


def unranked(scheme: Scheme) -> tuple[Condition, ...]:
    """Return where a unit is listed but not ranked (absence §7), over the column `ranked`."""
    if scheme.at_least <= 0.0:
        return ()
    return (Condition(kind=kinds.NOT_RANKED, node=ROOT, holds=~nw.col(c.RANKED)),)


def any_error(found: Sequence[Condition]) -> nw.Expr:
    """Return whether a condition of error level holds for a row."""
    flags = [
        condition.holds.fill_null(value=False) for condition in found if condition.kind.severity == "error"
    ]
    # one step, however many there are: a chain of `or` is as deep as it is long
    return nw.any_horizontal(*flags, ignore_nulls=True) if flags else nw.lit(False)  # noqa: FBT003 - a value


def findings_of(frame: nw.LazyFrame[Any], found: Sequence[Condition], engine: Engine) -> tuple[Finding, ...]:
    """Return a finding for each condition that holds somewhere in `frame`, with its units."""
    if not found:
        return ()
    counts = engine.collect(
        frame.select(
            *[
                condition.holds.fill_null(value=False).cast(nw.Int64()).sum().alias(f"condition|{index}")
                for index, condition in enumerate(found)
            ]
        )
    ).rows()[0]
    return tuple(
        finding
        for condition, count in zip(found, counts, strict=True)
        if count
        for finding in _findings(frame, condition, int(count), engine)
    )


def _findings(
    frame: nw.LazyFrame[Any], condition: Condition, count: int, engine: Engine
) -> Iterator[Finding]:
    if condition.kind.code in kinds.ABOUT_A_POOL:
        yield condition.kind.at(node=condition.node, count=count)
        return
    named = NAMED if condition.kind.severity == "error" else _EXAMPLES
    rows = frame.filter(condition.holds.fill_null(value=False)).select(c.UNIT).sort(c.UNIT).head(named)
    units = [str(row[0]) for row in engine.collect(rows).rows()]
    for unit in units:
        yield condition.kind.at(node=condition.node, unit=unit)
    if count > len(units):
        yield kinds.MORE_OF_THE_SAME.at(
            code=condition.kind.code, node=condition.node, count=count - len(units)
        )


def _of_indicator(indicator: Indicator, scope: Scope) -> Iterator[Condition]:
    code = indicator.code
    absence = nw.col(c.absence(code))
    rated, points = nw.col(c.rated(code)), nw.col(c.points(code))
    policy = indicator.gaps.missing
    if policy.is_error:
        yield Condition(kind=kinds.MISSING_MEASURE, node=code, holds=absence == c.MISSING)
    yield Condition(kind=kinds.UNDEFINED_MEASURE, node=code, holds=absence == c.UNDEFINED)
    if policy.takes_from_others:
        yield Condition(
            kind=kinds.NOBODY_TO_TAKE_FROM, node=code, holds=(absence == c.MISSING) & points.is_null()
        )
    present = (absence == c.PRESENT) & rated.is_null()
    if indicator.rule.allowed is not None:
        low, high = indicator.rule.allowed
        value = nw.col(c.treated(code))
        yield Condition(kind=kinds.GIVEN_OUT_OF_RANGE, node=code, holds=(value < low) | (value > high))
    elif policy.is_error or policy.fills == "value":
        # a value without points, for want of a target or an anchor, stays without any
        kind = kinds.MISSING_TARGET if needs_target(indicator) else kinds.NO_POINTS
        yield Condition(kind=kind, node=code, holds=present)
    if indicator.coefficient is not None:
        yield Condition(kind=kinds.NO_COEFFICIENT, node=code, holds=~rated.is_null() & points.is_null())
    alike = separates_nobody(indicator, scope)
    if alike is not None:
        yield Condition(kind=kinds.SEPARATES_NOBODY, node=code, holds=alike)


def _of_dimension(dimension: Dimension, weights: Weights) -> Iterator[Condition]:
    if dimension.coefficient is not None:
        stands = ~nw.col(c.share(dimension.code)).is_null()
        lacks = stands & nw.col(c.points(dimension.code)).is_null()
        yield Condition(kind=kinds.NO_COEFFICIENT, node=dimension.code, holds=lacks)
    children = [
        (nw.col(c.points(child.code)), weights[dimension.code, child.code]) for child in dimension.children
    ]
    if dimension.aggregate.zero_makes_zero:
        zero = zero_child(dimension.aggregate, children)
        yield Condition(kind=kinds.ZERO_IN_MEAN, node=dimension.code, holds=zero)
    if dimension.aggregate.refuses_negative:
        negative = negative_child(dimension.aggregate, children)
        yield Condition(kind=kinds.NEGATIVE_IN_MEAN, node=dimension.code, holds=negative)
