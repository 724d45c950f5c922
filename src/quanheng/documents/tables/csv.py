"""A table as a csv file that Excel and WPS open as it is meant."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import narwhals as nw

from quanheng.engine.frame.rounding import comparable

_BOM: Final = "\ufeff"
"""Excel and WPS take a csv file for one in the local encoding unless it begins with this."""


def write_csv_table(table: nw.DataFrame[Any], target: Path) -> None:
    """Write numbers at nine decimals, as places compare them: the noise beyond is no information."""
    numbers = [name for name, dtype in table.schema.items() if dtype.is_float()]
    clean = (
        table.with_columns(*[comparable(nw.col(name)).alias(name) for name in numbers]) if numbers else table
    )
    target.write_text(_BOM + clean.write_csv(), encoding="utf-8", newline="")
