"""The functions of `qh.study`: each takes a book and returns a study, a value with frames and sentences."""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from quanheng.engine.results.result import Result
from quanheng.engine.results.score import score
from quanheng.findings.errors import UsageError
from quanheng.findings.text import Text
from quanheng.studies.catalogue import STUDIES
from quanheng.studies.compare.form import CompareForm
from quanheng.studies.form import StudyForm
from quanheng.studies.read import read_settings, settings_from
from quanheng.usecase.studies.compare import between
from quanheng.usecase.studies.run import in_round, made_of, seeded

if TYPE_CHECKING:
    from quanheng.data.book.book import Book
    from quanheng.studies.study import Study

Settings: TypeAlias = StudyForm | str | PathLike[str] | Mapping[str, object] | None
"""The settings of a study: the path of a study file, a mapping that says the same, or None: its defaults."""


def compare(
    before: Book | Result,
    after: Book | Result | None = None,
    settings: Settings = None,
    *,
    round: str | None = None,  # noqa: A002  the word of the language
) -> Study:
    """Return what moved each unit from `before` to `after`: its own figures, the others', targets, and so on.

    Both are books or results; a book is scored for its scheme's round, or `round`. Without `after` two rounds
    of the book are compared: `round`, else its scheme's, and the one before, or that of the settings. Every
    move is divided exactly (docs/reference/studies/compare.md).

    Raises:
        FindingsError: a side cannot be scored, or the settings have errors.
        UsageError: a result is of a frame; a unit of the settings is on neither side.

    Examples:
        >>> import quanheng as qh
        >>> from dataclasses import replace
        >>> from quanheng.examples import path_of_example
        >>> from quanheng.studies.variants.edits import without
        >>> book = qh.load(path_of_example("hdi-2022"))
        >>> other = replace(book, scheme=without(book.scheme, "income"))
        >>> study = qh.study.compare(book, other, {"units": ["QAT"]})
        >>> print(study.sentences[-1].en)
        Qatar: 0.875 → 0.818 (-0.057), from place 40 to 56: weights (-0.057).
    """
    given = _settings(settings, CompareForm)
    assert isinstance(given, CompareForm)  # noqa: S101 - narrows the type
    if after is None:
        book = before.book if isinstance(before, Result) else before
        if book is None:
            raise UsageError("a result of a frame has no rounds", "数据表的结果没有其他考核期")
        return STUDIES["compare"].run(in_round(book, round), given)
    sides = (_result(before, round), _result(after, round))
    names = (Text(en="before", zh="前一方"), Text(en="after", zh="后一方"))
    return between(sides, given, names)


def _result(side: Book | Result, round: str | None) -> Result:  # noqa: A002  the word of the language
    return side if isinstance(side, Result) else score(side, round=round)


def made(book: Book, name: str, settings: Settings, *, seed: int | None, round: str | None) -> Study:  # noqa: A002  the word of the language
    """Return the study called `name`.

    Raises:
        FindingsError: the settings have errors; all of them together.
        UsageError: they name what the book does not have, or nothing is left to study.
    """
    given = _settings(settings, STUDIES[name].form)
    return made_of(name, in_round(book, round), seeded(given, seed))


def _settings(settings: Settings, form: type[StudyForm]) -> StudyForm:
    match settings:
        case StudyForm():
            return settings
        case Mapping():
            return settings_from(settings, form)
        case None:
            return form.model_validate({})
        case _:
            return read_settings(Path(settings), form)


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


def opinions(
    book: Book,
    settings: Settings = None,
    *,
    seed: int | None = None,
    round: str | None = None,  # noqa: A002  the word of the language
) -> Study:
    """Return what other methods say of the data of `book`: TOPSIS, VIKOR, PROMETHEE II and others.

    Raises:
        FindingsError: the book cannot be scored, or the settings have errors; all of them together.
        UsageError: no group has two ranked units and an indicator that tells them apart.

    Examples:
        >>> import quanheng as qh
        >>> study = qh.study.opinions(qh.load("books/hdi-2022"), {"methods": ["copeland", "geometric"]})
        >>> study["concordance"].columns
        ['group', 'units', 'opinions', 'kendall_w', 'same_place', 'median_spread']
    """
    return made(book, "opinions", settings, seed=seed, round=round)


def alignment(
    book: Book,
    upper: str | PathLike[str] | None = None,
    settings: Settings = None,
    *,
    seed: int | None = None,
    round: str | None = None,  # noqa: A002  the word of the language
) -> Study:
    """Return how `book` stands to the level above: `upper` is the path of its scheme or book.

    Raises:
        FindingsError: the book, the settings or the level above have errors; all of them together.
        UsageError: no level above is named, or what is named is not there.

    Examples:
        >>> from quanheng.data.load import load
        >>> from quanheng.examples import path_of_example
        >>> upper = path_of_example("hdi-2022") / "scheme.yaml"
        >>> study = alignment(load(path_of_example("hdi-2022")), upper)
        >>> print(study.sentences[0].en)
        All 4 indicators above have one of ours that answers for them.
    """
    given = _settings(settings, STUDIES["alignment"].form)
    if upper is not None:
        given = given.model_copy(update={"upper": str(upper)})
    return made(book, "alignment", given, seed=seed, round=round)


def weights(
    book: Book,
    settings: Settings = None,
    *,
    seed: int | None = None,
    round: str | None = None,  # noqa: A002  the word of the language
) -> Study:
    """Return what other ways to weigh do to every place of `book`, and what each judgement of AHP decides.

    Raises:
        FindingsError: the book cannot be scored, or the settings have errors; all of them together.
        UsageError: the settings name what the scheme does not have, or there is nothing to weigh.

    Examples:
        >>> from quanheng.data.load import load
        >>> from quanheng.examples import path_of_example
        >>> study = weights(
        ...     load(path_of_example("hdi-2022")), {"methods": ["entropy"], "nodes": ["education"]}
        ... )
        >>> for row in study["weights"].select("child", "scheme", "entropy").rows():
        ...     print("{}: {:.3f} in the scheme, {:.3f} by entropy".format(*row))
        expected: 0.500 in the scheme, 0.248 by entropy
        attained: 0.500 in the scheme, 0.752 by entropy
    """
    return made(book, "weights", settings, seed=seed, round=round)


def backtest(
    book: Book,
    settings: Settings = None,
    *,
    seed: int | None = None,
    round: str | None = None,  # noqa: A002  the word of the language
) -> Study:
    """Return what the scheme of `book` would have ranked in earlier rounds, and how stable its places are.

    Not to be mistaken for `qh.backtest`, which is of forecasts.

    Raises:
        FindingsError: a round cannot be scored, or the settings have errors.
        UsageError: fewer than two rounds have enough figures.

    Examples:
        >>> from quanheng.data.load import load
        >>> from quanheng.examples import path_of_example
        >>> backtest(load(path_of_example("hdi-2022")))
        Traceback (most recent call last):
        quanheng.findings.errors.UsageError: rounds with enough figures: 2022; one shows nothing of stability
    """
    return made(book, "backtest", settings, seed=seed, round=round)
