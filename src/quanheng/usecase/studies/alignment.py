"""Run a study of alignment: as others are run, with the level above named beside the book."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from quanheng.data.load import load
from quanheng.studies.alignment.form import AlignmentForm
from quanheng.studies.alignment.study import run
from quanheng.studies.read import read_settings
from quanheng.studies.study import Study
from quanheng.usecase.studies.lay import origin_of
from quanheng.usecase.studies.run import in_round, seeded


def alignment_of(
    path: Path,
    upper: Path | None,
    *,
    study: Path | None = None,
    seed: int | None = None,
    round: str | None = None,  # noqa: A002 - the word of the language
    as_of: dt.date | None = None,
) -> tuple[Study, dict[str, str]]:
    """Return how the book at `path` stands to the level above, and what it is of.

    `upper`, a scheme or a book, goes before what the file `study` names.

    Raises:
        FindingsError: the book, the study file or the level above has errors.
        UsageError: no level above is named, or what is named is not there.
    """
    settings = AlignmentForm() if study is None else read_settings(study, AlignmentForm)
    if upper is not None:
        settings = settings.model_copy(update={"upper": str(upper)})
    book = in_round(load(path, as_of=as_of), round)
    return run(book, seeded(settings, seed)), origin_of(book)
