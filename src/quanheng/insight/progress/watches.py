"""When each indicator is looked at during the year: up to when its figures are, and when lights are given.

A quarterly figure asked for in May is that of March, and beside it stands what was due by March.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import narwhals as nw

from quanheng.findings.value import Value
from quanheng.periods.every import MONTHS_IN
from quanheng.periods.period import Period, parse_period
from quanheng.periods.stretch import Stretch
from quanheng.scheme.formulas.tree import names_in
from quanheng.scheme.items.item import Item, Reported
from quanheng.scheme.pace.pace import Lights, Pace
from quanheng.scheme.tree.scheme import Indicator, Scheme

if TYPE_CHECKING:
    from quanheng.data.book.book import Book

_PACE: Final = Pace()
"""Of an indicator where neither it nor the scheme says anything."""


class Watch(Value):
    """How an indicator, the `number`-th of the scheme, is looked at.

    `months` are those at whose end it gets a light, the last being that of its figures; there is none where
    the first figure of the year is not due yet. `reported`: whether somebody reports figures of it; what
    comes from ledgers and attributes alone is only counted. `paced`: not of the pace `none`.
    """

    number: int
    indicator: Indicator
    pace: Pace
    months: tuple[int, ...]
    reported: bool = True
    paced: bool = True

    @property
    def last(self) -> int | None:
        """The month up to which its figures are."""
        return self.months[-1] if self.months else None


def watches_of(
    scheme: Scheme, at: Period, *, inside: Mapping[str, frozenset[int]] | None = None
) -> tuple[Watch, ...]:
    """Return how each indicator of `scheme` is looked at from January to the end of `at`.

    `inside` has the months for which items of `every: year` are reported nevertheless: a scheme that does
    not say how often an item is reported means a year, but the data may come more often.

    Examples:
        >>> from quanheng.periods.period import parse_period
        >>> from quanheng.scheme.files.read import scheme_from_mapping
        >>> scheme = scheme_from_mapping(
        ...     {
        ...         "items": {"gdp": {"kind": "cumulative", "every": "quarter"}},
        ...         "indicators": {"output": {"measure": "gdp", "weight": 100, "rule": "percentile"}},
        ...     }
        ... )
        >>> [watch.months for watch in watches_of(scheme, parse_period("2023-08"))]
        [(3, 6)]
    """
    steps = {item.code: _step(item, (inside or {}).get(item.code, frozenset())) for item in scheme.items}
    return tuple(
        replace(_watch(indicator, scheme, at.last_month, steps), number=number)
        for number, indicator in enumerate(scheme.indicators)
    )


def months_inside(book: Book, at: Period) -> Mapping[str, frozenset[int]]:
    """Return the months of the year of `at`, up to its end, for which items of `every: year` are reported."""
    yearly = [
        item.code for item in book.scheme.items if item.every == "year" and isinstance(item.source, Reported)
    ]
    cells = book.observations.filter(nw.col("item").is_in(yearly) & ~nw.col("value").is_null())
    found: dict[str, set[int]] = {}
    for code, text in cells.select("item", "period").unique().rows():
        found.setdefault(code, set()).update(_month(text, at))
    for panel in book.panels:
        if not panel.has_period:
            continue
        for code in set(panel.items) & set(yearly):
            texts = panel.frame.filter(~nw.col(code).is_null()).select("period").unique().collect()
            months = {month for text in texts["period"].to_list() for month in _month(text, at)}
            found.setdefault(code, set()).update(months)
    return {code: frozenset(months) for code, months in found.items()}


def rounds_of(watches: Sequence[Watch], at: Period) -> Mapping[str, Stretch]:
    """Return every stretch of months that is looked at, by its last month as text; that of `at` is one."""
    months = {month for watch in watches for month in watch.months} | {at.last_month}
    return {month_name(at.year, month): Stretch.to_date(at.year, month) for month in sorted(months)}


def month_name(year: int, month: int) -> str:
    """Return a month as text, such as `2023-06`."""
    return str(Period(year=year, first_month=month, length_months=1))


def conditions_of_lights(watches: Sequence[Watch]) -> Mapping[Lights, tuple[str, ...]]:
    """Return which indicators' lights obey which conditions; those without conditions are left out."""
    found: dict[Lights, tuple[str, ...]] = {}
    for watch in watches:
        lights = watch.pace.lights
        if lights != Lights():
            found[lights] = (*found.get(lights, ()), watch.indicator.code)
    return found


def _watch(indicator: Indicator, scheme: Scheme, month: int, steps: Mapping[str, int]) -> Watch:
    pace = indicator.pace or _PACE
    used = set(names_in(indicator.measure.tree))
    items = [item for item in scheme.items if item.code in used and isinstance(item.source, Reported)]
    between = _months_between_reports(items, steps)
    last = month // between * between
    step = max(between, MONTHS_IN[pace.every])
    months = (*range(step, last, step), *((last,) if last else ()))
    paced = indicator.pace is not None or scheme.pace is None
    return Watch(number=0, indicator=indicator, pace=pace, months=months, reported=bool(items), paced=paced)


def _months_between_reports(items: Sequence[Item], steps: Mapping[str, int]) -> int:
    """Return how many months lie between two figures made of `items`; 1 where nothing is reported.

    A stock does not hold others up: between its reports it has the figure of the last one (time §2).
    """
    leading = [item for item in items if item.kind != "stock"] or items
    return max((steps[item.code] for item in leading), default=1)


def _step(item: Item, inside: frozenset[int]) -> int:
    """Return how many months lie between two figures of `item`."""
    stated = MONTHS_IN[item.every]
    lengths = (length for length in MONTHS_IN.values() if all(month % length == 0 for month in inside))
    return min(stated, next(lengths, stated)) if inside else stated


def _month(text: str, at: Period) -> tuple[int, ...]:
    """Return the last month of the period `text` if it ends in the year of `at` and no later."""
    period = parse_period(text)
    return (period.last_month,) if period.year == at.year and period.last_month <= at.last_month else ()
