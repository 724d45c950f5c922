"""Run a study of robustness: as others are run, with its draws kept if they are wanted."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import narwhals as nw

from quanheng.data.load import load
from quanheng.engine.frame.keeping import read_table
from quanheng.findings.errors import UsageError
from quanheng.studies.read import read_settings
from quanheng.studies.robustness.form import RobustnessForm
from quanheng.studies.robustness.study import run_drawn
from quanheng.studies.study import Study
from quanheng.usecase.studies.lay import origin_of
from quanheng.usecase.studies.run import in_round


def robustness_of(  # noqa: PLR0913  what a person may say of the study, each with a default
    path: Path,
    *,
    study: Path | None = None,
    seed: int | None = None,
    round: str | None = None,  # noqa: A002 - the word of the language
    as_of: dt.date | None = None,
    keep: bool = False,
    draws: Path | None = None,
) -> tuple[Study, dict[str, str]]:
    """Return the study of the book at `path`, and what it is of.

    `keep` adds the tables of every replicate. `draws` is a csv file with a row for each replicate, as `keep`
    writes them: those replicates are run, and none are drawn.

    Raises:
        FindingsError: the book or the study file has errors.
        UsageError: the settings or the draws name what the book does not have, or nothing may be otherwise.
    """
    settings = RobustnessForm() if study is None else read_settings(study, RobustnessForm)
    changed = {"keep": keep or settings.keep, "seed": settings.seed if seed is None else seed}
    book = in_round(load(path, as_of=as_of), round)
    table = None if draws is None else _read(draws)
    return run_drawn(book, settings.model_copy(update=changed), table), origin_of(book)


def _read(draws: Path) -> nw.DataFrame[Any]:
    table = read_table(draws)
    if table is None or not len(table):
        raise UsageError(
            f"{draws} cannot be read as a table of draws: a csv file with a row for each replicate",
            f"{draws} 不能作为抽取表读取：应为 csv，每次重复一行",
        )
    return table
