"""Csv files as people save them: UTF-8 with or without a mark, or GB18030; commas, semicolons or tabs."""

from __future__ import annotations

import codecs
import csv
import io
from typing import Final

import polars as pl

from quanheng.data.tables.table import Sheet
from quanheng.data.telling import limits
from quanheng.data.telling.findings import EMPTY_FILE, TOO_MANY_COLUMNS, TOO_MANY_ROWS
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Kind, Location

_SEPARATORS: Final = (",", "\t", ";")
_OTHER_ALPHABETS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


NOT_TEXT: Final = Kind(
    code="QH308",
    severity="error",
    en="this is no csv text: it is neither UTF-8 nor GB18030",
    zh="不是 csv 文本：编码既非 UTF-8 也非 GB18030",
    hint_en="save it again as 'CSV UTF-8'",
    hint_zh="请另存为“CSV UTF-8”",
)


def read_csv(content: bytes, *, file: str, collector: Collector) -> Sheet | None:
    """Return the cells of the csv text `content`, or None and a finding if it is none.

    `file` is the name findings give it.
    """
    where = Location(file=file)
    text = _decode(content)
    if text is None:
        collector.add(NOT_TEXT.at(where))
        return None
    if not text.strip():
        collector.add(EMPTY_FILE.at(where))
        return None
    if "\n" not in text:
        text = text.replace("\r", "\n")
    separator = _separator_of(text)
    if not _fits(text, separator, where, collector):
        return None
    cells = _read_fast(text, separator)
    if cells is None:
        cells = _read_slowly(text, separator, where, collector)
    return None if cells is None else Sheet(file=file, sheet=None, cells=cells)


def _decode(content: bytes) -> str | None:
    if content.startswith(_OTHER_ALPHABETS) or b"\0" in content:
        return None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _separator_of(text: str) -> str:
    """Return the separator that stands most often in the first line with text; a comma if none does."""
    first = next((line for line in text[:100_000].splitlines() if line.strip()), "")
    return max(_SEPARATORS, key=first.count)


def _fits(text: str, separator: str, where: Location, collector: Collector) -> bool:
    """Return whether the table is one to be read, else add a finding; looks at lines, so quickly."""
    columns = 1 + text[: text.find("\n", len(text) - len(text.lstrip()))].count(separator)
    if columns > limits.COLUMNS:
        collector.add(TOO_MANY_COLUMNS.at(where, columns=columns, most=limits.COLUMNS))
        return False
    rows = text.count("\n") + (not text.endswith("\n"))
    if rows > limits.ROWS:
        collector.add(TOO_MANY_ROWS.at(where, rows=rows, most=limits.ROWS))
        return False
    return True


def _read_fast(text: str, separator: str) -> pl.DataFrame | None:
    """Return the cells, or None if some row has more of them than the first, or the quotes are wrong."""
    try:
        cells = pl.read_csv(
            text.encode(),
            has_header=False,
            infer_schema=False,
            separator=separator,
            missing_columns="insert",
            extra_columns="raise",
        )
    except pl.exceptions.PolarsError:
        return None
    return cells.rename({column: str(number) for number, column in enumerate(cells.columns)})


BROKEN_CSV: Final = Kind(
    code="QH309",
    severity="error",
    en="the csv cannot be taken apart: {reason}",
    zh="无法解析 csv：{reason}",
    hint_en="check the quotation marks near this line, or save it again from the spreadsheet",
    hint_zh="请检查该行附近的引号，或从表格软件重新另存",
)


def _read_slowly(text: str, separator: str, where: Location, collector: Collector) -> pl.DataFrame | None:
    """Return the cells of rows of unequal length, the short ones filled up, or None and a finding."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[list[str]] = []
    width = 0
    try:
        for row in reader:
            rows.append(row)
            width = max(width, len(row))
            if width > limits.COLUMNS:
                collector.add(TOO_MANY_COLUMNS.at(where, columns=width, most=limits.COLUMNS))
                return None
            if len(rows) * width > limits.SHEET_AREA:
                collector.add(TOO_MANY_ROWS.at(where, rows=len(rows), most=limits.SHEET_AREA // width))
                return None
    except csv.Error as error:
        at = Location(file=where.file, line=reader.line_num)
        collector.add(BROKEN_CSV.at(at, reason=error))
        return None
    columns = {
        str(number): [row[number] or None if number < len(row) else None for row in rows]
        for number in range(width)
    }
    return pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))
