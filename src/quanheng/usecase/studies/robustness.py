"""Run a study of robustness: as others are run, with its draws kept if they are wanted."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from quanheng.data.load import load
from quanheng.studies.read import read_settings
from quanheng.studies.robustness.form import RobustnessForm
from quanheng.studies.robustness.study import run
from quanheng.studies.study import Study
from quanheng.usecase.studies.lay import origin_of
from quanheng.usecase.studies.run import in_round, seeded


def robustness_of(
    path: Path,
    *,
    study: Path | None = None,
    seed: int | None = None,
    round: str | None = None,  # noqa: A002 - the word of the language
    as_of: dt.date | None = None,
    keep: bool = False,
) -> tuple[Study, dict[str, str]]:
    """Return the study of the book at `path`, and what it is of; `keep` adds the tables of every replicate.

    Raises:
        FindingsError: the book or the study file has errors.
        UsageError: the settings name what the book does not have, or nothing may be otherwise.
    """
    settings = RobustnessForm() if study is None else read_settings(study, RobustnessForm)
    if keep:
        settings = settings.model_copy(update={"keep": True})
    book = in_round(load(path, as_of=as_of), round)
    return run(book, seeded(settings, seed)), origin_of(book)
