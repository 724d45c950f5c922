"""From a result folder, or a book with results, to what its documents are made of."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Final

from quanheng.data.book.book import Book
from quanheng.documents.subject import Audience, Subject
from quanheng.documents.tables.record import IDENTITY
from quanheng.documents.words.read import read_words
from quanheng.documents.words.words import NO_WORDS, Words
from quanheng.engine.results.result import Result
from quanheng.findings.errors import DataError, UsageError
from quanheng.findings.finding import FindingsError, Kind, Location, has_errors
from quanheng.insight.moves.moves import Moves
from quanheng.periods.period import parse_period
from quanheng.usecase.documents.studies import studies_beside
from quanheng.usecase.results.assess import results_of
from quanheng.usecase.results.moves import moved_since
from quanheng.usecase.results.unchanged import identity_in
from quanheng.usecase.results.verify import book_of, compared
from quanheng.usecase.results.verify_published import is_published

WORDS: Final = "words.yaml"
"""The file of a book with the words of its documents."""
_AS_OF: Final = "-as-of-"

NOT_TO_BE_USED: Final = Kind(
    code="QH801",
    severity="error",
    en="no document is made of a result that is not what its book gives: see the findings above",
    zh="结果与考核册不符，不据以生成文书：原因见上",
    hint_en="score the book again: quanheng score {book} --round {round}",
    hint_zh="请重新计分：quanheng score {book} --round {round}",
)
STANDS: Final = Kind(
    code="QH855",
    severity="error",
    en="{round} was published and stands, but the book gives something else today, and documents are computed"
    " from the book: see the findings above",
    zh="{round} 已公布，公布的结果不变；但考核册现在算出的结果与之不同，而文书据考核册生成：原因见上",
    hint_en="make them from the book as it was, or publish the round again with a reason: "
    "quanheng publish {book} --round {round} --reason …",
    hint_zh="请用公布时的考核册生成，或注明原因重新公布：quanheng publish {book} --round {round} --reason …",
)


def subject_of(
    path: Path, *, audience: Audience, book: Path | None = None, words: Path | None = None
) -> tuple[Subject, Path]:
    """Return what documents of the result at `path` are made of, and the folder of that result.

    `path` is a result folder, or a book: then its newest result. The result is computed anew from its book
    and has to agree with its folder, cell by cell. `words` is a file with the words of the office; without
    it the file `words.yaml` in the book, if there is one.

    Raises:
        FindingsError: the result is not what its book gives, or the words have errors.
        UsageError: there is no result, or its book is not found.
        DataError: there is no file of words.
    """
    folder = path if (path / IDENTITY).exists() else newest_result(path)
    record = identity_in(folder)
    place = book or (book_of(folder) if folder == path else path)
    told = _words(words, place)
    found = compared(folder, book=place)
    if found.result is None or has_errors(found.findings):
        kind = STANDS if is_published(folder) else NOT_TO_BE_USED
        bad = kind.at(Location(file=folder.name), book=place, round=record["round"])
        raise FindingsError((*found.findings, bad))
    studies, unused = studies_beside(folder, found.result, record)
    subject = Subject(
        result=found.result,
        record=record,
        audience=audience,
        moves=_moves(found.result),
        studies=studies,
        words=told,
        findings=(*found.findings, *unused),
        book=found.book,
    )
    return subject, folder


def newest_result(book: Path) -> Path:
    """Return the folder of the newest result of the book at `book`: the one whose round ends last.

    Of rounds that end on the same day it is the longest, and that of all that is known before one as of a
    day.

    Raises:
        UsageError: there is no such book, or it has no result yet.
    """
    if not book.exists():
        raise UsageError(f"there is no {book}", f"没有 {book}")
    folder = results_of(book)
    found = [each.parent for each in folder.glob(f"*/{IDENTITY}")] if folder.is_dir() else []
    known = [(key, each) for each in found if (key := _age(each.name)) is not None]
    if not known:
        raise UsageError(
            f"{book} has no result yet: score it first (quanheng score {book})",
            f"{book} 还没有结果：请先计分（quanheng score {book}）",
        )
    return max(known)[1]


def _age(name: str) -> tuple[dt.date, int, bool, str] | None:
    """Return what results are sorted by, the newest last; None for a folder that is none of a round."""
    written, _, day = name.partition(_AS_OF)
    try:
        period = parse_period(written)
    except DataError:
        return None
    return period.end, period.length_months, not day, day


def _words(file: Path | None, book: Path) -> Words:
    if file is not None:
        return read_words(file)
    own = book / WORDS
    return read_words(own) if own.is_file() else NO_WORDS


def _moves(result: Result) -> Moves | None:
    """Return the moves since the round before; None where there is none to compare with."""
    book: Book | None = result.book
    if book is None:
        return None
    try:
        return moved_since(book, result).moves
    except (FindingsError, UsageError, DataError):
        return None
