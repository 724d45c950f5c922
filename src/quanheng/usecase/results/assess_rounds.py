"""Score several rounds of a book and lay the result of each beside it, with one table of all of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from quanheng.data.load import load
from quanheng.data.writing.writing import Writing
from quanheng.engine.frame.engines import EngineName
from quanheng.engine.results.each_round import Panel, score_panel
from quanheng.findings.collector import each_once
from quanheng.findings.errors import UsageError
from quanheng.findings.finding import Finding
from quanheng.findings.text import Language
from quanheng.findings.value import Value
from quanheng.periods.period import Period
from quanheng.periods.span import periods_named
from quanheng.usecase.output import write_csv_output
from quanheng.usecase.results.assess import (
    engine_called,
    folder_for,
    folder_name,
    lay_down,
    results_of,
)


class PanelAssessment(Value):
    """The results of several rounds, where they lie, the table of all, and what was found on the way."""

    panel: Panel
    folders: tuple[Path, ...]
    table: Path
    findings: tuple[Finding, ...]


def score_panel_book(
    path: Path, *, rounds: str, as_of: dt.date | None = None, engine: EngineName = "polars"
) -> Panel:
    """Return the results of several rounds of the book at `path`: `2005..2015`.

    Raises:
        FindingsError: the book or some of the rounds have errors.
        DataError: `rounds` names no rounds.
        UsageError: the rounds are of unlike lengths.
    """
    periods = periods_named(rounds)
    _require_alike(periods)
    return score_panel(load(path, as_of=as_of), [str(each) for each in periods], engine=engine_called(engine))


def lay_down_panel(  # noqa: PLR0913  what a person may say of the results, each with a default
    panel: Panel,
    path: Path,
    *,
    as_of: dt.date | None = None,
    out: Path | None = None,
    workbook: bool | None = None,
    language: Language = "zh",
    writing: Writing | None = None,
) -> PanelAssessment:
    """Write the folder of each round's result beside the book at `path`, or into `out`, and the table of all.

    Each folder is the one that the round has when it is scored alone, but that `results.xlsx` is only in it
    where it is wanted or the scheme says so. That none of them holds something else is seen before the first
    is written.

    Raises:
        UsageError: one of the folders is something other than an earlier result or an empty folder, or the
            table a person's file, and `writing` has no force.
        LockedError: somebody else writes there.
    """
    writing = writing or Writing(command="quanheng score")
    base = out or results_of(path)
    results = tuple(panel.results.values())
    folders = tuple(
        folder_for(
            result, path, as_of=as_of, out=base / folder_name(result.round, as_of), force=writing.force
        )
        for result in results
    )
    found: list[Finding] = []
    for result, folder in zip(results, folders, strict=True):
        wanted = workbook if workbook is not None else bool(result.scheme.workbook)
        laid = lay_down(result, folder, workbook=wanted, language=language, writing=writing)
        found.extend(laid.findings)
    table = base / f"{folder_name(_name(panel), as_of)}.csv"
    write_csv_output(panel.ranking, table, writing)
    return PanelAssessment(panel=panel, folders=folders, table=table, findings=tuple(each_once(found)))


def _name(panel: Panel) -> str:
    """Return the first and the last round: the name of the table of all."""
    rounds = tuple(panel.results)
    return rounds[0] if len(rounds) == 1 else f"{rounds[0]}..{rounds[-1]}"


def _require_alike(periods: tuple[Period, ...]) -> None:
    unlike = next(_unlike(periods), None)
    if unlike is not None:
        first, other = unlike
        raise UsageError(
            f"{first} and {other} are not of the same length: name years, or quarters",
            f"{first}与{other}长短不同：请只写年，或只写季度",
        )


def _unlike(periods: tuple[Period, ...]) -> Iterator[tuple[Period, Period]]:
    yield from ((periods[0], each) for each in periods if each.every != periods[0].every)
