"""Score a book and lay its result beside it."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from quanheng.data.files.magic import WORKBOOKS
from quanheng.data.load import load
from quanheng.engine.frame.engines import Engine, EngineName, spark_engine
from quanheng.engine.results.result import Result
from quanheng.engine.results.score import score
from quanheng.findings.errors import UsageError
from quanheng.findings.finding import Finding
from quanheng.findings.text import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
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
) -> Assessment:
    """Score the book at `path` and write `results/<round>/` beside it, or `out`.

    With `as_of`, figures and targets are those known on that day, and the folder is
    `results/<round>-as-of-<day>/`.

    `workbook` says whether `results.xlsx` is written; None: as the scheme says, else unless it is too large.
    `before_workbook` is called before it is.

    The result appears whole or not at all: it is written to a folder of its own and moved.

    Raises:
        FindingsError: the book has errors; nothing is written.
        UsageError: `out` is something other than an earlier result or an empty folder.
    """
    result = score_book(path, round=round, as_of=as_of, engine=engine)
    folder = folder_for(result, path, as_of=as_of, out=out)
    return lay_down(result, folder, workbook=workbook, before_workbook=before_workbook, language=language)


def folder_for(result: Result, path: Path, *, as_of: dt.date | None = None, out: Path | None = None) -> Path:
    """Return where the result of the book at `path` is laid.

    Raises:
        UsageError: what lies there is something other than an earlier result or an empty folder.
    """
    folder = out or results_of(path) / folder_name(result.round, as_of)
    _require_replaceable(folder)
    return folder


def lay_down(
    result: Result,
    folder: Path,
    *,
    workbook: bool | None = None,
    before_workbook: Callable[[], None] | None = None,
    language: Language = "zh",
) -> Assessment:
    """Write `result` to `folder`, whole or not at all; `workbook` and the others are those of `assess`."""
    from quanheng.documents.tables.result_folder import (  # noqa: PLC0415  who wants a ranking waits for no writers
        write_result_folder,
    )

    with replacing(folder) as partial:
        notes = write_result_folder(
            result, partial, language=language, workbook=workbook, before_workbook=before_workbook
        )
    return Assessment(result=result, folder=folder, findings=(*result.findings, *notes))


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


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """Yield an empty folder that takes the place of `folder` when all went well, and vanishes otherwise.

    Raises:
        UsageError: what lies there is something other than an earlier result or an empty folder.
    """
    _require_replaceable(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    workshop = Path(tempfile.mkdtemp(prefix=".partial-", dir=folder.parent))
    try:
        partial = workshop / "new"
        partial.mkdir()
        yield partial
        if folder.exists():
            folder.rename(workshop / "old")
        try:
            partial.rename(folder)
        except OSError:
            _put_back(workshop / "old", folder)
            raise
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


def _put_back(old: Path, folder: Path) -> None:
    if old.exists():
        old.rename(folder)


def _require_replaceable(folder: Path) -> None:
    """Raise if there is something at `folder` that is not a result: it is never thrown away."""
    if not os.path.lexists(folder):
        return
    if not folder.is_dir() or folder.is_symlink():
        raise UsageError(
            f"{folder} is not a folder; name another place for the result",
            f"{folder} 不是文件夹；请为结果另指定位置",
        )
    if any(folder.iterdir()) and not (folder / "result.json").is_file():
        raise UsageError(
            f"{folder} holds something else than a result; name an empty or a new folder",
            f"{folder} 中有结果以外的内容；请指定空文件夹或新文件夹",
        )
