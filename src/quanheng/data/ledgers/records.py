"""The records of a ledger as its laws look at them, with the cells they were read from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import polars as pl

from quanheng.data.ledgers.columns import what_applies
from quanheng.data.tables.table import ROW, Table, texts_of
from quanheng.findings.collector import Collector, Row
from quanheng.findings.finding import Kind, Location
from quanheng.findings.value import Value
from quanheng.scheme.ledgers.ledger import Ledger


class Cells:
    """Where records were read: the tables by file and sheet, which know the location of a cell."""

    def __init__(self, tables: Iterable[Table]) -> None:
        """Know the locations of cells in `tables`."""
        self._tables = {(table.file, table.sheet): table for table in tables}

    def location(self, row: Row, column: str) -> Location:
        """Return the location of a record's cell in `column`, or of its row; it has the source columns."""
        table, number = self._find(row, column)
        return table.location(row["source_row"], number)

    def is_written(self, row: Row, column: str) -> bool:
        """Return whether there is something in the cell of a record that applies, be it readable or not."""
        table, number = self._find(row, column)
        if number is None:
            return False
        here = table.body.filter(pl.col(ROW) == row["source_row"])
        return what_applies(texts_of(here[str(number)])).count() > 0

    def _find(self, row: Row, column: str) -> tuple[Table, int | None]:
        table = self._tables[(row["source_file"], row["source_sheet"])]
        number = table.known.get(column)
        if number is None and column in table.headings:
            number = table.headings.index(column)
        return table, number


class Records(Value):
    """The records of a ledger as they are checked; `frame` has their typed columns and the source columns."""

    frame: pl.DataFrame
    ledger: Ledger
    cells: Cells
    collector: Collector

    def has(self, *columns: str | None) -> bool:
        """Return whether the ledger has all of `columns`."""
        return all(column is not None and column in self.frame.columns for column in columns)

    def tell(
        self, kind: Kind, column: str, wrong: pl.Expr, facts: Callable[[Row], Mapping[str, object]]
    ) -> None:
        """Add a finding of `kind` at `column` of each record that is `wrong`, with its `facts`."""
        if not self.frame.select(wrong.any()).item():  # as nearly always, and looked at in one column only
            return
        rows = self.frame.filter(wrong)
        self.collector.tell(
            kind,
            rows,
            lambda row: self.cells.location(row, column),
            lambda row: {"column": column, **facts(row)},
        )
