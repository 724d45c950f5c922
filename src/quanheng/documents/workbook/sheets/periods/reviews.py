"""Reviews on the sheet of periods: what each unit reached in them, and what a formula gives in each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import narwhals as nw

from quanheng.documents.workbook.draft.draft import Draft
from quanheng.documents.workbook.draft.numbers import Facts
from quanheng.documents.workbook.formulas.cells import MISSING, NOT_APPLICABLE, UNDEFINED, Column, Shown
from quanheng.documents.workbook.formulas.formulas import Vocabulary, translated
from quanheng.documents.workbook.formulas.parts import Strict, in_a_cell
from quanheng.documents.workbook.formulas.references import here
from quanheng.documents.workbook.sheets.periods.months import in_rows
from quanheng.engine.figures.looked_up.lookups import FromSeries
from quanheng.engine.figures.reviews import rounds_looked_at, told_of_each_review
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.rounding import COMPARED_DECIMALS
from quanheng.scheme.formulas.reviews import AWARDED, with_awards_named
from quanheng.scheme.formulas.tree import Expression

if TYPE_CHECKING:
    from quanheng.data.book.book import Book

_TEXTS: Final = frozenset({"tier"})


def of_reviews(draft: Draft, figure: FromSeries, book: Book) -> tuple[str, ...]:
    """Return the keys of the columns of a figure over reviews, which stand beside each other.

    None where what was reached is not known, or a tier is not of a unit that was ranked.
    """
    rounds = rounds_looked_at(figure, book)
    if not rounds or book.reviewed is None or _tiers_unknown(book, rounds, figure.series.text):
        return ()
    reached = {
        review: Facts(in_rows(draft, book.reviewed.filter(nw.col(c.ROUND) == review))) for review in rounds
    }
    columns = [_value(draft, figure, review, reached[review], book) for review in rounds]
    return tuple(draft.add("periods", column) for column in columns)


def _tiers_unknown(book: Book, rounds: list[str], formula: str) -> bool:
    """Return whether a ranked unit has no tier that is known: an empty cell says that it has none."""
    if book.reviewed is None or "tier" not in formula:
        return False
    ranked = nw.col(c.ROUND).is_in(rounds) & ~nw.col("place").is_null() & nw.col("tier").is_null()
    return len(book.reviewed.filter(ranked)) > 0


def _value(draft: Draft, figure: FromSeries, review: str, reached: Facts, book: Book) -> Column:
    def name(word: str, months: int) -> Strict:
        del months  # reviews are inside the round
        cell = here(_word(draft, review, word, reached))
        if word.startswith(AWARDED):
            return Strict(text=f"({cell}=1)", cells=(cell,), truth=True)
        if word in _TEXTS:
            # who was ranked has a tier, be it none: an empty one
            return Strict(text=cell, cells=(here(_word(draft, review, "place", reached)),))
        text = f"ROUND({cell},{COMPARED_DECIMALS})" if word == "score" else cell
        return Strict(text=text, cells=(cell,))

    def step(formula: str, tree: Expression, months: int, *, ordered: bool) -> str:
        del months, ordered  # nothing is placed inside a review
        key = draft.steps.setdefault(("periods", formula), f"step|{len(draft.steps)}")
        if not draft.has(key):
            values = _given(draft, replace(figure, series=replace(figure.series, of=tree)), review, book)
            title = draft.say("periods.step", period=review)
            draft.add("periods", Column(key=key, title=title, role="live", values=values, formula=formula))
        return key

    words = Vocabulary(name=name, step=step, anybody="periods|unit")
    text = figure.series.text
    return Column(
        key=f"{figure.column}|{review}",
        title=f"{text} {review}",
        role="live",
        formula=in_a_cell(translated(with_awards_named(figure.series.of), words)),
        values=_given(draft, figure, review, book),
        note=draft.say("periods.value"),
        code=f"{text}@{review}",
    )


def _given(draft: Draft, figure: FromSeries, review: str, book: Book) -> list[Shown]:
    """Return what the formula of a figure gives each unit in a review."""
    rows = told_of_each_review(figure, book)
    if rows is None:
        return [None] * len(draft.rows.units)
    own = in_rows(draft, rows.filter(nw.col(c.ROUND) == review))
    return [
        NOT_APPLICABLE if away else UNDEFINED if broken else MISSING if value is None else value
        for value, away, broken in own.select("value", "away", "broken").iter_rows()
    ]


def _word(draft: Draft, review: str, word: str, reached: Facts) -> str:
    """Return the key of the column of what a word of a review's result is."""
    key = f"reviewed|{review}|{word}"
    if draft.has(key):
        return key
    award = word.removeprefix(AWARDED) if word.startswith(AWARDED) else None
    called = draft.say("periods.award", award=award) if award else draft.say(f"periods.{word}")
    return draft.add(
        "periods",
        Column(
            key=key,
            title=f"{called} {review}",
            role="frozen",
            values=_shown(reached, word),
            note=draft.say("periods.review"),
            code=f"{word}@{review}",
        ),
    )


def _shown(reached: Facts, word: str) -> list[Shown]:
    if word in _TEXTS:
        return [None if value is None else str(value) for value in reached.raw(word)]
    return [None if value is None else float(value) for value in reached.raw(word)]
