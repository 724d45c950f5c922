"""Which figures are in: whether a unit has reported what is due by the end of a month, in each year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import narwhals as nw
import numpy as np

from quanheng.data.book.book import Book
from quanheng.data.book.frames import MISSING
from quanheng.engine.frame.tables import small_table
from quanheng.findings.value import Value
from quanheng.insight.years.chain_ladder import Flags
from quanheng.periods.every import MONTHS_A_YEAR, MONTHS_IN
from quanheng.periods.period import Period, parse_period
from quanheng.scheme.formulas.tree import names_in
from quanheng.scheme.items.item import FromLedger, FromUnits, Item, Reported, Source
from quanheng.scheme.tree.scheme import Indicator, Scheme

MOST_YEARS: Final = 15
"""A year further back says little about this one."""
_JANUARY: Final = 1


class Reports(Value):
    """Which figures of the items end with which month: `seen`, by item, is (units, years, 12).

    A cell that says that the item does not apply counts as reported. What is counted or summed from a ledger
    is in for every month of the years that the ledger covers: from the first year before whose February one
    of its dates lies to that of its last date. `years` are in order, the last one is the one looked at.
    """

    units: int
    years: tuple[int, ...]
    seen: Mapping[str, Flags]

    def in_by(self, indicator: Indicator, scheme: Scheme, month: int) -> Flags:
        """Return where all figures that the indicator needs by the end of `month` are in (units, years).

        A figure is due with the last month of each period in which the item is reported, so that a quarterly
        one of April is that of March.
        """
        there = np.ones((self.units, len(self.years)), dtype=bool)
        for item in moving_items(indicator, scheme):
            step = _step(item)
            due = month // step * step
            if due:
                there &= self.seen[item.code][:, :, due - 1]
        return there

    def since(self, year: int) -> Reports:
        """Return the same for the years from `year` on."""
        skipped = max(year - self.years[0], 0)
        seen = {code: flags[:, skipped:] for code, flags in self.seen.items()}
        return Reports(units=self.units, years=self.years[skipped:], seen=seen)


def moving_items(indicator: Indicator, scheme: Scheme) -> tuple[Item, ...]:
    """Return the items of the indicator's measure that have a figure of their own for each period.

    Attributes of the units have none.
    """
    named = set(names_in(indicator.measure.tree))
    return tuple(
        item for item in scheme.items if item.code in named and not isinstance(item.source, FromUnits)
    )


def step_of(indicator: Indicator, scheme: Scheme) -> int:
    """Return after how many months the indicator has news: the shortest step of its items."""
    return min((_step(item) for item in moving_items(indicator, scheme)), default=1)


def whole_years(book: Book, items: Iterable[Item], *, until: int) -> Mapping[str, frozenset[int]]:
    """Return the years before `until` in which anybody may have a figure of each item to the year's end.

    A quick look at the periods alone: no unit is looked at, and a big file only for its periods.
    """
    asked = {item.code: item for item in items}
    here = nw.col("item").is_in(list(asked)) & (nw.col("state") != MISSING)
    told = {
        (code, text) for code, text in book.observations.filter(here).select("item", "period").unique().rows()
    }
    for panel in book.panels:
        texts = [_canonical(book.scheme.round)]
        if panel.has_period:
            texts = panel.frame.select("period").unique().collect()["period"].to_list()
        told |= {(code, text) for code in panel.items if code in asked for text in texts}
    found: dict[str, set[int]] = {code: set() for code in asked}
    for code, text in told:
        period = parse_period(text)
        if period.last_month == MONTHS_A_YEAR and period.year < until:
            found[code].add(period.year)
    for code, item in asked.items():
        span = _covered(book, item.source)
        if span is not None:
            found[code] |= set(range(max(span[0], until - MOST_YEARS), min(span[1] + 1, until)))
    return {code: frozenset(years) for code, years in found.items()}


def reports_of(book: Book, indicators: Iterable[Indicator], *, year: int) -> Reports:
    """Return which figures `indicators` need are in, from the first year with any of them to `year`."""
    items = {item.code: item for each in indicators for item in moving_items(each, book.scheme)}
    found = {code: _ends(book, item, year) for code, item in items.items() if _is_reported(item)}
    covered = {code: _covered(book, item.source) for code, item in items.items()}
    starts = [int(ends["year"].min()) for ends in found.values() if len(ends)]
    starts.extend(span[0] for span in covered.values() if span is not None)
    first = min(max(min(starts, default=year), year - MOST_YEARS), year)
    years = tuple(range(first, year + 1))
    seen = {code: _always(years, span, len(book.units)) for code, span in covered.items()}
    places = book.units.select("unit").with_row_index("place")
    for code, ends in found.items():
        flags = np.zeros((len(book.units), len(years), MONTHS_A_YEAR), dtype=bool)
        late = ends.filter(nw.col("year") >= first).join(places, on="unit", how="inner")
        flags[late["place"].to_numpy(), late["year"].to_numpy() - first, late["month"].to_numpy() - 1] = True
        seen[code] = flags
    return Reports(units=len(book.units), years=years, seen=seen)


def _always(years: tuple[int, ...], span: tuple[int, int] | None, units: int) -> Flags:
    """Return that every month of the years of `span` is in (units, years, 12); none without a span."""
    there = np.array([span is not None and span[0] <= year <= span[1] for year in years])
    return np.broadcast_to(there[None, :, None], (units, len(years), MONTHS_A_YEAR))


def _is_reported(item: Item) -> bool:
    return isinstance(item.source, Reported)


def _step(item: Item) -> int:
    """Return after how many months there is a new figure; a ledger may change at any time."""
    return MONTHS_IN[item.every] if _is_reported(item) else 1


def _covered(book: Book, source: Source) -> tuple[int, int] | None:
    """Return the first and the last year that the ledger behind an item covers; None without a date in it."""
    if not isinstance(source, FromLedger) or source.ledger not in book.ledgers:
        return None
    ledger = book.ledgers[source.ledger]
    columns = [
        ledger[name].cast(nw.Date())
        for name, dtype in ledger.schema.items()
        if dtype in (nw.Date, nw.Datetime)
    ]
    ends: list[dt.date | None] = [end for column in columns for end in (column.min(), column.max())]
    dates = [date for date in ends if date is not None]
    if not dates:
        return None
    earliest = min(dates)
    first = earliest.year if earliest.month == _JANUARY else earliest.year + 1
    return first, max(dates).year


def _ends(book: Book, item: Item, year: int) -> nw.DataFrame[Any]:
    """Return unit, year and month of the last day of every figure of `item`, up to `year`."""
    rows = nw.concat(list(_rows(book, item)), how="vertical")
    periods = {text: parse_period(text) for text in rows["period"].unique().to_list()}
    counted = {text: period for text, period in periods.items() if period.year <= year}
    calendar = small_table(
        {
            "period": list(counted),
            "year": [period.year for period in counted.values()],
            "month": [period.last_month for period in counted.values()],
        },
        {"period": nw.String(), "year": nw.Int64(), "month": nw.Int64()},
    )
    return rows.join(calendar, on="period", how="inner").select("unit", "year", "month")


def _rows(book: Book, item: Item) -> Iterator[nw.DataFrame[Any]]:
    here = (nw.col("item") == item.code) & (nw.col("state") != MISSING)
    yield book.observations.filter(here).select("unit", "period")
    for panel in book.panels:
        if item.code in panel.items:
            figures = panel.frame.filter(~nw.col(item.code).is_null())
            period = nw.col("period") if panel.has_period else nw.lit(_canonical(book.scheme.round))
            yield figures.select("unit", period.alias("period")).collect()


def _canonical(text: str) -> str:
    period: Period = parse_period(text)
    return str(period)
