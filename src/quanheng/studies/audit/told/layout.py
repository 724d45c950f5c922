"""How rows become a table of a study: columns told in both languages, and no number that is none."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import narwhals as nw

from quanheng.engine.frame.tables import small_table
from quanheng.findings.text import Text
from quanheng.studies.study import Table

Sort = Literal["text", "number", "count", "truth"]
"""What stands in a column."""

_TYPES: Final[Mapping[Sort, nw.dtypes.DType]] = {
    "text": nw.String(),
    "number": nw.Float64(),
    "count": nw.Int64(),
    "truth": nw.Boolean(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A table before it has rows: its name, its title, and its columns with what stands in each."""

    name: str
    title: Text
    columns: Mapping[str, tuple[Sort, Text]]

    def with_rows(self, rows: Sequence[tuple[object, ...]]) -> Table:
        """Return the table with `rows`, whose cells stand in the order of the columns."""
        columns = {name: [_cell(row[place]) for row in rows] for place, name in enumerate(self.columns)}
        schema = {name: _TYPES[sort] for name, (sort, _) in self.columns.items()}
        told = {name: text for name, (_, text) in self.columns.items()}
        return Table(name=self.name, title=self.title, columns=told, rows=small_table(columns, schema))


GROUP: Final[tuple[Sort, Text]] = ("text", Text(en="The group whose units are compared.", zh="分组。"))
"""The first column of every table."""
INDICATOR: Final[tuple[Sort, Text]] = ("text", Text(en="The indicator.", zh="指标。"))
DIMENSION: Final[tuple[Sort, Text]] = ("text", Text(en="The dimension.", zh="维度。"))


def _cell(value: object) -> object:
    """Return a number as one of Python's own, without a sign before 0, or None where it is none."""
    if isinstance(value, float):
        return float(value) + 0.0 if math.isfinite(value) else None
    return value
