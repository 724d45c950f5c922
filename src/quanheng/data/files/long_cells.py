"""Cells with more text than a spreadsheet can hold: nobody wrote them, and looking at them takes long."""

from __future__ import annotations

from typing import Final

import polars as pl

from quanheng.data.cells.addresses import letters_of
from quanheng.data.telling import limits
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Kind, Location

LONG_CELL: Final = Kind(
    code="QH626",
    severity="error",
    en="the cell has {length} characters, more than the {most} that are read",
    zh="该单元格有 {length} 个字符，超过可读取的 {most} 个",
    hint_en="shorten it; in a text file check the quotation marks around it",
    hint_zh="请缩短；如为文本文件，请检查其前后的引号",
)


def tell_long_cells(cells: pl.DataFrame, where: Location, collector: Collector) -> bool:
    """Add an error for the first cell of each column that is too long; return whether there is one.

    Examples:
        >>> collector = Collector()
        >>> cells = pl.DataFrame({"0": ["unit", "x" * 40_000]})
        >>> tell_long_cells(cells, Location(file="units.csv"), collector)
        True
        >>> print(collector.findings()[0].text("en").splitlines()[0])
        units.csv:2: error QH626 the cell has 40000 characters, more than the 32767 that are read
    """
    if cells.is_empty():
        return False
    longest = cells.select(pl.all().str.len_bytes().max()).row(0)
    found = False
    for number, size in enumerate(longest):
        if size is None or size <= limits.CELL_CHARACTERS:
            continue
        lengths = cells[:, number].str.len_chars()
        for row in (lengths > limits.CELL_CHARACTERS).arg_true().head(1):
            address = f"{letters_of(number)}{row + 1}"
            place = (
                Location(file=where.file, line=row + 1)
                if where.sheet is None
                else Location(file=where.file, sheet=where.sheet, cell=address)
            )
            collector.add(LONG_CELL.at(place, length=lengths[row], most=limits.CELL_CHARACTERS))
            found = True
    return found
