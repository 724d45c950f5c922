"""The evidence of an unusual report in words."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

from quanheng.data.book.book import Book
from quanheng.data.cells.number_texts import text_of_number
from quanheng.data.figures.laws_of_size import BESIDE_UNITS, OTHER_MAGNITUDE
from quanheng.data.figures.magnitudes import POWER, cause_text, factor_text
from quanheng.findings.finding import Finding, Kind, Location
from quanheng.findings.text import Text
from quanheng.insight.unusual.cells import locations_of
from quanheng.insight.unusual.signs import Report
from quanheng.scheme.tree.scheme import Scheme

_DIGITS: Final = 12
"""Differences of figures are shown without the last digits, which are the computer's."""


def findings_of(reports: Sequence[Report], book: Book) -> tuple[Finding, ...]:
    """Return the finding that tells of each of `reports`, with the location its figure was read from."""
    locations = locations_of(reports, book)
    units = dict(book.units.select("unit", "name").rows()) if reports else {}
    measured_in = {item.code: item.measured_in for item in book.scheme.items}
    return tuple(
        _finding(report, _names(report, book.scheme, units), measured_in.get(report.code, ""), location)
        for report, location in zip(reports, locations, strict=True)
    )


_ASK_EN: Final = "ask for the reason before the figure is accepted; correct it or note why it is right"
_ASK_ZH: Final = "采用前请核实原因：有误的更正，属实的注明理由"

JUMP: Final = Kind(
    code="QH590",
    severity="warning",
    en="{item} of {unit} in {period} jumps: {part} after {before} in {earlier} ({change}, all units "
    "{usual}), {strength} times its usual spread",
    zh="{unit} {period} 的{item}突变：当期 {part}，{earlier} 为 {before}（{change}，全部单位中位 "
    "{usual}），偏离达其平时波动的 {strength} 倍",
    hint_en=_ASK_EN,
    hint_zh=_ASK_ZH,
)
FALL: Final = Kind(
    code="QH591",
    severity="warning",
    en="{item} of {unit} in {period} is cumulative and falls: {part} after {before} in {earlier}",
    zh="{unit} {period} 的{item}是累计数却下降：{part}，{earlier} 为 {before}",
    hint_en="find out whether an earlier figure was too high, or one of the month was reported as cumulative",
    hint_zh="请核实是前期多报，还是把当月数误作累计数",
)
COPY: Final = Kind(
    code="QH592",
    severity="warning",
    en="{item} of {unit} in {period} is exactly that of {earlier}: {part}; of {count} earlier figures of "
    "all units {share} were such a repetition",
    zh="{unit} {period} 的{item}与 {earlier} 完全相同：{part}；此前全部单位的 {count} 个数据中，"
    "重复的占 {share}",
    hint_en="ask whether the figure was carried forward because the new one was not ready",
    hint_zh="请核实是否因新数据未出而沿用旧数",
)
AGAINST: Final = Kind(
    code="QH593",
    severity="warning",
    en="{item} of {unit} in {period} moves against the others: {change}, while {share} of the other "
    "{count} units went the other way (all units {usual})",
    zh="{unit} {period} 的{item}与其他单位走势相反：{change}，其余 {count} 个单位中 {share} 反向"
    "（全部单位中位 {usual}）",
    hint_en=_ASK_EN,
    hint_zh=_ASK_ZH,
)
LANDING: Final = Kind(
    code="QH594",
    severity="warning",
    en="{item} of {unit} lands exactly on {aim} again: {part} in {period}, {hits} of {count} times so "
    "far; of the other units' figures {share} do",
    zh="{unit} 的{item}又恰好落在{aim}上：{period} 为 {part}，至今 {count} 次中有 {hits} 次；"
    "其他单位的数据有 {share} 如此",
    hint_en="look at the records behind the figure: who computes it may know the line it has to reach",
    hint_zh="请核对原始记录：填报人可能按及格线倒算",
)


def _finding(report: Report, names: Mapping[str, str | Text], measured_in: str, where: Location) -> Finding:
    match report.sign:
        case "magnitude":
            return OTHER_MAGNITUDE.at(where, **names, **_off(report, measured_in))
        case "fall":
            return FALL.at(where, **names, **_compared(report))
        case "jump":
            return JUMP.at(
                where, **names, **_compared(report), **_moved(report), strength=f"{report.strength:z.1f}"
            )
        case "against":
            return AGAINST.at(where, **names, **_moved(report), **_counted(report))
        case "copy":
            return COPY.at(where, **names, **_compared(report), **_counted(report))
        case "landing":
            hits = text_of_number(report.facts["hits"])
            return LANDING.at(
                where, **names, **_aim(report), part=_number(report.value), hits=hits, **_counted(report)
            )


def change_text(change: float, *, logarithmic: bool) -> str:
    """Return a change as people write it.

    Examples:
        >>> change_text(0.4054651, logarithmic=True), change_text(-1.25, logarithmic=False)
        ('+50.0%', '-1.25')
    """
    return f"{100 * math.expm1(change):+z.1f}%" if logarithmic else f"{change:+z.4g}"


def _names(report: Report, scheme: Scheme, units: Mapping[str, str | None]) -> Mapping[str, str | Text]:
    named = scheme.indicators if report.sign == "landing" else scheme.items
    name = next((each.name for each in named if each.code == report.code), Text())
    unit = units.get(report.unit) or report.unit
    return {
        "item": Text(zh=name.zh or name.en or report.code, en=name.en or name.zh or report.code),
        "unit": unit if unit == report.unit else f"{unit} [{report.unit}]",
        "period": report.period,
    }


def _off(report: Report, measured_in: str) -> Mapping[str, str | Text]:
    power = int(report.facts[POWER])
    return {
        "value": _number(report.value),
        "factor": factor_text(power),
        "others": BESIDE_UNITS,
        "least": _number(report.facts["least"]),
        "greatest": _number(report.facts["greatest"]),
        "more": Text(),
        "cause": cause_text(power, measured_in),
    }


def _compared(report: Report) -> Mapping[str, str | Text]:
    return {
        "part": _number(report.value),
        "before": _number(report.before),
        "earlier": report.earlier or "",
    }


def _moved(report: Report) -> Mapping[str, str | Text]:
    return {
        "change": change_text(report.change or 0.0, logarithmic=report.logarithmic),
        "usual": change_text(report.usual or 0.0, logarithmic=report.logarithmic),
    }


def _counted(report: Report) -> Mapping[str, str | Text]:
    return {
        "count": text_of_number(report.facts["count"]),
        "share": f"{100 * report.facts['share']:z.1f}%",
    }


def _aim(report: Report) -> Mapping[str, str | Text]:
    value = _number(report.value)
    if report.before is None:
        return {"aim": Text(en=f"the threshold {value}", zh=f"分档线 {value}")}
    target = _number(report.before)
    return {"aim": Text(en=f"its target {target}", zh=f"目标值 {target}")}


def _number(value: float | None) -> str:
    return "" if value is None else text_of_number(float(f"{value:z.{_DIGITS}g}"))
