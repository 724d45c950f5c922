"""From a book or a frame to a result: the table of contents of the engine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import narwhals as nw

from quanheng.engine import columns as c
from quanheng.engine.adjust import rows_of_round
from quanheng.engine.engines import Engine, polars_engine
from quanheng.engine.frames import grid_from_frame
from quanheng.engine.grid import lay_out_grid
from quanheng.engine.grid_checks import check_grid
from quanheng.engine.history import with_history
from quanheng.engine.holding import MANY, engine_for, held
from quanheng.engine.problems import findings_of, unranked
from quanheng.engine.ranking import in_order
from quanheng.engine.result import Result, ranking_of
from quanheng.engine.review_part import is_review, review_part
from quanheng.engine.reviews import held_reviews, outside_review
from quanheng.engine.stages import staged
from quanheng.findings.finding import Finding, Kind, require_no_errors
from quanheng.periods.period import parse_period
from quanheng.scheme.model import Scheme

if TYPE_CHECKING:
    from quanheng.data.book import Book


def score(book: Book, *, round: str | None = None, engine: Engine | None = None) -> Result:  # noqa: A002 - the word of the language
    """Return the scores, places, tiers, awards and trace of `book`, for its scheme's round or another one.

    A round of the length of the scheme's reviews is scored with the part of the scheme that takes part in
    them; into the total of a year its reviews are folded, if the scheme folds them.

    Raises:
        FindingsError: the data leave something open that the scheme calls an error; all of it at once.
    """
    engine = engine or polars_engine(streaming=len(book.units) > MANY)
    period = round or book.scheme.round
    reviews, news = held_reviews(
        book, period, lambda review: score(book, round=review, engine=engine).ranking, engine
    )
    rows, others = rows_of_round(book.adjustments, parse_period(period))
    if is_review(book.scheme, period):
        part = review_part(book.scheme)
        news = (*part.findings, *outside_review(rows, part.scheme, period))
        book = replace(book, scheme=part.scheme)
    scheme = book.scheme
    book = replace(book, adjustments=rows)
    grid = engine.lift(held(lay_out_grid(book, round=period), rows=len(book.units)))
    scored = staged(grid, scheme, engine, rows=book.adjustments, reviews=reviews)
    found = (
        *news,
        *(others if period == book.scheme.round else ()),  # of a review, most lie in another quarter
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
        ranked=in_order(engine.collect(ranking_of(plan)), scheme),
        weights=scored.weighing.table,
        findings=(*book.findings, *found),
        book=book,
        held=reviews,
    )


def score_frame(frame: object, scheme: Scheme, *, round: str | None = None) -> Result:  # noqa: A002 - the word of the language
    """Return the result of `scheme` over a wide frame: unit, group (if the scheme has several), items.

    `frame` is a Polars, pandas, PyArrow or PySpark frame or a DuckDB relation; Spark frames are computed on
    Spark, all others with Polars. Only the ranking is computed at once, on Spark where it lies; it and other
    tables come here when asked for.

    Raises:
        FindingsError: columns are missing or not numbers, or the data leave an error open.
    """
    grid = grid_from_frame(frame, scheme, round=round)
    engine = engine_for(grid)
    scored = staged(grid, scheme, engine, rows=None)
    plan = scored.plan
    ranked, wrong = _ranked(plan, scheme, engine)
    if wrong:
        require_no_errors(findings_of(plan, scored.conditions, engine))
    return Result(
        scheme=scheme,
        round=round or scheme.round,
        engine=engine,
        plan=plan,
        ranked=ranked,
        weights=scored.weighing.table,
        findings=(*_unfolded(scheme, round or scheme.round), *scored.notes),
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


def _ranked(plan: nw.LazyFrame[Any], scheme: Scheme, engine: Engine) -> tuple[nw.DataFrame[Any] | None, bool]:
    """Return the ranking, and whether a row has an error; on Spark only that: the rows stay there."""
    if engine.name == "spark":
        wrong = engine.collect(plan.filter(nw.col(c.PROBLEM)).select(c.UNIT).head(1))
        return None, len(wrong) > 0
    ranked = engine.collect(ranking_of(plan, nw.col(c.PROBLEM)))
    return in_order(ranked.drop(c.PROBLEM), scheme), bool(ranked[c.PROBLEM].any())


def _unfolded(scheme: Scheme, round: str) -> Iterator[Finding]:  # noqa: A002 - the word of the language
    """Yield that the reviews of a year are not in a frame."""
    folds = scheme.reviews is not None and scheme.reviews.fold is not None
    if folds and parse_period(round).every == "year":
        yield FRAME_WITHOUT_REVIEWS.at()
