"""Which reports should be in by a month, and which are not: every item a unit's indicators look at.

A report that stays away is easily overlooked: a cumulative item then counts with its last figure, and the
light says "behind" where it should say "not reported".
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

import narwhals as nw

from quanheng.data.book.frames import MISSING, Frame
from quanheng.engine.figures.looked_up.fetches import fetches_in
from quanheng.findings.value import Value
from quanheng.insight.progress.runs import TIMES, missing_in_a_row
from quanheng.periods.every import MONTHS_IN
from quanheng.periods.period import Period, parse_period
from quanheng.scheme.formulas.tree import OfSeries, names_in, parts_of
from quanheng.scheme.items.item import Item, Reported
from quanheng.scheme.tree.scheme import Indicator, Scheme

if TYPE_CHECKING:
    from quanheng.data.book.book import Book

ITEM: Final = "item"
PERIOD: Final = "period"
UNREPORTED: Final = "unreported"


class Due(Value):
    """The reports of an item that are due by a month: from which groups, for which months of the year."""

    item: Item
    groups: tuple[str, ...]
    months: tuple[int, ...]


def missing_reports(book: Book, at: Period) -> Frame:
    """Return unit, item, period (the last that is not in by `at`), times (how many in a row), by unit.

    Looked at are the items that are reported and that the unit's indicators use, from January of the year
    to the end of `at`. A cell that says "not applicable" is a report, and settles the item for that unit and
    year. A January that nobody reports where February follows is part of February (progress §3 c).
    """
    units = book.units.select("unit", "group")
    parts = [
        found for due in reports_due(book.scheme, at) if len(found := _missing(book, due, units, at.year))
    ]
    empty = units.head(0).select(
        "unit", nw.lit("").alias(ITEM), nw.lit("").alias(PERIOD), nw.lit(0, dtype=nw.Int64()).alias(TIMES)
    )
    return nw.concat([empty, *parts], how="vertical").sort("unit", ITEM)


def with_unreported(rows: Frame, missing: Frame, scheme: Scheme) -> Frame:
    """Add `unreported` to rows of unit and indicator: the period whose report is not in; null if all are.

    `missing` is what `missing_reports` found. Of several items of an indicator it is the latest period.
    """
    parts = []
    for indicator in scheme.indicators:
        items = _items_of_now(indicator)
        here = missing.filter(nw.col(ITEM).is_in(items)).group_by("unit").agg(nw.col(PERIOD).max())
        parts.append(
            here.select("unit", nw.lit(indicator.code).alias("indicator"), nw.col(PERIOD).alias(UNREPORTED))
        )
    return rows.join(nw.concat(parts, how="vertical"), on=["unit", "indicator"], how="left")


def reports_due(scheme: Scheme, at: Period) -> tuple[Due, ...]:
    """Return what is to be reported from January of the year of `at` up to its end, in the scheme's order."""
    groups: dict[str, dict[str, None]] = {}
    for indicator in scheme.indicators:
        for code in _items_of_now(indicator):
            groups.setdefault(code, {}).update(dict.fromkeys(indicator.groups))
    found = []
    for item in scheme.items:
        step = MONTHS_IN[item.every]
        months = tuple(range(step, at.last_month + 1, step))
        if item.code in groups and isinstance(item.source, Reported) and months:
            found.append(Due(item=item, groups=tuple(groups[item.code]), months=months))
    return tuple(found)


def _items_of_now(indicator: Indicator) -> list[str]:
    """Return the items whose figures of the round the indicator looks at, in each of its months too."""
    now = [fetch.item for fetch in fetches_in(indicator) if fetch.months_before == 0]
    series = (part for part in parts_of(indicator.measure.tree) if isinstance(part, OfSeries))
    return [*now, *(name for part in series for name in names_in(part.of))]


def _missing(book: Book, due: Due, units: Frame, year: int) -> Frame:
    """Return the rows of one item."""
    seen = _seen(book, due.item, year)
    months = _without_january(due.months, seen)
    asked = units.filter(nw.col("group").is_in(list(due.groups)))
    joined = asked.join(seen, on="unit", how="left").with_columns(
        nw.col("seen").fill_null(0), nw.col("settled").fill_null(value=False)
    )
    counted = joined.filter(~nw.col("settled")).with_columns(missing_in_a_row("seen", months))
    last = Period(
        year=year,
        first_month=due.months[-1] - MONTHS_IN[due.item.every] + 1,
        length_months=MONTHS_IN[due.item.every],
    )
    return counted.filter(nw.col(TIMES) > 0).select(
        "unit", nw.lit(due.item.code).alias(ITEM), nw.lit(str(last)).alias(PERIOD), nw.col(TIMES)
    )


def _seen(book: Book, item: Item, year: int) -> Frame:
    """Return unit, seen (the months reported, as powers of 2), settled (says that it does not apply)."""
    parts = [rows for rows in _reports(book, item.code) if len(rows)]
    if not parts:
        return book.units.head(0).select(
            "unit", nw.lit(0, dtype=nw.Int64()).alias("seen"), nw.lit(value=False).alias("settled")
        )
    reports = nw.concat(parts, how="vertical")
    marks = {text: _marks(text, item, year) for text in reports[PERIOD].unique().to_list()}
    marks = {text: mark for text, mark in marks.items() if mark}
    here = reports.filter(nw.col(PERIOD).is_in(list(marks)))
    column = nw.col(PERIOD).replace_strict(list(marks), list(marks.values()), return_dtype=nw.Int64())
    here = (
        here.with_columns(column.alias("mark")) if len(here) else here.with_columns(nw.lit(0).alias("mark"))
    )
    if len(parts) == 1 and sum(marks.values()) == _either(marks.values()):
        # every month stands in one row of a unit: the marks add up
        return here.group_by("unit").agg(nw.col("mark").sum().alias("seen"), nw.col("settled").max())
    months = [nw.col("mark") // 2**month % 2 for month in range(1, 13)]
    flags = [flag.max().alias(f"month{number}") for number, flag in enumerate(months, start=1)]
    by_unit = here.group_by("unit").agg(*flags, nw.col("settled").max())
    total = nw.sum_horizontal(*(nw.col(f"month{month}") * 2**month for month in range(1, 13)))
    return by_unit.select("unit", total.cast(nw.Int64()).alias("seen"), nw.col("settled"))


def _either(marks: Iterable[int]) -> int:
    """Return the months that are in one of `marks`."""
    return functools.reduce(operator.or_, marks, 0)


def _reports(book: Book, item: str) -> Iterator[Frame]:
    """Yield unit, period, settled: one frame for what is reported in cells, one for each big file."""
    cells = book.observations.filter((nw.col("item") == item) & (nw.col("state") != MISSING))
    yield cells.select("unit", PERIOD, (nw.col("state") == "not_applicable").alias("settled"))
    for panel in book.panels:
        if item in panel.items:
            period = nw.col(PERIOD) if panel.has_period else nw.lit(book.scheme.round).alias(PERIOD)
            rows = panel.frame.filter(~nw.col(item).is_null())
            yield rows.select("unit", period, nw.lit(value=False).alias("settled")).collect()


def _marks(text: str, item: Item, year: int) -> int:
    """Return the months for which a figure of the period is a report, as a sum of powers of 2.

    A sum stands for all its months; of everything else the figure is known by the period's last month.
    """
    period = parse_period(text)
    if period.year != year:
        return 0
    first = period.first_month if item.kind == "flow" else period.last_month
    return sum(2**month for month in range(first, period.last_month + 1))


def _without_january(months: Sequence[int], seen: Frame) -> tuple[int, ...]:
    """Leave out a January that nobody reports: with February it is one figure."""
    is_reported = bool((seen["seen"] // 2 % 2 == 1).any())
    return tuple(months) if is_reported or months[0] != 1 else tuple(months[1:])
