"""Text files with tables as people and programs save them; what is not plain UTF-8 with commas is told."""

from __future__ import annotations

import csv
import io
from pathlib import PurePath
from typing import Final

import polars as pl

from quanheng.data.files.long_cells import tell_long_cells
from quanheng.data.files.magic import A_WEB_PAGE, A_WORKBOOK, NOT_WHAT_IT_IS_CALLED, sort_of
from quanheng.data.files.texts.decimals import settle_decimals
from quanheng.data.files.texts.decoding import Decoded, decode
from quanheng.data.files.texts.quotes import tell_swallowed_rows
from quanheng.data.files.texts.separators import SEPARATORS, Separated, separator_of
from quanheng.data.tables.table import Sheet
from quanheng.data.telling import limits
from quanheng.data.telling.findings import EMPTY_FILE, TOO_MANY_COLUMNS, TOO_MANY_ROWS
from quanheng.data.telling.room import Room
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Kind, Location
from quanheng.findings.text import Text

_MEBI: Final = 1024 * 1024

READ_AS: Final = Kind(
    code="QH349",
    severity="note",
    en="the file was read as {encoding}, its cells separated by {separator}",
    zh="该文件按 {encoding} 编码、以{separator}分隔读取",
    hint_en="nothing, if its names and figures came out right; 'CSV UTF-8' leaves no doubt",
    hint_zh="名称和数据无误则无需处理；另存为“CSV UTF-8”最稳妥",
)


def read_csv(content: bytes, *, file: str, collector: Collector, room: Room | None = None) -> Sheet | None:
    """Return the cells of the text `content`, or None and a finding if it is none.

    `file` is the name findings give it, `room` what is left for the files of its book.
    """
    where = Location(file=file)
    if (line := first_long_line(content, limits.LINE_BYTES)) is not None:
        most = limits.LINE_BYTES // _MEBI
        collector.add(LONG_LINE.at(Location(file=file, line=line), most=most))
        return None
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
    due = limits.ROOM_OF_TEXT * len(content)
    sheet = _read(text, separated, where, collector, room or Room(), due)
    return None if sheet is None or tell_long_cells(sheet.cells, where, collector) else sheet


LONG_LINE: Final = Kind(
    code="QH627",
    severity="error",
    en="the line is longer than the {most} MiB that are read",
    zh="该行超过可读取的 {most} MiB",
    hint_en="write one row a line; hand in big tables as parquet",
    hint_zh="请每行写一条记录；大表请用 parquet 格式",
)


def first_long_line(content: bytes, most: int) -> int | None:
    r"""Return the number of the first line of `content` with more than `most` bytes.

    Examples:
        >>> first_long_line(b"unit,gdp\nA,5\r" + b"B" * 20, 10), first_long_line(b"unit\nA", 10)
        (3, None)
    """
    start = 0
    while len(content) - start > most:
        end = max(content.rfind(mark, start, start + most + 1) for mark in (b"\n", b"\r"))
        if end < 0:
            before = content[:start].replace(b"\r\n", b"\n")
            return before.count(b"\n") + before.count(b"\r") + 1
        start = end + 1
    return None


def _read(
    text: str, separated: Separated, where: Location, collector: Collector, room: Room, due: int
) -> Sheet | None:
    """Return the cells of `text`; the row that states the separator stays as an empty one."""
    separator = separated.separator
    rest = text[separated.stated :]
    if not _fits(rest, separator, where, collector):
        return None
    columns, rows = _extent(rest, separator)
    if (refusal := room.refuse_table(columns * rows, len(rest), due, where)) is not None:
        collector.add(refusal)
        return None
    cells = _read_fast(rest, separator)
    if cells is None:
        cells = _read_slowly(rest, separator, where, collector, (room.memory + due) // limits.CELL_BYTES)
    if cells is None or ('"' in rest and tell_swallowed_rows(cells, separator, where, collector)):
        return None
    widths = _widths(rest, separator, cells)
    if separated.stated:
        cells = pl.concat([cells.clear(1), cells])
        widths = None if widths is None else pl.concat([pl.Series(widths.name, [0], dtype=pl.UInt32), widths])
    settled = cells if separator == "," else settle_decimals(cells, separator, where, collector)
    return None if settled is None else Sheet(file=where.file, sheet=None, cells=settled, widths=widths)


def _fits(text: str, separator: str, where: Location, collector: Collector) -> bool:
    """Return whether the table is one to be read, else add a finding."""
    columns, rows = _extent(text, separator)
    if columns > limits.COLUMNS:
        collector.add(TOO_MANY_COLUMNS.at(where, columns=columns, most=limits.COLUMNS))
        return False
    if rows > limits.ROWS:
        collector.add(TOO_MANY_ROWS.at(where, rows=rows, most=limits.ROWS))
        return False
    return True


def _extent(text: str, separator: str) -> tuple[int, int]:
    """Return how many columns and rows a text has; looks at lines, so quickly."""
    columns = 1 + text[: text.find("\n", len(text) - len(text.lstrip()))].count(separator)
    return columns, text.count("\n") + (not text.endswith("\n"))


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


def _read_slowly(
    text: str, separator: str, where: Location, collector: Collector, most: int
) -> pl.DataFrame | None:
    """Return the cells of rows of unequal length, the short ones filled up, or None and a finding.

    There are at most `most` of them.
    """
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
            if len(rows) * width > min(limits.SHEET_AREA, most):
                area = min(limits.SHEET_AREA, most)
                collector.add(TOO_MANY_ROWS.at(where, rows=len(rows), most=area // width))
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


_UNUSUAL: Final = "\x1f\x1e\x1d\x1c\x02\x01"
"""Signs that hardly a text has: a line is read as one cell with one that this text has not."""


def _widths(text: str, separator: str, cells: pl.DataFrame) -> pl.Series | None:
    """Return how many cells each row has; None if all have the same number."""
    if not cells[:, -1].has_nulls():
        return None
    unused = next((sign for sign in _UNUSUAL if sign not in text), None)
    if '"' in text or unused is None:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        return pl.Series("widths", [len(row) for row in reader], dtype=pl.UInt32)
    lines = pl.read_csv(
        text.encode(), has_header=False, infer_schema=False, separator=unused, quote_char=None
    ).to_series()
    widths = lines.str.count_matches(separator, literal=True) + 1
    return widths.fill_null(0).cast(pl.UInt32).alias("widths")
