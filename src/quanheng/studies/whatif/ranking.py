"""Both rankings alone, all changes at once: what a reader waits for who tries weights and figures out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from quanheng.engine.frame import columns as c
from quanheng.engine.stages.places.places import in_order
from quanheng.findings.finding import Finding, FindingsError, has_errors
from quanheng.findings.value import Value
from quanheng.periods.period import parse_period
from quanheng.scheme.tree.rounds import round_named
from quanheng.studies.variants.passes import MIXTURE
from quanheng.studies.whatif.game import Game
from quanheng.studies.whatif.question import Question, changes_of
from quanheng.studies.whatif.study import CANNOT_BE_SCORED

if TYPE_CHECKING:
    from quanheng.data.book.book import Book
    from quanheng.data.book.frames import Frame


class Rankings(Value):
    """The ranking as it is and as it would be: unit, group, score, place, tier, in the order of places.

    `findings` are told of the book with the changes, as it is or not.
    """

    before: Frame
    after: Frame
    findings: tuple[Finding, ...]


def rankings_if(question: Question, book: Book, *, round: str | None = None) -> Rankings:  # noqa: A002  the word of the language
    """Return the rankings of a round of `book` without and with what is asked.

    Nothing is told of which change moves whom (`answer_to` does), so the book is scored twice at most, and
    once if it was asked about before.

    Raises:
        FindingsError: with the changes the book cannot be scored; or a figure is none.
        UsageError: a name is unknown, or nothing is asked.
    """
    period = round_named(book.scheme, round)
    changes = changes_of(question, book, book.scheme, other=None)
    game = Game(book=book, round=str(parse_period(period)), players=(changes,))
    outcome = game.outcome()
    after = outcome.findings.get("1", ())
    if has_errors(after):
        errors = [finding for finding in after if finding.severity == "error"]
        raise FindingsError((CANNOT_BE_SCORED.at(count=len(errors)), *errors))
    sides = [outcome.rows.filter(nw.col(MIXTURE) == number).drop(MIXTURE) for number in ("0", "1")]
    schemes = (game.scheme_before, game.scheme_after)
    before, then = (in_order(side, scheme) for side, scheme in zip(sides, schemes, strict=True))
    return Rankings(
        before=before.select(c.UNIT, c.GROUP, "score", c.PLACE, c.TIER),
        after=then.select(c.UNIT, c.GROUP, "score", c.PLACE, c.TIER),
        findings=tuple(after),
    )
