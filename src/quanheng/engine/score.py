"""From a book or a frame to a result: the table of contents of the engine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import narwhals as nw

from quanheng.data.periods import parse_period
from quanheng.engine import columns as c
from quanheng.engine.adjust import rows_of_round, with_adjustments
from quanheng.engine.anchors import with_statistics
from quanheng.engine.availability import with_availability
from quanheng.engine.engines import Engine, polars_engine
from quanheng.engine.expressions import Scope
from quanheng.engine.frames import grid_from_frame
from quanheng.engine.gaps import with_filled_values, with_points
from quanheng.engine.grid import lay_out_grid
from quanheng.engine.grid_checks import check_grid
from quanheng.engine.history import with_history
from quanheng.engine.holding import MANY, engine_for, held
from quanheng.engine.measures import with_formulas, with_measures
from quanheng.engine.outliers import treated_pools
from quanheng.engine.places import with_places
from quanheng.engine.problems import (
    Condition,
    any_error,
    conditions,
    conditions_above,
    findings_of,
    unranked,
)
from quanheng.engine.ranking import in_order
from quanheng.engine.result import Result, ranking_of
from quanheng.engine.scores import Weights, with_marks, with_parts, with_scores
from quanheng.engine.tiers import with_tiers
from quanheng.engine.treat import treatment_findings, with_treated
from quanheng.engine.weighing import Weighing, with_weights
from quanheng.findings import Finding, require_no_errors
from quanheng.scheme.formula import Formula
from quanheng.scheme.model import Indicator, Scheme
from quanheng.scheme.rules import Met
from quanheng.scheme.weights import Copeland

if TYPE_CHECKING:
    from quanheng.data.book import Book


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scored:
    """The wide frame with everything but history, and what is needed to judge it."""

    plan: nw.LazyFrame[Any]
    weighing: Weighing
    conditions: tuple[Condition, ...]
    notes: tuple[Finding, ...]


def score(book: Book, *, round: str | None = None, engine: Engine | None = None) -> Result:  # noqa: A002 - the word of the language
    """Return the scores, places, tiers, awards and trace of `book`, for its scheme's round or another one.

    Raises:
        FindingsError: the data leave something open that the scheme calls an error; all of it at once.
    """
    engine = engine or polars_engine(streaming=len(book.units) > MANY)
    scheme = book.scheme
    period = round or scheme.round
    rows, others = rows_of_round(book.adjustments, parse_period(period))
    book = replace(book, adjustments=rows)
    grid = engine.lift(held(lay_out_grid(book, round=period), rows=len(book.units)))
    scored = _scored(grid, scheme, engine, rows=book.adjustments)
    found = (
        *others,
        *check_grid(book, round=period),
        *scored.notes,
        *findings_of(scored.plan, (*scored.conditions, *unranked(scheme)), engine),
    )
    require_no_errors((*book.findings, *found))
    past = with_history(scored.plan, scheme, book.history, round=period, engine=engine)
    plan = engine.settle(past)
    return Result(
        scheme=scheme,
        round=period,
        engine=engine,
        plan=plan,
        ranking=in_order(engine.collect(ranking_of(plan)), scheme),
        weights=scored.weighing.table,
        findings=(*book.findings, *found),
        book=book,
    )


def score_frame(frame: object, scheme: Scheme, *, round: str | None = None) -> Result:  # noqa: A002 - the word of the language
    """Return the result of `scheme` over a wide frame: unit, group (if the scheme has several), items.

    `frame` is a Polars, pandas, PyArrow or PySpark frame or a DuckDB relation; Spark frames are computed on
    Spark, all others with Polars. Only the ranking is computed at once; other tables when asked for.

    Raises:
        FindingsError: columns are missing or not numbers, or the data leave an error open.
    """
    grid = grid_from_frame(frame, scheme, round=round)
    engine = engine_for(grid)
    scored = _scored(grid, scheme, engine, rows=None)
    plan = scored.plan
    ranked = engine.collect(ranking_of(plan, nw.col(c.PROBLEM)))
    if bool(ranked[c.PROBLEM].any()):
        require_no_errors(findings_of(plan, scored.conditions, engine))
    return Result(
        scheme=scheme,
        round=round or scheme.round,
        engine=engine,
        plan=plan,
        ranking=in_order(ranked.drop(c.PROBLEM), scheme),
        weights=scored.weighing.table,
        findings=scored.notes,
        conditions=scored.conditions,
    )


def _scored(
    grid: nw.LazyFrame[Any],
    scheme: Scheme,
    engine: Engine,
    *,
    rows: nw.DataFrame[Any] | None,
) -> _Scored:
    """Run the stages from the grid to the places; settled now and then, so that no plan grows too deep."""
    measured = with_measures(grid, scheme, engine)
    filled = with_filled_values(measured, scheme, engine)
    pools = treated_pools(filled, scheme, engine)
    treated = with_treated(filled, scheme, pools, engine)
    compared = with_statistics(engine.settle(treated), scheme, engine)
    compared, scope = with_formulas(compared, scheme, _formulas(scheme))
    rated = engine.settle(with_points(compared, scheme, scope, engine))
    weighed, weighing = with_weights(rated, scheme, engine)
    weights = weighing.weights
    shared = engine.by_row(weighed, lambda rows: with_marks(with_parts(rows, scheme, weights), scheme))
    adjusted = with_adjustments(engine.settle(shared), scheme, rows, engine, scope)
    found = (*conditions(scheme, scope), *conditions_above(scheme, weights))
    scored = _with_scores(adjusted, scheme, weights, scope, engine)
    # before the places, so that only a few columns have to go through the ranking
    judged = engine.by_row(scored, lambda rows: rows.with_columns(any_error(found).alias(c.PROBLEM)))
    available = with_availability(engine.settle(judged), scheme, weighing.parts)
    placed = with_tiers(with_places(available, scheme), scheme, scope)
    return _Scored(
        plan=engine.settle(placed),
        weighing=weighing,
        conditions=found,
        notes=(*treatment_findings(scheme, pools), *weighing.findings),
    )


def _with_scores(
    frame: nw.LazyFrame[Any], scheme: Scheme, weights: Weights, scope: Scope, engine: Engine
) -> nw.LazyFrame[Any]:
    """Add the scores; row by row, unless a dimension compares units in pairs."""
    if any(isinstance(dimension.aggregate, Copeland) for dimension in scheme.dimensions):
        return with_scores(frame, scheme, weights, scope)
    return engine.by_row(frame, lambda rows: with_scores(rows, scheme, weights, scope))


def _formulas(scheme: Scheme) -> Iterator[Formula]:
    """Yield every formula over items that stands beside the measures."""
    for node in scheme.nodes:
        if node.coefficient is not None:
            yield node.coefficient
        if isinstance(node, Indicator) and isinstance(node.rule, Met):
            yield node.rule.condition
    adjustments = scheme.adjustments
    for gate in (adjustments.bonus.when, adjustments.penalty.when):
        if gate is not None:
            yield gate
    for tier in scheme.tiers:
        if tier.unless is not None:
            yield tier.unless
    for rule in adjustments.rules:
        yield from (formula for formula in (rule.marks, rule.when) if formula is not None)
