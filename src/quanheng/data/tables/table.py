"""Tables: what a file or sheet holds before anything is understood, and what it holds below its heading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final, TypeAlias

import polars as pl

from quanheng.data.cells.addresses import Merge, letters_of
from quanheng.data.telling import limits
from quanheng.data.telling.room import THE_TABLE, TOO_MUCH_ROOM
from quanheng.findings.finding import Finding, Location
from quanheng.findings.value import Value, field
from quanheng.periods.widths import UNSEEN
from quanheng.scheme.reading.reading import FileReading

_MEBI: Final = 1024 * 1024
ROW: Final = "row"
"""The column of a table's body that numbers the rows as the file does, from 1."""


class Sheet(Value):
    """The cells of a csv file or of one sheet of a workbook, as texts.

    `cells` has a String column for each column, named `0`, `1`, …; an empty cell is null; every row of the
    file is there, so that row i of the frame is row i + 1 of the file. `widths` says how many cells each row
    was written with; None if all are as wide as the frame.
    """

    file: str
    sheet: str | None
    cells: pl.DataFrame
    merged: tuple[Merge, ...] = ()
    widths: pl.Series | None = None

    @property
    def location(self) -> Location:
        """The file or the sheet as a whole."""
        return Location(file=self.file, sheet=self.sheet)


class ParquetFile(Value):
    """A Parquet file of the book, opened but not read: its columns, their types and its rows.

    `most` is the memory that it may take where all of it is laid out.
    """

    file: str
    path: Path
    schema: Mapping[str, pl.DataType]
    rows: int
    most: int

    @property
    def location(self) -> Location:
        """The file as a whole."""
        return Location(file=self.file)

    def refusal(self) -> Finding | None:
        """Return why it is not laid out with all its columns, if it would take too much memory."""
        needed = self.rows * len(self.schema) * limits.CELL_BYTES // 2
        if needed <= self.most:
            return None
        return TOO_MUCH_ROOM.at(self.location, what=THE_TABLE, size=needed // _MEBI)

    def scan(self) -> pl.LazyFrame:
        """Return its rows, lazily."""
        return pl.scan_parquet(self.path, glob=False, hive_partitioning=False)


Raw: TypeAlias = Sheet | ParquetFile
"""What a file holds before its heading is looked for."""


class Table(Value):
    """A table below its heading.

    `headings` has the heading of each column; `known` gives the number of each column that this kind of table
    must or may have, by its key; `others` are the numbers of the columns left. `measured` gives, by column
    number, the measuring unit written under or behind a heading; `above` the rows above the heading that hold
    anything: the number of the row, from 1, and its texts. `body` has the column `row` and a column for
    each number (String, or typed where the file is). `reading` is how the scheme says that the file is read.
    """

    file: str
    sheet: str | None
    headings: tuple[str, ...]
    known: Mapping[str, int]
    others: tuple[int, ...]
    body: pl.DataFrame
    measured: Mapping[int, str] = field(default_factory=dict)
    above: tuple[tuple[int, tuple[str, ...]], ...] = ()
    reading: FileReading = FileReading()

    def has(self, key: str) -> bool:
        """Return whether the table has the column `key`."""
        return key in self.known

    def texts(self, key: str) -> pl.Series:
        """Return the column `key` as texts without blanks around them; empty or no such column is null."""
        if key not in self.known:
            return pl.Series(key, [], dtype=pl.String).extend_constant(None, self.body.height)
        return texts_of(self.body[str(self.known[key])])

    def location(self, row: int, column: int | None = None) -> Location:
        """Return the location of the cell in `row` of the file and in the numbered column, or of the row."""
        if column is None:
            return Location(file=self.file, sheet=self.sheet, line=row)
        return Location(file=self.file, sheet=self.sheet, cell=self.cell(row, column))

    def location_of(self, row: int, key: str) -> Location:
        """Return the location of the cell in `row` of the file and in the column `key`, or of the row."""
        return self.location(row, self.known.get(key))

    def heading_place(self, column: int) -> Location:
        """Return the location of a heading: its column on a sheet, its name elsewhere."""
        cell = letters_of(column) if self.sheet is not None else self.headings[column]
        return Location(file=self.file, sheet=self.sheet, cell=cell)

    def with_body(self, body: pl.DataFrame) -> Table:
        """Return the table with other rows."""
        return replace(self, body=body)

    def source(self, key: str) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
        """Return the columns file, sheet and cell of what is under `key`, for a frame with a column `row`."""
        row = pl.col(ROW).cast(pl.String)
        column = self.known[key]
        in_sheet = pl.concat_str(pl.lit(letters_of(column)), row)
        elsewhere = pl.concat_str(row, pl.lit(f":{self.headings[column]}"))
        return (
            pl.lit(self.file).alias("file"),
            pl.lit(self.sheet, dtype=pl.String).alias("sheet"),
            (elsewhere if self.sheet is None else in_sheet).alias("cell"),
        )

    def cell(self, row: int, column: int) -> str:
        """Return how a person finds the cell: `C14` on a sheet, `14:gdp` elsewhere."""
        return f"{letters_of(column)}{row}" if self.sheet is not None else f"{row}:{self.headings[column]}"


_AROUND: Final = "".join(filter(str.isspace, map(chr, range(0x3001)))) + UNSEEN
"""What is no part of a text at its ends."""
_UNTIDY: Final = f"^(?:[{_AROUND}]|$)|[{_AROUND}]$"


def texts_of(column: pl.Series) -> pl.Series:
    """Return `column` as texts without blanks around them; what is empty is null; 2023.0 is `2023`."""
    name = pl.col(column.name)
    if column.dtype.is_float():
        whole = (name == name.round()) & name.is_finite() & (name.abs() < 10**15)
        text = (
            pl.when(whole)
            .then(name.cast(pl.Int64, strict=False).cast(pl.String))
            .otherwise(name.cast(pl.String))
        )
        return column.to_frame().select(text.alias(column.name)).to_series()
    texts = column if column.dtype == pl.String else column.cast(pl.String, strict=False)
    if not texts.str.contains(_UNTIDY).any():  # nearly always, and it costs a quarter of making them anew
        return texts
    tidy = name.str.strip_chars(_AROUND)
    return texts.to_frame().select(pl.when(tidy != "").then(tidy).alias(column.name)).to_series()
