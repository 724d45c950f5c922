"""The stages from the grid to the points of the indicators."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import narwhals as nw

from quanheng.engine.formulas.conditions import holds
from quanheng.engine.formulas.expressions import Scope
from quanheng.engine.formulas.measures import measures_of, with_formulas, with_measures
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.again.replays import Origin, made_once
from quanheng.engine.frame.engines import Engine
from quanheng.engine.stages.points.gaps import with_filled_values, with_points
from quanheng.engine.stages.points.points import formulas_of_rules
from quanheng.engine.stages.points.statistics import with_statistics
from quanheng.findings.finding import Finding
from quanheng.scheme.formulas.tree import Formula
from quanheng.scheme.tree.scheme import Scheme


def rated(
    grid: nw.LazyFrame[Any], scheme: Scheme, engine: Engine, *, pool: Sequence[str]
) -> tuple[nw.LazyFrame[Any], Scope, tuple[Finding, ...]]:
    """Return the frame with `points|…` of the indicators, what formulas mean in it, and what is told.

    Told is which outliers were treated, where the scheme states how.
    """
    measures = made_once(Origin("measures of", scheme), lambda: measures_of(scheme))
    measured = with_measures(grid, measures, scheme, engine, pool=pool)
    filled = with_filled_values(measured, scheme, engine, pool=pool)
    treated, of_outliers = _treated(filled, scheme, engine, pool)
    compared = with_statistics(engine.settle(treated), scheme, engine, pool=pool)
    compared, scope = with_formulas(
        compared,
        scheme,
        _formulas(scheme),
        further=formulas_of_rules(compared, scheme.indicators, scheme),
        pool=pool,
    )
    pointed = with_conditions(with_points(compared, scheme, scope, engine, pool=pool), scheme, scope)
    return engine.settle(pointed), scope, of_outliers


def with_conditions(frame: nw.LazyFrame[Any], scheme: Scheme, scope: Scope) -> nw.LazyFrame[Any]:
    """Add whether the condition of each dimension holds; one that figures leave open does not."""
    made = [
        holds(each.condition, scope).alias(c.stands(each.code))
        for each in scheme.dimensions
        if each.condition is not None
    ]
    return frame.with_columns(*made) if made else frame


def _treated(
    frame: nw.LazyFrame[Any], scheme: Scheme, engine: Engine, pool: Sequence[str]
) -> tuple[nw.LazyFrame[Any], tuple[Finding, ...]]:
    """Return the frame with its outliers treated, where the scheme states how, and what is told of them."""
    if all(indicator.treat is None for indicator in scheme.indicators):
        return frame, ()
    from quanheng.engine.stages.treatment.decide import treated_pools  # noqa: PLC0415  few schemes treat outliers
    from quanheng.engine.stages.treatment.treat import (  # noqa: PLC0415  the same
        treatment_findings,
        with_treated,
    )

    pools = treated_pools(frame, scheme, engine, pool=pool)
    treated = with_treated(frame, scheme, pools, engine, pool=pool)
    return treated, tuple(treatment_findings(scheme, pools))


def _formulas(scheme: Scheme) -> Iterator[Formula]:
    """Yield every formula over items that stands beside the measures."""
    for node in scheme.nodes:
        if node.coefficient is not None:
            yield node.coefficient
        yield from (ceiling.condition for ceiling in node.bounds.ceilings)
    yield from (each.condition for each in scheme.dimensions if each.condition is not None)
    adjustments = scheme.adjustments
    for gate in (adjustments.bonus.when, adjustments.penalty.when):
        if gate is not None:
            yield gate
    yield from scheme.tier_conditions
    for rule in adjustments.rules:
        yield from (formula for formula in (rule.marks, rule.when) if formula is not None)
