"""The reviews of a year: what each unit reached in them, computed anew or as it was published."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import narwhals as nw

from quanheng.data.book.reviewed import nobody_reviewed
from quanheng.data.book.spells import in_force
from quanheng.engine.figures.grid_laws import check_figures, check_sources
from quanheng.engine.figures.looked_up.lookups import lookups_of
from quanheng.engine.frame.findings import NO_FIGURES
from quanheng.engine.results.published import differing, names_in, tell_differing
from quanheng.engine.results.reviewed import reviewed_in
from quanheng.engine.stages.reviews.fold import REVIEWS, HeldReviews, ReviewsInside
from quanheng.engine.stages.reviews.part import is_review, parts_of, review_part, reviews_in
from quanheng.findings.finding import Finding, FindingsError, Kind, has_errors, require_no_errors
from quanheng.findings.value import Value
from quanheng.periods.period import Period, parse_period
from quanheng.periods.stretch import Stretch
from quanheng.scheme.pace.pace import Reviews
from quanheng.scheme.tree.uses import awards_looked_at, reviews_looked_at

if TYPE_CHECKING:
    from quanheng.data.book.book import Book
    from quanheng.data.book.frames import Frame
    from quanheng.engine.frame.engines import Engine
    from quanheng.engine.results.result import Result

Scores = Callable[["Book", str, "Engine"], "Result"]
"""Scores a review of a book."""
OUTCOME: Final = ("unit", "round", "score", "place", "tier")
"""The columns of the table of a review."""


class Review(Value):
    """What became of one review: its table, None where it was not held; `errors` say why it has none.

    The table has the columns `OUTCOME`. Of one that was published it is what was published, and `others` are
    the units that differ from it where it is computed anew; None if it cannot be. `awards` are those who got
    each award that is asked for; None where that is not known.
    """

    round: str
    table: Frame | None = None
    awards: Mapping[str, frozenset[str]] | None = None
    published: bool = False
    others: nw.DataFrame[Any] | None = None
    errors: tuple[Finding, ...] = ()


def reviews_inside(
    book: Book,
    round: str,  # noqa: A002 - the word of the language
    scores: Scores,
    engine: Engine,
) -> ReviewsInside:
    """Return the reviews that are folded into the year `round`, or that formulas of the round look at.

    A review that lies in the book's history counts as it was published, and it is told where one computed
    anew would differ; all others are scored from the figures as they are, in one pass on `engine`. Where that
    finds something wrong, or awards are looked at, `scores` scores them one by one, to say what is wrong with
    which. A review without any figure was not held.

    Raises:
        FindingsError: a review has errors; those of all reviews together.
    """
    reviews, period = book.scheme.reviews, parse_period(round)
    if reviews is None:
        return ReviewsInside()
    counted = () if is_review(book.scheme, round) else reviews_looked_at(book.scheme)
    folds = reviews.fold is not None and period.every == "year"
    if not folds and not counted:
        return ReviewsInside()
    awards = awards_looked_at(book.scheme) if counted else ()
    inside = reviews_in(period, reviews)
    every = _held(book, [str(review) for review in inside], awards, scores, engine)
    require_no_errors(finding for review in every for finding in review.errors)
    notes = tuple(_notes(every, book, awards))
    folded = _folded(every, book, period, reviews) if folds else None
    reviewed = _reviewed(every, inside, awards, book) if counted else None
    return ReviewsInside(folded=folded, reviewed=reviewed, notes=notes)


def _folded(every: Sequence[Review], book: Book, period: Period, reviews: Reviews) -> HeldReviews | None:
    if reviews.fold is None:
        return None
    held = tuple(review.round for review in every if review.table is not None)
    tables = [review.table.select(*REVIEWS) for review in every if review.table is not None]
    empty = book.history.head(0).select(*REVIEWS)
    table = nw.concat([empty, *tables], how="vertical")
    return HeldReviews(rounds=held, table=table, fold=reviews.fold, steps=_steps(period, reviews, held))


def _reviewed(every: Sequence[Review], inside: Sequence[Period], awards: Sequence[str], book: Book) -> Frame:
    """Return what each unit reached in each review, for the formulas that look at them (formulas m)."""
    parts = [
        reviewed_in(
            roster=book.units if book.spells is None else in_force(book.spells, period.end),
            table=review.table,
            given=review.awards,
            round=review.round,
            awards=awards,
            scheme=book.scheme,
        )
        for review, period in zip(every, inside, strict=True)
    ]
    return nw.concat(parts, how="vertical") if parts else nobody_reviewed(awards)


def _held(
    book: Book, reviews: Sequence[str], awards: Sequence[str], scores: Scores, engine: Engine
) -> list[Review]:
    """Return what became of each of `reviews`."""
    past = book.history
    published = {each for each in reviews if len(past.filter(nw.col("round") == each))}
    tables = {} if awards else _together(book, [each for each in reviews if each not in published], engine)
    anew = _together(book, [each for each in reviews if each in published], engine)
    return [
        _as_published(
            past.filter(nw.col("round") == each).select(*OUTCOME),
            each,
            anew.get(each),
            _given_as_published(book, each, awards) or _given_anew(book, each, awards, scores, engine),
        )
        if each in published
        else Review(round=each, table=tables[each])
        if each in tables
        else _alone(book, each, awards, scores, engine)
        for each in reviews
    ]


def _as_published(
    table: Frame, review: str, anew: Frame | None, awards: Mapping[str, frozenset[str]] | None
) -> Review:
    others = None if anew is None else differing(table, anew)
    return Review(round=review, table=table, awards=awards, published=True, others=others)


def _together(book: Book, reviews: Sequence[str], engine: Engine) -> dict[str, Frame]:
    """Return the tables of `reviews`, scored in one pass; none where one of them has errors or no figures."""
    if not reviews:
        return {}
    from quanheng.engine.results.rounds import score_rounds  # noqa: PLC0415  few results fold reviews

    book = replace(book, scheme=review_part(book.scheme).scheme)
    rounds = {review: Stretch.of(parse_period(review)) for review in reviews}
    looked_up = [lookups_of(book.scheme, stretch) for stretch in rounds.values()]
    if any(has_errors((*check_figures(book, each), *check_sources(book, each))) for each in looked_up):
        return {}
    try:
        totals = score_rounds(book, rounds, engine=engine, lenient=False).totals
    except FindingsError:
        return {}
    table = totals.select(*(_typed(name) for name in OUTCOME))
    return {review: _with_no_tier(table.filter(nw.col("round") == review)) for review in reviews}


def _alone(book: Book, review: str, awards: Sequence[str], scores: Scores, engine: Engine) -> Review:
    try:
        result = scores(book, review, engine)
    except FindingsError as error:
        return Review(round=review, errors=tuple(_errors(review, error)))
    ranking = result.ranking.with_columns(nw.lit(review).alias("round"))
    table = _with_no_tier(ranking.select(*(_typed(name) for name in OUTCOME)))
    return Review(round=review, table=table, awards=_given(result, awards))


def _typed(name: str) -> nw.Expr:
    types = {"score": nw.Float64(), "place": nw.Int64(), "tier": nw.String()}
    return nw.col(name).cast(types[name]) if name in types else nw.col(name)


def _with_no_tier(table: Frame) -> Frame:
    """Return the table of a review with an empty text where a ranked unit has reached no tier."""
    none = nw.col("tier").is_null() & ~nw.col("place").is_null()
    return table.with_columns(nw.when(none).then(nw.lit("")).otherwise(nw.col("tier")).alias("tier"))


def _given(result: Result, awards: Sequence[str]) -> Mapping[str, frozenset[str]]:
    """Return who got each of `awards`."""
    return _by_award(result.awards, awards)


def _by_award(given: Frame, awards: Sequence[str]) -> Mapping[str, frozenset[str]]:
    return {
        award: frozenset(map(str, given.filter(nw.col("award") == award)["unit"].to_list()))
        for award in awards
    }


def _given_as_published(book: Book, review: str, awards: Sequence[str]) -> Mapping[str, frozenset[str]]:
    """Return who got each of `awards` as it was published; nothing where the history does not say."""
    return _by_award(book.awards[review], awards) if review in book.awards else {}


def _given_anew(
    book: Book, review: str, awards: Sequence[str], scores: Scores, engine: Engine
) -> Mapping[str, frozenset[str]] | None:
    """Return who gets each of `awards` of a published review as it is computed anew; None if it cannot be."""
    if not awards:
        return None
    try:
        return _given(scores(book, review, engine), awards)
    except FindingsError:
        return None


REVIEW_FAILS: Final = Kind(
    code="QH571",
    severity="error",
    en="the review {round}, which is folded into the year, cannot be scored; its errors follow ({count})",
    zh="计入全年的{round}季季评无法计分：有{count}个错误，列于其后",
    hint_en="try 'quanheng score BOOK --round {round}'; a review that lies in history/ is taken from there",
    hint_zh="可用 quanheng score 考核册 --round {round} 查看；已存入 history/ 的季季评按其中的结果计",
)


def _errors(review: str, error: FindingsError) -> Iterator[Finding]:
    """Yield why a review cannot be scored; nothing, where it only has no figures."""
    errors = [finding for finding in error.findings if finding.severity == "error"]
    if {finding.code for finding in errors} != {NO_FIGURES.code}:
        yield REVIEW_FAILS.at(round=review, count=len(errors))
        yield from errors


REVIEW_NOT_HELD: Final = Kind(
    code="QH572",
    severity="note",
    en="reviews without any figure do not count in the year: {rounds}",
    zh="以下各期没有数据，其季季评不计入全年：{rounds}",
    hint_en="report the figures of a review that was held",
    hint_zh="已考评的，请补报该期数据",
)
REVIEW_AS_PUBLISHED: Final = Kind(
    code="QH573",
    severity="note",
    en="reviews that lie in history/ count in the year as they were published, not computed anew: {rounds}",
    zh="以下各期季季评按 history/ 中已公布的结果计入全年，不重新计算：{rounds}",
    hint_en="to correct one, publish it again with a reason: quanheng publish BOOK --round … --reason …",
    hint_zh="确需更正的，请注明原因重新公布：quanheng publish 考核册 --round … --reason …",
)


AWARDS_ANEW: Final = Kind(
    code="QH878",
    severity="warning",
    en="the history does not say who got awards in {rounds}; who got {awards} is computed anew",
    zh="历史结果未记载{rounds}的获奖单位；“{awards}”的获得情况按现有数据重新计算",
    hint_en="compare with what was announced; where they differ, correct the figures or use places or tiers",
    hint_zh="请与当时的通报核对；如不一致，请更正数据，或改按位次、等次统计",
)


def _notes(reviews: Sequence[Review], book: Book, awards: Sequence[str]) -> Iterator[Finding]:
    absent = [review.round for review in reviews if review.table is None]
    published = [review.round for review in reviews if review.published]
    if absent:
        yield REVIEW_NOT_HELD.at(rounds=", ".join(absent))
    if published:
        yield REVIEW_AS_PUBLISHED.at(rounds=", ".join(published))
    anew = [each for each in published if each not in book.awards]
    if anew and awards:
        yield AWARDS_ANEW.at(rounds=", ".join(anew), awards=", ".join(awards))
    for review in reviews:
        if review.others is not None:
            yield from tell_differing(review.round, review.others, names_in(book, review.others))


def _steps(
    period: Period, reviews: Reviews, held: tuple[str, ...]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the means in between and the rounds each is of; none where the mean is of all reviews."""
    if reviews.through is None:
        return ()
    steps = (
        (str(part), tuple(round_ for round_ in held if part.contains(parse_period(round_))))
        for part in parts_of(period, reviews.through)
    )
    return tuple((name, rounds) for name, rounds in steps if rounds)
