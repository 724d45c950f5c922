"""A table of a study from its columns, each with its type and what it says, and rows of cells."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, TypeAlias

import narwhals as nw

from quanheng.engine.frame.tables import small_table
from quanheng.findings.text import Text
from quanheng.studies.study import Table

TEXT: Final = nw.String()
NUMBER: Final = nw.Float64()
WHOLE: Final = nw.Int64()
TRUTH: Final = nw.Boolean()

Columns: TypeAlias = Mapping[str, tuple[nw.dtypes.DType, Text]]
"""By name, what a column holds and what it says."""

GROUP: Final = (TEXT, Text(en="The units compared with each other.", zh="分组：相互比较的单位。"))
UNIT: Final = (TEXT, Text(en="The code of the unit.", zh="单位代码。"))
NAME: Final = (TEXT, Text(en="Its name.", zh="单位名称。"))


def table(name: str, title: Text, columns: Columns, rows: Iterable[tuple[object, ...]]) -> Table:
    """Return the table called `name` with these `columns` and `rows`, the cells in their order.

    Examples:
        >>> columns = {"unit": UNIT, "place": (WHOLE, Text(en="Its place."))}
        >>> table("places", Text(en="Places"), columns, [("A", 1), ("B", None)]).rows.rows()
        [('A', 1), ('B', None)]
    """
    found = list(rows)
    cells = {column: [row[at] for row in found] for at, column in enumerate(columns)}
    return table_of_columns(name, title, columns, cells)


def table_of_rows(name: str, title: Text, columns: Columns, rows: Sequence[Mapping[str, object]]) -> Table:
    """Return the table called `name` with these `columns`, of rows by name; what a row leaves out is null."""
    cells = {column: [row.get(column) for row in rows] for column in columns}
    return table_of_columns(name, title, columns, cells)


def table_of_columns(
    name: str, title: Text, columns: Columns, cells: Mapping[str, Sequence[object]]
) -> Table:
    """Return the table called `name` with these `columns`, the cells of each in the order of the rows.

    Raises:
        ValueError: a number is NaN or infinite.
    """
    for column, values in cells.items():
        if any(isinstance(value, float) and not math.isfinite(value) for value in values):
            raise ValueError(f"{name}.{column} holds what is no finite number")
    schema = {column: kind for column, (kind, _) in columns.items()}
    told = {column: text for column, (_, text) in columns.items()}
    return Table(
        name=name,
        title=title,
        columns=told,
        rows=small_table({column: list(cells[column]) for column in columns}, schema),
    )
