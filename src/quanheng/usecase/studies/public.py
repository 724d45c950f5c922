"""The functions of `qh.study`: each takes a book and returns a study, a value with frames and sentences."""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from quanheng.studies.catalogue import STUDIES
from quanheng.studies.form import StudyForm
from quanheng.studies.read import read_settings, settings_from
from quanheng.usecase.studies.run import in_round, seeded

if TYPE_CHECKING:
    from quanheng.data.book.book import Book
    from quanheng.studies.study import Study

Settings: TypeAlias = StudyForm | str | PathLike[str] | Mapping[str, object] | None
"""The settings of a study: the path of a study file, a mapping that says the same, or None: its defaults."""


def made(book: Book, name: str, settings: Settings, *, seed: int | None, round: str | None) -> Study:  # noqa: A002  the word of the language
    """Return the study called `name`.

    Raises:
        FindingsError: the settings have errors; all of them together.
        UsageError: they name what the book does not have, or nothing is left to study.
    """
    entry = STUDIES[name]
    match settings:
        case StudyForm():
            given = settings
        case Mapping():
            given = settings_from(settings, entry.form)
        case None:
            given = entry.form.model_validate({})
        case _:
            given = read_settings(Path(settings), entry.form)
    return entry.run(in_round(book, round), seeded(given, seed))


def audit(
    book: Book,
    settings: Settings = None,
    *,
    seed: int | None = None,
    round: str | None = None,  # noqa: A002  the word of the language
) -> Study:
    """Return the audit of the scheme of `book` on its data: figures, influence, redundancy, incentives.

    Raises:
        FindingsError: the book cannot be scored, or the settings have errors; all of them together.
        UsageError: the settings name what the scheme does not have.

    Examples:
        >>> from quanheng.data.load import load
        >>> from quanheng.examples import path_of_example
        >>> study = audit(load(path_of_example("hdi-2022")))
        >>> for row in study["influence"].select("whole", "part", "weight", "influence").head(3).rows():
        ...     print("{}: {} weighs {:.2f} and has {:.2f} of the influence".format(*row))
        total: health weighs 0.33 and has 0.31 of the influence
        total: education weighs 0.33 and has 0.34 of the influence
        total: income weighs 0.33 and has 0.35 of the influence
    """
    return made(book, "audit", settings, seed=seed, round=round)


def balance(
    book: Book,
    settings: Settings = None,
    *,
    seed: int | None = None,
    round: str | None = None,  # noqa: A002  the word of the language
) -> Study:
    """Return what the levers of `settings` can reach; without levers, what one figure alone would do.

    Raises:
        FindingsError: the book or the settings have errors, or what is asked of the levers cannot be had.
        UsageError: the settings ask nothing.

    Examples:
        >>> from quanheng.data.load import load
        >>> from quanheng.examples import path_of_example
        >>> study = balance(load(path_of_example("hdi-2022")), {"unit": "CHN"})
        >>> study["needs"].select("item", "found").row(1)
        ('mean_schooling', 'model')
    """
    return made(book, "balance", settings, seed=seed, round=round)


def robustness(
    book: Book,
    settings: Settings = None,
    *,
    seed: int | None = None,
    round: str | None = None,  # noqa: A002  the word of the language
) -> Study:
    """Return how far the places of `book` can be trusted: what is not certain is varied, thousands of times.

    Raises:
        FindingsError: the book or the settings have errors; all of them together.
        UsageError: the settings name what the book does not have, or nothing may be otherwise.

    Examples:
        >>> from quanheng.data.load import load
        >>> from quanheng.examples import path_of_example
        >>> study = robustness(load(path_of_example("hdi-2022")), {"runs": 64, "leave_out": []})
        >>> study["places"].columns[:4]
        ['group', 'unit', 'name', 'nominal']
    """
    return made(book, "robustness", settings, seed=seed, round=round)
