"""Which row holds which unit: the same row in every sheet, group after group, best place first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import narwhals as nw

from quanheng.engine.frame import columns as c
from quanheng.findings.value import Value
from quanheng.scheme.tree.scheme import Scheme

HEAD_ROWS = 4
"""Title, names, codes, notes: the rows above the first unit."""
FIRST = HEAD_ROWS + 1
"""The row (counted from 1, as in a workbook) of the first unit."""


class Rows(Value):
    """The units in the order of the rows, and the rows of each group that has units.

    Rows of a group stand together, so that a range names the group: MIN, MEDIAN, RANK over it need no
    conditions, and work in every spreadsheet program.
    """

    units: tuple[str, ...]
    names: tuple[str, ...]
    group_of: tuple[str, ...]
    groups: Mapping[str, range]

    @property
    def all(self) -> range:
        """The rows of all units."""
        return range(FIRST, FIRST + len(self.units))

    def row_of(self, unit: str) -> int:
        """Return the row of `unit`; raise `ValueError` if it is not among the units."""
        return FIRST + self.units.index(unit)


def in_row_order(wide: nw.DataFrame[Any], scheme: Scheme) -> nw.DataFrame[Any]:
    """Return `wide` sorted by group (in the scheme's order), place and unit; unranked units last."""
    ranks = {group.code: number for number, group in enumerate(scheme.groups)}
    order = [ranks[group] for group in wide.get_column(c.GROUP).to_list()]
    series = nw.new_series("_order", order, dtype=nw.Int64(), backend=wide.implementation)
    return wide.with_columns(series).sort("_order", c.PLACE, c.UNIT, nulls_last=True).drop("_order")


def rows_of(wide: nw.DataFrame[Any]) -> Rows:
    """Return which row holds which unit of the sorted `wide`."""
    groups = tuple(str(group) for group in wide.get_column(c.GROUP).to_list())
    starts: dict[str, int] = {}
    counts: dict[str, int] = {}
    for row, group in enumerate(groups, start=FIRST):
        starts.setdefault(group, row)
        counts[group] = counts.get(group, 0) + 1
    return Rows(
        units=tuple(str(unit) for unit in wide.get_column(c.UNIT).to_list()),
        names=tuple(str(name or "") for name in wide.get_column(c.NAME).to_list()),
        group_of=groups,
        groups={group: range(start, start + counts[group]) for group, start in starts.items()},
    )
