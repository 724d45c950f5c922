"""Rows with fewer cells than the table has headings: a cell may be lost, so that all behind it shift."""

from __future__ import annotations

from typing import Final

import polars as pl

from quanheng.data.tables.table import ROW, Sheet
from quanheng.data.telling.names import shown
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Kind, Location

_LISTED: Final = 10
_OTHERS: Final = (",", ";", "\t", "|", "，", "；")

SHORT_ROWS: Final = Kind(
    code="QH350",
    severity="warning",
    en="{number} rows have fewer cells than there are headings ({headings}): lines {lines}; the cells "
    "missing at their ends were taken as empty",
    zh="有 {number} 行的单元格少于表头（{headings} 列）：第 {lines} 行；缺少的末尾各格按空白读取",
    hint_en="nothing, if only cells at the end are empty; else put the lost cell back in its place",
    hint_zh="若只是末尾各格为空，无需处理；否则请补回漏掉的单元格",
)
OTHER_SEPARATOR: Final = Kind(
    code="QH351",
    severity="error",
    en="the row is one cell, {text!r}: its separator is not that of the other rows",
    zh="该行只有一个单元格“{text}”：分隔符与其他行不同",
    hint_en="separate all rows in the same way",
    hint_zh="请使各行的分隔符一致",
)


def tell_short_rows(sheet: Sheet, start: int, headings: int, collector: Collector) -> None:
    """Add a finding for rows from `start` on with fewer cells than `headings`; one cell alone is a remark."""
    if sheet.widths is None:
        return
    rows = pl.DataFrame(
        {ROW: range(1, sheet.cells.height + 1), "width": sheet.widths, "text": sheet.cells[:, 0]}
    )
    rows = rows.slice(start)
    short = rows.filter(pl.col("width").is_between(2, headings - 1))[ROW]
    if short.len():
        lines = ", ".join(str(row) for row in short.head(_LISTED)) + (" …" if short.len() > _LISTED else "")
        where = Location(file=sheet.file, sheet=sheet.sheet)
        collector.add(SHORT_ROWS.at(where, number=short.len(), headings=headings, lines=lines))
    if headings > 1:
        text = pl.col("text")
        alike = pl.any_horizontal(
            text.str.count_matches(other, literal=True) == headings - 1 for other in _OTHERS
        )
        digits = text.str.contains(r"\d\s*$")
        collector.tell(
            OTHER_SEPARATOR,
            rows.filter((pl.col("width") == 1) & alike & digits),
            lambda row: Location(file=sheet.file, sheet=sheet.sheet, line=row[ROW]),
            lambda row: {"text": shown(row["text"])},
        )
