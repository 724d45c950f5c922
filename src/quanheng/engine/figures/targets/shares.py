"""What share of a year's target is due by the end of a month: by the pace, or as earlier years went."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final, Literal, TypeAlias, assert_never

import narwhals as nw

from quanheng.data.book.book import Book
from quanheng.engine.figures.layout import fetches_for, measure_columns
from quanheng.engine.formulas.measures import Measure, value_measures
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.comparing import settled_total
from quanheng.engine.frame.engines import polars_engine
from quanheng.engine.frame.holding import MANY
from quanheng.findings.value import Value
from quanheng.periods.every import MONTHS_A_YEAR
from quanheng.periods.period import parse_period
from quanheng.periods.stretch import Stretch
from quanheng.scheme.items.item import FromLedger, FromPeriods
from quanheng.scheme.pace.pace import Even, Given, Pace, Seasonal
from quanheng.scheme.tree.scheme import Scheme

_FEWEST_YEARS: Final = 2
"""Fewer earlier years than this say nothing of a season."""

Basis: TypeAlias = Literal[
    "year",
    "stated",
    "parts",
    "level",
    "at",
    "even",
    "given",
    "seasonal",
    "no_history",
    "no_start",
    "not_applicable",
]
"""How it is known what is due.

- `year`: the round ends with the year: all of the target is due
- `stated`: a target is stated for exactly a period with that end; `parts`: it is the sum of stated parts
- `level`: the target itself is due at any time
- `at`, `even`, `given`, `seasonal`: a share of it by the pace; `no_history`: seasonal, but with fewer than
  two earlier years to know it from, so even
- `no_start`: it should go from its value at the year's start to the target, but that value is not known;
  judged as a level
- `not_applicable`: the target is stated as `/`
"""
Season: TypeAlias = tuple[str, int]
"""An indicator, and the number of a month (`Stretch.last`)."""


class Share(Value, kw_only=False):
    """The share due, and how it is known."""

    share: float
    basis: Basis


_NOISE: Final = 1e-9


def share_due(pace: Pace, last: int, seasonal: float | None) -> Share:
    """Return the share of a year's target that is due by the end of the month numbered `last`.

    Shares that `at` ends of periods of that year are stated come before the curve. `seasonal` is what
    earlier years say, None if they say too little: then the year is taken to be even.

    Examples:
        >>> share_due(Pace(at={"2023-H1": 0.55}), 2023 * 12 + 5, None)
        Share(share=0.55, basis='at')
        >>> share_due(Pace(), 2023 * 12 + 2, None)
        Share(share=0.25, basis='even')
        >>> share_due(Pace(curve=Given({"2023-Q1": 0.22, "2023-H1": 0.48})), 2023 * 12 + 3, None)
        Share(share=0.30666666666666664, basis='given')
    """
    stated = [share for end, share in _ends(pace.at) if end == last]
    if stated:
        return Share(stated[-1], "at")
    even = (last % MONTHS_A_YEAR + 1) / MONTHS_A_YEAR
    match pace.curve:
        case Even():
            return Share(even, "even")
        case Given(shares):
            return Share(_along(shares, last), "given")
        case Seasonal():
            return Share(even, "no_history") if seasonal is None else Share(seasonal, "seasonal")
        case _:
            assert_never(pace.curve)


def seasonal_shares(book: Book, seasons: Mapping[Season, int]) -> dict[Season, dict[str, float]]:
    """Return the shares of the year's value that earlier years had by then, by indicator, month and group.

    `seasons` says of how many years at most. A year's share is the sum of the values to date over the sum of
    the values of the year, over the units of the group that have both; the seasonal share is the mean over
    the years. A group with fewer than two such years is not in the answer. Years in which the sum of the
    values is not above 0, or the one to date does not lie between 0 and it, do not count.
    """
    found: dict[Season, dict[str, list[float]]] = {season: {} for season in seasons}
    for year in _years(book, seasons):
        here = {
            season: year * MONTHS_A_YEAR + season[1] % MONTHS_A_YEAR
            for season, years in seasons.items()
            if season[1] // MONTHS_A_YEAR - years <= year < season[1] // MONTHS_A_YEAR
        }
        for (code, last), group, share in _of_year(
            book, year, set(here.values()), {code for code, _ in here}
        ):
            for season, month in here.items():
                if season[0] == code and month == last:
                    found[season].setdefault(group, []).append(share)
    return {
        season: {
            group: sum(shares) / len(shares)
            for group, shares in groups.items()
            if len(shares) >= _FEWEST_YEARS
        }
        for season, groups in found.items()
    }


def _years(book: Book, seasons: Mapping[Season, int]) -> Iterator[int]:
    """Yield the earlier years that may have figures, the latest first."""
    if not seasons:
        return
    latest = max(last // MONTHS_A_YEAR for _, last in seasons) - 1
    earliest = min(last // MONTHS_A_YEAR - years for (_, last), years in seasons.items())
    if _all_reported(book.scheme, _measures(book.scheme, {code for code, _ in seasons})) and not book.panels:
        first = book.observations["period"].min()
        earliest = latest + 1 if first is None else max(earliest, parse_period(str(first)).year)
    yield from range(latest, earliest - 1, -1)


def _measures(scheme: Scheme, codes: Collection[str]) -> tuple[Measure, ...]:
    return value_measures(each for each in scheme.indicators if each.code in codes)


def _all_reported(scheme: Scheme, measures: Iterable[Measure]) -> bool:
    items = {item.code: item for item in scheme.items}
    return not any(
        isinstance(items[fetch.item].source, FromLedger | FromPeriods)
        for fetch in fetches_for(measures, scheme)
    )


def _of_year(
    book: Book, year: int, months: Collection[int], codes: Collection[str]
) -> Iterator[tuple[Season, str, float]]:
    """Yield the share of the year's value that each group had by the end of each of the months."""
    whole = f"{year}"
    rounds = {str(last): Stretch.to_date(year, last % MONTHS_A_YEAR + 1) for last in sorted(months)}
    engine = polars_engine(streaming=len(book.units) * len(rounds) > MANY)
    rounds[whole] = Stretch.to_date(year)
    rows = measure_columns(book, _measures(book.scheme, codes), rounds, engine)
    wide = engine.collect(rows)
    values = [c.measure(code) for code in sorted(codes)]
    years = wide.filter(nw.col(c.ROUND) == whole).select(
        c.UNIT, *[nw.col(value).alias(f"year|{value}") for value in values]
    )
    both = wide.filter(nw.col(c.ROUND) != whole).join(years, on=c.UNIT, how="left")
    sums = both.group_by(c.GROUP, c.ROUND).agg(*[each for value in values for each in _sums(value)])
    for row in sums.sort(c.GROUP, c.ROUND).iter_rows(named=True):
        for code in sorted(codes):
            value = c.measure(code)
            whole_year = row[f"year|{value}"]
            # with losses, what came in by a month may be below 0 or more than the year's: no share of it
            if whole_year > 0.0 and 0.0 <= row[value] <= whole_year * (1.0 + _NOISE):
                yield (code, int(row[c.ROUND])), str(row[c.GROUP]), row[value] / whole_year


def _sums(value: str) -> tuple[nw.Expr, nw.Expr]:
    both = ~nw.col(value).is_null() & ~nw.col(f"year|{value}").is_null()
    return (
        settled_total(nw.when(both).then(nw.col(value))).alias(value),
        settled_total(nw.when(both).then(nw.col(f"year|{value}"))).alias(f"year|{value}"),
    )


def _ends(shares: Mapping[str, float]) -> list[tuple[int, float]]:
    """Return the numbers of the last months of periods with their shares, in order."""
    ends = ((Stretch.of(parse_period(text)).last, share) for text, share in shares.items())
    return sorted(ends, key=lambda end: end[0])


def _along(shares: Mapping[str, float], last: int) -> float:
    """Return the share on straight lines between the stated ends, 0 at the year's start, 1 at its end.

    The shape of a curve is that of its latest year that is not after the month's; if all are, of its first.
    """
    ends = _ends(shares)
    years = sorted({end // MONTHS_A_YEAR for end, _ in ends})
    year = max((y for y in years if y <= last // MONTHS_A_YEAR), default=years[0])
    points = {0: 0.0, MONTHS_A_YEAR: 1.0} | {
        end % MONTHS_A_YEAR + 1: share for end, share in ends if end // MONTHS_A_YEAR == year
    }
    month = last % MONTHS_A_YEAR + 1
    before = max(point for point in points if point <= month)
    after = min(point for point in points if point >= month)
    if before == after:
        return points[month]
    part = (month - before) / (after - before)
    return points[before] + part * (points[after] - points[before])
