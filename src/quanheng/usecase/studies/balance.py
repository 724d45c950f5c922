"""Run a study of balance: as others are run, with the unit whose needs are asked for, if one is named."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from quanheng.data.load import load
from quanheng.studies.balance.form import BalanceForm
from quanheng.studies.balance.study import run
from quanheng.studies.read import read_settings
from quanheng.studies.study import Study
from quanheng.usecase.studies.lay import origin_of
from quanheng.usecase.studies.run import in_round, seeded


def balance_of(
    path: Path,
    *,
    study: Path | None = None,
    unit: str | None = None,
    seed: int | None = None,
    round: str | None = None,  # noqa: A002 - the word of the language
    as_of: dt.date | None = None,
) -> tuple[Study, dict[str, str]]:
    """Return the balance of the book at `path`, and what it is of; `unit` goes before that of the file.

    Raises:
        FindingsError: the book or the study file has errors, or what is asked cannot be had.
        UsageError: the settings name what the book does not have, or ask nothing.
    """
    settings = BalanceForm() if study is None else read_settings(study, BalanceForm)
    if unit is not None:
        settings = settings.model_copy(update={"unit": unit})
    book = in_round(load(path, as_of=as_of), round)
    return run(book, seeded(settings, seed)), origin_of(book)
