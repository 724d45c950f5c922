"""A book scored once in a certain way, made ready for replicates: its base, and those of its reviews."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import narwhals as nw
import numpy as np

from quanheng.engine.frame import columns as c
from quanheng.engine.replicates.arrays import Array, filled, known, quotient, rounded
from quanheng.engine.replicates.base import Base, base_of
from quanheng.engine.results.result import Result
from quanheng.engine.results.rounds import score_rounds
from quanheng.engine.results.score import score
from quanheng.engine.stages.reviews.fold import HeldReviews
from quanheng.engine.stages.reviews.part import review_part
from quanheng.findings.value import Value
from quanheng.periods.stretch import stretch_of
from quanheng.scheme.tree.scheme import Scheme

if TYPE_CHECKING:
    from quanheng.data.book.book import Book


class Prepared(Value):
    """The base of a round, and what is folded into its totals.

    `published` are the totals of reviews that stand as they were published, `(1, units)`; `reviews` the bases
    of those that are scored as the year is.
    """

    result: Result
    base: Base
    published: Mapping[str, Array]
    reviews: Mapping[str, Base]

    @property
    def held(self) -> HeldReviews | None:
        """The reviews that are folded into the totals; None where none are."""
        return self.result.held


def prepared(book: Book, scheme: Scheme) -> Prepared:
    """Return `book`, scored by `scheme` in its round, ready for replicates.

    Raises:
        FindingsError: the scheme leaves something open that it calls an error; all of it at once.
    """
    for kept in _KEPT:
        if kept.book is book and kept.scheme == scheme:
            return kept.prepared
    changed = replace(book, scheme=scheme)
    made = prepared_from(score(changed), changed)
    _KEPT.append(_Known(book=book, scheme=scheme, prepared=made))
    while len(_KEPT) > 1 and sum(kept.cells for kept in _KEPT) > _MOST_CELLS:
        _KEPT.pop(0)
    return made


class _Known(Value):
    """What was prepared of a book, by the very object, and a scheme."""

    book: Book
    scheme: Scheme
    prepared: Prepared

    @property
    def cells(self) -> int:
        bases = (self.prepared.base, *self.prepared.reviews.values())
        return sum(len(base.wide) * len(base.wide.columns) for base in bases)


_KEPT: Final[list[_Known]] = []
"""Studies of one book ask for the same scorings again and again: the last ones are kept."""
_MOST_CELLS: Final = 20_000_000


def prepared_from(result: Result, book: Book | None) -> Prepared:
    """Return the result of `book` ready for replicates; reviews that are folded into it are scored again.

    A result of a frame has no book, and no reviews.

    Raises:
        FindingsError: a review leaves something open that the scheme calls an error.
    """
    base = base_of(result.wide, result.weights, result.scheme)
    held = result.held
    if held is None or book is None:
        return Prepared(result=result, base=base, published={}, reviews={})
    past = set(book.history["round"].to_list())
    published = {each: total_of(held, each, base.codes) for each in held.rounds if each in past}
    reviews = _reviews(book, [each for each in held.rounds if each not in past])
    return Prepared(result=result, base=base, published=published, reviews=reviews)


def _reviews(book: Book, rounds: Sequence[str]) -> dict[str, Base]:
    """Return the bases of reviews, scored in one pass."""
    if not rounds:
        return {}
    part = replace(book, scheme=review_part(book.scheme).scheme)
    stretches = {each: stretch_of(each) for each in rounds}
    scored = score_rounds(part, stretches, lenient=False)
    wide = scored.wide
    return {
        each: base_of(wide.filter(nw.col(c.ROUND) == each).sort(c.UNIT), scored.weights, scored.scheme)
        for each in rounds
    }


def total_of(held: HeldReviews, review: str, codes: Sequence[str]) -> Array:
    """Return the totals of a review as it was held, `(1, units)`; NaN where a unit has none."""
    table = held.table.filter(nw.col("round") == review)
    totals = dict(table.select(c.UNIT, "score").rows())
    return np.array([[_number(totals.get(unit)) for unit in codes]])


def _number(value: float | None) -> float:
    return np.nan if value is None else float(value)


def folded(own: Array, reviews: Mapping[str, Array], held: HeldReviews, decimals: int | None) -> Array:
    """Return the totals of a year with its reviews folded in (reviews §2).

    `reviews` are the totals of each review, `own` those of the year; NaN where a unit has none.
    """
    if not held.rounds:
        return own
    fold = held.fold
    means = [_mean([reviews[each] for each in rounds]) for _, rounds in held.steps]
    weights = [fold.weight_of(each) for each in held.rounds]
    mean = _mean(means) if means else _mean([reviews[each] for each in held.rounds], weights)
    both = mean if fold.year == 0.0 else fold.reviews * mean + fold.year * own
    return np.where(known(mean), rounded(both, decimals), own)


def _mean(parts: Sequence[Array], weights: Sequence[float] | None = None) -> Array:
    """Return the mean of those that have a value, by their `weights` if there are; NaN where none has."""
    each = [1.0] * len(parts) if weights is None else weights
    total, count = each[0] * filled(parts[0]), each[0] * known(parts[0]).astype(np.float64)
    for weight, part in zip(each[1:], parts[1:], strict=True):
        total, count = total + weight * filled(part), count + weight * known(part).astype(np.float64)
    return quotient(total, count)
