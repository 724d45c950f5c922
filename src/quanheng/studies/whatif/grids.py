"""A round's grid with some of the changes in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import narwhals as nw
import polars as pl

from quanheng.data.book.frames import NOT_APPLICABLE
from quanheng.engine.frame import columns as c
from quanheng.findings.errors import UsageError
from quanheng.findings.value import Value
from quanheng.studies.variants.figures import Cell
from quanheng.studies.whatif.changes import Change, NewFigure, NewTarget

if TYPE_CHECKING:
    from quanheng.data.book.frames import Frame


class _Put(Value, kw_only=False):
    """A cell of the grid that is another one: in a column and its flag, for a unit."""

    column: str
    flag: str
    unit: str
    cell: Cell


def with_changes(grid: Frame, changes: Iterable[Change]) -> Frame:
    """Return `grid` with the figures of the round, and the targets, that `changes` put there.

    Raises:
        UsageError: a unit is not in it.
    """
    put = list(_put(changes))
    native = grid.to_native()
    for column, flag in dict.fromkeys((each.column, each.flag) for each in put):
        here = [each for each in put if each.column == column]
        native = native.with_columns(*_columns(native, column, flag, here))
    return nw.from_native(native, eager_only=True)


def _put(changes: Iterable[Change]) -> Iterable[_Put]:
    for change in changes:
        if isinstance(change, NewFigure) and change.period is None:
            yield _Put(c.item(change.item), c.item_na(change.item), change.unit, change.cell)
        elif isinstance(change, NewTarget):
            column, flag = c.target(change.indicator), c.target_na(change.indicator)
            yield _Put(column, flag, change.unit, change.cell)


def _columns(grid: pl.DataFrame, column: str, flag: str, put: Sequence[_Put]) -> Iterable[pl.Series]:
    row = {unit: number for number, unit in enumerate(grid[c.UNIT])}
    values = grid[column].cast(pl.Float64).to_list() if column in grid.columns else [None] * grid.height
    flags = grid[flag].fill_null(value=False).to_list() if flag in grid.columns else [False] * grid.height
    for each in put:
        if each.unit not in row:
            raise UsageError(
                f"{each.unit!r} takes no part in the round: it has ended, or went into another unit; name a"
                " period, then its figure goes along",
                f"“{each.unit}”不参加本期：已撤并或不在期内；请写明期间，其数据随之并入",
            )
        values[row[each.unit]] = each.cell.value
        flags[row[each.unit]] = each.cell.state == NOT_APPLICABLE
    yield pl.Series(column, values, dtype=pl.Float64)
    if flag in grid.columns or any(flags):
        yield pl.Series(flag, flags, dtype=pl.Boolean)
