"""A table as a csv file that Excel and WPS open as it is meant."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import narwhals as nw

from quanheng.data.cells.formulas import inert
from quanheng.engine.frame.rounding import comparable

_BOM: Final = "\ufeff"
"""Excel and WPS take a csv file for one in the local encoding unless it begins with this."""


def write_csv_table(table: nw.DataFrame[Any], target: Path) -> None:
    """Write the text of `table` to the file `target`."""
    write_csv_parts([table], target)


def write_csv_parts(parts: Iterable[nw.DataFrame[Any]], target: Path) -> None:
    """Write a table of which the rows come in `parts`, each of them let go before the next."""
    with target.open("w", encoding="utf-8", newline="") as file:
        for number, part in enumerate(parts):
            heading = len(csv_text(part.head(0))) if number else 0
            file.write(csv_text(part)[heading:])


def csv_text(table: nw.DataFrame[Any]) -> str:
    r"""Return `table` as csv: numbers at nine decimals, as places compare them, texts inert.

    The noise beyond nine decimals is no information. A text that a spreadsheet would run or compute has an
    apostrophe in front; a number is none, nor a text that is one.

    Examples:
        >>> import polars as pl
        >>> columns = {"text": ["=1+1", "-5%", "- x", "A"], "number": [-3.2, 0.1, 1.0, 2.0]}
        >>> table = nw.from_native(pl.DataFrame(columns), eager_only=True)
        >>> print(csv_text(table).removeprefix("\ufeff"), end="")
        text,number
        '=1+1,-3.2
        -5%,0.1
        '- x,1.0
        A,2.0
    """
    clean = [
        comparable(nw.col(name)).alias(name) if dtype.is_float() else inert(name)
        for name, dtype in table.schema.items()
        if dtype.is_float() or dtype == nw.String
    ]
    return _BOM + (table.with_columns(*clean) if clean else table).write_csv()
