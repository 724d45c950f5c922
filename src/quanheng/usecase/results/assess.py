"""Score a book and lay its result beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from quanheng.data.files.magic import WORKBOOKS
from quanheng.data.load import load
from quanheng.data.writing.writing import Writing
from quanheng.engine.frame.engines import Engine, EngineName, spark_engine
from quanheng.engine.results.result import Result
from quanheng.engine.results.score import score
from quanheng.findings.finding import Finding
from quanheng.findings.text import Language
from quanheng.findings.value import Value


class Assessment(Value):
    """A result, where it lies, and all findings on the way: of the book, the engine and the files."""

    result: Result
    folder: Path
    findings: tuple[Finding, ...]


def assess(  # noqa: PLR0913  what a person may say of the result, each with a default
    path: Path,
    *,
    round: str | None = None,  # noqa: A002 - the word of the language
    as_of: dt.date | None = None,
    engine: EngineName = "polars",
    out: Path | None = None,
    workbook: bool | None = None,
    before_workbook: Callable[[], None] | None = None,
    language: Language = "zh",
    writing: Writing | None = None,
) -> Assessment:
    """Score the book at `path` and write `results/<round>/` beside it, or `out`.

    With `as_of`, figures and targets are those known on that day, and the folder is
    `results/<round>-as-of-<day>/`.

    `workbook` says whether `results.xlsx` is written; None: as the scheme says, else unless it is too large.
    `before_workbook` is called before it is.

    The result appears whole or not at all: it is written beside and moved. Of an earlier result its own files
    are replaced; what else lies there stays, and is told.

    Raises:
        FindingsError: the book has errors; nothing is written.
        UsageError: `out` is something other than an earlier result or an empty folder, and `writing` has no
            force.
        LockedError: somebody else writes to the book.
    """
    writing = writing or Writing(command="quanheng score")
    result = score_book(path, round=round, as_of=as_of, engine=engine)
    folder = folder_for(result, path, as_of=as_of, out=out, force=writing.force)
    return lay_down(
        result,
        folder,
        workbook=workbook,
        before_workbook=before_workbook,
        language=language,
        writing=writing,
    )


def folder_for(
    result: Result,
    path: Path,
    *,
    as_of: dt.date | None = None,
    out: Path | None = None,
    force: bool = False,
) -> Path:
    """Return where the result of the book at `path` is laid.

    Raises:
        UsageError: what lies there is something other than an earlier result or an empty folder, unless by
            `force`.
    """
    from quanheng.usecase.results.earlier import require_replaceable  # noqa: PLC0415  a score alone is laid nowhere

    folder = out or results_of(path) / folder_name(result.round, as_of)
    require_replaceable(folder, force=force)
    return folder


def lay_down(
    result: Result,
    folder: Path,
    *,
    workbook: bool | None = None,
    before_workbook: Callable[[], None] | None = None,
    language: Language = "zh",
    writing: Writing | None = None,
) -> Assessment:
    """Write `result` to `folder`, whole or not at all; `workbook` and the others are those of `assess`.

    The lock is held while it is put in its place, not while it is written.
    """
    from quanheng.data.writing.locks import holding  # noqa: PLC0415  who wants a ranking waits for no writers
    from quanheng.documents.tables.record import IDENTITY  # noqa: PLC0415  the same
    from quanheng.documents.tables.result_folder import (  # noqa: PLC0415  the same
        MEMBERS,
        write_result_folder,
    )
    from quanheng.usecase.results.earlier import record_in  # noqa: PLC0415  the same
    from quanheng.usecase.results.laying import laying  # noqa: PLC0415  the same
    from quanheng.usecase.results.papers import outdated_papers  # noqa: PLC0415  the same

    writing = writing or Writing(command="quanheng score")
    with laying(folder, members=MEMBERS, last=IDENTITY, force=writing.force) as laid:
        notes = write_result_folder(
            result, laid.partial, language=language, workbook=workbook, before_workbook=before_workbook
        )
        with holding(folder, writing) as lock:
            laid.put(lock, writing.command)
    papers = outdated_papers(folder, record_in(folder) or {})
    return Assessment(result=result, folder=folder, findings=(*result.findings, *notes, *laid.told, *papers))


def score_book(
    path: Path,
    *,
    round: str | None = None,  # noqa: A002 - the word of the language
    as_of: dt.date | None = None,
    engine: EngineName = "polars",
) -> Result:
    """Return the result of the book at `path`, as known on the day `as_of`; None: all that the book says.

    Raises:
        FindingsError: one of the findings is an error; it carries them all.
    """
    return score(load(path, as_of=as_of), round=round, engine=engine_called(engine))


def engine_called(name: EngineName) -> Engine | None:
    """Return the engine a person names; None is Polars, in the way that suits the size of the book."""
    return spark_engine() if name == "spark" else None


def folder_name(round: str, as_of: dt.date | None) -> str:  # noqa: A002 - the word of the language
    """Return the name of the folder of a result.

    Examples:
        >>> folder_name("2023", None), folder_name("2023", dt.date(2024, 2, 1))
        ('2023', '2023-as-of-2024-02-01')
    """
    return round if as_of is None else f"{round}-as-of-{as_of.isoformat()}"


def results_of(path: Path) -> Path:
    """Return the folder that holds the results of the book at `path`.

    Examples:
        >>> results_of(Path("books/district-2023")).as_posix()
        'books/district-2023/results'
        >>> results_of(Path("books/district.xlsx")).as_posix()
        'books/district-results'
    """
    return path.with_name(f"{path.stem}-results") if path.suffix.lower() in WORKBOOKS else path / "results"
