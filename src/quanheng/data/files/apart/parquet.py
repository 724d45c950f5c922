"""A Parquet file read from end to end in the process apart: what lives there is opened by the program itself.

The library gives up, or takes whatever a file claims to need, where pages are not what they say. So all its
columns of figures and texts are decoded once, as it streams, before anybody else opens it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from quanheng.data.telling import limits
from quanheng.data.telling.findings import NOT_PARQUET

if TYPE_CHECKING:
    import polars as pl

Told: TypeAlias = dict[str, Any]
_MAGIC: Final = b"PAR1"
_LEAST: Final = 12
"""Bytes of a file with nothing but its magic words and the length of its footer."""


def tell_parquet(path: Path, room: int, tell: Callable[[Told], None]) -> None:
    """Tell the rows and columns of the file at `path` and the bytes of its texts, or that it is no such file.

    `room` is the memory that its table may take: one that claims to take more is not decoded.
    """
    if not _is_parquet(path):
        tell({"refused": NOT_PARQUET.code})
        return
    import polars as pl  # noqa: PLC0415  slow to import, and not needed for workbooks

    try:
        scan = pl.scan_parquet(path, glob=False, hive_partitioning=False)
        schema = scan.collect_schema()
        rows: int = scan.select(pl.len()).collect().item()
        text = 0
        if rows * limits.CELL_BYTES <= room and len(schema) <= limits.COLUMNS:
            text = _text_in(scan, schema)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError):
        tell({"refused": NOT_PARQUET.code})
    else:
        tell({"rows": rows, "columns": len(schema), "text": text})


def _is_parquet(path: Path) -> bool:
    with path.open("rb") as file:
        size = file.seek(0, 2)
        if size < _LEAST:
            return False
        file.seek(-_LEAST // 3, 2)
        last = file.read()
        file.seek(0)
        return file.read(len(_MAGIC)) == last == _MAGIC


def _text_in(scan: pl.LazyFrame, schema: pl.Schema) -> int:
    """Return how many bytes the texts have; all columns that a table of figures may have are decoded."""
    import polars as pl  # noqa: PLC0415  slow to import, and not needed for workbooks

    texts = [name for name, kind in schema.items() if kind in (pl.String, pl.Categorical, pl.Enum)]
    others = [
        name
        for name, kind in schema.items()
        if name not in texts and not kind.is_nested() and kind not in (pl.Binary, pl.Null)
    ]
    if not texts and not others:
        return 0
    seen = scan.select(
        *(
            pl.col(name).cast(pl.String).str.len_bytes().cast(pl.UInt64).sum().alias(f"text {name}")
            for name in texts
        ),
        *(pl.col(name).max().alias(f"most {name}") for name in others),
    ).collect(engine="streaming")
    return sum(int(seen[f"text {name}"][0] or 0) for name in texts)
