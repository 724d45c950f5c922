"""回测, how good the forecasts of earlier years would have been: a rolling origin over years and months.

Each complete year with enough complete years before it is forecast from the end of each of its months, by
what was known by then of that year and of those before it. So nothing is judged by figures it has seen. Two
plain forecasts are made from the same figures: *naive*, last year's step repeated (last year's share, which
is last year's end times this year's growth to date; a rate stays as it is), and *seasonal*, last year's end.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import narwhals as nw
import numpy as np

from quanheng.data.book.book import Book
from quanheng.data.book.frames import Frame
from quanheng.data.book.mergers import book_as_on
from quanheng.engine.frame.tables import small_table
from quanheng.findings.value import Value
from quanheng.insight.forecast.forecast import LEVELS, year_ends_of
from quanheng.insight.years.chain_ladder import ENOUGH_YEARS, Flags, Floats, Whole
from quanheng.insight.years.figures_in import step_of
from quanheng.insight.years.measured import DECEMBER, Measured, measured, with_history
from quanheng.periods.period import Period, parse_period
from quanheng.scheme.tree.natures import nature_of
from quanheng.scheme.tree.scheme import Scheme

ERRORS: Final = ("mape", "mae", "rmse")
RIVALS: Final = ("naive", "seasonal")
BACKTEST: Final[Mapping[str, nw.dtypes.DType]] = {
    "indicator": nw.String(),
    "nature": nw.String(),
    "month": nw.Int64(),
    "forecasts": nw.Int64(),
    **{f"inside_{name}": nw.Float64() for name in LEVELS},
    **{
        f"{error}{rival}": nw.Float64()
        for error in ERRORS
        for rival in ("", *(f"_{name}" for name in RIVALS))
    },
}
"""The columns of the table of a backtest."""


class _Origins(Value):
    """Forecasts made and what became of them, one an origin: a series, a year, a month."""

    indicator: Whole
    month: Whole
    actual: Floats
    made: Mapping[str, Floats]
    inside: Mapping[str, Floats]


def backtest(book: Book, *, until: str | Period | None = None) -> Frame:
    """Return how good the forecasts of the years up to `until` (default: the scheme's round) would have been.

    A row for each indicator that can be forecast and each month it has news in, one for each indicator (month
    null), and one for all (indicator and nature empty). `forecasts` counts the origins: units × years.
    `inside_80`, `inside_95`: which part of the years ended inside the interval. Errors of the expected
    value, and of the two plain forecasts (`_naive`, `_seasonal`) at the same origins: `mape`, the mean of the
    absolute error ÷ the year's end (null for what does not accumulate, and where a year ended at 0), `mae`
    and `rmse`, the mean absolute and the root mean squared error in the unit of the measure (null for all
    indicators together). The table is empty where no year can be forecast.

    Raises:
        FindingsError: a figure cannot be had from the book.
    """
    named = book.scheme.round if until is None else until
    until_when = parse_period(named) if isinstance(named, str) else named
    book, last = book_as_on(book, until_when.end), until_when.year
    ready, reports = with_history(book, book.scheme.indicators, year=last)
    steps = [step_of(each, book.scheme) for each in ready]
    months = sorted({month for step in steps for month in range(step, DECEMBER, step)})
    moments = [(year, month) for month in (*months, DECEMBER) for year in reports.years]
    data = measured(book, ready, moments if ready else (), reports=reports)
    origins = _joined(list(_origins(data, book.scheme, steps)))
    if origins is None:
        return small_table({name: [] for name in BACKTEST}, BACKTEST)
    natures = [nature_of(each, book.scheme) for each in ready]
    rows = list(_rows(origins, [each.code for each in ready], natures))
    return small_table({name: [row[name] for row in rows] for name in BACKTEST}, BACKTEST)


def _origins(data: Measured, scheme: Scheme, steps: Sequence[int]) -> Iterator[_Origins]:
    """Yield the forecasts of each year from each month, of the series that have news then."""
    years = data.reports.years
    units = len(data.units)
    pools = np.tile(np.arange(len(steps)), units)
    accumulates = np.tile([nature_of(each, scheme) == "accumulates" for each in data.indicators], units)
    for year in years[ENOUGH_YEARS:]:
        actual = data.values[year, DECEMBER].reshape(-1)
        last_end = data.values[year - 1, DECEMBER].reshape(-1)
        for month in sorted({month for _, month in data.values} - {DECEMBER}):
            news = np.tile([month % step == 0 for step in steps], units)
            ends = year_ends_of(data, scheme, year=year, month=month)
            now = data.values[year, month].reshape(-1)
            naive = _naive(now, data.values[year - 1, month].reshape(-1), last_end, accumulates)
            made = {"": ends.expected, "naive": naive, "seasonal": last_end}
            told = news & ~np.isnan(actual) & np.all([~np.isnan(each) for each in made.values()], axis=0)
            inside = {}
            for name, level in LEVELS.items():
                low, high = ends.bounds(level)
                holds = ((low <= actual) & (actual <= high)).astype(np.float64)
                inside[name] = np.where(np.isnan(low), np.nan, holds)[told]
            yield _Origins(
                indicator=pools[told],
                month=np.full(int(told.sum()), month),
                actual=actual[told],
                made={name: values[told] for name, values in made.items()},
                inside=inside,
            )


def _naive(now: Floats, before: Floats, last_end: Floats, accumulates: Flags) -> Floats:
    """Return last year's step repeated: its share of an amount, its rest where it had nothing; rates stay."""
    above = accumulates & (before > 0) & (last_end > 0) & (now > 0)
    shared = now * last_end / np.where(above, before, 1.0)
    return np.where(above, shared, np.where(accumulates, now + last_end - before, now))


def _joined(parts: Sequence[_Origins]) -> _Origins | None:
    if not any(len(part.actual) for part in parts):
        return None
    return _Origins(
        indicator=np.concatenate([part.indicator for part in parts]),
        month=np.concatenate([part.month for part in parts]),
        actual=np.concatenate([part.actual for part in parts]),
        made={name: np.concatenate([part.made[name] for part in parts]) for name in parts[0].made},
        inside={name: np.concatenate([part.inside[name] for part in parts]) for name in parts[0].inside},
    )


def _rows(
    origins: _Origins, codes: Sequence[str], natures: Sequence[str]
) -> Iterator[Mapping[str, str | float | None]]:
    amounts = np.array([nature == "accumulates" for nature in natures])
    for place, (code, nature) in enumerate(zip(codes, natures, strict=True)):
        own = origins.indicator == place
        for month in sorted(set(origins.month[own].tolist())):
            yield {
                "indicator": code,
                "nature": nature,
                "month": month,
                **_figures(origins, own & (origins.month == month), relative=nature == "accumulates"),
            }
        if own.any():
            figures = _figures(origins, own, relative=nature == "accumulates")
            yield {"indicator": code, "nature": nature, "month": None, **figures}
    everything = _figures(origins, np.ones(len(origins.actual), dtype=bool), relative=False)
    of_amounts = _figures(origins, amounts[origins.indicator], relative=True)
    relative = {name: value for name, value in of_amounts.items() if name.startswith("mape")}
    sized = {name: None for name in everything if name.startswith(("mae", "rmse"))}
    yield {"indicator": "", "nature": "", "month": None, **everything, **relative, **sized}


def _figures(origins: _Origins, here: Flags, *, relative: bool) -> Mapping[str, float | None]:
    """Return what the origins `here` amount to."""
    actual = origins.actual[here]
    figures: dict[str, float | None] = {"forecasts": int(here.sum())}
    for name, inside in origins.inside.items():
        figures[f"inside_{name}"] = _mean(inside[here])
    for name, values in origins.made.items():
        errors = np.abs(values[here] - actual)
        suffix = f"_{name}" if name else ""
        counted = actual != 0
        parts = errors[counted] / np.abs(actual[counted])
        figures[f"mape{suffix}"] = _mean(parts) if relative else None
        figures[f"mae{suffix}"] = _mean(errors)
        squared = _mean(errors**2)
        figures[f"rmse{suffix}"] = None if squared is None else float(np.sqrt(squared))
    return figures


def _mean(values: Floats) -> float | None:
    known = values[~np.isnan(values)]
    return float(known.mean()) if known.size else None
