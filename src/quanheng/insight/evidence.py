"""The evidence of an unusual report in words."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

from quanheng.data.book import Book
from quanheng.data.cells import text_of_number
from quanheng.findings.finding import Finding, Place
from quanheng.findings.text import Text
from quanheng.insight import unusual_kinds as kinds
from quanheng.insight.report import Report
from quanheng.insight.reported_places import places_of
from quanheng.scheme.model import Scheme

_DIGITS: Final = 12
"""Differences of figures are shown without the last digits, which are the computer's."""


def findings_of(reports: Sequence[Report], book: Book) -> tuple[Finding, ...]:
    """Return the finding that tells of each of `reports`, with the place its figure was read from."""
    places = places_of(reports, book)
    units = dict(book.units.select("unit", "name").rows()) if reports else {}
    return tuple(
        _finding(report, _names(report, book.scheme, units), place)
        for report, place in zip(reports, places, strict=True)
    )


def _finding(report: Report, names: Mapping[str, str], where: Place) -> Finding:
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


def _names(report: Report, scheme: Scheme, units: Mapping[str, str | None]) -> Mapping[str, str]:
    named = scheme.indicators if report.sign == "landing" else scheme.items
    name = next((each.name for each in named if each.code == report.code), Text())
    unit = units.get(report.unit) or report.unit
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
