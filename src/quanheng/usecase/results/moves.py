"""Say what moved each unit between a round and the one before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import narwhals as nw

from quanheng.data.book.book import Book
from quanheng.data.book.called import unit_called
from quanheng.data.book.frames import Frame
from quanheng.data.load import load
from quanheng.data.telling.in_names import in_names
from quanheng.data.writing.writing import Writing
from quanheng.engine.figures.in_time import groups_of
from quanheng.engine.frame.findings import first_units
from quanheng.engine.results.published import ONLY_TOTALS, published_in
from quanheng.engine.results.result import Result
from quanheng.engine.results.score import score
from quanheng.findings.errors import UsageError
from quanheng.findings.finding import Finding, FindingsError, Kind
from quanheng.findings.showing import Shows
from quanheng.findings.text import Language
from quanheng.findings.value import Value
from quanheng.insight.moves.moves import Moves, moves_between, totals_between
from quanheng.insight.moves.sentences import cause_names, sentence, sentences
from quanheng.periods.period import parse_period
from quanheng.scheme.tree.rounds import round_named
from quanheng.scheme.tree.scheme import Scheme
from quanheng.usecase.output import WHOSE, write_csv_output


class Moved(Value, Shows):
    """The moves of a book's units, the code of the one asked for, and the findings of both rounds."""

    moves: Moves
    unit: str | None
    findings: tuple[Finding, ...]

    def names(self, language: Language) -> Mapping[tuple[str, str], str]:
        """Return what each cause is called, by kind and node."""
        return cause_names(self.moves, language)

    def sentences(self, language: Language) -> dict[str, str]:
        """Return in a few sentences what moved each unit, or the one asked for, by code."""
        told = sentences(self.moves) if self.unit is None else {self.unit: sentence(self.moves, self.unit)}
        return {unit: text.in_language(language) for unit, text in told.items()}

    def table(self, language: Language) -> nw.DataFrame[Any]:
        """Return the causes with their rounds and names; only those of the unit asked for, if one was."""
        moves, names = self.moves, self.names(language)
        causes = moves.causes if self.unit is None else moves.causes.filter(nw.col("unit") == self.unit)
        title = nw.lit(None, dtype=nw.String())
        for (cause, node), name in names.items():
            here = (nw.col("cause") == cause) & (nw.col("node") == node)
            title = nw.when(here).then(nw.lit(name)).otherwise(title)
        return causes.with_columns(
            nw.lit(moves.before).alias("round_before"),
            nw.lit(moves.after).alias("round_after"),
            title.alias("title"),
        ).select(*WHOSE, *[name for name in causes.columns if name not in WHOSE])


def moved(
    path: Path,
    *,
    round: str | None = None,  # noqa: A002 - the word of the language
    before: str | None = None,
    unit: str | None = None,
    as_of: dt.date | None = None,
) -> Moved:
    """Return what moved the units of the book at `path` from the round `before` to `round`.

    `round` is the scheme's where none is named, `before` the round of the same length that ends where
    `round` begins. Both are scored anew, as known on the day `as_of`; the totals and places of one that was
    published are those of the history. `unit`, a code or a name, is the one to tell about.

    Raises:
        FindingsError: the book, or one of the rounds, has errors.
        UsageError: the two rounds are not of the same length, or there is no such unit.
        DataError: one is no period.
    """
    book = load(path, as_of=as_of)
    return moved_since(book, score(book, round=round_named(book.scheme, round)), before=before, unit=unit)


def moved_since(book: Book, later: Result, *, before: str | None = None, unit: str | None = None) -> Moved:
    """Return what moved the units of `book` from the round `before` to that of the result `later`.

    Raises:
        FindingsError: the earlier round has errors, and the history has none.
        UsageError: the two rounds are not of the same length, or there is no such unit.
        DataError: one is no period.
    """
    now = later.round
    period = parse_period(now)
    then = round_named(book.scheme, before or str(period.months_before(period.length_months)))
    if parse_period(then).every != period.every:
        raise UsageError(
            f"{then} and {now} are not of the same length: compare a quarter with a quarter",
            f"{then}与{now}长短不同，只能季度与季度、年与年相比",
        )
    changed = tuple(_of_groups(book, then, now))
    try:
        earlier = score(book, round=then)
    except FindingsError as error:
        past = published_in(book, str(parse_period(then)))
        if past is None:
            raise FindingsError(tuple(_of_the_earlier(error, then, now))) from None
        return Moved(
            moves=totals_between(_comparable(past, book, then, now), then, later),
            unit=None if unit is None else unit_called(book, unit),
            findings=_in_names((*later.findings, *changed, ONLY_TOTALS.at(round=then)), book),
        )
    found = (*later.findings, *changed, *(each for each in earlier.findings if each not in later.findings))
    published = {
        each.round: table
        for each in (earlier, later)
        if (table := published_in(book, str(parse_period(each.round)))) is not None
    }
    return Moved(
        moves=moves_between(earlier, later, published=published, whole=_whole(book, earlier, later)),
        unit=None if unit is None else unit_called(book, unit),
        findings=_in_names(found, book),
    )


def _in_names(findings: Iterable[Finding], book: Book) -> tuple[Finding, ...]:
    return tuple(in_names(findings, book.scheme, book.units.to_native()))


def _whole(book: Book, earlier: Result, later: Result) -> Scheme | None:
    """Return the scheme with all its nodes, where others were in force in the earlier round."""
    was, now = ({node.code for node in each.scheme.nodes} for each in (earlier, later))
    return None if was == now else book.scheme


OTHER_GROUP: Final = Kind(
    code="QH677",
    severity="note",
    en="{unit}{more}: in the group {before!r} in {then}, in {after!r} in {now}; places are not compared",
    zh="{unit}{more}在{then}属分组“{before}”，在{now}属“{after}”：位次不作比较",
    hint_en="nothing: a place is one among the units of a group",
    hint_zh="无需处理：位次只在同一分组内有意义",
)


def _comparable(past: Frame, book: Book, then: str, now: str) -> Frame:
    """Return a published table without the places of units that were in another group."""
    was, has = (groups_of(book, parse_period(each)) for each in (then, now))
    others = [unit for unit, group in has.items() if was.get(unit, group) != group]
    place = nw.when(~nw.col("unit").is_in(others)).then(nw.col("place"))
    return past.with_columns(place.alias("place")) if others else past


def _of_groups(book: Book, then: str, now: str) -> Iterator[Finding]:
    """Yield which units changed their group between two rounds, by the two groups."""
    was, has = (groups_of(book, parse_period(each)) for each in (then, now))
    changed: dict[tuple[str, str], list[str]] = {}
    for unit, group in has.items():
        if was.get(unit, group) != group:
            changed.setdefault((was[unit], group), []).append(unit)
    for (before, after), units in sorted(changed.items()):
        facts = first_units(sorted(units), len(units))
        yield OTHER_GROUP.at(then=then, now=now, before=before, after=after, **facts)


ROUND_BEFORE_FAILS: Final = Kind(
    code="QH578",
    severity="error",
    en="the round {round}, with which {now} is to be compared, cannot be scored; its errors follow ({count})",
    zh="用来与{now}比较的{round}无法计分，其错误列于其后（{count}个）",
    hint_en="report what is missing of that round, or name another one with --before",
    hint_zh="请补报该期缺失的数据，或用 --before 另选一期",
)


def _of_the_earlier(error: FindingsError, then: str, now: str) -> Iterator[Finding]:
    """Yield the errors of the earlier round, and first that they are of that one."""
    errors = [finding for finding in error.findings if finding.severity == "error"]
    yield ROUND_BEFORE_FAILS.at(round=then, now=now, count=len(errors))
    yield from errors


def write_moves(moved: Moved, file: Path, *, language: Language, writing: Writing | None = None) -> None:
    """Write the table of causes as csv."""
    write_csv_output(moved.table(language), file, writing)
