"""The stages of scoring, from the grid to the places and tiers, in their order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, TypeAlias

import narwhals as nw

from quanheng.engine.formulas.expressions import Scope
from quanheng.engine.formulas.pooled import without_shared
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.again.replays import Origin, Rerun, made_once, recorded, replayed
from quanheng.engine.frame.engines import Engine
from quanheng.engine.frame.tables import names_in
from quanheng.engine.stages.above import found_above
from quanheng.engine.stages.adjustments.adjust import with_adjustments
from quanheng.engine.stages.aggregation.availability import with_availability, with_available
from quanheng.engine.stages.aggregation.scores import with_marks, with_parts, with_scores
from quanheng.engine.stages.aggregation.weights_in_force import Weighing, with_weights
from quanheng.engine.stages.condition import Condition
from quanheng.engine.stages.flags import with_problem
from quanheng.engine.stages.places.places import with_places
from quanheng.engine.stages.places.tiers import with_tiers
from quanheng.engine.stages.problems import conditions
from quanheng.engine.stages.rated import rated
from quanheng.engine.stages.reviews.fold import HeldReviews, with_fold
from quanheng.findings.finding import Finding
from quanheng.findings.value import Value
from quanheng.scheme.tree.named import names_nodes
from quanheng.scheme.tree.scheme import Scheme
from quanheng.scheme.tree.uses import marked_by_formulas


class Scored(Value):
    """The wide frame with everything but history, and what is needed to judge it.

    What may be wrong with a row is of the points of indicators, `of_points`, or of what is made of them
    with the weights, `above`.
    """

    made: nw.LazyFrame[Any] | Rerun
    weighing: Weighing
    of_points: tuple[Condition, ...]
    above: tuple[Condition, ...]
    notes: tuple[Finding, ...]

    @property
    def plan(self) -> nw.LazyFrame[Any]:
        """The frame itself; stages that are known are taken when it is first asked for."""
        return self.made.whole if isinstance(self.made, Rerun) else self.made

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
    first = scheme if rated_by is None or marked_by_formulas(scheme) else rated_by

    def run(grid: nw.LazyFrame[Any]) -> tuple[nw.LazyFrame[Any], _Told]:
        return _run(
            grid, scheme, engine, rows=rows, reviews=reviews, pool=pool, first=first, available=available
        )

    if rows is None and reviews is None and len(scheme.nodes) <= _MOST_NODES:
        facts = (Origin("rated by", first), engine, tuple(pool), available)
        made, told = recorded(grid, run, Origin("stages", scheme, facts))
    else:
        made, told = run(grid)
    weighing, of_points, above, notes = told
    return Scored(made=made, weighing=weighing, of_points=of_points, above=above, notes=notes)


_MOST_NODES: Final = 200
"""Stages of larger schemes are run anew: their columns are computed a kind at once."""
_Told: TypeAlias = tuple[Weighing, tuple[Condition, ...], tuple[Condition, ...], tuple[Finding, ...]]
"""What the stages tell beside the frame."""


def _run(  # noqa: PLR0913  the same
    grid: nw.LazyFrame[Any],
    scheme: Scheme,
    engine: Engine,
    *,
    rows: nw.DataFrame[Any] | None,
    reviews: HeldReviews | None,
    pool: Sequence[str],
    first: Scheme,
    available: bool,
) -> tuple[nw.LazyFrame[Any], _Told]:
    """Return the wide frame and what is told of it; `first` is the scheme of the stages up to the points."""
    if names_nodes(scheme):
        from quanheng.engine.stages.named import with_named_nodes  # noqa: PLC0415  few formulas name nodes

        first = scheme  # other weights may give other points
        grid = with_named_nodes(grid, scheme, engine, rows=rows, pool=pool)
    points, scope, of_outliers = rated(grid, first, engine, pool=pool)
    weighed, weighing = with_weights(points, scheme, engine, scope, pool=pool)
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
    if scheme.rates_ranked_only:
        adjusted = with_available(adjusted, scheme, weighing, engine)
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
    return engine.settle(placed), (weighing, of_points, above, (*of_outliers, *weighing.findings))


def _with_outcome(
    rows: nw.LazyFrame[Any], scheme: Scheme, scope: Scope, pool: Sequence[str]
) -> nw.LazyFrame[Any]:
    return with_tiers(with_places(rows, scheme, pool=pool), scheme, scope, pool=pool)
