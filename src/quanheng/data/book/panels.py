"""A panel: a big wide Parquet file with numeric columns, left lazy and joined by the engine as it is."""

from __future__ import annotations

from collections.abc import Mapping

import narwhals as nw

from quanheng.data.book.frames import LazyFrame
from quanheng.findings.finding import Location
from quanheng.findings.value import Value


class Panel(Value):
    """A big wide Parquet file with numeric columns, left lazy.

    `frame` has `unit` (text, a code of the book's units), `period` (text, canonical; only if the file has
    periods, else every row is of the scheme's round), and a float64 column for each item of the scheme that
    the file carries, named by the item's code; null is missing. `headings` gives the heading each item has
    in the file. Rows are counted from 1.
    """

    file: str
    frame: LazyFrame
    has_period: bool
    headings: Mapping[str, str]

    @property
    def items(self) -> tuple[str, ...]:
        """The codes of the items the panel carries."""
        return tuple(self.headings)

    def source_of(self, item: str, unit: str, period: str) -> tuple[Location, ...]:
        """Return the locations of the value of `item` for `unit` in `period`; reads the file's keys once."""
        if item not in self.headings:
            return ()
        numbered = self.frame.to_native().with_row_index("row", offset=1)
        rows = nw.from_native(numbered).filter(nw.col("unit") == unit)
        if self.has_period:
            rows = rows.filter(nw.col("period") == period)
        numbers = rows.select("row").collect()["row"].to_list()
        return tuple(Location(file=self.file, cell=f"{number}:{self.headings[item]}") for number in numbers)
