"""Merged cells below a heading: names that hold for several rows, rows of no unit, and values of nobody."""

from __future__ import annotations

from typing import Final

import polars as pl

from quanheng.data.cells.addresses import Merge
from quanheng.data.cells.numbers import IS_UNREADABLE, read_numbers
from quanheng.data.tables.strangers.rows import is_of_the_foot, is_total
from quanheng.data.tables.table import ROW, Sheet, Table
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Kind, Location

_MERGED_DOWN: Final = frozenset({"unit", "period", "item", "indicator"})
"""Columns whose cells people merge over the rows they hold for."""
_REMARKS: Final = frozenset({"note", "reason", "evidence"})

MERGED_VALUES: Final = Kind(
    code="QH325",
    severity="error",
    en="the cells {cells} are merged, so it is unclear whose value this is",
    zh="单元格 {cells} 已合并，无法判断数值归属",
    hint_en="unmerge them and fill in each",
    hint_zh="请取消合并并逐格填写",
)


def with_merges_settled(sheet: Sheet, table: Table, start: int, collector: Collector) -> Table:
    """Fill names that are merged downwards; a merged value is a finding, for it is unclear whose it is.

    A merged row of no unit is none: a section or a remark that stands alone, a total, a line of the foot.
    """
    names = {column for key, column in table.known.items() if key in _MERGED_DOWN}
    used = {*table.others, *table.known.values()}
    remarks = {column for key, column in table.known.items() if key in _REMARKS}
    filled: dict[int, dict[int, str]] = {column: {} for column in names}
    unclear: list[Merge] = []
    for merge in sheet.merged:
        text = sheet.cells[merge.top, merge.left]
        if merge.top < start or not text:
            continue
        columns = set(range(merge.left, merge.right + 1))
        if merge.left == merge.right and merge.left in names:
            filled[merge.left].update(dict.fromkeys(range(merge.top + 1, merge.bottom + 2), text))
        elif merge.left not in names and (columns & used) - remarks:
            unclear.append(merge)
    body = table.body
    for column, texts in filled.items():
        if texts:
            text = pl.col(ROW).replace_strict(list(texts), list(texts.values()), default=None)
            body = body.with_columns(pl.coalesce(text, pl.col(str(column))).alias(str(column)))
    for merge in unclear:
        if not _is_of_nobody(merge, body):
            where = Location(file=sheet.file, sheet=sheet.sheet, cell=str(merge))
            collector.add(MERGED_VALUES.at(where, cells=merge))
    return table.with_body(body)


def _is_of_nobody(merge: Merge, body: pl.DataFrame) -> bool:
    """Return whether `merge` is a text that names no unit: alone in its rows, or a total or foot in one."""
    rows = body.filter(pl.col(ROW).is_between(merge.top + 1, merge.bottom + 1)).drop(ROW)
    texts = rows.select(pl.concat_list(pl.all().cast(pl.String)).list.drop_nulls().explode()).to_series()
    if texts.len() == 1:
        return not _holds_numbers(texts)
    text = rows.select(pl.col(str(merge.left)).cast(pl.String)).to_series().drop_nulls()
    told = text.to_frame("text").select(is_total(pl.col("text")) | is_of_the_foot(pl.col("text")))
    return merge.top == merge.bottom and told.to_series().any()


def _holds_numbers(texts: pl.Series) -> bool:
    return IS_UNREADABLE not in read_numbers(texts)["state"]
