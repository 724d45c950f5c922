"""The stages of scoring, from the grid to the places and tiers, in their order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import narwhals as nw

from quanheng.engine.formulas.expressions import Scope
from quanheng.engine.formulas.measures import measures_of, with_formulas, with_measures
from quanheng.engine.formulas.pooled import without_shared
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.engines import Engine
from quanheng.engine.frame.replays import Origin, made_once, replayed
from quanheng.engine.frame.tables import names_in
from quanheng.engine.stages.above import found_above
from quanheng.engine.stages.adjustments.adjust import with_adjustments
from quanheng.engine.stages.aggregation.availability import with_availability
from quanheng.engine.stages.aggregation.scores import with_marks, with_parts, with_scores
from quanheng.engine.stages.aggregation.weights_in_force import Weighing, with_weights
from quanheng.engine.stages.condition import Condition
from quanheng.engine.stages.flags import with_problem
from quanheng.engine.stages.places.places import with_places
from quanheng.engine.stages.places.tiers import with_tiers
from quanheng.engine.stages.points.gaps import with_filled_values, with_points
from quanheng.engine.stages.points.points import formulas_of_rules
from quanheng.engine.stages.points.statistics import with_statistics
from quanheng.engine.stages.problems import conditions
from quanheng.engine.stages.reviews.fold import HeldReviews, with_fold
from quanheng.findings.finding import Finding
from quanheng.findings.value import Value
from quanheng.scheme.formulas.tree import Formula
from quanheng.scheme.tree.scheme import Scheme


class Scored(Value):
    """The wide frame with everything but history, and what is needed to judge it.

    What may be wrong with a row is of the points of indicators, `of_points`, or of what is made of them
    with the weights, `above`.
    """

    plan: nw.LazyFrame[Any]
    weighing: Weighing
    of_points: tuple[Condition, ...]
    above: tuple[Condition, ...]
    notes: tuple[Finding, ...]

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """All that may be wrong with a row."""
        return (*self.of_points, *self.above)


def staged(  # noqa: PLR0913  what one scoring is made of
    grid: nw.LazyFrame[Any],
    scheme: Scheme,
    engine: Engine,
    *,
    rows: nw.DataFrame[Any] | None,
    reviews: HeldReviews | None = None,
    pool: Sequence[str] = (c.GROUP,),
    rated_by: Scheme | None = None,
    available: bool = False,
) -> Scored:
    """Run the stages from the grid to the places; settled now and then, so that no plan grows too deep.

    `rows` are the adjustments that count, `reviews` what is folded into the total. `pool` names the columns
    whose values the units share that are compared with each other: the group, of several rounds also the
    round, which is then a column of `rows`, too. `rated_by` is a scheme that gives the same points, whose
    stages up to these are known: where only weights are other ones, they need not be planned again. How much
    of each unit's weight is `available` is told where the scheme asks for some, or if it is wanted.
    """
    first = rated_by or scheme
    measures = made_once(Origin("measures of", first), lambda: measures_of(first))
    measured = with_measures(grid, measures, first, engine, pool=pool)
    filled = with_filled_values(measured, first, engine, pool=pool)
    treated, of_outliers = _treated(filled, first, engine, pool)
    compared = with_statistics(engine.settle(treated), first, engine, pool=pool)
    compared, scope = with_formulas(
        compared, first, _formulas(first), further=formulas_of_rules(compared, first.indicators), pool=pool
    )
    rated = engine.settle(with_points(compared, first, scope, engine, pool=pool))
    weighed, weighing = with_weights(rated, scheme, engine, scope, pool=pool)
    weights = weighing.weights
    stated = tuple(weighing.table.rows()), *sorted(weighing.rounds)
    shared = engine.by_row(
        weighed,
        lambda rows: with_marks(with_parts(rows, scheme, weights), scheme),
        Origin("marks", scheme, stated),
    )
    adjusted = with_adjustments(engine.settle(shared), scheme, rows, engine, scope, pool=pool)
    names = frozenset(names_in(adjusted))
    of_points = made_once(Origin("conditions of points", first, names), lambda: conditions(first, scope))
    above = made_once(
        Origin("conditions above", scheme, (names, stated)), lambda: found_above(scheme, weights, names)
    )
    found = (*of_points, *above)
    if any(dimension.aggregate.in_pairs or dimension.rule is not None for dimension in scheme.dimensions):
        # not row by row: units are compared in pairs, or points with those of other units
        scored = with_scores(adjusted, scheme, weights, scope, pool=pool, engine=engine)
    else:
        scored = engine.by_row(
            adjusted,
            lambda rows: with_scores(rows, scheme, weights, scope, pool=pool),
            Origin("scores", scheme, stated),
        )
    # before the places, so that only a few columns have to go through the ranking
    judged = engine.by_row(
        scored,
        lambda rows: with_problem(rows, found, scheme),
        Origin("problems", scheme, stated),
    )
    counted = with_availability(engine.settle(judged), scheme, weighing, engine, always=available)
    if reviews is not None:
        counted = with_fold(counted, reviews, scheme.rounding, engine)
    placed = replayed(
        counted,
        lambda rows: without_shared(_with_outcome(rows, scheme, scope, pool)),
        Origin("places", scheme, tuple(pool)),
    )
    return Scored(
        plan=engine.settle(placed),
        weighing=weighing,
        of_points=of_points,
        above=above,
        notes=(*of_outliers, *weighing.findings),
    )


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


def _with_outcome(
    rows: nw.LazyFrame[Any], scheme: Scheme, scope: Scope, pool: Sequence[str]
) -> nw.LazyFrame[Any]:
    return with_tiers(with_places(rows, scheme, pool=pool), scheme, scope, pool=pool)


def _formulas(scheme: Scheme) -> Iterator[Formula]:
    """Yield every formula over items that stands beside the measures."""
    for node in scheme.nodes:
        if node.coefficient is not None:
            yield node.coefficient
    adjustments = scheme.adjustments
    for gate in (adjustments.bonus.when, adjustments.penalty.when):
        if gate is not None:
            yield gate
    yield from scheme.tier_conditions
    for rule in adjustments.rules:
        yield from (formula for formula in (rule.marks, rule.when) if formula is not None)
