"""The pages of a result: one for everybody or the office, or one for each unit, of itself alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from quanheng.data.book.book import Book
from quanheng.data.book.called import unit_called
from quanheng.documents.page.page import page_html
from quanheng.documents.page.shown import EVERYTHING, OF_ONE_UNIT, Shown, Shows
from quanheng.documents.subject import Subject
from quanheng.engine.frame import columns as c
from quanheng.engine.results.result import Result
from quanheng.findings.finding import Finding, FindingsError
from quanheng.findings.text import Language
from quanheng.insight.progress.progress import Progress, progress_of
from quanheng.periods.period import parse_period
from quanheng.usecase.documents.making import in_a_name


def pages(subject: Subject, language: Language, units: Sequence[str]) -> Iterator[tuple[str, Shown]]:
    """Yield what each page shows, and what its name ends in.

    A page for units shows one of `units`, by code or name, else of all: each its own.

    Raises:
        UsageError: there is no such unit.
    """
    book = subject.book
    progress = None if subject.audience == "public" or book is None else progress_in(book, subject.result)
    show = partial(
        Shown,
        result=subject.result,
        book=book,
        language=language,
        progress=progress,
        moves=subject.moves,
        robustness=subject.studies.robustness,
    )
    if subject.audience != "unit":
        yield "", show(parts=_parts(subject))
        return
    for ending, code in units_asked_for(subject, book, units):
        yield ending, show(parts=OF_ONE_UNIT, unit=code)


def units_asked_for(subject: Subject, book: Book | None, units: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield what the name of a unit's document ends in, and the unit: those named, else all.

    Raises:
        UsageError: there is no such unit.
    """
    everyone = sorted(str(code) for code in subject.result.ranking[c.UNIT].to_list())
    chosen = everyone if book is None or not units else [unit_called(book, unit) for unit in units]
    for code in dict.fromkeys(chosen):
        number = 1 + everyone.index(code)
        yield f"-{number:0{len(str(len(everyone)))}}-{in_a_name(code)}", code


def write_page(shown: Shown, target: Path) -> tuple[Finding, ...]:
    """Write a page to the file `target`."""
    target.write_text(page_html(shown), encoding="utf-8", newline="")
    return ()


def _parts(subject: Subject) -> frozenset[Shows]:
    return EVERYTHING if subject.audience == "internal" else frozenset(subject.result.scheme.publish)


def progress_in(book: Book, result: Result) -> Progress | None:
    """Return how far everybody was at the end of the round; None where the scheme states no pace."""
    if book.scheme.pace is None:
        return None
    try:
        return progress_of(book, parse_period(result.round))
    except FindingsError:
        return None
