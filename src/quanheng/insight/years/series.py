"""An item's reported figures as a matrix, units × periods: what looks for patterns in time works on it."""

from __future__ import annotations

from typing import Any, Final

import narwhals as nw
import numpy as np

from quanheng.data.book.book import Book
from quanheng.data.book.frames import VALUE
from quanheng.engine.frame.tables import small_table
from quanheng.findings.value import Value
from quanheng.insight.years.chain_ladder import Floats, Whole
from quanheng.periods.every import MONTHS_A_YEAR, MONTHS_IN
from quanheng.periods.period import Period, parse_period
from quanheng.periods.stretch import Stretch
from quanheng.scheme.items.item import Item, Reported

_MOST_PERIODS: Final = 1200
"""A hundred years of months: a book with one period of the year 1000 must not fill the memory."""


class Series(Value):
    """The figures of `item`: `values` (K, T), NaN where none was reported, in the order of the book's units.

    Column t is of the period that ends with the month `first` + t·`step`, months counted from January of the
    year 0, and is as long as the item is reported (`every`). Of two figures that end together, that for
    the longer period is taken; a flow has only figures of its own length.
    """

    item: Item
    first: int
    step: int
    values: Floats

    @property
    def months(self) -> Whole:
        """The last month of each column."""
        return self.first + self.step * np.arange(self.values.shape[1])

    @property
    def of_year(self) -> Whole:
        """The number of each column's last month in its year, 1 to 12."""
        return self.months % MONTHS_A_YEAR + 1

    def period(self, column: int) -> Period:
        """Return the period of a column."""
        last = self.first + self.step * column
        return Period(
            year=last // MONTHS_A_YEAR,
            first_month=last % MONTHS_A_YEAR + 2 - self.step,
            length_months=self.step,
        )

    @property
    def a_year(self) -> int:
        """How many columns make a year."""
        return MONTHS_A_YEAR // self.step


def series_of(book: Book, item: Item, *, until: Period) -> Series | None:
    """Return the figures of `item` up to the end of `until`; None if it is not reported or has none.

    Dates are no figures that follow each other in time: they have no series.
    """
    if not isinstance(item.source, Reported) or item.kind == "date":
        return None
    step = MONTHS_IN[item.every]
    rows = _reported(book, item)
    rows = rows.join(_calendar(rows, item, step, until), on="period", how="inner")
    rows = rows.join(book.units.select("unit").with_row_index("place"), on="unit", how="inner")
    if rows.is_empty():
        return None
    rows = rows.sort("length")  # the longer one is written last
    months = rows["month"].to_numpy()
    first = max(int(months.min()), _last_month(until) - _MOST_PERIODS)
    first += -(first + 1) % step
    width = (_last_month(until) - first) // step + 1
    values = np.full((len(book.units), width), np.nan)
    late = months >= first
    values[rows["place"].to_numpy()[late], (months[late] - first) // step] = rows["value"].to_numpy()[late]
    return Series(item=item, first=first, step=step, values=values)


def _reported(book: Book, item: Item) -> nw.DataFrame[Any]:
    """Return unit, period and value of everything reported of `item`."""
    parts = [
        book.observations.filter((nw.col("item") == item.code) & (nw.col("state") == VALUE)).select(
            "unit", "period", "value"
        )
    ]
    for panel in book.panels:
        if item.code in panel.items and panel.has_period:
            figures = panel.frame.select("unit", "period", nw.col(item.code).alias("value"))
            parts.append(figures.filter(~nw.col("value").is_null()).collect())
    return nw.concat(parts, how="vertical")


def _calendar(rows: nw.DataFrame[Any], item: Item, step: int, until: Period) -> nw.DataFrame[Any]:
    """Return the periods that count, each with its last month and its length."""
    texts = rows["period"].unique().to_list()
    periods = {text: parse_period(text) for text in texts}
    counted = {
        text: period
        for text, period in periods.items()
        if period.end <= until.end
        and period.last_month % step == 0
        and (period.length_months == step or item.kind != "flow")
    }
    columns = {
        "period": list(counted),
        "month": [_last_month(period) for period in counted.values()],
        "length": [period.length_months for period in counted.values()],
    }
    schema = {"period": nw.String(), "month": nw.Int64(), "length": nw.Int64()}
    return small_table(columns, schema)


def _last_month(period: Period) -> int:
    return Stretch.of(period).last
