"""What stands around a table: of when it is, and the measuring units that lines beside it name."""

from __future__ import annotations

from dataclasses import dataclass

from quanheng.data.tables.around.measures import MeasureLine
from quanheng.data.tables.around.time import TableTime


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What stands around a table."""

    time: TableTime
    lines: tuple[MeasureLine, ...] = ()
