"""Run a study of a book, with the settings of a file or its own defaults."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from quanheng.data.book.book import Book
from quanheng.data.load import load
from quanheng.scheme.tree.rounds import round_named
from quanheng.studies.catalogue import STUDIES
from quanheng.studies.form import StudyForm
from quanheng.studies.read import read_settings
from quanheng.studies.study import Study
from quanheng.usecase.studies.backtest import backtest_of
from quanheng.usecase.studies.lay import origin_of


def study_of(  # noqa: PLR0913  what a person may say of every study, each with a default
    path: Path,
    name: str,
    *,
    study: Path | None = None,
    stated: Mapping[str, object] | None = None,
    seed: int | None = None,
    round: str | None = None,  # noqa: A002 - the word of the language
    as_of: dt.date | None = None,
) -> tuple[Study, dict[str, str]]:
    """Return the study called `name` of the book at `path`, and what it is of.

    Its settings are those of the file `study`, else its defaults; `seed` and what else is `stated`, where it
    is not None, go before those of the file.

    Raises:
        FindingsError: the book or the study file has errors.
        UsageError: the settings name what the book does not have, or nothing is left to study.
    """
    entry = STUDIES[name]
    settings = entry.form.model_validate({}) if study is None else read_settings(study, entry.form)
    said = {key: value for key, value in (stated or {}).items() if value is not None}
    settings = settings.model_copy(update=said)
    book = in_round(load(path, as_of=as_of), round)
    return made_of(name, book, seeded(settings, seed)), origin_of(book)


def made_of(name: str, book: Book, settings: StudyForm) -> Study:
    """Return the study called `name` of a book in its round; a backtest looks at lights, too."""
    return backtest_of(book, settings) if name == "backtest" else STUDIES[name].run(book, settings)


def in_round(book: Book, round: str | None) -> Book:  # noqa: A002 - the word of the language
    """Return `book` with the round that is named as its scheme's."""
    if round is None:
        return book
    return replace(book, scheme=replace(book.scheme, round=round_named(book.scheme, round)))


def seeded(settings: StudyForm, seed: int | None) -> StudyForm:
    """Return `settings` with this seed, if there is one."""
    return settings if seed is None else settings.model_copy(update={"seed": seed})
