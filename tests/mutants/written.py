"""A table and how it is written into its file: a text in some encoding, or a workbook by some program."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final, Literal, TypeAlias

import xlsxwriter
from tests.mutants.writers import is_plain, open_document, sparse_workbook

Rows: TypeAlias = tuple[tuple[str, ...], ...]
Writer: TypeAlias = Literal[
    "csv", "xlsx", "xlsx of texts", "xlsx with formulas", "xlsx never computed", "xlsx by another", "ods"
]
Strike: TypeAlias = Callable[[bytes], bytes]
BINARY: Final = ("xlsx", "xlsx of texts", "xlsx with formulas", "xlsx by another", "ods")
"""The writers of workbooks that lose nothing."""


@dataclass(frozen=True, slots=True)
class Written:
    """A table and how it is written into its file."""

    rows: Rows
    writer: Writer = "csv"
    encoding: str = "utf-8"
    separator: str = ","
    line_end: str = "\n"
    all_quoted: bool = False
    hidden: frozenset[int] = field(default_factory=frozenset)
    hidden_columns: frozenset[int] = field(default_factory=frozenset)
    merged: tuple[tuple[int, int, int, int], ...] = ()
    """Areas of a workbook that are one cell: first row and column, last row and column."""
    sheet: str = "Sheet1"
    more_sheets: tuple[tuple[str, Rows], ...] = ()
    ends_in: str | None = None
    """What the file's name ends in, whatever is in it."""
    strikes: tuple[Strike, ...] = ()
    """What is done to the bytes afterwards."""

    def with_rows(self, rows: Rows) -> Written:
        return replace(self, rows=rows)

    def struck(self, strike: Strike) -> Written:
        return replace(self, strikes=(*self.strikes, strike))

    @property
    def suffix(self) -> str:
        if self.ends_in is not None:
            return self.ends_in
        return {"csv": ".csv", "ods": ".ods"}.get(self.writer, ".xlsx")

    def content(self) -> bytes:
        """Return the bytes of the file; raise UnicodeEncodeError where the encoding lacks a letter."""
        content = self._as_written()
        for strike in self.strikes:
            content = strike(content)
        return content

    def _as_written(self) -> bytes:
        match self.writer:
            case "csv":
                return self._csv()
            case "ods":
                return open_document(self.sheet, self.rows)
            case "xlsx by another":
                return sparse_workbook(self.sheet, self.rows)
            case _:
                return self._xlsx()

    def _csv(self) -> bytes:
        text = io.StringIO(newline="")
        writer = csv.writer(
            text,
            delimiter=self.separator,
            lineterminator=self.line_end,
            quoting=csv.QUOTE_ALL if self.all_quoted else csv.QUOTE_MINIMAL,
        )
        writer.writerows(self.rows)
        return text.getvalue().encode(self.encoding)

    def _xlsx(self) -> bytes:
        content = io.BytesIO()
        with xlsxwriter.Workbook(content, {"in_memory": True}) as workbook:
            add_sheet(workbook, self)
            for name, rows in self.more_sheets:
                add_sheet(workbook, Written(rows, sheet=name))
        return content.getvalue()


def add_sheet(workbook: xlsxwriter.Workbook, table: Written) -> None:
    """Add the table as a sheet of its own."""
    sheet = workbook.add_worksheet(table.sheet)
    for row in table.hidden:
        sheet.set_row(row, None, None, {"hidden": True})
    for column in table.hidden_columns:
        sheet.set_column(column, column, None, None, {"hidden": True})
    for top, left, bottom, right in table.merged:
        sheet.merge_range(top, left, bottom, right, "")
    for row, cells in enumerate(table.rows):
        for column, text in enumerate(cells):
            _write(sheet, row, column, text, table.writer)


def _write(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, text: str, writer: Writer) -> None:
    if writer == "xlsx of texts" or not is_plain(text):
        if text:
            sheet.write_string(row, column, text)
    elif writer == "xlsx with formulas":
        sheet.write_formula(row, column, f"={text}+0", None, float(text))
    elif writer == "xlsx never computed":
        sheet.write_formula(row, column, f"={text}+0", None, "")
    else:
        sheet.write_number(row, column, float(text))
