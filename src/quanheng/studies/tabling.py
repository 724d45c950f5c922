"""Tables of studies from columns: a type for each by what stands in it, nothing that is no number."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import narwhals as nw

from quanheng.engine.frame.tables import small_table
from quanheng.findings.text import Text
from quanheng.studies.study import Table


def table_from(
    name: str, title: Text, columns: Mapping[str, Text], values: Mapping[str, Sequence[object]]
) -> Table:
    """Return a table of columns of values; None is what there is no value for.

    Raises:
        ValueError: a number is NaN or infinite.

    Examples:
        >>> told = {"unit": Text(en="the unit"), "share": Text(en="its share")}
        >>> table_from("shares", Text(en="Shares"), told, {"unit": ["A"], "share": [0.5]}).rows.rows()
        [('A', 0.5)]
    """
    schema = {column: _type(values[column]) for column in columns}
    for column, cells in values.items():
        if any(isinstance(cell, float) and not math.isfinite(cell) for cell in cells):
            raise ValueError(f"{name}.{column} holds what is no finite number")
    rows: nw.DataFrame[Any] = small_table({column: list(values[column]) for column in columns}, schema)
    return Table(name=name, title=title, columns=columns, rows=rows)


def _type(cells: Sequence[object]) -> nw.dtypes.DType:
    """Return the type of a column: text where nothing stands in it."""
    kinds = {type(cell) for cell in cells if cell is not None}
    if not kinds or str in kinds:
        return nw.String()
    if kinds == {bool}:
        return nw.Boolean()
    return nw.Int64() if kinds == {int} else nw.Float64()
