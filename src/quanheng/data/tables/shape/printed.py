"""Headings that stand again in the middle of a table, as they do on each page of a printed one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import polars as pl

from quanheng.data.tables.table import ROW, Sheet
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Kind, Location

_LEAST: Final = 2
"""A row of fewer cells is no heading."""

HEADING_AGAIN: Final = Kind(
    code="QH359",
    severity="note",
    en="rows passed over, for they are the heading again ({number}): {words}",
    zh="以下 {number} 行是重复的表头，未读取：{words}",
    hint_en="nothing",
    hint_zh="无需处理",
)


def without_repeated_headings(
    body: pl.DataFrame, sheet: Sheet, heading: Iterable[int], collector: Collector
) -> pl.DataFrame:
    """Return `body`, rows of `sheet`, without those that say what one of the rows of the heading says."""
    names = [name for name in body.columns if name != ROW]
    tidy = [pl.col(name).str.strip_chars().fill_null("") for name in names]
    again = pl.lit(value=False)
    for number in heading:
        texts = [(text or "").strip() for text in sheet.cells.row(number)]
        if sum(bool(text) for text in texts) >= _LEAST:
            again |= pl.all_horizontal(cell == text for cell, text in zip(tidy, texts, strict=True))
    rows = body.filter(again)
    if rows.is_empty():
        return body
    where = Location(file=sheet.file, sheet=sheet.sheet, line=rows[ROW][0])
    collector.gather(HEADING_AGAIN, where, {str(row): 1 for row in rows[ROW]})
    return body.filter(~again)
