"""Text files with tables as people and programs save them; what is not plain UTF-8 with commas is told."""

from __future__ import annotations

import csv
import io
from pathlib import PurePath
from typing import Final

import polars as pl

from quanheng.data.files.magic import A_WEB_PAGE, A_WORKBOOK, NOT_WHAT_IT_IS_CALLED, sort_of
from quanheng.data.files.texts.decimals import settle_decimals
from quanheng.data.files.texts.decoding import Decoded, decode
from quanheng.data.files.texts.quotes import tell_swallowed_rows
from quanheng.data.files.texts.separators import SEPARATORS, Separated, separator_of
from quanheng.data.tables.table import Sheet
from quanheng.data.telling import limits
from quanheng.data.telling.findings import EMPTY_FILE, TOO_MANY_COLUMNS, TOO_MANY_ROWS
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Kind, Location
from quanheng.findings.text import Text

READ_AS: Final = Kind(
    code="QH349",
    severity="note",
    en="the file was read as {encoding}, its cells separated by {separator}",
    zh="该文件按 {encoding} 编码、以{separator}分隔读取",
    hint_en="nothing, if its names and figures came out right; 'CSV UTF-8' leaves no doubt",
    hint_zh="名称和数据无误则无需处理；另存为“CSV UTF-8”最稳妥",
)


def read_csv(content: bytes, *, file: str, collector: Collector) -> Sheet | None:
    """Return the cells of the text `content`, or None and a finding if it is none.

    `file` is the name findings give it.
    """
    where = Location(file=file)
    sort = sort_of(content)
    if sort != "other":
        what = A_WEB_PAGE if sort == "web page" else A_WORKBOOK
        collector.add(NOT_WHAT_IT_IS_CALLED.at(where, suffix=PurePath(file).suffix, what=what))
        return None
    decoded = decode(content, where)
    if not isinstance(decoded, Decoded):
        collector.add(decoded)
        return None
    if not decoded.text.strip():
        collector.add(EMPTY_FILE.at(where))
        return None
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    separated = separator_of(text, where)
    if not isinstance(separated, Separated):
        collector.add(separated)
        return None
    separator = separated.separator
    if decoded.encoding != "UTF-8" or separator != ",":
        facts = {"encoding": decoded.encoding, "separator": SEPARATORS[separator]}
        collector.add(READ_AS.at(where, **facts))
    return _read(text, separated, where, collector)


def _read(text: str, separated: Separated, where: Location, collector: Collector) -> Sheet | None:
    """Return the cells of `text`; the row that states the separator stays as an empty one."""
    separator = separated.separator
    rest = text[separated.stated :]
    if not _fits(rest, separator, where, collector):
        return None
    cells = _read_fast(rest, separator)
    if cells is None:
        cells = _read_slowly(rest, separator, where, collector)
    if cells is None or ('"' in rest and tell_swallowed_rows(cells, separator, where, collector)):
        return None
    widths = _widths(rest, separator, cells)
    if separated.stated:
        cells = pl.concat([cells.clear(1), cells])
        widths = None if widths is None else pl.concat([pl.Series(widths.name, [0], dtype=pl.UInt32), widths])
    settled = cells if separator == "," else settle_decimals(cells, separator, where, collector)
    return None if settled is None else Sheet(file=where.file, sheet=None, cells=settled, widths=widths)


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
_UNCLOSED: Final = Text(
    en="a quotation mark opened in this line is never closed", zh="此行打开的引号一直没有闭合"
)
_TEXT_BEHIND: Final = Text(
    en="text stands behind a closing quotation mark in the row that begins here",
    zh="从此行开始的一行中，闭合引号后还有文字",
)


def _read_slowly(text: str, separator: str, where: Location, collector: Collector) -> pl.DataFrame | None:
    """Return the cells of rows of unequal length, the short ones filled up, or None and a finding."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[list[str]] = []
    width = 0
    begun = 1
    try:
        for row in reader:
            rows.append(row)
            begun = reader.line_num + 1
            width = max(width, len(row))
            if width > limits.COLUMNS:
                collector.add(TOO_MANY_COLUMNS.at(where, columns=width, most=limits.COLUMNS))
                return None
            if len(rows) * width > limits.SHEET_AREA:
                collector.add(TOO_MANY_ROWS.at(where, rows=len(rows), most=limits.SHEET_AREA // width))
                return None
    except csv.Error as error:
        reason = _TEXT_BEHIND if "expected after" in str(error) else _UNCLOSED
        collector.add(BROKEN_CSV.at(Location(file=where.file, line=begun), reason=reason))
        return None
    columns = {
        str(number): [row[number] or None if number < len(row) else None for row in rows]
        for number in range(width)
    }
    return pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))


def _widths(text: str, separator: str, cells: pl.DataFrame) -> pl.Series | None:
    """Return how many cells each row has; None if all have the same number."""
    if not cells[:, -1].has_nulls():
        return None
    if '"' in text:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        return pl.Series("widths", [len(row) for row in reader], dtype=pl.UInt32)
    lines = pl.read_csv(
        text.encode(), has_header=False, infer_schema=False, separator="\x1f", quote_char=None
    ).to_series()
    widths = lines.str.count_matches(separator, literal=True) + 1
    return widths.fill_null(0).cast(pl.UInt32).alias("widths")
