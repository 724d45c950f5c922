"""Rows that name two units: the code of one and the name of another, as after sorting one column alone."""

from __future__ import annotations

from typing import Final

import polars as pl

from quanheng.data.tables.headings import UNIT, UNIT_CODES, plain
from quanheng.data.tables.table import ROW, Table, texts_of
from quanheng.data.telling.names import Roster, shown
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Kind

_NAMES_NO_UNIT: Final = frozenset(
    {
        "地区",
        "地区名称",
        "城市",
        "市县",
        "省份",
        "区县",
        "县区",
        "区县名称",
        "街道",
        "社区",
        "村",
        "村名",
        "乡镇",
    }
)
"""Headings that may stand for where a unit lies, and not for what it is called."""
_MAY_NAME: Final = frozenset(UNIT.spellings) - _NAMES_NO_UNIT - frozenset(UNIT_CODES)

TWO_UNITS: Final = Kind(
    code="QH438",
    severity="error",
    en="the row names two units: {first!r} under {heading!r} is {one}, {second!r} under {other!r} is {two}",
    zh="该行写了两个单位：“{heading}”列的“{first}”是 {one}，“{other}”列的“{second}”是 {two}",
    hint_en="correct the code or the name; if one column was sorted alone, all rows are wrong",
    hint_zh="请更正代码或名称；若曾单独对一列排序，各行可能都已错位",
)


def tell_two_units(table: Table, units: pl.Series, roster: Roster, collector: Collector) -> None:
    """Add an error for each row of `table` with a second column that names another unit than its own."""
    for column in table.others:
        if plain(table.headings[column]) in _MAY_NAME:
            _tell(table, column, units, roster, collector)


def _tell(table: Table, column: int, units: pl.Series, roster: Roster, collector: Collector) -> None:
    texts = texts_of(table.body[str(column)])
    rows = pl.DataFrame(
        {
            ROW: table.body[ROW],
            "one": units,
            "two": roster.find(texts).index,
            "first": table.texts("unit"),
            "second": texts,
        }
    )
    heading, other = shown(table.headings[table.known["unit"]]), shown(table.headings[column])
    collector.tell(
        TWO_UNITS,
        rows.filter(pl.col("one") != pl.col("two")),
        lambda row: table.location(row[ROW], column),
        lambda row: {
            "first": shown(row["first"]),
            "second": shown(row["second"]),
            "one": shown(roster.codes[row["one"]]),
            "two": shown(roster.codes[row["two"]]),
            "heading": heading,
            "other": other,
        },
    )
