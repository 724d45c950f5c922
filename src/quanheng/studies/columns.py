"""A table of a study from its columns, each with its type and what it says, and rows of cells."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import narwhals as nw

from quanheng.engine.frame.tables import small_table, table_of
from quanheng.findings.text import Text
from quanheng.studies.study import Table

if TYPE_CHECKING:
    from numpy.typing import NDArray

TEXT: Final = nw.String()
NUMBER: Final = nw.Float64()
WHOLE: Final = nw.Int64()
TRUTH: Final = nw.Boolean()

Columns: TypeAlias = Mapping[str, tuple[nw.dtypes.DType, Text]]
"""By name, what a column holds and what it says."""

Words: TypeAlias = Mapping[str, Mapping[str, Text]]
"""By the name of a column of codes, how people read these."""

GROUP: Final = (TEXT, Text(en="The units compared with each other.", zh="分组：相互比较的单位。"))
UNIT: Final = (TEXT, Text(en="The code of the unit.", zh="单位代码。"))
INDICATOR: Final = (TEXT, Text(en="The indicator.", zh="指标。"))
DIMENSION: Final = (TEXT, Text(en="The dimension.", zh="维度。"))
NAME: Final = (TEXT, Text(en="Its name.", zh="单位名称。"))


def table(
    name: str,
    title: Text,
    columns: Columns,
    rows: Iterable[tuple[object, ...]],
    *,
    decimals: Mapping[str, int] | None = None,
    words: Words | None = None,
) -> Table:
    """Return the table called `name` with these `columns` and `rows`, the cells in their order.

    Raises:
        ValueError: a number is NaN or infinite.

    Examples:
        >>> columns = {"unit": UNIT, "place": (WHOLE, Text(en="Its place."))}
        >>> table("places", Text(en="Places"), columns, [("A", 1), ("B", None)]).rows.rows()
        [('A', 1), ('B', None)]
    """
    found = list(rows)
    cells = {column: [row[at] for row in found] for at, column in enumerate(columns)}
    return table_of_columns(name, title, columns, cells, decimals=decimals, words=words)


def table_of_rows(
    name: str,
    title: Text,
    columns: Columns,
    rows: Sequence[Mapping[str, object]],
    *,
    words: Words | None = None,
) -> Table:
    """Return the table called `name` with these `columns`, of rows by name; what a row leaves out is null.

    Raises:
        ValueError: a number is NaN or infinite.
    """
    cells = {column: [row.get(column) for row in rows] for column in columns}
    return table_of_columns(name, title, columns, cells, words=words)


def table_of_columns(
    name: str,
    title: Text,
    columns: Columns,
    cells: Mapping[str, Sequence[object]],
    *,
    decimals: Mapping[str, int] | None = None,
    words: Words | None = None,
) -> Table:
    """Return the table called `name` with these `columns`, the cells of each in the order of the rows.

    Raises:
        ValueError: a number is NaN or infinite.
    """
    for column, values in cells.items():
        if any(isinstance(value, float) and not math.isfinite(value) for value in values):
            raise ValueError(f"{name}.{column} holds what is no finite number")
    schema = {column: kind for column, (kind, _) in columns.items()}
    rows = small_table({column: [_unsigned(each) for each in cells[column]] for column in columns}, schema)
    return Table(
        name=name, title=title, columns=_told(columns), rows=rows, decimals=decimals or {}, words=words or {}
    )


def table_of_arrays(
    name: str, title: Text, columns: Columns, cells: Mapping[str, NDArray[Any]], *, words: Words | None = None
) -> Table:
    """Return the table called `name` with these `columns`, of long arrays; NaN in them stands for null."""
    kinds = [nw.col(column).cast(kind) for column, (kind, _) in columns.items()]
    rows = table_of({column: cells[column] for column in columns}).select(*kinds)
    return Table(name=name, title=title, columns=_told(columns), rows=rows, words=words or {})


def known(rows: Iterable[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
    """Yield rows of figures in which NaN stands for what is absent, with None for it.

    Examples:
        >>> list(known([("A", float("nan")), ("B", 1.0)]))
        [('A', None), ('B', 1.0)]
    """
    for row in rows:
        yield tuple(None if isinstance(each, float) and math.isnan(each) else each for each in row)


def _told(columns: Columns) -> dict[str, Text]:
    return {column: text for column, (_, text) in columns.items()}


def _unsigned(value: object) -> object:
    """Return what stands in a cell; a zero without its sign."""
    return 0.0 if isinstance(value, float) and value == 0.0 else value
