"""The decimal sign of a text file: the point, or the comma where the cells are separated by something else.

A spreadsheet that writes semicolons does so because its decimal sign is the comma. Which sign it is, is told
by numbers that can be read in one way only: `12,5`, `0,784` and `1.234,5` have a decimal comma; `12.5` and
`1,234.5` a point. `6,125` alone may be 6.125 or 6125, and nothing is taken.
"""

from __future__ import annotations

from typing import Final

import polars as pl

from quanheng.findings.collector import Collector
from quanheng.findings.finding import Kind, Location
from quanheng.findings.text import Text
from quanheng.findings.value import Value

_END: Final = r"\s*%?\s*$"
_START: Final = r"^\s*[+-]?"
_GAP: Final = "[. \u00a0\u202f]"
_PERIOD: Final = r"^\s*[12]\d{3}\.\d{1,2}\s*$"
_COMMA: Final = (
    rf"{_START}(?:0,\d+|\d{{1,3}}(?:{_GAP}\d{{3}})+,\d+|\d+,(?:\d{{1,2}}|\d{{4,}})|\d{{4,}},\d{{3}}"
    rf"|\d{{1,3}}(?:\.\d{{3}}){{2,}}){_END}"
)
_POINT: Final = (
    rf"{_START}(?:0?\.\d+|\d{{1,3}}(?:,\d{{3}})+\.\d+|\d+\.(?:\d{{1,2}}|\d{{4,}})|\d{{4,}}\.\d{{3}}"
    rf"|\d{{1,3}}(?:,\d{{3}}){{2,}}){_END}"
)
_EITHER_COMMA: Final = rf"{_START}[1-9]\d{{0,2}},\d{{3}}{_END}"
_EITHER_POINT: Final = rf"{_START}[1-9]\d{{0,2}}\.\d{{3}}{_END}"
_NUMBER: Final = rf"{_START}\d[\d., \u00a0\u202f]*{_END}"
_HEADINGS: Final = 3
"""So many texts more than numbers may stand in a short column of numbers: its headings."""

DECIMAL_COMMA: Final = Kind(
    code="QH346",
    severity="note",
    en="the decimal sign of this file is the comma: {example!r} was read as {meant}",
    zh="该文件的小数点写作逗号：“{example}”读作 {meant}",
    hint_en="nothing, if it is so",
    hint_zh="若属实，无需处理",
)
UNCLEAR_DECIMALS: Final = Kind(
    code="QH347",
    severity="error",
    en="it is unclear which is the decimal sign: {reason}",
    zh="小数点不明：{reason}",
    hint_en="write numbers with a decimal point and without thousands separators, or save it as .xlsx",
    hint_zh="请用小数点、不用千分位书写数字，或另存为 .xlsx",
)


THOUSANDS_COMMA: Final = Kind(
    code="QH379",
    severity="note",
    en="the comma was taken for one between thousands: {example!r} was read as {meant}",
    zh="逗号按千分位处理：“{example}”读作 {meant}",
    hint_en="nothing, if it is so; else write numbers with a decimal point",
    hint_zh="若属实，无需处理；若是小数点，请改用“.”书写",
)


class _Seen(Value):
    """For each way to write numbers the row and text of the first one met."""

    comma: tuple[int, str] | None
    point: tuple[int, str] | None
    either_comma: tuple[int, str] | None
    either_point: tuple[int, str] | None


def settle_decimals(
    cells: pl.DataFrame, separator: str, where: Location, collector: Collector
) -> pl.DataFrame | None:
    """Return `cells` with decimal points whatever the file has, or None and a finding if that is unclear."""
    columns = _columns_of_numbers(cells)
    if not columns:
        return cells
    seen = _seen(cells, columns)
    by_semicolon = separator == ";"
    if seen.comma is None and (seen.point is not None or not by_semicolon):
        if seen.point is None and seen.either_comma is not None and separator != ",":
            example = seen.either_comma[1].strip()
            meant = example.replace(",", "")
            _tell(THOUSANDS_COMMA, seen.either_comma, where, collector, example=example, meant=meant)
        return cells
    either = seen.either_comma or seen.either_point
    if seen.comma is not None and seen.point is not None:
        _tell(UNCLEAR_DECIMALS, seen.comma, where, collector, reason=_both(seen.comma[1], seen.point[1]))
        return None
    if seen.comma is None and either is not None:
        _tell(UNCLEAR_DECIMALS, either, where, collector, reason=_one(either[1]))
        return None
    if seen.comma is None:
        return cells
    meant = pl.select(_with_points(pl.lit(seen.comma[1].strip()))).item()
    _tell(DECIMAL_COMMA, seen.comma, where, collector, example=seen.comma[1].strip(), meant=meant)
    return cells.with_columns(_with_points(pl.col(column)) for column in columns)


def _columns_of_numbers(cells: pl.DataFrame) -> list[str]:
    """Return the columns that hold mostly numbers, some of them with a comma or a point."""
    facts = cells.select(
        pl.concat_list(
            pl.all().str.contains(rf"{_COMMA}|{_POINT}|{_EITHER_COMMA}|{_EITHER_POINT}").sum(),
        ).alias("signs"),
        pl.concat_list(pl.all().str.contains(_NUMBER).sum()).alias("numbers"),
        pl.concat_list((pl.all().str.strip_chars() != "").sum()).alias("texts"),
    ).row(0)
    return [
        column
        for column, signs, numbers, texts in zip(cells.columns, *facts, strict=True)
        if signs and 2 * numbers + _HEADINGS >= texts
    ]


def _seen(cells: pl.DataFrame, columns: list[str]) -> _Seen:
    numbered = cells.select(columns).with_row_index("row")

    def first(pattern: str, but: str | None = None) -> tuple[int, str] | None:
        for column in columns:
            fits = pl.col(column).str.contains(pattern)
            found = numbered.filter(fits if but is None else fits & ~pl.col(column).str.contains(but)).head(1)
            if found.height:
                row, text = found.select("row", column).row(0)
                return row + 1, text
        return None

    return _Seen(
        comma=first(_COMMA),
        point=first(_POINT, but=_PERIOD),
        either_comma=first(_EITHER_COMMA),
        either_point=first(_EITHER_POINT),
    )


def _with_points(text: pl.Expr) -> pl.Expr:
    """Return numbers with a decimal comma as ones with a point; other texts as they stand."""
    bare = text.str.replace_all(_GAP, "").str.replace(",", ".", literal=True)
    return (
        pl.when(text.str.contains(_COMMA) | text.str.contains(_EITHER_COMMA))
        .then(bare)
        .when(text.str.contains(_EITHER_POINT))
        .then(text.str.replace(".", "", literal=True))
        .otherwise(text)
    )


def _both(comma: str, point: str) -> Text:
    return Text(
        en=f"{comma.strip()!r} is written with a comma, {point.strip()!r} with a point",
        zh=f"“{comma.strip()}”用逗号，“{point.strip()}”用点",
    )


def _one(text: str) -> Text:
    bare = text.strip()
    decimal, thousands = bare.replace(",", "."), bare.replace(",", "").replace(".", "")
    return Text(
        en=f"{bare!r} may be {decimal} or {thousands}",
        zh=f"“{bare}”可能是 {decimal}，也可能是 {thousands}",
    )


def _tell(kind: Kind, at: tuple[int, str], where: Location, collector: Collector, **facts: object) -> None:
    collector.add(kind.at(Location(file=where.file, line=at[0]), **facts))
