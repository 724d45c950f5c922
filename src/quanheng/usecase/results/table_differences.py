"""Where two tables of a result differ, cell by cell."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import narwhals as nw

from quanheng.data.files.apart.read import RefusedError, sizes_of_parquet
from quanheng.data.files.hashes import digest_of_file
from quanheng.data.telling.findings import NOT_PARQUET
from quanheng.data.telling.room import Room
from quanheng.engine.frame.keeping import read_table
from quanheng.findings.finding import Finding, Kind, Location
from quanheng.scheme.files.ordinary import size_of_ordinary

_NAMED: Final = 20
"""How many differing cells of one table are named."""
_TIMES: Final = 4
_MORE: Final = 16 * 1024 * 1024
"""A table that has more than so many times the bytes of one computed anew, and these, is another one."""

OTHER_SHAPE: Final = Kind(
    code="QH616",
    severity="error",
    en="this table has other columns or another number of rows than one computed anew",
    zh="这张表的列或行数与重新计算的不同",
    hint_en="score the book again",
    hint_zh="请重新计分",
)
OTHER_CELL: Final = Kind(
    code="QH617",
    severity="error",
    en="the column {column!r} says {was}, computed anew it is {now}",
    zh="{column!r}列为{was}，重新计算为{now}",
    hint_en="find out why it differs; the figure computed anew follows from the book",
    hint_zh="请查明差异原因；重新计算的数值由考核册得出",
)
MORE_CELLS: Final = Kind(
    code="QH618",
    severity="error",
    en="{count} more cells of this table differ",
    zh="这张表另有{count}个单元格不同",
    hint_en="score the book again",
    hint_zh="请重新计分",
)


def differences(old: Path, new: Path, *, tolerance: float) -> Iterator[Finding]:
    """Yield the cells in which two tables differ by more than `tolerance`; equal bytes need no reading."""
    if digest_of_file(old) == digest_of_file(new):
        return
    after = read_table(new)
    try:
        before = read_table(old) if after is not None and _is_like(old, new, after) else None
    except RefusedError as refused:
        is_none = refused.finding.kind == NOT_PARQUET
        yield OTHER_SHAPE.at(Location(file=old.name)) if is_none else refused.finding
        return
    if before is None or after is None or before.columns != after.columns or len(before) != len(after):
        yield OTHER_SHAPE.at(Location(file=old.name))
        return
    differing = list(_cells(before, after, tolerance))
    for row, column, was, now in differing[:_NAMED]:
        yield OTHER_CELL.at(Location(file=old.name, line=row + 2), column=column, was=was, now=now)
    if len(differing) > _NAMED:
        yield MORE_CELLS.at(Location(file=old.name), count=len(differing) - _NAMED)


def _is_like(old: Path, new: Path, after: nw.DataFrame[Any]) -> bool:
    """Return whether `old` is about as large as `new`, which holds `after`: else it is not read at all.

    Raises:
        RefusedError: it is no Parquet file that can be opened.
    """
    size = size_of_ordinary(old)
    if size > _TIMES * new.stat().st_size + _MORE:
        return False
    if old.suffix != ".parquet":
        return _heading(old) == _heading(new)
    held = sizes_of_parquet(old, size, Location(file=old.name), Room())
    return (held.rows, held.columns) == (len(after), len(after.columns))


def _heading(file: Path) -> bytes:
    """Return the first line: a table of a few bytes with thousands of columns would take gigabytes."""
    with file.open("rb") as stream:
        return stream.readline(_MORE)


def _cells(
    before: nw.DataFrame[Any], after: nw.DataFrame[Any], tolerance: float
) -> Iterator[tuple[int, str, object, object]]:
    for column in after.columns:
        pairs = zip(before[column].to_list(), after[column].to_list(), strict=True)
        for row, (was, now) in enumerate(pairs):
            if not _same(was, now, tolerance):
                yield row, column, was, now


def _same(was: object, now: object, tolerance: float) -> bool:
    if isinstance(was, float | int) and isinstance(now, float | int):
        return math.isclose(was, now, rel_tol=0.0, abs_tol=tolerance)
    return was == now
