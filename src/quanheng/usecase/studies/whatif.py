"""Ask what would be if some things of a book on disk were otherwise; nothing of it is written as a result."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path

from quanheng.data.book.book import Book
from quanheng.data.book.called import unit_called
from quanheng.data.load import load
from quanheng.data.writing.writing import Writing
from quanheng.findings.errors import UsageError
from quanheng.studies.study import Study
from quanheng.studies.whatif.question import Question
from quanheng.studies.whatif.study import answer_to
from quanheng.usecase.output import write_csv_output
from quanheng.usecase.public import read_scheme


def what_if(
    path: Path,
    question: Question,
    *,
    scheme: Path | None = None,
    round: str | None = None,  # noqa: A002  the word of the language
    units: Sequence[str] = (),
    as_of: dt.date | None = None,
) -> tuple[Study, Book]:
    """Return what would be of the book at `path`, and the book.

    Raises:
        FindingsError: the book or the scheme has errors, or has them with the changes.
        UsageError: a name is unknown, or nothing is asked.
    """
    book = load(path, as_of=as_of)
    other = None if scheme is None else load(path, as_of=as_of, scheme=read_scheme(scheme))
    codes = [unit_called(book, unit) for unit in units]
    return answer_to(question, book, round=round, other=other, units=codes), book


def pairs_of(written: Sequence[str], form: str) -> Iterator[tuple[str, str]]:
    """Yield what stands before and behind the first `=` of each text.

    Raises:
        UsageError: there is none; `form` says how it is written.

    Examples:
        >>> list(pairs_of(["gdp@T01 = 12.5%"], "ITEM@UNIT=V"))
        [('gdp@T01', '12.5%')]
    """
    for text in written:
        name, sign, value = text.partition("=")
        if not sign or not name.strip():
            raise UsageError(f"{text!r} is not written as {form}", f"“{text}”应写成 {form}")
        yield name.strip(), value.strip()


def write_moved(study: Study, file: Path, *, writing: Writing | None = None) -> None:
    """Write who moves and by what as csv: the causes, a row for each unit and change."""
    write_csv_output(study["causes"], file, writing)
