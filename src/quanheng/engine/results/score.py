"""From a book or a frame to a result: the table of contents of the engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import narwhals as nw

from quanheng.data.telling.in_names import in_names
from quanheng.engine.figures.for_round import scheme_for
from quanheng.engine.figures.grid import lay_out_grid
from quanheng.engine.figures.grid_laws import check_grid
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.engines import Engine, polars_engine
from quanheng.engine.frame.holding import MANY, engine_for, run_once
from quanheng.engine.results.published import differing, names_in, published_in, tell_differing
from quanheng.engine.results.result import Result, ranking_of
from quanheng.engine.stages.adjustments.adjust import outside_review, rows_of_round
from quanheng.engine.stages.condition import Condition
from quanheng.engine.stages.places.history import with_history
from quanheng.engine.stages.places.places import in_order
from quanheng.engine.stages.problems import (
    MISSING_MEASURE,
    counts_of,
    findings_counted,
    findings_of,
    unranked,
)
from quanheng.engine.stages.reviews.fold import HeldReviews, ReviewsInside
from quanheng.engine.stages.reviews.part import is_review, review_part
from quanheng.engine.stages.run import Scored, staged
from quanheng.findings.collector import each_once
from quanheng.findings.finding import Finding, Kind, has_errors, require_no_errors
from quanheng.periods.period import parse_period
from quanheng.periods.stretch import Stretch, stretch_of
from quanheng.scheme.tree.pools import Over
from quanheng.scheme.tree.rounds import round_named
from quanheng.scheme.tree.scheme import Scheme

if TYPE_CHECKING:
    from quanheng.data.book.book import Book


def score(book: Book, *, round: str | None = None, engine: Engine | None = None) -> Result:  # noqa: A002 - the word of the language
    """Return the scores, places, tiers, awards and trace of `book`, for its scheme's round or another one.

    A round of the length of the scheme's reviews is scored with the part of the scheme that takes part in
    them; into the total of a year its reviews are folded, if the scheme folds them. Of a round that was
    published it is told where the result differs from that.

    Raises:
        FindingsError: the data leave something open that the scheme calls an error; all of it at once.
    """
    engine = engine or polars_engine(streaming=len(book.units) > MANY)
    period = round_named(book.scheme, round)
    inside = _inside(book, period, engine)
    return beside_published(_scored(book, period, engine, inside), book)


def beside_published(result: Result, book: Book) -> Result:
    """Return `result` with what is told of its round if that was published and `book` gives otherwise."""
    published = published_in(book, result.round)
    if published is None:
        return result
    others = differing(published, result.ranking)
    told = tell_differing(result.round, others, names_in(book, others))
    return replace(result, findings=(*result.findings, *told))


_NONE_INSIDE: Final = ReviewsInside()


def _inside(book: Book, period: str, engine: Engine) -> ReviewsInside:
    """Return the reviews inside a round.

    Raises:
        FindingsError: a review that is folded in or looked at has errors.
    """
    if book.scheme.reviews is None:
        return _NONE_INSIDE
    from quanheng.engine.results.reviews import reviews_inside  # noqa: PLC0415  many schemes have none

    return reviews_inside(book, period, _scored, engine)


def _scored(book: Book, period: str, engine: Engine, inside: ReviewsInside = _NONE_INSIDE) -> Result:
    """Return the result of one round, the reviews `inside` it folded into its totals or looked at."""
    part, left_out = asked(book, period)
    part = replace(part, reviewed=inside.reviewed)
    grid = engine.lift(run_once(lay_out_grid(part, round=period), rows=len(part.units)))
    grid, over, found = looked_over(grid, book, part.scheme, {"": stretch_of(period)}, engine)
    scored = staged(grid, part.scheme, engine, rows=part.adjustments, reviews=inside.folded)
    return result_of(
        book,
        part,
        period,
        scored,
        engine,
        of_grid=check_grid(part, round=period),
        reviews=inside.folded,
        notes=(*inside.notes, *left_out, *found),
        over=over,
    )


def looked_over(
    grid: nw.LazyFrame[Any], book: Book, scheme: Scheme, rounds: Mapping[str, Stretch], engine: Engine
) -> tuple[nw.LazyFrame[Any], nw.LazyFrame[Any] | None, tuple[Finding, ...]]:
    """Return `grid` with what `rounds` look at in several (observed §4), their values, and what is told."""
    if not any(isinstance(each.within, Over) for each in scheme.all_rated):
        return grid, None, ()
    from quanheng.engine.results.over_rounds import with_rounds_looked_over  # noqa: PLC0415  in few schemes

    return with_rounds_looked_over(grid, book, scheme, rounds, engine)


def result_of(  # noqa: PLR0913  what a result is made of
    book: Book,
    part: Book,
    period: str,
    scored: Scored,
    engine: Engine,
    *,
    of_grid: tuple[Finding, ...],
    counts: Sequence[int] | None = None,
    reviews: HeldReviews | None = None,
    notes: tuple[Finding, ...] = (),
    over: nw.LazyFrame[Any] | None = None,
) -> Result:
    """Return the result of one round from what was scored of `part`, what of `book` takes part in it.

    `of_grid` is what was found about its figures; `counts` in how many rows each of `conditions_of` holds, if
    that is known; `over` the values of several rounds that were looked at.

    Raises:
        FindingsError: the data leave something open that the scheme calls an error.
    """
    scheme = part.scheme
    sought = conditions_of(scored, scheme)
    counts = counts_of(scored.plan, sought, engine) if counts is None else counts
    if has_errors(of_grid):  # that figures are missing follows from them
        counts = [
            0 if each.kind is MISSING_MEASURE else count for each, count in zip(sought, counts, strict=True)
        ]
    told = (
        *book.findings,
        *notes,
        *of_grid,
        *scored.notes,
        *findings_counted(scored.plan, sought, counts, engine),
    )
    findings = tuple(each_once(in_names(told, book.scheme, book.units.to_native())))
    require_no_errors(findings)
    plan = engine.settle(with_history(scored.plan, scheme, part.history, round=period, engine=engine))
    ranked = in_order(engine.collect(ranking_of(plan)), scheme)
    return Result(
        scheme=scheme,
        round=period,
        engine=engine,
        made=plan,
        ranked=ranked,
        weights=scored.weighing.table,
        findings=(*findings, *_printed_alike(ranked, scheme)),
        book=part,
        held=reviews,
        over=over,
    )


def conditions_of(scored: Scored, scheme: Scheme) -> tuple[Condition, ...]:
    """Return all that is looked for in the rows of a round."""
    return (*scored.conditions, *unranked(scheme))


def ready(book: Book, *, round: str | None = None) -> tuple[Book, str, HeldReviews | None]:  # noqa: A002 - the word of the language
    """Return what a round is scored of: the book as it takes part in it, the round, the reviews folded in.

    The scheme of that book is the one of the result, the same object each time.

    Raises:
        FindingsError: a review that is folded in has errors.
    """
    period = round_named(book.scheme, round)
    engine = polars_engine(streaming=len(book.units) > MANY)
    inside = _inside(book, period, engine)
    part, _ = asked(book, period)
    return replace(part, reviewed=inside.reviewed), period, inside.folded


def asked(book: Book, period: str) -> tuple[Book, tuple[Finding, ...]]:
    """Return `book` with what counts in a round, its formulas written out for its months."""
    part, left_out = taking_part(book, period)
    return replace(part, scheme=scheme_for(part.scheme, stretch_of(period))), left_out


def taking_part(book: Book, period: str) -> tuple[Book, tuple[Finding, ...]]:
    """Return `book` with what counts in a round: units, adjustments, in a review its part of the scheme.

    Beside it, notes on what is left out.
    """
    of_units: tuple[Finding, ...] = ()
    if book.spells is not None:
        from quanheng.engine.figures.in_time import in_round  # noqa: PLC0415  in most books no unit comes or goes

        book, of_units = in_round(book, parse_period(period))
    rows, others = rows_of_round(book.adjustments, parse_period(period))
    # of a review, most lie in another quarter
    untold = (*of_units, *(others if period == book.scheme.round else ()))
    if not is_review(book.scheme, period):
        there = scheme_for(book.scheme, stretch_of(period))
        if not there.root.children:
            from quanheng.scheme.laws.tree import nothing_assessed  # noqa: PLC0415  of rounds before any

            require_no_errors((nothing_assessed(book.scheme, parse_period(period).end),))
        elsewhere = () if there is book.scheme else tuple(outside_review(rows, there, period))
        return replace(book, adjustments=rows), (*elsewhere, *untold)
    part = review_part(book.scheme)
    outside = outside_review(rows, part.scheme, period)
    return replace(book, scheme=part.scheme, adjustments=rows), (*part.findings, *outside, *untold)


def score_frame(frame: object, scheme: Scheme, *, round: str | None = None) -> Result:  # noqa: A002 - the word of the language
    """Return the result of `scheme` over a wide frame: unit, group (if the scheme has several), items.

    `frame` is a Polars, pandas, PyArrow or PySpark frame or a DuckDB relation; Spark frames are computed on
    Spark, all others with Polars. Only the ranking is computed at once, on Spark where it lies; it and other
    tables come here when asked for.

    Raises:
        FindingsError: columns are missing or not numbers, or the data leave an error open.
    """
    from quanheng.engine.figures.own_frame.grid import grid_from_frame  # noqa: PLC0415  books are no frames
    from quanheng.engine.figures.own_frame.read import height_of  # noqa: PLC0415  the same

    scheme = scheme_for(scheme, stretch_of(round or scheme.round))
    grid = grid_from_frame(frame, scheme, round=round)
    engine = engine_for(grid, rows=height_of(frame))
    scored = staged(grid, scheme, engine, rows=None)
    ranked, wrong = _ranked(scored, scheme, engine)
    if wrong or has_errors(scored.notes):
        require_no_errors((*scored.notes, *findings_of(scored.plan, scored.conditions, engine)))
    return Result(
        scheme=scheme,
        round=round or scheme.round,
        engine=engine,
        made=scored.made,
        ranked=ranked,
        weights=scored.weighing.table,
        findings=(
            *_unfolded(scheme, round or scheme.round),
            *scored.notes,
            *(() if ranked is None else _printed_alike(ranked, scheme)),
        ),
        conditions=scored.conditions,
    )


FRAME_WITHOUT_REVIEWS: Final = Kind(
    code="QH577",
    severity="note",
    en="a frame holds one round and no reviews: the totals are the year's own, nothing is folded in",
    zh="数据表只含一个考核期，没有季季评：总分为全年自身得分，未折入季季评",
    hint_en="score a book to have the reviews folded into the year",
    hint_zh="如需折入季季评，请用考核册计分",
)


def _ranked(scored: Scored, scheme: Scheme, engine: Engine) -> tuple[nw.DataFrame[Any] | None, bool]:
    """Return the ranking, and whether a row has an error; on Spark only that: the rows stay there."""
    if engine.name == "spark":
        wrong = engine.collect(scored.plan.filter(nw.col(c.PROBLEM)).select(c.UNIT).head(1))
        return None, len(wrong) > 0
    ranked = engine.collect(ranking_of(scored.made, c.PROBLEM))
    return in_order(ranked.drop(c.PROBLEM), scheme), bool(ranked[c.PROBLEM].any())


def _printed_alike(ranked: nw.DataFrame[Any], scheme: Scheme) -> tuple[Finding, ...]:
    """Return what is told of totals that are printed alike, where the scheme says how they are printed."""
    if scheme.rounding.printed.total is None:
        return ()
    from quanheng.engine.results.printed import tell_printed_alike  # noqa: PLC0415  few schemes print apart

    return tuple(tell_printed_alike(ranked, scheme))


def _unfolded(scheme: Scheme, round: str) -> Iterator[Finding]:  # noqa: A002 - the word of the language
    """Yield that the reviews of a year are not in a frame."""
    folds = scheme.reviews is not None and scheme.reviews.fold is not None
    if folds and parse_period(round).every == "year":
        yield FRAME_WITHOUT_REVIEWS.at()
