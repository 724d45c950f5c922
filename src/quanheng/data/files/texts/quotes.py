"""Rows swallowed by a quotation mark: opened in one row, closed in another, with whole rows in between."""

from __future__ import annotations

from typing import Final

import polars as pl

from quanheng.findings.collector import Collector
from quanheng.findings.finding import Kind, Location

SWALLOWED_ROWS: Final = Kind(
    code="QH345",
    severity="error",
    en="a quotation mark opened in this line is closed {rows} lines below, and swallows the rows between",
    zh="此行的引号到 {rows} 行之后才闭合，其间的行被吞入一个单元格",
    hint_en="remove the quotation mark, or close it in its line",
    hint_zh="请删除该引号，或在本行内闭合",
)


def tell_swallowed_rows(cells: pl.DataFrame, separator: str, where: Location, collector: Collector) -> bool:
    """Return whether a cell holds just what the ends of rows and whole rows would; then add a finding.

    A text of several lines is sound. But where its first line has as many separators as the row lacks, its
    last as many as stand in front of the cell, and those between as many as a row, it is rows.
    """
    width = cells.width
    found: list[tuple[int, int]] = []
    for number, column in enumerate(cells.columns):
        if not cells[column].str.contains("\n", literal=True).any():
            continue
        text = pl.col(column)
        breaks = text.str.count_matches("\n", literal=True)
        first, last = text.str.extract(r"^([^\n]*)\n"), text.str.extract(r"\n([^\n]*)$")
        swallows = (
            (breaks > 0)
            & (first.str.count_matches(separator, literal=True) == width - 1 - number)
            & (last.str.count_matches(separator, literal=True) == number)
            & (text.str.count_matches(separator, literal=True) == breaks * (width - 1))
        )
        rows = cells.with_row_index("row").filter(swallows).select("row", breaks.alias("breaks"))
        found += rows.rows()
    if not found or width == 1:
        return False
    broken = cells.select(pl.sum_horizontal(pl.all().str.count_matches("\n", literal=True).fill_null(0)))
    above = broken.to_series().cum_sum().shift(1, fill_value=0)
    for row, rows_below in sorted(found):
        line = row + 1 + above[row]
        collector.add(SWALLOWED_ROWS.at(Location(file=where.file, line=line), rows=rows_below))
    return True
