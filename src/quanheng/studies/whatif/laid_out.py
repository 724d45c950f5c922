"""What a round of a book is scored of, laid out once: questions about one book are asked again and again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from quanheng.engine.results.score import ready
from quanheng.findings.value import Value
from quanheng.studies.compare.sides import grid_of
from quanheng.studies.variants.figures import Reported, with_reported
from quanheng.studies.variants.mixtures import Known

if TYPE_CHECKING:
    from quanheng.data.book.book import Book
    from quanheng.data.book.frames import Frame
    from quanheng.engine.stages.reviews.fold import HeldReviews
    from quanheng.scheme.tree.scheme import Scheme


class LaidOut(Value):
    """A round of `book`: the `part` of it that takes part, its reviews, its grid, the adjustments that count.

    `known` is what was scored of it by now.
    """

    book: Book
    round: str
    part: Book
    reviews: HeldReviews | None
    grid: Frame
    rows: Frame
    known: Known

    @property
    def scheme(self) -> Scheme:
        """The scheme of the round, the same object each time."""
        return self.part.scheme


def laid_out(book: Book, round: str) -> LaidOut:  # noqa: A002  the word of the language
    """Return the round of a book; that of the books asked about last, by the very objects, is kept.

    Raises:
        FindingsError: figures cannot be had from the book, or a review that is folded in has errors.
    """
    for kept in _KEPT:
        if kept.book is book and kept.round == round:
            return kept
    made = _laid_out(book, book, round)
    _KEPT.append(made)
    while len(_KEPT) > 1 and (len(_KEPT) > _MOST or sum(map(_cells, _KEPT)) > _MOST_CELLS):
        _KEPT.pop(0)
    return made


_KEPT: Final[list[LaidOut]] = []
_MOST: Final = 4
_MOST_CELLS: Final = 10_000_000


def laid_out_with(book: Book, round: str, reported: Sequence[Reported]) -> LaidOut:  # noqa: A002  the same
    """Return the round of a book in which `reported` stand in place of what it has.

    Raises:
        FindingsError: a review that is folded in has errors.
    """
    return _laid_out(book, with_reported(book, reported), round)


def _laid_out(book: Book, changed: Book, round: str) -> LaidOut:  # noqa: A002  the same
    part, _, reviews = ready(changed, round=round)
    grid = grid_of(part, round, part.scheme)
    rows = part.adjustments.select("unit", "kind", "marks", "node", "category")
    known = Known(grid=grid)
    return LaidOut(book=book, round=round, part=part, reviews=reviews, grid=grid, rows=rows, known=known)


def _cells(of: LaidOut) -> int:
    return len(of.grid) * len(of.grid.columns)
