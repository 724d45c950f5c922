"""折算, reviews folded into the year: its total is part of its own and part of the mean of its reviews'."""

from __future__ import annotations

import functools
import operator
from collections.abc import Sequence
from typing import Any, Final

import narwhals as nw

from quanheng.engine.frame import columns as c
from quanheng.engine.frame.engines import Engine
from quanheng.engine.frame.rounding import half_up
from quanheng.findings.finding import Finding
from quanheng.findings.value import Value
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.pace.pace import Fold
from quanheng.scheme.rounding.rounding import Rounding

REVIEWS: Final = ("unit", "round", "score", "place")
"""The columns of the reviews of a year: one row a unit and review."""


class HeldReviews(Value):
    """The reviews of a year: the `rounds` held, in order, and what each unit reached in them.

    `table` has the columns `REVIEWS`. `steps` are the means in between, where the year's is a mean of means:
    the name of each and the rounds it is of.
    """

    rounds: tuple[str, ...]
    table: nw.DataFrame[Any]
    fold: Fold
    steps: tuple[tuple[str, tuple[str, ...]], ...] = ()


class ReviewsInside(Value):
    """The reviews inside a round: what of them is `folded` into it, what is `reviewed` by formulas, notes."""

    folded: HeldReviews | None = None
    reviewed: nw.DataFrame[Any] | None = None
    notes: tuple[Finding, ...] = ()


def with_fold(
    frame: nw.LazyFrame[Any], held: HeldReviews, rounding: Rounding, engine: Engine
) -> nw.LazyFrame[Any]:
    """Fold the reviews into the total of `frame`, which has `unit` and `score|total` (reviews §2).

    total = reviews × mean of the unit's reviews + year × its own total, rounded again at `total`. A unit
    without any review keeps its own total; a unit without a total of its own has none, unless the year
    itself counts nothing.

    New columns: `own|total`, the total before; `review|…` for every round held; `reviews_mean|…` for every
    step; `reviews_mean`. `score|total` becomes the folded total.

    Examples:
        >>> import polars as pl
        >>> from quanheng.engine.frame.engines import polars_engine
        >>> year = pl.LazyFrame({"unit": ["A", "B"], "score|total": [80.0, 70.0]})
        >>> rows = {"unit": ["A", "A"], "round": ["2023-H1", "2023-H2"], "score": [90.0, 91.0]}
        >>> table = nw.from_native(pl.DataFrame({**rows, "place": [1, 1]}))
        >>> fold = Fold(reviews=0.4, year=0.6)
        >>> held = HeldReviews(rounds=("2023-H1", "2023-H2"), table=table, fold=fold)
        >>> engine = polars_engine()
        >>> folded = with_fold(engine.lift(year), held, Rounding(total=1), engine)
        >>> engine.collect(folded.select("unit", "own|total", "reviews_mean", "score|total")).sort(
        ...     "unit"
        ... ).rows()
        [('A', 80.0, 90.5, 84.2), ('B', 70.0, None, 70.0)]
    """
    own = nw.col(c.score(ROOT)).alias(c.OWN_TOTAL)
    if not held.rounds:
        return frame.with_columns(own, nw.lit(None, dtype=nw.Float64()).alias(c.REVIEWS_MEAN))
    frame = frame.with_columns(own).join(engine.lift(_by_unit(held)), on=c.UNIT, how="left")
    for step, rounds in held.steps:
        mean = _mean([c.review(round_) for round_ in rounds])
        frame = frame.with_columns(mean.alias(c.mean_of_reviews(step)))
    means = [c.mean_of_reviews(step) for step, _ in held.steps] or [
        c.review(round_) for round_ in held.rounds
    ]
    weights = [held.fold.weight_of(round_) for round_ in held.rounds] if held.fold.each else None
    frame = frame.with_columns(_mean(means, weights).alias(c.REVIEWS_MEAN))
    return frame.with_columns(_folded(held.fold, rounding).alias(c.score(ROOT)))


def _by_unit(held: HeldReviews) -> nw.DataFrame[Any]:
    """Return one row a unit: its score in every round held."""
    own = [
        nw.when(nw.col("round") == round_).then(nw.col("score")).alias(c.review(round_))
        for round_ in held.rounds
    ]
    columns = [nw.col(c.review(round_)).max() for round_ in held.rounds]
    return held.table.select(c.UNIT, *own).group_by(c.UNIT).agg(*columns)


def _mean(columns: Sequence[str], weights: Sequence[float] | None = None) -> nw.Expr:
    """Return the mean of those of `columns` that have a value, weighted if there are `weights`; else null."""
    values = [nw.col(column).fill_null(0.0) for column in columns]
    known = [(~nw.col(column).is_null()).cast(nw.Float64()) for column in columns]
    if weights is not None:
        values = [weight * value for weight, value in zip(weights, values, strict=True)]
        known = [weight * there for weight, there in zip(weights, known, strict=True)]
    total = functools.reduce(operator.add, values)
    count = functools.reduce(operator.add, known)
    return nw.when(count > 0.0).then(total / nw.when(count > 0.0).then(count))


def _folded(fold: Fold, rounding: Rounding) -> nw.Expr:
    own, mean = nw.col(c.OWN_TOTAL), nw.col(c.REVIEWS_MEAN)
    both = mean if fold.year == 0.0 else fold.reviews * mean + fold.year * own
    folded = both if rounding.total is None else half_up(both, rounding.total)
    # what has no total of its own stays without: the sum of a null is null, and so is its own total
    return nw.when(~mean.is_null()).then(folded).otherwise(own)
