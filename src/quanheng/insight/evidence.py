"""An unusual report and its evidence in words, with the place it was written."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from quanheng.data.book import Book
from quanheng.data.cells import text_of_number
from quanheng.data.periods import Period, parse_period
from quanheng.errors import DataError
from quanheng.findings import NOWHERE, Finding, Place
from quanheng.insight import unusual_kinds as kinds
from quanheng.insight.signs import SignName
from quanheng.scheme.text import Text

_DIGITS: Final = 12
"""Differences of figures are shown without the last digits, which are the computer's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One unusual report; `quanheng.insight.unusual.Unusual` says what the fields mean.

    For a landing, `before` is the target it lies on, None for a threshold.
    """

    sign: SignName
    unit: str
    code: str
    period: str
    value: float
    strength: float
    earlier: str | None = None
    before: float | None = None
    change: float | None = None
    usual: float | None = None
    logarithmic: bool = False
    facts: Mapping[str, float] = field(default_factory=dict)


def finding_of(report: Report, book: Book) -> Finding:
    """Return the finding that tells of `report`."""
    names = _names(report, book)
    where = _place(report, book)
    match report.sign:
        case "fall":
            return kinds.FALL.at(where, **names, **_compared(report))
        case "jump":
            return kinds.JUMP.at(
                where, **names, **_compared(report), **_moved(report), strength=f"{report.strength:.1f}"
            )
        case "against":
            return kinds.AGAINST.at(where, **names, **_moved(report), **_counted(report))
        case "copy":
            return kinds.COPY.at(where, **names, **_compared(report), **_counted(report))
        case "landing":
            hits = text_of_number(report.facts["hits"])
            return kinds.LANDING.at(
                where, **names, **_aim(report), part=_number(report.value), hits=hits, **_counted(report)
            )


def change_text(change: float, *, logarithmic: bool) -> str:
    """Return a change as people write it.

    Examples:
        >>> change_text(0.4054651, logarithmic=True), change_text(-1.25, logarithmic=False)
        ('+50.0%', '-1.25')
    """
    return f"{100 * math.expm1(change):+.1f}%" if logarithmic else f"{change:+.4g}"


def _names(report: Report, book: Book) -> Mapping[str, str]:
    named = {item.code: item.name for item in book.scheme.items}
    if report.sign == "landing":
        named = {each.code: each.name for each in book.scheme.indicators}
    name = named.get(report.code, Text())
    called = book.units.filter(book.units["unit"] == report.unit)["name"].to_list()
    unit = called[0] if called and called[0] else report.unit
    return {
        "item_en": name.en or name.zh or report.code,
        "item_zh": name.zh or name.en or report.code,
        "unit": unit if unit == report.unit else f"{unit} [{report.unit}]",
        "period": report.period,
    }


def _compared(report: Report) -> Mapping[str, str]:
    return {
        "part": _number(report.value),
        "before": _number(report.before),
        "earlier": report.earlier or "",
    }


def _moved(report: Report) -> Mapping[str, str]:
    return {
        "change": change_text(report.change or 0.0, logarithmic=report.logarithmic),
        "usual": change_text(report.usual or 0.0, logarithmic=report.logarithmic),
    }


def _counted(report: Report) -> Mapping[str, str]:
    return {
        "count": text_of_number(report.facts["count"]),
        "share": f"{100 * report.facts['share']:.1f}%",
    }


def _aim(report: Report) -> Mapping[str, str]:
    value = _number(report.value)
    if report.before is None:
        return {"aim_en": f"the threshold {value}", "aim_zh": f"分档线 {value}"}
    target = _number(report.before)
    return {"aim_en": f"its target {target}", "aim_zh": f"目标值 {target}"}


def _number(value: float | None) -> str:
    return "" if value is None else text_of_number(float(f"{value:.{_DIGITS}g}"))


def _place(report: Report, book: Book) -> Place:
    """Return where the figure was read, under whichever length of period it was reported."""
    if report.sign == "landing":
        return NOWHERE
    own = parse_period(report.period)
    summed = any(item.code == report.code and item.kind == "flow" for item in book.scheme.items)
    for period in (own,) if summed else _same_end(own):
        places = book.source_of(report.code, report.unit, str(period))
        if places:
            return places[0]
    return NOWHERE


def _same_end(period: Period) -> Iterator[Period]:
    """Yield the periods that end with `period`, the longest first, as the longest counts."""
    for length in (12, 6, 3, 1):
        try:
            yield Period(year=period.year, first_month=period.last_month - length + 1, length_months=length)
        except DataError:
            continue
