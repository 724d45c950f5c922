"""Figures over what was reached in the reviews inside a round: `reviews(place <= 3)` (formulas m)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import narwhals as nw

from quanheng.engine.figures.looked_up.lookups import FromSeries
from quanheng.engine.figures.series import with_taken_together, without_periods
from quanheng.engine.formulas.expressions import Scope, compiled
from quanheng.engine.formulas.operations import Compiled
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.rounding import comparable
from quanheng.periods.period import parse_period
from quanheng.periods.stretch import Stretch
from quanheng.scheme.formulas.reviews import AWARDED, with_awards_named
from quanheng.scheme.formulas.tree import OfSeries, names_in

if TYPE_CHECKING:
    from quanheng.data.book.book import Book
    from quanheng.data.book.frames import Frame

_NUMBERS = ("score", "place", "place_from_below")


def with_reviews_counted(
    frame: nw.LazyFrame[Any], figures: Iterable[FromSeries], book: Book
) -> nw.LazyFrame[Any]:
    """Join to `frame`, one row a unit, the columns of `figures`: the value, and why it is absent.

    Where what was reached in reviews is not known, as in the score of a year that has not ended, nobody has
    any value.
    """
    for figure in figures:
        rounds = rounds_looked_at(figure, book)
        if not rounds or book.reviewed is None:
            frame = without_periods(frame, [figure])
            continue
        rows = book.reviewed.lazy().filter(nw.col(c.ROUND).is_in(rounds))
        frame = with_taken_together(frame, rows.select(c.UNIT, *_looked(figure)), [figure])
    return frame


def rounds_looked_at(figure: FromSeries, book: Book) -> list[str]:
    """Return the reviews that a figure looks at, in order; none where what was reached is not known."""
    if book.reviewed is None:
        return []
    known = sorted(map(str, book.reviewed[c.ROUND].unique().to_list()))
    inside = [each for each in known if _lies_in(each, figure.stretch)]
    return inside[-figure.series.number :] if figure.series.chosen == "last" else inside


def _lies_in(review: str, stretch: Stretch) -> bool:
    of = Stretch.of(parse_period(review))
    return stretch.first <= of.first and of.last <= stretch.last


def in_each_review(figure: FromSeries, book: Book) -> Frame | None:
    """Return unit, round and `value`, what the formula gives in each review; 1 where a condition holds.

    None where what was reached in reviews is not known.
    """
    rows = told_of_each_review(figure, book)
    return None if rows is None else rows.select(c.UNIT, c.ROUND, "value")


def told_of_each_review(figure: FromSeries, book: Book) -> Frame | None:
    """Return the same, and where it does not apply (`away`) or cannot be computed (`broken`)."""
    if book.reviewed is None:
        return None
    rows = book.reviewed.filter(nw.col(c.ROUND).is_in(rounds_looked_at(figure, book)))
    meaning = _meaning(figure.series)
    return rows.select(
        c.UNIT,
        c.ROUND,
        meaning.value.cast(nw.Float64()).alias("value"),
        _flag(meaning.not_applicable).alias("away"),
        _flag(meaning.undefined).alias("broken"),
    )


def _meaning(series: OfSeries) -> Compiled:
    tree = with_awards_named(series.of)
    numbers = {word: Compiled(value=comparable(nw.col(word).cast(nw.Float64()))) for word in _NUMBERS}
    tier = {"tier": Compiled(value=nw.col("tier"), number=False)}
    asked = [name for name in names_in(tree) if name.startswith(AWARDED)]
    awards = {name: Compiled(value=nw.col(name), number=False) for name in asked}
    return compiled(tree, Scope(columns=frozenset(), items=frozenset(), names={**numbers, **tier, **awards}))


def _looked(figure: FromSeries) -> Iterator[nw.Expr]:
    """Yield what the formula gives in a review, and whether it counts, does not apply, and is undefined."""
    column, meaning = figure.column, _meaning(figure.series)
    away, broken = _flag(meaning.not_applicable), _flag(meaning.undefined)
    yield nw.when(~away & ~broken).then(meaning.value.cast(nw.Float64())).alias(f"{column}|value")
    for name, flag in (("due", ~away), ("away", away), ("broken", broken & ~away)):
        yield nw.when(flag).then(1).otherwise(0).alias(f"{column}|{name}")


def _flag(flag: nw.Expr | None) -> nw.Expr:
    return nw.lit(value=False) if flag is None else flag.fill_null(value=False)
