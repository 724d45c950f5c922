"""异常数据预警: reports that should be asked about before they are accepted, each with its evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

import narwhals as nw
import numpy as np

from quanheng.data.book.book import Book
from quanheng.data.book.frames import Frame
from quanheng.data.book.mergers import book_as_on
from quanheng.engine.frame.tables import small_table
from quanheng.findings.finding import Finding
from quanheng.findings.showing import Shows
from quanheng.findings.text import Language
from quanheng.findings.value import Value
from quanheng.insight.unusual.changes import Changes, changes_of, common
from quanheng.insight.unusual.evidence import findings_of
from quanheng.insight.unusual.landings import Landings, landings_of
from quanheng.insight.unusual.magnitudes import other_magnitudes
from quanheng.insight.unusual.signs import NEAR, Report, Sign, SignName, against_others, copies, falls, jumps
from quanheng.insight.years.chain_ladder import Flags, Floats
from quanheng.insight.years.series import Series, series_of
from quanheng.periods.period import Period, parse_period

SIGNS: Final[tuple[SignName, ...]] = ("magnitude", "fall", "jump", "against", "copy", "landing")
"""The signs in the order in which they are told, the plainest first."""
_MOVES: Final = frozenset({"jump", "against"})
"""The signs that are about the figure of a period alone and its change."""
REPORTS: Final[Mapping[str, nw.dtypes.DType]] = {
    **dict.fromkeys(("sign", "unit", "code", "period"), nw.String()),
    "value": nw.Float64(),
    "earlier": nw.String(),
    **dict.fromkeys(("before", "change", "usual", "strength"), nw.Float64()),
}
ALARMS: Final[Mapping[str, nw.dtypes.DType]] = {
    "sign": nw.String(),
    "looked": nw.Int64(),
    "seen": nw.Int64(),
    "rate": nw.Float64(),
}


class Unusual(Value, Shows):
    """The unusual reports of a period.

    `reports` has a row for each: sign, unit, code (of the item; of the indicator for `landing`), period,
    value (of a jump and a move against others: the figure of the period alone), earlier and before (what it
    is compared with), change (ln of the ratio; of rates the difference), usual (the middle change of all
    units), strength. `findings` say the same in words, in the same order. `looked` tells for each sign how
    many figures of the period it could be looked for in, `figures` how many figures there are.
    """

    at: str
    reports: Frame
    findings: tuple[Finding, ...]
    looked: Mapping[SignName, int]
    figures: int

    def only(self, units: Sequence[str]) -> Unusual:
        """Return the same with the reports of `units` alone."""
        told = zip(self.reports["unit"].to_list(), self.findings, strict=True)
        return replace(
            self,
            reports=self.reports.filter(nw.col("unit").is_in(list(units))),
            findings=tuple(finding for unit, finding in told if unit in units),
        )

    def described(self, language: Language) -> Frame:
        """Return the reports with finding (its code), place, and message, the evidence in `language`."""
        told = [finding.as_record(language) for finding in self.findings]
        words = {name: [each[name] for each in told] for name in ("code", "place", "message")}
        table = small_table(words, dict.fromkeys(words, nw.String())).rename({"code": "finding"})
        return nw.concat([self.reports, table], how="horizontal")


class _Watched(Value):
    """A sign on all periods of an item or an indicator, and what the evidence is taken from."""

    sign: Sign
    periods: tuple[Period, ...]
    series: Series | None = None
    changes: Changes | None = None
    landings: Landings | None = None

    def inside(self, at: Period) -> Flags:
        """Return which columns are of periods that end inside `at` (T)."""
        return np.array([at.start <= period.end <= at.end for period in self.periods])

    def earlier(self, at: Period) -> Flags:
        """Return which columns are of periods that end before `at` begins (T)."""
        return np.array([period.end < at.start for period in self.periods])


def unusual(book: Book, at: str | Period) -> Unusual:
    """Return the reports of the periods that end inside `at` which show a sign (`signs.py`).

    A report is judged by those before it and by those of the other units, never by later ones.

    Raises:
        FindingsError: a figure cannot be had from the book.
        DataError: `at` is no period.
    """
    period = parse_period(at) if isinstance(at, str) else at
    book = book_as_on(book, period.end)
    units = book.units["unit"].to_list()
    found: list[Report] = []
    looked = dict.fromkeys(SIGNS, 0)
    figures = 0
    for watched in _watched(book, period):
        inside = watched.inside(period)
        looked[watched.sign.name] += int(watched.sign.looked[:, inside].sum())
        if watched.sign.name == "copy" and watched.sign.back == 1 and watched.series is not None:
            figures += int((~np.isnan(watched.series.values[:, inside])).sum())
        found.extend(_reports(watched, inside, units))
    found = _without_what_follows(found)
    found.sort(key=lambda report: (SIGNS.index(report.sign), -report.strength))
    columns = {name: [getattr(report, name) for report in found] for name in REPORTS}
    return Unusual(
        at=str(period),
        reports=small_table(columns, REPORTS),
        findings=findings_of(found, book),
        looked=looked,
        figures=figures,
    )


def false_alarms(book: Book, at: str | Period) -> Frame:
    """Return how often each sign was raised in the periods before `at`: sign, looked, seen, rate.

    Where nothing was wrong with the figures of those periods, the rate is that of false alarms; where
    something was, it is higher than that. The rate is null where a sign could not be looked for.

    Raises:
        FindingsError: a figure cannot be had from the book.
        DataError: `at` is no period.
    """
    period = parse_period(at) if isinstance(at, str) else at
    looked, seen = dict.fromkeys(SIGNS, 0), dict.fromkeys(SIGNS, 0)
    for watched in _watched(book, period):
        earlier = watched.earlier(period)
        looked[watched.sign.name] += int(watched.sign.looked[:, earlier].sum())
        seen[watched.sign.name] += int(watched.sign.seen[:, earlier].sum())
    rates = [seen[name] / looked[name] if looked[name] else None for name in SIGNS]
    return small_table(
        {
            "sign": list(SIGNS),
            "looked": [looked[name] for name in SIGNS],
            "seen": [seen[name] for name in SIGNS],
            "rate": rates,
        },
        ALARMS,
    )


def _watched(book: Book, until: Period) -> Iterator[_Watched]:
    """Yield every sign on every item and indicator, with all periods up to the end of `until`."""
    groups = book.units["group"].to_list()
    for item in book.scheme.items:
        series = series_of(book, item, until=until)
        if series is None:
            continue
        changes = changes_of(series)
        periods = tuple(series.period(column) for column in range(series.values.shape[1]))
        signs: list[Sign] = [
            other_magnitudes(series, groups),
            falls(series),
            jumps(changes),
            against_others(changes),
            copies(series, back=1),
        ]
        if item.kind != "stock" and series.a_year > 1:
            signs.append(copies(series, back=series.a_year))
        for sign in signs:
            yield _Watched(sign=sign, periods=periods, series=series, changes=changes)
    for landed in landings_of(book, until=until):
        yield _Watched(sign=landed.sign, periods=landed.periods, landings=landed)


def _without_what_follows(reports: Sequence[Report]) -> list[Report]:
    """Return `reports` without other signs of a figure of another magnitude: they have the same cause."""
    off = {(each.unit, each.code, each.period) for each in reports if each.sign == "magnitude"}
    return [
        each for each in reports if each.sign == "magnitude" or (each.unit, each.code, each.period) not in off
    ]


def _reports(watched: _Watched, inside: Flags, units: Sequence[str]) -> Iterator[Report]:
    """Yield what is seen in the columns `inside`."""
    rows, columns = np.nonzero(watched.sign.seen & inside[None, :])
    middle = None if watched.changes is None else common(watched.changes.change)
    for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
        made = _of_indicator if watched.landings is not None else _of_item
        yield made(watched, units[row], row, column, middle)


def _of_item(watched: _Watched, unit: str, row: int, column: int, middle: Floats | None) -> Report:
    series, changes, sign = watched.series, watched.changes, watched.sign
    if series is None or changes is None or middle is None:
        raise TypeError("a sign on an item has its series")
    before = column - sign.back
    moves = sign.name in _MOVES
    figures = changes.parts if moves else series.values
    return Report(
        sign=sign.name,
        unit=unit,
        code=series.item.code,
        period=str(watched.periods[column]),
        value=float(figures[row, column]),
        earlier=str(watched.periods[before]) if sign.back else None,
        before=float(figures[row, before]) if sign.back else None,
        change=float(changes.change[row, column]) if moves else None,
        usual=float(middle[column]) if moves else None,
        strength=float(sign.strength[row, column]),
        logarithmic=changes.logarithmic,
        facts=_facts(sign, row, column),
    )


def _of_indicator(watched: _Watched, unit: str, row: int, column: int, middle: Floats | None) -> Report:
    del middle
    landed, sign = watched.landings, watched.sign
    if landed is None:
        raise TypeError("a landing has its indicator")
    value, due = float(landed.values[row, column]), float(landed.due[row, column])
    return Report(
        sign=sign.name,
        unit=unit,
        code=landed.indicator.code,
        period=str(watched.periods[column]),
        value=value,
        before=due if abs(value - due) <= NEAR * abs(due) else None,
        strength=float(sign.strength[row, column]),
        facts=_facts(sign, row, column),
    )


def _facts(sign: Sign, row: int, column: int) -> Mapping[str, float]:
    """Return the facts of a sign at one figure; those with one row are the same for all units."""
    return {
        name: float(values[column] if values.ndim == 1 else values[row, column])
        for name, values in sign.facts.items()
    }
