"""The rounds that are looked back at, each scored by the scheme of today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from quanheng.engine.results.rounds import score_rounds
from quanheng.engine.results.score import taking_part
from quanheng.findings.errors import UsageError
from quanheng.periods.period import Period, parse_period
from quanheng.periods.stretch import Stretch

if TYPE_CHECKING:
    from quanheng.data.book.book import Book
    from quanheng.studies.backtest.form import BacktestForm


@dataclass(frozen=True, kw_only=True)
class Looked:
    """A book looked back at: the rounds that have enough figures, a row for each unit and such a round.

    `book` has the part of the scheme that takes part in such rounds; `thin` are those left out.
    """

    book: Book
    settings: BacktestForm
    known: tuple[str, ...]
    thin: tuple[str, ...]
    rows: tuple[Mapping[str, Any], ...]

    @property
    def years(self) -> tuple[int, ...]:
        """The years among the rounds; none where rounds are parts of years."""
        periods = (parse_period(name) for name in self.known)
        return tuple(period.year for period in periods if period.every == "year")


def look_back(book: Book, settings: BacktestForm) -> Looked:
    """Return the round of `book` and those of its length before, scored.

    Raises:
        UsageError: fewer than two rounds have enough figures.
        FindingsError: a round cannot be scored.
    """
    # a round of the length of reviews is scored with the part of the scheme that takes part in them
    book = replace(book, scheme=taking_part(book, book.scheme.round)[0].scheme)
    rounds = [str(period) for period in _rounds(book, settings.rounds)]
    rows, thin = _scored(book, rounds, settings.available)
    known = tuple(name for name in rounds if name not in thin)
    if len(known) < 2:  # noqa: PLR2004  two rounds are the fewest that can be compared
        raise UsageError(
            f"rounds with enough figures: {', '.join(known) or 'none'}; one shows nothing of stability",
            f"数据足够的考核期：{'、'.join(known) or '无'}；一期看不出位次是否稳定",
        )
    return Looked(
        book=book,
        settings=settings,
        known=known,
        thin=tuple(name for name in reversed(rounds) if name in thin),
        rows=tuple(row for row in rows if row["round"] in known),
    )


def _rounds(book: Book, most: int) -> Iterator[Period]:
    """Yield the rounds up to the scheme's, from the first one for which there are figures."""
    last = parse_period(book.scheme.round)
    periods = [parse_period(text) for text in book.observations["period"].unique().to_list()]
    first = min((period.first_month + 12 * period.year for period in periods), default=None)
    found = [last]
    while first is not None and len(found) < most and found[-1].first_month + 12 * found[-1].year > first:
        found.append(found[-1].months_before(last.length_months))
    yield from reversed(found)


def _scored(book: Book, rounds: Sequence[str], least: float) -> tuple[list[dict[str, Any]], set[str]]:
    """Return a row for each unit and round, and the rounds that have too few figures."""
    stretches = {name: Stretch.of(parse_period(name)) for name in rounds}
    totals = score_rounds(book, stretches, lenient=True).totals
    rows = list(totals.iter_rows(named=True))
    thin = set()
    for name in stretches:
        parts = [row["available"] or 0.0 for row in rows if row["round"] == name]
        if not parts or sum(parts) / len(parts) < least:
            thin.add(name)
    return rows, thin
