"""What the core says of the book of a run for boards: moves, headline figures, lights, forecasts.

Each is computed once for a run and language by a process; the runs looked at last are kept, by their seal.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from typing import Any, Final, TypeAlias

from quanheng.findings.errors import QuanhengError
from quanheng.findings.text import Language, Text
from quanheng.findings.value import Value
from quanheng.insight.forecast.forecast import forecast
from quanheng.insight.headline.figures import headlines_of_book
from quanheng.insight.progress.lights import LOOKS
from quanheng.insight.progress.progress import Progress, progress_of, with_forecast
from quanheng.periods.period import parse_period
from quanheng.web.results.models import KeptRun
from quanheng.web.results.reading import moves_of, result_of

_KEPT: Final = 8
Row: TypeAlias = Mapping[str, Any]
"""A row of a table of the core."""


class Since(Value):
    """What moved since the round `before`: by unit the row of totals, and a sentence."""

    before: str
    totals: Mapping[str, Row]
    said: Mapping[str, str]


class Head(Value):
    """A headline figure of a group: its rows by place."""

    name: Text
    measured_in: str
    peers: Text
    rows: tuple[Row, ...]


class Lit(Value):
    """Lights of a run: all rows, with where the year is going if the core can say, by unit."""

    at: str
    rows: Mapping[str, tuple[Row, ...]]

    def counts(self, unit: str) -> tuple[tuple[str, Text, int], ...]:
        """Return of each light that a unit has: its mark, its word, how many there are."""
        own = [row["light"] for row in self.rows.get(unit, ())]
        return tuple(
            (look.mark, look.word, own.count(light)) for light, look in LOOKS.items() if own.count(light)
        )


def since_of(run: KeptRun, language: Language) -> Since | None:
    """Return what moved since the round before; None where there is none, or it could not be scored.

    Raises:
        FindingsError: a file of the run was changed.
    """
    result_of(run)  # tells what was changed; the rest is what the core has to say of the round before
    return _since(run.seal, run, language)


def heads_of(run: KeptRun) -> tuple[Head, ...]:
    """Return the headline figures: of the items that have published growth beside them.

    Raises:
        FindingsError: a file of the run was changed.
    """
    result_of(run)
    return _heads(run.seal, run)


def lights_of(run: KeptRun, language: Language) -> Lit | None:
    """Return the lights of a run by the end of its period; None where nothing has a target by then.

    Raises:
        FindingsError: a file of the run was changed.
    """
    result_of(run)
    return _lights(run.seal, run, language)


def progress_at(run: KeptRun) -> Progress | None:
    """Return the progress of a run by the end of its period; None where nothing has a target by then.

    Raises:
        FindingsError: a file of the run was changed.
    """
    result_of(run)
    return _progress(run.seal, run)


@lru_cache(maxsize=_KEPT)
def _since(_: str, run: KeptRun, language: Language) -> Since | None:
    try:
        moved = moves_of(run)
    except QuanhengError:
        return None
    totals = {str(row["unit"]): row for row in moved.moves.totals.iter_rows(named=True)}
    return Since(before=moved.moves.before, totals=totals, said=moved.sentences(language))


@lru_cache(maxsize=_KEPT)
def _heads(_: str, run: KeptRun) -> tuple[Head, ...]:
    book = result_of(run).book
    assert book is not None  # noqa: S101  it is the result of a book
    found = []
    for group in book.scheme.groups:
        try:
            told = headlines_of_book(
                book, period=parse_period(run.round.period), group=group.code, whole=None
            )
        except QuanhengError:
            continue  # no item has growth beside it, or nothing is reported for the round
        found += [
            Head(
                name=one.name,
                measured_in=one.measured_in,
                peers=one.peers if len(book.scheme.groups) > 1 else Text(),
                rows=tuple(one.rows.sort("place").iter_rows(named=True)),
            )
            for one in told
            if len(one.rows)
        ]
    return tuple(found)


@lru_cache(maxsize=_KEPT)
def _progress(_: str, run: KeptRun) -> Progress | None:
    book = result_of(run).book
    assert book is not None  # noqa: S101  the same
    try:
        progress = progress_of(book, parse_period(run.round.period))
    except QuanhengError:
        return None
    return None if progress.rows["target"].is_null().all() else progress


@lru_cache(maxsize=_KEPT)
def _lights(_: str, run: KeptRun, language: Language) -> Lit | None:
    book = result_of(run).book
    assert book is not None  # noqa: S101  the same
    at = parse_period(run.round.period)
    progress = progress_at(run)
    if progress is None:
        return None
    table = progress.table(language)
    with suppress(QuanhengError):  # without a forecast the lights still say where a unit stands
        table = with_forecast(table, forecast(book, at))
    rows: dict[str, list[Row]] = {}
    for row in table.iter_rows(named=True):
        mark = LOOKS[row["light"]].mark
        rows.setdefault(str(row["unit"]), []).append({"expected": None, **row, "mark": mark})
    return Lit(at=str(at), rows={unit: tuple(own) for unit, own in rows.items()})
