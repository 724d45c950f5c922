"""Where the figures of reports were read from: each table is looked through once, however many there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import narwhals as nw

from quanheng.data.book.book import Book
from quanheng.data.book.panels import Panel
from quanheng.findings.finding import NOWHERE, Location
from quanheng.insight.unusual.signs import Report
from quanheng.periods.every import MONTHS_IN
from quanheng.periods.period import Period, parse_period

_Key: TypeAlias = tuple[str, str, str]
"""Item, unit, period."""


def locations_of(reports: Sequence[Report], book: Book) -> tuple[Location, ...]:
    """Return where the figure of each report stands; that of a measure stands nowhere.

    A figure may be reported for a longer period with the same end (time §1 b): the place is the one of the
    longest, as that is the one that counts. A flow is one of its own period.
    """
    wanted = [() if report.sign == "landing" else _keys(report, book) for report in reports]
    keys = {key for some in wanted for key in some}
    if not keys:
        return (NOWHERE,) * len(reports)
    known = {**_in_panels(keys, book), **_in_observations(keys, book)}
    return tuple(next((known[key] for key in some if key in known), NOWHERE) for some in wanted)


def _keys(report: Report, book: Book) -> tuple[_Key, ...]:
    """Return under which keys the figure may stand, the one that counts first."""
    own = parse_period(report.period)
    summed = any(item.code == report.code and item.kind == "flow" for item in book.scheme.items)
    lengths = (own.length_months,) if summed else tuple(MONTHS_IN.values())
    periods = [
        Period(year=own.year, first_month=own.last_month - length + 1, length_months=length)
        for length in lengths
        if own.last_month % length == 0
    ]
    return tuple((report.code, report.unit, str(period)) for period in periods)


def _in_observations(keys: set[_Key], book: Book) -> Mapping[_Key, Location]:
    items, units, periods = (sorted({key[at] for key in keys}) for at in range(3))
    rows = book.observations.filter(
        nw.col("item").is_in(items) & nw.col("unit").is_in(units) & nw.col("period").is_in(periods)
    ).select("item", "unit", "period", "file", "sheet", "cell")
    return {
        (item, unit, period): Location(file=file, sheet=sheet, cell=cell)
        for item, unit, period, file, sheet, cell in rows.iter_rows()
        if (item, unit, period) in keys
    }


def _in_panels(keys: set[_Key], book: Book) -> Mapping[_Key, Location]:
    found: dict[_Key, Location] = {}
    for panel in book.panels:
        own = [key for key in keys if key[0] in panel.items]
        rows = _rows_of(panel, own) if own and panel.has_period else {}
        found.update(
            (key, Location(file=panel.file, cell=f"{rows[key[1:]]}:{panel.headings[key[0]]}"))
            for key in own
            if key[1:] in rows
        )
    return found


def _rows_of(panel: Panel, keys: Sequence[_Key]) -> Mapping[tuple[str, ...], int]:
    """Return the number of the row of each unit and period in the panel's file, counted from 1."""
    units, periods = sorted({key[1] for key in keys}), sorted({key[2] for key in keys})
    numbered = nw.from_native(panel.frame.to_native().with_row_index("row", offset=1))
    rows = numbered.filter(nw.col("unit").is_in(units) & nw.col("period").is_in(periods))
    found = rows.select("unit", "period", "row").collect()
    return {(unit, period): number for unit, period, number in found.iter_rows()}
