"""预测, where each indicator of each unit will end the year, as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import narwhals as nw
import numpy as np

from quanheng.data.book.book import Book
from quanheng.data.book.frames import Frame
from quanheng.data.book.mergers import book_as_on
from quanheng.engine.frame.comparing import SLACK
from quanheng.insight.forecast.table import NUMBERS, Column, stated_targets, table_of
from quanheng.insight.years.chain_ladder import Earlier, Floats, Whole, YearEnds, year_ends
from quanheng.insight.years.figures_in import Reports, step_of
from quanheng.insight.years.measured import DECEMBER, Measured, measured, with_history
from quanheng.insight.years.spring_festival import slack_behind
from quanheng.periods.period import Period, parse_period
from quanheng.scheme.tree.natures import nature_of
from quanheng.scheme.tree.scheme import Scheme

LEVELS: Final[Mapping[str, float]] = {"80": 0.8, "95": 0.95}
_FESTIVAL_MONTHS: Final = (1, 2)


def forecast(book: Book, at: str | Period) -> Frame:
    """Return where every indicator of every unit will end the year of `at`, as seen from the end of `at`.

    A row for each unit and indicator of its group, in the order of the book:

    - unit, indicator, nature (`quanheng.scheme.pace.pace.Nature`)
    - through: the month (`2023-05`) whose year to date it is made from, the latest one up to `at` for which
      all figures are in; value: the value then, as the target is stated of it
    - expected: the middle of where the year will end; low_80, high_80, low_95, high_95: the ends of the
      intervals that hold it with 80 % and 95 %
    - target: the target of the year; probability: how likely it is met
    - years: how many complete earlier years it is learnt from; festival: whether the day of the Spring
      Festival was allowed for
    - method: `share`, by the share that had come in by then in earlier years; `rest`, by the amounts that
      still came; `change`, by the change until December; `final`, the year is over; empty without a forecast
    - note: why there is none, or no interval: `no_value` yet, `not_enough_history` (fewer than three
      complete earlier years), `no_spread` (earlier years are all alike)

    `chain_ladder.py` says how. Only what the book knows is used: load it as of a day to forecast as of it.

    Raises:
        FindingsError: a figure cannot be had from the book.
        DataError: `at` is no period.
    """
    period = parse_period(at) if isinstance(at, str) else at
    book = book_as_on(book, period.end)
    ready, reports = with_history(book, book.scheme.indicators, year=period.year)
    months = _latest_months(book.scheme, [each.code for each in ready], reports, period.last_month)
    needed = sorted({int(month) for month in np.unique(months)} - {0})
    moments = [(year, month) for month in (*needed, DECEMBER) for year in reports.years]
    data = measured(book, ready, moments if needed else (), reports=reports)
    targets = _targets(book, period.year, data)
    columns = _empty(months, data, book.scheme)
    columns["target"] = targets
    for month in needed:
        made = year_ends_of(data, book.scheme, year=period.year, month=month)
        _fill(columns, made, data, year=period.year, month=month)
    return table_of(columns, data, book, period.year)


def year_ends_of(data: Measured, scheme: Scheme, *, year: int, month: int) -> YearEnds:
    """Return the ends of `year` seen from the end of `month` by the years before it that `data` has.

    The series are the units' indicators, unit by unit: K = units × indicators.
    """
    earlier = [each for each in data.reports.years if each < year]
    series = data.applies.size
    natures = [nature_of(each, scheme) for each in data.indicators]
    return year_ends(
        data.values[year, month].reshape(series),
        Earlier(
            to_date=data.over(earlier, month).reshape(series, len(earlier)),
            ends=data.over(earlier, DECEMBER).reshape(series, len(earlier)),
            accumulates=np.tile([nature == "accumulates" for nature in natures], len(data.units)),
            pools=np.tile(np.arange(len(natures)), len(data.units)),
            slack=slack_of((*earlier, year), month),
        ),
    )


def slack_of(years: Sequence[int], month: int) -> Floats | None:
    """Return how much of the festival's slack lies behind by the end of `month` in each of `years`.

    None where it makes no difference, or a year is out of the calendar.
    """
    if month not in _FESTIVAL_MONTHS:
        return None
    behind = [slack_behind(year, month) for year in years]
    known = [part for part in behind if part is not None]
    return np.array(known) if len(known) == len(behind) else None


def _latest_months(scheme: Scheme, codes: Sequence[str], reports: Reports, month: int) -> Whole:
    """Return the latest month up to `month` by which all figures are in (units, indicators); 0 if none."""
    latest = np.zeros((reports.units, len(codes)), dtype=np.int64)
    indicators = {each.code: each for each in scheme.indicators}
    for column, code in enumerate(codes):
        step = step_of(indicators[code], scheme)
        for candidate in range(step, month + 1, step):
            latest[reports.in_by(indicators[code], scheme, candidate)[:, -1], column] = candidate
    return latest


def _targets(book: Book, year: int, data: Measured) -> Floats:
    """Return the targets of the year (units, indicators), NaN where there is none."""
    targets = np.full(data.applies.shape, np.nan)
    codes = {each.code: column for column, each in enumerate(data.indicators)}
    places = {unit: row for row, unit in enumerate(data.units)}
    rows = stated_targets(book, year).filter(nw.col("indicator").is_in(list(codes)))
    if len(rows):
        at = [places[unit] for unit in rows["unit"].to_list()]
        targets[at, [codes[code] for code in rows["indicator"].to_list()]] = rows["target"].to_numpy()
    return targets


def _empty(months: Whole, data: Measured, scheme: Scheme) -> dict[str, Column]:
    """Return the columns before anything is known, each (units, indicators)."""
    shape = data.applies.shape
    columns: dict[str, Column] = {name: np.full(shape, np.nan) for name in NUMBERS}
    ways = [nature_of(each, scheme) for each in data.indicators]
    columns["through"] = months
    columns["years"] = np.zeros(shape, dtype=np.int64)
    columns["method"] = np.full(shape, "", dtype=object)
    columns["festival"] = np.zeros(shape, dtype=bool)
    columns["note"] = np.full(shape, "no_value", dtype=object)
    columns["nature"] = np.tile(np.array(ways, dtype=object), (shape[0], 1))
    return columns


def _fill(columns: dict[str, Column], made: YearEnds, data: Measured, *, year: int, month: int) -> None:
    """Write what is `made` from the end of `month` into the rows whose latest figures are of that month."""
    shape = data.applies.shape
    value = data.values[year, month]
    here = (columns["through"] == month) & ~np.isnan(value)
    final = here & (month == DECEMBER)

    def write(name: str, values: Column, where: Column = here) -> None:
        columns[name][where] = np.broadcast_to(values, shape)[where]

    more = np.array([each.direction == "more" for each in data.indicators])
    above = made.chance_above(columns["target"].reshape(-1)).reshape(shape)
    write("value", value)
    write("years", made.years.reshape(shape))
    write("expected", made.expected.reshape(shape))
    for name, level in LEVELS.items():
        low, high = made.bounds(level)
        write(f"low_{name}", low.reshape(shape))
        write(f"high_{name}", high.reshape(shape))
    write("probability", np.where(more, above, 1 - above))
    write("festival", made.shifted.reshape(shape))
    share = made.logarithmic.reshape(shape)
    write("method", np.where(share, "share", np.where(columns["nature"] == "accumulates", "rest", "change")))
    unclear = np.where(np.isnan(made.spread.reshape(shape)), "no_spread", "")
    write("note", np.where(np.isnan(made.centre.reshape(shape)), "not_enough_history", unclear))
    write("method", np.array("", dtype=object), here & np.isnan(columns["expected"]))
    # the year is over: nothing is left to forecast
    for name in ("expected", "low_80", "high_80", "low_95", "high_95"):
        write(name, value, final)
    size = SLACK * (np.abs(value) + np.abs(columns["target"]))
    met = np.where(more, value >= columns["target"] - size, value <= columns["target"] + size)
    write("probability", np.where(np.isnan(columns["target"]), np.nan, met), final)
    write("method", np.array("final", dtype=object), final)
    write("note", np.array("", dtype=object), final)
    write("festival", np.array(False), final)  # noqa: FBT003 - a value of the column, not a switch
