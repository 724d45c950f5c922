"""What lies in the folder of a run: looked at only after it was found to be what was kept."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

from django.conf import settings

from quanheng.data.files.hashes import digest_of_file
from quanheng.engine.results.result import Result
from quanheng.findings.finding import Location, require_no_errors
from quanheng.usecase.results.assess import results_of, score_book
from quanheng.usecase.results.moves import Moved, moved_since
from quanheng.usecase.results.unchanged import FILE_CHANGED, FILE_MISSING
from quanheng.web.results.domain.book import BOOK
from quanheng.web.results.models import KeptRun

_KEPT: Final = 4
"""So many results are kept in memory by a process that serves pages."""
WORKBOOK: Final = "results.xlsx"


def result_of(run: KeptRun) -> Result:
    """Return the result of a run as the core computes it from the book that was kept.

    Raises:
        FindingsError: a file of the book is missing or was changed.
    """
    require_unchanged(run, within=f"{BOOK}/", but=f"{BOOK}/results/")
    return _result(str(_folder(run) / BOOK), run.round.period)


def moves_of(run: KeptRun) -> Moved:
    """Return what moved the units of a run since the round before, by the earlier figures of its book.

    Raises:
        FindingsError: a file of the book was changed, or the round before cannot be scored.
        UsageError: there is no such round.
    """
    result = result_of(run)
    assert result.book is not None  # noqa: S101  it is the result of a book
    return moved_since(result.book, result)


def workbook_of(run: KeptRun) -> Path | None:
    """Return the workbook of a run; None if it has none, as one that is too large or could not be scored.

    Raises:
        FindingsError: it is missing or was changed.
    """
    file = results_of(_folder(run) / BOOK) / run.round.period / WORKBOOK
    name = file.relative_to(_folder(run)).as_posix()
    if name not in run.files:
        return None
    require_unchanged(run, within=name)
    return file


def require_unchanged(run: KeptRun, *, within: str, but: str | None = None) -> None:
    """Raise `FindingsError` unless files of a run named so, and not as `but`, are what was kept."""
    names = [name for name in run.files if name.startswith(within) and not (but and name.startswith(but))]
    require_no_errors(
        (FILE_CHANGED if (_folder(run) / name).is_file() else FILE_MISSING).at(Location(file=name))
        for name in names
        if not (_folder(run) / name).is_file() or digest_of_file(_folder(run) / name) != run.files[name]
    )


@lru_cache(maxsize=_KEPT)
def _result(book: str, period: str) -> Result:
    return score_book(Path(book), round=period)


def _folder(run: KeptRun) -> Path:
    runs: Path = settings.RUNS_FOLDER
    return runs / run.folder
