"""What differs between the cells of a table as it was read and as it is to be."""

from __future__ import annotations

from typing import Final

import polars as pl

from quanheng.data.cells.number_texts import text_of_number
from quanheng.data.files.editing.sheet_xml import Place, Value
from quanheng.findings.patterns import bounded

_NUMBER: Final = bounded(r"-?[0-9]+(\.[0-9]*)?")
_DIGITS: Final = 16


def changed_cells(before: pl.DataFrame, after: pl.DataFrame) -> dict[Place, Value]:
    """Return the cells of `after` that `before` lacks or has otherwise, by row and column from 1.

    Both have a text column for each column; `after` may have more rows and columns.
    """
    changed: dict[Place, Value] = {}
    for number, name in enumerate(after.columns):
        new = after[name]
        if name in before.columns:
            old = before[name].extend_constant(None, after.height - before.height)
        else:
            old = pl.Series(values=[None] * after.height, dtype=pl.String)
        for row in new.ne_missing(old).arg_true().to_list():
            changed[row + 1, number + 1] = as_cell(new[row])
    return changed


def placed(cells: pl.DataFrame) -> dict[Place, Value]:
    """Return what stands in each filled cell of `cells`, by row and column from 1.

    Examples:
        >>> placed(pl.DataFrame({"0": ["a", None], "1": [None, "2"]}))
        {(1, 1): 'a', (2, 2): 2.0}
    """
    return {
        (row, column): as_cell(text)
        for row, texts in enumerate(cells.rows(), start=1)
        for column, text in enumerate(texts, start=1)
        if text is not None
    }


def as_cell(text: str | None) -> Value:
    """Return what stands in a cell: a number where its digits read back as the same text.

    Examples:
        >>> as_cell("12.5"), as_cell("007"), as_cell(None)
        (12.5, '007', None)
    """
    if text is not None and _NUMBER.fullmatch(text):
        number = float(f"{float(text):.{_DIGITS}G}")
        return number if text_of_number(number) == text else text
    return text
