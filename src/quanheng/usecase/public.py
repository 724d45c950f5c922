"""The functions of `import quanheng as qh`: they take paths as text and any frame people have at hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, overload

from quanheng.findings.errors import UsageError
from quanheng.findings.finding import require_no_errors
from quanheng.scheme.tree.scheme import Scheme

if TYPE_CHECKING:
    from quanheng.data.book.book import Book
    from quanheng.data.book.frames import Frame
    from quanheng.engine.frame.engines import EngineName
    from quanheng.engine.results.each_round import Panel
    from quanheng.engine.results.result import Result
    from quanheng.insight.progress.progress import Progress
    from quanheng.insight.unusual.unusual import Unusual
    from quanheng.studies.study import Study
    from quanheng.studies.whatif.question import At
    from quanheng.studies.whatif.values import Written
    from quanheng.usecase.results.moves import Moved

AnyPath: TypeAlias = str | PathLike[str]


def load(path: AnyPath, *, as_of: dt.date | str | None = None) -> Book:
    """Return the book at `path`, a folder or a workbook, as it was known on the day `as_of`.

    Without a day all that the book says counts. A day may be a text such as `2023-07-01`.

    Raises:
        FindingsError: it has errors; all of them together.
        UsageError: `as_of` is no day.
    """
    from quanheng.data.load import load as load_book  # noqa: PLC0415  heavy, and only used here

    return load_book(Path(path), as_of=_day(as_of))


def read_scheme(source: AnyPath | Mapping[str, object]) -> Scheme:
    """Return the scheme in the YAML file at `source`, or that it says as a mapping.

    What is scored by the same `Scheme` again is planned but once: with changed figures, other months.

    Raises:
        FindingsError: it has errors; all of them together.
    """
    from quanheng.scheme.files import read as files  # noqa: PLC0415  pydantic is slow to import

    if isinstance(source, Mapping):
        return files.scheme_from_mapping(source)
    scheme, findings = files.load_scheme(Path(source))
    require_no_errors(findings)
    if scheme is None:  # not read, yet no error was found
        raise UsageError(f"{source} holds no scheme", f"{source} 不是方案文件")
    return scheme


def _day(as_of: dt.date | str | None) -> dt.date | None:
    from quanheng.data.cells.dates import parse_date  # noqa: PLC0415  heavy, and only used here

    day = parse_date(as_of) if isinstance(as_of, str) else as_of
    if day is None and as_of is not None:
        raise UsageError(f"{as_of!r} is no day such as 2023-07-01", f"{as_of!r} 不是日期，应如 2023-07-01")
    return day


def progress(book: Book, at: str) -> Progress:
    """Return how far every unit of `book` is by the end of the period `at`, with a light for each indicator.

    `at` is a month, quarter, half or year: `2023-06`. Load the book as of a day to see what was known then.

    Raises:
        FindingsError: a figure cannot be had from the book.
        DataError: `at` is no period.
    """
    from quanheng.insight.progress.progress import progress_of  # noqa: PLC0415  heavy, and only used here
    from quanheng.periods.period import parse_period  # noqa: PLC0415  the same

    return progress_of(book, parse_period(at, year=parse_period(book.scheme.round).year))


def forecast(book: Book, at: str) -> Frame:
    """Return where the year of `at` will end for every indicator of every unit, with intervals.

    `quanheng.insight.forecast.forecast.forecast` says what the columns are.

    Raises:
        FindingsError: a figure cannot be had from the book.
        DataError: `at` is no period.
    """
    from quanheng.insight.forecast.forecast import forecast as forecast_year  # noqa: PLC0415  heavy, and only used here

    return forecast_year(book, at)


def backtest(book: Book, *, until: str | None = None) -> Frame:
    """Return how good forecasts of the years up to `until`, else the scheme's round, would have been.

    `quanheng.insight.forecast.backtest.backtest` says what the columns are.

    Raises:
        FindingsError: a figure cannot be had from the book.
        DataError: `until` is no period.
    """
    from quanheng.insight.forecast.backtest import backtest as look_back  # noqa: PLC0415  heavy, and only used here

    return look_back(book, until=until)


def unusual(book: Book, at: str) -> Unusual:
    """Return the reports of the period `at` to ask about before they are accepted, each with its evidence.

    Raises:
        FindingsError: a figure cannot be had from the book.
        DataError: `at` is no period.
    """
    from quanheng.insight.unusual.unusual import unusual as look  # noqa: PLC0415  heavy, and only used here

    return look(book, at)


@overload
def score(subject: Book, /, *, round: str | None = None, engine: EngineName = "polars") -> Result: ...


@overload
def score(
    subject: object, scheme: Scheme | AnyPath | Mapping[str, object], /, *, round: str | None = None
) -> Result: ...


def score(
    subject: object,
    scheme: Scheme | AnyPath | Mapping[str, object] | None = None,
    /,
    *,
    round: str | None = None,  # noqa: A002  the word of the language
    engine: EngineName = "polars",
) -> Result:
    """Return the result of a book, or of a wide frame and a scheme.

    A frame has the columns unit, group (if the scheme has several) and one for each item; it may be of
    Polars, pandas, PyArrow, DuckDB or PySpark and is computed where it lives. The scheme may be a `Scheme`,
    the path of a YAML file, or a mapping that says the same.

    Raises:
        FindingsError: scheme or data have errors; all of them together.
        UsageError: a frame without a scheme, or a book with one.

    Examples:
        >>> import polars as pl
        >>> frame = pl.DataFrame({"unit": ["A", "B", "C"], "x": [2.0, 6.0, 10.0]})
        >>> scheme = {
        ...     "items": {"x": {}},
        ...     "indicators": {"level": {"measure": "x", "weight": 100, "rule": {"scale": {"base": 60}}}},
        ... }
        >>> score(frame, scheme).ranking["score"].to_list()
        [100.0, 80.0, 60.0]
    """
    from quanheng.data.book.book import Book  # noqa: PLC0415  heavy, and only used here
    from quanheng.engine.results.score import score as score_book  # noqa: PLC0415  the same
    from quanheng.engine.results.score import score_frame  # noqa: PLC0415  the same
    from quanheng.usecase.results.assess import engine_called  # noqa: PLC0415  the same

    if isinstance(subject, Book):
        if scheme is not None:
            raise UsageError(
                "a book has its own scheme; call score(book)", "考核册自带方案，请用 score(book)"
            )
        return score_book(subject, round=round, engine=engine_called(engine))
    if scheme is None:
        raise UsageError(
            "a frame needs a scheme; call score(frame, scheme)", "数据表需要方案：score(frame, scheme)"
        )
    return score_frame(subject, _scheme(scheme), round=round)


def score_rounds(book: Book, rounds: str, *, engine: EngineName = "polars") -> Panel:
    """Return the results of several rounds of `book`, scored at once: `2005..2015`.

    `results` has the `Result` of each round, by round; `ranking` the rankings of all in one table, with what
    each unit gained since the round before.

    Raises:
        FindingsError: some of the rounds have errors; those of all of them.
        DataError: `rounds` names no rounds.

    Examples:
        >>> from quanheng.examples import path_of_example
        >>> panel = score_rounds(load(path_of_example("district-2023")), "2023-Q3..2023-Q4")
        >>> list(panel.results), panel.ranking.rows()[0][:3]
        (['2023-Q3', '2023-Q4'], ('2023-Q3', 'T05', '秤星镇'))
    """
    from quanheng.engine.results.each_round import score_panel  # noqa: PLC0415  heavy, and only used here
    from quanheng.periods.span import periods_named  # noqa: PLC0415  the same
    from quanheng.usecase.results.assess import engine_called  # noqa: PLC0415  the same

    return score_panel(book, [str(each) for each in periods_named(rounds)], engine=engine_called(engine))


def _scheme(scheme: Scheme | AnyPath | Mapping[str, object]) -> Scheme:
    return scheme if isinstance(scheme, Scheme) else read_scheme(scheme)


def moves(
    book: Book,
    *,
    round: str | None = None,  # noqa: A002  the word of the language
    before: str | None = None,
    unit: str | None = None,
) -> Moved:
    """Return what moved the units of `book` from the round `before` to `round`, in amounts that add up.

    `round` is the scheme's where none is named, `before` that of the same length which ends where it begins.
    `unit`, by code or name, is told about alone.

    Raises:
        FindingsError: one of the rounds has errors.
        UsageError: the rounds are not of the same length, or there is no such unit.
        DataError: one is no period.

    Examples:
        >>> from quanheng.examples import path_of_example
        >>> moved = moves(load(path_of_example("district-2023")), unit="准绳镇")
        >>> moved.moves.before, moved.moves.after, moved.unit
        ('2022', '2023', 'T04')
    """
    from quanheng.scheme.tree.rounds import round_named  # noqa: PLC0415  heavy, and only used here
    from quanheng.usecase.results.moves import moved_since  # noqa: PLC0415  the same

    later = score(book, round=round_named(book.scheme, round))
    return moved_since(book, later, before=before, unit=unit)


def whatif(  # noqa: PLR0913  what may be asked, each with a default
    book: Book,
    *,
    set: Mapping[At, Written] | None = None,  # noqa: A002  the word of the command
    weight: Mapping[At, Written | Mapping[str, Written]] | None = None,
    without: Sequence[str] = (),
    rule: Mapping[str, object] | None = None,
    target: Mapping[At, Written] | None = None,
    scheme: Scheme | AnyPath | Mapping[str, object] | None = None,
    round: str | None = None,  # noqa: A002  the word of the language
    units: Sequence[str] = (),
) -> Study:
    """Return who would move, how far and why, if these things of `book` were otherwise, all of them together.

    - `set`: figures, `{"gdp@T01": 120}`: the figure of the round, or with `@2023-06` what is reported for it
    - `weight`: `{"growth": 30}` or `{"growth": {"towns": 30}}`; siblings keep theirs
    - `without`: nodes left out
    - `rule`: `{"growth": {"scale": {"worst": 0, "best": 10}}}`, as a scheme has it, or as its YAML text
    - `target`: `{"invest@T01": 90}`, that of the round
    - `scheme`: another scheme by which the same book is read and scored

    All is named by code or name. `units` are told about alone. Nothing of it is a result: the study has the
    tables `moves`, `causes` (what each change does) and `overall`.

    Raises:
        FindingsError: with these changes the book cannot be scored; a figure or a rule is none.
        UsageError: a name is unknown, or nothing is asked.

    Examples:
        >>> from quanheng.examples import path_of_example
        >>> book = load(path_of_example("hdi-2022"))
        >>> study = whatif(book, set={"life_expectancy@Yemen": "70"}, units=["Yemen"])
        >>> print(study.sentences[1].en)
        From now to then 2 of 193 units changed their place, and 1 their total, by 0.0001 on average.
        >>> print(study.sentences[-1].en)
        Yemen: 0.424 → 0.444 (+0.02), from place 186 to 185: Life expectancy at birth of Yemen = 70 (+0.02).
    """
    from quanheng.data.book.called import unit_called  # noqa: PLC0415  heavy, and only used here
    from quanheng.studies.whatif.question import Question  # noqa: PLC0415  the same
    from quanheng.studies.whatif.study import answer_to  # noqa: PLC0415  the same

    question = Question(
        set=set or {}, weight=weight or {}, without=without, rule=rule or {}, target=target or {}
    )
    other = None
    if scheme is not None:
        other = _read_by(book, scheme if isinstance(scheme, Scheme) else read_scheme(scheme))
    codes = [unit_called(book, unit) for unit in units]
    return answer_to(question, book, round=round, other=other, units=codes)


def _read_by(book: Book, scheme: Scheme) -> Book:
    """Return `book` as it is read by another scheme."""
    from quanheng.data.load import load as load_book  # noqa: PLC0415  heavy, and only used here

    if book.path is None:
        raise UsageError(
            "a book that was not loaded from files cannot be read by another scheme",
            "不是由文件读取的考核册，无法按另一方案读取",
        )
    return load_book(book.path, as_of=book.as_of, scheme=scheme)
