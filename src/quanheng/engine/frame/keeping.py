"""Where outcomes are kept: a large plan's in memory or in files that go with it, a result's for good.

Beside `engines.py` the only module of the engine that names Polars: what is kept in files is a source of it.
"""

from __future__ import annotations

import itertools
import shutil
import weakref
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import narwhals as nw
import polars as pl
from polars.io.plugins import register_io_source

from quanheng.data.writing.scratch import scratch_folder

_ROWS: Final = 2**18
"""How many rows a batch has, and so a file."""


def kept(plan: nw.LazyFrame[pl.LazyFrame], *, memory: int) -> nw.LazyFrame[pl.LazyFrame]:
    """Run `plan` once, as it streams, and return its outcome: in memory if it has at most `memory` bytes.

    What is larger is written to files as it comes, in a temporary folder. The folder is removed when the
    last plan that reads it is let go, at the latest when the process ends; at once if something fails.

    Examples:
        >>> plan = nw.from_native(pl.LazyFrame({"unit": ["A", "B"]}))
        >>> kept(plan, memory=2**20).collect().rows(), kept(plan, memory=0).collect().rows()
        ([('A',), ('B',)], [('A',), ('B',)])
    """
    native = plan.to_native()
    batches: list[pl.DataFrame] = []
    size = 0
    coming = native.collect_batches(chunk_size=_ROWS, maintain_order=True, engine="streaming")
    for batch in coming:
        batches.append(batch)
        size += int(batch.estimated_size())
        if size > memory:
            return nw.from_native(_spilled(batches, coming))
    return nw.from_native(pl.concat(batches).lazy() if batches else native.collect().lazy())


def _spilled(batches: Sequence[pl.DataFrame], coming: Iterator[pl.DataFrame]) -> pl.LazyFrame:
    """Write the batches, those that have come and those that come, and return a plan that reads them."""
    spill = _Spill()
    for batch in itertools.chain(batches, coming):
        spill.write(batch)
    return register_io_source(spill, schema=batches[0].schema, is_pure=True)


def sink_parquet(plan: pl.LazyFrame, target: Path) -> None:
    """Write the outcome of `plan` to the new file `target`: opened here, since Polars reads `~` in a path."""
    with target.open("xb") as file:
        plan.sink_parquet(file)


def write_parts(parts: Iterator[nw.DataFrame[Any]], target: Path) -> None:
    """Write a table of which the rows come in `parts`, one at least, as one new Parquet file in their order.

    Examples:
        >>> import tempfile
        >>> target = Path(tempfile.mkdtemp()) / "units.parquet"
        >>> write_parts((nw.from_native(pl.DataFrame({"unit": [unit]})) for unit in "AB"), target)
        >>> read_table(target).rows()
        [('A',), ('B',)]
    """
    first = next(parts).to_native()
    schema = first.schema
    second = next(parts, None)
    if second is None:
        with target.open("xb") as file:
            first.write_parquet(file)
        return
    coming = (part.to_native() for part in itertools.chain([second], parts))
    rows = itertools.chain([first], coming)
    del first, second
    source = register_io_source(lambda *_: rows, schema=schema, is_pure=False)
    with target.open("xb") as file:
        source.sink_parquet(file, maintain_order=True, row_group_size=_ROWS)


def read_table(file: Path) -> nw.DataFrame[pl.DataFrame] | None:
    """Return the table in a csv or parquet file of a result; None if it cannot be read as one."""
    try:
        with file.open("rb") as opened:  # a path may have signs that Polars reads as a pattern or as `~`
            read = pl.read_parquet(opened) if file.suffix == ".parquet" else pl.read_csv(opened)
    except (pl.exceptions.PolarsError, OSError):
        return None
    return nw.from_native(read)


class _Spill:
    """Files in a temporary folder, and the source that Polars reads them through.

    Plans hold the source, and the folder is removed when it is let go.
    """

    def __init__(self) -> None:
        self._folder = scratch_folder()
        self._files: list[Path] = []
        weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)

    def write(self, batch: pl.DataFrame) -> None:
        """Write one more file."""
        file = self._folder / f"{len(self._files)}.parquet"
        batch.write_parquet(file, compression="lz4", statistics=False)
        self._files.append(file)

    def __call__(
        self, columns: list[str] | None, where: pl.Expr | None, rows: int | None, _: int | None
    ) -> Iterator[pl.DataFrame]:
        """Yield the rows file by file: only the columns, the rows and as many of them as are asked for."""
        left = rows
        for file in self._files:
            plan = pl.scan_parquet(file)
            plan = plan if columns is None else plan.select(columns)
            plan = plan if where is None else plan.filter(where)
            batch = (plan if left is None else plan.head(left)).collect()
            yield batch
            if left is not None:
                left -= batch.height
                if left <= 0:
                    return
