"""The sheet of periods: of what figures over months, quarters and reviews are made (formulas k, m).

It has a column for each period and item, or word of a review's result, and one for what the formula gives in
the period; the figure itself stands among the data and takes these together in its row.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from quanheng.data.book.spells import in_force
from quanheng.documents.workbook.draft.draft import Draft
from quanheng.documents.workbook.formulas.cells import MISSING, NOT_APPLICABLE, UNDEFINED, number, quoted
from quanheng.documents.workbook.formulas.parts import settled
from quanheng.documents.workbook.formulas.references import across
from quanheng.documents.workbook.sheets.data import add_identity
from quanheng.documents.workbook.sheets.periods.months import of_periods
from quanheng.documents.workbook.sheets.periods.reviews import of_reviews
from quanheng.engine.figures.looked_up.lookups import FromSeries, lookups_of
from quanheng.engine.figures.reviews import rounds_looked_at
from quanheng.engine.figures.series import periods_in
from quanheng.engine.frame import columns as c
from quanheng.periods.period import parse_period
from quanheng.periods.stretch import stretch_of
from quanheng.scheme.formulas.tree import OfSeries
from quanheng.scheme.items.item import Item

if TYPE_CHECKING:
    from quanheng.data.book.book import Book

_GREATEST: Final = {"highest": "LARGE", "lowest": "SMALL"}


def live_figure(draft: Draft, item: Item, months: int, attribute: Callable[[Draft, str], str]) -> str | None:
    """Return the formula of a figure over periods, `months` before the round; what it needs is laid out.

    `attribute` gives the key of the column of an item that is the same in all periods. None where the
    workbook cannot say it: of a frame in place of a book, where units come and go in these periods, and where
    no period lies in the round.
    """
    book = draft.result.book
    if book is None:
        return None
    lookups = lookups_of(draft.scheme, stretch_of(draft.result.round))
    known = {figure.column: figure for figure in (*lookups.series, *lookups.reviews)}
    figure = known.get(c.item(item.code, months))
    if figure is None or not _same_units(figure, book):
        return None
    if "periods" not in draft.columns:
        add_identity(draft, "periods")
    if figure.series.of_reviews:
        keys = of_reviews(draft, figure, book)
    else:
        keys = of_periods(draft, figure, book, attribute)
    return _together(figure.series, keys) if keys else None


def _same_units(figure: FromSeries, book: Book) -> bool:
    """Return whether in all its periods there are the units of the workbook, each as it is there."""
    if book.spells is None:
        return True
    if figure.series.of_reviews:
        periods = tuple(parse_period(review) for review in rounds_looked_at(figure, book))
    else:
        periods = periods_in(replace(figure.series, chosen=None), figure.stretch)
    now = book.units.sort(c.UNIT).to_native()
    return all(
        in_force(book.spells, period.end).select(book.units.columns).sort(c.UNIT).to_native().equals(now)
        for period in periods
    )


def _together(series: OfSeries, keys: Sequence[str]) -> str:
    """Return what is made of the periods in the columns `keys`, which stand beside each other."""
    span, periods = across(keys[0], keys[-1]), len(keys)
    there, away = f"COUNT({span})", f"COUNTIF({span},{quoted(NOT_APPLICABLE)})"
    due = f"({periods}-{away})"
    enough = [f"{there}>0"]
    if series.needs is None:
        enough.append(f"{there}={due}")
    elif series.needs < 1.0:
        enough.append(f"{there}>={due}*{number(series.needs)}-1E-9")
    else:
        enough.append(f"{there}>={number(series.needs)}")
    taken, count = span, there
    if series.chosen in _GREATEST:
        enough.append(f"{there}>={series.number}")
        choose = _GREATEST[series.chosen]
        taken = ",".join(f"{choose}({span},{place})" for place in range(1, series.number + 1))
        count = str(series.number)
    value = _figure(series, taken, span)
    if series.statistic == "sd":
        value = f"IF({count}=1,{quoted(NOT_APPLICABLE)},{value})"
    value = f"IF(AND({','.join(enough)}),{value},{quoted(MISSING)})"
    value = f"IF({away}={periods},{quoted(NOT_APPLICABLE)},{value})"
    return f"IF(COUNTIF({span},{quoted(UNDEFINED)})>0,{quoted(UNDEFINED)},{value})"


def _figure(series: OfSeries, taken: str, span: str) -> str:
    match series.statistic:
        case "max" | "min":
            return f"{series.statistic.upper()}({taken})"
        case "sd":
            return settled(f"STDEV({taken})")
        case "median":
            return settled(f"MEDIAN({taken})")
        case "percentile":
            if series.chosen in _GREATEST:
                return settled(_percentile_of_chosen(series, span))
            return settled(f"PERCENTILE({taken},{number(series.at)})")
        case "mean" | "share":
            return settled(f"AVERAGE({taken})", size=f"MAX({span}),-MIN({span})")
        case _:
            return settled(f"SUM({taken})", size=f"MAX({span}),-MIN({span})")


def _percentile_of_chosen(series: OfSeries, span: str) -> str:
    """Return the percentile of the best or worst periods: between which two it lies is known beforehand.

    PERCENTILE takes a range or an array, and LARGE(…) side by side are neither.
    """
    place = series.at * (series.number - 1)
    below = int(place)
    part = place - below

    def chosen(rising: int) -> str:
        if series.chosen == "lowest":
            return f"SMALL({span},{rising + 1})"
        return f"LARGE({span},{series.number - rising})"

    if part == 0.0:
        return chosen(below)
    return f"({chosen(below)}+{number(part)}*({chosen(below + 1)}-{chosen(below)}))"
